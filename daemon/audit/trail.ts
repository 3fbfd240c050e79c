// The audit trail: append-only records, each holding the hash of the one before it, durable when `append` returns.
// It fails closed: where a record cannot be written, or where records that were written are no longer there, it
// throws, and then nothing may be written to any cloud. Secrets are taken out before anything is hashed.
// Made by `main.ts` over a database opened with `auditMigrations` and durability `full`.

import type Database from 'better-sqlite3';
import type { AuditEntry, AuditRecord } from '../../shared/model/audit.ts';
import type { Actor } from '../../shared/model/plan.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import { sha256 } from './canonical.ts';
import { createComposer } from './compose.ts';
import type { AuditTrail, HeadWitness } from './contract.ts';
import { exportPage } from './export.ts';
import { createHeadKeeper, type HeadKeeper } from './headKeeper.ts';
import { listRecords } from './list.ts';
import { type TrailBreak, verifyTrail } from './verify.ts';

export interface AuditTrailOptions {
  readonly database: Database.Database;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Places outside this database that remember the newest record; at least the head file. */
  readonly witnesses: readonly HeadWitness[];
}

/** The trail with what only its owner does. */
export interface KeptAuditTrail extends AuditTrail {
  /** Forces the witnesses to the disk and lets go of them. */
  close(): void;
  /** Calls after each record that was appended, with nothing: who wants it reads it. */
  onDidAppend(listener: () => void): () => void;
}

/** Opens the trail. Never throws for a broken trail: `verify` names what is wrong and `append` refuses. */
export function createAuditTrail(options: AuditTrailOptions): KeptAuditTrail {
  const { database, witnesses } = options;
  const keeper = createHeadKeeper(database, witnesses);
  const write = createWriter(options, keeper);
  let broken = keeper.broken;
  const listeners = new Set<() => void>();

  function acknowledge(actor: Actor): AuditRecord {
    if (!broken)
      throw new ProblemError({ code: 'wrong-state', message: 'The end of the trail is as it should be.' });
    const record = write({
      event: 'audit.acknowledged',
      actor,
      outcome: broken.message,
      detail: { problem: broken.problem, seq: broken.seq },
    });
    broken = undefined;
    keeper.recall();
    return record;
  }
  return {
    append: (entry) => {
      if (broken) throw brokenEnd(broken);
      const record = write(entry);
      for (const listener of listeners) listener();
      return record;
    },
    list: (where) => listRecords(database, where),
    verify: () => verifyTrail(database, witnesses),
    export: (request) => exportPage(database, request),
    get head() {
      return keeper.head;
    },
    acknowledge,
    onDidAppend(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: () => {
      if (!broken) keeper.recall();
      keeper.close();
    },
  };
}

function createWriter(options: AuditTrailOptions, keeper: HeadKeeper): (entry: AuditEntry) => AuditRecord {
  const insert = options.database.prepare('INSERT INTO audit_records (seq, body, hash) VALUES (?, ?, ?)');
  const compose = createComposer();
  const isoAt = createIsoWriter();
  /** A write failed: what is in the file may not be what we think. */
  let doubtful = false;
  return (entry) => {
    try {
      if (doubtful) keeper.recall();
      doubtful = true;
      const { head } = keeper;
      const link = { seq: head.seq + 1, at: isoAt(options.now()), previous: head.hash };
      const { kept, body } = compose(entry, link);
      const hash = sha256(body);
      insert.run(link.seq, body, hash);
      keeper.advance({ seq: link.seq, hash });
      doubtful = false;
      return { ...kept, seq: link.seq, at: link.at, previous: link.previous, hash };
    } catch (error) {
      throw cannotWrite(error);
    }
  };
}

/** Writes times as `toISOString` does, whose work is done once a second: in a slow burst it would cost as much as the rest. */
function createIsoWriter(): (ms: number) => string {
  let lastSecond = Number.NaN;
  let text = '';
  return (ms) => {
    const second = Math.floor(ms / 1_000);
    if (second !== lastSecond) text = new Date(second * 1_000).toISOString().slice(0, -'000Z'.length);
    lastSecond = second;
    return `${text}${String(Math.trunc(ms - second * 1_000)).padStart(3, '0')}Z`;
  };
}

function brokenEnd(broken: TrailBreak): ProblemError {
  return new ProblemError({
    code: 'audit-unavailable',
    message: broken.message,
    fix: 'Run "pilothouse audit verify". Nothing is changed in any cloud until a person has acknowledged it.',
  });
}

function cannotWrite(error: unknown): ProblemError {
  const message = error instanceof Error ? error.message : String(error);
  return new ProblemError(
    {
      code: 'audit-unavailable',
      message: `The audit trail cannot be written: ${message}.`,
      fix: 'Check the space and the rights of the state folder. Nothing is changed in any cloud until it works.',
    },
    error,
  );
}
