// "Who deleted web-3?", "what did Carol do yesterday?": the audit trail, newest first.

import type { AuditRecord } from '../../shared/model/audit.ts';
import type { StepDraft } from '../../shared/model/reading.ts';
import { limits } from '../config.ts';
import type { AnswerSources, StepAnswer } from './answers.ts';

export function answerAudit(step: StepDraft, sources: AnswerSources): StepAnswer {
  const { actor, op, limit } = step.args;
  const target = step.target?.kind === 'resources' ? step.target.ids[0] : undefined;
  const records = sources.audit.list({
    limit: typeof limit === 'number' ? Math.min(limit, limits.auditPageMax) : limits.answerRowsMax,
    actor: typeof actor === 'string' ? actor : undefined,
    operation: typeof op === 'string' ? op : undefined,
    target,
    ...spanOf(step, sources.now()),
  });
  const count = records.length;
  return {
    summary:
      count === 0
        ? 'The audit trail has no such record.'
        : `${count} ${count === 1 ? 'record' : 'records'}, newest first.`,
    blocks: count === 0 ? [] : [tableOfRecords(records, sources)],
    refs: [...new Set(records.map((record) => record.target).filter((id) => id !== undefined))],
    source: `audit trail, ${sources.audit.head.seq} records`,
  };
}

/** The time a question is about; undefined where it does not say. */
export function spanOf(
  { args: { window_s: window, from, to } }: StepDraft,
  nowMs: number,
): { readonly fromMs: number | undefined; readonly toMs: number | undefined } {
  const ago = typeof window === 'number' ? nowMs - window * 1000 : undefined;
  const since = typeof from === 'string' ? Date.parse(from) : undefined;
  return { fromMs: ago ?? since, toMs: typeof to === 'string' ? Date.parse(to) : undefined };
}

function tableOfRecords(records: readonly AuditRecord[], sources: AnswerSources) {
  const columns = ['seq', 'at', 'who', 'event', 'what', 'target', 'outcome'].map((key) => ({
    key,
    title: key === 'seq' ? 'No.' : key.charAt(0).toUpperCase() + key.slice(1),
  }));
  const rows = records.map((record) => ({
    id: record.target,
    cells: {
      seq: record.seq,
      at: record.at,
      who: `${record.actor.user} (${record.actor.how})`,
      event: record.event,
      what: record.operation ?? '',
      target: (record.target && (sources.graph.get(record.target)?.name ?? record.target)) || '',
      outcome: record.outcome ?? '',
    },
  }));
  return { kind: 'table', columns, rows, total: rows.length } as const;
}
