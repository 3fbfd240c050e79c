// One export: brings the nodes and relations of this Pilothouse on a Neo4j server to what the graph is now, batch by
// batch, each in a transaction of its own. Done twice it does nothing new, and cut off it is completed by the next one.
// It never touches what it did not write, and removes only resources it was told of that are still gone.

import type { Neo4jExportResult } from '../../shared/model/neo4j.ts';
import { limits } from '../config.ts';
import type { GraphReader } from '../graph/contract.ts';
import { groupsOf, piecesOf } from './groups.ts';
import type { Line, Statement } from './line.ts';
import {
  constraintFor,
  type Mark,
  removeRelations,
  removeResources,
  writeRelations,
  writeResources,
} from './statements.ts';

export type ExportedGraph = Pick<GraphReader, 'all' | 'get' | 'relationsOut' | 'size'>;

export interface ExportOptions {
  readonly line: Line;
  readonly graph: ExportedGraph;
  readonly mark: Mark;
  /** Of the server, as it said. */
  readonly product: string;
  /** Ids a person was told of: they are removed where they are still gone. */
  readonly removes: readonly string[];
  /** Of relations, for the progress. */
  readonly relations: number;
  readonly tell: (message: string, fraction: number) => void;
  readonly signal: AbortSignal;
}

/** What was done so far, whether or not it comes to its end. */
export type Tally = { -readonly [K in Exclude<keyof Neo4jExportResult, 'elapsedMs'>]: number };

export function newTally(): Tally {
  return { resources: 0, relations: 0, removedResources: 0, removedRelations: 0, kept: 0, batches: 0 };
}

interface Work extends ExportOptions {
  readonly tally: Tally;
  /** Gives the number in the only cell of the answer, 0 where there is none. */
  write(statement: Statement): Promise<number>;
}

/** Counts into `tally` as it goes. Throws ProblemError, or the reason of the signal. */
export async function exportGraph(options: ExportOptions, tally: Tally): Promise<void> {
  const { line, signal, product } = options;
  const work: Work = {
    ...options,
    tally,
    async write(statement) {
      signal.throwIfAborted();
      const { rows } = await line.write(statement, { timeMs: limits.cloudRequestTimeoutMs, signal });
      tally.batches += 1;
      return Number(rows[0]?.[0] ?? 0);
    },
  };
  await line
    .write({ text: constraintFor(product) }, { timeMs: limits.cloudRequestTimeoutMs, signal })
    .catch(unlessThere);
  const ids = await exportResources(work);
  await exportRelations(work, ids);
  await removeGone(work);
}

/** Neo4j 4.0 to 4.3 refuses a constraint that it has, and knows no words for asking. */
function unlessThere(error: unknown): void {
  const { cause } = error as { readonly cause?: { readonly code?: string } };
  const isThere = /^Neo\.ClientError\.Schema\.(Equivalent\w+|Constraint)AlreadyExists$/.test(
    cause?.code ?? '',
  );
  if (!isThere) throw error;
}

/** Gives the ids in the order they were written. */
async function exportResources(work: Work): Promise<readonly string[]> {
  const byKind = groupsOf(work.graph.all(), ({ kind }) => kind);
  const ids: string[] = [];
  const all = [...byKind.values()].reduce((sum, { length }) => sum + length, 0) + work.relations;
  for (const [kind, resources] of byKind)
    for (const batch of piecesOf(resources, limits.neo4jBatchItems)) {
      await work.write(writeResources(kind, batch, work.mark));
      ids.push(...batch.map(({ id }) => id));
      work.tally.resources += batch.length;
      work.tell(`${work.tally.resources} resources written`, share(work.tally.resources, all));
    }
  return ids;
}

async function exportRelations(work: Work, ids: readonly string[]): Promise<void> {
  const { graph, mark, tally } = work;
  const waiting = new Map<string, { from: string; to: string }[]>();
  const flush = async (type: string): Promise<void> => {
    const ends = waiting.get(type) ?? [];
    waiting.delete(type);
    if (ends.length === 0) return;
    tally.relations += await work.write(writeRelations(type, ends, mark));
    const done = tally.resources + tally.relations;
    work.tell(`${tally.relations} relations written`, share(done, ids.length + work.relations));
  };
  for (const id of ids)
    for (const { from, type, to } of graph.relationsOut(id)) {
      const ends = waiting.get(type) ?? [];
      waiting.set(type, ends);
      ends.push({ from, to });
      if (ends.length >= limits.neo4jBatchItems) await flush(type);
    }
  for (const type of [...waiting.keys()]) await flush(type);
}

/** Relations first: what then still hangs on a node is others'. */
async function removeGone({ graph, mark, removes, tally, tell, write }: Work): Promise<void> {
  tell('removing what is gone', 0.98);
  for (;;) {
    const removed = await write(removeRelations(mark, limits.neo4jBatchItems));
    tally.removedRelations += removed;
    if (removed < limits.neo4jBatchItems) break;
  }
  const gone = removes.filter((id) => !graph.get(id));
  for (const batch of piecesOf(gone, limits.neo4jBatchItems)) {
    const removed = await write(removeResources(batch, mark.exporter));
    tally.removedResources += removed;
    tally.kept += batch.length - removed;
  }
}

/** Of the writing; what is left is the removing. */
function share(done: number, all: number): number {
  return all === 0 ? 0 : Math.min(0.97, done / all);
}
