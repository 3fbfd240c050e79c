// How people lead up to an order: "remember that etl-test snapshot? …", "who on earth named a deployment …?", "I talked to Bob
// and he said …", "what I want is …". The thing that was brought up stands as a heading, what somebody said as it was said,
// and a wish as a wish; what is told of them stays, so that every guard sees it. Nothing that denies, doubts or bounds
// is taken off. Called on every text, once its words are known.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, isMark, isThing, low, lowsOf, plain, word } from '../words/plainCells.ts';

/** The cells without what only leads up to an order. */
export const withoutLeadIns = (given: readonly Cell[]): readonly Cell[] =>
  [withoutSearch, withoutOpening, withRecalled, withNamedOddly, withWanted, withoutSource, withReally].reduce(
    (cells, turn) => turn(cells),
    given,
  );

const isNamed = (cell: Cell | undefined): boolean => senseOf(cell, 'name')?.exact === true;
const isPointer = (cell: Cell): boolean => !cell.quoted && /^(?:it|that|this|them|that one)$/.test(cell.low);

/** Where the talk before the first word that says something ends. */
function startOf(cells: readonly Cell[]): number {
  let at = 0;
  while (
    cells[at] &&
    !cells[at]!.quoted &&
    (isMark(cells[at]) ||
      /^(?:lol|haha|hey|hi|hello|ok|okay|so|well|oh|ah|um|uh|now|right|alright|morning|good morning)$/.test(
        cells[at]!.low,
      ))
  )
    at++;
  return at;
}

const opening =
  /^(?:(?:(?:do )?(?:you|u|ya) )?know what|guess what|(?:(?:i will|i|let me|i'll) )?tell (?:you|ya) what|here is the thing|long story short)$/;
const openingCellsMax = 5;

/** "you know what, restart a": nothing is asked with it. */
function withoutOpening(cells: readonly Cell[]): readonly Cell[] {
  const from = startOf(cells);
  const mark = cells.findIndex((cell, at) => at > from && isMark(cell));
  if (mark < 0 || mark > from + openingCellsMax || !opening.test(lowsOf(cells.slice(from, mark))))
    return cells;
  return [...cells.slice(0, from), ...cells.slice(mark + 1)];
}

const searching =
  /^(?:(?:sorry|hi|hey|ok|so) )*(?:(?:i|we)(?: have| am| are| was| were| had)?(?: all)? )?(?:been|spent|stared|looked|tried|searched|checked|sat) .*$/;
const searchCellsMax = 16;

/** "I have been staring at the graphs for an hour and don't get it, why …?": how long somebody looked bounds no question. */
function withoutSearch(cells: readonly Cell[]): readonly Cell[] {
  const why = cells.findIndex((cell) => isWord(cell, 'why') && !cell.quoted);
  const told = cells.slice(0, Math.max(0, why));
  const isTold =
    why > 2 &&
    why <= searchCellsMax &&
    isMark(cells[why - 1]) &&
    told.filter(isMark).length === 1 &&
    !told.some((cell) => cell.quoted || isNamed(cell) || isWord(cell, 'if', 'or')) &&
    searching.test(lowsOf(told));
  return isTold && cells.slice(why).some(isNamed) ? cells.slice(why) : cells;
}

/** Whether an order that points back follows, and nobody else's deed: what was brought up is what it is about. */
const isOrderOfIt = (rest: readonly Cell[]): boolean =>
  !rest.some(isNamed) &&
  rest.some((cell, at) => {
    if (!isBase(cell) || !rest.slice(at + 1, at + 3).some(isPointer)) return false;
    const part = rest.slice(rest.findLastIndex((one, index) => index < at && isMark(one)) + 1, at);
    return part.every((one) => !one.quoted && leading.test(one.low));
  });

const leading =
  /^(?:so|and|then|hence|therefore|but|yeah|please|pls|plz|kindly|just|now|anyways?|ok|okay|well|(?:can|could|would|will) you|go ahead and|lets|let us)$/;

const asHeading = (cells: readonly Cell[], mark: number, thing: readonly Cell[]): readonly Cell[] => [
  ...thing,
  plain(cells[mark]!, ':', word('colon')),
  ...cells.slice(mark + 1),
];

const bringingUp = /^(?:(?:do )?(?:you |u )?(?:remember|recall|know)|you know|do you know)$/;

/** "remember that etl-test snapshot? … delete it": only a thing, with its kind and its place. */
function withRecalled(cells: readonly Cell[]): readonly Cell[] {
  const from = startOf(cells);
  const mark = cells.findIndex((cell, at) => at > from && cell.low === '?' && !cell.quoted);
  if (mark < 0 || mark > from + 9) return cells;
  let at = from;
  while (at < mark && /^(?:do|you|u|remember|recall|know|you know|do you know)$/.test(low(cells[at]))) at++;
  if (!bringingUp.test(lowsOf(cells.slice(from, at)))) return cells;
  const thing = cells.slice(at, mark);
  const isPart = (cell: Cell): boolean =>
    isNamed(cell) ||
    isWord(cell, 'det', 'demonstrative', 'their') ||
    ['kind', 'env', 'region'].some((sort) => cell.senses.some(({ t }) => t === sort)) ||
    /^(?:in|old|new|big|little|one)$/.test(low(cell));
  const names = thing.filter(isNamed);
  if (names.length !== 1 || !thing.every(isPart) || !isOrderOfIt(cells.slice(mark + 1))) return cells;
  return asHeading(cells, mark, thing);
}

/** "who on earth named a deployment "…"? restart it": wondered, and the thing has that name. */
function withNamedOddly(cells: readonly Cell[]): readonly Cell[] {
  const from = startOf(cells);
  const mark = cells.findIndex((cell, at) => at > from && cell.low === '?' && !cell.quoted);
  const name = cells[mark - 1];
  const rest = cells.slice(mark + 1);
  if (mark < from + 3 || !isNamed(name) || !isOrderOfIt(rest)) return cells;
  const naming = cells.findIndex(
    (cell, at) => at > from && at < mark && /^(?:named?|names|called?|calls|christened)$/.test(low(cell)),
  );
  const isWondered = /^(?:who|why|what idiot|which|what)\b/.test(low(cells[from]));
  const between = cells.slice(naming + 1, mark - 1);
  const kinds = between.filter((cell) => senseOf(cell, 'kind'));
  const isOnlyKind = between.every(
    (cell) =>
      senseOf(cell, 'kind')?.plural === false ||
      isWord(cell, 'det', 'demonstrative', 'their', 'one') ||
      /^(?:an?|the|this|thing)$/.test(low(cell)),
  );
  if (naming < 0 || !isWondered || !isOnlyKind || kinds.length > 1) return cells;
  if (cells.slice(from, naming).some((cell) => isThing(cell) || isWord(cell, 'not'))) return cells;
  const the = plain(cells[naming]!, 'the', word('det'));
  let next = mark;
  while (isMark(cells[next + 1]) || /^(?:anyways?|whatever|so|well|ok|okay)$/.test(low(cells[next + 1])))
    next++;
  return asHeading(cells, next, [the, ...kinds, name!]);
}

const wanting =
  /^(?:what|all|the thing) (?:i|we)(?: (?:really|actually|just|would))* (?:want|need|like)(?<do> (?:(?:you|from you) )?(?:to do|done|you to do))?(?: (?:right )?now| today| here)? (?:is|would be)(?: that you| for you to)?$/;

/** "what I want is 5 copies of a": I want them; "what I want you to do is restart a": the order. */
function withWanted(cells: readonly Cell[]): readonly Cell[] {
  const from = startOf(cells);
  if (!/^(?:what|all|the thing)\b/.test(low(cells[from]))) return cells;
  for (let to = Math.min(from + 10, cells.length - 1); to > from + 1; to--) {
    const said = lowsOf(cells.slice(from, to));
    const match = wanting.exec(said);
    if (!match) continue;
    const isDeed = match.groups?.do !== undefined || / (?:that you|for you to)$/.test(said);
    const please = isDeed ? 'please' : 'i want';
    return [
      ...cells.slice(0, from),
      plain(cells[from]!, please, word('filler'), ...(isDeed ? [] : [word('need')])),
      ...cells.slice(to),
    ];
  }
  return cells;
}

const who = String.raw`(?!nobody|no one|none|never|not\b)(?:i|we|he|she|they|someone|somebody|(?:the|our|my|a) [a-z]+(?: [a-z]+)?|[a-z]+)`;
const said =
  '(?:said|says|told me|told us|tells me|tells us|mentioned|pointed out|noticed|explained|informed me|informed us|reminded me|let me know|learned|learnt|heard|read|found|found out|saw|realized|realised|discovered|was told|were told|have been told|been told|am told)';
const source = new RegExp(
  `^(?:(?:i|we)(?: (?:just|have|had))* (?:talked|spoke|chatted|checked|met) (?:to |with )?${who} and )?${who}(?: (?:just|also|has|have|had|only|now))* ${said}(?: that)?$`,
);
/** Something is said to be open, and not that it should not be. */
const isOpened = (told: readonly Cell[]): boolean =>
  told.some((cell) => low(cell) === 'open') && !told.some((cell) => isWord(cell, 'not'));

const sourceCellsMax = 12;

/** "I learned that port 22 should not be open on a, so please close it": the speaker orders it, whoever said it first. */
function withoutSource(cells: readonly Cell[]): readonly Cell[] {
  const from = startOf(cells);
  let to = 0;
  for (let end = from + 1; end <= Math.min(from + sourceCellsMax, cells.length); end++) {
    if (isMark(cells[end - 1]) || isNamed(cells[end - 1])) break;
    if (source.test(lowsOf(cells.slice(from, end)))) to = end;
  }
  if (to === 0) return cells;
  const so = cells.findIndex((cell, at) => at > to && /^(?:so|hence|therefore)$/.test(low(cell)));
  const told = cells.slice(to, so);
  const isPlain =
    so > 0 &&
    isMark(cells[so - 1]) &&
    told.filter(isNamed).length > 0 &&
    told.some((cell) => !cell.quoted && /^(?:should|must|needs?|has to|ought to)\b/.test(cell.low)) &&
    !told.some(
      (cell) => !cell.quoted && (isWord(cell, 'if', 'or') || /\?|^(?:whether|maybe)$/.test(cell.low)),
    );
  const isContrary =
    isOpened(told) && cells.slice(so).some((cell) => /^(?:close|shut|block)\b/.test(low(cell)));
  return isPlain && !isContrary && isOrderOfIt(cells.slice(so))
    ? [...cells.slice(0, from), ...cells.slice(to)]
    : cells;
}

/** "should really be": should be. */
const withReally = (cells: readonly Cell[]): readonly Cell[] => {
  const at = cells.findIndex(
    (cell, index) =>
      /^(?:should|must)$/.test(low(cell)) &&
      /^(?:really|actually)$/.test(low(cells[index + 1])) &&
      low(cells[index + 2]) === 'be',
  );
  if (at < 0) return cells;
  const should = plain(cells[at]!, `${cells[at]!.low} be`, word('need'));
  return [...cells.slice(0, at), should, ...cells.slice(at + 3)];
};
