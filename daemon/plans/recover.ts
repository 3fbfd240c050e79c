// Finds what a crash cut off and settles it by reading the cloud: every write that was meant is found again as done,
// not done, or unknown, and a person is asked about the unknown. Nothing is ever written to a cloud here. A plan that
// was cut off does not go on by itself: the person who said yes is no longer looking, so it stops with the rest not
// begun and says so; continuing it makes a new plan of the rest over what is there now. Called once at the start.

import type { Actor, PlanStep, StepRun } from '../../shared/model/plan.ts';
import type { OperationHandler } from '../executors/contract.ts';
import { auditApproval } from './approve.ts';
import { appendAudit, hasRecord, stepEntry } from './auditing.ts';
import { mapBounded } from './bounded.ts';
import { auditEnd, endPlan } from './ending.ts';
import type { JournaledPlan, StepEntry, StepFacts } from './journal.ts';
import { type Kit, shownProblem } from './kit.ts';
import { type Settled, settleCutOff } from './settling.ts';

const daemonActor: Actor = { user: 'pilothouse', client: 'daemon', how: 'daemon' };

/** Settles all plans that a crash cut off. Never throws; one plan that cannot be settled holds up no other. */
export async function recoverPlans(kit: Kit): Promise<void> {
  const cutOff = kit.journal.ids({ states: ['approved', 'running'], limit: kit.limits.plansKeptMax });
  await mapBounded(cutOff, kit.limits.previewConcurrency, (id) =>
    guarded(kit, id, () => settlePlan(kit, id)),
  );
  for (const id of kit.journal.ids({
    states: ['failed', 'stopped', 'done', 'cancelled', 'unknown'],
    limit: kit.limits.plansCachedMax,
  }))
    await guarded(kit, id, async () => payAudit(kit, id));
  await retryUnknown(kit);
}

/** Reads steps that are unknown again: at the start, and when a connection has come back. */
export async function retryUnknown(kit: Kit, connection?: string): Promise<void> {
  const unknown = kit.journal.ids({ states: ['unknown'], limit: kit.limits.plansOpenMax });
  await mapBounded(unknown, kit.limits.previewConcurrency, (id) =>
    guarded(kit, id, () => retryPlan(kit, id, connection)),
  );
}

async function guarded(kit: Kit, id: string, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    kit.log('error', `plan ${id} cannot be settled: ${shownProblem(error).message}`);
  }
}

async function settlePlan(kit: Kit, id: string): Promise<void> {
  const entry = kit.journal.get(id)!;
  const plan = kit.book.reload(id);
  if (entry.ending.approvedBy && !hasRecord(kit, id, ['plan.approved']))
    auditApproval(kit, plan, { late: true });
  for (const step of entry.steps) await settleStep(kit, entry, step);
  closeUnbegun(kit, entry);
  endPlan(kit, id, endOf(kit.journal.get(id)!));
}

async function settleStep(kit: Kit, entry: JournaledPlan, cut: StepEntry): Promise<void> {
  if (cut.boundary === 'closed') return;
  const step = entry.shown.steps[cut.step]!;
  if (cut.boundary === 'settled') return payStepAudit(kit, entry, cut, step);
  const settled = await readCutOff(kit, entry, cut, step);
  const facts = factsOf(kit, cut, settled);
  kit.journal.advance(entry.shown.id, cut.step, 'settled', facts);
  payStepAudit(kit, entry, { ...cut, ...facts }, step);
}

function readCutOff(kit: Kit, entry: JournaledPlan, cut: StepEntry, step: PlanStep): Promise<Settled> {
  return settleCutOff(
    kit,
    {
      plan: entry.shown,
      step,
      args: cut.args ?? step.args,
      mark: cut.mark,
      intendedMs: cut.intendedMs,
      ...(cut.before ? { before: cut.before } : {}),
      ...(cut.boundary === 'performed'
        ? { accepted: cut.createdId === undefined ? {} : { createdId: cut.createdId } }
        : {}),
    },
    handlerOf(kit, step),
  );
}

function handlerOf(kit: Kit, step: PlanStep): OperationHandler | undefined {
  return kit.connections.executor(step.connection)?.operations.get(step.operation);
}

function factsOf(kit: Kit, cut: StepEntry, settled: Settled): Pick<StepFacts, 'run' | 'createdId' | 'after'> {
  const finishedAt = new Date(kit.now()).toISOString();
  const run: StepRun = { ...cut.run, observed: settled.observed };
  switch (settled.found) {
    case 'done': {
      const made = settled.createdId === undefined ? {} : { createdId: settled.createdId };
      const after = settled.after && settled.after !== 'gone' ? { after: settled.after } : {};
      return { run: { ...run, state: 'done', finishedAt, ...made }, ...made, ...after };
    }
    case 'not-done':
      return { run: { ...run, state: 'failed', finishedAt, error: neverDone } };
    case 'unknown':
      return { run: { ...run, state: 'unknown' } };
    default:
      return settled satisfies never;
  }
}

const neverDone = {
  code: 'cancelled',
  message: 'Pilothouse was ended before the cloud did it; nothing was changed by this step.',
  fix: 'Ask for it again.',
} as const;

/** Tells the audit how a step ended, where it does not know yet. */
function payStepAudit(kit: Kit, entry: JournaledPlan, cut: StepEntry, step: PlanStep): void {
  const { id } = entry.shown;
  if (!hasRecord(kit, id, ['step.after', 'step.reconciled'], cut.step))
    appendAudit(
      kit,
      entry.shown,
      stepEntry(entry.shown, step, {
        event: 'step.reconciled',
        actor: daemonActor,
        mark: cut.mark,
        outcome: cut.run.state,
        facts: cut,
      }),
    );
  kit.journal.advance(id, cut.step, 'closed');
}

/** The audit was told of steps that the journal never meant: they were not begun. */
function closeUnbegun(kit: Kit, entry: JournaledPlan): void {
  const meant = new Set(entry.steps.map((step) => step.step));
  for (const step of entry.shown.steps) {
    if (meant.has(step.index) || !hasRecord(kit, entry.shown.id, ['step.before'], step.index)) continue;
    if (hasRecord(kit, entry.shown.id, ['step.after', 'step.reconciled'], step.index)) continue;
    appendAudit(
      kit,
      entry.shown,
      stepEntry(entry.shown, step, { event: 'step.reconciled', actor: daemonActor, outcome: 'not begun' }),
    );
  }
}

function endOf(entry: JournaledPlan): Parameters<typeof endPlan>[2] {
  const states = new Map(entry.steps.map((step) => [step.step, step.run.state]));
  const all = entry.shown.steps.map((step) => states.get(step.index) ?? 'pending');
  const done = all.filter((state) => state === 'done' || state === 'idle').length;
  if (all.includes('unknown'))
    return {
      state: 'unknown',
      outcome:
        'Pilothouse was ended while it ran, and what became of a step cannot be told. Look at it, then say which.',
    };
  if (done === all.length)
    return { state: 'done', outcome: 'Pilothouse was ended while it ran; all steps are done.' };
  return {
    state: 'stopped',
    outcome:
      done === 0
        ? 'Pilothouse was ended before anything was changed. Ask for it again.'
        : `Pilothouse was ended while it ran: ${done} of ${all.length} steps are done, the rest is not. Continue the plan to do the rest.`,
  };
}

/** Records that could not be written when their plan ended. */
async function payAudit(kit: Kit, id: string): Promise<void> {
  const entry = kit.journal.get(id)!;
  for (const step of entry.steps)
    if (step.boundary === 'settled') payStepAudit(kit, entry, step, entry.shown.steps[step.step]!);
  if (entry.ending.audited !== false) return;
  if (hasRecord(kit, id, ['plan.finished'])) kit.journal.amend(id, { audited: true });
  else auditEnd(kit, id);
}

async function retryPlan(kit: Kit, id: string, connection: string | undefined): Promise<void> {
  const entry = kit.journal.get(id)!;
  for (const cut of entry.steps) {
    const step = entry.shown.steps[cut.step]!;
    if (cut.run.state !== 'unknown' || (connection !== undefined && step.connection !== connection)) continue;
    const settled = await readCutOff(kit, entry, { ...cut, boundary: 'intended' }, step);
    // A person may have settled it meanwhile.
    const now = kit.journal.get(id)!.steps.find((one) => one.step === cut.step);
    if (settled.found !== 'done' || now?.run.state !== 'unknown') continue;
    const facts = factsOf(kit, cut, settled);
    appendAudit(
      kit,
      entry.shown,
      stepEntry(entry.shown, step, {
        event: 'step.reconciled',
        actor: daemonActor,
        mark: cut.mark,
        outcome: facts.run.state,
        facts: { ...cut, ...facts },
      }),
    );
    kit.journal.reopen(id, cut.step);
    kit.journal.advance(id, cut.step, 'closed', facts);
  }
  const after = kit.journal.get(id)!;
  if (after.state === 'unknown' && !after.steps.some((step) => step.run.state === 'unknown'))
    endPlan(kit, id, endOf(after));
}
