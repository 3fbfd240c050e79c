// What a query may take: time in all, time before others get a turn, rows held at once. Every loop of a query asks
// here; a query that takes too much ends with a sentence, never with the daemon.

import { ProblemError } from '../../shared/model/problem.ts';
import { limits } from '../config.ts';

export interface Budget {
  /** Counts a step of a walk; true where the query should let others have a turn. */
  step(): boolean;
  /** Counts a step inside an expression, which cannot pause. Throws where one expression works too long. */
  work(): void;
  /** Counts rows or list items that are kept. Throws where there are too many. */
  hold(count: number): void;
  /** Lets others have a turn. Throws where the query was cancelled or its time is over. */
  pause(): Promise<void>;
}

export interface BudgetOptions {
  readonly signal?: AbortSignal;
  readonly timeMs?: number;
}

/** Looking at the clock costs more than a step, so it is looked at every so often. */
const stepsBetweenLooks = 128;

export function createBudget({ signal, timeMs = limits.queryTimeMs }: BudgetOptions): Budget {
  const endMs = performance.now() + timeMs;
  let pausedMs = performance.now();
  let steps = 0;
  let held = 0;
  return {
    step: () => ++steps % stepsBetweenLooks === 0 && performance.now() - pausedMs > limits.querySliceMs,
    work() {
      if (++steps % stepsBetweenLooks !== 0) return;
      if (performance.now() - pausedMs > limits.queryExpressionMs)
        throw tooMuch(
          `One expression of the query worked longer than ${limits.queryExpressionMs} ms.`,
          'Match the pattern in a MATCH of its own, or make lists shorter.',
        );
    },
    hold(count) {
      held += count;
      if (held > limits.queryRowsHeldMax)
        throw tooMuch(
          `The query has to keep more than ${limits.queryRowsHeldMax.toLocaleString('en')} rows at once.`,
          'Ask for less: add a WHERE, a label or a LIMIT before what is sorted or collected.',
        );
    },
    async pause() {
      await new Promise((resolve) => setImmediate(resolve));
      if (signal?.aborted) throw new ProblemError({ code: 'cancelled', message: 'The query was cancelled.' });
      pausedMs = performance.now();
      if (pausedMs > endMs)
        throw new ProblemError({
          code: 'timed-out',
          message: `The query took longer than ${timeMs / 1000} s and was ended.`,
          fix: 'Begin the pattern at something named or labelled, and bound the length of paths.',
        });
    },
  };
}

function tooMuch(message: string, fix: string): ProblemError {
  return new ProblemError({ code: 'overloaded', message, fix });
}
