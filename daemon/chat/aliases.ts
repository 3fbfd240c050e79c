// Words that a person lets stand for a thing, in SQLite. It keeps what it is told; whether words may be an alias is the
// reader's to say. Bounded: when there are too many, the person is asked to remove one, because forgetting one silently
// would change what a sentence means.

import type Database from 'better-sqlite3';
import type { AliasInfo } from '../../shared/model/alias.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import { limits } from '../config.ts';
import type { Aliases } from './contract.ts';

type Kept = Omit<AliasInfo, 'missing'>;

export function createAliases(database: Database.Database, now: () => number): Aliases {
  const select = database.prepare<[], Kept>('SELECT words, target, name, at FROM aliases ORDER BY key');
  const upsert = database.prepare<[string, string, string, string, string]>(
    `INSERT INTO aliases (key, words, target, name, at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (key) DO UPDATE SET
       words = excluded.words, target = excluded.target, name = excluded.name, at = excluded.at`,
  );
  const remove = database.prepare<[string]>('DELETE FROM aliases WHERE key = ?');
  const listeners = new Set<(aliases: readonly Kept[]) => void>();
  const changed = (): void => {
    const all = select.all();
    for (const listener of [...listeners]) listener(all);
  };
  return {
    list: () => select.all(),
    set({ words, target, name }) {
      const spoken = words.trim().replace(/\s+/g, ' ');
      const key = keyOf(spoken);
      const all = select.all();
      if (all.length >= limits.aliasesMax && !all.some((one) => keyOf(one.words) === key)) throw tooMany();
      const at = new Date(now()).toISOString();
      upsert.run(key, spoken, target, name, at);
      changed();
      return { words: spoken, target, name, at };
    },
    remove(words) {
      const removed = remove.run(keyOf(words)).changes > 0;
      if (removed) changed();
      return removed;
    },
    onDidChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The same words, however they are written: "the DB", "The-db". */
function keyOf(words: string): string {
  return words
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function tooMany(): ProblemError {
  return new ProblemError({
    code: 'overloaded',
    message: `${limits.aliasesMax} aliases are kept already.`,
    fix: 'Remove one that is not needed any more (Pilothouse: Manage Aliases…).',
  });
}
