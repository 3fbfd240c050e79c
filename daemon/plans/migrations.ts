// Schema of the journal: plans as they were shown, the little of them that changes, and one row a step that was begun.
// It also remembers the newest audit record, so that an audit trail that lost its end is noticed from here too.

import type { Migration } from '../store/migrations.ts';

export const journalMigrations: readonly Migration[] = [
  {
    id: 1,
    name: 'plans and their steps',
    sql: `
      CREATE TABLE plans (
        id TEXT PRIMARY KEY,
        created_ms INTEGER NOT NULL,
        state TEXT NOT NULL,
        shown TEXT NOT NULL,
        ending TEXT NOT NULL
      ) STRICT;
      CREATE INDEX plans_by_time ON plans (created_ms);
      CREATE INDEX plans_by_state ON plans (state);
      CREATE TABLE steps (
        plan TEXT NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
        step INTEGER NOT NULL,
        mark TEXT NOT NULL UNIQUE,
        boundary TEXT NOT NULL CHECK (boundary IN ('intended', 'performed', 'settled', 'closed')),
        intended_ms INTEGER NOT NULL,
        facts TEXT NOT NULL,
        PRIMARY KEY (plan, step)
      ) STRICT;
      CREATE TABLE audit_head (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        seq INTEGER NOT NULL,
        hash TEXT NOT NULL
      ) STRICT;
    `,
  },
];
