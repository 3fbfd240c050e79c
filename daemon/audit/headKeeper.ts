// Keeps the number and hash of the newest record at hand, and tells the witnesses. A burst of appends is remembered
// once, when it is over, and forced to the disk every so many records; a crash before that only leaves the witnesses
// a little behind, never ahead. Used by the trail alone.

import type Database from 'better-sqlite3';
import { limits } from '../config.ts';
import type { AuditHead, HeadWitness } from './contract.ts';
import { findWitnessBreak, type TrailBreak, zeroHash } from './verify.ts';

export interface HeadKeeper {
  readonly head: AuditHead;
  /** What the witnesses found missing when the trail was opened. */
  readonly broken: TrailBreak | undefined;
  advance(head: AuditHead): void;
  /** Reads the head from the database again: after a failed write nobody knows it. */
  recall(): void;
  close(): void;
}

export function createHeadKeeper(database: Database.Database, witnesses: readonly HeadWitness[]): HeadKeeper {
  const newest = database.prepare<[], AuditHead>(
    'SELECT seq, hash FROM audit_records ORDER BY seq DESC LIMIT 1',
  );
  const read = (): AuditHead => newest.get() ?? { seq: 0, hash: zeroHash };
  let head = read();
  let soon: NodeJS.Immediate | undefined;
  const broken = findWitnessBreak(database, head, witnesses);

  const remember = (durable: boolean): void => {
    clearImmediate(soon);
    soon = undefined;
    for (const witness of witnesses) witness.write(head, durable);
  };
  const rememberQuietly = (): void => {
    try {
      remember(false);
    } catch {
      // The records stand; the next forced write says what is wrong.
      soon = undefined;
    }
  };
  if (!broken) remember(true);
  return {
    get head() {
      return head;
    },
    broken,
    advance: (next) => {
      head = next;
      if (next.seq % limits.auditHeadSyncRecords === 0) remember(true);
      else soon ??= setImmediate(rememberQuietly);
    },
    recall: () => {
      head = read();
      remember(true);
    },
    close: () => {
      clearImmediate(soon);
      for (const witness of witnesses) witness.close();
    },
  };
}
