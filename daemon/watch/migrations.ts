// Schema of watch.db: incidents, what people said of them and of series, mutes, and the state of detectors.

import type { Migration } from '../store/migrations.ts';

export const watchMigrations: readonly Migration[] = [
  {
    id: 1,
    name: 'incidents',
    sql: `
      CREATE TABLE incidents (
        id INTEGER PRIMARY KEY AUTOINCREMENT, open INTEGER NOT NULL, started_ms INTEGER NOT NULL,
        ended_ms INTEGER, body TEXT NOT NULL
      ) STRICT;
      CREATE INDEX incidents_by_start ON incidents (started_ms);
      CREATE INDEX incidents_open ON incidents (open) WHERE open = 1;
      CREATE TABLE mutes (id INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL) STRICT;
      CREATE TABLE thresholds (series TEXT PRIMARY KEY, shift REAL NOT NULL, changed_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;
      CREATE TABLE detector_states (series TEXT PRIMARY KEY, at_ms INTEGER NOT NULL, body BLOB NOT NULL) STRICT, WITHOUT ROWID;
    `,
  },
];
