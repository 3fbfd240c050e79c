// The graph as others see it: what is there now, what hangs on what, and what changed. Discovery is the only
// one that feeds it; everybody else reads. It holds no credential and asks no cloud.

import type { GraphPath, Neighbourhood } from '../../shared/model/graph.ts';
import type { Filter } from '../../shared/model/reading.ts';
import type { Relation, Resource } from '../../shared/model/resource.ts';
import type { DiscoveryBatch, DiscoverySource } from '../executors/contract.ts';
import type { NeighbourhoodRequest, PathRequest } from './neighbourhood.ts';

/** What changed by one batch. `sequence` counts from 1 and has no gaps. */
export interface GraphChange {
  readonly sequence: number;
  readonly upserts: readonly Resource[];
  readonly removes: readonly string[];
}

/** Something that hangs on a resource: the chain of edges that leads to it. */
export interface Dependent {
  readonly resource: Resource;
  /** Read towards the resource asked about: "attached to web-1". */
  readonly relation: string;
  readonly depth: number;
  /** Id of the resource it hangs on. */
  readonly through: string;
}

export interface GraphReader {
  readonly sequence: number;
  readonly size: number;
  get(id: string): Resource | undefined;
  /** Iterates without copying; do not hold across an await. */
  all(): Iterable<Resource>;
  /** Resources of a connection, optionally of one kind. */
  list(where: { readonly connection?: string; readonly kind?: string }): readonly Resource[];
  /** Resources that a filter matches, in id order. Throws ProblemError for a key it does not know. */
  match(filter: Filter): readonly Resource[];
  relationsOf(id: string): { readonly out: readonly Relation[]; readonly in: readonly Relation[] };
  /** One half of the same. */
  relationsOut(id: string): readonly Relation[];
  relationsInto(id: string): readonly Relation[];
  /** What would notice if the resource went away, nearest first. */
  dependentsOf(id: string, depthMax?: number): readonly Dependent[];
  /** The same for the loss of several at once; none of them is among the answer. */
  dependentsOfAll(ids: readonly string[], depthMax?: number): readonly Dependent[];
  /** What is around some resources, whichever way the edges lead. */
  neighbourhood(request: NeighbourhoodRequest): Neighbourhood;
  /** The shortest ways from one resource to another, whichever way the edges lead. */
  shortestPaths(request: PathRequest): readonly GraphPath[];
  countOf(connection: string): number;
  onDidChange(listener: (change: GraphChange) => void): () => void;
}

export interface GraphWriter extends GraphReader {
  /** Takes a source's batch; gives the change, or undefined where nothing changed. */
  apply(
    connection: string,
    source: Pick<DiscoverySource, 'name' | 'kinds'>,
    batch: DiscoveryBatch,
  ): GraphChange | undefined;
  /** Forgets a connection that is no longer configured. */
  removeConnection(connection: string): GraphChange | undefined;
}

/** One state of a resource in its history. */
export interface HistoryEntry {
  /** When it was read, ms since the epoch. */
  readonly atMs: number;
  /** What it was from then on; undefined: it was gone. */
  readonly resource?: Resource;
}

/** The graph with its disk: warm at the start, and able to say what was there before. */
export interface StoredGraph extends GraphWriter {
  /** True for what an earlier daemon read and this one has not read yet. */
  isStale(id: string): boolean;
  /** States of a resource, newest first; at most `limit`. */
  historyOf(id: string, limit: number): readonly HistoryEntry[];
  /** What a connection had at a moment, as far back as history is kept (see `limits`). */
  resourcesAt(connection: string, atMs: number): readonly Resource[];
  /** When a connection's history begins, ms since the epoch; undefined where there is none. */
  knownSince(connection: string): number | undefined;
  /** Writes what waits to be written; called by itself in batches. */
  flush(): void;
  /** Flushes and ends; the database stays open, it belongs to the caller. */
  dispose(): void;
}
