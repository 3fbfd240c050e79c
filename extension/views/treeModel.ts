// The tree of resources without the editor: connection → kind → (stretch of the alphabet) → resource. Nodes are
// made when they are first shown and kept, because the editor knows an item again only by the same object. A large
// kind is cut into stretches, so that no level ever holds thousands. Pure but for its caches.

import type { Connection } from '../../shared/model/connection.ts';
import type { Kind } from '../../shared/model/kind.ts';
import { parseResourceId, type Resource } from '../../shared/model/resource.ts';
import type { ConnectionStore } from '../state/connections.ts';
import type { ResourceStore, ResourcesChange } from '../state/resources.ts';
import { compareKinds } from './kinds.ts';

export type TreeNode =
  | { readonly kind: 'connection'; readonly key: string; readonly connection: string }
  | { readonly kind: 'kind'; readonly key: string; readonly connection: string; readonly resourceKind: Kind }
  | {
      readonly kind: 'stretch';
      readonly key: string;
      readonly connection: string;
      readonly resourceKind: Kind;
      readonly index: number;
    }
  | { readonly kind: 'resource'; readonly key: string; readonly id: string };

/** Over so many members a kind is cut into stretches. */
const membersFlatMax = 500;
export const stretchMembers = 200;

export interface TreeModel {
  readonly filter: string;
  /** Text over name, id, status, address and tags; empty shows all. */
  setFilter(text: string): void;
  childrenOf(node: TreeNode | undefined): readonly TreeNode[];
  parentOf(node: TreeNode): TreeNode | undefined;
  nodeOf(id: string): TreeNode | undefined;
  /** How many resources stand below a heading, with the filter applied. */
  countOf(node: TreeNode): number;
  /** First and last name of a stretch. */
  spanOf(node: TreeNode): readonly [string, string] | undefined;
  /** Nodes to repaint after a change; `undefined` is the whole tree. Nodes that were never shown are left out. */
  repaintsFor(change: ResourcesChange): readonly TreeNode[] | undefined;
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

export function createTreeModel(
  resources: ResourceStore,
  connections: Pick<ConnectionStore, 'list' | 'get'>,
): TreeModel {
  const nodes = new Map<string, TreeNode>();
  const members = new Map<string, readonly Resource[]>();
  let filter = '';

  const node = <N extends TreeNode>(made: N): N => {
    const known = nodes.get(made.key);
    if (known) return known as N;
    nodes.set(made.key, made);
    return made;
  };
  const kindNode = (connection: string, resourceKind: Kind) =>
    node({ kind: 'kind', key: `${connection}/${resourceKind}`, connection, resourceKind });
  const resourceNode = (id: string) => node({ kind: 'resource', key: id, id });
  const stretchNode = (connection: string, resourceKind: Kind, index: number) =>
    node({ kind: 'stretch', key: `${connection}/${resourceKind}/${index}`, connection, resourceKind, index });

  const membersOf = (connection: string, kind: Kind): readonly Resource[] => {
    const key = `${connection}/${kind}`;
    const known = members.get(key);
    if (known) return known;
    const all = [...resources.list(connection, kind)];
    const shown = (filter === '' ? all : all.filter((resource) => matches(resource, filter))).sort((a, b) =>
      collator.compare(a.name, b.name),
    );
    members.set(key, shown);
    return shown;
  };
  const stretchesOf = (connection: string, kind: Kind): readonly TreeNode[] => {
    const count = Math.ceil(membersOf(connection, kind).length / stretchMembers);
    return Array.from({ length: count }, (_, index) => stretchNode(connection, kind, index));
  };
  const inStretch = (at: Extract<TreeNode, { kind: 'stretch' }>) =>
    membersOf(at.connection, at.resourceKind).slice(
      at.index * stretchMembers,
      (at.index + 1) * stretchMembers,
    );

  const model: TreeModel = {
    get filter() {
      return filter;
    },
    setFilter: (text) => {
      filter = text.trim().toLowerCase();
      members.clear();
    },
    childrenOf: (at) => {
      if (!at)
        return rootsOf(connections.list(), node, (roots) =>
          roots.filter((root) => filter === '' || model.countOf(root) > 0),
        );
      switch (at.kind) {
        case 'connection':
          return resources
            .kindsOf(at.connection)
            .filter((kind) => membersOf(at.connection, kind).length > 0)
            .sort(compareKinds)
            .map((kind) => kindNode(at.connection, kind));
        case 'kind': {
          const all = membersOf(at.connection, at.resourceKind);
          if (all.length > membersFlatMax) return stretchesOf(at.connection, at.resourceKind);
          return all.map((resource) => resourceNode(resource.id));
        }
        case 'stretch':
          return inStretch(at).map((resource) => resourceNode(resource.id));
        case 'resource':
          return [];
      }
    },
    parentOf: (at) => {
      switch (at.kind) {
        case 'connection':
          return undefined;
        case 'kind':
          return node({ kind: 'connection', key: at.connection, connection: at.connection });
        case 'stretch':
          return kindNode(at.connection, at.resourceKind);
        case 'resource':
          return parentOfResource(at.id);
      }
    },
    nodeOf: (id) => (resources.get(id) ? resourceNode(id) : undefined),
    countOf: (at) => {
      switch (at.kind) {
        case 'connection':
          return resources
            .kindsOf(at.connection)
            .reduce(
              (sum, kind) =>
                sum +
                (filter === ''
                  ? resources.countOf(at.connection, kind)
                  : membersOf(at.connection, kind).length),
              0,
            );
        case 'kind':
          return membersOf(at.connection, at.resourceKind).length;
        case 'stretch':
          return inStretch(at).length;
        case 'resource':
          return 0;
      }
    },
    spanOf: (at) => {
      if (at.kind !== 'stretch') return undefined;
      const within = inStretch(at);
      return within.length === 0 ? undefined : [within[0]!.name, within.at(-1)!.name];
    },
    repaintsFor: (change) => {
      if (change.kind === 'all') {
        members.clear();
        forgetGone();
        return undefined;
      }
      return repaintsForSome(change);
    },
  };

  function parentOfResource(id: string): TreeNode | undefined {
    const resource = resources.get(id);
    const place = resource ?? parseResourceId(id);
    if (!place) return undefined;
    const kind = place.kind as Kind;
    const all = membersOf(place.connection, kind);
    if (all.length <= membersFlatMax) return kindNode(place.connection, kind);
    const at = all.findIndex((member) => member.id === id);
    return at < 0
      ? kindNode(place.connection, kind)
      : stretchNode(place.connection, kind, Math.floor(at / stretchMembers));
  }

  function repaintsForSome(
    change: Extract<ResourcesChange, { kind: 'some' }>,
  ): readonly TreeNode[] | undefined {
    const repaints = new Map<string, TreeNode>();
    for (const { connection, kind } of change.members) {
      members.delete(`${connection}/${kind}`);
      const known = nodes.get(`${connection}/${kind}`);
      const wholeConnection = nodes.get(connection);
      const isStillThere = known !== undefined && resources.countOf(connection, kind) > 0 && filter === '';
      const repaint = isStillThere ? known : wholeConnection;
      if (!repaint) return undefined;
      repaints.set(repaint.key, repaint);
    }
    for (const id of change.changed) {
      const resource = resources.get(id);
      const known = nodes.get(id);
      if (resource && filter !== '') refreshMember(resource);
      else if (resource) replaceMember(resource);
      if (known) repaints.set(known.key, known);
    }
    forgetRemoved(change);
    return [...repaints.values()];
  }

  /** The kept order holds the resource as it was; put the new one in its place. */
  function replaceMember(resource: Resource): void {
    const known = members.get(`${resource.connection}/${resource.kind}`) as Resource[] | undefined;
    const at = known?.findIndex((member) => member.id === resource.id) ?? -1;
    if (known && at >= 0) known[at] = resource;
  }
  function refreshMember(resource: Resource): void {
    members.delete(`${resource.connection}/${resource.kind}`);
  }
  function forgetRemoved(change: Extract<ResourcesChange, { kind: 'some' }>): void {
    if (change.members.length > 0) forgetGone();
  }
  function forgetGone(): void {
    for (const [key, known] of nodes) {
      if (known.kind === 'resource' && !resources.get(known.id)) nodes.delete(key);
      if (known.kind === 'connection' && !connections.get(known.connection)) nodes.delete(key);
    }
  }
  return model;
}

function rootsOf(
  connections: readonly Connection[],
  node: (made: TreeNode) => TreeNode,
  shown: (roots: readonly TreeNode[]) => readonly TreeNode[],
): readonly TreeNode[] {
  return shown(connections.map(({ id }) => node({ kind: 'connection', key: id, connection: id })));
}

/** Whether every word of the filter occurs somewhere in what a person sees of the resource. */
export function matches(resource: Resource, filter: string): boolean {
  const tags = Object.entries(resource.tags).map(([key, value]) => `${key}=${value}`);
  const seen = [
    resource.name,
    resource.id,
    resource.status,
    resource.namespace,
    resource.attributes.ip,
    resource.attributes.floating_ip,
    resource.attributes.flavor,
    ...tags,
  ]
    .filter((part) => part !== undefined)
    .join('\n')
    .toLowerCase();
  return filter.split(/\s+/).every((word) => seen.includes(word));
}
