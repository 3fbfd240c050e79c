// A deed said as a noun for what another step is about: "resize db-1 to L.16, but before that a snapshot of it", "delete
// scratch, a snapshot beforehand". It becomes an order about "it", in front of the step it stands behind. Only where the
// noun is all that the part says. Called before the words are put plainly.

import { nominal } from '../freeOrder/deedWords.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, plain, word } from '../words/plainCells.ts';

const ahead = /^(but |and )*(before that|before this|beforehand|before|first|prior|up front)$/;

/** The cells with such a noun as an order. */
export function withDeedsBeforehand(given: readonly Cell[]): readonly Cell[] {
  const cells = withFirstBehind(withButBefore(withBeforeThis(given)));
  const noun = cells.findIndex(
    (cell, at) =>
      at > 2 &&
      !cell.quoted &&
      nominal[cell.low] !== undefined &&
      !senseOf(cell, 'name') &&
      /^(a|an|another|one)$/.test(cells[at - 1]!.low),
  );
  if (noun < 0) return cells;
  let from = noun - 1;
  while (from > 0 && !isMark(cells[from - 1]!)) from--;
  let to = noun + 1;
  while (to < cells.length && !isMark(cells[to]!)) to++;
  const lead = cells.slice(from, noun - 1).filter((cell) => !isIdle(cell));
  const rest = cells.slice(noun + 1, to).filter((cell) => !isIdle(cell));
  const of = isWord(rest[0], 'of') || rest[0]?.low === 'of' ? rest[1] : undefined;
  const isBack =
    of !== undefined && !of.quoted && /^(it|that|this|them|both|both of them|all of them)$/.test(of.low);
  const tail = rest.slice(of ? 2 : 0);
  const words = [...lead, ...tail];
  const isAhead = words.length === 1 && !words[0]!.quoted && ahead.test(words[0]!.low);
  const before = cells.slice(0, from);
  const isOrdered = before.some((cell) => isBase(cell) && !senseOf(cell, 'name'));
  if ((of && !isBack) || !isAhead || !isOrdered) return cells;
  const named = before.filter((cell) => senseOf(cell, 'name')?.exact && isTarget(cell));
  const isSeveral = of ? /them|both/.test(of.low) : named.length > 1;
  const phrase = nominal[cells[noun]!.low]!;
  const at = cells[noun]!;
  const joints = before.findLastIndex((cell) => !isMark(cell)) + 1;
  return [
    ...before.slice(0, joints),
    plain(at, ',', word('comma')),
    plain(at, 'before that', word('before')),
    plain(at, phrase, { t: 'verb', phrase, form: 'base' }),
    plain(at, isSeveral ? 'them' : 'it', word('pronoun')),
    ...cells.slice(to),
  ];
}

/** "delete a and b, first stop them": before that, where nothing follows. */
function withFirstBehind(cells: readonly Cell[]): readonly Cell[] {
  const end = cells.findLastIndex((cell) => !isWord(cell, 'filler', 'stop')) + 1;
  const first = cells[end - 3];
  const isBack = /^(it|them|both|both of them|all of them)$/.test(cells[end - 1]?.low ?? '');
  const isBehind =
    first?.low === 'first' &&
    !first.quoted &&
    isBack &&
    isBase(cells[end - 2]) &&
    isWord(cells[end - 4], 'comma', 'stop');
  const isOrdered = cells
    .slice(0, Math.max(0, end - 4))
    .some((cell) => isBase(cell) && !senseOf(cell, 'name'));
  if (!isBehind || !isOrdered) return cells;
  return cells.map((cell) => (cell === first ? plain(cell, 'before that', word('before')) : cell));
}

/** "…, but before this please snapshot b", "…, prior to that, stop it": before that. */
function withBeforeThis(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex(
    (cell, index) =>
      index > 2 &&
      !cell.quoted &&
      isWord(cell, 'before') &&
      (/ that$/.test(cell.low) || /^(this|that|it)$/.test(cells[index + 1]?.low ?? '')),
  );
  if (at < 0) return cells;
  let next = / that$/.test(cells[at]!.low) ? at + 1 : at + 2;
  const from = next;
  while (isWord(cells[next], 'filler', 'comma') && !senseOf(cells[next], 'verb')) next++;
  const isPlain = next === at + 1 && / that$/.test(cells[at]!.low);
  if (
    isPlain ||
    !isBase(cells[next]) ||
    senseOf(cells[next], 'name') ||
    (from === at + 2 && !isMark(cells[at - 1]!))
  )
    return cells;
  return [...cells.slice(0, at), plain(cells[at]!, 'but before that', word('before')), ...cells.slice(next)];
}

/** "…, but before we make a snapshot of both": before that. */
function withButBefore(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex(
    (cell, index) =>
      index > 2 &&
      !cell.quoted &&
      /^but before$/.test(cell.low) &&
      /^(we|you|i)$/.test(cells[index + 1]?.low ?? '') &&
      isBase(cells[index + 2]) &&
      /^(it|them|both)$/.test(cells[index + 3]?.low ?? ''),
  );
  if (at < 0) return cells;
  return [...cells.slice(0, at), plain(cells[at]!, 'before that', word('before')), ...cells.slice(at + 2)];
}

const isIdle = (cell: Cell): boolean =>
  !cell.quoted &&
  !ahead.test(cell.low) &&
  (isWord(cell, 'filler', 'need', 'be') ||
    /^(but|and|with|take|make|do|please|we|i|you|should|must)$/.test(cell.low));

const isMark = (cell: Cell): boolean =>
  !cell.quoted && !senseOf(cell, 'name') && isWord(cell, 'comma', 'stop', 'and', 'afterwards');

/** A size, an image or a place is nothing that is done with. */
const isTarget = (cell: Cell): boolean =>
  !senseOf(cell, 'env') &&
  !senseOf(cell, 'name')!.ids.every((id) => /:(flavor|image|host|namespace)\//.test(id));
