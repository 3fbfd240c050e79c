// Things that serve nothing, and things whose owner is gone. One table says for each kind which edges mean that it is
// used; a kind that is not in it is never called unattached. It says what the graph shows and no more: an owner is
// taken for gone only where its kind was read from its connection at all.

import type { LooseEnd } from '../../shared/model/graph.ts';
import type { Kind } from '../../shared/model/kind.ts';
import { parseResourceId, type RelationType, type Resource } from '../../shared/model/resource.ts';
import type { GraphReader } from './contract.ts';

interface Use {
  readonly out?: readonly RelationType[];
  readonly in?: readonly RelationType[];
  readonly reason: string;
}

const uses: Partial<Record<Kind, Use>> = {
  volume: { out: ['ATTACHED_TO'], in: ['MOUNTS', 'BACKED_BY'], reason: 'attached to nothing' },
  'floating-ip': { out: ['ATTACHED_TO'], in: ['HAS_ADDRESS'], reason: 'assigned to nothing' },
  port: { out: ['ATTACHED_TO'], reason: 'attached to nothing' },
  'security-group': { in: ['PROTECTED_BY'], reason: 'protects nothing' },
  service: { out: ['TARGETS', 'ROUTES_TO'], reason: 'has no targets' },
  'load-balancer': { out: ['TARGETS', 'ROUTES_TO', 'ATTACHED_TO'], reason: 'has no targets' },
  ingress: { out: ['ROUTES_TO', 'TARGETS'], reason: 'routes to nothing' },
};

/** Edges by which a thing belongs to another. A snapshot is meant to outlive its volume, so it is not among them. */
const belonging: ReadonlySet<RelationType> = new Set(['OWNED_BY', 'MEMBER_OF', 'RUNS_ON', 'MOUNTS']);

type Reader = Pick<GraphReader, 'relationsOf' | 'get' | 'list'>;

/** Loose ends among these resources, in their order. */
export function findLooseEnds(resources: Iterable<Resource>, graph: Reader): readonly LooseEnd[] {
  const readKinds = new Map<string, boolean>();
  const isRead = (connection: string, kind: string): boolean => {
    const key = `${connection} ${kind}`;
    let known = readKinds.get(key);
    if (known === undefined) {
      known = graph.list({ connection, kind }).length > 0;
      readKinds.set(key, known);
    }
    return known;
  };
  const found: LooseEnd[] = [];
  for (const resource of resources) {
    const reason = whyUnattached(resource, graph);
    if (reason !== undefined) found.push(endOf(resource, 'unattached', reason));
    const owner = goneOwner(resource, graph, isRead);
    if (owner !== undefined) found.push(endOf(resource, 'orphaned', owner));
  }
  return found;
}

function endOf(resource: Resource, why: LooseEnd['why'], reason: string): LooseEnd {
  const { id, name, kind, connection } = resource;
  return { id, name, kind, connection, why, reason };
}

function whyUnattached(resource: Resource, graph: Reader): string | undefined {
  const use = uses[resource.kind];
  if (!use || typeof resource.attributes.attached_to === 'string') return undefined;
  const { out, in: incoming } = graph.relationsOf(resource.id);
  const isUsed =
    out.some(({ type }) => use.out?.includes(type)) || incoming.some(({ type }) => use.in?.includes(type));
  return isUsed ? undefined : use.reason;
}

function goneOwner(
  resource: Resource,
  graph: Reader,
  isRead: (connection: string, kind: string) => boolean,
): string | undefined {
  for (const { type, to } of graph.relationsOf(resource.id).out) {
    if (!belonging.has(type) || graph.get(to)) continue;
    const owner = parseResourceId(to);
    if (owner && isRead(owner.connection, owner.kind)) return `${type} ${to}, which is not there`;
  }
  return undefined;
}
