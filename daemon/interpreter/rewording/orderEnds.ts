// What people put around the parts of an order without changing it: "…, would you?", "first snapshot a and later reboot it",
// "I should delete a. Please do that", "suspend a-b, then resume the b again". The plea goes, "later" behind "first" is then,
// what one should do and is asked to do is the order, and what is resumed is what was suspended. Where anything denies,
// asks or bounds, nothing is changed. Called on every text, once its words are known.

import { isFlavor } from '../freeOrder/chunks.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, isMark, low, lowsOf, plain, word } from '../words/plainCells.ts';

/** The cells with such ends as the plain order. */
export const withOrderEnds = (given: readonly Cell[]): readonly Cell[] =>
  [withoutTag, withThenLater, withDoneAsDue, withResumed, withKeptFree, withCancelled, withToldFigure].reduce(
    (cells, turn) => turn(cells),
    given,
  );

const isOpen = (cells: readonly Cell[]): boolean =>
  cells.some(
    (cell) =>
      !cell.quoted && (isWord(cell, 'not', 'if', 'or') || /^(?:whether|maybe|perhaps)$/.test(cell.low)),
  );

const tag =
  /^(?:(?:would|could|can|will) (?:you|u|ya)|(?:would|could|can|will) (?:you|u) (?:please|kindly)|(?:would|could|will) you mind|will not you|would not you)(?: (?:please|pls|thanks|for me|for us|mate|dear))*$/;

/** "reboot a, would you?": please, behind an order that stands before it in full. */
function withoutTag(cells: readonly Cell[]): readonly Cell[] {
  const end = cells.findLastIndex((cell) => !isMark(cell)) + 1;
  const mark = cells.findLastIndex((cell, at) => at < end && isMark(cell));
  const said = cells.slice(0, Math.max(0, mark));
  const part = said.slice(said.findLastIndex((cell) => isWord(cell, 'stop') && !cell.quoted) + 1);
  if (mark < 2 || !tag.test(lowsOf(cells.slice(mark + 1, end)))) return cells;
  const isOrder = part.some((cell) => isBase(cell) && !senseOf(cell, 'name'));
  const isOfYou = part.some((cell) => /^(?:you|u|you would|you could|you can|you will)$/.test(low(cell)));
  const please = plain(cells[mark + 1]!, 'please', word('filler'));
  return isOrder && !isOfYou && !isOpen(part) ? [...said, please] : cells;
}

/** "first snapshot a and later reboot it": then, where what comes before it was said to be the first. */
function withThenLater(cells: readonly Cell[]): readonly Cell[] {
  const first = cells.findIndex((cell) => !cell.quoted && isWord(cell, 'first'));
  const at = cells.findIndex((cell, index) => index > first + 2 && low(cell) === 'later');
  const next = /^(?:please|also|just|you|we)$/.test(low(cells[at + 1])) ? cells[at + 2] : cells[at + 1];
  const isJoined = isMark(cells[at - 1]) || isWord(cells[at - 1], 'and', 'afterwards');
  const isStep = cells.slice(first + 1, Math.max(first + 1, at)).some(isBase);
  if (first < 0 || at < 0 || !isJoined || !isStep || !isBase(next)) return cells;
  // "first stop a, later start it": the time between is what it is about.
  const isBack = isVerbOf(
    next!,
    /^(?:start|resume|uncordon|unsuspend|unpause|undo|roll ?back|revert|put|bring)/,
  );
  const isSecond = isBack || cells.slice(0, first).some((cell) => isBase(cell));
  if (isSecond || isOpen(cells.slice(first, at))) return cells;
  return cells.map((cell, index) =>
    index === at ? plain(cell, 'then', word('afterwards'), word('filler')) : cell,
  );
}

const due =
  /^(?:i should|we should|i must|we must|i need to|we need to|i have to|we have to|should|must|supposed to)$/;
const doing =
  /^(?:(?:so|then|now|ok|okay) )*(?:please |pls |plz |kindly |can you |could you |would you |will you )+(?:please |just )*do (?:that|it|so|this)(?: (?:for me|for us|now|please|thanks|today))*$/;

/** "my ticket says I should delete a. Please do that": the order, in the words it was said in. */
function withDoneAsDue(cells: readonly Cell[]): readonly Cell[] {
  const end = cells.findLastIndex((cell) => !isMark(cell)) + 1;
  const mark = cells.findLastIndex((cell, at) => at < end && isMark(cell));
  if (mark < 3 || !doing.test(lowsOf(cells.slice(mark + 1, end)))) return cells;
  const at = cells.findIndex(
    (cell, index) => due.test(low(cell)) && isBase(cells[index + 1]) && index < mark,
  );
  if (at < 0 || /^(?:should|must|supposed to)$/.test(low(cells[at])) || senseOf(cells[at + 1], 'name'))
    return cells;
  const deed = cells.slice(at + 1, mark);
  const before = cells.slice(cells.findLastIndex((cell, index) => index < at && isMark(cell)) + 1, at);
  const isAsked = before.some((cell) =>
    /^(?:whether|if|why|when|wonder|wondering|asked|asks|thought)$/.test(low(cell)),
  );
  if (isAsked || isOpen(deed) || deed.some((cell) => isMark(cell) || cell.low === '?')) return cells;
  const isOne = cells.filter((cell, index) => index > at + 1 && index < mark && isBase(cell)).length === 0;
  if (!isOne) return cells;
  const please = plain(cells[at]!, 'please', word('filler'));
  const from = isWord(cells[at - 1], 'and') ? at - 1 : at;
  // "my mentor says I should delete a": by whom it is told, is no matter of the order.
  const isToldOnly = !before.some((cell) => senseOf(cell, 'name') ?? senseOf(cell, 'value'));
  const start = isToldOnly ? at - before.length : from;
  const stop = start > 0 && !isMark(cells[start - 1]) ? [plain(cells[at]!, '.', word('stop'))] : [];
  return [...cells.slice(0, start), ...stop, please, ...deed];
}

/** "suspend nightly-backup, …, then resume the backup": what was suspended, by a part of its name. */
function withResumed(cells: readonly Cell[]): readonly Cell[] {
  const held = cells.findIndex((cell) => isVerbOf(cell, /^(?:suspend|pause)$/));
  const at = cells.findLastIndex((cell) => isVerbOf(cell, /^(?:resume|unpause|unsuspend|un-pause)$/));
  const noun = cells[at + 2];
  if (held < 0 || at < held + 2 || !isWord(cells[at + 1], 'det', 'demonstrative')) return cells;
  if (!noun || noun.quoted || senseOf(noun, 'name')?.exact) return cells;
  const names = cells.slice(held + 1, at).filter((cell) => senseOf(cell, 'name')?.exact);
  const own = names.filter(({ low: name }) => name.split(/[-_.]/).includes(noun.low));
  const others = new Set(own.map((cell) => cell.low));
  const isAlone = cells.filter((cell) => isVerbOf(cell, /^(?:suspend|pause)$/)).length === 1;
  if (others.size !== 1 || !isAlone) return cells;
  const next = senseOf(cells[at + 3], 'kind') && !senseOf(cells[at + 3], 'name') ? at + 4 : at + 3;
  const { start, end } = noun;
  return [...cells.slice(0, at + 1), { ...own[0]!, start, end }, ...cells.slice(next)];
}

const isVerbOf = (cell: Cell, phrase: RegExp): boolean =>
  isBase(cell) && phrase.test(senseOf(cell, 'verb')?.phrase ?? '');

const keeping =
  /^(?:keep|prevent|stop|block|hold)(?: (?:any|all|the|more))*(?: new)? (?:pods|workloads|work) from (?:landing|scheduling|running|going|starting|coming|being scheduled|getting scheduled|being placed|being put)(?: up)? (?:on|onto|to|in)$/;
const keepingCellsMax = 9;
const obliged =
  /(?:^| )(?:supposed to|to|must|should|(?:i|we) (?:should|must|need to|have to|want to)|have to|need to)$/;
const allOfThem =
  /^(?: [,.;] (?:all of them|every one of them|each of them|all|both of them))?(?: [,.;!])?(?: (?:so|please|pls|can you|could you|would you|then|and|kindly|just))*$/;

/** "I'm supposed to keep new pods from landing on the nodes in zone a. Can you cordon them?": of what the order speaks. */
function withKeptFree(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex((cell) => /^(?:keep|prevent|stop|block|hold)$/.test(low(cell)));
  if (at < 0) return cells;
  let to = Math.min(at + keepingCellsMax, cells.length);
  while (to > at && !keeping.test(lowsOf(cells.slice(at, to)))) to--;
  const mark = cells.findIndex((cell, index) => index > to && isMark(cell));
  const order = cells.findIndex((cell, index) => index > mark && isVerbOf(cell, /^cordon$/));
  if (
    to <= at ||
    mark < 0 ||
    order < 0 ||
    !/^(?:it|them|those|these|all of them)$/.test(low(cells[order + 1]))
  )
    return cells;
  const set = cells.slice(to, mark);
  const between = cells.slice(mark, order);
  const isLed = obliged.test(lowsOf(cells.slice(0, at)));
  const isAll = allOfThem.test(` ${lowsOf(between)}`);
  if (
    !isLed ||
    !isAll ||
    isOpen(cells.slice(0, mark)) ||
    !set.some((cell) => senseOf(cell, 'kind') ?? senseOf(cell, 'name'))
  )
    return cells;
  const polite = between.filter((cell) => isWord(cell, 'filler'));
  return [...set, plain(cells[mark]!, ':', word('colon')), ...polite, ...cells.slice(order)];
}

const stopped = /^(?:(?:should|must|shall|can|may|will|do|does) not|not|never|cannot)$/;
const going = /^(?:go|go ahead|go through|happen|run|proceed|be run|be executed|be carried out|take place)$/;

/** "Dave's pending action should not go ahead, please cancel it": that action. */
function withCancelled(cells: readonly Cell[]): readonly Cell[] {
  const kind = cells.findIndex(
    (cell) =>
      !cell.quoted && senseOf(cell, 'kind')?.kinds.includes('action') && !senseOf(cell, 'kind')!.plural,
  );
  const not = cells.findIndex((cell, at) => at > kind && stopped.test(low(cell)));
  const mark = cells.findIndex((cell, at) => at > not && isMark(cell));
  const verb = cells.findIndex((cell, at) => at > mark && isVerbOf(cell, /^(?:cancel|reject|deny|decline)$/));
  if (kind < 0 || not < 0 || not > kind + 3 || mark < 0 || verb < 0 || low(cells[verb + 1]) !== 'it')
    return cells;
  const told = lowsOf(cells.slice(not + 1, mark));
  const isLed = cells.slice(mark, verb).every((cell) => isMark(cell) || isWord(cell, 'filler'));
  const thing = cells.slice(0, not);
  if (!going.test(told) || !isLed || isOpen(thing) || thing.some(isMark)) return cells;
  return [...cells.slice(mark + 1, verb + 1), ...thing, ...cells.slice(verb + 2)];
}

const dueToBe =
  /^(?:should|must|needs to|has to|ought to)(?: (?:be|have|get|run|go))?(?: (?:on|with|at|as|to|up to|with at))?(?: (?:an?|of))?$/;
const sizing =
  /^(?:resize|scale|grow|bump|extend|expand|enlarge|upsize|downsize|shrink|change)(?: up| down)?$/;
const dueCellsMax = 5;

/** "users-prod should be a db.r6g.xlarge, so please resize it": to that. */
function withToldFigure(cells: readonly Cell[]): readonly Cell[] {
  const need = cells.findIndex((cell) => /^(?:should|must|needs to|has to|ought to)\b/.test(low(cell)));
  const thing = cells.slice(0, Math.max(0, need));
  const isPart = (cell: Cell): boolean =>
    !cell.quoted &&
    (cell.senses.some(({ t }) => t === 'name' || t === 'env' || t === 'kind') || isWord(cell, 'det', 'prep'));
  const isOne = thing.filter((cell) => senseOf(cell, 'name')?.exact && !senseOf(cell, 'env')).length === 1;
  if (need < 1 || !isOne || !thing.every(isPart)) return cells;
  let at = Math.min(need + dueCellsMax, cells.length);
  while (at > need && !dueToBe.test(lowsOf(cells.slice(need, at)))) at--;
  const mark = cells.findIndex((cell, index) => index > at && isMark(cell));
  const figure = cells.slice(at, Math.max(at, mark));
  const value = senseOf(figure[0], 'value')?.value.k;
  const isFigure =
    (figure.length === 1 && (isFlavor(figure[0]) || value === 'size')) ||
    (figure.length === 2 && value === 'number' && isWord(figure[1], 'replicas'));
  const verb = cells.findIndex((cell, index) => index > mark && isBase(cell) && sizing.test(low(cell)));
  if (at === need || !isFigure || verb < 0 || low(cells[verb + 1]) !== 'it') return cells;
  const isLed = cells.slice(mark + 1, verb).every((cell) => isWord(cell, 'filler', 'comma'));
  const isLast = cells.slice(verb + 2).every((cell) => isMark(cell) || isWord(cell, 'filler'));
  // Without a word of order it is read as it stands.
  const isBidden = cells.slice(mark + 1).some((cell) => /^(?:so|please|pls)\b/.test(low(cell)));
  if (!isLed || !isLast || !isBidden || isOpen(cells)) return cells;
  const to = plain(figure[0]!, 'to', word('prep'));
  return [...cells.slice(mark + 1, verb + 1), ...thing, to, ...figure, ...cells.slice(verb + 2)];
}
