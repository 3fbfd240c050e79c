// The thread that learns: it takes lessons from the daemon one at a time, so that training never delays an answer. It
// knows nothing of resources, files or sockets, and ends when it is told to or its parent does.

import { parentPort } from 'node:worker_threads';
import type { Network } from './network.ts';
import { judge, type Lecture, type Lesson, prepare, teach } from './tensor.ts';

export type Task =
  | { readonly kind: 'teach'; readonly lesson: Lesson }
  | { readonly kind: 'judge'; readonly network: Network; readonly windows: Float32Array };
export type Outcome =
  | { readonly kind: 'taught'; readonly lecture: Lecture }
  | {
      readonly kind: 'judged';
      readonly errors: Float32Array;
      readonly backend: string;
      readonly tookMs: number;
    };
export type Reply =
  | { readonly id: number; readonly outcome: Outcome }
  | { readonly id: number; readonly error: string };

async function answer(task: Task): Promise<Outcome> {
  switch (task.kind) {
    case 'teach':
      return { kind: 'taught', lecture: await teach(task.lesson) };
    case 'judge': {
      const backend = await prepare();
      const begunMs = performance.now();
      const errors = judge(task.network, task.windows);
      return { kind: 'judged', errors, backend, tookMs: performance.now() - begunMs };
    }
  }
}

parentPort?.on('message', async ({ id, task }: { id: number; task: Task }) => {
  try {
    parentPort!.postMessage({ id, outcome: await answer(task) } satisfies Reply);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    parentPort!.postMessage({ id, error: message } satisfies Reply);
  }
});
