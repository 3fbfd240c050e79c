// The blast radius: what would notice if a resource went away. One table says, for each type of relation and each
// direction, whether the other end notices, in which words, and whether it is hit so hard that what hangs on it
// notices too (`carries`). A type or direction that is not in the table is not followed: an image is not missed
// by the machines that were made from it, a flavor not by those that have it.

import type { RelationType, Resource } from '../../shared/model/resource.ts';
import { limits } from '../config.ts';
import { type Adjacency, otherOf, type PackedEdge, typeOf } from './adjacency.ts';
import type { Dependent } from './contract.ts';

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

/**
 * Everything that hangs on these resources, nearest first, each once and none of the targets; cycles end where they
 * began. At most `limits.dependentsMax`.
 */
export function findDependents(
  targets: readonly Resource[],
  get: (id: string) => Resource | undefined,
  adjacency: Adjacency,
  depthMax: number,
): readonly Dependent[] {
  const seen = new Set(targets.map(({ id }) => id));
  const found: Dependent[] = [];
  let level: readonly Resource[] = targets;
  for (let depth = 1; depth <= Math.min(depthMax, limits.dependentsDepthMax) && level.length > 0; depth++) {
    const next: Resource[] = [];
    for (const lost of level) {
      if (found.length >= limits.dependentsMax) return found;
      for (const { resource, notice } of noticing(lost, get, adjacency, seen)) {
        if (seen.has(resource.id) || found.length >= limits.dependentsMax) continue;
        seen.add(resource.id);
        found.push({ resource, relation: `${notice.words} ${lost.name}`, depth, through: lost.id });
        if (notice.carries) next.push(resource);
      }
    }
    level = next;
  }
  return found;
}

interface Noticing {
  readonly resource: Resource;
  readonly notice: Notice;
}

function noticing(
  lost: Resource,
  get: (id: string) => Resource | undefined,
  adjacency: Adjacency,
  seen: ReadonlySet<string>,
): readonly Noticing[] {
  const number = adjacency.numberOf(lost.id);
  if (number === undefined) return [];
  const ends: Noticing[] = [];
  const look = (edge: PackedEdge, notice: Notice | undefined): void => {
    if (!notice || !(notice.lost?.includes(lost.kind) ?? true)) return;
    const id = adjacency.idOf(otherOf(edge));
    const resource = seen.has(id) ? undefined : get(id);
    if (resource) ends.push({ resource, notice });
  };
  for (const edge of adjacency.into(number)) look(edge, noticedByFrom[typeOf(edge)]);
  for (const edge of adjacency.out(number)) look(edge, noticedByTo[typeOf(edge)]);
  return ends.sort(
    (a, b) => Number(b.notice.carries) - Number(a.notice.carries) || (a.resource.id < b.resource.id ? -1 : 1),
  );
}
