// "Don't touch web-1, only restart web-10", "leave db-1 alone, just stop ci": what is spared beside an order about other
// things that are named says nothing more than the order does, and is left out. Where the order is about a set, or its
// thing is not settled by its own words, what is spared stays and bounds it. Called by `reword`, before idioms.

import { destroying } from '../guards/guard.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, isThing, plain, word } from '../words/plainCells.ts';

const sparing =
  /^(do not touch|but do not touch|leave|keep|hands off|stay away from|spare|not touching|no touch|please leave|please keep|keep away from|keep your hands off|do not change|do not restart|ignore|skip|not|not the)$/;
const emphasis =
  /^(only|just|instead|but|rather|please|simply|and|merely|but only|but just|please just|now|pls|ok)$/;

/** The cells without what is only spared, where the order names its own thing. */
export function withOnlyThis(given: readonly Cell[]): readonly Cell[] {
  const cells = withOnlyDeed(withMark(given));
  const marks = cells.flatMap((cell, at) => (isMark(cell) ? [at] : []));
  for (const mark of marks) {
    const [left, right] = [cells.slice(0, mark), cells.slice(mark + 1)];
    const spared = sparedIn(left);
    if (spared && isOwnOrder(right, spared)) return right;
    const last = sparedIn(right.filter((cell) => !isWord(cell, 'stop')));
    if (last && isOwnOrder(left, last)) return left;
  }
  return cells;
}

/** "approve a but leave b alone": what is spared stands apart. */
function withMark(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex((cell) => !cell.quoted && /^but (leave|keep)$/.test(cell.low));
  const isApart = at > 0 && senseOf(cells[at + 1], 'name')?.exact && isWord(cells[at + 2], 'alone');
  if (!isApart) return cells;
  const leave = plain(cells[at]!, 'leave', word('except'));
  return [...cells.slice(0, at), plain(cells[at]!, ',', word('comma')), leave, ...cells.slice(at + 1)];
}

/** "do not roll back web in prod, only restart it": the one deed instead of the other, over the same thing. */
function withOnlyDeed(cells: readonly Cell[]): readonly Cell[] {
  const mark = cells.findIndex(isMark);
  const said = cells.slice(0, Math.max(0, mark)).filter((cell) => !isWord(cell, 'filler') || isBase(cell));
  const [not, verb, ...thing] = said;
  const lead = cells.findIndex((cell, at) => at > mark && !emphasis.test(cell.low));
  const isOnly = cells
    .slice(mark + 1, Math.max(0, lead))
    .some((cell) => /^(only|just|instead|but only|but just)$/.test(cell.low));
  const deed = cells[lead];
  const isDenied =
    isWord(not, 'not') &&
    /^(do not|never|please do not)$/.test(not!.low) &&
    isBase(verb) &&
    !isName(verb!) &&
    thing.filter((cell) => isName(cell) && senseOf(cell, 'env') === undefined).length === 1 &&
    thing.every((cell) => !cell.quoted && (isThing(cell) || isWord(cell, 'det', 'prep', 'of')));
  const isOrder =
    isBase(deed) &&
    !isName(deed!) &&
    !destroying.has(senseOf(deed, 'verb')!.phrase) &&
    cells[lead + 1]?.low === 'it';
  const next = cells[lead + 2];
  const isFree = next === undefined || isWord(next, 'filler', 'and', 'comma', 'stop', 'afterwards', 'prep');
  if (mark < 3 || !isOnly || !isDenied || !isOrder || !isFree) return cells;
  return [deed!, ...thing, ...cells.slice(lead + 2)];
}

const isMark = (cell: Cell): boolean =>
  !cell.quoted && !senseOf(cell, 'name') && isWord(cell, 'comma', 'stop', 'colon');

/** What a part spares and nothing else; undefined where it says anything more. */
function sparedIn(part: readonly Cell[]): readonly Cell[] | undefined {
  const said = part.filter((cell) => !(isWord(cell, 'filler') && !isWord(cell, 'not', 'except')));
  const words = [3, 2, 1].find((length) =>
    sparing.test(
      said
        .slice(0, length)
        .map((cell) => cell.low)
        .join(' '),
    ),
  );
  if (words === undefined || said.slice(0, words).some((cell) => cell.quoted || isName(cell)))
    return undefined;
  const rest = said.slice(words);
  const body = isWord(rest.at(-1), 'alone') ? rest.slice(0, -1) : rest;
  const isPlain = body.every(
    (cell) =>
      isThing(cell) ||
      isWord(cell, 'det', 'and', 'or', 'other', 'everything', 'prep', 'all') ||
      senseOf(cell, 'region') !== undefined ||
      (!cell.quoted && /^(set|rest|lot|thing|group|whole|entire)$/.test(cell.low)),
  );
  return isPlain && body.length > 0 ? body : undefined;
}

const isName = (cell: Cell): boolean => senseOf(cell, 'name') !== undefined;

/** An order about things with their full names, none of which is spared. */
function isOwnOrder(part: readonly Cell[], spared: readonly Cell[]): boolean {
  const said = part.filter((cell) => !isWord(cell, 'filler', 'instead') || isThing(cell));
  const verb = said.findIndex((cell) => isBase(cell) && !isName(cell));
  if (verb < 0 || said.slice(0, verb).some((cell) => !emphasis.test(cell.low) && !isMark(cell))) return false;
  if (
    part.some(
      (cell) =>
        isWord(cell, 'except', 'all', 'both', 'any', 'everything', 'other', 'if', 'not', 'or') &&
        !emphasis.test(cell.low),
    )
  )
    return false;
  const names = said.slice(verb).filter(isName);
  const isSet = said.some(
    (cell) =>
      !isName(cell) &&
      (senseOf(cell, 'glob') ??
        senseOf(cell, 'prefix') ??
        (senseOf(cell, 'kind')?.plural ? cell : undefined)) !== undefined &&
      !isWord(cell, 'replicas'),
  );
  if (names.length === 0 || isSet) return false;
  const ids = new Set(names.flatMap((cell) => senseOf(cell, 'name')!.ids));
  if (spared.some((cell) => senseOf(cell, 'name')?.ids.some((id) => ids.has(id)))) return false;
  const isPlace = (cell: Cell): boolean => (senseOf(cell, 'env') ?? senseOf(cell, 'region')) !== undefined;
  // "don't touch prod, only restart cart": which cart is not settled by its name alone.
  const isSettled = names.every((cell) => senseOf(cell, 'name')!.ids.length === 1) || part.some(isPlace);
  return !spared.some(isPlace) || isSettled;
}
