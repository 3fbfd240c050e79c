// A clock that stands still until a test moves it, and lets everything that was started settle in between.

import type { Clock } from '../../daemon/discovery/clock.ts';

export interface ManualClock extends Clock {
  /** Calls what is due up to then, in order. */
  advance(ms: number): Promise<void>;
  /** Timers that wait, as ms from now. */
  pending(): readonly number[];
}

export function createManualClock(startMs = Date.UTC(2026, 10, 20, 10)): ManualClock {
  let nowMs = startMs;
  const timers = new Set<{ readonly atMs: number; readonly call: () => void }>();
  return {
    now: () => nowMs,
    after(delayMs, call) {
      const timer = { atMs: nowMs + delayMs, call };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    pending: () => [...timers].map(({ atMs }) => atMs - nowMs).sort((a, b) => a - b),
    async advance(ms) {
      const untilMs = nowMs + ms;
      await settle();
      for (;;) {
        const next = [...timers].sort((a, b) => a.atMs - b.atMs)[0];
        if (!next || next.atMs > untilMs) break;
        timers.delete(next);
        nowMs = Math.max(nowMs, next.atMs);
        next.call();
        await settle();
      }
      nowMs = untilMs;
    },
  };
}

/** Lets promises that wait for nothing outside run to their end. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}
