// Where a step begins with the thing and not with the verb: "…, cost-cap must be disabled", "…, act-77 has to be
// cancelled", "… and app-prod-1 gets L.16". Without a cut there the thing would join the list before it, and be done what
// was said of the others. Called while clauses are cut; nothing is decided here.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isThing } from '../words/plainCells.ts';

const modals =
  /^(must|should|shall|has|have|needs?|ought|is|are|can|may|could|will|gets?|wants?|requires?)\b/;
const resultCellsMax = 4;

/** A named thing with what is to be done with it, or what it is to get, begins here. */
export function startsResult(cells: readonly Cell[], from: number, current: readonly Cell[]): boolean {
  // "web-1 and web-10 get M.8": one list.
  if (!current.some((cell) => senseOf(cell, 'verb') ?? isWord(cell, 'need', 'be', 'arrow'))) return false;
  if (cells.some((cell) => cell.low === '?' && !cell.quoted)) return false;
  return isResult(cells, from);
}

/** "cost-cap must be disabled": what is to come of a named thing. */
export function isResult(cells: readonly Cell[], from: number): boolean {
  let at = from;
  while (
    isWord(cells[at], 'filler', 'det', 'all') &&
    !senseOf(cells[at], 'name') &&
    !senseOf(cells[at], 'verb')
  )
    at++;
  const first = at;
  while (at < cells.length && isPartOfThing(cells[at]!)) at++;
  const isNamed = cells
    .slice(first, at)
    .some((cell) => senseOf(cell, 'name')?.exact && !senseOf(cell, 'env'));
  const modal = cells[at];
  if (!isNamed || !modal || modal.quoted || !modals.test(modal.low)) return false;
  // "db-1 has 16 cores": what it has is told.
  if (/^(has|have)$/.test(modal.low)) return false;
  const isState = /^(is|are)$/.test(modal.low);
  if (isState) return /^(to be|to)$/.test(cells[at + 1]?.low ?? '') && isDone(cells, at + 2);
  return isDone(cells, at + 1);
}

const isPartOfThing = (cell: Cell): boolean =>
  !cell.quoted &&
  !isWord(cell, 'need', 'be') &&
  (isThing(cell) || (isWord(cell, 'prep') && /^(in|of|on)$/.test(cell.low)));

/** "be disabled", "restarted", "two replicas", "L.16": what comes about. */
function isDone(cells: readonly Cell[], from: number): boolean {
  for (let at = from; at < Math.min(cells.length, from + resultCellsMax); at++) {
    const cell = cells[at]!;
    if (cell.quoted || isWord(cell, 'comma', 'and', 'stop', 'not')) return false;
    if (senseOf(cell, 'verb')?.form === 'ed' || senseOf(cell, 'value')) return true;
    if (senseOf(cell, 'name')?.ids.every((id) => id.includes(':flavor/'))) return true;
  }
  return false;
}
