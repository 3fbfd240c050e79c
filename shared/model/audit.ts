// A record of the audit trail. Records are only ever appended; each holds the hash of the one before it.

import type { Identity } from './connection.ts';
import type { Actor } from './plan.ts';
import type { Json } from './resource.ts';

export const auditEvents = [
  'daemon.started',
  'daemon.stopped',
  'plan.proposed',
  'plan.denied',
  'plan.approved',
  'plan.rejected',
  'plan.expired',
  'plan.cancelled',
  'plan.finished',
  'step.before',
  'step.after',
  'step.reconciled',
  'step.resolved',
  'connection.changed',
  'audit.exported',
  'audit.acknowledged',
  'incident.judged',
  'network.changed',
  'mute.changed',
  'metrics.configured',
  'state.restored',
  'terminal.opened',
  'terminal.ended',
  'graph.configured',
  'graph.exporting',
  'graph.exported',
] as const;
export type AuditEvent = (typeof auditEvents)[number];

export interface AuditEntry {
  readonly event: AuditEvent;
  readonly actor: Actor;
  /** Who it acted as in the cloud; absent where no cloud was involved. */
  readonly actedAs?: { readonly connection: string; readonly identity?: Identity };
  readonly plan?: string;
  readonly digest?: string;
  readonly step?: number;
  readonly operation?: string;
  readonly target?: string;
  readonly outcome?: string;
  /** More, without secrets: arguments as shown, error code, what was read back. */
  readonly detail?: { readonly [key: string]: Json };
}

export interface AuditRecord extends AuditEntry {
  /** Counts from 1 without a gap. */
  readonly seq: number;
  /** ISO 8601 UTC. */
  readonly at: string;
  /** Hash of the record before; 64 zeros for the first. */
  readonly previous: string;
  /** SHA-256, hex, over canonical JSON of everything above it. */
  readonly hash: string;
}

/** Outcome of checking the chain. The first bad record is named. */
export type AuditVerification =
  | { readonly ok: true; readonly records: number; readonly head: string }
  | {
      readonly ok: false;
      readonly records: number;
      readonly seq: number;
      readonly problem: 'changed' | 'removed' | 'reordered' | 'truncated' | 'unreadable';
      readonly message: string;
    };
