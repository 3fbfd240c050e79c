// The relations as numbers: every id that has an edge gets a small number, every edge is one integer at each of its
// ends. That is what walks over hundreds of thousands of edges need, and a tenth of the memory of objects. All
// relations of a `from` are replaced together, as an executor reports them; an edge to something that is not there
// (yet) is kept, since sources are read in any order. A number is given back when its last edge goes.

import { type Relation, type RelationType, relationTypes } from '../../shared/model/resource.ts';

/** The other end and the type in one integer. */
export type PackedEdge = number;

/** Room for the types in a packed edge; what is left of 31 bits is for numbers of resources. */
const typesMax = 64;
/** An incoming list over so many edges is kept as a set: taking one out of a hub must not cost a look at all. */
const listMax = 64;

type Incoming = PackedEdge[] | Set<PackedEdge>;

export interface Adjacency {
  /** One more than the highest number in use: the size of an array with a place for each. */
  readonly capacity: number;
  /** How many edges there are. */
  readonly edgeCount: number;
  /** Undefined where it has no edge. */
  numberOf(id: string): number | undefined;
  idOf(number: number): string;
  out(number: number): readonly PackedEdge[];
  into(number: number): Iterable<PackedEdge>;
  countOf(number: number): number;
  relationsOut(id: string): readonly Relation[];
  relationsInto(id: string): readonly Relation[];
  /** Takes the relations of one that has none yet: type, other end, type, other end… */
  load(from: string, ends: readonly string[]): void;
  /** Replaces all relations of `from`; true where that changed something. */
  replace(from: string, relations: readonly Relation[]): boolean;
}

export const otherOf = (edge: PackedEdge): number => Math.floor(edge / typesMax);
export const typeIndexOf = (edge: PackedEdge): number => edge % typesMax;
export const typeOf = (edge: PackedEdge): RelationType => types[edge % typesMax]!;

const types: RelationType[] = [...relationTypes];
const typeIndexes = new Map<string, number>(types.map((type, index) => [type, index]));

/** A type of another version, read from disk, gets a place of its own. */
export function indexOfType(type: string): number {
  const known = typeIndexes.get(type);
  if (known !== undefined) return known;
  if (types.length >= typesMax) throw new Error(`There are more than ${typesMax} types of relations`);
  typeIndexes.set(type, types.length);
  return types.push(type as RelationType) - 1;
}

const none: readonly PackedEdge[] = [];

export function createAdjacency(): Adjacency {
  const numbers = new Map<string, number>();
  const ids: (string | undefined)[] = [];
  const outgoing: (PackedEdge[] | undefined)[] = [];
  const incoming: (Incoming | undefined)[] = [];
  const free: number[] = [];
  let edgeCount = 0;

  const intern = (id: string): number => {
    const known = numbers.get(id);
    if (known !== undefined) return known;
    const number = free.pop() ?? ids.length;
    numbers.set(id, number);
    ids[number] = id;
    outgoing[number] = undefined;
    incoming[number] = undefined;
    return number;
  };
  const release = (number: number): void => {
    if (outgoing[number] || incoming[number]) return;
    const id = ids[number];
    if (id === undefined) return;
    numbers.delete(id);
    ids[number] = undefined;
    free.push(number);
  };
  const drop = (from: number): readonly PackedEdge[] => {
    const before = outgoing[from] ?? none;
    outgoing[from] = undefined;
    edgeCount -= before.length;
    for (const edge of before) {
      const to = otherOf(edge);
      incoming[to] = without(incoming[to], from * typesMax + typeIndexOf(edge));
    }
    return before;
  };
  const add = (from: number, edges: PackedEdge[]): void => {
    outgoing[from] = edges;
    edgeCount += edges.length;
    for (const edge of edges) {
      const to = otherOf(edge);
      incoming[to] = withOne(incoming[to], from * typesMax + typeIndexOf(edge));
    }
  };
  const relation = (from: string, edge: PackedEdge): Relation => ({
    from,
    type: typeOf(edge),
    to: ids[otherOf(edge)]!,
  });

  return {
    get capacity() {
      return ids.length;
    },
    get edgeCount() {
      return edgeCount;
    },
    numberOf: (id) => numbers.get(id),
    idOf: (number) => ids[number]!,
    out: (number) => outgoing[number] ?? none,
    into: (number) => incoming[number] ?? none,
    countOf: (number) => (outgoing[number]?.length ?? 0) + sizeOf(incoming[number]),
    relationsOut(id) {
      const number = numbers.get(id);
      return number === undefined ? [] : (outgoing[number] ?? none).map((edge) => relation(id, edge));
    },
    relationsInto(id) {
      const number = numbers.get(id);
      if (number === undefined) return [];
      return [...(incoming[number] ?? none)].map((edge) => ({
        from: ids[otherOf(edge)]!,
        type: typeOf(edge),
        to: id,
      }));
    },
    load(from, ends) {
      if (ends.length === 0) return;
      const edges: PackedEdge[] = [];
      for (let at = 0; at < ends.length; at += 2)
        edges.push(intern(ends[at + 1]!) * typesMax + indexOfType(ends[at]!));
      add(intern(from), edges);
    },
    replace(from, relations) {
      const known = numbers.get(from);
      if (relations.length === 0) {
        const before = known === undefined ? none : drop(known);
        if (known === undefined || before.length === 0) return false;
        for (const edge of before) release(otherOf(edge));
        release(known);
        return true;
      }
      const number = intern(from);
      const next = pack(relations, intern);
      if (isSameSet(outgoing[number] ?? none, next)) return false;
      const before = drop(number);
      add(number, next);
      for (const edge of before) release(otherOf(edge));
      return true;
    },
  };
}

/** Each edge once, in the order given. */
function pack(relations: readonly Relation[], intern: (id: string) => number): PackedEdge[] {
  const edges: PackedEdge[] = [];
  for (const { type, to } of relations) {
    const edge = intern(to) * typesMax + indexOfType(type);
    if (!edges.includes(edge)) edges.push(edge);
  }
  return edges;
}

/** Another order of the same is no change; a cloud lists them in the same order nearly always. */
function isSameSet(a: readonly PackedEdge[], b: readonly PackedEdge[]): boolean {
  if (a.length !== b.length) return false;
  if (a.every((edge, index) => edge === b[index])) return true;
  const known = new Set(a);
  return b.every((edge) => known.has(edge));
}

function withOne(edges: Incoming | undefined, edge: PackedEdge): Incoming {
  if (!edges) return [edge];
  if (!Array.isArray(edges)) return edges.add(edge);
  if (edges.length >= listMax) return new Set(edges).add(edge);
  edges.push(edge);
  return edges;
}

function without(edges: Incoming | undefined, edge: PackedEdge): Incoming | undefined {
  if (!edges) return undefined;
  if (!Array.isArray(edges)) {
    edges.delete(edge);
    return edges.size > 0 ? edges : undefined;
  }
  const at = edges.indexOf(edge);
  if (at >= 0) edges.splice(at, 1);
  return edges.length > 0 ? edges : undefined;
}

function sizeOf(edges: Incoming | undefined): number {
  if (!edges) return 0;
  return Array.isArray(edges) ? edges.length : edges.size;
}
