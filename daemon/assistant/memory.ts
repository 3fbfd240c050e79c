// What the language-model path remembers over restarts: the person's choice (never a key) and the tokens of each day.

import type Database from 'better-sqlite3';
import type { ModelSettings } from '../../shared/model/languageModel.ts';
import type { Migration } from '../store/migrations.ts';

export const assistantMigrations: readonly Migration[] = [
  {
    id: 1,
    name: 'language model',
    sql: `
      CREATE TABLE model_settings (only INTEGER PRIMARY KEY CHECK (only = 1), body TEXT NOT NULL) STRICT;
      CREATE TABLE model_tokens (day TEXT PRIMARY KEY, tokens INTEGER NOT NULL) STRICT;
    `,
  },
];

export function createModelMemory(database: Database.Database, now: () => number) {
  const select = database.prepare<[], string>('SELECT body FROM model_settings').pluck();
  const upsert = database.prepare(
    'INSERT INTO model_settings (only, body) VALUES (1, ?) ON CONFLICT (only) DO UPDATE SET body = excluded.body',
  );
  const tokens = database.prepare<[string], number>('SELECT tokens FROM model_tokens WHERE day = ?').pluck();
  const add = database.prepare(
    'INSERT INTO model_tokens (day, tokens) VALUES (?, ?) ON CONFLICT (day) DO UPDATE SET tokens = tokens + excluded.tokens',
  );
  const today = () => new Date(now()).toISOString().slice(0, 10);
  return {
    readSettings: (): ModelSettings | undefined => {
      const body = select.get();
      return body === undefined ? undefined : (JSON.parse(body) as ModelSettings);
    },
    writeSettings: (settings: ModelSettings): void => void upsert.run(JSON.stringify(settings)),
    tokensToday: (): number => tokens.get(today()) ?? 0,
    spend: (count: number): void => void add.run(today(), Math.max(0, Math.round(count))),
  };
}
