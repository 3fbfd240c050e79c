// "What depends on prod/redis?": what hangs on a resource, nearest first.

import type { StepDraft } from '../../shared/model/reading.ts';
import { limits } from '../config.ts';
import type { AnswerSources, StepAnswer } from './answers.ts';
import { requireOne } from './targets.ts';

export function answerTopology(step: StepDraft, sources: AnswerSources): StepAnswer {
  const resource = requireOne(step, sources);
  const dependents = sources.graph.dependentsOf(resource.id);
  if (dependents.length === 0) {
    return { summary: `Nothing known hangs on ${resource.name}.`, blocks: [], refs: [resource.id] };
  }
  const rows = dependents.slice(0, limits.answerRowsMax).map((dependent) => ({
    id: dependent.resource.id,
    cells: {
      name: dependent.resource.name,
      kind: dependent.resource.kind,
      status: dependent.resource.status,
      relation: dependent.relation,
    },
  }));
  const columns = [
    { key: 'name', title: 'Name' },
    { key: 'kind', title: 'Kind' },
    { key: 'status', title: 'Status' },
    { key: 'relation', title: 'How' },
  ];
  const verb = dependents.length === 1 ? 'resource hangs' : 'resources hang';
  return {
    summary: `${dependents.length} ${verb} on ${resource.name}.`,
    blocks: [{ kind: 'table', columns, rows, total: dependents.length }],
    refs: [resource.id],
  };
}
