// Numbered migrations: each runs once, all that are missing in one transaction, and a checksum remembers the words
// of those that ran. A migration that was changed after it ran, or a database that knows a later one, is refused:
// guessing at a schema is how data gets lost. Called by `openDatabase` and by the check of a backup.

import { createHash } from 'node:crypto';
import type Database from 'better-sqlite3';
import { ProblemError } from '../../shared/model/problem.ts';

export interface Migration {
  /** Counts up from 1 within one file; never reused, never reordered. */
  readonly id: number;
  readonly name: string;
  readonly sql: string;
}

interface AppliedMigration {
  readonly id: number;
  readonly name: string;
  readonly checksum: string;
}

/** Same number as `applicationId` of `database.ts`; set together with the first migration. */
const markAsOurs = 'PRAGMA application_id = 0x50494c4f';

/** Brings the schema up to date. Throws ProblemError `store-unavailable`, with nothing changed. */
export function migrate(database: Database.Database, file: string, migrations: readonly Migration[]): void {
  requireAscending(migrations);
  if (isUpToDate(database, file, migrations)) return;
  database
    .transaction(() => {
      database.exec(markAsOurs);
      database.exec(
        `CREATE TABLE IF NOT EXISTS migrations (
           id INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at TEXT NOT NULL
         ) STRICT`,
      );
      // Read again under the write lock: another process may have just done it.
      const applied = checkApplied(database, file, migrations);
      for (const migration of migrations) if (!applied.has(migration.id)) apply(database, migration);
    })
    .immediate();
}

function apply(database: Database.Database, migration: Migration): void {
  database.exec(migration.sql);
  database
    .prepare('INSERT INTO migrations (id, name, checksum, applied_at) VALUES (?, ?, ?, ?)')
    .run(migration.id, migration.name, checksumOf(migration), new Date().toISOString());
}

function isUpToDate(database: Database.Database, file: string, migrations: readonly Migration[]): boolean {
  const table = database
    .prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'migrations'")
    .get();
  if (table === undefined) return false;
  const applied = checkApplied(database, file, migrations);
  return migrations.every((migration) => applied.has(migration.id));
}

function checkApplied(
  database: Database.Database,
  file: string,
  migrations: readonly Migration[],
): ReadonlySet<number> {
  const known = new Map(migrations.map((migration) => [migration.id, migration]));
  const rows = database
    .prepare<[], AppliedMigration>('SELECT id, name, checksum FROM migrations ORDER BY id')
    .all();
  for (const row of rows) {
    const migration = known.get(row.id);
    if (!migration) throw newerProblem(file, row);
    if (checksumOf(migration) !== row.checksum) throw changedProblem(file, row);
  }
  return new Set(rows.map((row) => row.id));
}

function newerProblem(file: string, row: AppliedMigration): ProblemError {
  return new ProblemError({
    code: 'store-unavailable',
    message: `The file ${file} was written by a newer Pilothouse (it knows migration ${row.id}, "${row.name}").`,
    fix: 'Update Pilothouse, or use another state folder. The file was left untouched.',
  });
}

function changedProblem(file: string, row: AppliedMigration): ProblemError {
  return new ProblemError({
    code: 'store-unavailable',
    message: `The file ${file} was made by another build of Pilothouse: migration ${row.id}, "${row.name}", differs.`,
    fix: 'Use the build that made it, or another state folder. The file was left untouched.',
  });
}

function checksumOf(migration: Migration): string {
  return createHash('sha256').update(`${migration.id}\n${migration.name}\n${migration.sql}`).digest('hex');
}

function requireAscending(migrations: readonly Migration[]): void {
  migrations.forEach((migration, position) => {
    if (migration.id !== position + 1) throw new Error(`Migrations must count from 1: ${migration.name}`);
  });
}
