// The order alone, where a text that was not understood as a whole tells something around it: "alice has left, delete
// alice-key", "disconnect vol-data - the import is done". Each part between marks is either told or may be a part of the
// order; what is told is a statement, and holds nothing that could bound, deny, count, place or order. Nothing is
// decided here: `interpreter.ts` reads what is left, and takes it only where it names the very things that were told of.

import { isToldOf } from '../told/toldOf.ts';
import { withThing } from '../told/topics.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, isThing, plain, word } from '../words/plainCells.ts';

/** What is left to be read, and the ids of all that was named around it. */
export interface OrderAlone {
  readonly cells: readonly Cell[];
  readonly told: readonly Cell[];
}

const partsMax = 12;
const conjunctions =
  /^(because|since|as|so that|cause|cuz|coz|given that|seeing that|bc|b\/c|otherwise|or else|now that|while|until|until the|till|because of|due to|thanks to)$/;
const subjects = /^(i|we|they|he|she|it|nobody|no one|people|customers|users|everybody|everyone|somebody)\b/;

/** The cells of the order, where something else was told beside it. */
export function orderAlone(given: readonly Cell[]): OrderAlone | undefined {
  const parts = partsOf(withMakeIt(given));
  if (parts.length < 2 || parts.length > partsMax) return undefined;
  // "stop web-4, no wait, web-5": what was corrected is never put together again.
  if (parts.some((part, at) => at > 0 && part.some((cell, index) => isCorrection(cell, part[index + 1]))))
    return undefined;
  const isTold = parts.map(
    (part, at) => isCourtesy(part) || isToldOf(part, at > 0) || (at > 0 && isWhyCancelled(part, parts[0]!)),
  );
  const first = isTold.indexOf(false);
  const last = isTold.lastIndexOf(false);
  if (first < 0) return undefined;
  const told = parts.flatMap((part, at) => (isTold[at] ? part : []));
  const order = withoutMarks(
    parts.slice(first, last + 1).flatMap((part, at) => (isTold[first + at] ? [] : part)),
  );
  if (order.length === 0 || told.every((cell) => isWord(cell, 'filler', 'comma', 'stop', 'colon')))
    return undefined;
  return { cells: named(order, told) ?? order, told };
}

/** "cancel act-76, we want to keep that disk after all": what is not to come about then. */
function isWhyCancelled(part: readonly Cell[], order: readonly Cell[]): boolean {
  const isCancelled =
    order.some(
      (cell) => isBase(cell) && /^(cancel|reject|decline|deny|withdraw)$/.test(senseOf(cell, 'verb')!.phrase),
    ) && order.some((cell) => senseOf(cell, 'name')?.ids.every((id) => id.includes(':action/')));
  const [first] = part;
  return (
    isCancelled &&
    /^(i|we|they|he|she|customers?|it)\b/.test(first!.low) &&
    part.length > 1 &&
    !part.some(
      (cell) =>
        cell.quoted ||
        senseOf(cell, 'name') ||
        senseOf(cell, 'value') ||
        isWord(cell, 'if', 'or', 'instead', 'other') ||
        (isBase(cell) && !isWord(cell, 'except', 'need')),
    )
  );
}

/** "no wait", "I meant"; "it has no business there" corrects nothing. */
function isCorrection(cell: Cell, next: Cell | undefined): boolean {
  if (cell.quoted || !isWord(cell, 'correction') || isWord(cell, 'filler', 'because')) return false;
  const isNone =
    cell.low === 'no' &&
    next !== undefined &&
    !isMark(next) &&
    !isWord(next, 'correction', 'not') &&
    !senseOf(next, 'name');
  return !isNone;
}

/** "it is too small, make it 80 GB": an order, where no figure was said before that it could correct. */
function withMakeIt(cells: readonly Cell[]): readonly Cell[] {
  const isFigure = (cell: Cell): boolean => isValue(cell) || isFlavorOrPlace(cell);
  // How full a disk is says nothing of its size.
  function isValue(cell: Cell): boolean {
    const value = senseOf(cell, 'value')?.value.k;
    return value !== undefined && value !== 'percent';
  }
  return cells.flatMap((cell, at) =>
    cell.low === 'make it' &&
    !cell.quoted &&
    !cells.slice(0, at).some((one) => isValue(one) || (senseOf(one, 'name') && isFigure(one)))
      ? [plain(cell, 'make', { t: 'verb', phrase: 'make', form: 'base' }), plain(cell, 'it', word('pronoun'))]
      : [cell],
  );
}

/** The order with the one thing that was told of in the place of "it". */
function named(order: readonly Cell[], told: readonly Cell[]): readonly Cell[] | undefined {
  const one = order.findIndex(
    (cell, at) =>
      cell.low === 'one' && isBase(order[at - 1]) && isWord(order[at + 1], 'named') && !cell.quoted,
  );
  // "the demo needs its own network, please create one called x"
  const needed = told.filter((cell) => !cell.quoted && senseOf(cell, 'kind') && !senseOf(cell, 'name'));
  if (
    one > 0 &&
    needed.length === 1 &&
    !senseOf(needed[0], 'kind')!.plural &&
    told.some((cell) => isWord(cell, 'need'))
  )
    return [
      ...order.slice(0, one),
      plain(order[one]!, 'a', word('det')),
      needed[0]!,
      ...order.slice(one + 1),
    ];
  if (order.some((cell) => senseOf(cell, 'name')?.exact && !isFlavorOrPlace(cell))) return undefined;
  const names = told.filter((cell) => senseOf(cell, 'name')?.exact && !isFlavorOrPlace(cell));
  const [thing] = names;
  if (!thing || names.some((cell) => cell.low !== thing.low)) return undefined;
  const before = told[told.indexOf(thing) - 1];
  const kind = before && senseOf(before, 'kind');
  const isKind = kind !== undefined && kind.kinds.length > 0 && !kind.plural && !senseOf(before, 'metric');
  const at = order.findIndex((_, index) => isTheMachine(order, index, thing));
  if (at > 0 && !order.some((cell) => /^(it|that one|this one)$/.test(cell.low)))
    return [...order.slice(0, at), order[at]!, thing, ...order.slice(at + 1)];
  const index = told.indexOf(thing);
  const isPlace = (cell: Cell | undefined): boolean =>
    cell !== undefined &&
    (senseOf(cell, 'provider') ?? senseOf(cell, 'region') ?? senseOf(cell, 'env')) !== undefined;
  const lead = isPlace(before) || isKind ? [before!] : [];
  const tail =
    isWord(told[index + 1], 'prep') && isPlace(told[index + 2]) ? told.slice(index + 1, index + 3) : [];
  return withThing(order, [...lead, thing, ...tail]);
}

/** "restart the machine", of one that was told of. */
function isTheMachine(order: readonly Cell[], at: number, thing: Cell): boolean {
  const kind = senseOf(order[at], 'kind');
  const isDefinite =
    isWord(order[at - 1], 'det', 'demonstrative') && /^(the|that|this)$/.test(order[at - 1]!.low);
  const next = order[at + 1];
  const isEnd = next === undefined || (isWord(next, 'filler', 'again', 'comma', 'prep') && !isThing(next));
  return (
    kind !== undefined &&
    !kind.plural &&
    isDefinite &&
    isEnd &&
    senseOf(thing, 'name')!.ids.every((id) => kind.kinds.some((one) => id.includes(`:${one}/`)))
  );
}

function isFlavorOrPlace(cell: Cell): boolean {
  const ids = senseOf(cell, 'name')?.ids ?? [];
  return (
    senseOf(cell, 'env') !== undefined ||
    senseOf(cell, 'region') !== undefined ||
    ids.every((id) => /:(flavor|host|image|network)\//.test(id))
  );
}

/** The parts between marks, each with the mark behind it. */
export function partsOf(cells: readonly Cell[]): readonly (readonly Cell[])[] {
  const parts: Cell[][] = [[]];
  cells.forEach((cell, at) => {
    const current = parts.at(-1)!;
    if (isMark(cell) && !isLabel(cells, at)) {
      current.push(cell);
      parts.push([]);
      return;
    }
    if (current.length > 0 && beginsReason(cells, at, current)) parts.push([cell]);
    else current.push(cell);
  });
  return parts.filter((part) => part.length > 0);
}

const isMark = (cell: Cell): boolean =>
  !cell.quoted && !senseOf(cell, 'name') && isWord(cell, 'comma', 'stop', 'colon', 'open', 'close');

/** "name: logs-2": what stands behind it belongs to it. */
export const isLabel = (cells: readonly Cell[], at: number): boolean =>
  isWord(cells[at], 'colon') && isWord(cells[at - 1], 'named') && !senseOf(cells[at - 1], 'name');

/** "… because", "… it is", "… i need some sleep": behind an order a reason needs no mark. */
function beginsReason(cells: readonly Cell[], at: number, current: readonly Cell[]): boolean {
  const cell = cells[at]!;
  if (cell.quoted || senseOf(cell, 'name')) return false;
  const isOrdered = current.some((one) => isBase(one)) && current.some(isThing);
  if (/^before (we|i|they|he|she|people|anyone|somebody|someone|it)$/.test(cell.low)) return isOrdered;
  if (conjunctions.test(cell.low)) return isOrdered || current.every((one) => isWord(one, 'filler'));
  const before = cells[at - 1]!;
  const isFree =
    !isWord(before, 'if', 'that', 'before', 'after', 'what', 'and') &&
    !/^(can|could|may|should|shall|would|will|do|did|what|which)$/.test(before.low);
  return isOrdered && isFree && subjects.test(cell.low) && !/^(it|them)$/.test(cell.low);
}

const isCourtesy = (part: readonly Cell[]): boolean =>
  part.every(
    (cell) =>
      !cell.quoted &&
      isWord(cell, 'filler', 'comma', 'stop', 'colon', 'open', 'close') &&
      !isThing(cell) &&
      !/^(only|not)$/.test(cell.low),
  );

function withoutMarks(cells: readonly Cell[]): readonly Cell[] {
  let from = 0;
  let to = cells.length;
  while (from < to && isWord(cells[from], 'comma', 'colon', 'stop', 'and')) from++;
  while (to > from && isMark(cells[to - 1]!)) to--;
  return cells.slice(from, to);
}
