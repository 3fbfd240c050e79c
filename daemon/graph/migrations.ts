// The schema of the graph's file: what is there now, for a warm start, and the states resources went through.
// It is a cache of what clouds said and may be thrown away; journal and audit live elsewhere.

import type { Migration } from '../store/migrations.ts';

export const graphMigrations: readonly Migration[] = [
  {
    id: 1,
    name: 'resources and their history',
    sql: `
      CREATE TABLE resources (
        id TEXT PRIMARY KEY,
        body TEXT NOT NULL,
        relations TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE history (
        seq INTEGER PRIMARY KEY,
        at_ms INTEGER NOT NULL,
        resource TEXT NOT NULL,
        connection TEXT NOT NULL,
        body TEXT
      ) STRICT;
      CREATE INDEX history_by_resource ON history (resource, seq);
      CREATE INDEX history_by_connection ON history (connection, at_ms);
      CREATE INDEX history_by_time ON history (at_ms);
    `,
  },
  {
    id: 2,
    name: 'relations as types and other ends; what was known is read from the clouds again',
    sql: 'DELETE FROM resources;',
  },
];
