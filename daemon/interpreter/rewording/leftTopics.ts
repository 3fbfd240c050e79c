// A thing that is named before the order about it: "start a, and also the alert b silence it for an hour", "the server c
// please reboot it". The verb is put first and the thing in the place of "it", so that it is no part of the order before.
// Only where the thing is one, is named in full, and nothing stands between it and the verb but courtesy. Called first of
// the turns, over the cells as they were typed.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, plain, word } from '../words/plainCells.ts';
import { withResumedSets } from './resumedSets.ts';

/** The cells with each such verb before its thing. */
export function withLeftTopics(given: readonly Cell[]): readonly Cell[] {
  const cells = withResumedSets(given);
  const at = cells.findIndex((cell, index) => index > 1 && isOrderOfIt(cells, index, cell));
  if (at < 0) return cells;
  let end = at;
  while (isWord(cells[end - 1], 'filler') && isCourtesy(cells[end - 1]!)) end--;
  const name = cells[end - 1];
  if (!name || name.quoted || !senseOf(name, 'name')?.exact || senseOf(name, 'verb')) return cells;
  let from = end - 1;
  while (isWord(cells[from - 1], 'det') || isKind(cells[from - 1])) from--;
  let join = from;
  while (isWord(cells[join - 1], 'filler') && /^(also|and also|too|then)$/.test(cells[join - 1]!.low)) join--;
  const before = cells[join - 1];
  const isSaidApart = from < end - 1 || join < from;
  const isJoined =
    before !== undefined && isWord(before, 'and', 'comma', 'afterwards', 'stop') && !before.quoted;
  if (!isJoined || !isSaidApart || !cells.slice(0, join).some(isBase)) return cells;
  const isAlso = /\balso$/.test(before.low);
  return [
    ...cells.slice(0, join - 1),
    isAlso ? plain(before, 'and', word('and')) : before,
    cells[at]!,
    ...cells.slice(from, end),
    ...cells.slice(at + 2),
  ];
}

const isOrderOfIt = (cells: readonly Cell[], at: number, cell: Cell): boolean =>
  isBase(cell) && cells[at + 1]?.low === 'it' && isWord(cells[at + 1], 'pronoun') && !cells[at + 1]!.quoted;

const isKind = (cell: Cell | undefined): boolean =>
  cell?.quoted === false && senseOf(cell, 'kind')?.plural === false && !senseOf(cell, 'verb');

const isCourtesy = (cell: Cell): boolean =>
  /^(please|pls|plz|kindly|can you|could you|would you)$/.test(cell.low);
