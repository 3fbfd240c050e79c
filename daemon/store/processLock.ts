// One process at a time, by a lock that the operating system lets go when the process dies, however it dies: an
// exclusive transaction on a small SQLite file of its own. So a lock is never stale and never has to be guessed about.

import { closeSync, openSync } from 'node:fs';
import Database from 'better-sqlite3';
import { asStoreProblem } from './database.ts';

/** Takes the lock and keeps it until the returned function is called or the process ends; undefined: another has it. */
export function takeProcessLock(file: string): (() => void) | undefined {
  let database: Database.Database | undefined;
  try {
    closeSync(openSync(file, 'a', 0o600));
    database = new Database(file, { timeout: 0 });
    database.pragma('locking_mode = EXCLUSIVE');
    database.exec('BEGIN EXCLUSIVE');
    const held = database;
    return () => held.close();
  } catch (error) {
    database?.close();
    if (error instanceof Error && (error as { code?: string }).code?.startsWith('SQLITE_BUSY'))
      return undefined;
    throw asStoreProblem(error, file);
  }
}
