// The daemon's side of the thread that learns: starts it with the first task, gives it one task after the other, and lets
// it go when there was nothing to do for a while, with all the memory it took. A thread that dies fails its tasks with a
// sentence, and the next task gets a new one.

import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { ProblemError } from '../../shared/model/problem.ts';
import { limits } from '../config.ts';
import type { Network } from './network.ts';
import type { Lecture, Lesson } from './tensor.ts';
import type { Outcome, Reply, Task } from './worker.ts';

export interface Teacher {
  /**
   * Trains a network. The windows are handed over: the array is empty afterwards. Throws ProblemError `internal` where
   * the thread fails.
   */
  teach(lesson: Lesson): Promise<Lecture>;
  /** Error of every window; the windows are handed over. `tookMs` is the time of the judging alone. */
  judge(network: Network, windows: Float32Array): Promise<Judgement>;
  readonly isRunning: boolean;
  dispose(): Promise<void>;
}

export interface Judgement {
  readonly errors: Float32Array;
  readonly backend: string;
  readonly tookMs: number;
}

interface Waiting {
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: Error) => void;
}

export function createTeacher(idleMs: number = limits.learnIdleMs): Teacher {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  let next = 1;

  const fail = (why: string): void => {
    for (const { reject } of waiting.values()) reject(failed(why));
    waiting.clear();
  };
  const start = (): Worker => {
    const started = new Worker(workerFile(), { execArgv: ['--no-warnings'], stdout: true, stderr: true });
    started.unref();
    started.on('message', (reply: Reply) => {
      const task = waiting.get(reply.id);
      waiting.delete(reply.id);
      if ('error' in reply) task?.reject(failed(reply.error));
      else task?.resolve(reply.outcome);
      if (waiting.size === 0) rest();
    });
    started.on('error', (error) => {
      if (worker === started) worker = undefined;
      fail(error.message);
    });
    started.on('exit', () => {
      if (worker === started) worker = undefined;
      if (waiting.size > 0) fail('the thread ended');
    });
    return started;
  };
  const rest = (): void => {
    worker?.unref();
    clearTimeout(idle);
    idle = setTimeout(() => {
      if (waiting.size > 0) return;
      void worker?.terminate();
      worker = undefined;
    }, idleMs);
    idle.unref();
  };
  const ask = (task: Task, windows: Float32Array): Promise<Outcome> => {
    clearTimeout(idle);
    worker ??= start();
    worker.ref();
    const id = next++;
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      worker!.postMessage({ id, task }, [windows.buffer as ArrayBuffer]);
    });
  };
  return {
    async teach(lesson) {
      const outcome = await ask({ kind: 'teach', lesson }, lesson.windows);
      return outcome.kind === 'taught' ? outcome.lecture : mixedUp();
    },
    async judge(network, windows) {
      const outcome = await ask({ kind: 'judge', network, windows }, windows);
      return outcome.kind === 'judged' ? outcome : mixedUp();
    },
    get isRunning() {
      return worker !== undefined;
    },
    async dispose() {
      clearTimeout(idle);
      const last = worker;
      worker = undefined;
      fail('the daemon ends');
      await last?.terminate();
    },
  };
}

/** Beside this file: the source, or the bundle. */
function workerFile(): string {
  const isBundle = path.extname(import.meta.filename) === '.cjs';
  return path.join(import.meta.dirname, isBundle ? 'learn.cjs' : 'worker.ts');
}

function failed(why: string): ProblemError {
  return new ProblemError({
    code: 'internal',
    message: `Learning failed: ${why}.`,
    fix: 'Nothing is lost: what was learnt before goes on. See the log.',
  });
}

function mixedUp(): never {
  throw failed('the answer was for another task');
}
