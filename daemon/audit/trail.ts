// The audit trail: append-only records, each holding the hash of the one before it, durable when `append` returns.
// It fails closed: where a record cannot be written, or where records that were written are no longer there, it
// throws, and then nothing may be written to any cloud. Secrets are taken out before anything is hashed.
// Made by `main.ts` over a database opened with `auditMigrations` and durability `full`.

import type Database from 'better-sqlite3';
import type { AuditEntry, AuditRecord } from '../../shared/model/audit.ts';
import type { Actor } from '../../shared/model/plan.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import { redactJson } from '../../shared/model/redact.ts';
import type { Json } from '../../shared/model/resource.ts';
import { limits } from '../config.ts';
import { canonicalJson, sha256 } from './canonical.ts';
import type { AuditHead, AuditTrail, HeadWitness } from './contract.ts';
import { exportPage } from './export.ts';
import { listRecords } from './list.ts';
import { findWitnessBreak, verifyTrail } from './verify.ts';

export interface AuditTrailOptions {
  readonly database: Database.Database;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Places outside this database that remember the newest record; at least the head file. */
  readonly witnesses: readonly HeadWitness[];
}

/** The trail with what only its owner does. */
export interface KeptAuditTrail extends AuditTrail {
  /**
   * A person says that a broken end of the trail is known (a restored backup, say). What was found is recorded for
   * good, and appending works again. Throws ProblemError `wrong-state` where nothing is broken.
   */
  acknowledge(actor: Actor): AuditRecord;
  /** Forces the witnesses to the disk and lets go of them. */
  close(): void;
}

/** `previous` of the first record. */
export const zeroHash = '0'.repeat(64);

/** Opens the trail. Never throws for a broken trail: `verify` names what is wrong and `append` refuses. */
export function createAuditTrail(options: AuditTrailOptions): KeptAuditTrail {
  const { database, witnesses } = options;
  const insert = database.prepare('INSERT INTO audit_records (seq, body, hash) VALUES (?, ?, ?)');
  const newest = database.prepare<[], AuditHead>(
    'SELECT seq, hash FROM audit_records ORDER BY seq DESC LIMIT 1',
  );
  let head = readHead();
  let broken = findWitnessBreak(database, head, witnesses);
  if (!broken && head.seq === 0) remember(true);
  /** A write failed: what is in the file may not be what we think. */
  let doubtful = false;

  function readHead(): AuditHead {
    return newest.get() ?? { seq: 0, hash: zeroHash };
  }
  function remember(durable: boolean): void {
    for (const witness of witnesses) witness.write(head, durable);
  }
  function write(entry: AuditEntry): AuditRecord {
    if (doubtful) head = readHead();
    doubtful = true;
    const seq = head.seq + 1;
    const content = { ...clean(entry), seq, at: new Date(options.now()).toISOString(), previous: head.hash };
    const body = canonicalJson(content);
    const hash = sha256(body);
    insert.run(seq, body, hash);
    head = { seq, hash };
    remember(seq % limits.auditHeadSyncRecords === 0);
    doubtful = false;
    return { ...content, hash };
  }
  function append(entry: AuditEntry): AuditRecord {
    if (broken)
      throw unavailable(
        broken.message,
        'Run "pilothouse audit verify". Nothing is changed in any cloud until a person has looked at it.',
      );
    try {
      return write(entry);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      throw unavailable(
        `The audit trail cannot be written: ${message}.`,
        'Check the space and the rights of the state folder. Nothing is changed in any cloud until it works.',
        error,
      );
    }
  }
  return {
    append,
    list: (where) => listRecords(database, where),
    verify: () => verifyTrail(database, witnesses),
    export: (request) => exportPage(database, request),
    get head() {
      return head;
    },
    acknowledge: (actor) => {
      if (!broken)
        throw new ProblemError({ code: 'wrong-state', message: 'The end of the trail is as it should be.' });
      const found = broken;
      broken = undefined;
      try {
        return append({
          event: 'audit.acknowledged',
          actor,
          outcome: found.message,
          detail: { problem: found.problem, seq: found.seq },
        });
      } catch (error) {
        broken = found;
        throw error;
      }
    },
    close: () => {
      if (!broken) remember(true);
      for (const witness of witnesses) witness.close();
    },
  };
}

/** The entry as it may be kept: known fields only, no secrets, bounded. */
function clean(entry: AuditEntry): AuditEntry {
  const kept = redactJson(entry as unknown as Json) as unknown as AuditEntry;
  if (!kept.detail) return kept;
  const detail = canonicalJson(kept.detail);
  if (detail.length <= limits.auditDetailCharactersMax) return kept;
  return {
    ...kept,
    detail: { shortened: detail.slice(0, limits.auditDetailCharactersMax), sha256: sha256(detail) },
  };
}

function unavailable(message: string, fix: string, cause?: unknown): ProblemError {
  return new ProblemError({ code: 'audit-unavailable', message, fix }, cause);
}
