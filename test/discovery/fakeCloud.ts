// A provider whose every answer a test decides: what its sources show, how they fail, when they answer.

import type {
  ConnectionCandidate,
  DiscoveryBatch,
  DiscoverySource,
  Executor,
  FoundConnections,
  Provisioner,
} from '../../daemon/executors/contract.ts';
import type { Kind } from '../../shared/model/kind.ts';
import { type ProblemCode, ProblemError } from '../../shared/model/problem.ts';
import type { Resource } from '../../shared/model/resource.ts';
import { healthOf } from '../../shared/model/statuses.ts';

export function problem(code: ProblemCode, message = `It is ${code}.`): ProblemError {
  return new ProblemError({ code, message, fix: 'Mend it.' });
}

export function thing(id: string, status = 'running'): Resource {
  const [connection, rest] = id.split(':');
  const [kind, name] = rest!.split('/');
  return {
    id,
    connection: connection!,
    provider: 'openstack',
    kind: kind as Kind,
    name: name!,
    status,
    health: healthOf(status),
    tags: {},
    attributes: {},
  };
}

export interface FakeSource extends DiscoverySource {
  reads: number;
  /** Reads under way. */
  open: number;
  cursors: (string | undefined)[];
  /** What the next reads give: resources, an error to throw, or a promise of one of them. */
  answer: readonly Resource[] | Error | (() => Promise<readonly Resource[]>);
  cursor?: string;
}

export function fakeSource(kind: Kind, intervalMs = 60_000): FakeSource {
  const source: FakeSource = {
    name: `${kind}s`,
    kinds: [kind],
    intervalMs,
    reads: 0,
    open: 0,
    cursors: [],
    answer: [],
    async read({ cursor }): Promise<DiscoveryBatch> {
      source.reads++;
      source.open++;
      source.cursors.push(cursor);
      try {
        const { answer } = source;
        if (answer instanceof Error) throw answer;
        const resources = typeof answer === 'function' ? await answer() : answer;
        return { mode: 'full', resources, removed: [], relations: [], cursor: source.cursor };
      } finally {
        source.open--;
      }
    },
  };
  return source;
}

export interface FakeCloud extends Provisioner {
  found: FoundConnections | Error;
  /** Every executor that was opened, in order. */
  readonly opened: (Executor & { disposed: boolean })[];
  identityProblem: Error | undefined;
  watched: readonly string[];
}

export function candidateOf(id: string, more: Partial<ConnectionCandidate> = {}): ConnectionCandidate {
  return {
    id,
    provider: 'openstack',
    name: id,
    environment: 'dev',
    simulated: false,
    origin: 'a test',
    ...more,
  };
}

export function fakeCloud(sourcesOf: (id: string) => readonly DiscoverySource[]): FakeCloud {
  const cloud: FakeCloud = {
    provider: 'openstack',
    found: { candidates: [candidateOf('c')], problems: [] },
    opened: [],
    identityProblem: undefined,
    watched: [],
    async find() {
      if (cloud.found instanceof Error) throw cloud.found;
      return cloud.found;
    },
    files: () => cloud.watched,
    open(candidate) {
      const executor: Executor & { disposed: boolean } = {
        candidate,
        sources: sourcesOf(candidate.id),
        operations: new Map(),
        readers: {},
        disposed: false,
        async identity() {
          if (cloud.identityProblem) throw cloud.identityProblem;
          return { user: 'ops', project: candidate.id };
        },
        async dispose() {
          executor.disposed = true;
        },
      };
      cloud.opened.push(executor);
      return executor;
    },
  };
  return cloud;
}
