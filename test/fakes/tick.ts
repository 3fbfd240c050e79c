// Waiting in tests: for a condition, with an end, never for a time.

import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';

/** Waits until `look` gives something. Fails with `what` after `patienceMs`. */
export async function until<T>(
  look: () => T | undefined | false | null | Promise<T | undefined | false | null>,
  what: string,
  patienceMs = 8_000,
): Promise<T> {
  const deadlineMs = Date.now() + patienceMs;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (Date.now() > deadlineMs) throw new Error(`waited ${patienceMs} ms for ${what}`);
    await sleep(5);
  }
}

/** Lets everything that is due run. */
export async function turns(count = 3): Promise<void> {
  for (let i = 0; i < count; i++) await nextTurn();
}

/** The problem a promise rejects with. Fails where it does not. */
export async function problemFrom(promise: PromiseLike<unknown>) {
  const { problemOf } = await import('../../shared/model/problem.ts');
  try {
    await promise;
  } catch (error) {
    return problemOf(error);
  }
  throw new Error('it did not fail');
}
