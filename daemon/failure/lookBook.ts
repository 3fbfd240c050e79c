// Looks and failures on disk. A look waits until a failure followed it within the horizon, or until the horizon passed
// while its resource was still watched; what nobody watched to the end is forgotten, because nobody knows. So labels come
// by themselves.

import type Database from 'better-sqlite3';
import type { FailureClass } from '../../shared/model/prediction.ts';
import { limits } from '../config.ts';
import type { FailureEvent } from './history.ts';
import type { Look } from './trainer.ts';

export interface LookBook {
  /** Keeps the figures of a look; its end is not known yet. */
  keep(look: {
    readonly resource: string;
    readonly failureClass: FailureClass;
    readonly atMs: number;
    readonly features: Float32Array;
  }): void;
  /** When the resource was last kept a look of; 0: never. */
  lastMs(resource: string): number;
  /** Takes in failures; gives those that were not known. Looks before them have come true. */
  failed(
    resource: string,
    failureClass: FailureClass,
    failures: readonly FailureEvent[],
  ): readonly FailureEvent[];
  /** The resource is watched now: looks whose horizon is over came to nothing, those nobody watched to the end go. */
  settle(resource: string, nowMs: number): void;
  /** Looks whose end is known, at most so many: all that failed first, the newest of the others evenly over time. */
  known(failureClass: FailureClass, width: number): readonly Look[];
  /** Failures that looks of the class led to, each counted once. */
  labelsOf(failureClass: FailureClass): number;
  failuresOf(failureClass: FailureClass): number;
  /** Forgets what is old, or too much. */
  prune(nowMs: number): void;
}

/** A look may be settled so long after its horizon: longer, and the daemon was away. */
const lateMs = 4 * 3_600_000;

export function createLookBook(database: Database.Database): LookBook {
  const insert = database.prepare(
    'INSERT OR REPLACE INTO looks (resource, at_ms, class, features) VALUES (?, ?, ?, ?)',
  );
  const last = database
    .prepare<[string], number | null>('SELECT max(at_ms) FROM looks WHERE resource = ?')
    .pluck();
  const addFailure = database.prepare(
    'INSERT OR IGNORE INTO failures (resource, at_ms, what, class, detail) VALUES (?, ?, ?, ?, ?)',
  );
  const cameTrue = database.prepare(
    'UPDATE looks SET failed = 1, failed_ms = ? WHERE resource = ? AND failed IS NULL AND at_ms < ? AND at_ms >= ?',
  );
  const cameToNothing = database.prepare(
    'UPDATE looks SET failed = 0 WHERE resource = ? AND failed IS NULL AND at_ms <= ? AND at_ms > ?',
  );
  const forget = database.prepare('DELETE FROM looks WHERE resource = ? AND failed IS NULL AND at_ms <= ?');
  const labels = database
    .prepare<[string], number>(
      'SELECT count(*) FROM (SELECT DISTINCT resource, failed_ms FROM looks WHERE class = ? AND failed = 1)',
    )
    .pluck();
  const failures = database
    .prepare<[string], number>('SELECT count(*) FROM failures WHERE class = ?')
    .pluck();
  const horizon = limits.failureHorizonMs;
  return {
    keep: ({ resource, failureClass, atMs, features }) => {
      const bytes = Buffer.from(features.buffer, features.byteOffset, features.byteLength);
      insert.run(resource, atMs, failureClass, bytes);
    },
    lastMs: (resource) => last.get(resource) ?? 0,
    failed: database.transaction(
      (resource: string, failureClass: FailureClass, all: readonly FailureEvent[]) =>
        all.filter(({ atMs, what, detail }) => {
          const { changes } = addFailure.run(resource, atMs, what, failureClass, detail);
          if (changes > 0) cameTrue.run(atMs, resource, atMs, atMs - horizon);
          return changes > 0;
        }),
    ),
    settle: (resource, nowMs) => {
      cameToNothing.run(resource, nowMs - horizon, nowMs - horizon - lateMs);
      forget.run(resource, nowMs - horizon - lateMs);
    },
    known: (failureClass, width) => knownLooks(database, failureClass, width),
    labelsOf: (failureClass) => labels.get(failureClass) ?? 0,
    failuresOf: (failureClass) => failures.get(failureClass) ?? 0,
    prune: (nowMs) => {
      database
        .prepare('DELETE FROM looks WHERE at_ms < ? OR (failed IS NULL AND at_ms < ?)')
        .run(nowMs - limits.failureKeptMs, nowMs - horizon - lateMs);
      database.prepare('DELETE FROM failures WHERE at_ms < ?').run(nowMs - limits.failureKeptMs);
      const over = countOf(database) - limits.failureLooksMax;
      // What failed is rare and stays; of the others the oldest go.
      if (over > 0)
        database
          .prepare(
            `DELETE FROM looks WHERE (resource, at_ms) IN
               (SELECT resource, at_ms FROM looks ORDER BY failed = 1, at_ms LIMIT ?)`,
          )
          .run(over);
    },
  };
}

function knownLooks(database: Database.Database, failureClass: FailureClass, width: number): readonly Look[] {
  const read = (failed: number, limit: number): readonly Look[] =>
    database
      .prepare<[string, number, number, number, number], { at_ms: number; features: Buffer }>(
        // An even choice over time: every so many-th row by age.
        `SELECT at_ms, features FROM (
           SELECT at_ms, features, row_number() OVER (ORDER BY at_ms, resource) AS nth, count(*) OVER () AS total
           FROM looks WHERE class = ? AND failed = ?)
         WHERE total <= ? OR (nth * ? / total) <> ((nth - 1) * ? / total)`,
      )
      .all(failureClass, failed, limit, limit, limit)
      .map(({ at_ms: atMs, features }) => ({
        atMs,
        failed: failed === 1,
        features: new Float32Array(Uint8Array.prototype.slice.call(features).buffer),
      }))
      // Looks of an earlier version had other features.
      .filter(({ features }) => features.length === width);
  const positives = read(1, limits.failureTeachMax / 2);
  return [...positives, ...read(0, limits.failureTeachMax - positives.length)];
}

function countOf(database: Database.Database): number {
  return database.prepare<[], number>('SELECT count(*) FROM looks').pluck().get() ?? 0;
}
