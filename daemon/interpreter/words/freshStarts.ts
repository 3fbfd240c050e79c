// "All of them deserve a fresh start", "give it a clean start": a restart, and no start of what is off. Called while the
// cells of a sentence are made.

import { type Cell, isWord } from './cells.ts';

/** The cell as a restart, where that is what a start afresh is. */
export function afresh(cell: Cell, cells: readonly Cell[], at: number): Cell {
  const isAfresh = cell.low === 'start' && /^(fresh|new|clean)$/.test(cells[at - 1]?.low ?? '');
  return isAfresh && !cell.quoted && isWord(cells[at - 2], 'det')
    ? { ...cell, low: 'restart', senses: [{ t: 'verb', phrase: 'restart', form: 'base' }] }
    : cell;
}
