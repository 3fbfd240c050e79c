// Asks every provisioner what it can find and never lets one spoil the others. What could not be read is kept as a
// problem, since a file that cannot be read says nothing about the connections in it.

import type { Connection } from '../../shared/model/connection.ts';
import type { Provider } from '../../shared/model/kind.ts';
import { problemOf } from '../../shared/model/problem.ts';
import { limits } from '../config.ts';
import type {
  ConnectionCandidate,
  ExecutorContext,
  FoundConnections,
  Provisioner,
} from '../executors/contract.ts';

export interface Findings {
  readonly candidates: readonly {
    readonly candidate: ConnectionCandidate;
    readonly provisioner: Provisioner;
  }[];
  /** Shown as connections that failed, so that a person sees them where connections are. */
  readonly unreadable: readonly Connection[];
  /** Providers whose places were all read: what is not among the candidates is really gone. */
  readonly complete: ReadonlySet<Provider>;
}

export async function findConnections(
  provisioners: readonly Provisioner[],
  context: ExecutorContext,
): Promise<Findings> {
  const found = await Promise.all(
    provisioners.map(async (provisioner) => ({ provisioner, ...(await findSafely(provisioner, context)) })),
  );
  const taken = new Map<string, Findings['candidates'][number]>();
  const problems = found.flatMap(({ provisioner, problems }) =>
    problems.map((problem) => ({ provider: provisioner.provider, ...problem })),
  );
  for (const { provisioner, candidates } of found)
    for (const candidate of candidates) {
      const refusal = refusalOf(candidate, taken);
      if (refusal) problems.push({ provider: provisioner.provider, origin: candidate.origin, ...refusal });
      else taken.set(candidate.id, { candidate, provisioner });
    }
  return {
    candidates: [...taken.values()],
    unreadable: problems.map(unreadableOf),
    complete: new Set(
      found.filter((one) => one.problems.length === 0).map((one) => one.provisioner.provider),
    ),
  };
}

async function findSafely(provisioner: Provisioner, context: ExecutorContext): Promise<FoundConnections> {
  try {
    return await provisioner.find(context);
  } catch (error) {
    const { message, fix } = problemOf(error);
    return {
      candidates: [],
      problems: [
        { origin: provisioner.provider, message, fix: fix ?? 'See the log (Pilothouse: Show Log).' },
      ],
    };
  }
}

function refusalOf(
  candidate: ConnectionCandidate,
  taken: ReadonlyMap<string, unknown>,
): { readonly message: string; readonly fix: string } | undefined {
  if (!/^[a-z0-9][a-z0-9._-]{0,99}$/.test(candidate.id))
    return {
      message: `The connection "${candidate.name}" has a name that cannot be used.`,
      fix: 'Rename it to letters, digits, dots and dashes.',
    };
  if (taken.has(candidate.id))
    return {
      message: `Two connections are called "${candidate.id}"; only the first is used.`,
      fix: `Rename the one in ${candidate.origin}.`,
    };
  if (taken.size >= limits.connectionsMax)
    return {
      message: `There are more than ${limits.connectionsMax} connections; "${candidate.name}" is left out.`,
      fix: 'Remove those you do not need from the files they are in.',
    };
  return undefined;
}

function unreadableOf(
  {
    provider,
    origin,
    message,
    fix,
  }: {
    readonly provider: Provider;
    readonly origin: string;
    readonly message: string;
    readonly fix: string;
  },
  index: number,
): Connection {
  const id = `${provider}-unreadable-${index + 1}`;
  return {
    ...unopened({ id, provider, name: origin, environment: 'unknown', simulated: false, origin }),
    problem: { message, fix },
  };
}

/** A connection that nothing can be done with but reading why. */
export function unopened(candidate: ConnectionCandidate): Connection {
  return { ...candidate, mode: 'read-only', state: 'failed', operations: [], resourceCount: 0 };
}
