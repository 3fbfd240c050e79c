// How many requests a second an account may be asked, over all its regions and connections. A bucket that holds a
// burst and is filled at a rate; when AWS says "too many" the rate is halved at once and comes back slowly (additive
// increase, multiplicative decrease, as TCP does; AWS documents buckets of the same form in "Request throttling for
// the Amazon EC2 API"). It only makes wait, it never refuses.

import { setTimeout as sleep } from 'node:timers/promises';

export interface RateBudget {
  /** Waits for this request's turn. Throws when the signal ends. */
  take(signal: AbortSignal): Promise<void>;
  /** AWS said that there were too many. */
  throttled(): void;
  readonly perSecondMax: number;
  /** What is asked at most now. */
  readonly perSecond: number;
  /** Refusals so far. */
  readonly refusals: number;
}

/** Never slower than this, so that nothing stands still for good. */
const perSecondMin = 0.5;

export function createRateBudget(
  perSecondMax: number,
  options: { readonly burst: number; readonly now: () => number },
): RateBudget {
  let rate = perSecondMax;
  let tokens = options.burst;
  let atMs = options.now();
  let refusals = 0;
  const fill = (): void => {
    const seconds = Math.max(0, options.now() - atMs) / 1_000;
    atMs = options.now();
    tokens = Math.min(options.burst, tokens + seconds * rate);
    // A tenth of the whole rate comes back each second.
    rate = Math.min(perSecondMax, rate + (seconds * perSecondMax) / 10);
  };
  return {
    perSecondMax,
    get perSecond() {
      fill();
      return rate;
    },
    get refusals() {
      return refusals;
    },
    throttled() {
      fill();
      refusals++;
      rate = Math.max(perSecondMin, rate / 2);
      tokens = Math.min(tokens, 0);
    },
    async take(signal) {
      fill();
      // Those who come later stand behind those who wait: each takes its token at once, also below zero.
      tokens -= 1;
      if (tokens >= 0) return;
      try {
        await sleep((-tokens / rate) * 1_000, undefined, { signal });
      } catch (error) {
        tokens += 1;
        throw error;
      }
    },
  };
}
