// The relations, found from either end. All relations of a `from` are replaced together, as an executor reports
// them; an edge to something that is not there (yet) is kept, since sources are read in any order.

import type { Relation } from '../../shared/model/resource.ts';

export interface Edges {
  out(from: string): readonly Relation[];
  into(to: string): readonly Relation[];
  /** Replaces all relations of `from`; true where that changed something. */
  replace(from: string, relations: readonly Relation[]): boolean;
}

export function createEdges(): Edges {
  const outgoing = new Map<string, readonly Relation[]>();
  const incoming = new Map<string, Set<Relation>>();
  const drop = (from: string): void => {
    for (const relation of outgoing.get(from) ?? []) {
      const set = incoming.get(relation.to);
      if (set?.delete(relation) && set.size === 0) incoming.delete(relation.to);
    }
    outgoing.delete(from);
  };
  return {
    out: (from) => outgoing.get(from) ?? [],
    into: (to) => [...(incoming.get(to) ?? [])],
    replace(from, relations) {
      const before = outgoing.get(from) ?? [];
      // A cloud lists them in the same order nearly always: then nothing has to be sorted.
      if (isSame(before, relations)) return false;
      const next = distinct(relations);
      if (isSame(sorted(before), sorted(next))) return false;
      drop(from);
      if (next.length > 0) outgoing.set(from, next);
      for (const relation of next) {
        const set = incoming.get(relation.to);
        if (set) set.add(relation);
        else incoming.set(relation.to, new Set([relation]));
      }
      return true;
    },
  };
}

function distinct(relations: readonly Relation[]): readonly Relation[] {
  if (relations.length < 2) return relations;
  return [...new Map(relations.map((relation) => [keyOf(relation), relation])).values()];
}

/** Another order of the same is no change. */
function sorted(relations: readonly Relation[]): readonly Relation[] {
  if (relations.length < 2) return relations;
  return [...relations].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

function keyOf({ type, to }: Relation): string {
  return `${type} ${to}`;
}

function isSame(a: readonly Relation[], b: readonly Relation[]): boolean {
  return (
    a.length === b.length &&
    a.every((edge, index) => edge.type === b[index]!.type && edge.to === b[index]!.to)
  );
}
