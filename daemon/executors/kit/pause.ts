// Waiting between two attempts: exponential with full jitter (AWS Architecture Blog, "Exponential Backoff And
// Jitter", 2015), never past what the limits say, and over at once when it is cancelled.

import { setTimeout as sleep } from 'node:timers/promises';
import { abortError } from './transport.ts';

/** Waits so many ms. Throws an AbortError when the signal ends. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal });
  } catch {
    throw abortError();
  }
}

/** Pause before attempt number `attempt` (from 0), in ms. */
export function backoffMs(attempt: number, firstMs: number, maxMs: number, random = Math.random): number {
  return Math.round(random() * Math.min(maxMs, firstMs * 2 ** attempt));
}

/** What a Retry-After header asks for in ms: seconds or a date. Undefined where it says nothing. */
export function retryAfterMs(header: string | undefined, nowMs: number): number | undefined {
  if (!header) return undefined;
  if (/^\d+(\.\d+)?$/.test(header.trim())) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs);
}
