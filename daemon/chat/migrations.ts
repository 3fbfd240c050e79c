// The table of turns.

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
];
