// How long turns are kept: so many days, and so many turns in all conversations together, as the person chose. The
// oldest go first. Only turns go; plans and audit have rules of their own.

import type Database from 'better-sqlite3';
import { limits } from '../config.ts';
import type { Retention } from './contract.ts';

const dayMs = 24 * 3_600_000;

export function createRetention(database: Database.Database, usual: Retention) {
  const select = database.prepare<[], { days_max: number; turns_max: number }>(
    'SELECT days_max, turns_max FROM chat_retention',
  );
  const upsert = database.prepare<[number, number]>(
    `INSERT INTO chat_retention (only, days_max, turns_max) VALUES (1, ?, ?)
     ON CONFLICT (only) DO UPDATE SET days_max = excluded.days_max, turns_max = excluded.turns_max`,
  );
  const trim = database.prepare<[number]>(
    'DELETE FROM chat_turns WHERE id <= (SELECT id FROM chat_turns ORDER BY id DESC LIMIT 1 OFFSET ?)',
  );
  const age = database.prepare<[string]>('DELETE FROM chat_turns WHERE at < ?');
  const row = select.get();
  let current: Retention = row ? { daysMax: row.days_max, turnsMax: row.turns_max } : usual;
  return {
    get current() {
      return current;
    },
    set(next: Retention): void {
      current = { daysMax: next.daysMax, turnsMax: Math.min(next.turnsMax, limits.chatTurnsKeptMax) };
      upsert.run(current.daysMax, current.turnsMax);
    },
    /** Lets go of what is too old or too much; gives how many turns that were. */
    enforce(nowMs: number): number {
      const tooMany = trim.run(current.turnsMax).changes;
      if (current.daysMax === 0) return tooMany;
      return tooMany + age.run(new Date(nowMs - current.daysMax * dayMs).toISOString()).changes;
    },
  };
}
