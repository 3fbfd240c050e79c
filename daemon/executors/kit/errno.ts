// The code of a system error (`ECONNRESET`, `ENOENT`), looked for in the error and what caused it.

/** Code of an error of Node, or undefined where it has none. */
export function errnoOf(error: unknown): string | undefined {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    const code = (at as NodeJS.ErrnoException).code;
    if (typeof code === 'string') return code;
    if (at instanceof AggregateError && at.errors.length > 0) return errnoOf(at.errors[0]);
  }
  return undefined;
}
