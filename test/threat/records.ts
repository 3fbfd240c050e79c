// Made activities as Pilothouse would have recorded them, for suites that need a real trail.

import type { Activity } from '../../daemon/executors/contract.ts';
import type { AuditEntry } from '../../shared/model/audit.ts';
import type { Actor } from '../../shared/model/plan.ts';

/** All steps belong to the plan `p1`; its approval is the caller's to record before them. */
export function entryOf({
  principal,
  verb,
  does,
  outcome,
  target,
  region,
  address,
}: Omit<Activity, 'id'>): AuditEntry {
  const actor: Actor = { user: principal, client: address ?? 'cli', how: 'terminal' };
  if (does === 'silence') return { event: 'metrics.configured', actor };
  if (outcome === 'refused') return { event: 'plan.denied', actor };
  if (does === 'read' || does === 'sign-in') return { event: 'audit.exported', actor };
  return {
    event: 'step.after',
    actor,
    actedAs: { connection: region! },
    plan: 'p1',
    operation: verb,
    target: target!,
    outcome,
  };
}
