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
  const byConnection = new Map<string, ById>();
  const byKind = new Map<string, ById>();
  const byBoth = new Map<string, ById>();
  const byName = new Map<string, ById>();
  const indexes = (resource: Resource): readonly (readonly [Map<string, ById>, string])[] => [
    [byConnection, resource.connection],
    [byKind, resource.kind],
    [byBoth, bothKey(resource.connection, resource.kind)],
    [byName, folded(resource.name)],
  ];
  const remove = (id: string): void => {
    const resource = byId.get(id);
    if (!resource) return;
    byId.delete(id);
    for (const [index, key] of indexes(resource)) takeOut(index, key, id);
  };
  return {
    byId,
    put(resource) {
      remove(resource.id);
      byId.set(resource.id, resource);
      for (const [index, key] of indexes(resource)) putIn(index, key, resource);
    },
    remove,
    of({ connection, kind }) {
      if (connection !== undefined && kind !== undefined)
        return byBoth.get(bothKey(connection, kind))?.values() ?? [];
      if (connection !== undefined) return byConnection.get(connection)?.values() ?? [];
      return (kind === undefined ? byId : byKind.get(kind))?.values() ?? [];
    },
    named: (name) => byName.get(folded(name))?.values() ?? [],
    countOf: (connection) => byConnection.get(connection)?.size ?? 0,
  };
}

/** As filters compare names. */
function folded(name: string): string {
  return name.trim().toLowerCase();
}

/** A connection's id has no space, so the key cannot be read two ways. */
function bothKey(connection: string, kind: string): string {
  return `${connection} ${kind}`;
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
