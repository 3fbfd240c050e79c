// The editor's own models as a model client. The daemon cannot call an editor, so an editor that has models keeps one
// request waiting (`model/serve`); a question ends it, the answer comes as `model/reply`. With several editors the
// one that has waited longest is asked. An editor that has just taken a question offers itself anew at once; a talk of
// several rounds waits for that instead of taking the editor for gone. Nothing here is trusted more than an answer from any other endpoint.

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

export function createEditorModels(offerWaitMs: number = limits.modelOfferWaitMs): EditorModels {
  const waiting: Waiting[] = [];
  /** Talks that wait for an editor to offer itself again. */
  const wanting: ((entry: Waiting) => void)[] = [];
  const open = new Map<number, Open>();
  let last = 0;
  let takenAtMs = Number.NEGATIVE_INFINITY;
  const isBetweenOffers = (): boolean => performance.now() - takenAtMs < offerWaitMs;

  /** The next editor that offers itself; undefined where none does in time. Rejects with the signal. */
  function nextOffer(signal: AbortSignal): Promise<Waiting | undefined> {
    const there = waiting.shift();
    if (there) return Promise.resolve(there);
    return new Promise((resolve, reject) => {
      const end = (settle: () => void): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', abort);
        const at = wanting.indexOf(take);
        if (at >= 0) wanting.splice(at, 1);
        settle();
      };
      const take = (entry: Waiting): void => end(() => resolve(entry));
      const abort = (): void => end(() => reject(signal.reason));
      const timer = setTimeout(() => end(() => resolve(undefined)), offerWaitMs);
      signal.addEventListener('abort', abort, { once: true });
      wanting.push(take);
    });
  }
  return {
    serve: (_models, signal) =>
      new Promise((resolve, reject) => {
        const entry: Waiting = { take: resolve };
        const wanted = wanting.shift();
        if (wanted) return wanted(entry);
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
      if (waiting.length === 0 && !isBetweenOffers()) return undefined;
      return {
        async complete({ messages, tools, signal, onText }) {
          const sinceMs = performance.now();
          const entry = await nextOffer(signal);
          if (!entry) {
            // Waited for in vain since it last took a question: it is gone, whatever the clock says.
            if (takenAtMs <= sinceMs) takenAtMs = Number.NEGATIVE_INFINITY;
            throw away();
          }
          takenAtMs = performance.now();
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
