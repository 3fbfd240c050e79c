// What a person corrected, kept as items of a set of test sentences until they export or forget it: the newest
// `limits.correctionsMax`. Nothing here leaves the machine by itself, and secrets were taken out of the text before.

import type Database from 'better-sqlite3';
import type { NotationItem } from '../../shared/model/notation.ts';
import { redactJson } from '../../shared/model/redact.ts';
import type { Json } from '../../shared/model/resource.ts';
import { limits } from '../config.ts';
import type { Corrections } from './contract.ts';

export function createCorrections(database: Database.Database, now: () => number): Corrections {
  const insert = database.prepare<[string, string]>('INSERT INTO corrections (at, item) VALUES (?, ?)');
  const trim = database.prepare<[number]>(
    'DELETE FROM corrections WHERE id <= (SELECT id FROM corrections ORDER BY id DESC LIMIT 1 OFFSET ?)',
  );
  const select = database.prepare<[number, number], { id: number; item: string }>(
    'SELECT id, item FROM corrections WHERE id > ? ORDER BY id LIMIT ?',
  );
  const forget = database.prepare('DELETE FROM corrections');
  return {
    add(item) {
      const safe = JSON.stringify(redactJson(item as unknown as Json));
      if (safe.length > limits.correctionCharactersMax) return;
      insert.run(new Date(now()).toISOString(), safe);
      trim.run(limits.correctionsMax);
    },
    list({ after, limit }) {
      const rows = select.all(after, limit);
      const items = rows.map(({ id, item }) => ({
        ...(JSON.parse(item) as NotationItem),
        id: `correction-${id}`,
      }));
      const last = rows.at(-1)?.id;
      return { items, ...(rows.length === limit && last !== undefined && { next: last }) };
    },
    clear: () => forget.run().changes,
  };
}
