// Carries a click in the tree or the palette to a plan: which resources, which arguments, then the daemon proposes
// and the person sees card and dialog. What only reads is answered without a plan. Ids of commands come from the
// catalogue (`pilothouse.operation.<id>`), as generated into package.json.

import * as vscode from 'vscode';
import type { Plan } from '../../shared/model/plan.ts';
import type { StepDraft } from '../../shared/model/reading.ts';
import type { Resource } from '../../shared/model/resource.ts';
import type { OperationInfo } from '../../shared/protocol/messages.ts';
import type { DaemonLink } from '../daemon/link.ts';
import { type CatalogueStore, isAllowedBy } from '../state/catalogue.ts';
import { type ConnectionStore, placeOf } from '../state/connections.ts';
import type { ResourceStore } from '../state/resources.ts';
import type { TreeNode } from '../views/treeModel.ts';
import { askArguments, itemsOfResources } from './askArguments.ts';
import { registerCommand, withProgress } from './problems.ts';

export interface OperationPorts {
  readonly daemon: Pick<DaemonLink, 'request'>;
  readonly catalogue: CatalogueStore;
  readonly connections: ConnectionStore;
  readonly resources: ResourceStore;
  showPlan(plan: Plan): Promise<void>;
  review(plan: Plan): Promise<void>;
  askSteps(text: string, steps: readonly StepDraft[], query: boolean): Promise<void>;
  openDetails(id: string): Promise<void>;
  openLogs(id: string): Promise<void>;
}

/** Registers a command for each operation that package.json knows. */
export function registerOperationCommands(
  ids: readonly string[],
  ports: OperationPorts,
): readonly vscode.Disposable[] {
  return ids.map((id) =>
    registerCommand(`pilothouse.operation.${id}`, async (node?: TreeNode, nodes?: readonly TreeNode[]) => {
      const operation = ports.catalogue.get(id);
      if (!operation) throw new Error(`The daemon does not know ${id}; it may be of another version.`);
      await runOperation(operation, nodes && nodes.length > 0 ? nodes : node ? [node] : [], ports);
    }),
  );
}

async function runOperation(
  operation: OperationInfo,
  nodes: readonly TreeNode[],
  ports: OperationPorts,
): Promise<void> {
  if (operation.target === 'none') return create(operation, nodes[0], ports);
  const targets = await targetsOf(operation, nodes, ports);
  const first = targets[0];
  if (!first) return;
  if (operation.verb === 'show' && targets.length === 1) return ports.openDetails(first.id);
  if (operation.verb === 'logs' && targets.length === 1) return ports.openLogs(first.id);
  const place = { resources: ports.resources, connection: first.connection, target: first.id };
  const args = await askArguments(operation, place);
  if (!args) return;
  const ids = targets.map((target) => target.id);
  if (operation.risk === 'read') {
    const text = `${operation.title}: ${targets.map((target) => target.name).join(', ')}`.slice(0, 2_000);
    const step: StepDraft = {
      operation: operation.id,
      target: { kind: 'resources', ids },
      args,
      after: [],
      evidence: [],
    };
    return ports.askSteps(text, [step], true);
  }
  await propose(
    operation,
    { operation: operation.id, targets: ids, args: { ...args }, connection: first.connection },
    ports,
  );
}

async function create(
  operation: OperationInfo,
  node: TreeNode | undefined,
  ports: OperationPorts,
): Promise<void> {
  const connection = await connectionFor(operation, node, ports);
  if (!connection) return;
  const args = await askArguments(operation, { resources: ports.resources, connection });
  if (!args) return;
  if (operation.risk === 'read') {
    const step: StepDraft = { operation: operation.id, args, after: [], evidence: [] };
    return ports.askSteps(operation.title, [step], true);
  }
  await propose(operation, { operation: operation.id, targets: [], args: { ...args }, connection }, ports);
}

async function propose(
  operation: OperationInfo,
  params: { operation: string; targets: string[]; args: Record<string, unknown>; connection: string },
  ports: OperationPorts,
): Promise<void> {
  const plan = await withProgress(`${operation.title}: checking and previewing`, (signal) =>
    ports.daemon.request('plan/propose', params, { signal }),
  );
  await ports.showPlan(plan);
  await ports.review(plan);
}

/** What is clicked on, of the right kind; from the palette the person picks. */
async function targetsOf(
  operation: OperationInfo,
  nodes: readonly TreeNode[],
  { resources, connections }: OperationPorts,
): Promise<readonly Resource[]> {
  if (nodes.length > 0) {
    const clicked = nodes.flatMap((node) => (node.kind === 'resource' ? [resources.get(node.id)] : []));
    return clicked.filter(
      (resource) => resource !== undefined && resource.kind === operation.kind,
    ) as Resource[];
  }
  const fitting = [...resources.all()].filter(
    (resource) =>
      resource.kind === operation.kind &&
      operation.connections.includes(resource.connection) &&
      isAllowedBy(operation, resource),
  );
  if (fitting.length === 0) {
    void vscode.window.showInformationMessage(
      `Pilothouse: there is nothing now to which “${operation.title}” applies.`,
    );
    return [];
  }
  const items = itemsOfResources(fitting, resources).map((item) => ({
    ...item,
    detail: placeOf(connections, item.resource.connection),
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: operation.title,
    placeHolder: 'Which? Nothing changes before you have seen the plan and said yes',
    canPickMany: operation.target === 'many',
    matchOnDescription: true,
  } as vscode.QuickPickOptions);
  const list = picked === undefined ? [] : Array.isArray(picked) ? picked : [picked];
  return (list as typeof items).map((item) => item.resource);
}

async function connectionFor(
  operation: OperationInfo,
  node: TreeNode | undefined,
  { connections }: OperationPorts,
): Promise<string | undefined> {
  if (node && node.kind !== 'resource') return node.connection;
  const able = connections.list().filter((connection) => operation.connections.includes(connection.id));
  if (able.length === 0) {
    void vscode.window.showInformationMessage(`Pilothouse: no connection can do “${operation.title}”.`);
    return undefined;
  }
  if (able.length === 1) return able[0]!.id;
  const items = able.map((connection) => ({
    label: connection.name,
    description: [connection.environment, connection.simulated ? 'simulated' : connection.provider].join(
      ' · ',
    ),
    id: connection.id,
  }));
  return (
    await vscode.window.showQuickPick(items, { title: operation.title, placeHolder: 'In which connection?' })
  )?.id;
}
