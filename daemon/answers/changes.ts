// "What changed in prod since noon?": what the clouds themselves show now against what they showed then, out of the
// history of the graph, with what was done through Pilothouse beside it. What is not known that far back is said.

import type { Connection } from '../../shared/model/connection.ts';
import type { ResourceChange } from '../../shared/model/graph.ts';
import type { StepDraft } from '../../shared/model/reading.ts';
import { limits } from '../config.ts';
import { changesBetween } from '../graph/changes.ts';
import type { AnswerSources, StepAnswer } from './answers.ts';
import { answerAudit, spanOf } from './audit.ts';

interface PlacedChange extends ResourceChange {
  readonly place: Connection;
}

/** Differences of one place that a row names; the others stand in the history of the thing. */
const fieldsShown = 3;
const environmentWords: Readonly<Record<string, string>> = { production: 'prod', development: 'dev' };

/** Whether a step asks for a time that can be compared, whoever did anything in it. */
export function canCompare({ operation, args }: StepDraft): boolean {
  const isTimed = typeof args.from === 'string' || typeof args.window_s === 'number';
  return operation === 'audit.list' && isTimed && args.actor === undefined && args.op === undefined;
}

export function answerChanges(step: StepDraft, text: string, sources: AnswerSources): StepAnswer {
  const { history } = sources;
  const { fromMs = sources.now(), toMs } = spanOf(step, sources.now());
  const { places, name } = placesOf(text, step, sources);
  if (!history || places.length === 0) return { ...answerAudit(step, sources), ...(name ? none(name) : {}) };
  const ids = step.target?.kind === 'resources' ? new Set(step.target.ids) : undefined;
  const late: string[] = [];
  const changes = places.flatMap((place): readonly PlacedChange[] => {
    const known = history.knownSince(place.id);
    if (known === undefined) return [];
    // What the first read brought was there before: it did not just appear.
    const sinceMs = known > fromMs ? known + limits.graphFirstReadMs : fromMs;
    if (known > fromMs) late.push(`${place.name} since ${timeText(sinceMs)}`);
    const after =
      toMs === undefined ? sources.graph.list({ connection: place.id }) : history.resourcesAt(place.id, toMs);
    return changesBetween(history.resourcesAt(place.id, sinceMs), after)
      .filter((change) => !ids || ids.has(change.id))
      .map((change) => ({ ...change, place }));
  });
  const rows = changes.slice(0, limits.answerRowsMax);
  const done = answerAudit(step, sources);
  return {
    summary: `${summaryOf(changes)} in ${name ?? 'all connections'} since ${timeText(fromMs)}.`,
    blocks: [
      ...(rows.length > 0 ? [tableOf(rows, changes.length, sources)] : []),
      ...(late.length > 0
        ? [{ kind: 'text', text: `Not known before: ${late.join(', ')}; compared from then on.` } as const]
        : []),
      ...(done.blocks.length > 0
        ? [{ kind: 'text', text: 'Done through Pilothouse in that time:' } as const, ...done.blocks]
        : []),
    ],
    refs: rows.map(({ id }) => id).filter((id) => sources.graph.get(id)),
    source: `history of ${places.map((place) => place.name).join(', ')}; ${done.source}`,
  };
}

/** The connections that the words name, by their own name or their environment; all where neither is named. */
function placesOf(text: string, step: StepDraft, { connections, graph }: AnswerSources) {
  const words = text.toLowerCase().match(/[\w.-]+/g) ?? [];
  const named = new Set(words.map((word) => environmentWords[word] ?? word));
  const all = connections.list();
  const target = step.target?.kind === 'resources' ? graph.get(step.target.ids[0] ?? '') : undefined;
  if (target) {
    const places = all.filter((one) => one.id === target.connection);
    return { places, name: places.map((one) => one.name).join() };
  }
  const byName = all.filter((one) => named.has(one.name.toLowerCase()) || named.has(one.id));
  if (byName.length > 0) return { places: byName, name: byName.map((one) => one.name).join(', ') };
  const environment = ['prod', 'staging', 'test', 'dev', 'sandbox'].find((one) => named.has(one));
  if (environment === undefined) return { places: all, name: undefined };
  return { places: all.filter((one) => one.environment === environment), name: environment };
}

function none(name: string): Pick<StepAnswer, 'summary'> {
  return { summary: `No connection is labelled ${name}; this is what was done through Pilothouse.` };
}

function summaryOf(changes: readonly PlacedChange[]): string {
  if (changes.length === 0) return 'Nothing changed';
  const count = (kind: ResourceChange['change']) => changes.filter(({ change }) => change === kind).length;
  const parts = (['changed', 'appeared', 'vanished'] as const).flatMap((kind) =>
    count(kind) > 0 ? [`${count(kind)} ${kind}`] : [],
  );
  return `${parts.join(', ')}`;
}

function tableOf(changes: readonly PlacedChange[], total: number, { graph }: AnswerSources) {
  const columns = ['connection', 'kind', 'name', 'change', 'what'].map((key) => ({
    key,
    title: key.charAt(0).toUpperCase() + key.slice(1),
  }));
  const rows = changes.map((change) => ({
    ...(graph.get(change.id) ? { id: change.id } : {}),
    cells: {
      connection: change.place.name,
      kind: change.kind,
      name: change.name,
      change: change.change,
      what: whatOf(change),
    },
  }));
  return { kind: 'table', columns, rows, total } as const;
}

function whatOf({ fields }: ResourceChange): string {
  const shown = fields.slice(0, fieldsShown).map(({ field, before, after }) => {
    const name = field.replace(/^attributes\./, '').replaceAll('_', ' ');
    return `${name}: ${shortOf(before)} → ${shortOf(after)}`;
  });
  const more = fields.length - shown.length;
  return [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}

function shortOf(value: ResourceChange['fields'][number]['before']): string {
  if (value === undefined) return '(none)';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

function timeText(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
