// Opens the daemon's SQLite files: WAL, foreign keys, a busy timeout, private file modes, and migrations applied
// before anybody reads. It never overwrites or repairs a file it cannot trust: a damaged file, a file of a newer
// Pilothouse or a file of another program is refused with a sentence that says what to do.
// Rooms bring their own migrations; `main.ts` opens each file once and hands it on.

import { chmodSync, closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { ProblemError } from '../../shared/model/problem.ts';
import { limits } from '../config.ts';
import { type Migration, migrate } from './migrations.ts';

/** `full`: what was committed survives a power cut. `normal`: it survives a crash of the daemon. */
export type Durability = 'full' | 'normal';

export interface OpenOptions {
  readonly file: string;
  readonly durability: Durability;
  readonly migrations: readonly Migration[];
  /**
   * No other process may even read the file while it is open: the audit trail and the journal have one writer, and a
   * second daemon over the same state is refused here. Default: false.
   */
  readonly exclusive?: boolean;
}

/** Marks a file as one of Pilothouse (`PILO`), so that no other program's database is ever migrated. */
export const applicationId = 0x50494c4f;

/**
 * Opens (or makes) a database file with mode 0600 and brings its schema up to date.
 * Throws ProblemError `store-unavailable`; the file is left as it was then.
 */
export function openDatabase(options: OpenOptions): Database.Database {
  prepareFile(options.file);
  let database: Database.Database | undefined;
  try {
    database = new Database(options.file, { timeout: limits.storeBusyTimeoutMs });
    requireOurs(database, options.file);
    configure(database, options);
    requireHealthy(database, options.file);
    migrate(database, options.file, options.migrations);
    // The lock is taken by the first write, not by asking for it.
    if (options.exclusive) database.exec('BEGIN IMMEDIATE; COMMIT');
    return database;
  } catch (error) {
    database?.close();
    throw asStoreProblem(error, options.file);
  }
}

/** Turns what SQLite throws into the sentence a person needs. */
export function asStoreProblem(error: unknown, file: string): ProblemError {
  if (error instanceof ProblemError) return error;
  const code = sqliteCode(error);
  if (code.startsWith('SQLITE_NOTADB') || code.startsWith('SQLITE_CORRUPT')) return damaged(file, error);
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED'))
    return storeProblem(
      `The file ${file} is held by another process.`,
      'Close the other program that has it open, then try again.',
      error,
    );
  if (code.startsWith('SQLITE_FULL'))
    return storeProblem(
      `There is no space left to write ${file}.`,
      'Free some disk space; nothing was lost.',
      error,
    );
  const message = error instanceof Error ? error.message : String(error);
  return storeProblem(
    `The file ${file} cannot be opened: ${message}.`,
    'Check that the folder exists, belongs to you and can be written.',
    error,
  );
}

/** A ProblemError of the store. */
export function storeProblem(message: string, fix: string, cause?: unknown): ProblemError {
  return new ProblemError({ code: 'store-unavailable', message, fix }, cause);
}

function sqliteCode(error: unknown): string {
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? code : '';
}

function damaged(file: string, cause?: unknown): ProblemError {
  return storeProblem(
    `The file ${file} is damaged or is not a database.`,
    'It was left untouched. Restore it from a backup, or move it aside to start with an empty one.',
    cause,
  );
}

/** Makes folder and file private before SQLite touches them: its -wal and -shm files take over the mode. */
function prepareFile(file: string): void {
  try {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    closeSync(openSync(file, 'a', 0o600));
    for (const each of [file, `${file}-wal`, `${file}-shm`]) if (existsSync(each)) chmodSync(each, 0o600);
  } catch (error) {
    throw asStoreProblem(error, file);
  }
}

function requireOurs(database: Database.Database, file: string): void {
  const id = database.pragma('application_id', { simple: true });
  if (id === applicationId) return;
  const tables = database.prepare<[], number>('SELECT count(*) FROM sqlite_schema').pluck().get() ?? 0;
  if (tables > 0 || id !== 0)
    throw storeProblem(
      `The file ${file} belongs to another program.`,
      'It was left untouched. Choose another state folder.',
    );
}

function configure(database: Database.Database, options: OpenOptions): void {
  if (options.exclusive) database.pragma('locking_mode = EXCLUSIVE');
  database.pragma('journal_mode = WAL');
  database.pragma(`synchronous = ${options.durability === 'full' ? 'FULL' : 'NORMAL'}`);
  database.pragma('foreign_keys = ON');
  // An `INSERT OR REPLACE` deletes without its triggers unless this is on.
  database.pragma('recursive_triggers = ON');
  database.pragma('trusted_schema = OFF');
  database.pragma(`cache_size = -${limits.storeCacheBytesMax / 1024}`);
  database.pragma(`journal_size_limit = ${limits.storeWalBytesMax}`);
}

/** SQLite notices damage only where it reads; small files are read whole at the start, large ones when used. */
function requireHealthy(database: Database.Database, file: string): void {
  if (statSync(file).size > limits.storeCheckBytesMax) return;
  const verdict = database.pragma('quick_check(1)', { simple: true });
  if (verdict !== 'ok') throw damaged(file);
}
