// Schema of series.db. Keys of chunks and roll-ups put series and time into one number, so that what belongs to one
// series lies together on the disk: series * 2^26 + minute of the begin.

import type { Migration } from '../store/migrations.ts';

const block = 'key INTEGER PRIMARY KEY, body BLOB NOT NULL';

export const seriesMigrations: readonly Migration[] = [
  {
    id: 1,
    name: 'series',
    sql: `
      CREATE TABLE series (
        id INTEGER PRIMARY KEY, resource TEXT NOT NULL, metric TEXT NOT NULL, part TEXT NOT NULL,
        unit TEXT NOT NULL, source TEXT NOT NULL, last_ms INTEGER NOT NULL, last_value REAL NOT NULL,
        step_ms INTEGER NOT NULL, UNIQUE (resource, metric, part)
      ) STRICT;
      -- What was appended and is not in a chunk on the disk yet.
      CREATE TABLE journal (seq INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT;
      CREATE TABLE chunks (key INTEGER PRIMARY KEY, is_open INTEGER NOT NULL, body BLOB NOT NULL) STRICT;
      CREATE INDEX open_chunks ON chunks (key) WHERE is_open = 1;
      CREATE TABLE rollup_1 (${block}) STRICT;
      CREATE TABLE rollup_10 (${block}) STRICT;
      CREATE TABLE rollup_60 (${block}) STRICT;
    `,
  },
];
