// "every prod database but users-prod must go down": before the verb, "but" behind a set says what is spared of it, and begins
// no clause of its own. It is made the word that spares here. Called when the cells of a sentence are made; where a verb
// stands before it ("restart all, but web-1 stays"), it is left as it was.

import { type Cell, isWord, senseOf } from './cells.ts';
import { isBase, isThing, plain, word } from './plainCells.ts';

/** The cells with each "but" of a subject as the word that spares. */
export function withSubjectExceptions(cells: readonly Cell[]): readonly Cell[] {
  if (!cells.some(isBut)) return cells;
  return cells.map((cell, at) =>
    isBut(cell) && isOfSubject(cells, at) ? plain(cell, 'except', word('except')) : cell,
  );
}

const isBut = (cell: Cell): boolean => cell.low === 'but' && !cell.quoted;

/** A bare set stands before it, and a thing behind it. */
function isOfSubject(cells: readonly Cell[], but: number): boolean {
  let from = but;
  while (from > 0 && isNominal(cells[from - 1]!)) from--;
  const subject = cells.slice(from, but);
  const isSet = subject.some(
    (cell) => isWord(cell, 'all', 'any') || (!cell.quoted && senseOf(cell, 'kind')?.plural === true),
  );
  const lead = cells[from - 1];
  const isFirst =
    lead === undefined || (!lead.quoted && isWord(lead, 'stop', 'comma', 'colon', 'filler', 'first', 'and'));
  const isOrdered = cells.slice(0, from).some((cell) => isBase(cell) && !isThing(cell));
  const next = isWord(cells[but + 1], 'det') ? cells[but + 2] : cells[but + 1];
  return isSet && isFirst && !isOrdered && isThing(next) && !isBase(next);
}

/** A word of a noun phrase, with its place: nothing is said of it yet. */
const isNominal = (cell: Cell): boolean =>
  !cell.quoted &&
  !isWord(cell, 'be', 'have', 'do', 'need', 'that', 'not', 'comma', 'stop', 'colon', 'filler') &&
  (isThing(cell) ||
    isWord(cell, 'all', 'any', 'det', 'of') ||
    (isWord(cell, 'prep') && /^(in|on|of|from|at)$/.test(cell.low)) ||
    ['region', 'provider', 'status'].some((sort) => cell.senses.some(({ t }) => t === sort)));
