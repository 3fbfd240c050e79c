// The editor's own models as a model client. The daemon cannot call an editor, so an editor that has models keeps one
// request waiting (`model/serve`); a question ends it, the answer comes as `model/reply`. With several editors the
// one that has waited longest is asked. Nothing here is trusted more than an answer from any other endpoint.

import { ProblemError } from '../../shared/model/problem.ts';
import type { ModelAsk } from '../../shared/protocol/messages.ts';
import { limits } from '../config.ts';
import type { Completion, EditorModels } from './contract.ts';

interface Waiting {
  readonly take: (ask: ModelAsk) => void;
}
interface Open {
  readonly onText: ((text: string) => void) | undefined;
  readonly resolve: (completion: Completion) => void;
  readonly reject: (error: Error) => void;
}

export function createEditorModels(): EditorModels {
  const waiting: Waiting[] = [];
  const open = new Map<number, Open>();
  let last = 0;
  return {
    serve: (_models, signal) =>
      new Promise((resolve, reject) => {
        const entry: Waiting = { take: resolve };
        waiting.push(entry);
        signal.addEventListener(
          'abort',
          () => {
            const at = waiting.indexOf(entry);
            if (at >= 0) waiting.splice(at, 1);
            reject(signal.reason);
          },
          { once: true },
        );
      }),
    reply({ ask, part, completion, problem }) {
      const asked = open.get(ask);
      if (!asked) return false;
      if (part !== undefined) asked.onText?.(part);
      if (completion) asked.resolve(completion);
      if (problem !== undefined) asked.reject(failed(problem));
      return true;
    },
    client(model) {
      if (waiting.length === 0) return undefined;
      return {
        async complete({ messages, tools, signal, onText }) {
          const entry = waiting.shift();
          if (!entry) throw away();
          last += 1;
          const ask = last;
          const stop = AbortSignal.any([signal, AbortSignal.timeout(limits.modelRequestTimeoutMs)]);
          const answered = new Promise<Completion>((resolve, reject) => {
            open.set(ask, { onText, resolve, reject });
            stop.addEventListener(
              'abort',
              () => reject(signal.aborted ? signal.reason : failed('it did not answer in time')),
              { once: true },
            );
          });
          entry.take({ ask, messages, tools, ...(model ? { model } : {}) });
          try {
            return await answered;
          } finally {
            open.delete(ask);
          }
        },
      };
    },
  };
}

function away(): ProblemError {
  return new ProblemError({
    code: 'cloud-unreachable',
    message: 'No connected editor offers a language model now.',
    fix: 'Ask again, or choose another preset (pilothouse.model.preset).',
  });
}

function failed(reason: string): ProblemError {
  return new ProblemError({
    code: 'cloud-failed',
    message: `The editor's language model failed: ${reason}`,
    fix: 'Ask again, or choose another model. The embedded reader goes on without it.',
  });
}
