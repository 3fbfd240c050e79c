// Schema of models.db: every version of every network, with what it was learnt from.

import type { Migration } from '../store/migrations.ts';

export const learnMigrations: readonly Migration[] = [
  {
    id: 1,
    name: 'models',
    sql: `
      CREATE TABLE models (
        resource TEXT NOT NULL, version INTEGER NOT NULL, state TEXT NOT NULL, about TEXT NOT NULL,
        means BLOB NOT NULL, deviations BLOB NOT NULL, weights BLOB NOT NULL,
        PRIMARY KEY (resource, version)
      ) STRICT;
      CREATE UNIQUE INDEX models_active ON models (resource) WHERE state = 'active';
    `,
  },
];
