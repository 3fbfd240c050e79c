// A step that is said last and is to come first, in words that point back: "detach a, but stop b before you do", "drain c; d
// has to be scaled to 2 before doing so", "delete e, but not before you have taken a snapshot of it", "resize f once you have
// stopped it". Each becomes "…, but stop b before that", which the cutting of steps puts in its place. What is no order
// before such words ("bob stops it before you do") makes the whole a condition: nothing runs in an order that was not
// said. Called first, so that every reader and guard sees the steps as they are meant.

import { destroying } from '../guards/guard.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isQuestion } from '../words/cues.ts';
import { isBase, isThing, plain, word } from '../words/plainCells.ts';

const who = '(?:you|we|i)';
const back = '(?:so|it|that|this)';
/** Before what was said before. */
const ahead = new RegExp(
  `^(?:but |and )?(?:before ${who} (?:do|start|begin|proceed|go ahead)(?: ${back})?(?: with (?:it|that|this))?|` +
    `before (?:doing|starting|beginning)(?: with)? ${back}|(?:right |just |shortly )?before (?:that|this|it) (?:happens|is done|gets done|starts)|` +
    `prior to (?:that|this|doing ${back})|before this|beforehand|upfront|in advance)$`,
);
/** The same where an order follows, and where one is said as a state: "…, and before that stop b", "…, b is to be stopped before". */
const bare = /^(?:and )?(?:before that|before)$/;
/** What waits for a deed of the one who is told. */
const waiting = new RegExp(
  `^(?:(?:but )?not (?:before|until|till) ${who}(?: have| had|['’]ve|['’]d)?|(?:but |and |only )*(?:after|once) ${who}(?: have| had|['’]ve|['’]d)?)$`,
);
/** What waits for a thing to be in a state. */
const notBefore = /^(?:but )?not (?:before|until|till)$/;
const spanMax = 5;

/** "first you snapshot a, after you delete it": after that. */
function withFirstAfter(cells: readonly Cell[]): readonly Cell[] {
  const first = cells.findIndex((cell) => !isWord(cell, 'filler') || isWord(cell, 'first'));
  const isFirst =
    /^(?:first|firstly|first of all|at first)$/.test(cells[first]?.low ?? '') && !cells[first]!.quoted;
  const who = isWord(cells[first + 1], 'filler') ? first + 2 : first + 1;
  if (!isFirst || !isBase(cells[who])) return cells;
  return cells.map((cell, at) =>
    at > who + 1 &&
    !cell.quoted &&
    /^(?:and )?after (?:you|we)$/.test(cell.low) &&
    isSeparator(cells[at - 1]) &&
    isBase(cells[at + 1])
      ? plain(cell, 'then', word('afterwards'), word('filler'))
      : cell,
  );
}

/** The cells with "before that" in the place of such words. */
export function withSaidBehind(given: readonly Cell[]): readonly Cell[] {
  const cells = withFirstAfter(given);
  if (!cells.some((cell) => !cell.quoted && hinting.test(cell.low)) || isQuestion(cells)) return cells;
  const lead = cells.findIndex((cell) => !isWord(cell, 'filler') || isWord(cell, 'after'));
  const awaited = lead < 0 ? 0 : spanAt(cells, lead, waiting);
  if (awaited > 0) return withWaitedFirst(cells, lead, lead + awaited);
  for (let at = 2; at < cells.length; at++) {
    const first = cells.slice(0, at);
    const isOpen = isSeparator(cells[at - 1]) || /^(but|and) /.test(cells[at]!.low);
    const span = spanAt(cells, at, ahead);
    if (span > 0 && isOrdered(first))
      return isOpen ? aheadOf(cells, at, at + span) : behind(cells, at, at + span);
    if (!cells[at]!.quoted && bare.test(cells[at]!.low) && isOrdered(first)) {
      const isAnd =
        cells[at - 1]?.low === 'and' || /^and /.test(cells[at]!.low) || isWord(cells[at - 1], 'stop');
      const turned = isOpen && isAnd ? aheadOf(cells, at, at + 1) : isOpen ? cells : stated(cells, at);
      if (turned !== cells && !turned.some((cell) => isWord(cell, 'if'))) return turned;
    }
    const wait = spanAt(cells, at, waiting);
    if (wait > 0 && isOrdered(first)) return withWaited(cells, at, at + wait);
    const state = spanAt(cells, at, notBefore);
    if (state > 0 && isOrdered(first)) return withState(cells, at, at + state);
  }
  return cells;
}

const hinting = /\b(before|beforehand|upfront|in advance|prior to|until|till|after|once)\b/;

/** How many cells make such words from here; 0 where they do not. The longest counts. */
function spanAt(cells: readonly Cell[], at: number, words: RegExp): number {
  for (let length = Math.min(spanMax, cells.length - at); length > 0; length--) {
    const span = cells.slice(at, at + length);
    if (span.some((cell) => cell.quoted || senseOf(cell, 'name'))) continue;
    if (words.test(span.map(({ low }) => low).join(' '))) return length;
  }
  return 0;
}

const isMark = (cell: Cell | undefined): boolean =>
  cell !== undefined &&
  !cell.quoted &&
  !senseOf(cell, 'name') &&
  (isWord(cell, 'comma', 'stop', 'colon', 'open', 'close') || /^[-–—]$/.test(cell.low));
const isSeparator = (cell: Cell | undefined): boolean =>
  isMark(cell) || (cell?.quoted === false && /^(but|and|so|please|pls)$/.test(cell.low));
const isOrdered = (cells: readonly Cell[]): boolean =>
  cells.some((cell) => isBase(cell) && !senseOf(cell, 'name')) &&
  !cells.some((cell) => !cell.quoted && isWord(cell, 'if', 'why', 'who') && !isWord(cell, 'filler'));

const verb = (cell: Cell, phrase: string): Cell => plain(cell, phrase, { t: 'verb', phrase, form: 'base' });
const held = (cells: readonly Cell[], at: number): readonly Cell[] =>
  cells.map((cell, index) => (index === at ? plain(cell, cell.low, word('if')) : cell));

/** The last clause of what stands before these words: "…, but stop b". */
function behind(cells: readonly Cell[], from: number, to: number): readonly Cell[] {
  const isEnd = cells[to] === undefined || isMark(cells[to]) || isWord(cells[to], 'filler', 'and');
  if (!isEnd) return cells;
  const mark = cells.findLastIndex(
    (cell, at) => at < from - 1 && isSeparator(cell) && isOrdered(cells.slice(0, at)) && !isJoined(cells, at),
  );
  const order = mark > 0 ? orderOf(cells.slice(mark + 1, from)) : undefined;
  if (!order) return held(cells, from);
  return joined(upTo(cells, mark), order, cells.slice(to), cells[from]!);
}

/** "…, b has to be stopped before": where only that is said of b. */
function stated(cells: readonly Cell[], at: number): readonly Cell[] {
  if (cells[at + 1] && !isMark(cells[at + 1])) return cells;
  const mark = cells.findLastIndex((cell, index) => index < at - 1 && isSeparator(cell));
  const clause = cells.slice(mark + 1, at);
  return mark > 0 &&
    !clause.some((cell) => isBase(cell) && !senseOf(cell, 'name')) &&
    isOrdered(cells.slice(0, mark))
    ? behind(cells, at, at + 1)
    : cells;
}

/** "and b": what is joined to a thing is no clause of its own. */
const isJoined = (cells: readonly Cell[], at: number): boolean =>
  cells[at]!.low === 'and' && !isDeed(cells[at + 1]) && isThing(cells[at + 1]);
const isDeed = (cell: Cell | undefined): boolean =>
  isBase(cell) || (cell?.quoted === false && senseOf(cell, 'verb')?.form === 'ing');

/** "…, before doing so stop b" */
function aheadOf(cells: readonly Cell[], at: number, to: number): readonly Cell[] {
  let from = to;
  while (isWord(cells[from], 'comma', 'filler') && !isBase(cells[from])) from++;
  let end = from;
  while (end < cells.length && !isMark(cells[end])) end++;
  const order = orderOf(cells.slice(from, end));
  let first = at;
  while (isSeparator(cells[first - 1])) first--;
  return order ? joined(cells.slice(0, first), order, cells.slice(end), cells[at]!) : held(cells, at);
}

/** "…, but not before you have stopped b", "… once you have stopped b" */
function withWaited(cells: readonly Cell[], at: number, from: number): readonly Cell[] {
  let end = from;
  while (end < cells.length && !isMark(cells[end])) end++;
  const order = doneOf(cells.slice(from, end));
  return order ? joined(upTo(cells, at), order, cells.slice(end), cells[at]!) : cells;
}

/** "after you have stopped b, detach a": what was to be done before was said first. */
function withWaitedFirst(cells: readonly Cell[], at: number, from: number): readonly Cell[] {
  let end = from + 1;
  while (end < cells.length && !isMark(cells[end]) && !(isBase(cells[end]) && !senseOf(cells[end], 'name')))
    end++;
  const order = doneOf(cells.slice(from, end));
  const next = isWord(cells[end], 'comma') ? end + 1 : end;
  if (!order || cells[next] === undefined || isWord(cells[end], 'stop')) return cells;
  return [
    ...cells.slice(0, at),
    ...order,
    plain(cells[at]!, 'then', word('afterwards')),
    ...cells.slice(next),
  ];
}

/** "stopped b" as the order to do so; what cannot be brought back is never ordered so. */
function doneOf(said: readonly Cell[]): readonly Cell[] | undefined {
  const [done, ...rest] = said;
  const taken = done?.quoted === false ? irregular[done.low] : undefined;
  const phrase = taken ?? (senseOf(done, 'verb')?.form === 'ed' ? senseOf(done, 'verb')!.phrase : undefined);
  const isPlain = !rest.some((cell) => isWord(cell, 'and', 'or', 'not', 'before', 'after'));
  if (phrase === undefined || rest.length === 0 || !isPlain || destroying.has(phrase)) return undefined;
  return [verb(done!, phrase), ...rest];
}

const irregular: Readonly<Record<string, string>> = { taken: 'take', took: 'take', made: 'make', done: 'do' };

/** "… not before b is stopped" */
function withState(cells: readonly Cell[], at: number, from: number): readonly Cell[] {
  let end = from;
  while (end < cells.length && !isMark(cells[end])) end++;
  const order = orderOf(cells.slice(from, end));
  const isSafe = order && isBase(order[0]) && !destroying.has(senseOf(order[0], 'verb')!.phrase);
  return isSafe ? joined(upTo(cells, at), order, cells.slice(end), cells[at]!) : cells;
}

const upTo = (cells: readonly Cell[], at: number): readonly Cell[] => {
  let first = at;
  while (isSeparator(cells[first - 1])) first--;
  return cells.slice(0, first);
};

function joined(
  first: readonly Cell[],
  order: readonly Cell[],
  rest: readonly Cell[],
  at: Cell,
): readonly Cell[] {
  const but = plain(at, 'but', word('except'), word('instead'));
  return [
    ...first,
    plain(at, ',', word('comma')),
    but,
    ...order,
    plain(at, 'before that', word('before')),
    ...rest,
  ];
}

/** A clause as an order: "stop b", "stopping b", "make sure b is stopped", "b has to be stopped"; undefined where it is none. */
function orderOf(clause: readonly Cell[]): readonly Cell[] | undefined {
  let from = 0;
  while (isLead(clause[from])) from++;
  let to = clause.length;
  while (to > from && isWord(clause[to - 1], 'filler') && !isThing(clause[to - 1])) to--;
  const said = clause.slice(from, to);
  const [first] = said;
  if (!first || said.length < 2) return undefined;
  if (said.some((cell) => !cell.quoted && isWord(cell, 'not', 'or', 'if') && !isWord(cell, 'filler')))
    return undefined;
  if (isBase(first) && !senseOf(first, 'name')) return said;
  const deed = senseOf(first, 'verb');
  if (deed?.form === 'ing' && !first.quoted) return [verb(first, deed.phrase), ...said.slice(1)];
  const last = said.at(-1)!;
  const done = senseOf(last, 'verb');
  let end = said.length - 1;
  while (end > 0 && isAuxiliary(said[end - 1]!)) end--;
  const things = said.slice(0, end);
  const isDone =
    done?.form === 'ed' &&
    !last.quoted &&
    end < said.length - 1 &&
    things.some((cell) => isThing(cell) || isWord(cell, 'pronoun')) &&
    things.every((cell) => isThing(cell) || isWord(cell, 'det', 'and', 'pronoun', 'both', 'prep'));
  // "it is": the thing and what is said of it in one word.
  const it =
    end === 0 && /^(it|they) (is|are|has been|have been)$/.test(said[0]!.low) ? [said[0]!] : undefined;
  if (it && done?.form === 'ed' && said.length === 2)
    return [verb(last, done.phrase), plain(it[0]!, /^it/.test(it[0]!.low) ? 'it' : 'them', word('pronoun'))];
  return isDone ? [verb(last, done.phrase), ...things] : undefined;
}

const isLead = (cell: Cell | undefined): boolean =>
  cell?.quoted === false &&
  !isBase(cell) &&
  !senseOf(cell, 'name') &&
  (isWord(cell, 'comma', 'except', 'because') ||
    isWord(cell, 'filler') ||
    /^(but|and|so|please)$/.test(cell.low)) &&
  !/^(it|they) /.test(cell.low);

const isAuxiliary = (cell: Cell): boolean =>
  !cell.quoted &&
  !senseOf(cell, 'name') &&
  (isWord(cell, 'be', 'need', 'have') ||
    /^(it |they )?(is|are|has been|have been|be|been|gets?|must be|should be)$/.test(cell.low));
