// Which of two orders comes first, said behind them by the name of its deed: "set a to x:2 and scale it to 4; do the scaling
// first", "resize a and snapshot it, the snapshot comes first", "… do the snapshot before the resize". It becomes "…, but
// scale it to 4 before that", or is taken off where it says what the text says anyway. What names none of the two, or stands
// behind more than two, makes the whole a condition: nothing runs in an order that was not said. Called on every text.

import { nominal } from '../freeOrder/deedWords.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isQuestion } from '../words/cues.ts';
import { isBase, plain, word } from '../words/plainCells.ts';

const said =
  /^(?:(?:but|and|so|please|though) )*(?:(?:do|take|make|run|start with|begin with|have|put) )?(?:the )?□(?: (?:part|step|bit))?(?: (?:comes|goes|should come|should go|must come|has to come|is to come|is|to come|needs to come|should be|should be done|must be done|has to happen|should happen|needs to happen|happens))?(?: (?<place>first|last|before (?:the )?□|after (?:the )?□|before that|beforehand|before))(?: (?:please|pls|though|of the two|and not after))*$/;
const leading = /^(?:(?:but|and|please) )*(?:start|begin) with (?:the )?□$/;

/** The cells with two orders in the order that is said behind them. */
export function withDeedFirst(cells: readonly Cell[]): readonly Cell[] {
  if (!cells.some((cell) => !cell.quoted && hinting.test(cell.low)) || isQuestion(cells)) return cells;
  let end = cells.length;
  while (isWord(cells[end - 1], 'stop')) end--;
  const mark = cells.findLastIndex((cell, at) => at < end - 1 && isMark(cell));
  const own = cells.slice(mark + 1, end);
  const before = cells.slice(0, Math.max(0, mark));
  const first = own.findIndex((cell) => deedOf(cell) !== undefined);
  const named = own.flatMap((cell, at) => {
    const deed = at === first || isNoun(own, at) ? deedOf(cell) : undefined;
    return deed === undefined ? [] : [deed];
  });
  const isPlain = !own.some((cell) => cell.quoted || senseOf(cell, 'name') || isWord(cell, 'pronoun'));
  if (before.length < 4 || !isPlain || named.length === 0) return cells;
  const text = own
    .map((cell, at) =>
      at === first || (named.length > 1 && isNoun(own, at) && deedOf(cell)) ? '□' : cell.low,
    )
    .join(' ');
  const place = leading.test(text) ? 'first' : said.exec(text)?.groups?.place;
  if (place === undefined) return cells;
  const orders = before.flatMap((_, at) => (isOrder(before, at) ? [at] : []));
  const held = (): readonly Cell[] =>
    cells.map((one, at) => (at === mark ? plain(one, one.low, word('if')) : one));
  const [former, latter] = orders;
  if (orders.length !== 2 || former === undefined || latter === undefined)
    return orders.length > 0 ? held() : cells;
  const phrases = [before[former]!, before[latter]!].map((cell) => phraseOf(cell, before));
  const which = phrases.indexOf(named[0]!);
  const isOther = named.length < 2 || phrases.indexOf(named[1]!) === 1 - which;
  if (which < 0 || !isOther || phrases[0] === phrases[1]) return held();
  const isAhead = /^(?:first|before|beforehand)/.test(place);
  const rest = cells.slice(end);
  // As it was said anyway.
  if ((which === 0) === isAhead) return [...before, ...rest];
  let to = latter;
  while (isJoin(before[to - 1])) to--;
  const at = cells[mark]!;
  return [
    ...before.slice(0, to),
    plain(at, ',', word('comma')),
    plain(at, 'but', word('except'), word('instead')),
    ...before.slice(latter),
    plain(at, 'before that', word('before')),
    ...rest,
  ];
}

const hinting = /\b(?:first|last|before|beforehand|after|start|begin)\b/;

const isMark = (cell: Cell): boolean =>
  !cell.quoted &&
  !senseOf(cell, 'name') &&
  (isWord(cell, 'comma', 'stop', 'open') || /^[-\u2013\u2014]$/.test(cell.low));

const isJoin = (cell: Cell | undefined): boolean =>
  cell !== undefined && !cell.quoted && (isWord(cell, 'comma', 'stop', 'and') || cell.low === 'also');

/** "the scaling", "the snapshot": behind an article. */
const isNoun = (cells: readonly Cell[], at: number): boolean =>
  /^(?:the|before|after)$/.test(cells[at - 1]?.low ?? '');

/** The deed that a noun stands for. */
function deedOf(cell: Cell): string | undefined {
  const verb = senseOf(cell, 'verb');
  return cell.quoted || isWord(cell, 'light', 'ask')
    ? undefined
    : (nominal[cell.low] ?? (verb && /^(?:base|ing)$/.test(verb.form) ? verb.phrase : undefined));
}

const isOrder = (cells: readonly Cell[], at: number): boolean =>
  isBase(cells[at]) &&
  !senseOf(cells[at], 'name') &&
  (at === 0 || isJoin(cells[at - 1]) || isWord(cells[at - 1], 'filler', 'afterwards', 'need'));

/** The deed of an order: "take a snapshot" is one, too. */
function phraseOf(verb: Cell, cells: readonly Cell[]): string | undefined {
  const { phrase } = senseOf(verb, 'verb')!;
  if (!isWord(verb, 'light') && !/^(?:take|make|create)$/.test(phrase)) return phrase;
  const noun = cells.slice(cells.indexOf(verb) + 1).find((cell) => !isWord(cell, 'det', 'filler'));
  return noun ? (deedOf(noun) ?? phrase) : phrase;
}
