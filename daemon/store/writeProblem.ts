// The sentence a person needs where the state folder cannot be written any more: a full disk, one gone read-only, one
// that fails. Rooms that keep small things (words, turns, settings) let SQLite throw; who answers the person asks here.

import { ProblemError } from '../../shared/model/problem.ts';

const unwritable = /^SQLITE_(FULL|IOERR|READONLY|CANTOPEN)/;

/** ProblemError `store-unavailable` for a store that cannot be written; anything else as it is. */
export function asWriteProblem(error: unknown): unknown {
  const code = (error as { readonly code?: unknown } | undefined)?.code;
  if (error instanceof ProblemError || typeof code !== 'string' || !unwritable.test(code)) return error;
  const isFull = code.startsWith('SQLITE_FULL');
  const why = isFull ? 'there is no space left on its disk' : (error as Error).message;
  return new ProblemError(
    {
      code: 'store-unavailable',
      message: `The state folder cannot be written: ${why}.`,
      fix: isFull
        ? 'Free some disk space and try again. Nothing that was kept before is lost.'
        : 'Check the disk and the rights of the state folder, and try again.',
    },
    error,
  );
}
