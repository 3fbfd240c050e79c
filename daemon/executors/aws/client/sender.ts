// Carries one request: its turn in the budget of the account, a place among those under way, a bounded wait, and
// repeats with growing pauses. A refusal for haste is repeated always, since AWS did not look at the request; a lost
// answer only for reads, since a write may have happened. The SDK's own repeats are off, for it cannot tell these
// two apart.

import { ProblemError } from '../../../../shared/model/problem.ts';
import type { Limits } from '../../../config.ts';
import { createGate } from '../../kit/gate.ts';
import { backoffMs, pause } from '../../kit/pause.ts';
import { UnsettledError } from '../../kit/settling.ts';
import { abortError } from '../../kit/transport.ts';
import { type Circumstances, failureOf, problemOfAws } from './problems.ts';
import type { RateBudget } from './rateBudget.ts';

/** What every request says about itself. */
export interface Ask {
  /** What is tried, to go after "to" in an error: "read the instances". */
  readonly what: string;
  readonly signal: AbortSignal;
}

export interface Sender {
  send<T>(
    ask: Ask,
    isWrite: boolean,
    circumstances: Circumstances,
    run: (signal: AbortSignal) => Promise<T>,
  ): Promise<T>;
}

export function createSender(options: {
  readonly limits: Limits;
  readonly budget: () => RateBudget | undefined;
}): Sender {
  const { limits } = options;
  const gate = createGate(limits.cloudConcurrency);
  return {
    async send(ask, isWrite, circumstances, run) {
      for (let attempt = 0; ; attempt++) {
        try {
          return await gate.run(async () => {
            await options.budget()?.take(ask.signal);
            return untilAnswered(ask.signal, limits.cloudRequestTimeoutMs, run);
          }, ask.signal);
        } catch (error) {
          if (ask.signal.aborted) throw isWrite ? unsettled(error, circumstances) : abortError();
          const failure = failureOf(error);
          if (failure === 'throttled') options.budget()?.throttled();
          const mayRepeat =
            failure === 'throttled' ||
            (!isWrite && (failure === 'broken' || failure === 'unanswered')) ||
            (failure === 'unsent' && attempt === 0);
          if (!mayRepeat || attempt >= limits.cloudRetriesMax) {
            const isLost = isWrite && (failure === 'broken' || failure === 'unanswered');
            throw isLost ? unsettled(error, circumstances) : toProblem(error, circumstances);
          }
          await pause(backoffMs(attempt, limits.cloudBackoffFirstMs, limits.cloudBackoffMs), ask.signal);
        }
      }
    },
  };
}

function toProblem(error: unknown, circumstances: Circumstances): ProblemError {
  return error instanceof ProblemError ? error : new ProblemError(problemOfAws(error, circumstances), error);
}

function unsettled(error: unknown, circumstances: Circumstances): UnsettledError {
  return new UnsettledError(problemOfAws(error, circumstances), error);
}

/** Runs until it is answered, the time is up, or the caller has enough; the request is then let go of. */
async function untilAnswered<T>(
  signal: AbortSignal,
  timeoutMs: number,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const ended = new AbortController();
  const both = AbortSignal.any([signal, ended.signal]);
  const work = run(both);
  // Whoever waits no longer must not leave an error behind that nobody takes.
  work.catch(() => undefined);
  const timer = setTimeout(() => ended.abort(timeoutError(timeoutMs)), timeoutMs);
  try {
    return await new Promise<T>((resolve, reject) => {
      const leave = (): void => reject(ended.signal.aborted ? ended.signal.reason : abortError());
      if (both.aborted) leave();
      both.addEventListener('abort', leave, { once: true });
      work.then(resolve, (error) => reject(ended.signal.aborted ? ended.signal.reason : error));
    });
  } finally {
    clearTimeout(timer);
  }
}

function timeoutError(ms: number): Error {
  return Object.assign(new Error(`no whole answer in ${Math.round(ms / 1_000)} s`), { name: 'TimeoutError' });
}
