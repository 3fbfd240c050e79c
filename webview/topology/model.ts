// What the page knows and shows: nodes, relations, filters, what is selected, and the sentences about it. Pure: the
// drawing and the list are made of what this gives.

import type { Relation } from '../../shared/model/resource.ts';
import { nounOfKind } from '../../shared/panel/kindText.ts';
import type { PanelBlast, PanelNode, ToTopology } from '../../shared/panel/topology.ts';

export interface Filters {
  readonly text: string;
  readonly kind: string;
  readonly health: string;
  readonly connection: string;
}
export const noFilters: Filters = { text: '', kind: '', health: '', connection: '' };

export type Graph = Extract<ToTopology, { type: 'graph' }>;

/** Nodes the filters let through; what was asked about is always there. */
export function visibleNodes(graph: Graph, filters: Filters): readonly PanelNode[] {
  const roots = new Set(graph.roots);
  const words = filters.text.toLowerCase().split(/\s+/).filter(Boolean);
  return graph.nodes.filter(
    (node) =>
      roots.has(node.id) ||
      ((filters.kind === '' || node.kind === filters.kind) &&
        (filters.health === '' || node.health === filters.health) &&
        (filters.connection === '' || node.connection === filters.connection) &&
        words.every((word) =>
          `${node.name} ${node.id} ${node.place} ${node.kind} ${node.status}`.toLowerCase().includes(word),
        )),
  );
}

/** What a person reads for a value of a field. */
export function wordOf(
  nodes: readonly PanelNode[],
  field: 'kind' | 'health' | 'connection',
  value: string,
): string {
  if (field === 'kind') return nounOfKind(value);
  return field === 'connection' ? (nodes.find((node) => node.connection === value)?.place ?? value) : value;
}

/** Values of a field with how often they occur, in order of the alphabet. */
export function choicesOf(
  nodes: readonly PanelNode[],
  field: 'kind' | 'health' | 'connection',
): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const node of nodes) counts.set(node[field], (counts.get(node[field]) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** A relation of a node, as a sentence from the node's side. */
export interface Tie {
  readonly other: string;
  readonly words: string;
  /** The other one has the relation to this: "vm web in network this". */
  readonly isIncoming: boolean;
}

export function tiesOf(id: string, relations: readonly Relation[]): readonly Tie[] {
  return relations.flatMap(({ from, type, to }): Tie[] => {
    const words = wordsOf(type);
    if (from === id) return [{ other: to, words, isIncoming: false }];
    return to === id ? [{ other: from, words, isIncoming: true }] : [];
  });
}

/** `IN_NETWORK` → "in network". */
export function wordsOf(type: string): string {
  return type.toLowerCase().replaceAll('_', ' ');
}

/** How a node stands to a plan. */
export function markOf(id: string, blast: PanelBlast | undefined): 'target' | 'affected' | undefined {
  if (!blast) return undefined;
  if (blast.targets.includes(id)) return 'target';
  return blast.affected.some((one) => one.id === id) ? 'affected' : undefined;
}

/** How many of its neighbours are not on the page. */
export function hiddenCount(node: PanelNode, relations: readonly Relation[]): number {
  const shown = relations.filter(({ from, to }) => from === node.id || to === node.id).length;
  return Math.max(0, node.edges - shown);
}

/** "12 resources, 14 relations." and what else is to be known. */
export function summaryOf(graph: Graph, visible: readonly PanelNode[], relationCount: number): string {
  const count = (number: number, one: string, many: string) =>
    `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
  const parts = [
    `${count(visible.length, 'resource', 'resources')}, ${count(relationCount, 'relation', 'relations')}.`,
  ];
  if (graph.blast) {
    const { targets, affected } = graph.blast;
    parts.unshift(
      `${count(targets.length, 'target', 'targets')}; ${count(affected.length, 'resource', 'resources')} would notice.`,
    );
  }
  const filtered = graph.nodes.length - visible.length;
  if (filtered > 0) parts.push(`${filtered.toLocaleString('en')} filtered out.`);
  if (graph.truncated || graph.blast?.truncated) parts.push('There is more: only the nearest are shown.');
  return parts.join(' ');
}

/** One line about a node, for the list and for screen readers. */
export function lineOf(node: PanelNode, blast: PanelBlast | undefined): string {
  const mark = markOf(node.id, blast);
  const how = blast?.affected.find(({ id }) => id === node.id)?.relation;
  const parts = [nounOfKind(node.kind), node.status, node.simulated ? 'simulated' : ''];
  if (mark === 'target') parts.push('target of the plan');
  if (mark === 'affected') parts.push(`would notice: ${how}`);
  return parts.filter((part) => part !== '').join(', ');
}
