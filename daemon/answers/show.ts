// The details of one resource or a few: everything known, with the resources it is joined to.

import type { StepDraft } from '../../shared/model/reading.ts';
import type { Json, Resource } from '../../shared/model/resource.ts';
import type { AnswerSources, StepAnswer } from './answers.ts';
import { columnTitle } from './columns.ts';
import { tableOf } from './list.ts';
import { resourcesOf } from './targets.ts';

export function answerShow(step: StepDraft, sources: AnswerSources): StepAnswer {
  const found = resourcesOf(step, sources);
  if (found.length !== 1) {
    return {
      summary: `${found.length} match.`,
      blocks: found.length > 0 ? [tableOf(found, sources)] : [],
      refs: found.map((r) => r.id),
    };
  }
  const resource = found[0]!;
  const joined = joinedTo(resource, sources);
  const blocks = [detailsOf(resource), ...(joined.length > 0 ? [tableOf(joined, sources)] : [])];
  return { summary: sentenceOf(resource), blocks, refs: [resource.id] };
}

/** "web-1 is running (vm in sandbox, simulated)." */
export function sentenceOf(resource: Resource): string {
  const where = [resource.namespace, resource.connection].filter(Boolean).join(', ');
  return `${resource.name} is ${resource.status || 'there'} (${resource.kind} in ${where}${resource.simulated ? ', simulated' : ''}).`;
}

function detailsOf(resource: Resource) {
  const tags = Object.entries(resource.tags)
    .map(([key, value]) => `${key}=${value}`)
    .join(', ');
  const fields: [string, Json | undefined][] = [
    ['Id', resource.id],
    ['Status', resource.providerStatus ? `${resource.status} (${resource.providerStatus})` : resource.status],
    ['Region', resource.region],
    ['Zone', resource.zone],
    ['Project', resource.project],
    ['Created', resource.createdAt],
    ['Tags', tags || undefined],
    ...Object.entries(resource.attributes).map(([key, value]): [string, Json] => [columnTitle(key), value]),
  ];
  const rows = fields
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([field, value]) => ({ cells: { field, value: plain(value!) } }));
  return {
    kind: 'table',
    columns: [
      { key: 'field', title: 'Field' },
      { key: 'value', title: 'Value' },
    ],
    rows,
    total: rows.length,
  } as const;
}

function joinedTo(resource: Resource, sources: AnswerSources): readonly Resource[] {
  const { out, in: into } = sources.graph.relationsOf(resource.id);
  const ids = new Set([...out.map((edge) => edge.to), ...into.map((edge) => edge.from)]);
  return [...ids].map((id) => sources.graph.get(id)).filter((found) => found !== undefined);
}

function plain(value: Json): string | number | boolean {
  if (value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : value;
}
