// Time for the discovery room: now, and a call later. Its timers never keep the daemon alive; tests bring a clock
// of their own and wait for nothing.

export interface Clock {
  /** ms since the epoch. */
  now(): number;
  /** Calls once after `delayMs`; what it returns takes the call back. */
  after(delayMs: number, call: () => void): () => void;
}

export const systemClock: Clock = {
  now: Date.now,
  after(delayMs, call) {
    const timer = setTimeout(call, delayMs).unref();
    return () => clearTimeout(timer);
  },
};
