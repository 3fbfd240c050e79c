// Writes the table of operations in the README from the catalogue. Run after the catalogue changes
// (`node scripts/operationsTable.ts`); `--check` writes nothing and ends with 1 where the table is stale, as the test
// does.

import fs from 'node:fs';
import path from 'node:path';
import { catalogue } from '../daemon/catalogue/catalogue.ts';
import type { Operation } from '../shared/model/operation.ts';

const readmeFile = path.resolve(import.meta.dirname, '..', 'README.md');
const begin = '<!-- operations:begin -->';
const end = '<!-- operations:end -->';

/** The README with the table as it has to be. */
export function withOperations(readme: string): string {
  const [before, rest] = readme.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined)
    throw new Error(`README.md lost its marks ${begin} and ${end}`);
  return `${before}${begin}\n${operationsTable([...catalogue.values()])}\n${end}${after}`;
}

function operationsTable(operations: readonly Operation[]): string {
  const kinds = [...new Set(operations.map((operation) => operation.kind))];
  const rows = kinds.map((kind) => {
    const own = operations.filter((operation) => operation.kind === kind);
    const verbs = (risk: Operation['risk']) =>
      own
        .filter((operation) => operation.risk === risk)
        .map((operation) => operation.verb)
        .join(', ');
    return `| ${kind} | ${verbs('read')} | ${verbs('change')} | ${verbs('destroy')} |`;
  });
  const total = `${operations.length} operations on ${kinds.length} kinds.`;
  return [
    '',
    '| kind | reads | changes (ask) | destroys (ask harder) |',
    '|---|---|---|---|',
    ...rows,
    '',
    total,
    '',
  ].join('\n');
}

if (process.argv[1] === import.meta.filename) {
  const current = fs.readFileSync(readmeFile, 'utf8');
  const wanted = withOperations(current);
  if (process.argv.includes('--check')) process.exitCode = wanted === current ? 0 : 1;
  else if (wanted !== current) fs.writeFileSync(readmeFile, wanted);
}
