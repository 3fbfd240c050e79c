// Writes down how a step ended: first the journal, then the audit, then the journal again that the audit knows. If the
// audit cannot be written now, the plan stops and says so; the record is made up for at the next start.

import type { PlanStep, StepRun } from '../../shared/model/plan.ts';
import { isTransitional } from '../../shared/model/statuses.ts';
import { appendAudit, stepEntry } from './auditing.ts';
import type { PlanEnd } from './ending.ts';
import type { StepFacts } from './journal.ts';
import { shownProblem } from './kit.ts';
import type { Run } from './run.ts';
import type { StepOutcome } from './settling.ts';

export interface EndedStep {
  readonly step: PlanStep;
  readonly mark: string;
  readonly facts: StepFacts;
  readonly outcome: StepOutcome;
}

/** Gives how the plan ends where it ends with this step. */
export function settleStep(run: Run, ended: EndedStep): PlanEnd | undefined {
  const { kit, plan } = run;
  const { step, outcome } = ended;
  const facts = endFacts(run, ended);
  kit.journal.advance(plan.id, step.index, 'settled', facts);
  kit.fault('step.settled', step.index);
  kit.connections.nudge(step.connection, kindsOf(run, step));
  follow(run, step, outcome);
  try {
    appendAudit(
      kit,
      plan,
      stepEntry(plan, step, {
        event: 'step.after',
        actor: plan.approvedBy!,
        mark: ended.mark,
        outcome: facts.run.state,
        facts: { ...ended.facts, ...facts },
      }),
    );
  } catch (error) {
    kit.book.reload(plan.id);
    return unaudited(step, facts, shownProblem(error).message);
  }
  kit.fault('step.audited-after', step.index);
  kit.journal.advance(plan.id, step.index, 'closed');
  kit.book.reload(plan.id);
  return endOf(run, step, outcome);
}

function unaudited(step: PlanStep, facts: Pick<StepFacts, 'run'>, message: string): PlanEnd {
  const how = facts.run.state === 'done' ? 'was done' : `ended as ${facts.run.state}`;
  return {
    state: facts.run.state === 'unknown' ? 'unknown' : 'stopped',
    outcome: `"${step.title}" ${how}, but the audit could not note it, so nothing more was begun. ${message}`,
  };
}

function endFacts(run: Run, { facts, outcome }: EndedStep): Pick<StepFacts, 'run' | 'createdId' | 'after'> {
  const finishedAt = new Date(run.kit.now()).toISOString();
  const base: StepRun = {
    index: facts.run.index,
    state: 'done',
    startedAt: facts.run.startedAt ?? finishedAt,
    finishedAt,
  };
  switch (outcome.found) {
    case 'done':
      return {
        run: { ...base, observed: outcome.observed, ...made(outcome.createdId) },
        ...made(outcome.createdId),
        ...(outcome.after && outcome.after !== 'gone' ? { after: outcome.after } : {}),
      };
    case 'refused': {
      const state = run.cancelled.aborted && outcome.problem.code === 'cancelled' ? 'cancelled' : 'failed';
      return { run: { ...base, state, error: outcome.problem } };
    }
    case 'unseen':
      return {
        run: {
          ...base,
          state: 'failed',
          observed: outcome.observed,
          error: unseenProblem(outcome.observed),
          ...made(outcome.createdId),
        },
        ...made(outcome.createdId),
      };
    case 'unknown':
      return { run: { ...base, state: 'unknown', observed: outcome.observed } };
    default:
      return outcome satisfies never;
  }
}

function made(createdId: string | undefined): { readonly createdId?: string } {
  return createdId === undefined ? {} : { createdId };
}

function unseenProblem(observed: string) {
  return {
    code: 'cloud-failed',
    message: `The cloud took it, but its effect was not seen: ${observed}`,
    fix: 'Look at it in the tree before you ask again.',
  };
}

function endOf(run: Run, step: PlanStep, outcome: StepOutcome): PlanEnd | undefined {
  const many = run.plan.steps.length > 1;
  const where = many ? `Step ${step.index + 1}, "${step.title}": ` : '';
  switch (outcome.found) {
    case 'done':
      return undefined;
    case 'refused':
      return run.cancelled.aborted && outcome.problem.code === 'cancelled'
        ? {
            state: 'cancelled',
            outcome: 'It was cancelled before the cloud did anything; the rest was not begun.',
          }
        : { state: 'failed', outcome: `${where}${outcome.problem.message}` };
    case 'unseen':
      return { state: 'failed', outcome: `${where}${unseenProblem(outcome.observed).message}` };
    case 'unknown':
      return {
        state: 'unknown',
        outcome: `Whether "${step.title}" was done cannot be told. ${outcome.observed} Look at it, then say which.`,
      };
    default:
      return outcome satisfies never;
  }
}

/** What later steps of this plan may expect of the target. */
function follow(run: Run, step: PlanStep, outcome: StepOutcome): void {
  if (outcome.found !== 'done') return;
  if (outcome.createdId !== undefined) run.made.set(step.index, outcome.createdId);
  const id =
    step.target?.id ??
    (step.targetFromStep === undefined ? outcome.createdId : run.made.get(step.targetFromStep));
  if (id === undefined) return;
  // What is still in motion will change again by itself; it is waited for instead of compared.
  const { after } = outcome;
  run.trace.left.delete(id);
  if (after === 'gone') run.trace.seen.delete(id);
  else if (after) run.trace.seen.set(after.id, after);
  if (after === 'gone') run.trace.left.set(id, after);
  else if (after && !isTransitional(after.status)) run.trace.left.set(after.id, after);
  run.trace.touched.add(id);
}

/** Kinds that may look different now. */
export function kindsOf({ kit, trace }: Run, step: PlanStep): readonly string[] {
  const near = [...trace.touched].flatMap((id) => kit.graph.get(id)?.kind ?? []);
  const own = kit.catalogue.get(step.operation)?.kind;
  return [...new Set([...(own ? [own] : []), ...near])];
}
