// What the suites of this lab share: an empty database, a desk over a graph that a test fills, and Cypher of their own
// to look at what became of it.

import type { StoredGraph } from '../../../daemon/graph/contract.ts';
import { createGraph } from '../../../daemon/graph/graph.ts';
import { openBoltLine } from '../../../daemon/neo4j/boltLine.ts';
import type { Neo4jDesk, Neo4jVisitor } from '../../../daemon/neo4j/contract.ts';
import type { Line } from '../../../daemon/neo4j/line.ts';
import { createNeo4j } from '../../../daemon/neo4j/neo4j.ts';
import type { AuditEntry } from '../../../shared/model/audit.ts';
import type { QueryValue } from '../../../shared/model/graph.ts';
import type { Neo4jServer } from '../../../shared/model/neo4j.ts';
import type { Relation, Resource } from '../../../shared/model/resource.ts';
import { fakeConnection } from '../../fakes/resources.ts';
import { tempFolder } from '../../fakes/tempFolder.ts';
import type { Neo4jLab } from './neo4jLab.ts';

export const visitor: Neo4jVisitor = {
  actor: { user: 'tester', client: 'terminal', how: 'terminal' },
  session: 's1',
};
export const never = new AbortController().signal;
export const ignore = (): void => {};

export const serverOf = ({ url, user }: Neo4jLab): Neo4jServer => ({ url, user });

export interface Setting {
  readonly desk: Neo4jDesk;
  readonly graph: StoredGraph;
  readonly audited: AuditEntry[];
  put(resources: readonly Resource[], relations?: readonly Relation[]): void;
  remove(ids: readonly string[]): void;
  /** Proposes and says yes. */
  export(): ReturnType<Neo4jDesk['export']>;
}

/** A desk of a state folder of its own, with the lab as its server. */
export function openSetting(lab: Neo4jLab, stateFolder = tempFolder()): Setting {
  const graph = createGraph();
  const audited: AuditEntry[] = [];
  const desk = createNeo4j({
    graph,
    connections: { get: (id) => (id === 'lab' ? fakeConnection('lab') : undefined) },
    audit: {
      append(entry) {
        audited.push(entry);
        return { ...entry, seq: audited.length, at: '', previous: '', hash: '' };
      },
    },
    stateFolder,
    now: Date.now,
    log: ignore,
  });
  desk.configure(serverOf(lab), lab.password, visitor.actor);
  const source = { name: 'all', kinds: ['vm', 'volume', 'network', 'pod'] as const };
  return {
    desk,
    graph,
    audited,
    put: (resources, relations = []) =>
      void graph.apply('lab', source, { mode: 'changes', resources, removed: [], relations }),
    remove: (removed) =>
      void graph.apply('lab', source, { mode: 'changes', resources: [], removed, relations: [] }),
    async export() {
      const { id } = await desk.propose(visitor, never);
      return desk.export(id, visitor, ignore, never);
    },
  };
}

/** Any Cypher, written or read, past the desk. */
export async function ask(lab: Neo4jLab, text: string): Promise<readonly (readonly QueryValue[])[]> {
  const line: Line = await openBoltLine(serverOf(lab), lab.password);
  try {
    return (await line.write({ text }, { timeMs: 30_000, signal: never })).rows;
  } finally {
    await line.close();
  }
}

/** The first cell of the answer. */
export async function askOne(lab: Neo4jLab, text: string): Promise<QueryValue | undefined> {
  return (await ask(lab, text))[0]?.[0];
}

export const empty = (lab: Neo4jLab): Promise<unknown> => ask(lab, 'MATCH (n) DETACH DELETE n');
