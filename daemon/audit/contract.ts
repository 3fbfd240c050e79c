// The trail as the rest of the daemon sees it: append, read, verify, export. Appending is durable when it returns;
// where it throws, nothing may be written to any cloud.

import type { AuditEntry, AuditRecord, AuditVerification } from '../../shared/model/audit.ts';
import type { Actor } from '../../shared/model/plan.ts';

/** The newest record. */
export interface AuditHead {
  /** 0 where there is no record yet. */
  readonly seq: number;
  /** 64 zeros where there is no record yet. */
  readonly hash: string;
}

/** A place outside the trail's own database that remembers its newest record, so that a cut-off end is noticed. */
export interface HeadWitness {
  /** For people: where it is. */
  readonly name: string;
  /** Undefined where it has never been written. Throws where it is there but cannot be read or trusted. */
  read(): AuditHead | undefined;
  /** Remembers a head, after the record was committed and never before. `durable` forces it to the disk. */
  write(head: AuditHead, durable: boolean): void;
  close(): void;
}

export interface AuditTrail {
  /** Appends one record, durable on return. Throws ProblemError `audit-unavailable`. */
  append(entry: AuditEntry): AuditRecord;
  /** Newest first. */
  list(where: {
    readonly limit: number;
    readonly beforeSeq?: number;
    readonly plan?: string;
    readonly actor?: string;
    readonly operation?: string;
    readonly target?: string;
    readonly fromMs?: number;
    readonly toMs?: number;
  }): readonly AuditRecord[];
  verify(): AuditVerification;
  /** Oldest first, in pages that fit a frame. */
  export(request: { readonly format: 'jsonl' | 'csv'; readonly afterSeq: number; readonly limit: number }): {
    readonly text: string;
    readonly nextSeq?: number;
  };
  readonly head: AuditHead;
  /**
   * A person says that a broken end of the trail is known (a restored backup, say). What was found is recorded for
   * good, and appending works again. Throws ProblemError `wrong-state` where nothing is broken.
   */
  acknowledge(actor: Actor): AuditRecord;
}
