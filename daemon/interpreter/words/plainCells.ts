// Cells made and asked for in the plain forms that rewriting needs: another word in the place of one, a word of a class, a
// verb as it stands in a dictionary, and what may be a thing. Called wherever a text is put into other words.

import { type Cell, type CellSense, isWord, senseOf } from './cells.ts';

/** The cell with another word in it, at the same place in the text. */
export function plain(cell: Cell, low: string, ...senses: readonly CellSense[]): Cell {
  return { ...cell, low, senses, words: 1 };
}

export const word = (name: string): CellSense => ({ t: 'word', word: name });

export const isBase = (cell: Cell | undefined): boolean =>
  cell !== undefined && !cell.quoted && senseOf(cell, 'verb')?.form === 'base';

const things: ReadonlySet<string> = new Set(['name', 'kind', 'prefix', 'glob', 'part', 'env']);

export function isThing(cell: Cell | undefined): boolean {
  if (cell) for (const { t } of cell.senses) if (things.has(t)) return true;
  return false;
}

/** "the test run needs", "our release freeze has": the word of a deed within what a statement is about. */
export function isInSubject(cells: readonly Cell[], at: number): boolean {
  let from = at - 1;
  while (from >= 0 && at - from < 4 && isLoose(cells[from]!)) from--;
  if (!isWord(cells[from], 'det', 'their') || cells[from]!.quoted) return false;
  let to = at + 1;
  while (to < at + 3 && to < cells.length && isLoose(cells[to]!)) to++;
  const finite = cells[to];
  return (
    finite !== undefined &&
    !finite.quoted &&
    (isWord(finite, 'be', 'have', 'need') ||
      (senseOf(finite, 'verb')?.form === 's' && !senseOf(finite, 'name')))
  );
}

/** A word that may stand before a noun and names nothing. */
const isLoose = (cell: Cell): boolean =>
  !cell.quoted &&
  !senseOf(cell, 'name') &&
  !senseOf(cell, 'value') &&
  !isWord(cell, 'be', 'have', 'need', 'det', 'their', 'comma', 'stop', 'and', 'prep', 'not', 'pronoun') &&
  (cell.senses.length === 0 ||
    ['verb', 'env', 'part', 'metric'].some((sort) => cell.senses.some(({ t }) => t === sort)));

/** The word of a cell as it is compared; what is quoted, or is not there, is no word. */
export const low = (cell: Cell | undefined): string => (cell && !cell.quoted ? cell.low : '"');

/** The words of cells, with blanks between. */
export const lowsOf = (cells: readonly Cell[]): string => cells.map(low).join(' ');

/** A comma, a full stop or a colon that was not quoted. */
export const isMark = (cell: Cell | undefined): boolean =>
  cell?.quoted === false && isWord(cell, 'comma', 'stop', 'colon') && !senseOf(cell, 'name');
