// The view "Findings": what the watch found, what goes on first. An incident unfolds into its findings in the order in
// which they started. It shows what the daemon keeps and decides nothing.

import * as vscode from 'vscode';
import type { Incident } from '../../shared/model/finding.ts';
import { shownText } from '../../shared/panel/shown.ts';
import type { IncidentStore } from '../state/incidents.ts';
import type { TrendStore } from '../state/trends.ts';
import { contextOf, lookOf } from './incidentText.ts';

export type IncidentNode =
  | { readonly kind: 'incident'; readonly id: string }
  | { readonly kind: 'finding'; readonly id: string; readonly index: number };

const gatherMs = 120;
/** Ages are said in minutes. */
const ageMs = 60_000;

export interface IncidentTree extends vscode.Disposable {
  readonly view: vscode.TreeView<IncidentNode>;
}

export function createIncidentTree(incidents: IncidentStore, trends: TrendStore): IncidentTree {
  const emitter = new vscode.EventEmitter<IncidentNode | undefined>();
  const view = vscode.window.createTreeView<IncidentNode>('pilothouse.findings', {
    treeDataProvider: {
      onDidChangeTreeData: emitter.event,
      getChildren: (node) => childrenOf(node, incidents),
      getTreeItem: (node) => itemOf(node, incidents, trends),
    },
  });
  let timer: NodeJS.Timeout | undefined;
  const look = async () => {
    if (view.visible && (await trends.refresh(incidents.list()))) emitter.fire(undefined);
  };
  const paint = () => {
    timer = undefined;
    const count = incidents.openCount;
    view.badge =
      count > 0 ? { value: count, tooltip: `${count} finding${count === 1 ? '' : 's'} open` } : undefined;
    emitter.fire(undefined);
    void look();
  };
  const stop = incidents.onDidChange(() => {
    timer ??= setTimeout(paint, gatherMs);
  });
  const clock = setInterval(() => {
    if (!view.visible || incidents.list().length === 0) return;
    emitter.fire(undefined);
    void look();
  }, ageMs);
  view.onDidChangeVisibility(look);
  return {
    view,
    dispose: () => {
      stop();
      clearTimeout(timer);
      clearInterval(clock);
      emitter.dispose();
      view.dispose();
    },
  };
}

function childrenOf(node: IncidentNode | undefined, incidents: IncidentStore): IncidentNode[] {
  if (!node) return incidents.list().map(({ id }) => ({ kind: 'incident', id }));
  if (node.kind === 'finding') return [];
  return (incidents.get(node.id)?.findings ?? []).map((_, index) => ({
    kind: 'finding',
    id: node.id,
    index,
  }));
}

function itemOf(node: IncidentNode, incidents: IncidentStore, trends: TrendStore): vscode.TreeItem {
  const incident = incidents.get(node.id);
  if (!incident) return new vscode.TreeItem(node.id);
  return node.kind === 'incident'
    ? itemOfIncident(incident, trends.of(incident.id))
    : itemOfFinding(incident, node.index);
}

function itemOfIncident(incident: Incident, trend: string | undefined): vscode.TreeItem {
  const look = lookOf(incident, Date.now(), trend);
  const item = new vscode.TreeItem(shownText(look.label), vscode.TreeItemCollapsibleState.Collapsed);
  item.id = incident.id;
  item.description = look.description;
  item.tooltip = look.tooltip;
  item.iconPath = new vscode.ThemeIcon(look.icon, look.color ? new vscode.ThemeColor(look.color) : undefined);
  item.contextValue = look.context;
  item.command = {
    command: 'pilothouse.finding.explain',
    title: 'Explain',
    arguments: [{ kind: 'incident', id: incident.id }],
  };
  item.accessibilityInformation = {
    label: `${incident.severity} ${look.label}, ${look.spoken}`,
  };
  return item;
}

function itemOfFinding(incident: Incident, index: number): vscode.TreeItem {
  const finding = incident.findings[index];
  if (!finding) return new vscode.TreeItem('');
  const item = new vscode.TreeItem(shownText(finding.title));
  item.id = `${incident.id}/${finding.id}`;
  item.description = finding.endedMs === undefined ? finding.resourceName : `${finding.resourceName} · ended`;
  item.tooltip = finding.reasons.join('\n');
  item.iconPath = new vscode.ThemeIcon(finding.kind === 'series' ? 'graph-line' : 'pulse');
  item.contextValue = contextOf(finding);
  return item;
}
