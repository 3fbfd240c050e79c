// The journal's memory of the newest audit record. It is written inside the journal's own transactions, so it costs no
// extra trip to the disk, and it lives in another file than the trail and its head file: taking the end of the trail
// away unnoticed would take altering all three.

import type Database from 'better-sqlite3';
import type { AuditHead, HeadWitness } from '../audit/contract.ts';

export interface AuditWitness extends HeadWitness {
  /** Writes the newest head seen; inside a transaction of the journal. */
  store(): void;
}

export function createAuditWitness(database: Database.Database): AuditWitness {
  const read = database.prepare<[], AuditHead>('SELECT seq, hash FROM audit_head WHERE id = 1');
  const write = database.prepare('INSERT OR REPLACE INTO audit_head (id, seq, hash) VALUES (1, ?, ?)');
  let newest: AuditHead | undefined;
  const store = (): void => {
    if (!newest) return;
    write.run(newest.seq, newest.hash);
    newest = undefined;
  };
  return {
    name: 'the journal',
    read: () => read.get(),
    write: (head, durable) => {
      newest = head;
      if (durable) store();
    },
    store,
    close: () => undefined,
  };
}
