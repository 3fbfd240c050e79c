// Online backup and restore of one database file. A backup counts only after the copy was opened and checked as a
// whole; a restore never destroys what it replaces, it moves it aside. Called by `stateKeeper.ts`.

import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { applicationId, asStoreProblem, storeProblem } from './database.ts';

export interface VerifiedCopy {
  readonly file: string;
  readonly bytes: number;
  /** Rows by table, as counted in the copy. */
  readonly rows: Readonly<Record<string, number>>;
}

/**
 * Copies a database that is in use to `file`, checks the copy and puts it in place in one move.
 * Throws ProblemError `store-unavailable`; an earlier backup under that name stays then.
 */
export async function backupDatabase(database: Database.Database, file: string): Promise<VerifiedCopy> {
  const unfinished = `${file}.unfinished`;
  try {
    rmSync(unfinished, { force: true });
    await database.backup(unfinished);
    chmodSync(unfinished, 0o600);
    const rows = verifyCopy(unfinished);
    putInPlace(unfinished, file);
    return { file, bytes: statSync(file).size, rows };
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw asStoreProblem(error, file);
  }
}

/**
 * Puts a checked backup where a database file was. No process may have the file open.
 * What was there before is kept beside it; its name is returned. Throws ProblemError `store-unavailable`.
 */
export function restoreDatabase(backup: string, file: string, nowMs: number): { readonly kept?: string } {
  const unfinished = `${file}.unfinished`;
  try {
    if (!existsSync(backup))
      throw storeProblem(`There is no backup at ${backup}.`, 'Give the path of a backup file.');
    verifyCopy(backup);
    requireUnused(file);
    copyFileSync(backup, unfinished);
    chmodSync(unfinished, 0o600);
    verifyCopy(unfinished);
    const kept = moveAside(file, nowMs);
    putInPlace(unfinished, file);
    return kept === undefined ? {} : { kept };
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw asStoreProblem(error, file);
  }
}

/** Reads the whole copy. Throws where it is damaged or not ours. */
export function verifyCopy(file: string): Readonly<Record<string, number>> {
  const copy = new Database(file, { readonly: true, fileMustExist: true });
  try {
    const ours = copy.pragma('application_id', { simple: true }) === applicationId;
    const sound = ours && copy.pragma('integrity_check', { simple: true }) === 'ok';
    if (!sound || (copy.pragma('foreign_key_check') as unknown[]).length > 0)
      throw storeProblem(
        `The copy ${file} did not pass its check.`,
        'Check the disk and make another backup.',
      );
    const tables = copy
      .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
      .pluck()
      .all();
    return Object.fromEntries(tables.map((table) => [table, countRows(copy, table)]));
  } finally {
    copy.close();
  }
}

function countRows(database: Database.Database, table: string): number {
  return database.prepare<[], number>(`SELECT count(*) FROM "${table}"`).pluck().get() ?? 0;
}

function requireUnused(file: string): void {
  if (!existsSync(file)) return;
  let database: Database.Database | undefined;
  try {
    database = new Database(file, { timeout: 0 });
    database.pragma('locking_mode = EXCLUSIVE');
    database.exec('BEGIN EXCLUSIVE; COMMIT');
  } catch (error) {
    // A damaged file is exactly what one restores over; only a busy one stands in the way.
    if (/^SQLITE_(BUSY|LOCKED)/.test(String((error as { code?: unknown }).code ?? '')))
      throw storeProblem(
        `The file ${file} is in use.`,
        'Stop the daemon first: its clients start it again.',
        error,
      );
  } finally {
    database?.close();
  }
}

function moveAside(file: string, nowMs: number): string | undefined {
  if (!existsSync(file)) return undefined;
  const kept = `${file}.before-${new Date(nowMs).toISOString().replace(/[:.]/g, '-')}`;
  for (const suffix of ['-wal', '-shm', ''])
    if (existsSync(file + suffix)) renameSync(file + suffix, kept + suffix);
  return kept;
}

/** Durable rename: the bytes first, then the name, then the folder that holds the name. */
export function putInPlace(from: string, to: string): void {
  sync(from);
  renameSync(from, to);
  if (process.platform !== 'win32') sync(path.dirname(to));
}

function sync(entry: string): void {
  const descriptor = openSync(entry, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
