// The blast radius: what would notice if a resource went away. One table says, for each type of relation and each
// direction, whether the other end notices, in which words, and whether it is hit so hard that what hangs on it
// notices too (`carries`). A type or direction that is not in the table is not followed: an image is not missed
// by the machines that were made from it, a flavor not by those that have it.

import type { Relation, RelationType, Resource } from '../../shared/model/resource.ts';
import { limits } from '../config.ts';
import type { Dependent } from './contract.ts';
import type { Edges } from './edges.ts';

interface Notice {
  /** Followed by the name of the resource it hangs on. */
  readonly words: string;
  readonly carries: boolean;
  /** Only where the kind of the end that goes away is one of these. */
  readonly lost?: readonly string[];
}

/** `from` notices that `to` goes away. */
const noticedByFrom: Partial<Record<RelationType, Notice>> = {
  ATTACHED_TO: { words: 'attached to', carries: false },
  IN_NETWORK: { words: 'in network', carries: true },
  IN_SUBNET: { words: 'in subnet', carries: true },
  PROTECTED_BY: { words: 'protected by', carries: false },
  ROUTES_TO: { words: 'routes to', carries: true },
  RUNS_ON: { words: 'runs on', carries: true },
  OWNED_BY: { words: 'owned by', carries: true },
  MOUNTS: { words: 'mounts', carries: true },
  TARGETS: { words: 'targets', carries: true },
  DEPENDS_ON: { words: 'depends on', carries: true },
  MEMBER_OF: { words: 'member of', carries: true },
  BACKED_BY: { words: 'backed by', carries: true },
  CREATED_FROM: { words: 'made from', carries: false, lost: ['volume', 'vm', 'snapshot'] },
  HAS_ADDRESS: { words: 'has address', carries: false },
};

/** `to` notices that `from` goes away. */
const noticedByTo: Partial<Record<RelationType, Notice>> = {
  ATTACHED_TO: { words: 'uses', carries: true, lost: ['volume', 'port', 'floating-ip'] },
  ROUTES_TO: { words: 'routed by', carries: true, lost: ['router'] },
  HAS_ADDRESS: { words: 'address of', carries: false },
};

/** Everything that hangs on a resource, nearest first, each once; cycles end where they began. */
export function findDependents(
  target: Resource,
  get: (id: string) => Resource | undefined,
  edges: Edges,
  depthMax: number,
): readonly Dependent[] {
  const seen = new Set([target.id]);
  const found: Dependent[] = [];
  let level: readonly Resource[] = [target];
  for (let depth = 1; depth <= Math.min(depthMax, limits.dependentsDepthMax) && level.length > 0; depth++) {
    const next: Resource[] = [];
    for (const lost of level)
      for (const { resource, notice } of noticing(lost, get, edges)) {
        if (seen.has(resource.id) || found.length >= limits.dependentsMax) continue;
        seen.add(resource.id);
        found.push({ resource, relation: `${notice.words} ${lost.name}`, depth });
        if (notice.carries) next.push(resource);
      }
    level = next;
  }
  return found;
}

function noticing(
  lost: Resource,
  get: (id: string) => Resource | undefined,
  edges: Edges,
): readonly { readonly resource: Resource; readonly notice: Notice }[] {
  const ends = [
    ...edges.into(lost.id).map((edge) => endOf(edge, noticedByFrom, edge.from)),
    ...edges.out(lost.id).map((edge) => endOf(edge, noticedByTo, edge.to)),
  ];
  return ends
    .flatMap(({ notice, id }) => {
      const resource = get(id);
      return notice && resource && (notice.lost?.includes(lost.kind) ?? true) ? [{ resource, notice }] : [];
    })
    .sort(
      (a, b) =>
        Number(b.notice.carries) - Number(a.notice.carries) || (a.resource.id < b.resource.id ? -1 : 1),
    );
}

function endOf(edge: Relation, table: Partial<Record<RelationType, Notice>>, id: string) {
  return { notice: table[edge.type], id };
}
