// What the topology panel and the extension say to each other. The panel shows a part of the graph and asks for more
// of it; it can change nothing. What it sends is parsed, and a picture it hands out goes through a save dialog.
// Callers: extension/topology/ and webview/topology/.

import type { GraphNode } from '../model/graph.ts';
import type { Health, Relation } from '../model/resource.ts';
import type { PanelProblem } from './chat.ts';

/** Most nodes on the page at once. */
export const topologyNodesMax = 2_000;

export interface PanelNode {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly status: string;
  readonly health: Health;
  readonly connection: string;
  /** What the person calls the connection. */
  readonly place: string;
  readonly simulated: boolean;
  /** Steps from the centre. */
  readonly depth: number;
  /** All its edges, shown or not. */
  readonly edges: number;
}

/** What would notice if the targets of a plan went away. */
export interface PanelBlast {
  readonly title: string;
  readonly plan?: string;
  readonly targets: readonly string[];
  /** Id of what would notice, and how it hangs there. */
  readonly affected: readonly { readonly id: string; readonly relation: string }[];
  readonly truncated: boolean;
}

export type ToTopology =
  /** Everything that is shown from now on; what is known keeps its place. */
  | {
      readonly type: 'graph';
      readonly title: string;
      readonly roots: readonly string[];
      readonly nodes: readonly PanelNode[];
      readonly relations: readonly Relation[];
      readonly truncated: boolean;
      readonly blast?: PanelBlast;
      /** A node to select; absent: what was selected stays. */
      readonly select?: string;
    }
  | { readonly type: 'problem'; readonly problem: PanelProblem };

export type FromTopology =
  | { readonly type: 'ready' }
  | { readonly type: 'expand'; readonly id: string }
  | { readonly type: 'center'; readonly id: string }
  | { readonly type: 'depth'; readonly depth: number }
  | { readonly type: 'details'; readonly id: string }
  | { readonly type: 'reveal'; readonly id: string }
  | { readonly type: 'refresh' }
  /** `data` is the picture: base64 of a PNG, or the text of an SVG. */
  | { readonly type: 'export'; readonly format: 'png' | 'svg'; readonly data: string };

const pictureCharactersMax = 48 * 1024 * 1024;
const idCharactersMax = 512;
export const depthMax = 4;

/** A message of the panel, checked; undefined where it is not one. */
export function parseFromTopology(value: unknown): FromTopology | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { type, id, depth, format, data } = value as Record<string, unknown>;
  switch (type) {
    case 'ready':
    case 'refresh':
      return { type };
    case 'expand':
    case 'center':
    case 'details':
    case 'reveal':
      return typeof id === 'string' && id !== '' && id.length <= idCharactersMax ? { type, id } : undefined;
    case 'depth':
      return Number.isInteger(depth) && (depth as number) >= 1 && (depth as number) <= depthMax
        ? { type, depth: depth as number }
        : undefined;
    case 'export':
      return (format === 'png' || format === 'svg') &&
        typeof data === 'string' &&
        data.length <= pictureCharactersMax
        ? { type, format, data }
        : undefined;
    default:
      return undefined;
  }
}

/** A node of the graph as the panel shows it; `placeOf` names a connection. */
export function panelNodeOf(
  { resource, depth, edges }: GraphNode,
  placeOf: (connection: string) => string = (id) => id,
): PanelNode {
  const { id, name, kind, status, health, connection, simulated } = resource;
  return {
    id,
    name,
    kind,
    status,
    health,
    connection,
    place: placeOf(connection),
    simulated: simulated === true,
    depth,
    edges,
  };
}
