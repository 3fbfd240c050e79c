// Schema of the audit trail. A record is one canonical JSON text and its hash; there is nothing beside it that could
// say something else, and no index that every append would have to pay for. Triggers refuse change and removal:
// they stop mistakes; against a person with the file in hand stands the chain.

import type { Migration } from '../store/migrations.ts';

export const auditMigrations: readonly Migration[] = [
  {
    id: 1,
    name: 'audit trail',
    sql: `
      CREATE TABLE audit_records (
        seq INTEGER PRIMARY KEY CHECK (seq > 0),
        body TEXT NOT NULL,
        hash TEXT NOT NULL
      ) STRICT;
      CREATE TRIGGER audit_records_never_change BEFORE UPDATE ON audit_records
        BEGIN SELECT RAISE(ABORT, 'audit records are never changed'); END;
      CREATE TRIGGER audit_records_never_go BEFORE DELETE ON audit_records
        BEGIN SELECT RAISE(ABORT, 'audit records are never removed'); END;
    `,
  },
];
