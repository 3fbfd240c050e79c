// Schema of failures.db: looks with what came of them, failures, predictions with their outcome, and models.

import type { Migration } from '../store/migrations.ts';

export const failureMigrations: readonly Migration[] = [
  {
    id: 1,
    name: 'failures',
    sql: `
      CREATE TABLE looks (
        resource TEXT NOT NULL, at_ms INTEGER NOT NULL, class TEXT NOT NULL, features BLOB NOT NULL,
        failed INTEGER, failed_ms INTEGER, PRIMARY KEY (resource, at_ms)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX looks_open ON looks (resource) WHERE failed IS NULL;
      CREATE INDEX looks_by_class ON looks (class, failed, at_ms);
      CREATE TABLE failures (
        resource TEXT NOT NULL, at_ms INTEGER NOT NULL, what TEXT NOT NULL, class TEXT NOT NULL, detail TEXT NOT NULL,
        PRIMARY KEY (resource, at_ms, what)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX failures_by_time ON failures (at_ms);
      CREATE TABLE predictions (
        id INTEGER PRIMARY KEY AUTOINCREMENT, resource TEXT NOT NULL, method TEXT NOT NULL, at_ms INTEGER NOT NULL,
        due_ms INTEGER NOT NULL, raw REAL NOT NULL, live INTEGER NOT NULL, body TEXT NOT NULL, hit INTEGER, settled_ms INTEGER
      ) STRICT;
      CREATE UNIQUE INDEX predictions_open ON predictions (resource, method) WHERE settled_ms IS NULL;
      CREATE INDEX predictions_settled ON predictions (method, settled_ms);
      CREATE TABLE models (
        class TEXT NOT NULL, version INTEGER NOT NULL, state TEXT NOT NULL, about TEXT NOT NULL, body TEXT NOT NULL,
        PRIMARY KEY (class, version)
      ) STRICT;
      CREATE UNIQUE INDEX models_active ON models (class) WHERE state = 'active';
    `,
  },
];
