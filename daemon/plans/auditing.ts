// What the plans room writes into the audit trail: one shape for every record about a plan, and the range of records
// that belong to it. Where the trail cannot be written this throws, and the caller stops.

import type { AuditEntry, AuditRecord } from '../../shared/model/audit.ts';
import type { Plan, PlanStep } from '../../shared/model/plan.ts';
import type { Json } from '../../shared/model/resource.ts';
import type { ShownPlan, StepFacts } from './journal.ts';
import type { Kit } from './kit.ts';

/** Appends a record about a plan. Throws ProblemError `audit-unavailable`. */
export function appendAudit(
  kit: Kit,
  plan: Pick<Plan, 'id' | 'digest'>,
  entry: Omit<AuditEntry, 'plan' | 'digest'>,
): AuditRecord {
  return kit.audit.append({ ...entry, plan: plan.id, digest: plan.digest });
}

/** A record about one step: what, on what, as whom, and how it went. */
export function stepEntry(
  plan: ShownPlan | Plan,
  step: PlanStep,
  more: Pick<AuditEntry, 'event' | 'actor'> & {
    readonly outcome?: string;
    readonly facts?: Partial<StepFacts>;
    readonly mark?: string;
  },
): Omit<AuditEntry, 'plan' | 'digest'> {
  const acting = plan.preview.actingAs.find((one) => one.connection === step.connection);
  const { facts } = more;
  const detail: Record<string, Json> = { title: step.title, args: facts?.args ?? step.args };
  if (more.mark !== undefined) detail.mark = more.mark;
  if (facts?.before) detail.before = { status: facts.before.status, version: facts.before.version ?? null };
  if (facts?.createdId !== undefined) detail.created = facts.createdId;
  if (facts?.run?.observed !== undefined) detail.observed = facts.run.observed;
  if (facts?.run?.error) detail.error = { code: facts.run.error.code, message: facts.run.error.message };
  return {
    event: more.event,
    actor: more.actor,
    actedAs: { connection: step.connection, ...(acting?.identity ? { identity: acting.identity } : {}) },
    step: step.index,
    operation: step.operation,
    ...(step.target ? { target: step.target.id } : facts?.createdId ? { target: facts.createdId } : {}),
    ...(more.outcome === undefined ? {} : { outcome: more.outcome }),
    detail,
  };
}

/** First and last record of a plan, from the trail itself. */
export function auditRangeOf(kit: Kit, plan: string, from: number | undefined): Plan['audit'] {
  const newest = kit.audit.list({ plan, limit: 1 })[0]?.seq;
  if (newest === undefined) return undefined;
  return { from: from ?? newest, to: newest };
}

/** Whether the trail has a record of one of these kinds about a step (or about the plan). */
export function hasRecord(
  kit: Kit,
  plan: string,
  events: readonly AuditEntry['event'][],
  step?: number,
): boolean {
  const limit = kit.limits.auditPageMax;
  let beforeSeq: number | undefined;
  for (;;) {
    const page = kit.audit.list({ plan, limit, ...(beforeSeq === undefined ? {} : { beforeSeq }) });
    if (page.some((record) => events.includes(record.event) && record.step === step)) return true;
    if (page.length < limit) return false;
    beforeSeq = page.at(-1)!.seq;
  }
}
