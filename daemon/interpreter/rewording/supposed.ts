// What a thing is supposed to be or to get, and the plea behind it that says no more: "web-1 is supposed to get M.8, can you
// set that up?", "web-1 should have 203.0.113.12 as its floating ip, please arrange that". It is said as what should be, and
// the plea as a word of request. Only where the plea points at nothing but what stands before it. Called by `withNewWishes`.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, plain, word } from '../words/plainCells.ts';

/** The cells with what is supposed as what should be. */
export function withSupposed(given: readonly Cell[]): readonly Cell[] {
  const cells = withMoreBefore(given);
  const to = cells.findIndex(
    (cell, at) => at > 1 && !cell.quoted && /^to( (be|get))?$/.test(cell.low) && isSupposed(cells, at),
  );
  if (to < 0) return withoutPlea(cells);
  const more = cells[to]!.low.slice(3);
  const not = cells.slice(Math.max(0, to - 2), to).find((cell) => isWord(cell, 'not'));
  let from = to - 1;
  while (!isBeing(cells[from])) from--;
  const lead = cells[from]!;
  const should = not
    ? [
        plain(lead, 'should not', word('not')),
        ...(more === '' ? [] : [plain(cells[to]!, more, word(more === 'be' ? 'be' : 'need'))]),
      ]
    : [plain(lead, `should ${more}`.trim(), word('need'))];
  return withoutPlea([...cells.slice(0, from), ...should, ...cells.slice(to + 1)]);
}

const isBeing = (cell: Cell | undefined): boolean => cell?.quoted === false && /^(is|are)$/.test(cell.low);

/** "is supposed to", "is not meant to", "is not to". */
function isSupposed(cells: readonly Cell[], to: number): boolean {
  const isMeant = /^(supposed|meant|intended)$/.test(cells[to - 1]!.quoted ? '' : cells[to - 1]!.low);
  const before = isMeant ? to - 2 : to - 1;
  const isNot = isWord(cells[before], 'not') && cells[before]!.low === 'not';
  return (isMeant || isNot) && isBeing(cells[isNot ? before - 1 : before]);
}

/** "one replica less", "two replicas more": as many more of them. */
function withMoreBefore(cells: readonly Cell[]): readonly Cell[] {
  const isMore = (at: number): boolean =>
    isWord(cells[at], 'replicas') &&
    senseOf(cells[at - 1], 'value')?.value.k === 'number' &&
    /^(more|less|fewer)$/.test(cells[at + 1]?.low ?? '') &&
    !/^than$/.test(cells[at + 2]?.low ?? '') &&
    !cells[at + 1]!.quoted;
  if (!cells.some((_, at) => isMore(at))) return cells;
  // Each in the place of the other, so that the text keeps its order.
  const put = (cell: Cell, { start, end }: Cell): Cell => ({
    ...(cell.low === 'less' ? plain(cell, 'fewer') : cell),
    start,
    end,
  });
  const number = (cell: Cell): Cell => ({ ...cell, senses: cell.senses.filter(({ t }) => t === 'value') });
  return cells.map((cell, at) =>
    isMore(at + 1)
      ? number(cell)
      : isMore(at)
        ? put(cells[at + 1]!, cell)
        : isMore(at - 1)
          ? put(cells[at - 1]!, cell)
          : cell,
  );
}

const needing = /\b(should|must|shall|needs?|has to|have to|ought to|gets?)\b/;
const arranging = /^(hook|set|arrange|make|sort|do|organi[sz]e|wire|fix|see to|get)$/;

/** "…, can you hook that up?": please, where a need was said before it. */
function withoutPlea(cells: readonly Cell[]): readonly Cell[] {
  const mark = cells.findLastIndex(
    (cell, at) => isWord(cell, 'comma', 'stop') && !cell.quoted && at < cells.length - 2,
  );
  const said = cells.slice(0, Math.max(0, mark));
  const tail = cells.slice(mark + 1).filter((cell) => !isWord(cell, 'stop'));
  let at = 0;
  while (isWord(tail[at], 'filler') && !isBase(tail[at])) at++;
  const isAsked = tail
    .slice(0, at)
    .some((cell) => /\b(can|could|would|will|please|pls|kindly)\b/.test(cell.low));
  const isPlea =
    isAsked &&
    arranging.test(tail[at]?.low ?? '') &&
    /^(it|that|this)$/.test(tail[at + 1]?.low ?? '') &&
    tail.slice(at + 2).every((cell) => isWord(cell, 'filler') || /^(up|out|in)$/.test(cell.low));
  const isNeeded = said.some((cell) => !cell.quoted && isWord(cell, 'need') && needing.test(cell.low));
  const isOther = said.some(
    (cell) => !cell.quoted && (isWord(cell, 'stop', 'if', 'not') || (isBase(cell) && !senseOf(cell, 'name'))),
  );
  if (mark < 2 || !isPlea || !isNeeded || isOther) return cells;
  return [
    plain(tail[0]!, 'please', word('filler')),
    ...said,
    ...cells.slice(mark + 1).filter((cell) => isWord(cell, 'stop') && cell.low !== '?'),
  ];
}
