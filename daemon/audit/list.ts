// Reads records back out of the trail, newest first, by who, what and when. Never more than a page.

import type Database from 'better-sqlite3';
import type { AuditRecord } from '../../shared/model/audit.ts';
import { limits } from '../config.ts';
import type { AuditTrail } from './contract.ts';

export interface StoredRecord {
  readonly body: string;
  readonly hash: string;
}

/** A record as it was appended. */
export function recordOf(row: StoredRecord): AuditRecord {
  return { ...(JSON.parse(row.body) as Omit<AuditRecord, 'hash'>), hash: row.hash };
}

/** Records that fit, newest first, at most `limits.auditPageMax`. */
export function listRecords(
  database: Database.Database,
  where: Parameters<AuditTrail['list']>[0],
): readonly AuditRecord[] {
  const conditions: string[] = [];
  const values: (string | number)[] = [];
  const require = (condition: string, value: string | number | undefined) => {
    if (value === undefined) return;
    conditions.push(condition);
    values.push(value);
  };
  require('seq < ?', where.beforeSeq);
  const requireField = (path: string, value: string | undefined) => {
    if (value === undefined) return;
    // The text of a record is canonical: looking for the words is cheap and lets most records pass unparsed.
    require('instr(body, ?) > 0', `${JSON.stringify(path.split('.').at(-1))}:${JSON.stringify(value)}`);
    require(`json_extract(body, '$.${path}') = ?`, value);
  };
  requireField('plan', where.plan);
  requireField('actor.user', where.actor);
  requireField('operation', where.operation);
  requireField('target', where.target);
  require("json_extract(body, '$.at') >= ?", isoOf(where.fromMs));
  require("json_extract(body, '$.at') <= ?", isoOf(where.toMs));
  const condition = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
  const limit = Math.max(0, Math.min(where.limit, limits.auditPageMax));
  return database
    .prepare<unknown[], StoredRecord>(
      `SELECT body, hash FROM audit_records ${condition} ORDER BY seq DESC LIMIT ?`,
    )
    .all(...values, limit)
    .map(recordOf);
}

function isoOf(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : new Date(ms).toISOString();
}
