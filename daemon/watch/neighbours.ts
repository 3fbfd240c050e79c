// What is near a resource: reached over few edges that trouble travels along. Sharing a network, an image or a flavor
// is no nearness: half an estate does. Pure over the graph.

import type { RelationType } from '../../shared/model/resource.ts';
import { limits } from '../config.ts';
import type { GraphReader } from '../graph/contract.ts';

/** Edges along which trouble travels, in both directions. */
const carrying: ReadonlySet<RelationType> = new Set<RelationType>([
  'ATTACHED_TO',
  'ROUTES_TO',
  'RUNS_ON',
  'OWNED_BY',
  'MOUNTS',
  'TARGETS',
  'DEPENDS_ON',
  'BACKED_BY',
]);

/** Ids within `depthMax` edges, with their distance; the resource itself has 0. A hub is reached but not crossed. */
export function nearOf(
  graph: Pick<GraphReader, 'relationsOf'>,
  id: string,
  depthMax: number = limits.incidentReachMax,
): ReadonlyMap<string, number> {
  const found = new Map([[id, 0]]);
  let edge: readonly string[] = [id];
  for (let depth = 1; depth <= depthMax; depth++) {
    const next: string[] = [];
    for (const from of edge) {
      const others = joinedTo(graph, from);
      if (depth > 1 && others.length > limits.incidentHubEdges) continue;
      for (const other of others) {
        if (found.has(other)) continue;
        found.set(other, depth);
        next.push(other);
      }
    }
    edge = next;
  }
  return found;
}

function joinedTo(graph: Pick<GraphReader, 'relationsOf'>, id: string): readonly string[] {
  const { out, in: into } = graph.relationsOf(id);
  return [
    ...out.filter(({ type }) => carrying.has(type)).map(({ to }) => to),
    ...into.filter(({ type }) => carrying.has(type)).map(({ from }) => from),
  ];
}
