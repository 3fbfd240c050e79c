// How a record of the trail reads: who, what, where, how it ended. Pure; what a cloud or a person wrote stays text.

import type { AuditRecord } from '../../shared/model/audit.ts';
import { valueText } from '../../shared/panel/planText.ts';

/** "alice, editor". */
export function actorText({ actor }: AuditRecord): string {
  return `${actor.user} (${actor.how})`;
}

/** "as demo in os-demo, project demo". */
export function actedAsText({ actedAs }: AuditRecord): string {
  if (!actedAs) return '';
  const { identity } = actedAs;
  const parts = [identity ? `${identity.user} in ${actedAs.connection}` : actedAs.connection];
  if (identity?.project) parts.push(`project ${identity.project}`);
  if (identity?.region) parts.push(identity.region);
  return parts.join(', ');
}

/** "step 1 · stop.vm · web-1": the operation and what it was done to; of a whole plan its title. */
export function whatText(record: AuditRecord): string {
  if (record.operation === undefined) return planText(record);
  const parts = [record.operation, record.target].filter((part) => part !== undefined);
  if (record.step !== undefined) parts.unshift(`step ${record.step + 1}`);
  return parts.join(' · ');
}

function planText({ detail, plan }: AuditRecord): string {
  if (typeof detail?.title === 'string') return detail.title;
  return plan === undefined ? '' : `plan ${plan}`;
}

/** Everything else a record holds, as lines. */
export function factsOf(record: AuditRecord): readonly (readonly [string, string])[] {
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['record', String(record.seq)],
    ['at', record.at],
    ['client', record.actor.client],
    ['session', record.actor.session],
    ['acted as', actedAsText(record) || undefined],
    ['plan', record.plan],
    ['digest', record.digest],
    ...Object.entries(record.detail ?? {}).map(([name, value]) => [name, valueText(value)] as const),
    ['previous hash', record.previous],
    ['hash', record.hash],
  ];
  return facts.filter((fact): fact is readonly [string, string] => fact[1] !== undefined);
}
