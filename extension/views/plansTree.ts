// The view "Plans": what waits for a person first, then what runs and what has ended. It shows what the daemon
// keeps, so that closing the window loses nothing. A plan unfolds into its steps.

import * as vscode from 'vscode';
import type { Plan, PlanStep } from '../../shared/model/plan.ts';
import {
  actionsOf,
  countOf,
  iconOfState,
  iconOfStep,
  labelOfState,
  reasonsAgainst,
} from '../../shared/panel/planText.ts';
import { shownText } from '../../shared/panel/shown.ts';
import type { PlanStore } from '../state/plans.ts';

export type PlanNode =
  | { readonly kind: 'plan'; readonly id: string }
  | { readonly kind: 'step'; readonly id: string; readonly index: number };

const gatherMs = 80;

export interface PlansTree extends vscode.Disposable {
  readonly view: vscode.TreeView<PlanNode>;
}

export function createPlansTree(plans: PlanStore): PlansTree {
  const emitter = new vscode.EventEmitter<PlanNode[] | undefined>();
  const nodes = new Map<string, PlanNode>();
  const nodeOf = (id: string): PlanNode => {
    const known = nodes.get(id) ?? { kind: 'plan', id };
    nodes.set(id, known);
    return known;
  };
  const view = vscode.window.createTreeView('pilothouse.plans', {
    treeDataProvider: {
      onDidChangeTreeData: emitter.event,
      getChildren: (node) => {
        if (!node) return plans.list().map((plan) => nodeOf(plan.id));
        if (node.kind === 'step') return [];
        return (plans.get(node.id)?.steps ?? []).map((step) => ({
          kind: 'step',
          id: node.id,
          index: step.index,
        }));
      },
      getTreeItem: (node) => itemOf(node, plans),
    },
  });
  let timer: NodeJS.Timeout | undefined;
  let painted: readonly Plan[] = [];
  const paint = () => {
    timer = undefined;
    for (const id of nodes.keys()) if (!plans.get(id)) nodes.delete(id);
    const now = plans.list();
    const isSameOrder = now.length === painted.length && now.every(({ id }, at) => id === painted[at]?.id);
    const changed = now.filter((plan, at) => plan !== painted[at]);
    painted = now;
    view.badge =
      plans.openCount > 0
        ? { value: plans.openCount, tooltip: countOf(plans.openCount, 'open plan') }
        : undefined;
    // A whole repaint would take the row away under an open menu.
    emitter.fire(isSameOrder ? changed.map(({ id }) => nodeOf(id)) : undefined);
  };
  const stop = plans.onDidChange(() => {
    timer ??= setTimeout(paint, gatherMs);
  });
  return {
    view,
    dispose: () => {
      stop();
      clearTimeout(timer);
      emitter.dispose();
      view.dispose();
    },
  };
}

function itemOf(node: PlanNode, plans: PlanStore): vscode.TreeItem {
  const plan = plans.get(node.id);
  if (!plan) return new vscode.TreeItem(node.id);
  const step = node.kind === 'step' ? plan.steps.find((item) => item.index === node.index) : undefined;
  return step ? itemOfStep(plan, step) : itemOfPlan(plan);
}

function itemOfPlan(plan: Plan): vscode.TreeItem {
  const acting = plan.preview.actingAs[0];
  const item = new vscode.TreeItem(shownText(plan.title), vscode.TreeItemCollapsibleState.Collapsed);
  item.id = plan.id;
  const against = plan.state === 'denied' || plan.state === 'blocked' ? reasonsAgainst(plan) : [];
  item.description = shownText(
    [labelOfState(plan.state), acting?.connectionName, acting?.environment, against[0]]
      .filter((part) => part !== undefined)
      .join(' · '),
  );
  item.iconPath = iconFor(plan);
  item.contextValue = `;plan;${actionsOf(plan).join(';')};`;
  item.tooltip = shownText(
    [
      plan.title,
      plan.text,
      `${labelOfState(plan.state)}${plan.outcome ? `: ${plan.outcome}` : ''}`,
      ...(against.length > 0 ? ['Cannot be done now:', ...against] : []),
      `Asked by ${plan.requestedBy.user} (${plan.requestedBy.how}), ${new Date(plan.createdAt).toLocaleString()}`,
    ].join('\n'),
  );
  item.command = {
    command: 'pilothouse.plan.show',
    title: 'Show Plan',
    arguments: [{ kind: 'plan', id: plan.id }],
  };
  return item;
}

function iconFor(plan: Plan): vscode.ThemeIcon {
  const colors: Partial<Record<Plan['state'], string>> = {
    proposed: 'problemsWarningIcon.foreground',
    unknown: 'problemsWarningIcon.foreground',
    done: 'testing.iconPassed',
    failed: 'testing.iconFailed',
    stopped: 'testing.iconFailed',
  };
  const isBusy = plan.state === 'running' || plan.state === 'approved';
  const color = colors[plan.state];
  return new vscode.ThemeIcon(
    isBusy ? 'sync~spin' : iconOfState(plan.state),
    color ? new vscode.ThemeColor(color) : undefined,
  );
}

function itemOfStep(plan: Plan, step: PlanStep): vscode.TreeItem {
  const run = plan.runs.find((item) => item.index === step.index);
  const preview = plan.preview.steps.find((item) => item.index === step.index);
  const item = new vscode.TreeItem(shownText((preview?.effect ?? step.title).replace(/\.$/, '')));
  item.id = `${plan.id}/${step.index}`;
  // Nothing has begun while it waits for a person: the plan says so already.
  const state = plan.state === 'proposed' ? undefined : run?.state;
  item.description = run?.error?.message ?? run?.progress ?? state;
  const icon = iconOfStep(run?.state ?? 'pending');
  item.iconPath = new vscode.ThemeIcon(icon === 'loading' ? 'loading~spin' : icon);
  item.contextValue = ';step;';
  return item;
}
