// The resources that are there, by id, by connection and kind, and by name. It holds what it is given and decides
// nothing; the graph alone writes to it.

import type { Resource } from '../../shared/model/resource.ts';

type ById = Map<string, Resource>;

export interface Inventory {
  readonly byId: ReadonlyMap<string, Resource>;
  put(resource: Resource): void;
  remove(id: string): void;
  /** All of a connection, of a kind, or both; the smallest index that holds them. */
  of(where: { readonly connection?: string; readonly kind?: string }): Iterable<Resource>;
  /** Those with exactly this name, letter case aside. */
  named(name: string): Iterable<Resource>;
  countOf(connection: string): number;
}

export function createInventory(): Inventory {
  const byId: ById = new Map();
  const byConnection = new Map<string, Map<string, ById>>();
  // Most names are of one resource only: then there is no map for them. Made when the first name is asked for.
  let byName: Map<string, Resource | ById> | undefined;
  const names = (): Map<string, Resource | ById> => {
    if (byName) return byName;
    byName = new Map();
    for (const resource of byId.values()) putName(byName, resource);
    return byName;
  };
  const drop = (resource: Resource): void => {
    const kinds = byConnection.get(resource.connection);
    if (kinds) takeOut(kinds, resource.kind, resource.id);
    if (kinds?.size === 0) byConnection.delete(resource.connection);
    if (byName) dropName(byName, resource);
  };
  return {
    byId,
    put(resource) {
      const before = byId.get(resource.id);
      if (before) {
        byId.delete(resource.id);
        drop(before);
      }
      byId.set(resource.id, resource);
      let kinds = byConnection.get(resource.connection);
      if (!kinds) {
        kinds = new Map();
        byConnection.set(resource.connection, kinds);
      }
      putIn(kinds, resource.kind, resource);
      if (byName) putName(byName, resource);
    },
    remove(id) {
      const before = byId.get(id);
      if (!before) return;
      byId.delete(id);
      drop(before);
    },
    of({ connection, kind }) {
      if (connection === undefined) return kind === undefined ? byId.values() : allOfKind(byConnection, kind);
      const kinds = byConnection.get(connection);
      if (kind !== undefined) return kinds?.get(kind)?.values() ?? [];
      return kinds ? allOf(kinds) : [];
    },
    named(name) {
      const found = names().get(folded(name));
      if (!found) return [];
      return found instanceof Map ? found.values() : [found];
    },
    countOf(connection) {
      let count = 0;
      for (const members of byConnection.get(connection)?.values() ?? []) count += members.size;
      return count;
    },
  };
}

function* allOfKind(
  connections: ReadonlyMap<string, ReadonlyMap<string, ById>>,
  kind: string,
): Iterable<Resource> {
  for (const kinds of connections.values()) yield* kinds.get(kind)?.values() ?? [];
}

function* allOf(kinds: ReadonlyMap<string, ById>): Iterable<Resource> {
  for (const members of kinds.values()) yield* members.values();
}

/** As filters compare names. */
function folded(name: string): string {
  return name.trim().toLowerCase();
}

function putIn(index: Map<string, ById>, key: string, resource: Resource): void {
  const bucket = index.get(key);
  if (bucket) bucket.set(resource.id, resource);
  else index.set(key, new Map([[resource.id, resource]]));
}

function takeOut(index: Map<string, ById>, key: string, id: string): void {
  const bucket = index.get(key);
  if (bucket?.delete(id) && bucket.size === 0) index.delete(key);
}

function putName(index: Map<string, Resource | ById>, resource: Resource): void {
  const key = folded(resource.name);
  const found = index.get(key);
  if (!found) index.set(key, resource);
  else if (found instanceof Map) found.set(resource.id, resource);
  else
    index.set(
      key,
      new Map([
        [found.id, found],
        [resource.id, resource],
      ]),
    );
}

function dropName(index: Map<string, Resource | ById>, resource: Resource): void {
  const key = folded(resource.name);
  const found = index.get(key);
  if (found instanceof Map) {
    found.delete(resource.id);
    if (found.size === 0) index.delete(key);
  } else if (found?.id === resource.id) index.delete(key);
}
