// Bounds that hold the figure itself, and bounds behind what things of a set "make" or "weigh", as plain bounds, so that
// none is left out. Called with the other bounds that are said in other ways.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { plain, word } from '../words/plainCells.ts';

const comparing = /^(bigger|larger|greater|smaller|lower|higher|older|newer|younger|more|less|fewer|longer)$/;

const isValue = (cell: Cell | undefined): boolean =>
  cell?.quoted === false && /^(size|number|duration)$/.test(senseOf(cell, 'value')?.value.k ?? '');

/** "bigger than or equal to 100 GB", "less than or equal to 3 replicas": the figure itself, too. */
export function withOrEqual(cells: readonly Cell[]): readonly Cell[] {
  const or = cells.findIndex(
    (cell, at) =>
      isWord(cell, 'or') &&
      !cell.quoted &&
      cells[at + 1]?.low === 'equal' &&
      (isWord(cells[at - 1], 'more', 'less') || comparing.test(cells[at - 1]?.low ?? '')),
  );
  const value = /^(to|than)$/.test(cells[or + 2]?.low ?? '') ? or + 3 : or + 2;
  if (or < 1 || !isValue(cells[value])) return cells;
  const before = cells[or - 1]!;
  const isMore =
    isWord(before, 'more') || /^(bigger|larger|greater|higher|older|more|longer)$/.test(before.low);
  const bound = plain(before, isMore ? 'at least' : 'at most', word(isMore ? 'more' : 'less'));
  return [...cells.slice(0, or - 1), bound, ...cells.slice(value)];
}

/** "volumes which make more than 100 GB", "that weigh less than 20 GB": which have that. */
export function withMeasures(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex(
    (cell, index) =>
      !cell.quoted &&
      /^(make|makes|weigh|weighs|measure|measures|hold|holds|count|counts|total)$/.test(cell.low) &&
      isWord(cells[index - 1], 'that') &&
      isWord(cells[index + 1], 'more', 'less') &&
      senseOf(cells[index + 2], 'value')?.value.k === 'size',
  );
  return at < 0 ? cells : cells.with(at, plain(cells[at]!, 'have', word('have')));
}
