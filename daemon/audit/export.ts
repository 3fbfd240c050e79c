// The trail as text for people and other tools: JSON Lines, each line exactly what was hashed plus its hash, and CSV
// after RFC 4180. A cell that a spreadsheet would take for a formula is given a leading apostrophe, as OWASP's page
// on CSV injection advises. Oldest first, in pages that fit a frame.

import type Database from 'better-sqlite3';
import type { AuditRecord } from '../../shared/model/audit.ts';
import { limits } from '../config.ts';
import { canonicalJson } from './canonical.ts';
import type { AuditTrail } from './contract.ts';
import { recordOf, type StoredRecord } from './list.ts';

type Cell = string | number | undefined;

/** Column → cell. The order is that of the file. */
const columns: readonly (readonly [string, (record: AuditRecord) => Cell])[] = [
  ['seq', (record) => record.seq],
  ['at', (record) => record.at],
  ['event', (record) => record.event],
  ['user', (record) => record.actor.user],
  ['client', (record) => record.actor.client],
  ['how', (record) => record.actor.how],
  ['connection', (record) => record.actedAs?.connection],
  ['acted_as', (record) => record.actedAs?.identity?.user],
  ['project', (record) => record.actedAs?.identity?.project],
  ['plan', (record) => record.plan],
  ['digest', (record) => record.digest],
  ['step', (record) => record.step],
  ['operation', (record) => record.operation],
  ['target', (record) => record.target],
  ['outcome', (record) => record.outcome],
  ['detail', (record) => (record.detail ? canonicalJson(record.detail) : undefined)],
  ['previous', (record) => record.previous],
  ['hash', (record) => record.hash],
];

/** One page; `nextSeq` is the `afterSeq` of the next one, absent at the end. The CSV header is on the first page. */
export function exportPage(
  database: Database.Database,
  request: Parameters<AuditTrail['export']>[0],
): ReturnType<AuditTrail['export']> {
  const rows = database.prepare<[number, number], StoredRecord & { readonly seq: number }>(
    'SELECT seq, body, hash FROM audit_records WHERE seq > ? ORDER BY seq LIMIT ?',
  );
  const limit = Math.max(1, Math.min(request.limit, limits.auditPageMax));
  const isCsv = request.format === 'csv';
  let text = isCsv && request.afterSeq === 0 ? csvLine(columns.map(([name]) => name)) : '';
  let last = request.afterSeq;
  let count = 0;
  for (const row of rows.iterate(request.afterSeq, limit + 1)) {
    const line = isCsv ? csvLine(columns.map(([, cell]) => cell(recordOf(row)))) : jsonLine(row);
    const full = count === limit || (count > 0 && text.length + line.length > limits.auditPageCharactersMax);
    if (full) return { text, nextSeq: last };
    text += line;
    last = row.seq;
    count++;
  }
  return { text };
}

function jsonLine(row: StoredRecord): string {
  return `${row.body.slice(0, -1)},"hash":"${row.hash}"}\n`;
}

function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(value: Cell): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
