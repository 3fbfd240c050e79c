// Reads the whole trail and says whether it is what was written: every record hashed again, every link followed,
// the numbers without a gap, and the end where the witnesses remember it. The first bad record is named.
// It only reads. A person who can rewrite the database and every witness can forge a trail; against that stands an
// exported copy elsewhere, whose last hash must appear in this chain.

import type Database from 'better-sqlite3';
import type { AuditVerification } from '../../shared/model/audit.ts';
import { canonicalJson, sha256 } from './canonical.ts';
import type { AuditHead, HeadWitness } from './contract.ts';

/** `previous` of the first record. */
export const zeroHash = '0'.repeat(64);

export type TrailBreak = Extract<AuditVerification, { readonly ok: false }>;

interface Row {
  readonly seq: number;
  readonly body: string;
  readonly hash: string;
}

/** Checks every record, then the end. */
export function verifyTrail(
  database: Database.Database,
  witnesses: readonly HeadWitness[],
): AuditVerification {
  try {
    return verifyRows(database, witnesses);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return broken(0, 0, 'unreadable', `The trail cannot be read: ${message}.`);
  }
}

function verifyRows(database: Database.Database, witnesses: readonly HeadWitness[]): AuditVerification {
  const rows = database.prepare<[], Row>('SELECT seq, body, hash FROM audit_records ORDER BY seq');
  let head: AuditHead = { seq: 0, hash: zeroHash };
  let found: TrailBreak | undefined;
  for (const row of rows.iterate()) {
    found = checkRow(row, head);
    if (found) break;
    head = row;
  }
  // Which of two stories it is needs a second look at the table, which must wait until the first has ended.
  if (found) return found.problem === 'reordered' ? tellRemovedFromReordered(database, found) : found;
  return findWitnessBreak(database, head, witnesses) ?? { ok: true, records: head.seq, head: head.hash };
}

function checkRow(row: Row, before: AuditHead): TrailBreak | undefined {
  const expected = before.seq + 1;
  const checked = before.seq;
  if (row.seq !== expected)
    return broken(checked, expected, 'removed', `Record ${expected} was removed: the next is ${row.seq}.`);
  const content = parse(row.body);
  if (!content) return broken(checked, expected, 'unreadable', `Record ${expected} cannot be read.`);
  const intact = sha256(row.body) === row.hash && canonicalJson(content) === row.body;
  if (!intact)
    return broken(checked, expected, 'changed', `Record ${expected} was changed after it was written.`);
  if (content.seq !== expected)
    return broken(
      checked,
      expected,
      'reordered',
      `Record ${String(content.seq)} stands in the place of record ${expected}.`,
    );
  if (content.previous !== before.hash)
    return broken(
      checked,
      expected,
      'changed',
      expected === 1
        ? 'Record 1 does not begin a trail.'
        : `Record ${expected} does not follow from record ${before.seq}: one of them was written anew.`,
    );
  return undefined;
}

/** An intact record in a wrong place: either the right one is elsewhere, or it is gone and others moved up. */
function tellRemovedFromReordered(database: Database.Database, found: TrailBreak): TrailBreak {
  const elsewhere = database
    .prepare("SELECT 1 FROM audit_records WHERE json_extract(body, '$.seq') = ?")
    .get(found.seq);
  if (elsewhere) return found;
  return {
    ...found,
    problem: 'removed',
    message: `Record ${found.seq} was removed and later ones moved up.`,
  };
}

/** Whether the end of the trail is where the witnesses remember it. Cheap: done at every start, too. */
export function findWitnessBreak(
  database: Database.Database,
  head: AuditHead,
  witnesses: readonly HeadWitness[],
): TrailBreak | undefined {
  const found = witnesses.map((witness) => checkWitness(database, head, witness));
  const first = found.find((each) => typeof each === 'object');
  if (first) return first;
  // One that is gone may be an accident while another still remembers; with none left nobody can tell.
  const allMissing = found.length > 0 && found.every((each) => each === 'missing');
  return allMissing && head.seq > 0 ? nobodyRemembers(head, witnesses) : undefined;
}

function nobodyRemembers(head: AuditHead, witnesses: readonly HeadWitness[]): TrailBreak {
  const names = witnesses.map((witness) => witness.name).join(' and ');
  return broken(
    head.seq,
    head.seq + 1,
    'truncated',
    `${names} is missing: whether records after ${head.seq} were removed cannot be told.`,
  );
}

function checkWitness(
  database: Database.Database,
  head: AuditHead,
  witness: HeadWitness,
): TrailBreak | 'missing' | undefined {
  let remembered: AuditHead | undefined;
  try {
    remembered = witness.read();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return broken(
      head.seq,
      head.seq,
      'unreadable',
      `The memory of the newest record cannot be read: ${message}`,
    );
  }
  if (!remembered) return 'missing';
  if (remembered.seq > head.seq) return removedFromEnd(head, remembered, witness);
  if (remembered.seq === 0) return undefined;
  const hash = database
    .prepare<[number], string>('SELECT hash FROM audit_records WHERE seq = ?')
    .pluck()
    .get(remembered.seq);
  if (hash === remembered.hash) return undefined;
  return broken(
    head.seq,
    remembered.seq,
    'changed',
    `This is another trail than the one that was written: record ${remembered.seq} is not the one ${witness.name} remembers.`,
  );
}

function removedFromEnd(head: AuditHead, remembered: AuditHead, witness: HeadWitness): TrailBreak {
  const first = head.seq + 1;
  const which =
    head.seq === 0
      ? `All ${remembered.seq} records were removed`
      : first === remembered.seq
        ? `Record ${first}, the last one, was removed`
        : `Records ${first} to ${remembered.seq} were removed from the end`;
  return broken(
    head.seq,
    first,
    'truncated',
    `${which} (${witness.name} remembers record ${remembered.seq}).`,
  );
}

function parse(body: string): { readonly seq?: unknown; readonly previous?: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function broken(records: number, seq: number, problem: TrailBreak['problem'], message: string): TrailBreak {
  return { ok: false, records, seq, problem, message };
}
