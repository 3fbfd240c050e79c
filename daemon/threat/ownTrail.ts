// Records of Pilothouse's own audit trail as activities: who did what to which resource in which connection. Only what was
// done or refused counts; asking and planning do nothing. A write without an approval before it cannot happen by the
// house's own rules: where the trail shows one, it says so.

import type { AuditRecord } from '../../shared/model/audit.ts';
import type { Risk } from '../../shared/model/kind.ts';
import type { Actor } from '../../shared/model/plan.ts';
import type { Activity } from '../executors/contract.ts';

export interface TrailContext {
  readonly riskOf: (operation: string) => Risk | undefined;
  /** Whether the trail has an approval of this plan before a record. */
  readonly wasApproved: (plan: string, beforeSeq: number) => boolean;
}

export function activityOf(record: AuditRecord, context: TrailContext): Activity | undefined {
  const { event, actor, operation, target, outcome, seq, plan } = record;
  const base = {
    id: `audit record ${seq}`,
    atMs: Date.parse(record.at),
    principal: nameOf(actor),
    address: actor.client,
    ...(target !== undefined && { target }),
    ...(record.actedAs && { region: record.actedAs.connection }),
  };
  switch (event) {
    case 'step.before': {
      if (plan === undefined || context.wasApproved(plan, seq)) return undefined;
      const sentence = `A step of plan ${plan} was begun (audit record ${seq}) without any approval before it.`;
      return { ...base, verb: operation ?? event, does: 'change', outcome: 'done', impossible: sentence };
    }
    case 'step.after': {
      const does = context.riskOf(operation ?? '') === 'destroy' ? 'destroy' : 'change';
      return { ...base, verb: operation ?? event, does, outcome: outcomeOf(record) };
    }
    case 'plan.denied':
      return { ...base, verb: event, does: 'change', outcome: 'refused' };
    case 'mute.changed':
      return record.detail?.added === undefined
        ? undefined
        : { ...base, verb: event, does: 'silence', outcome: 'done' };
    case 'metrics.configured':
    case 'audit.acknowledged':
    case 'state.restored':
      return { ...base, verb: event, does: 'silence', outcome: 'done' };
    case 'connection.changed':
    case 'terminal.opened':
      return { ...base, verb: event, does: 'change', outcome: 'done' };
    case 'audit.exported':
      return { ...base, verb: event, does: 'read', outcome: outcome === 'refused' ? 'refused' : 'done' };
    default:
      return undefined;
  }
}

/** A model or a policy of the same user is somebody else: it has other habits. */
function nameOf({ user, how }: Actor): string {
  return how === 'editor' || how === 'terminal' ? user : `${user} through ${how}`;
}

const refusals = ['cloud-forbidden', 'cloud-unauthorized'];

function outcomeOf({ outcome, detail }: AuditRecord): Activity['outcome'] {
  const error = detail?.error;
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  if (typeof code === 'string' && refusals.includes(code)) return 'refused';
  return outcome === 'done' ? 'done' : 'failed';
}
