// Rows of a query as a table at a terminal, whichever graph they came from.

import type { QueryResult, QueryValue } from '../../shared/model/graph.ts';
import type { CliIo } from './io.ts';
import { columns, style } from './output.ts';

export function printRows(io: CliIo, found: QueryResult): void {
  if (found.rows.length > 0)
    io.print(columns([found.columns.map(style.bold), ...found.rows.map((row) => row.map(cellOf))]));
  io.say(style.dim(`${found.rows.length} rows${found.truncated ? ', and there are more' : ''}`));
}

/** A resource is called by its name. */
function cellOf(value: QueryValue): string {
  if (value === null) return '';
  if (typeof value !== 'object') return String(value);
  const { name, id } = value as { readonly name?: QueryValue; readonly id?: QueryValue };
  if (typeof name === 'string' && typeof id === 'string') return `${name} (${id})`;
  return JSON.stringify(value);
}
