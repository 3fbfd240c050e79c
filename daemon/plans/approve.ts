// A person's yes: bound to the digest of what was shown, used once, gone after a while, and where the rules ask for
// it typed word for word. The rules are asked again with what holds now. It gives nobody a write; it only lets the
// runner begin.

import type { Actor, Plan } from '../../shared/model/plan.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import { canonicalJson } from '../audit/canonical.ts';
import { appendAudit } from './auditing.ts';
import { isDue } from './expiry.ts';
import { type Kit, reachOf, requirePerson, requireState } from './kit.ts';
import { judgeAgain } from './propose.ts';

export interface ApprovalRequest {
  readonly id: string;
  readonly digest: string;
  readonly typed?: string;
}

/** Checks a yes and notes it, durably and once. Throws ProblemError; the plan stays as it was then. */
export function approve(kit: Kit, request: ApprovalRequest, actor: Actor): Plan {
  requirePerson(actor, 'approve a plan');
  const plan = kit.book.require(request.id);
  requireFresh(kit, plan);
  if (request.digest !== plan.digest)
    throw problem(
      'digest-mismatch',
      'This is not the plan you were shown.',
      'Look at the plan as it is now.',
    );
  requireSameVerdict(kit, plan, actor);
  requireTyped(plan, request.typed);
  requireFreeTargets(kit, plan);
  requireStillLeft(kit, plan);
  if (!kit.journal.move(plan.id, 'approved', { approvedBy: actor }, plan.continues))
    throw used(kit.book.reload(plan.id));
  kit.fault('plan.approved-unaudited');
  if (plan.continues !== undefined) kit.book.reload(plan.continues);
  return kit.book.reload(plan.id);
}

/** Tells the audit of the yes. Throws where it cannot; the plan must not begin then. */
export function auditApproval(kit: Kit, plan: Plan, more: { readonly late?: boolean } = {}): void {
  appendAudit(kit, plan, {
    event: 'plan.approved',
    actor: plan.approvedBy!,
    detail: {
      title: plan.title,
      form: plan.verdict.approval.kind,
      ...(more.late ? { late: 'noted at the next start' } : {}),
    },
  });
}

function requireFresh(kit: Kit, plan: Plan): void {
  if (['approved', 'running', 'done', 'failed', 'stopped', 'cancelled', 'unknown'].includes(plan.state))
    throw used(plan);
  if (plan.state === 'expired' || (plan.state === 'proposed' && isDue(plan, kit.now())))
    throw problem(
      'approval-expired',
      'This plan is too old to be approved; things may have changed since.',
      'Ask for it again: the new plan shows what is there now.',
    );
  requireState(plan, ['proposed'], 'approved');
}

function used(plan: Plan): ProblemError {
  return plan.approvedBy
    ? problem('approval-used', `This plan was approved already; it is ${plan.state}.`, 'Ask for it again.')
    : problem('wrong-state', `This plan is ${plan.state}; it cannot be approved.`, 'Ask for it again.');
}

/** The rest of a plan is done once: another yes may have gone on with it, or it was taken back meanwhile. */
function requireStillLeft(kit: Kit, plan: Plan): void {
  if (plan.continues === undefined || kit.book.get(plan.continues)?.canContinue) return;
  throw problem(
    'wrong-state',
    'What this plan goes on with was gone on with already.',
    'Look at the list of plans.',
  );
}

/** Mode, environment or role may have changed since; what was shown must still be what the rules say. */
function requireSameVerdict(kit: Kit, plan: Plan, actor: Actor): void {
  const now = judgeAgain(kit, plan, actor);
  if (now.effect === 'deny')
    throw problem('not-allowed', now.rules[0]?.reason ?? 'The rules forbid it.', 'Ask for it again.');
  if (canonicalJson(now.approval) === canonicalJson(plan.verdict.approval)) return;
  throw problem(
    'world-moved',
    'The rules ask for another kind of yes than when the plan was shown.',
    'Ask for it again: the new plan says what is asked.',
  );
}

function requireTyped(plan: Plan, typed: string | undefined): void {
  const { approval } = plan.verdict;
  if (approval.kind !== 'typed' || typed?.trim() === approval.expected) return;
  throw problem(
    'wrong-words',
    typed === undefined ? 'This has to be approved by typing.' : 'What was typed is not what is asked for.',
    `Type exactly: ${approval.expected}`,
  );
}

/** Two plans with their hands on one thing would surprise each other. */
function requireFreeTargets(kit: Kit, plan: Plan): void {
  const busy = kit.book
    .list({ open: true })
    .filter((one) => one.state === 'approved' || one.state === 'running');
  if (busy.length >= kit.limits.plansRunningMax)
    throw problem('overloaded', `${busy.length} plans run already.`, 'Wait until one has ended.');
  const mine = new Set(plan.steps.flatMap((step) => reachOf(kit, step)));
  const other = busy.find((one) => one.steps.some((step) => reachOf(kit, step).some((id) => mine.has(id))));
  if (other)
    throw problem(
      'wrong-state',
      `Another plan, "${other.title}", is at work on the same thing.`,
      'Wait until it has ended.',
    );
}

function problem(code: ProblemError['problem']['code'], message: string, fix: string): ProblemError {
  return new ProblemError({ code, message, fix });
}
