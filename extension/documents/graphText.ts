// Answers of the graph as documents: rows of a query, the history of a resource, what changed in a connection. Pure;
// what came from a cloud stays on its line.

import { type QueryResult, queryCell, type ResourceChange } from '../../shared/model/graph.ts';
import type { HistoryState } from '../../shared/protocol/graphMessages.ts';
import type { ResultOf } from '../../shared/protocol/messages.ts';

const cellMax = 120;

/** A table with the query above it. */
export function queryText(query: string, { columns, rows, truncated, elapsedMs }: QueryResult): string {
  const cells = [columns, ...rows.map((row) => row.map(queryCell))].map((row) => row.map(oneLine));
  const widths = columns.map((_, index) =>
    Math.min(cellMax, Math.max(...cells.map((row) => row[index]!.length))),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, index) => (index === row.length - 1 ? cell : cell.padEnd(widths[index]!)))
      .join('  ')
      .trimEnd();
  const [head, ...body] = cells;
  const more = truncated ? ', and there are more' : '';
  return [
    query.trim(),
    '',
    line(head!),
    widths.map((width) => '-'.repeat(Math.max(1, width))).join('  '),
    ...body.map(line),
    '',
    `${rows.length} ${rows.length === 1 ? 'row' : 'rows'}${more}, ${elapsedMs} ms`,
    '',
  ].join('\n');
}

/** States of a resource, newest first. */
export function historyText(name: string, states: readonly HistoryState[]): string {
  if (states.length === 0) return `Nothing is known of what ${oneLine(name)} was before.\n`;
  const lines = states.flatMap(({ at, resource, fields }, index) => {
    const isFirst = index === states.length - 1;
    const what = resource
      ? `${resource.status}${isFirst && fields.length === 0 ? ' (first seen)' : ''}`
      : 'gone';
    return [`${localTime(at)}  ${oneLine(what)}`, ...fields.map((field) => `    ${fieldText(field)}`)];
  });
  return `History of ${oneLine(name)}, newest first\n\n${lines.join('\n')}\n`;
}

const headings: Readonly<Record<ResourceChange['change'], string>> = {
  vanished: 'Vanished',
  appeared: 'Appeared',
  changed: 'Changed',
};

type Changes = ResultOf<'graph/changes'>;

/** What changed in a connection since a moment; what is gone first. */
export function changesText(
  connection: string,
  from: string,
  { changes, total, knownSince }: Changes,
): string {
  const since = `Changes in ${oneLine(connection)} since ${localTime(from)}`;
  const head =
    knownSince === undefined
      ? since
      : `${since}\n(what was there before ${localTime(knownSince)} is not known)`;
  if (total === 0) return `${head}\n\nNothing changed that is known of.\n`;
  const parts = (Object.keys(headings) as ResourceChange['change'][]).flatMap((change) => {
    const own = changes.filter((one) => one.change === change);
    if (own.length === 0) return [];
    const lines = own.flatMap(({ id, kind, name, fields }) => [
      `  ${kind} ${oneLine(name)} (${id})`,
      ...fields.map((field) => `      ${fieldText(field)}`),
    ]);
    return [`${headings[change]} (${own.length})`, ...lines, ''];
  });
  const rest = total > changes.length ? [`and ${total - changes.length} more`, ''] : [];
  return [head, '', ...parts, ...rest].join('\n');
}

/** JSON whose keys stand in the order of the alphabet. */
export function jsonText(value: unknown): string {
  const inOrder = (_key: string, inner: unknown): unknown =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner;
  return `${JSON.stringify(value, inOrder, 2)}\n`;
}

function fieldText({ field, before, after }: ResourceChange['fields'][number]): string {
  const shown = (value: unknown) => (value === undefined ? 'nothing' : oneLine(JSON.stringify(value)));
  return `${field}: ${shown(before)} → ${shown(after)}`;
}

function localTime(iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? iso : date.toLocaleString('sv-SE');
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}
