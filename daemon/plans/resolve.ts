// A person says what became of a step that nobody could find out. Their word goes into the audit under their name, and
// the plan comes to its end by it. Nothing is written to any cloud.

import type { Actor, Plan, StepRun } from '../../shared/model/plan.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import { appendAudit, stepEntry } from './auditing.ts';
import { endPlan } from './ending.ts';
import { type Kit, requirePerson, requireState } from './kit.ts';

export interface Resolution {
  readonly id: string;
  readonly step: number;
  readonly outcome: 'done' | 'not-done';
}

/** Throws ProblemError where the actor is no person or the step is not unknown. */
export function resolve(kit: Kit, resolution: Resolution, actor: Actor): Plan {
  requirePerson(actor, 'say what became of a step');
  const plan = kit.book.require(resolution.id);
  requireState(plan, ['unknown'], 'settled');
  const entry = kit.journal.get(plan.id)!;
  const cut = entry.steps.find((step) => step.step === resolution.step);
  if (cut?.run.state !== 'unknown')
    throw new ProblemError({
      code: 'wrong-state',
      message: `What became of step ${resolution.step + 1} is known.`,
      fix: 'Look at the plan as it is now.',
    });
  const run = settledRun(kit, cut.run, resolution.outcome, actor);
  appendAudit(
    kit,
    plan,
    stepEntry(plan, plan.steps[resolution.step]!, {
      event: 'step.resolved',
      actor,
      mark: cut.mark,
      outcome: resolution.outcome,
      facts: cut,
    }),
  );
  kit.journal.reopen(plan.id, cut.step);
  kit.journal.advance(plan.id, cut.step, 'closed', { run });
  const after = kit.journal.get(plan.id)!;
  if (after.steps.some((step) => step.run.state === 'unknown')) return kit.book.reload(plan.id);
  const isDone =
    after.steps.length === plan.steps.length &&
    after.steps.every((step) => step.run.state === 'done' || step.run.state === 'idle');
  endPlan(kit, plan.id, {
    state: isDone ? 'done' : 'stopped',
    outcome: `${actor.user} settled what was unknown: step ${cut.step + 1} was ${resolution.outcome === 'done' ? '' : 'not '}done.`,
  });
  return kit.book.require(plan.id);
}

function settledRun(kit: Kit, run: StepRun, outcome: Resolution['outcome'], actor: Actor): StepRun {
  const finishedAt = new Date(kit.now()).toISOString();
  if (outcome === 'done')
    return { ...run, state: 'done', finishedAt, observed: `${actor.user} says it was done.` };
  const message = `${actor.user} says it was not done.`;
  return { ...run, state: 'failed', finishedAt, observed: message, error: { code: 'cancelled', message } };
}
