// The resources of all connections as the daemon last told, indexed the way the tree shows them. It follows the
// subscription and never asks a cloud; what it says of a change is small enough to repaint only that.

import type { Kind } from '../../shared/model/kind.ts';
import { parseResourceId, type Resource } from '../../shared/model/resource.ts';
import { createSignal } from '../signal.ts';

/** What changed: everything; or single resources, and the kinds of connections whose members are others now. */
export type ResourcesChange =
  | { readonly kind: 'all' }
  | {
      readonly kind: 'some';
      /** Ids of resources that were there and look different. */
      readonly changed: readonly string[];
      /** `connection` and kind where resources came, went or were renamed. */
      readonly members: readonly { readonly connection: string; readonly kind: Kind }[];
    };

export interface ResourceStore {
  readonly size: number;
  get(id: string): Resource | undefined;
  /** Kinds that a connection has resources of, in no order. */
  kindsOf(connection: string): readonly Kind[];
  countOf(connection: string, kind: Kind): number;
  /** All of a kind in a connection, in no order. */
  list(connection: string, kind: Kind): Iterable<Resource>;
  all(): Iterable<Resource>;
  replaceAll(resources: readonly Resource[]): void;
  apply(change: { readonly upserts: readonly Resource[]; readonly removes: readonly string[] }): void;
  onDidChange(listener: (change: ResourcesChange) => void): () => void;
}

type ByKind = Map<Kind, Map<string, Resource>>;

export function createResourceStore(): ResourceStore {
  const byId = new Map<string, Resource>();
  const byConnection = new Map<string, ByKind>();
  const changes = createSignal<ResourcesChange>();

  const put = (resource: Resource): Resource | undefined => {
    const before = byId.get(resource.id);
    byId.set(resource.id, resource);
    const kinds = getOrMake(byConnection, resource.connection, () => new Map() as ByKind);
    getOrMake(kinds, resource.kind, () => new Map<string, Resource>()).set(resource.id, resource);
    return before;
  };
  const remove = (id: string): Resource | undefined => {
    const before = byId.get(id);
    if (!before) return undefined;
    byId.delete(id);
    const kinds = byConnection.get(before.connection);
    const members = kinds?.get(before.kind);
    members?.delete(id);
    if (members?.size === 0) kinds?.delete(before.kind);
    if (kinds?.size === 0) byConnection.delete(before.connection);
    return before;
  };

  return {
    get size() {
      return byId.size;
    },
    get: (id) => byId.get(id),
    kindsOf: (connection) => [...(byConnection.get(connection)?.keys() ?? [])],
    countOf: (connection, kind) => byConnection.get(connection)?.get(kind)?.size ?? 0,
    list: (connection, kind) => byConnection.get(connection)?.get(kind)?.values() ?? [],
    all: () => byId.values(),
    replaceAll: (resources) => {
      byId.clear();
      byConnection.clear();
      for (const resource of resources) put(resource);
      changes.fire({ kind: 'all' });
    },
    apply: ({ upserts, removes }) => {
      const changed: string[] = [];
      const members = new Map<string, { connection: string; kind: Kind }>();
      const touch = ({ connection, kind }: Resource) =>
        members.set(`${connection} ${kind}`, { connection, kind });
      for (const resource of upserts) {
        const before = put(resource);
        if (before && before.name === resource.name) changed.push(resource.id);
        else touch(resource);
      }
      for (const id of removes) {
        const before = remove(id);
        if (before) touch(before);
      }
      changes.fire({ kind: 'some', changed, members: [...members.values()] });
    },
    onDidChange: changes.on,
  };
}

function getOrMake<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

/** What to call a resource: its name, or the end of its id where it is not there any more. */
export function nameOf(store: Pick<ResourceStore, 'get'>, id: string): string {
  return store.get(id)?.name ?? parseResourceId(id)?.path ?? id;
}
