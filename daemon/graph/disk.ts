// The graph on disk: written in batches, read once at the start, with an append-only history that forgets what is
// old. Losing the last half second in a crash costs one read of the cloud and nothing else, so nothing waits for it.

import type Database from 'better-sqlite3';
import type { Relation, Resource } from '../../shared/model/resource.ts';
import { limits } from '../config.ts';
import type { HistoryEntry } from './contract.ts';

/** What became of one resource; without `resource` it is gone. */
export interface DiskChange {
  readonly id: string;
  readonly connection: string;
  readonly atMs: number;
  readonly resource?: Resource;
  readonly relations: readonly Relation[];
}

export interface LoadedResource {
  readonly resource: Resource;
  /** Type, other end, type, other end… */
  readonly ends: readonly string[];
}

export interface GraphDisk {
  /** A page of what is there, in order of ids, after one; empty at the end. */
  page(after: string, limit: number): readonly LoadedResource[];
  write(changes: readonly DiskChange[]): void;
  prune(nowMs: number): void;
  historyOf(id: string, limit: number): readonly HistoryEntry[];
  resourcesAt(connection: string, atMs: number): readonly Resource[];
  knownSince(connection: string): number | undefined;
}

const none: readonly string[] = [];

export function createGraphDisk(database: Database.Database): GraphDisk {
  const put = database.prepare('INSERT OR REPLACE INTO resources (id, body, relations) VALUES (?, ?, ?)');
  const remove = database.prepare('DELETE FROM resources WHERE id = ?');
  const last = database
    .prepare<[string], string | null>('SELECT body FROM history WHERE resource = ? ORDER BY seq DESC LIMIT 1')
    .pluck();
  const remember = database.prepare(
    'INSERT INTO history (at_ms, resource, connection, body) VALUES (?, ?, ?, ?)',
  );
  const page = database
    .prepare<[string, number], [string, string]>(
      'SELECT body, relations FROM resources WHERE id > ? ORDER BY id LIMIT ?',
    )
    .raw();
  const writeOne = (change: DiskChange): void => {
    const body = change.resource ? JSON.stringify(change.resource) : null;
    if (body === null) remove.run(change.id);
    else put.run(change.id, body, writtenRelations(change.relations));
    const before = last.get(change.id);
    if (before !== body && !(before === undefined && body === null))
      remember.run(change.atMs, change.id, change.connection, body);
  };
  return {
    page: (after, limit) =>
      page.all(after, limit).map(([body, ends]) => ({
        resource: JSON.parse(body) as Resource,
        ends: ends === '[]' ? none : (JSON.parse(ends) as readonly string[]),
      })),
    write: database.transaction((changes: readonly DiskChange[]) => changes.forEach(writeOne)),
    prune: (nowMs) => prune(database, nowMs),
    historyOf: (id, limit) =>
      database
        .prepare<[string, number], { at_ms: number; body: string | null }>(
          'SELECT at_ms, body FROM history WHERE resource = ? ORDER BY seq DESC LIMIT ?',
        )
        .all(id, limit)
        .map((row) => ({ atMs: row.at_ms, resource: row.body === null ? undefined : JSON.parse(row.body) })),
    knownSince: (connection) =>
      database
        .prepare<[string], number | null>('SELECT min(at_ms) FROM history WHERE connection = ?')
        .pluck()
        .get(connection) ?? undefined,
    resourcesAt: (connection, atMs) =>
      database
        .prepare<[string, number], { body: string | null }>(
          `SELECT body, max(seq) FROM history WHERE connection = ? AND at_ms <= ? GROUP BY resource ORDER BY resource`,
        )
        .all(connection, atMs)
        .flatMap((row) => (row.body === null ? [] : [JSON.parse(row.body) as Resource])),
  };
}

/**
 * Forgets states older than the history goes, but keeps what was current at its beginning, so that "what was there
 * then" stays whole; then the oldest states over the number kept.
 */
function prune(database: Database.Database, nowMs: number): void {
  const since = nowMs - limits.graphHistoryMs;
  database
    .prepare(
      `DELETE FROM history WHERE at_ms < @since AND (body IS NULL OR EXISTS (
         SELECT 1 FROM history AS later
         WHERE later.resource = history.resource AND later.seq > history.seq AND later.at_ms <= @since))`,
    )
    .run({ since });
  database
    .prepare('DELETE FROM history WHERE seq <= (SELECT max(seq) FROM history) - ?')
    .run(limits.graphHistoryRowsMax);
}

/** `["IN_NETWORK","os:network/1"]`: who it is from is the row's own id. */
function writtenRelations(relations: readonly Relation[]): string {
  return JSON.stringify(relations.flatMap(({ type, to }) => [type, to]));
}
