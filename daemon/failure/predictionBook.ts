// Predictions on disk, and what became of them. One that was made stays until a failure followed in time or its time is
// over, even where nothing speaks for it any more: only so is a record of right and wrong honest. One that a person
// prevented counts as wrong, because nobody can tell. Of what vanished nothing is counted.

import type Database from 'better-sqlite3';
import type { FailureRecord, Prediction } from '../../shared/model/prediction.ts';
import { limits } from '../config.ts';

export interface KeptPrediction {
  readonly prediction: Prediction;
  /** When this method first said so of the resource. */
  readonly sinceMs: number;
}

export interface PredictionBook {
  /** What still holds, of all resources. */
  live(): readonly KeptPrediction[];
  /** All that is said of a resource now; what is not said any more waits for its time to be over. */
  say(
    resource: string,
    predictions: readonly (Prediction & { readonly raw: number })[],
    nowMs: number,
  ): readonly KeptPrediction[];
  /** Failures of the resource, oldest first, and what is overdue by now. */
  settle(resource: string, failedMs: readonly number[], nowMs: number): void;
  /** The resource is gone. */
  drop(resource: string): void;
  record(method: string): FailureRecord;
  records(): readonly FailureRecord[];
  prune(nowMs: number): void;
}

interface Row {
  readonly id: number;
  readonly method: string;
  readonly at_ms: number;
  readonly due_ms: number;
  readonly body: string;
}

export function createPredictionBook(database: Database.Database): PredictionBook {
  const open = database.prepare<[string], Row>(
    'SELECT id, method, at_ms, due_ms, body FROM predictions WHERE resource = ? AND settled_ms IS NULL',
  );
  const living = database.prepare<[number], Row>(
    'SELECT id, method, at_ms, due_ms, body FROM predictions WHERE settled_ms IS NULL AND live = 1 ORDER BY id DESC LIMIT ?',
  );
  const insert = database.prepare(
    'INSERT INTO predictions (resource, method, at_ms, due_ms, raw, live, body) VALUES (?, ?, ?, ?, ?, 1, ?)',
  );
  const update = database.prepare('UPDATE predictions SET live = 1, body = ? WHERE id = ?');
  const rest = database.prepare('UPDATE predictions SET live = 0 WHERE id = ?');
  const end = database.prepare('UPDATE predictions SET live = 0, hit = ?, settled_ms = ? WHERE id = ?');
  const drop = database.prepare('DELETE FROM predictions WHERE resource = ? AND settled_ms IS NULL');
  const records = database.prepare<[string, string], FailureRecord>(
    `SELECT method, sum(hit) AS hits, sum(1 - hit) AS misses, sum(raw) AS expected FROM predictions
     WHERE hit IS NOT NULL AND (? = '' OR method = ?) GROUP BY method ORDER BY method`,
  );
  const counted = database
    .prepare<[], number>('SELECT count(*) FROM predictions WHERE settled_ms IS NULL')
    .pluck();
  const keptOf = (row: Row): KeptPrediction => ({ prediction: JSON.parse(row.body), sinceMs: row.at_ms });
  return {
    live: () => living.all(limits.failurePredictionsMax).map(keptOf),
    say: database.transaction(
      (resource: string, said: readonly (Prediction & { readonly raw: number })[], nowMs: number) => {
        const rows = new Map(open.all(resource).map((row) => [row.method, row]));
        const isFull = (counted.get() ?? 0) >= limits.failurePredictionsMax;
        const kept = said.flatMap(({ raw, ...prediction }): readonly KeptPrediction[] => {
          const row = rows.get(prediction.method);
          rows.delete(prediction.method);
          const body = JSON.stringify(prediction);
          if (row) update.run(body, row.id);
          else if (isFull) return [];
          else insert.run(resource, prediction.method, nowMs, nowMs + prediction.horizonMs, raw, body);
          return [{ prediction, sinceMs: row?.at_ms ?? nowMs }];
        });
        for (const { id } of rows.values()) rest.run(id);
        return kept;
      },
    ),
    settle: database.transaction((resource: string, failedMs: readonly number[], nowMs: number) => {
      for (const { id, at_ms: atMs, due_ms: dueMs } of open.all(resource)) {
        const failed = failedMs.find((time) => time > atMs && time <= dueMs);
        if (failed !== undefined) end.run(1, failed, id);
        else if (dueMs < nowMs) end.run(0, dueMs, id);
      }
    }),
    drop: (resource) => void drop.run(resource),
    record: (method) => records.get(method, method) ?? { method, hits: 0, misses: 0, expected: 0 },
    records: () => records.all('', ''),
    prune: (nowMs) => {
      const since = nowMs - limits.failureKeptMs;
      database.prepare('DELETE FROM predictions WHERE settled_ms < ? OR due_ms < ?').run(since, since);
    },
  };
}
