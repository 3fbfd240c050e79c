// What the topology panel shows now: its centre, what was expanded, and the part of the graph that makes. Asks the
// daemon and puts answers together; it knows no window, so that it is tested without one.

import type { GraphNode, Neighbourhood } from '../../shared/model/graph.ts';
import type { Relation } from '../../shared/model/resource.ts';
import {
  type PanelBlast,
  type PanelNode,
  panelNodeOf,
  type ToTopology,
  topologyNodesMax,
} from '../../shared/panel/topology.ts';
import type { DaemonLink } from '../daemon/link.ts';
import type { ResourcesChange } from '../state/resources.ts';

/** Resources of one question; a person expands where they want more. */
const neighboursMax = 300;
const askedMax = 500;

export interface TopologyView {
  readonly centre: readonly string[];
  /** Shows the surroundings of some resources. */
  center(ids: readonly string[]): Promise<ToTopology>;
  /** Shows what a plan, or losing some resources, would hit. */
  blast(what: {
    readonly title: string;
    readonly plan?: string;
    readonly ids?: readonly string[];
  }): Promise<ToTopology>;
  expand(id: string): Promise<ToTopology>;
  setDepth(depth: number): Promise<ToTopology>;
  /** Everything read again: something came or went. */
  refresh(): Promise<ToTopology>;
  /** Whether a change of the stores may touch what is shown: anything that comes or goes may hang on it. */
  touches(change: ResourcesChange): boolean;
}

export function createTopologyView(
  daemon: Pick<DaemonLink, 'request'>,
  nameOf: (id: string) => string,
  placeOf?: (connection: string) => string,
): TopologyView {
  let centre: readonly string[] = [];
  let expanded: readonly string[] = [];
  let depth = 1;
  let loss: Parameters<TopologyView['blast']>[0] | undefined;
  let shown = new Map<string, PanelNode>();

  async function read(select?: string): Promise<ToTopology> {
    const blast = loss && (await readBlast(daemon, loss));
    if (blast) centre = blast.targets;
    const parts = blast
      ? [await around(blastIds(blast), 0)]
      : [await around(centre, depth), ...(expanded.length > 0 ? [await around(expanded, 1)] : [])];
    const joined = joinParts(parts, placeOf);
    shown = new Map(joined.nodes.map((node) => [node.id, node]));
    return {
      type: 'graph',
      title: loss ? loss.title : titleOf(centre, nameOf),
      roots: centre,
      ...joined,
      ...(blast && { blast }),
      ...(select !== undefined && { select }),
    };
  }
  const around = (ids: readonly string[], steps: number): Promise<Neighbourhood> =>
    daemon.request('graph/neighbourhood', {
      ids: ids.slice(0, askedMax),
      depth: steps,
      limit: Math.min(topologyNodesMax, ids.length + neighboursMax * Math.max(1, steps)),
    });
  return {
    get centre() {
      return centre;
    },
    center(ids) {
      centre = ids;
      expanded = [];
      loss = undefined;
      return read(ids.length === 1 ? ids[0] : undefined);
    },
    blast(what) {
      loss = what;
      expanded = [];
      return read();
    },
    expand(id) {
      if (loss) return this.center([id]);
      expanded = [...expanded.filter((one) => one !== id), id].slice(-askedMax);
      return read(id);
    },
    setDepth(steps) {
      depth = steps;
      return read();
    },
    refresh: () => read(),
    touches(change) {
      if (shown.size === 0) return false;
      return change.kind === 'all' || change.members.length > 0 || change.changed.some((id) => shown.has(id));
    },
  };
}

async function readBlast(
  daemon: Pick<DaemonLink, 'request'>,
  { title, plan, ids }: { readonly title: string; readonly plan?: string; readonly ids?: readonly string[] },
): Promise<PanelBlast> {
  const asked = plan === undefined ? { ids: [...(ids ?? [])] } : { plan };
  const { targets, affected, truncated } = await daemon.request('graph/blastRadius', asked);
  const isCut = targets.length + affected.length > askedMax;
  return {
    title,
    ...(plan !== undefined && { plan }),
    targets,
    affected: affected
      .slice(0, Math.max(0, askedMax - targets.length))
      .map(({ id, relation }) => ({ id, relation })),
    truncated: truncated || isCut,
  };
}

const blastIds = (blast: PanelBlast): readonly string[] => [
  ...blast.targets,
  ...blast.affected.map(({ id }) => id),
];

/** Parts put together: the nearer depth counts, and no node is lost for an edge. */
export function joinParts(
  parts: readonly Neighbourhood[],
  placeOf?: (connection: string) => string,
): {
  readonly nodes: readonly PanelNode[];
  readonly relations: readonly Relation[];
  readonly truncated: boolean;
} {
  const nodes = new Map<string, GraphNode>();
  for (const node of parts.flatMap((part) => part.nodes)) {
    const known = nodes.get(node.resource.id);
    if (!known && nodes.size >= topologyNodesMax) continue;
    if (!known || node.depth < known.depth) nodes.set(node.resource.id, node);
  }
  const relations = new Map<string, Relation>();
  for (const edge of parts.flatMap((part) => part.relations))
    if (nodes.has(edge.from) && nodes.has(edge.to))
      relations.set(`${edge.from} ${edge.type} ${edge.to}`, edge);
  const all = parts.reduce((count, part) => count + part.nodes.length, 0);
  return {
    nodes: [...nodes.values()].map((node) => panelNodeOf(node, placeOf)),
    relations: [...relations.values()],
    truncated: parts.some((part) => part.truncated) || (nodes.size >= topologyNodesMax && all > nodes.size),
  };
}

function titleOf(ids: readonly string[], nameOf: (id: string) => string): string {
  const [first, ...others] = ids;
  if (first === undefined) return 'Nothing is chosen';
  return others.length === 0
    ? `Around ${nameOf(first)}`
    : `Around ${nameOf(first)} and ${others.length} more`;
}
