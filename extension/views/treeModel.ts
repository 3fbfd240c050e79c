// The tree of resources without the editor: connection → kind → (stretch of the alphabet) → resource, and a note below
// a connection that is in trouble or has nothing to show. Nodes are made when they are first shown and kept, because
// the editor knows an item again only by the same object. A large kind is cut into stretches, so that no level ever
// holds thousands. Pure but for its caches.

import type { Kind } from '../../shared/model/kind.ts';
import { parseResourceId } from '../../shared/model/resource.ts';
import type { ConnectionStore } from '../state/connections.ts';
import type { ResourceStore, ResourcesChange } from '../state/resources.ts';
import { compareKinds } from './kinds.ts';
import { createMembers, type Members } from './members.ts';

interface Place {
  readonly key: string;
  readonly connection: string;
}
export type ConnectionNode = Place & { readonly kind: 'connection' };
export type KindNode = Place & { readonly kind: 'kind'; readonly resourceKind: Kind };
export type StretchNode = Place & {
  readonly kind: 'stretch';
  readonly resourceKind: Kind;
  readonly index: number;
};
export interface ResourceNode {
  readonly kind: 'resource';
  readonly key: string;
  readonly id: string;
}
/** What is wrong with a connection, or that it has nothing to show. */
export type NoteNode = Place & { readonly kind: 'note' };
export type TreeNode = ConnectionNode | KindNode | StretchNode | ResourceNode | NoteNode;

/** Over so many members a kind is cut into stretches. */
const membersFlatMax = 500;
export const stretchMembers = 200;

export interface TreeModel {
  readonly filter: string;
  /** Text over name, id, status, address and tags; empty shows all. */
  setFilter(text: string): void;
  childrenOf(node: TreeNode | undefined): readonly TreeNode[];
  /** Makes ready in slices what `childrenOf` would else do at once; undefined where there is nothing to wait for. */
  prepare(node: TreeNode | undefined): Promise<unknown> | undefined;
  parentOf(node: TreeNode): TreeNode | undefined;
  nodeOf(id: string): TreeNode | undefined;
  /** How many resources stand below a heading, with the filter applied. */
  countOf(node: KindNode | StretchNode): number;
  /** First and last name of a stretch. */
  spanOf(node: StretchNode): readonly [string, string];
  /** Nodes to repaint after a change; `undefined` is the whole tree. Nodes that were never shown are left out. */
  repaintsFor(change: ResourcesChange): readonly TreeNode[] | undefined;
  /** The same for the connections: when one was last read changes all the time and repaints nothing. */
  repaintsForConnections(): readonly TreeNode[] | undefined;
}

type Connections = Pick<ConnectionStore, 'list' | 'get' | 'active'>;

export function createTreeModel(resources: ResourceStore, connections: Connections): TreeModel {
  const nodes = createNodes();
  let painted = looksOf(connections);
  const members = createMembers(resources);
  const kindsOf = (connection: string) =>
    resources
      .kindsOf(connection)
      .filter((kind) => members.countOf(connection, kind) > 0)
      .sort(compareKinds);
  const inStretch = ({ connection, resourceKind, index }: StretchNode) =>
    members.of(connection, resourceKind).slice(index * stretchMembers, (index + 1) * stretchMembers);
  const membersNodes = ({ connection, resourceKind }: KindNode): readonly TreeNode[] => {
    const all = members.of(connection, resourceKind);
    if (all.length <= membersFlatMax) return all.map(({ id }) => nodes.resource(id));
    const count = Math.ceil(all.length / stretchMembers);
    return Array.from({ length: count }, (_, index) => nodes.stretch(connection, resourceKind, index));
  };
  const childrenOfConnection = (id: string): readonly TreeNode[] => {
    const kinds = kindsOf(id).map((kind) => nodes.kind(id, kind));
    const connection = connections.get(id);
    const isSilent = connection?.state === 'connected' && kinds.length === 0;
    return connection?.problem || isSilent ? [nodes.note(id), ...kinds] : kinds;
  };
  const roots = () =>
    connections
      .list()
      .filter(({ id }) => members.filter === '' || kindsOf(id).length > 0)
      .map(({ id }) => nodes.connection(id));

  return {
    get filter() {
      return members.filter;
    },
    setFilter: members.setFilter,
    childrenOf: (node) => {
      if (!node) return roots();
      switch (node.kind) {
        case 'connection':
          return childrenOfConnection(node.connection);
        case 'kind':
          return membersNodes(node);
        case 'stretch':
          return inStretch(node).map(({ id }) => nodes.resource(id));
        case 'resource':
        case 'note':
          return [];
      }
    },
    prepare: (node) => {
      if (node?.kind === 'resource' || node?.kind === 'note') return undefined;
      if (node?.kind === 'kind' || node?.kind === 'stretch')
        return members.prepare(node.connection, node.resourceKind);
      // Without a filter the headings need no member, only how many there are.
      if (members.filter === '') return undefined;
      const places = (node ? [node] : connections.list().map(({ id }) => nodes.connection(id))).flatMap(
        ({ connection }) => resources.kindsOf(connection).map((kind) => members.prepare(connection, kind)),
      );
      const waits = places.filter((wait) => wait !== undefined);
      return waits.length > 0 ? Promise.all(waits) : undefined;
    },
    parentOf: (node) => {
      switch (node.kind) {
        case 'connection':
          return undefined;
        case 'kind':
        case 'note':
          return nodes.connection(node.connection);
        case 'stretch':
          return nodes.kind(node.connection, node.resourceKind);
        case 'resource':
          return parentOfResource(node.id, resources, members, nodes);
      }
    },
    nodeOf: (id) => (resources.get(id) ? nodes.resource(id) : undefined),
    countOf: (node) =>
      node.kind === 'kind' ? members.countOf(node.connection, node.resourceKind) : inStretch(node).length,
    spanOf: (node) => {
      const within = inStretch(node);
      return [within[0]?.name ?? '', within.at(-1)?.name ?? ''];
    },
    repaintsFor: (change) => {
      const isAll = change.kind === 'all';
      if (isAll) members.forgetAll();
      if (isAll || change.members.length > 0) nodes.forgetGone(resources, connections);
      return isAll ? undefined : repaintsForSome(change, { resources, members, nodes });
    },
    repaintsForConnections: () => {
      const before = painted;
      painted = looksOf(connections);
      const isSameList = [...before.keys()].join('\n') === [...painted.keys()].join('\n');
      if (!isSameList) {
        nodes.forgetGone(resources, connections);
        return undefined;
      }
      return [...painted].flatMap(([id, look]) => (before.get(id) === look ? [] : (nodes.known(id) ?? [])));
    },
  };
}

/** All that shows of each connection, in order. */
function looksOf(connections: Connections): ReadonlyMap<string, string> {
  const active = connections.active?.id;
  return new Map(
    connections
      .list()
      .map(({ readAt: _, resourceCount: __, ...shown }) => [
        shown.id,
        JSON.stringify([shown, shown.id === active]),
      ]),
  );
}

/** What changes only repaints itself; where somebody came or went it is the kind, and the connection where a kind did. */
function repaintsForSome(
  change: Extract<ResourcesChange, { kind: 'some' }>,
  { resources, members, nodes }: { resources: ResourceStore; members: Members; nodes: Nodes },
): readonly TreeNode[] | undefined {
  const repaints = new Map<string, TreeNode>();
  const isFiltered = members.filter !== '';
  const changed = change.changed.flatMap((id) => resources.get(id) ?? []);
  const places = isFiltered ? [...change.members, ...changed] : change.members;
  for (const { connection, kind } of places) {
    members.amend(connection, kind);
    const known = nodes.known(`${connection}/${kind}`);
    const isKnownKind = known && !isFiltered && resources.countOf(connection, kind) > 0;
    const repaint = isKnownKind ? known : nodes.known(connection);
    if (!repaint) return undefined;
    repaints.set(repaint.key, repaint);
  }
  for (const resource of changed) {
    members.replace(resource);
    const known = nodes.known(resource.id);
    if (known && !isFiltered) repaints.set(known.key, known);
  }
  return [...repaints.values()];
}

function parentOfResource(
  id: string,
  resources: Pick<ResourceStore, 'get'>,
  members: Members,
  nodes: Nodes,
): TreeNode | undefined {
  const place = parseResourceId(id);
  if (!place) return undefined;
  const kind = place.kind as Kind;
  const resource = resources.get(id);
  const isFlat = members.countOf(place.connection, kind) <= membersFlatMax;
  const at = isFlat || !resource ? -1 : members.placeOf(resource);
  return at < 0
    ? nodes.kind(place.connection, kind)
    : nodes.stretch(place.connection, kind, Math.floor(at / stretchMembers));
}

type Nodes = ReturnType<typeof createNodes>;

function createNodes() {
  const kept = new Map<string, TreeNode>();
  const node = <N extends TreeNode>(made: N): N => {
    const known = kept.get(made.key);
    if (known) return known as N;
    kept.set(made.key, made);
    return made;
  };
  return {
    connection: (id: string) => node<ConnectionNode>({ kind: 'connection', key: id, connection: id }),
    kind: (connection: string, resourceKind: Kind) =>
      node<KindNode>({ kind: 'kind', key: `${connection}/${resourceKind}`, connection, resourceKind }),
    stretch: (connection: string, resourceKind: Kind, index: number) =>
      node<StretchNode>({
        kind: 'stretch',
        key: `${connection}/${resourceKind}/${index}`,
        connection,
        resourceKind,
        index,
      }),
    note: (connection: string) => node<NoteNode>({ kind: 'note', key: `${connection}?note`, connection }),
    resource: (id: string) => node<ResourceNode>({ kind: 'resource', key: id, id }),
    /** A node that was shown once. */
    known: (key: string): TreeNode | undefined => kept.get(key),
    forgetGone: (resources: Pick<ResourceStore, 'get'>, connections: Connections) => {
      for (const [key, known] of kept) {
        const isGone =
          known.kind === 'resource' ? !resources.get(known.id) : !connections.get(known.connection);
        if (isGone) kept.delete(key);
      }
    },
  };
}
