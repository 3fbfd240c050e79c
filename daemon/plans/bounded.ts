// Bounded waiting and bounded concurrency for everything the plans room asks of clouds. A cloud that never answers
// must not hold a plan for ever, and a plan over hundreds of resources must not ask all at once.

import { ProblemError } from '../../shared/model/problem.ts';

/** A signal that ends with any of `outer`, or after `ms`. Its timer keeps no process alive. */
export function deadlineOf(ms: number, ...outer: readonly (AbortSignal | undefined)[]): AbortSignal {
  return AbortSignal.any([AbortSignal.timeout(ms), ...outer.filter((one) => one !== undefined)]);
}

/** What `act` gives, or a ProblemError once the signal ends, even where `act` does not listen to it. */
export async function within<T>(
  signal: AbortSignal,
  what: string,
  act: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  if (signal.aborted) throw endOf(signal, what);
  let stop = (): void => undefined;
  const ended = new Promise<never>((_, reject) => {
    stop = () => reject(endOf(signal, what));
    signal.addEventListener('abort', stop, { once: true });
  });
  const work = act(signal);
  // Whichever loses the race must not become an unhandled rejection.
  work.catch(() => undefined);
  try {
    return await Promise.race([work, ended]);
  } catch (error) {
    throw signal.aborted && isAbort(error) ? endOf(signal, what) : error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** Whether a signal ended by its deadline and not because somebody cancelled. */
export function isTimeout(signal: AbortSignal): boolean {
  return signal.aborted && (signal.reason as { name?: unknown } | undefined)?.name === 'TimeoutError';
}

/** Results in the order of the items, at most `concurrency` at work at once; the first failure ends it. */
export async function mapBounded<T, R>(
  items: readonly T[],
  concurrency: number,
  act: (item: T, position: number) => Promise<R>,
): Promise<readonly R[]> {
  const results = new Array<R>(items.length);
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length) {
      const position = next++;
      results[position] = await act(items[position]!, position);
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, worker));
  return results;
}

/** Whether an error is what a signal that ended throws. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || error.name === 'TimeoutError');
}

function endOf(signal: AbortSignal, what: string): ProblemError {
  return isTimeout(signal)
    ? new ProblemError({
        code: 'timed-out',
        message: `${what} took too long.`,
        fix: 'Look whether the cloud answers, then ask again.',
      })
    : new ProblemError({ code: 'cancelled', message: `${what} was cancelled.` });
}
