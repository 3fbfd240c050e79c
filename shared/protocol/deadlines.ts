// Deadlines of many requests on one timer. Most requests are answered long before theirs, so beginning one costs a
// comparison and ending one nothing; the timer looks at what is still there.

import { startTimer } from './runtime.ts';

export interface Deadlines {
  /** Something is due at this moment (ms since the epoch). */
  watch(dueMs: number): void;
  dispose(): void;
}

/** `takeDue(nowMs)` settles what is due and gives when the next is, or Infinity. */
export function createDeadlines(takeDue: (nowMs: number) => number): Deadlines {
  let stopTimer: (() => void) | undefined;
  let nextMs = Number.POSITIVE_INFINITY;

  function arm(dueMs: number): void {
    stopTimer?.();
    nextMs = dueMs;
    stopTimer = startTimer(Math.max(0, dueMs - Date.now()), look);
  }
  function look(): void {
    stopTimer = undefined;
    nextMs = Number.POSITIVE_INFINITY;
    const dueMs = takeDue(Date.now());
    if (dueMs < nextMs) arm(dueMs);
  }
  return {
    watch(dueMs) {
      if (dueMs < nextMs) arm(dueMs);
    },
    dispose() {
      stopTimer?.();
      stopTimer = undefined;
      nextMs = Number.NEGATIVE_INFINITY;
    },
  };
}
