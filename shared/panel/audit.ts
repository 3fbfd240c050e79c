// What the audit panel and the extension say to each other. The panel shows records and asks for more; it can
// change nothing. Callers: extension/panels/ and webview/audit/.

import type { AuditRecord, AuditVerification } from '../model/audit.ts';
import type { PanelProblem } from './chat.ts';

/** Empty fields do not filter. */
export interface AuditFilter {
  readonly plan?: string;
  readonly actor?: string;
  readonly operation?: string;
  readonly target?: string;
}

export type ToAudit =
  /** Newest first; `reset` replaces what is there, otherwise they follow it. */
  | {
      readonly type: 'records';
      readonly records: readonly AuditRecord[];
      readonly hasOlder: boolean;
      readonly reset: boolean;
    }
  | { readonly type: 'verified'; readonly verification: AuditVerification }
  | { readonly type: 'filter'; readonly filter: AuditFilter }
  | { readonly type: 'problem'; readonly problem: PanelProblem };

export type FromAudit =
  | { readonly type: 'ready' }
  | { readonly type: 'list'; readonly filter: AuditFilter; readonly beforeSeq?: number }
  | { readonly type: 'verify' }
  | { readonly type: 'export' };

const filterCharactersMax = 200;
const filterNames = ['plan', 'actor', 'operation', 'target'] as const;

/** A message of the panel, checked; undefined where it is not one. */
export function parseFromAudit(value: unknown): FromAudit | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const message = value as Record<string, unknown>;
  const type = message.type;
  if (type === 'ready' || type === 'verify' || type === 'export') return { type };
  if (type !== 'list') return undefined;
  const given = (message.filter ?? {}) as Record<string, unknown>;
  const filter: { -readonly [K in keyof AuditFilter]: AuditFilter[K] } = {};
  for (const name of filterNames) {
    const field = given[name];
    if (field === undefined || field === '') continue;
    if (typeof field !== 'string' || field.length > filterCharactersMax) return undefined;
    filter[name] = field;
  }
  const beforeSeq = message.beforeSeq;
  if (beforeSeq === undefined) return { type, filter };
  return Number.isSafeInteger(beforeSeq) && (beforeSeq as number) > 0
    ? { type, filter, beforeSeq: beforeSeq as number }
    : undefined;
}
