// The tables of turns, of what is kept of them, of aliases and of corrections.

import type { Migration } from '../store/migrations.ts';

export const chatMigrations: readonly Migration[] = [
  {
    id: 1,
    name: 'turns',
    sql: `
      CREATE TABLE chat_turns (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        conversation TEXT NOT NULL,
        turn INTEGER NOT NULL,
        at TEXT NOT NULL,
        text TEXT NOT NULL,
        plan TEXT,
        result TEXT NOT NULL,
        UNIQUE (conversation, turn)
      ) STRICT;
    `,
  },
  {
    id: 2,
    name: 'search, retention, aliases and corrections',
    sql: `
      ALTER TABLE chat_turns ADD COLUMN words TEXT NOT NULL DEFAULT '';
      UPDATE chat_turns SET words = lower(text);
      CREATE TABLE chat_retention (
        only INTEGER PRIMARY KEY CHECK (only = 1),
        days_max INTEGER NOT NULL,
        turns_max INTEGER NOT NULL
      ) STRICT;
      CREATE TABLE aliases (
        key TEXT PRIMARY KEY,
        words TEXT NOT NULL,
        target TEXT NOT NULL,
        name TEXT NOT NULL,
        at TEXT NOT NULL
      ) STRICT;
      CREATE TABLE corrections (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at TEXT NOT NULL,
        item TEXT NOT NULL
      ) STRICT;
    `,
  },
];
