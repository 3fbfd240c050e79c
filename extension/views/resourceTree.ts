// The tree of resources in the editor: turns nodes of the model into items, repaints only what changed and gathers
// changes that come close together. It asks the daemon nothing; what it shows is what the subscription told.

import * as vscode from 'vscode';
import type { Connection } from '../../shared/model/connection.ts';
import { nounOfKind } from '../../shared/panel/kindText.ts';
import { shownText } from '../../shared/panel/shown.ts';
import type { DaemonLink } from '../daemon/link.ts';
import type { CatalogueStore } from '../state/catalogue.ts';
import type { ConnectionStore } from '../state/connections.ts';
import type { ResourceStore } from '../state/resources.ts';
import { contextOfConnection, contextOfKind, contextOfResource, denialsOf } from './contextValue.ts';
import { decorationUri } from './decorations.ts';
import {
  describeConnection,
  describeResource,
  factsOfConnection,
  factsOfDenials,
  factsOfResource,
  labelOfConnection,
  lookOfHealth,
  noteOf,
} from './describe.ts';
import { iconOfKind, titleOfKind } from './kinds.ts';
import { createTreeModel, type TreeModel, type TreeNode } from './treeModel.ts';

/** Changes within this time are painted at once. */
const gatherMs = 80;
/** Over so many single repaints the whole tree is painted. */
const repaintsMax = 300;

export interface ResourceTree extends vscode.Disposable {
  readonly view: vscode.TreeView<TreeNode>;
  /** Shows only what holds all words; empty shows all. */
  filter(text: string): void;
  readonly filterText: string;
  /** Unfolds to a resource and selects it; false where it is not there. */
  reveal(id: string): Promise<boolean>;
  /** Ids of the resources that are selected. */
  selection(): readonly string[];
}

export interface TreeSources {
  readonly daemon: Pick<DaemonLink, 'state' | 'onDidChangeState'>;
  readonly resources: ResourceStore;
  readonly connections: ConnectionStore;
  readonly catalogue: CatalogueStore;
}

export function createResourceTree(sources: TreeSources): ResourceTree {
  const model = createTreeModel(sources.resources, sources.connections);
  const painter = createPainter();
  const view = vscode.window.createTreeView('pilothouse.resources', {
    treeDataProvider: {
      onDidChangeTreeData: painter.onDidChange,
      getChildren: async (node) => {
        // What changes while it is made ready makes another turn.
        for (let wait = model.prepare(node); wait; wait = model.prepare(node)) await wait;
        return [...model.childrenOf(node)];
      },
      getParent: (node) => model.parentOf(node),
      getTreeItem: (node) => itemOf(node, model, sources),
      resolveTreeItem: (item, node) => {
        item.tooltip = tooltipOf(node, sources);
        return item;
      },
    },
    showCollapseAll: true,
    canSelectMany: true,
  });
  const say = () => {
    const isStale = sources.daemon.state.kind !== 'ready' && sources.resources.size > 0;
    const lines = [
      isStale ? 'As last known: the daemon is being reached again.' : '',
      model.filter === '' ? '' : `Only what holds “${model.filter}”`,
    ].filter((line) => line !== '');
    view.message = lines.length > 0 ? lines.join('\n') : undefined;
  };
  const stops = [
    sources.daemon.onDidChangeState(say),
    sources.resources.onDidChange((change) => painter.add(model.repaintsFor(change))),
    // A whole repaint would take the row away under an open menu.
    sources.connections.onDidChange(() => painter.add(model.repaintsForConnections())),
    sources.catalogue.onDidChange(() => painter.add(model.repaintsFor({ kind: 'all' }))),
  ];
  return {
    view,
    get filterText() {
      return model.filter;
    },
    filter: (text) => {
      model.setFilter(text);
      say();
      void vscode.commands.executeCommand('setContext', 'pilothouse.isFiltered', model.filter !== '');
      painter.add(model.repaintsFor({ kind: 'all' }));
    },
    reveal: async (id) => {
      const node = model.nodeOf(id);
      if (!node) return false;
      await view.reveal(node, { select: true, focus: true, expand: false });
      return true;
    },
    selection: () => view.selection.flatMap((node) => (node.kind === 'resource' ? [node.id] : [])),
    dispose: () => {
      for (const stop of stops) stop();
      painter.dispose();
      view.dispose();
    },
  };
}

function createPainter() {
  const emitter = new vscode.EventEmitter<TreeNode | readonly TreeNode[] | undefined>();
  const waiting = new Map<string, TreeNode>();
  let isWhole = false;
  let timer: NodeJS.Timeout | undefined;
  const paint = () => {
    timer = undefined;
    const nodes = [...waiting.values()];
    const whole = isWhole || nodes.length > repaintsMax;
    waiting.clear();
    isWhole = false;
    if (whole) emitter.fire(undefined);
    else if (nodes.length > 0) emitter.fire(nodes);
  };
  return {
    onDidChange: emitter.event as vscode.Event<TreeNode | TreeNode[] | undefined>,
    /** Undefined is the whole tree. */
    add: (repaints: readonly TreeNode[] | undefined) => {
      if (!repaints) isWhole = true;
      else for (const node of repaints) waiting.set(node.key, node);
      if (isWhole || waiting.size > 0) timer ??= setTimeout(paint, gatherMs);
    },
    dispose: () => {
      clearTimeout(timer);
      emitter.dispose();
    },
  };
}

function itemOf(node: TreeNode, model: TreeModel, sources: TreeSources): vscode.TreeItem {
  switch (node.kind) {
    case 'connection':
      return itemOfConnection(node, model, sources);
    case 'kind':
      return itemOfHeading(node, model, sources);
    case 'stretch':
      return itemOfStretch(node, model);
    case 'resource':
      return itemOfResource(node, sources);
    case 'note':
      return itemOfNote(node, sources);
  }
}

/** A filtered tree is a different one: its headings are open, and fold by themselves. */
function folded(item: vscode.TreeItem, node: TreeNode, model: TreeModel, isOpen: boolean): vscode.TreeItem {
  const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
  item.id = model.filter === '' ? node.key : `${node.key}?${model.filter}`;
  item.collapsibleState = isOpen || model.filter !== '' ? Expanded : Collapsed;
  return item;
}

function itemOfConnection(
  node: Extract<TreeNode, { kind: 'connection' }>,
  model: TreeModel,
  { connections }: TreeSources,
): vscode.TreeItem {
  const connection = connections.get(node.connection);
  const item = new vscode.TreeItem(labelOfConnection(connection?.name ?? node.connection));
  if (!connection) return item;
  const isActive = connections.active?.id === connection.id && connections.list().length > 1;
  item.description = describeConnection(connection, isActive);
  item.contextValue = contextOfConnection(connection.mode);
  item.accessibilityInformation = { label: `${shownText(connection.name)} ${item.description}` };
  item.iconPath = iconOfConnection(connection);
  return folded(item, node, model, true);
}

/** Coloured by its environment, so that prod is told from the rest at a glance; a trouble has the colour of trouble. */
function iconOfConnection({ state, simulated, environment }: Connection): vscode.ThemeIcon {
  if (state === 'connecting') return new vscode.ThemeIcon('sync~spin');
  if (state === 'failed')
    return new vscode.ThemeIcon('error', new vscode.ThemeColor('problemsErrorIcon.foreground'));
  if (state === 'degraded')
    return new vscode.ThemeIcon('warning', new vscode.ThemeColor('problemsWarningIcon.foreground'));
  return new vscode.ThemeIcon(
    simulated ? 'beaker' : 'cloud',
    new vscode.ThemeColor(`pilothouse.environment.${environment}`),
  );
}

/** Can be reached by keyboard, unlike the tooltip of the connection; Enter says all of it. */
function itemOfNote(
  node: Extract<TreeNode, { kind: 'note' }>,
  { connections }: TreeSources,
): vscode.TreeItem {
  const connection = connections.get(node.connection);
  const { text, fix, isTrouble } = noteOf(connection);
  const item = new vscode.TreeItem(text);
  item.id = node.key;
  item.tooltip = [text, fix].filter(Boolean).join('\n');
  const [icon, color] = isTrouble ? ['warning', 'problemsWarningIcon.foreground'] : ['info', undefined];
  item.iconPath = new vscode.ThemeIcon(icon, color ? new vscode.ThemeColor(color) : undefined);
  item.contextValue = ';note;';
  item.accessibilityInformation = { label: [text, fix].filter(Boolean).join(' ') };
  if (isTrouble)
    item.command = { command: 'pilothouse.connection.explain', title: 'Explain', arguments: [node] };
  return item;
}

function itemOfHeading(
  node: Extract<TreeNode, { kind: 'kind' }>,
  model: TreeModel,
  { catalogue }: TreeSources,
): vscode.TreeItem {
  const item = new vscode.TreeItem(titleOfKind(node.resourceKind));
  item.description = model.countOf(node).toLocaleString('en');
  item.iconPath = new vscode.ThemeIcon(iconOfKind(node.resourceKind));
  item.contextValue = contextOfKind(
    node.resourceKind,
    catalogue.createsOf(node.connection, node.resourceKind),
  );
  return folded(item, node, model, false);
}

function itemOfStretch(node: Extract<TreeNode, { kind: 'stretch' }>, model: TreeModel): vscode.TreeItem {
  const [first, last] = model.spanOf(node);
  const item = new vscode.TreeItem(shownText(`${first} … ${last}`));
  item.description = model.countOf(node).toLocaleString('en');
  item.iconPath = new vscode.ThemeIcon('list-unordered');
  item.contextValue = ';stretch;';
  return folded(item, node, model, false);
}

function itemOfResource(
  node: Extract<TreeNode, { kind: 'resource' }>,
  { resources, catalogue, connections }: TreeSources,
): vscode.TreeItem {
  const resource = resources.get(node.id);
  const item = new vscode.TreeItem(shownText(resource?.name ?? node.id));
  item.id = node.key;
  if (!resource) return item;
  const look = lookOfHealth(resource.health);
  item.resourceUri = decorationUri(resource.id);
  item.description = describeResource(resource);
  item.iconPath = new vscode.ThemeIcon(look.icon, look.color ? new vscode.ThemeColor(look.color) : undefined);
  item.contextValue = contextOfResource(
    resource,
    catalogue.operationsOn(resource.connection, resource.kind),
    connections.get(resource.connection),
  );
  item.accessibilityInformation = {
    label: shownText(`${nounOfKind(resource.kind)} ${resource.name}, ${describeResource(resource)}`),
  };
  return item;
}

function tooltipOf(
  node: TreeNode,
  { resources, connections, catalogue }: TreeSources,
): vscode.MarkdownString | undefined {
  const resource = node.kind === 'resource' ? resources.get(node.id) : undefined;
  const connection = node.kind === 'connection' ? connections.get(node.connection) : undefined;
  const denied = resource ? denialsOf(resource, connections.get(resource.connection)) : [];
  const facts = resource
    ? [
        ...factsOfResource(resource, (id) => resources.get(id)?.name),
        ...factsOfDenials(denied, (id) => catalogue.get(id)?.title ?? id),
      ]
    : connection
      ? factsOfConnection(connection)
      : undefined;
  if (!facts) return undefined;
  const text = new vscode.MarkdownString();
  text.supportHtml = false;
  text.isTrusted = false;
  text.appendText(shownText(`${resource?.name ?? connection?.name}\n`));
  text.appendCodeblock(
    shownText(facts.map(([label, value]) => `${label}: ${value.replaceAll(/\s+/g, ' ')}`).join('\n')),
    'text',
  );
  return text;
}
