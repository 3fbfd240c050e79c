// Schema of threat.db: for each log what was learnt of it, what is told of it and how far it was read, in one row, so that
// the three can never disagree.

import type { Migration } from '../store/migrations.ts';

export const threatMigrations: readonly Migration[] = [
  {
    id: 1,
    name: 'logs',
    sql: `
      CREATE TABLE logs (
        log TEXT PRIMARY KEY,
        body TEXT NOT NULL
      ) STRICT;
    `,
  },
];
