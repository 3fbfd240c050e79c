// Lists and counts: "which volumes are not attached to anything", "how many prod instances are running".

import type { StepDraft } from '../../shared/model/reading.ts';
import type { Resource } from '../../shared/model/resource.ts';
import { limits } from '../config.ts';
import type { AnswerSources, StepAnswer } from './answers.ts';
import { cellOf, columnsOf } from './columns.ts';
import { resourcesOf } from './targets.ts';

/** Lists resources; anomalies and alerts newest first and limited to what was asked for. */
export function answerList(step: StepDraft, sources: AnswerSources): StepAnswer {
  const kind = step.operation.split('.')[1] ?? 'resource';
  const found = narrow(resourcesOf(step, sources), step, sources.now());
  const noun = `${found.length} ${pluralOf(kind, found.length)}`;
  if (step.args.agg === 'count') return { summary: `${noun}.`, blocks: [], refs: [] };
  if (found.length === 0) return { summary: noneOf(kind, step), blocks: [], refs: [] };
  return {
    summary: `${noun}.`,
    blocks: [tableOf(found, sources)],
    refs: found.slice(0, limits.answerRowsMax).map((r) => r.id),
  };
}

/** Says with the words of the set what was looked for, so that a set read otherwise than it was meant is seen. */
function noneOf(kind: string, step: StepDraft): string {
  const words = step.evidence.filter(({ part }) => part === 'target').map(({ text }) => text);
  return `No ${pluralOf(kind, 0)} match${words.length > 1 ? ` “${words.join(' ')}”` : ''}.`;
}

/** A table of resources, each row linked to its resource. */
export function tableOf(found: readonly Resource[], sources: AnswerSources) {
  const columns = columnsOf(found);
  const nameOf = (id: string) => sources.graph.get(id)?.name;
  const rows = found.slice(0, limits.answerRowsMax).map((resource) => ({
    id: resource.id,
    cells: Object.fromEntries(columns.map(({ key }) => [key, cellOf(resource, key, nameOf)])),
  }));
  return { kind: 'table', columns, rows, total: found.length } as const;
}

function narrow(found: readonly Resource[], step: StepDraft, nowMs: number): readonly Resource[] {
  const { window_s: window, from, to, limit } = step.args;
  const fromMs =
    typeof window === 'number'
      ? nowMs - window * 1000
      : typeof from === 'string'
        ? Date.parse(from)
        : undefined;
  const toMs = typeof to === 'string' ? Date.parse(to) : undefined;
  const at = (resource: Resource) => Date.parse(String(resource.attributes.at ?? resource.createdAt ?? ''));
  const within = found.filter(
    (resource) =>
      (fromMs === undefined || at(resource) >= fromMs) && (toMs === undefined || at(resource) <= toMs),
  );
  const timed = within.some((resource) => resource.attributes.at !== undefined);
  const ordered = timed ? [...within].sort((a, b) => at(b) - at(a)) : [...within].sort(byName);
  return typeof limit === 'number' ? ordered.slice(0, limit) : ordered;
}

const collator = new Intl.Collator('en', { numeric: true });
function byName(a: Resource, b: Resource): number {
  return collator.compare(a.name, b.name) || collator.compare(a.id, b.id);
}

/** English plural of a kind, spoken: "2 security groups", "1 floating IP". */
export function pluralOf(kind: string, count: number): string {
  const spoken = kind === 'vm' ? 'VM' : kind.replaceAll('-', ' ').replace(/\bip\b/, 'IP');
  if (count === 1) return spoken;
  if (/(?:[^aeiou])y$/.test(spoken)) return `${spoken.slice(0, -1)}ies`;
  return /(?:s|x|ch|sh)$/.test(spoken) ? `${spoken}es` : `${spoken}s`;
}
