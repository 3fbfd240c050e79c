// The two kinds of logs that are followed: Pilothouse's own audit trail, read record by record, and the activity log of a
// connection, where its executor has one. Reading only.

import type { AuditRecord } from '../../shared/model/audit.ts';
import type { AuditTrail } from '../audit/contract.ts';
import { limits } from '../config.ts';
import type { ActivityLog } from '../executors/contract.ts';
import type { GraphReader } from '../graph/contract.ts';
import type { LogSource } from './follower.ts';
import { activityOf, type TrailContext } from './ownTrail.ts';

export const trailId = 'audit';

/** The trail reads by number: its cursor is the number of the last record that was taken. */
export function trailSource(
  audit: Pick<AuditTrail, 'export' | 'head' | 'list'>,
  riskOf: TrailContext['riskOf'],
): LogSource {
  const approved = new Set<string>();
  const context: TrailContext = {
    riskOf,
    wasApproved(plan, beforeSeq) {
      if (approved.has(plan)) return true;
      const limit = limits.auditPageMax;
      let page = audit.list({ plan, beforeSeq, limit });
      while (!page.some(({ event }) => event === 'plan.approved')) {
        if (page.length < limit) return false;
        page = audit.list({ plan, beforeSeq: page.at(-1)!.seq, limit });
      }
      remember(approved, plan);
      return true;
    },
  };
  return {
    id: trailId,
    name: 'audit trail',
    connection: 'pilothouse',
    async read(reached) {
      const from = Math.min(Number(reached?.cursor ?? 0), audit.head.seq);
      const page = audit.export({ format: 'jsonl', afterSeq: from, limit: limits.threatBatchMax });
      const records = page.text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as AuditRecord);
      const activities = records.flatMap((record) => {
        if (record.event === 'plan.approved' && record.plan !== undefined) remember(approved, record.plan);
        return activityOf(record, context) ?? [];
      });
      const last = records.at(-1);
      return {
        activities,
        reached: {
          sinceMs: last ? Date.parse(last.at) : (reached?.sinceMs ?? 0),
          cursor: String(last?.seq ?? from),
        },
        more: page.nextSeq !== undefined,
      };
    },
  };
}

/** What a connection tells of who did what. */
export function connectionSource(
  about: { readonly id: string; readonly name: string },
  log: ActivityLog,
  graph: Pick<GraphReader, 'list'>,
  now: () => number,
): LogSource {
  return {
    id: `${about.id}/${log.name}`,
    name: `${log.name} of ${about.name}`,
    connection: about.id,
    async read(reached, signal) {
      const sinceMs = reached?.sinceMs ?? now() - limits.threatBackMs;
      const { activities, cursor, more } = await log.read({
        resources: graph.list({ connection: about.id }),
        sinceMs,
        ...(reached?.cursor !== undefined && { cursor: reached.cursor }),
        signal,
      });
      const newest = activities.reduce((most, { atMs }) => Math.max(most, atMs), sinceMs);
      return {
        activities,
        reached: { sinceMs: newest, ...(cursor !== undefined && { cursor }) },
        more: more === true,
      };
    },
  };
}

function remember(set: Set<string>, one: string): void {
  set.add(one);
  if (set.size > limits.plansKeptMax) set.delete(set.values().next().value!);
}
