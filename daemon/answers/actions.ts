// Actions are plans: "list pending actions", "show action …".

import type { StepDraft } from '../../shared/model/reading.ts';
import { limits } from '../config.ts';
import type { AnswerSources, StepAnswer } from './answers.ts';

export function answerActions(_step: StepDraft, sources: AnswerSources): StepAnswer {
  const plans = sources.plans.list({ limit: limits.answerRowsMax });
  const open = plans.filter((plan) => ['proposed', 'approved', 'running', 'unknown'].includes(plan.state));
  const rows = plans.map((plan) => ({
    cells: {
      plan: plan.id,
      title: plan.title,
      state: plan.state,
      who: plan.requestedBy.user,
      at: plan.createdAt,
    },
  }));
  const columns = [
    { key: 'title', title: 'What' },
    { key: 'state', title: 'State' },
    { key: 'who', title: 'Asked by' },
    { key: 'at', title: 'At' },
    { key: 'plan', title: 'Plan' },
  ];
  return {
    summary: `${plans.length} ${plans.length === 1 ? 'plan' : 'plans'}, ${open.length} open.`,
    blocks: rows.length > 0 ? [{ kind: 'table', columns, rows, total: rows.length }] : [],
    refs: [],
    source: 'plans of this machine',
  };
}
