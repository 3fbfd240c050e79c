// What a person does with a plan: review and approve, reject, cancel, undo, go on with the rest,
// settle what a crash left open. All
// ways in (card, tree, palette) come through here, so that an approval always goes through the one dialog.

import * as vscode from 'vscode';
import type { Plan } from '../../shared/model/plan.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import { actionsOf, isOpen, labelOfState } from '../../shared/panel/planText.ts';
import type { DaemonLink } from '../daemon/link.ts';
import { confirmPlan } from '../dialogs/confirm.ts';
import type { PlanStore } from '../state/plans.ts';
import type { PlanNode } from '../views/plansTree.ts';
import { registerCommand } from './problems.ts';

export interface PlanPorts {
  readonly daemon: Pick<DaemonLink, 'request'>;
  readonly plans: PlanStore;
  showPlan(plan: Plan): Promise<void>;
}

export interface PlanDoings {
  /** `digest` is what the person looked at; another one now is shown again and not asked about. */
  review(id: string, digest?: string): Promise<void>;
  act(action: 'reject' | 'cancel' | 'undo' | 'continue', id: string): Promise<void>;
  resolve(id: string, step?: number): Promise<void>;
}

export function createPlanDoings({ daemon, plans, showPlan }: PlanPorts): PlanDoings {
  const doings: PlanDoings = {
    review: async (id, digest) => {
      const plan = await daemon.request('plan/get', { id });
      plans.put(plan);
      if (digest !== undefined && plan.digest !== digest) {
        await showPlan(plan);
        throw new ProblemError({
          code: 'digest-mismatch',
          message: 'The plan is not the one that was shown any more.',
          fix: 'Look at it again before you approve.',
        });
      }
      const answer = await confirmPlan(plan);
      if (answer.kind === 'no') return;
      plans.put(await daemon.request('plan/approve', { id, digest: answer.digest, typed: answer.typed }));
    },
    act: async (action, id) => {
      const changed = await daemon.request(`plan/${action}`, { id });
      plans.put(changed);
      if (action !== 'undo' && action !== 'continue') return;
      await showPlan(changed);
      await doings.review(changed.id, changed.digest);
    },
    resolve: async (id, step) => {
      const plan = await daemon.request('plan/get', { id });
      const unknown = plan.runs.filter((run) => run.state === 'unknown');
      const index = step ?? unknown[0]?.index;
      if (index === undefined) return;
      const outcome = await askOutcome(plan, index);
      if (outcome) plans.put(await daemon.request('plan/resolve', { id, step: index, outcome }));
    },
  };
  return doings;
}

async function askOutcome(plan: Plan, index: number): Promise<'done' | 'not-done' | undefined> {
  const step = plan.steps[index];
  const what = plan.preview.steps.find((item) => item.index === index)?.effect ?? step?.title ?? plan.title;
  const place = plan.preview.actingAs.find((acting) => acting.connection === step?.connection);
  const done = 'It was done';
  const notDone = 'It was not done';
  const pressed = await vscode.window.showWarningMessage(
    `What became of: ${what}?`,
    {
      modal: true,
      detail: `Pilothouse was cut off here and could not find out by reading ${place?.connectionName ?? step?.connection}. Look there before you answer: your answer is written into the audit trail, and “not done” ends the plan here.`,
    },
    done,
    notDone,
  );
  return pressed === done ? 'done' : pressed === notDone ? 'not-done' : undefined;
}

type NodeOrId = PlanNode | string | undefined;

export function registerPlanCommands(ports: PlanPorts, doings: PlanDoings): readonly vscode.Disposable[] {
  const { plans } = ports;
  const withPlan =
    (run: (plan: Plan) => Promise<void>, fits: (plan: Plan) => boolean) => async (node: NodeOrId) => {
      const id = typeof node === 'string' ? node : node?.id;
      const plan = id === undefined ? await pickPlan(plans.list().filter(fits)) : plans.get(id);
      if (plan) await run(plan);
    };
  const offers = (action: ReturnType<typeof actionsOf>[number]) => (plan: Plan) =>
    actionsOf(plan).includes(action);
  return [
    registerCommand(
      'pilothouse.plan.show',
      withPlan(
        (plan) => ports.showPlan(plan),
        () => true,
      ),
    ),
    registerCommand(
      'pilothouse.plan.review',
      withPlan(async (plan) => {
        await ports.showPlan(plan);
        await doings.review(plan.id, plan.digest);
      }, offers('review')),
    ),
    registerCommand(
      'pilothouse.plan.reject',
      withPlan((plan) => doings.act('reject', plan.id), offers('reject')),
    ),
    registerCommand(
      'pilothouse.plan.cancel',
      withPlan((plan) => doings.act('cancel', plan.id), offers('cancel')),
    ),
    registerCommand(
      'pilothouse.plan.undo',
      withPlan((plan) => doings.act('undo', plan.id), offers('undo')),
    ),
    registerCommand(
      'pilothouse.plan.continue',
      withPlan((plan) => doings.act('continue', plan.id), offers('continue')),
    ),
    registerCommand(
      'pilothouse.plan.resolve',
      withPlan((plan) => doings.resolve(plan.id), offers('resolve')),
    ),
    registerCommand('pilothouse.plan.list', () => vscode.commands.executeCommand('pilothouse.plans.focus')),
  ];
}

async function pickPlan(plans: readonly Plan[]): Promise<Plan | undefined> {
  if (plans.length === 0) {
    void vscode.window.showInformationMessage('Pilothouse: there is no such plan now.');
    return undefined;
  }
  const items = plans.map((plan) => ({
    label: plan.title,
    description: [labelOfState(plan.state), plan.preview.actingAs[0]?.connectionName].join(' · '),
    picked: isOpen(plan),
    plan,
  }));
  return (await vscode.window.showQuickPick(items, { placeHolder: 'Which plan?' }))?.plan;
}
