// Whether a part of a text tells something, or asks: what is only told beside an order may be in no step of its plan.
// Called by `vanishedFrom`.

import { isPredicate } from '../steps/split.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';

/** "…, and is b stopped?": it asks, and tells nothing. */
export function isAsking(part: readonly Cell[]): boolean {
  const first = part.find((cell) => !isWord(cell, 'and', 'filler') || isWord(cell, 'be'));
  return first !== undefined && !first.quoted && /^(is|are|was|were)$/.test(first.low);
}

/** A word that makes a statement of its part, or bounds it. */
export const isTelling = (cell: Cell, at: number, part: readonly Cell[]): boolean =>
  !cell.quoted &&
  !isNaming(part, at) &&
  ((at > 0 && isPredicate(cell)) ||
    (isWord(cell, 'not', 'except', 'insteadOf', 'stays', 'outside', 'because', 'be', 'have') &&
      cell.low !== 'but') ||
    /^(only|just|i|we|they|he|she|nobody|somebody|someone)$/.test(cell.low));

/** "from t3.medium to m5.large": what a thing has had; of a set it says which. */
export function isFormerSize(cells: readonly Cell[], at: number): boolean {
  const isSize = [cells[at], cells[at + 2]].every((cell) =>
    senseOf(cell, 'name')?.ids.every((id) => id.includes(':flavor/')),
  );
  return isSize && cells[at - 1]?.low === 'from' && /^((up|down) )?to$/.test(cells[at + 1]?.low ?? '');
}

/** "snapshot a as before-x": under that name, and no reason. */
const isNaming = (part: readonly Cell[], at: number): boolean =>
  part[at]!.low === 'as' &&
  part[at + 1]?.senses.every(({ t }) => t === 'part') === true &&
  (part[at + 2] === undefined || isWord(part[at + 2], 'and', 'comma')) &&
  part[at - 1]?.senses.some(({ t }) => t === 'name') === true;
