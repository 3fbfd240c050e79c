// The schema of what people said about their connections. It decides how careful the rules are, so it is kept in a
// durable file of its own and survives a connection that is away for a while.

import type { Migration } from '../store/migrations.ts';

export const connectionMigrations: readonly Migration[] = [
  {
    id: 1,
    name: 'mode and environment of connections',
    sql: `
      CREATE TABLE connection_settings (
        id TEXT PRIMARY KEY,
        mode TEXT CHECK (mode IN ('read-only', 'confirm')),
        environment TEXT CHECK (environment IN ('prod', 'staging', 'test', 'dev', 'sandbox', 'unknown'))
      ) STRICT, WITHOUT ROWID;
    `,
  },
];
