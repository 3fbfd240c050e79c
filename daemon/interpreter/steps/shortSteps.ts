// Steps of which only a word or two is said beside an order: "and, after it, loki", "then 6 replicas", "back to rev 5",
// "+ any eip", "NodeNotReady silenced for 2 hours please". Each gets the verb it stands for and "it"; no thing is added,
// and nothing is ever destroyed by such a word. Called by `sequence`.

import { destroying } from '../guards/guard.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, isThing, plain, word } from '../words/plainCells.ts';
import { isJoin, isOrder } from './madeTogether.ts';

/** The cells with a verb in front of every such step. */
export function withShortened(cells: readonly Cell[]): readonly Cell[] {
  return [
    withFreeAddress,
    withFloated,
    withAfterIt,
    withAsked,
    withRevision,
    withReplicas,
    withAddress,
  ].reduce((said, turn) => turn(said), cells);
}

const verbOf = (at: Cell, phrase: string): Cell => plain(at, phrase, { t: 'verb', phrase, form: 'base' });
const itAt = (at: Cell): Cell => plain(at, 'it', word('pronoun'));
const isEnd = (cell: Cell | undefined): boolean =>
  cell === undefined || isJoin(cell) || isWord(cell, 'stop', 'filler', 'afterwards');
const isNamed = (cell: Cell | undefined): boolean => senseOf(cell, 'name')?.exact === true && !cell!.quoted;

/** "restart a and, after it, b": then b. */
function withAfterIt(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex(
    (cell, index) =>
      index > 1 &&
      !cell.quoted &&
      /^(after|and after)$/.test(cell.low) &&
      /^(it|this|that|them|those)$/.test(cells[index + 1]?.low ?? '') &&
      isNamed(cells[isWord(cells[index + 2], 'comma') ? index + 3 : index + 2]),
  );
  if (at < 0 || !cells.slice(0, at).some((_, index) => isOrder(cells, index))) return cells;
  let from = at;
  while (isJoin(cells[from - 1])) from--;
  const next = isWord(cells[at + 2], 'comma') ? at + 3 : at + 2;
  const then = plain(cells[at]!, 'then', word('afterwards'));
  return withAfterIt([...cells.slice(0, from), then, ...cells.slice(next)]);
}

/** "free elastic ip -> a": give it one. */
function withFreeAddress(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex(
    (cell, index) =>
      !cell.quoted &&
      /^(free|spare|any|unused|available)$/.test(cell.low) &&
      (index === 0 || isWord(cells[index - 1], 'filler', 'comma', 'stop', 'and', 'afterwards')) &&
      senseOf(cells[index + 1], 'kind')?.kinds[0] === 'floating-ip' &&
      !senseOf(cells[index + 1], 'kind')!.plural &&
      (isWord(cells[index + 2], 'arrow') || /^(to|for|on|onto)$/.test(cells[index + 2]?.low ?? '')) &&
      isNamed(cells[index + 3]),
  );
  if (at < 0) return cells;
  const lead = cells[at]!;
  return [
    ...cells.slice(0, at),
    verbOf(lead, 'give'),
    cells[at + 3]!,
    plain(lead, 'any', word('any')),
    cells[at + 1]!,
    ...cells.slice(at + 4),
  ];
}

/** "those can both be deleted", "they should all be stopped": all of them. */
function withFloated(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex(
    (cell, index) =>
      index > 1 &&
      !cell.quoted &&
      /^(all|both)$/.test(cell.low) &&
      /^(can|may|could|should|must|shall)$/.test(cells[index - 1]!.low) &&
      /^(they|those|these)$/.test(cells[index - 2]!.low) &&
      isWord(cells[index + 1], 'be'),
  );
  if (at < 0) return cells;
  const those = plain(cells[at - 2]!, 'all of them', word('pronoun'));
  return [...cells.slice(0, at - 2), those, cells[at - 1]!, ...cells.slice(at + 1)];
}

const courteous = /^(please|pls|plz|kindly)$/;

/** "a silenced for 2 hours please, then …", "a drained, b uncordoned please": what is wished for. */
function withAsked(cells: readonly Cell[]): readonly Cell[] {
  if (
    !cells.some((cell) => courteous.test(cell.low)) ||
    cells.some((cell) => isWord(cell, 'not', 'if', 'what'))
  )
    return cells;
  const parts: Cell[][] = [[]];
  for (const cell of cells)
    if (isJoin(cell) || isWord(cell, 'stop')) parts.push([cell], []);
    else parts.at(-1)!.push(cell);
  const isWish = parts.map((part) => participleOf(part) > 0);
  const last = parts.findLastIndex((part, at) => isWish[at] && part.some((cell) => courteous.test(cell.low)));
  const isAll = isWish.slice(0, last + 1).every((wish, at) => wish || parts[at]!.length < 2);
  if (last < 0 || !isAll) return cells;
  return parts.flatMap((part, at) => {
    if (at > last || !isWish[at]) return part;
    const verb = participleOf(part);
    const { phrase } = senseOf(part[verb]!, 'verb')!;
    const rest = part.slice(verb + 1).filter((cell) => !courteous.test(cell.low));
    return [verbOf(part[verb]!, phrase), ...part.slice(0, verb), ...rest];
  });
}

/** Where the participle of such a part stands; it says nothing but a thing and what is to be done with it. */
function participleOf(part: readonly Cell[]): number {
  const verb = part.findIndex((cell) => !cell.quoted && senseOf(cell, 'verb')?.form === 'ed');
  const things = part.slice(0, Math.max(0, verb));
  const isPlain =
    things.some(isNamed) &&
    things.every((cell) => isThing(cell) || isWord(cell, 'det', 'prep')) &&
    !part.some((cell) => isBase(cell) || isWord(cell, 'be', 'have', 'that', 'need', 'because')) &&
    !destroying.has(senseOf(part[verb], 'verb')?.phrase ?? '');
  return isPlain ? verb : -1;
}

/** "checkout: back to rev 5": roll it back. */
function withRevision(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex((cell) => !cell.quoted && /^back( to)?$/.test(cell.low));
  const to = cells[at]?.low === 'back' ? at + 2 : at + 1;
  const isBack = at >= 0 && (to === at + 1 || cells[at + 1]?.low === 'to');
  const number = senseOf(cells[to + 1], 'value')?.value.k;
  if (!isBack || !isWord(cells[to], 'revision') || number !== 'number') return cells;
  const from =
    cells.findLastIndex((cell, index) => index < at && (isJoin(cell) || isWord(cell, 'stop', 'colon'))) + 1;
  const before = cells.slice(from, at);
  if (before.some((cell) => isBase(cell) || isWord(cell, 'be', 'not', 'have'))) return cells;
  const it = before.some(isThing) || isWord(cells[from - 1], 'colon') ? [] : [itAt(cells[at]!)];
  return [
    ...cells.slice(0, from),
    verbOf(cells[at]!, 'roll back'),
    ...before,
    ...it,
    plain(cells[at]!, 'to', word('prep')),
    ...cells.slice(to),
  ];
}

const sized = /^(scale|create|deploy|launch|run|add|set|make|spin up|start|bring|take|put|grow|resize)/;

/** "roll it back, then 6 replicas": scale it to that. */
function withReplicas(cells: readonly Cell[]): readonly Cell[] {
  const unit = cells.findIndex(
    (cell, at) =>
      at > 2 &&
      !cell.quoted &&
      isWord(cell, 'replicas') &&
      senseOf(cells[at - 1], 'value')?.value.k === 'number' &&
      isEnd(cells[at + 1]),
  );
  if (unit < 0) return cells;
  let from = unit - 1;
  while (/^(up|down|back|to|up to|down to|back to|back up to|at|with|on)$/.test(cells[from - 1]?.low ?? ''))
    from--;
  let join = from;
  while (isJoin(cells[join - 1])) join--;
  const verb = cells.findLastIndex((_, at) => at < join && isOrder(cells, at));
  const isThen = cells.slice(join, from).some((cell) => isWord(cell, 'afterwards'));
  const phrase = senseOf(cells[verb], 'verb')?.phrase ?? '';
  if (verb < 0 || join === from || (sized.test(phrase) && !(isThen && /^scale/.test(phrase)))) return cells;
  if (!cells.slice(0, join).some(isThing) || cells.some((cell) => isWord(cell, 'not', 'if'))) return cells;
  return [
    ...cells.slice(0, from),
    verbOf(cells[from]!, 'scale'),
    itAt(cells[from]!),
    plain(cells[from]!, 'to', word('prep')),
    ...cells.slice(unit - 1),
  ];
}

/** "spin up a VM … + any eip": and give it one. */
function withAddress(cells: readonly Cell[]): readonly Cell[] {
  const kind = cells.findIndex(
    (cell, at) =>
      at > 2 &&
      !cell.quoted &&
      senseOf(cell, 'kind')?.kinds[0] === 'floating-ip' &&
      !senseOf(cell, 'kind')!.plural &&
      isEnd(cells[at + 1]),
  );
  let from = kind;
  while (/^(any|a|an|one|free|spare|some|new|available|unused)$/.test(cells[from - 1]?.low ?? '')) from--;
  const joint = cells[from - 1];
  const isJoined =
    from < kind && (isWord(joint, 'and', 'comma') || /^(with|plus|\+)$/.test(joint?.low ?? ''));
  const verb = cells.findLastIndex((_, at) => at < from && isOrder(cells, at));
  const isMade =
    /^(create|launch|spin up|provision|boot|boot up|fire up|stand up|bring up|make|set up)$/.test(
      senseOf(cells[verb], 'verb')?.phrase ?? '',
    );
  if (kind < 0 || !isJoined || verb < 0 || !isMade) return cells;
  return [
    ...cells.slice(0, from - 1),
    plain(joint!, 'and', word('and')),
    verbOf(cells[from]!, 'give'),
    itAt(cells[from]!),
    plain(cells[from]!, 'any', word('any')),
    ...cells.slice(kind),
  ];
}
