// What is around some resources, and the ways between two of them: walks over the adjacency by numbers, nearest
// first. Edges are walked both ways, for what hangs on a thing matters as much as what it hangs on. Pure; bounded by
// the caller's depth and limit.

import type { GraphNode, GraphPath, Neighbourhood } from '../../shared/model/graph.ts';
import type { Relation, Resource } from '../../shared/model/resource.ts';
import { type Adjacency, otherOf, type PackedEdge, typeOf } from './adjacency.ts';

export interface NeighbourhoodRequest {
  readonly ids: readonly string[];
  /** Steps from these; 0 gives themselves. */
  readonly depth: number;
  /** Most resources in the answer. */
  readonly limit: number;
  /** Which resources may be walked to; those asked about are always there. */
  readonly accept?: (resource: Resource) => boolean;
}

export interface PathRequest {
  readonly from: string;
  readonly to: string;
  /** Most edges in a path. */
  readonly lengthMax: number;
  /** Most paths in the answer. */
  readonly limit: number;
}

type Get = (id: string) => Resource | undefined;

const unseen = 0;
const passedOver = 1;
const included = 2;

/** Everything within so many steps, nearest first, with the edges between what is in it. */
export function neighbourhoodOf(
  request: NeighbourhoodRequest,
  get: Get,
  adjacency: Adjacency,
): Neighbourhood {
  const { limit, accept } = request;
  const nodes: GraphNode[] = [];
  const numbers: number[] = [];
  const marks = new Uint8Array(adjacency.capacity);
  let truncated = false;
  const put = (resource: Resource, depth: number, number: number | undefined): void => {
    nodes.push({ resource, depth, edges: number === undefined ? 0 : adjacency.countOf(number) });
    if (number === undefined) return;
    numbers.push(number);
    marks[number] = included;
  };
  for (const id of new Set(request.ids)) {
    const resource = get(id);
    if (resource && nodes.length < limit) put(resource, 0, adjacency.numberOf(id));
    else truncated ||= resource !== undefined;
  }
  let start = 0;
  for (let depth = 1; depth <= request.depth && start < numbers.length && !truncated; depth++) {
    const visit = (edge: PackedEdge): void => {
      const other = otherOf(edge);
      if (marks[other] !== unseen) return;
      marks[other] = passedOver;
      const resource = get(adjacency.idOf(other));
      if (!resource || (accept && !accept(resource))) return;
      if (nodes.length < limit) put(resource, depth, other);
      else truncated = true;
    };
    const end = numbers.length;
    for (let at = start; at < end && !truncated; at++) {
      for (const edge of adjacency.out(numbers[at]!)) visit(edge);
      for (const edge of adjacency.into(numbers[at]!)) visit(edge);
    }
    start = end;
  }
  return { nodes, relations: edgesAmong(numbers, marks, adjacency), truncated };
}

function edgesAmong(
  numbers: readonly number[],
  marks: Uint8Array,
  adjacency: Adjacency,
): readonly Relation[] {
  const relations: Relation[] = [];
  for (const number of numbers)
    for (const edge of adjacency.out(number)) {
      const other = otherOf(edge);
      if (marks[other] !== included) continue;
      relations.push({ from: adjacency.idOf(number), type: typeOf(edge), to: adjacency.idOf(other) });
    }
  return relations;
}

const far = 255;

/** All shortest paths, at most `limit`; none where the two are not joined within `lengthMax` (below 255). */
export function shortestPaths(request: PathRequest, get: Get, adjacency: Adjacency): readonly GraphPath[] {
  const from = adjacency.numberOf(request.from);
  const to = adjacency.numberOf(request.to);
  if (request.from === request.to || !get(request.from) || !get(request.to)) return [];
  if (from === undefined || to === undefined) return [];
  const distances = distancesTo(to, from, request.lengthMax, get, adjacency);
  return distances[from] === far ? [] : walkDown(from, distances, request.limit, adjacency);
}

/** Steps to `to` for everything that is no farther from it than `until`. */
function distancesTo(
  to: number,
  until: number,
  lengthMax: number,
  get: Get,
  adjacency: Adjacency,
): Uint8Array {
  const distances = new Uint8Array(adjacency.capacity).fill(far);
  distances[to] = 0;
  let level = [to];
  for (let distance = 1; distance <= Math.min(lengthMax, far - 1) && level.length > 0; distance++) {
    const next: number[] = [];
    const visit = (edge: PackedEdge): void => {
      const other = otherOf(edge);
      if (distances[other] !== far || !get(adjacency.idOf(other))) return;
      distances[other] = distance;
      next.push(other);
    };
    for (const number of level) {
      for (const edge of adjacency.out(number)) visit(edge);
      for (const edge of adjacency.into(number)) visit(edge);
    }
    if (distances[until] !== far) break;
    level = next;
  }
  return distances;
}

function walkDown(
  from: number,
  distances: Uint8Array,
  limit: number,
  adjacency: Adjacency,
): readonly GraphPath[] {
  const found: GraphPath[] = [];
  const walk = (number: number, ids: readonly string[], relations: readonly Relation[]): void => {
    if (distances[number] === 0) {
      found.push({ ids, relations });
      return;
    }
    const step = (edge: PackedEdge, isOut: boolean): void => {
      const other = otherOf(edge);
      if (found.length >= limit || distances[other] !== distances[number]! - 1) return;
      const [here, there] = [adjacency.idOf(number), adjacency.idOf(other)];
      const type = typeOf(edge);
      const relation = isOut ? { from: here, type, to: there } : { from: there, type, to: here };
      walk(other, [...ids, there], [...relations, relation]);
    };
    for (const edge of adjacency.out(number)) step(edge, true);
    for (const edge of adjacency.into(number)) step(edge, false);
  };
  walk(from, [adjacency.idOf(from)], []);
  return found;
}
