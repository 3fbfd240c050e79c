// Says how the whole reader takes sentences with something beside an order, in the form of sentences/*.txt:
//
//   node scripts/judge/read.ts FILE…             shares by file
//   node scripts/judge/read.ts --show FILE…      and each sentence that is told and not read as its order is by itself,
//                                                or matters and is acted on
//
// What matters may be acted on rightly ("…, except web-1"), so its share is to be compared, not to reach nought.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createReader } from '../../daemon/cli/interpret.ts';
import type { Reading } from '../../shared/model/reading.ts';

const sets = path.join(import.meta.dirname, '../../test/interpreter/sets/inventories');
const reader = createReader(sets);
const isShown = process.argv.includes('--show');

/** The steps of a reading that acts, to be compared. */
function stepsOf(reading: Reading): string | undefined {
  if (reading.kind !== 'plan' && reading.kind !== 'query') return undefined;
  return JSON.stringify(reading.steps.map(({ operation, target, args }) => [operation, target, args]));
}

for (const file of process.argv.slice(2).filter((one) => one !== '--show')) {
  const counts = { told: 0, right: 0, other: 0, weighty: 0, asTold: 0, acted: 0, unread: 0 };
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const [, inventory = '', label, marked = ''] = /^\s*(\S+)\s*\|\s*([TM])[^|]*\|\s*(.*)$/.exec(line) ?? [];
    if (label === undefined) continue;
    const { fixture, interpreter } = reader(inventory);
    const read = (text: string): Reading => interpreter.read({ text, nowMs: fixture.nowMs });
    const order = stepsOf(read(marked.slice(marked.indexOf('[') + 1, marked.lastIndexOf(']'))));
    if (order === undefined) {
      counts.unread++;
      continue;
    }
    const reading = read(marked.replace(/[[\]{}]/g, ''));
    const steps = stepsOf(reading);
    const isSame = steps === order;
    if (label === 'T') {
      counts.told++;
      if (isSame) counts.right++;
      else if (steps !== undefined) counts.other++;
    } else {
      counts.weighty++;
      if (isSame) counts.asTold++;
      else if (steps !== undefined) counts.acted++;
    }
    if (isShown && (label === 'T' ? !isSame : steps !== undefined))
      process.stdout.write(
        `${label} ${marked}\n  ${steps ?? (reading.kind === 'clarify' ? reading.question : reading.kind)}\n`,
      );
  }
  const share = (some: number, all: number): string => `${((100 * some) / Math.max(1, all)).toFixed(1)} %`;
  process.stdout.write(
    `${path.basename(file)}: told, read as the order alone ${share(counts.right, counts.told)}, as something else ${share(counts.other, counts.told)}; ` +
      `mattering, acted on as if told ${share(counts.asTold, counts.weighty)}, otherwise ${share(counts.acted, counts.weighty)}; ` +
      `${counts.unread} orders not read by themselves\n`,
  );
}
