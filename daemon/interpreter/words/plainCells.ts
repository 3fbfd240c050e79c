// Cells made and asked for in the plain forms that rewriting needs: another word in the place of one, a word of a class, a
// verb as it stands in a dictionary, and what may be a thing. Called wherever a text is put into other words.

import { type Cell, type CellSense, senseOf } from './cells.ts';

/** The cell with another word in it, at the same place in the text. */
export function plain(cell: Cell, low: string, ...senses: readonly CellSense[]): Cell {
  return { ...cell, low, senses, words: 1 };
}

export const word = (name: string): CellSense => ({ t: 'word', word: name });

export const isBase = (cell: Cell | undefined): boolean =>
  cell !== undefined && !cell.quoted && senseOf(cell, 'verb')?.form === 'base';

export const isThing = (cell: Cell | undefined): boolean =>
  cell !== undefined &&
  ['name', 'kind', 'prefix', 'glob', 'part', 'env'].some((sort) => cell.senses.some(({ t }) => t === sort));
