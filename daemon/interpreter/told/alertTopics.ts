// An alert that is told of by the thing it watches: "bob is already looking at the disk alert on db-1". Called by `topicsIn`,
// which offers it beside the thing; whichever of them makes a plan of the order is what "it" means.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase } from '../words/plainCells.ts';

/** "bob looks at the disk alert on db-1": "it" may be the alert. */
export function alertOn(
  told: readonly Cell[],
  { from, to }: { readonly from: number; readonly to: number },
): readonly (readonly Cell[])[] {
  const prep = isWord(told[from - 1], 'det') || senseOf(told[from - 1], 'kind') ? from - 2 : from - 1;
  const kind = senseOf(told[prep - 1], 'kind');
  const isAlert = kind?.kinds[0] === 'alert' && !kind.plural && !told[prep - 1]!.quoted;
  if (!isAlert || !/^(on|of|for|at|from)$/.test(told[prep]?.low ?? '')) return [];
  const first = told.findLastIndex((cell, at) => at < prep - 1 && isWord(cell, 'det', 'demonstrative'));
  const between = told.slice(first + 1, prep - 1);
  const isPlain = between.every(
    (cell) => !cell.quoted && !isBase(cell) && !isWord(cell, 'comma', 'be', 'and'),
  );
  if (first < 0 || between.length > 3 || !isPlain) return [];
  // "there is a disk alert on db-1": that one.
  return [told.slice(/^an?$/.test(told[first]!.low) ? first + 1 : first, to)];
}
