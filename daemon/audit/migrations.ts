// Schema of the audit trail. A record is one canonical JSON text and its hash; what is searched for is computed from
// that text, so that there is nothing beside it that could say something else. Triggers refuse change and removal:
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
        hash TEXT NOT NULL CHECK (length(hash) = 64),
        plan TEXT GENERATED ALWAYS AS (json_extract(body, '$.plan')) VIRTUAL
      ) STRICT;
      CREATE INDEX audit_records_plan ON audit_records (plan, seq) WHERE plan IS NOT NULL;
      CREATE TRIGGER audit_records_never_change BEFORE UPDATE ON audit_records
        BEGIN SELECT RAISE(ABORT, 'audit records are never changed'); END;
      CREATE TRIGGER audit_records_never_go BEFORE DELETE ON audit_records
        BEGIN SELECT RAISE(ABORT, 'audit records are never removed'); END;
    `,
  },
];
