// Brings a plan to its end: the journal says how and why, then the audit, then the journal again that the audit knows.
// Whether it can be undone is decided here, once, by what its steps really did.

import type { Plan, PlanState } from '../../shared/model/plan.ts';
import { appendAudit, auditRangeOf } from './auditing.ts';
import { canContinue } from './continuing.ts';
import type { JournaledPlan } from './journal.ts';
import { type Kit, shownProblem } from './kit.ts';
import { undoDraftsOf } from './undo.ts';

export interface PlanEnd {
  readonly state: Extract<PlanState, 'done' | 'failed' | 'stopped' | 'cancelled' | 'unknown'>;
  /** Why it ended so, one sentence. */
  readonly outcome: string;
}

/** Ends a plan. Never throws: where the journal cannot be written, the next start finds the plan and settles it. */
export function endPlan(kit: Kit, id: string, end: PlanEnd): void {
  try {
    const entry = kit.journal.get(id)!;
    const moved = kit.journal.move(id, end.state, {
      outcome: end.outcome,
      canUndo: end.state !== 'unknown' && undoDraftsOf(kit, entry).length > 0,
      canContinue: canContinue(entry, end.state),
      audited: false,
      ...(end.state === 'unknown' ? {} : { finishedAt: new Date(kit.now()).toISOString() }),
    });
    if (!moved) throw new Error(`plan ${id} is ${entry.state} and cannot become ${end.state}`);
    kit.fault('plan.ended-unaudited');
    auditEnd(kit, id);
  } catch (error) {
    kit.log('error', `the end of plan ${id} cannot be noted: ${shownProblem(error).message}`);
  }
  closeUndone(kit, id);
}

/** Ends a plan that was never begun: a no, a cancellation, time. Throws where the audit cannot note it. */
export function endUnbegun(
  kit: Kit,
  plan: Plan,
  state: Extract<PlanState, 'rejected' | 'cancelled' | 'expired'>,
  entry: Parameters<typeof appendAudit>[2],
  outcome: string,
): Plan {
  const record = appendAudit(kit, plan, entry);
  const finishedAt = new Date(kit.now()).toISOString();
  const audit = { from: plan.audit?.from ?? record.seq, to: record.seq };
  kit.journal.move(plan.id, state, { outcome, finishedAt, audit });
  return kit.book.reload(plan.id);
}

/** Tells the audit how a plan ended, and the journal that it did. Failing leaves it owed; the next start tries again. */
export function auditEnd(kit: Kit, id: string): void {
  const entry = kit.journal.get(id)!;
  try {
    appendAudit(kit, entry.shown, {
      event: 'plan.finished',
      actor: entry.ending.approvedBy ?? entry.shown.requestedBy,
      outcome: entry.state,
      detail: { why: entry.ending.outcome ?? '', steps: statesOf(entry) },
    });
    const audit = auditRangeOf(kit, id, entry.ending.audit?.from);
    kit.journal.amend(id, { audited: true, ...(audit ? { audit } : {}) });
  } catch (error) {
    kit.log('error', `the audit of plan ${id} is owed: ${shownProblem(error).message}`);
  }
  kit.book.reload(id);
}

function statesOf(entry: JournaledPlan): readonly string[] {
  const states = new Map(entry.steps.map((step) => [step.step, step.run.state]));
  return entry.shown.steps.map((step) => states.get(step.index) ?? 'not begun');
}

/** A plan whose undoing was done cannot be undone again. */
function closeUndone(kit: Kit, id: string): void {
  const entry = kit.journal.get(id);
  const undone = entry?.shown.undoes;
  if (entry?.state !== 'done' || undone === undefined) return;
  const original: Plan | undefined = kit.book.get(undone);
  if (!original?.canUndo) return;
  kit.journal.amend(undone, { canUndo: false });
  kit.book.reload(undone);
}
