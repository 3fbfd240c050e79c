// What is there now and what hangs on what, in memory, with every change numbered, and on disk for a warm start.
// Discovery feeds it, everybody else reads. It asks no cloud, and takes nothing for gone that a source did not
// report as gone: only a full batch of a source removes, and only kinds of that source in that connection.

import type Database from 'better-sqlite3';
import type { Filter } from '../../shared/model/reading.ts';
import { parseResourceId, type Relation, type Resource } from '../../shared/model/resource.ts';
import { limits } from '../config.ts';
import type { DiscoveryBatch, DiscoverySource } from '../executors/contract.ts';
import { type Adjacency, createAdjacency } from './adjacency.ts';
import type { GraphChange, StoredGraph } from './contract.ts';
import { findDependents } from './dependents.ts';
import { createGraphDisk, type GraphDisk } from './disk.ts';
import { createDiskWriter, type DiskWriter } from './diskWriter.ts';
import { isSameJson } from './equal.ts';
import { compileFilter } from './filter.ts';
import { createInventory, type Inventory } from './inventory.ts';
import { createJoins, type Joins } from './joins.ts';
import {
  type NeighbourhoodRequest,
  neighbourhoodOf,
  type PathRequest,
  shortestPaths,
} from './neighbourhood.ts';
import { startWarmUp, type WarmUp } from './warmUp.ts';

export interface GraphOptions {
  /** Opened with `graphMigrations`; absent: nothing is kept over restarts. */
  readonly database?: Database.Database;
  /** ms since the epoch; the system clock where absent. */
  readonly now?: () => number;
  readonly log?: (level: 'debug' | 'info' | 'warn' | 'error', message: string) => void;
}

interface State {
  readonly inventory: Inventory;
  readonly adjacency: Adjacency;
  /** Relations across connections, which no executor can know. */
  readonly joins: Joins;
  /** What this daemon has read; the rest is what an earlier one knew. */
  readonly fresh: Set<string>;
  readonly listeners: Set<(change: GraphChange) => void>;
  readonly now: () => number;
  readonly log: NonNullable<GraphOptions['log']>;
  readonly writer?: DiskWriter;
  sequence: number;
}

/** Makes the graph, with what an earlier daemon knew, marked stale; it is read from the disk between other work. */
export function createGraph(options: GraphOptions = {}): StoredGraph {
  const disk = options.database && createGraphDisk(options.database);
  const log = options.log ?? (() => undefined);
  const now = options.now ?? Date.now;
  const state: State = {
    inventory: createInventory(),
    adjacency: createAdjacency(),
    joins: createJoins(),
    fresh: new Set(),
    listeners: new Set(),
    now,
    log,
    writer: disk && createDiskWriter(disk, now, log),
    sequence: 0,
  };
  const warmUp = disk && warm(state, disk);
  /** Nobody sees a part of what is there. */
  const whole = (): State => {
    warmUp?.finish();
    return state;
  };
  return {
    ...readerOf(whole),
    get sequence() {
      return state.sequence;
    },
    get size() {
      return whole().inventory.byId.size;
    },
    apply: (connection, source, batch) => apply(whole(), connection, source, batch),
    removeConnection(connection) {
      const ids = [...whole().inventory.of({ connection })].map((resource) => resource.id);
      return settle(state, [], remove(state, ids));
    },
    isStale: (id) => whole().inventory.byId.has(id) && !state.fresh.has(id),
    historyOf(id, limit) {
      whole().writer?.flush();
      return disk?.historyOf(id, limit) ?? [];
    },
    resourcesAt(connection, atMs) {
      whole().writer?.flush();
      return disk?.resourcesAt(connection, atMs) ?? [];
    },
    knownSince(connection) {
      whole().writer?.flush();
      return disk?.knownSince(connection);
    },
    flush: () => state.writer?.flush(),
    dispose() {
      warmUp?.dispose();
      state.listeners.clear();
      state.writer?.dispose();
    },
  };
}

function readerOf(whole: () => State) {
  const get = (id: string) => whole().inventory.byId.get(id);
  const dependentsOfAll = (ids: readonly string[], depthMax: number = limits.dependentsDepthMax) => {
    const { adjacency } = whole();
    return findDependents(
      ids.flatMap((id) => get(id) ?? []),
      get,
      adjacency,
      depthMax,
    );
  };
  return {
    get,
    all: () => whole().inventory.byId.values(),
    list: (where: { readonly connection?: string; readonly kind?: string }) => [
      ...whole().inventory.of(where),
    ],
    match: (filter: Filter) => match(whole(), filter),
    relationsOf(id: string) {
      const { adjacency } = whole();
      return { out: adjacency.relationsOut(id), in: adjacency.relationsInto(id) };
    },
    relationsOut: (id: string) => whole().adjacency.relationsOut(id),
    relationsInto: (id: string) => whole().adjacency.relationsInto(id),
    dependentsOf: (id: string, depthMax?: number) => dependentsOfAll([id], depthMax),
    dependentsOfAll,
    neighbourhood: (request: NeighbourhoodRequest) => neighbourhoodOf(request, get, whole().adjacency),
    shortestPaths: (request: PathRequest) => shortestPaths(request, get, whole().adjacency),
    countOf: (connection: string) => whole().inventory.countOf(connection),
    onDidChange(listener: (change: GraphChange) => void) {
      const { listeners } = whole();
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** Looks at the smallest index that surely holds every match; the filter itself decides. */
function match(state: State, filter: Filter): readonly Resource[] {
  const matches = compileFilter(filter);
  const { kind, name } = filter;
  const among =
    typeof name === 'string'
      ? state.inventory.named(name)
      : state.inventory.of({ kind: typeof kind === 'string' ? kind.trim().toLowerCase() : undefined });
  const nowMs = state.now();
  const found: Resource[] = [];
  for (const resource of among) if (matches(resource, nowMs)) found.push(resource);
  return found.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

function apply(
  state: State,
  connection: string,
  source: Pick<DiscoverySource, 'name' | 'kinds'>,
  batch: DiscoveryBatch,
): GraphChange | undefined {
  for (const resource of batch.resources) requireOwn(connection, source, resource);
  const relations = byFrom(batch.relations);
  const upserts: Resource[] = [];
  for (const resource of batch.resources) {
    state.fresh.add(resource.id);
    if (put(state, resource, relations.get(resource.id) ?? [])) upserts.push(resource);
  }
  const gone = batch.mode === 'full' ? missing(state, connection, source, batch) : batch.removed;
  const own = gone.filter((id) => state.inventory.byId.get(id)?.connection === connection);
  return settle(state, upserts, remove(state, own));
}

/** Joins what changed with what other connections have, and tells all of it at once. */
function settle(
  state: State,
  upserts: readonly Resource[],
  removes: readonly string[],
): GraphChange | undefined {
  const moved = join(state, upserts, removes);
  const told = new Set(upserts.map(({ id }) => id));
  const others = moved.filter((id) => !told.has(id)).flatMap((id) => state.inventory.byId.get(id) ?? []);
  return publish(state, [...upserts, ...others], removes);
}

/** Ids whose relations across connections are different now. */
function join(state: State, upserts: readonly Resource[], removes: readonly string[]): readonly string[] {
  const changes = state.joins.update(upserts, removes);
  for (const [id, { before, after }] of changes) {
    if (!state.inventory.byId.has(id)) continue;
    const own = state.adjacency
      .relationsOut(id)
      .filter(({ type, to }) => !before.some((one) => one.type === type && one.to === to));
    state.adjacency.replace(id, [...own, ...after]);
  }
  return [...changes.keys()];
}

function byFrom(relations: readonly Relation[]): ReadonlyMap<string, readonly Relation[]> {
  const grouped = new Map<string, Relation[]>();
  for (const relation of relations) {
    const group = grouped.get(relation.from);
    if (group) group.push(relation);
    else grouped.set(relation.from, [relation]);
  }
  return grouped;
}

/** A source may speak of its own connection and kinds only; anything else is a broken executor, and is not taken. */
function requireOwn(
  connection: string,
  source: Pick<DiscoverySource, 'name' | 'kinds'>,
  resource: Resource,
): void {
  const id = parseResourceId(resource.id);
  if (
    id?.connection !== connection ||
    resource.connection !== connection ||
    id.kind !== resource.kind ||
    !source.kinds.includes(resource.kind)
  )
    throw new Error(`The source ${source.name} of ${connection} may not report ${resource.id}`);
}

function put(state: State, resource: Resource, relations: readonly Relation[]): boolean {
  const before = state.inventory.byId.get(resource.id);
  const joined = state.joins.of(resource.id);
  const all = joined.length > 0 ? [...relations, ...joined] : relations;
  const moved = state.adjacency.replace(resource.id, all);
  const changed = !before || !isSameJson(before, resource);
  if (changed) state.inventory.put(resource);
  if (!changed && !moved) return false;
  state.writer?.add({
    id: resource.id,
    connection: resource.connection,
    atMs: state.now(),
    resource,
    // What is joined is found again at the next start, from both ends.
    relations: joined.length > 0 ? relations : state.adjacency.relationsOut(resource.id),
  });
  return true;
}

function missing(
  state: State,
  connection: string,
  source: Pick<DiscoverySource, 'kinds'>,
  batch: DiscoveryBatch,
): readonly string[] {
  const present = new Set(batch.resources.map((resource) => resource.id));
  return source.kinds.flatMap((kind) =>
    [...state.inventory.of({ connection, kind })].flatMap(({ id }) => (present.has(id) ? [] : [id])),
  );
}

function remove(state: State, ids: readonly string[]): readonly string[] {
  return ids.filter((id) => {
    const before = state.inventory.byId.get(id);
    if (!before) return false;
    state.inventory.remove(id);
    state.adjacency.replace(id, []);
    state.fresh.delete(id);
    state.writer?.add({ id, connection: before.connection, atMs: state.now(), relations: [] });
    return true;
  });
}

function publish(
  state: State,
  upserts: readonly Resource[],
  removes: readonly string[],
): GraphChange | undefined {
  if (upserts.length === 0 && removes.length === 0) return undefined;
  const change: GraphChange = { sequence: ++state.sequence, upserts, removes };
  for (const listener of [...state.listeners]) {
    try {
      listener(change);
    } catch (error) {
      state.log('error', `A listener of the graph failed: ${String(error)}`);
    }
  }
  return change;
}

function warm(state: State, disk: GraphDisk): WarmUp {
  return startWarmUp(disk, {
    take(page) {
      for (const { resource, ends } of page) {
        state.inventory.put(resource);
        state.adjacency.load(resource.id, ends);
      }
      join(
        state,
        page.map(({ resource }) => resource),
        [],
      );
    },
    onDone: () => disk.prune(state.now()),
    onProblem: (error) => state.log('warn', `The graph could not be read from disk: ${String(error)}`),
  });
}
