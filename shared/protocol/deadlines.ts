// Deadlines of many requests on one timer. Most requests are answered long before theirs, so what has to be cheap is
// beginning and ending one; the timer is late by at most the time to the next look.

import { startTimer } from './runtime.ts';

export interface Deadlines {
  /** Calls `onDue` with the id when `ms` have passed, unless `end` comes first. */
  begin(id: number, ms: number): void;
  end(id: number): void;
  dispose(): void;
}

export function createDeadlines(onDue: (id: number) => void): Deadlines {
  const due = new Map<number, number>();
  let stopTimer: (() => void) | undefined;
  let nextMs = Number.POSITIVE_INFINITY;

  function arm(atMs: number): void {
    stopTimer?.();
    nextMs = atMs;
    stopTimer = startTimer(Math.max(0, atMs - Date.now()), look);
  }
  function look(): void {
    stopTimer = undefined;
    nextMs = Number.POSITIVE_INFINITY;
    const nowMs = Date.now();
    for (const [id, atMs] of [...due]) {
      if (atMs > nowMs) continue;
      due.delete(id);
      onDue(id);
    }
    if (due.size > 0) arm(Math.min(...due.values()));
  }
  return {
    begin(id, ms) {
      const atMs = Date.now() + ms;
      due.set(id, atMs);
      if (atMs < nextMs) arm(atMs);
    },
    end(id) {
      due.delete(id);
    },
    dispose() {
      stopTimer?.();
      stopTimer = undefined;
      due.clear();
    },
  };
}
