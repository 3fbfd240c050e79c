// The trail as the rest of the daemon sees it: append, read, verify, export. Appending is durable when it returns;
// where it throws, nothing may be written to any cloud.

import type { AuditEntry, AuditRecord, AuditVerification } from '../../shared/model/audit.ts';

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
  readonly head: { readonly seq: number; readonly hash: string };
}
