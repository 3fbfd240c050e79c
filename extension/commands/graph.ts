// What a person asks of the graph: its drawing, its figures over time, a query, what a thing was before, what changed,
// and its log. All of it only reads.

import * as vscode from 'vscode';
import type { ChartPanel } from '../chart/chartPanel.ts';
import type { DaemonLink } from '../daemon/link.ts';
import type { Documents } from '../documents/documents.ts';
import type { ConnectionStore } from '../state/connections.ts';
import type { PlanStore } from '../state/plans.ts';
import { nameOf, type ResourceStore } from '../state/resources.ts';
import type { TopologyPanel } from '../topology/topologyPanel.ts';
import type { PlanNode } from '../views/plansTree.ts';
import type { ResourceTree } from '../views/resourceTree.ts';
import type { TreeNode } from '../views/treeModel.ts';
import { itemsOfResources } from './askArguments.ts';
import { registerCommand } from './problems.ts';

export interface GraphPorts {
  readonly daemon: Pick<DaemonLink, 'request'>;
  readonly resources: ResourceStore;
  readonly connections: ConnectionStore;
  readonly plans: PlanStore;
  readonly tree: ResourceTree;
  readonly topology: TopologyPanel;
  readonly chart: Pick<ChartPanel, 'show'>;
  readonly documents: Documents;
  /** The query that was asked last in this workspace. */
  readonly lastQuery: { get(): string; set(text: string): void };
}

export function registerGraphCommands(ports: GraphPorts): readonly vscode.Disposable[] {
  const { topology, chart, documents, resources } = ports;
  const idsOf = async (node?: TreeNode, nodes?: readonly TreeNode[]): Promise<readonly string[]> => {
    const chosen = (nodes ?? (node ? [node] : ports.tree.view.selection)).flatMap((item) =>
      item.kind === 'resource' ? [item.id] : [],
    );
    return chosen.length > 0 ? chosen : pickResource(resources);
  };
  return [
    registerCommand('pilothouse.resource.topology', async (node?: TreeNode, nodes?: readonly TreeNode[]) => {
      const ids = await idsOf(node, nodes);
      if (ids.length > 0) await topology.show(ids);
    }),
    registerCommand('pilothouse.resource.chart', async (node?: TreeNode, nodes?: readonly TreeNode[]) => {
      const ids = await idsOf(node, nodes);
      if (ids.length > 0) await chart.show({ resources: ids });
    }),
    registerCommand(
      'pilothouse.resource.blastRadius',
      async (node?: TreeNode, nodes?: readonly TreeNode[]) => {
        const ids = await idsOf(node, nodes);
        if (ids.length > 0) await topology.showLoss(ids);
      },
    ),
    registerCommand('pilothouse.plan.blastRadius', async (node?: PlanNode | string) => {
      const id =
        typeof node === 'string' ? node : node?.kind === 'plan' ? node.id : await pickPlan(ports.plans);
      const plan = id === undefined ? undefined : ports.plans.get(id);
      if (plan) await topology.showPlan(plan);
    }),
    registerCommand('pilothouse.resource.history', async (node?: TreeNode) => {
      const [id] = await idsOf(node);
      if (id) await documents.open({ topic: 'history', id }, nameOf(resources, id));
    }),
    registerCommand('pilothouse.resource.logs', async (node?: TreeNode) => {
      const [id] = await idsOf(node);
      if (id) await documents.openLogs(id, nameOf(resources, id));
    }),
    registerCommand('pilothouse.resource.record', async (node?: TreeNode) => {
      const [id] = await idsOf(node);
      if (id) await documents.open({ topic: 'record', id }, nameOf(resources, id));
    }),
    registerCommand('pilothouse.resource.compare', async (node?: TreeNode) => {
      const [id] = await idsOf(node);
      const at = id && (await pickState(id, ports.daemon));
      if (id && at) await documents.compare(id, at, nameOf(resources, id));
    }),
    registerCommand('pilothouse.connection.changes', async (node?: TreeNode) => {
      const connection =
        node && 'connection' in node ? node.connection : await pickConnection(ports.connections);
      const from = connection && (await askSince());
      if (connection && from) await documents.open({ topic: 'changes', connection, from }, connection);
    }),
    registerCommand('pilothouse.graph.query', (text?: string) => askQuery(ports, text)),
  ];
}

async function pickResource(resources: ResourceStore): Promise<readonly string[]> {
  const picked = await vscode.window.showQuickPick(itemsOfResources(resources.all()), {
    placeHolder: 'Which resource?',
    matchOnDescription: true,
  });
  return picked ? [picked.resource.id] : [];
}

/** A moment of the history before now; undefined where there is none or the person goes away. */
async function pickState(id: string, daemon: GraphPorts['daemon']): Promise<string | undefined> {
  const { states } = await daemon.request('resource/history', { id });
  const items = states
    .slice(1)
    .filter(({ resource }) => resource)
    .map(({ at, resource }) => ({
      label: new Date(at).toLocaleString('sv-SE'),
      description: resource!.status,
      at,
    }));
  if (items.length === 0) {
    void vscode.window.showInformationMessage('No earlier state of it is known.');
    return undefined;
  }
  return (
    await vscode.window.showQuickPick(items, {
      placeHolder: 'Compare with what it was at…',
      matchOnDescription: true,
    })
  )?.at;
}

async function pickPlan(plans: PlanStore): Promise<string | undefined> {
  const items = plans.list().map((plan) => ({ label: plan.title, description: plan.text, id: plan.id }));
  return (await vscode.window.showQuickPick(items, { placeHolder: 'Blast radius of which plan?' }))?.id;
}

async function pickConnection(connections: ConnectionStore): Promise<string | undefined> {
  const all = connections.list();
  if (all.length === 1) return all[0]!.id;
  const items = all.map(({ id, name, environment }) => ({ label: name, description: environment, id }));
  return (await vscode.window.showQuickPick(items, { placeHolder: 'Changes in which connection?' }))?.id;
}

const spans: readonly (readonly [string, number])[] = [
  ['15 minutes', 15 * 60_000],
  ['1 hour', 3_600_000],
  ['24 hours', 24 * 3_600_000],
  ['7 days', 7 * 24 * 3_600_000],
];
const other = 'Another time…';

/** ISO 8601; undefined where the person goes away. */
async function askSince(): Promise<string | undefined> {
  const picked = await vscode.window.showQuickPick([...spans.map(([label]) => label), other], {
    placeHolder: 'What changed in the last…',
  });
  if (picked === undefined) return undefined;
  const span = spans.find(([label]) => label === picked);
  if (span) return new Date(Date.now() - span[1]).toISOString();
  const typed = await vscode.window.showInputBox({
    prompt: 'Since when? Year-month-day and time, of your clock',
    placeHolder: '2026-11-20 14:30',
    validateInput: (text) => (Number.isNaN(Date.parse(text)) ? 'This is no time.' : undefined),
  });
  return typed === undefined ? undefined : new Date(typed).toISOString();
}

async function askQuery({ documents, lastQuery }: GraphPorts, given?: string): Promise<void> {
  const text =
    typeof given === 'string'
      ? given
      : await vscode.window.showInputBox({
          title: 'Query the graph (openCypher, reading only)',
          prompt: 'MATCH, OPTIONAL MATCH, WHERE, WITH, UNWIND, UNION, RETURN. Kinds are labels: (v:volume).',
          placeHolder: 'MATCH (v:volume) WHERE NOT (v)-[:ATTACHED_TO]->() RETURN v.name, v.size_gb',
          value: lastQuery.get(),
          ignoreFocusOut: true,
        });
  if (text === undefined || text.trim() === '') return;
  lastQuery.set(text);
  await documents.open({ topic: 'query', text }, 'graph');
}
