// The schema of the simulated cloud: its things, the marks of the writes it took, and faults that wait to happen.
// A write changes things and records its mark in one transaction, so that a crash leaves both or neither.

import type { Migration } from '../../store/migrations.ts';

export const sandboxMigrations: readonly Migration[] = [
  {
    id: 1,
    name: 'things, marks and faults',
    sql: `
      CREATE TABLE things (id TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT, WITHOUT ROWID;
      CREATE TABLE marks (
        mark TEXT PRIMARY KEY,
        operation TEXT NOT NULL,
        target TEXT,
        created TEXT,
        at_ms INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE faults (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;
      CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
    `,
  },
  {
    id: 2,
    name: 'marks by age',
    sql: 'CREATE INDEX marks_by_age ON marks (at_ms)',
  },
];
