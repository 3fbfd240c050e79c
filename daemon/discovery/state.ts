// What the state of a connection is, in one word and one sentence, from how its sources fare. Pure.

import type { Connection } from '../../shared/model/connection.ts';
import type { Problem } from '../../shared/model/problem.ts';

interface SourceFare {
  readonly source: { readonly name: string };
  readonly problem: Problem | undefined;
  readonly readAtMs: number | undefined;
}

/** `failed`: nothing can be read; `degraded`: some of it cannot, and what was read before stands. */
export function stateOf(
  isKnown: boolean,
  identityProblem: Problem | undefined,
  sources: readonly SourceFare[],
): Pick<Connection, 'state' | 'problem' | 'readAt'> {
  const readAt = readAtOf(sources);
  if (!isKnown)
    return identityProblem
      ? { state: 'failed', problem: { message: identityProblem.message, fix: identityProblem.fix }, readAt }
      : { state: 'connecting', readAt };
  const failing = sources.filter((source) => source.problem !== undefined);
  if (failing.length === 0)
    return {
      state: sources.every((source) => source.readAtMs !== undefined) ? 'connected' : 'connecting',
      readAt,
    };
  return {
    state: failing.length === sources.length ? 'failed' : 'degraded',
    problem: sentenceOf(failing, sources.length),
    readAt,
  };
}

/** The whole was last read when its oldest part was. */
function readAtOf(sources: readonly SourceFare[]): string | undefined {
  const times = sources.flatMap(({ readAtMs }) => readAtMs ?? []);
  return times.length > 0 && times.length === sources.length
    ? new Date(Math.min(...times)).toISOString()
    : undefined;
}

function sentenceOf(failing: readonly SourceFare[], count: number): NonNullable<Connection['problem']> {
  const first = failing[0]!.problem!;
  const isShared = failing.every(({ problem }) => problem!.message === first.message);
  if (isShared && failing.length === count) return { message: first.message, fix: first.fix };
  const names = failing.map(({ source }) => source.name);
  const listed =
    names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
  return { message: `Not read: ${listed}. ${first.message}`, fix: first.fix };
}
