// Rows of a query as a table at a terminal, whichever graph they came from.

import { type QueryResult, queryCell } from '../../shared/model/graph.ts';
import type { CliIo } from './io.ts';
import { columns, style } from './output.ts';

export function printRows(io: CliIo, found: QueryResult): void {
  if (found.rows.length > 0)
    io.print(columns([found.columns.map(style.bold), ...found.rows.map((row) => row.map(queryCell))]));
  io.say(style.dim(`${found.rows.length} rows${found.truncated ? ', and there are more' : ''}`));
}
