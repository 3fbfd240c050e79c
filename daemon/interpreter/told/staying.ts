// What goes without saying beside an order: "…, leave the rest alone", "…, everything else stays up", and beside a cordon,
// "…, the pods which already run there may stay". Whatever the order is, it touches nothing of that, so that the words are
// left out before anything reads or guards it. Never a word of what is ordered, nor one that says who or how many. Called
// on every text, once its words are known.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase } from '../words/plainCells.ts';

const lead = '(?:(?:and|but|so|just|only|please|then|also|though|however|of course|obviously|that) )*';
const tail =
  '(?: (?:please|pls|:\\)|:-\\)|thanks|of course|obviously|for now|as well|ok|too|though|then|!|\\.))*';
const state =
  '(?: (?:as is|as it is|as they are|where it is|where they are|alone|untouched|running|up|up and running|on|online|alive|in place|in peace|be|there|here|put|unchanged|on it|on them|like that))*';
const may =
  '(?:(?:still|just|simply) )?(?:(?:may|can|could|should|shall|must|will|has to|have to|needs to|need to|is to|are to|(?:is|are) (?:allowed|free|welcome|supposed) to)(?: (?:still|just|simply))? )?';
const stay =
  '(?:stays?|remains?|keeps?(?: on)?(?: running)?|continues?(?: to run| running)?|runs? on|go on running|live on|be left|is left|are left|be kept|is kept|are kept)';
const leave =
  '(?:leave|leaving|keep|keeping|skip|ignore|spare|do not touch|not touch|do not stop|hands off|without touching|never touch)';
const rest =
  '(?:all )?(?:(?:the|any|all) )?(?:rest|rest of them|others?|other ones|remaining ones|remainder|everything else|everyone else|all else|anything else)';

const phraseOf = (pattern: string): RegExp => new RegExp(`^${lead}(?:${pattern})${tail}$`);

const restLeft: readonly RegExp[] = [
  `${leave} ${rest}${state}`,
  `${rest} ${may}${stay}${state}`,
  'nothing else(?: (?:is|gets|should be|must be|to be)(?: (?:touched|changed|affected))?)?',
].map(phraseOf);

const there = '(?:there|on it|on them|on that node|on that one|on the node|on those|on those nodes|on □)';
const already = '(?:(?:already|still|currently|now|right now|at the moment) )*';
const run = `${already}(?:(?:run|runs|running|live|lives|sit|sits|scheduled|placed|are|is|that are|which are|being)(?: |$))*${already}${there}?`;
const pods = `(?:(?:all|the|any|of the|all the|whatever|those|these|its|their|what) )*(?:(?:existing|running|current|old|present) )*(?:pods?|workloads?|containers?|ones|rest|everything|anything|whatever|what|those|stuff|things)(?: (?:that|which)(?: are| is)?)?(?: ${run})?`;

const podsLeft: readonly RegExp[] = [
  `${pods} ${may}${stay}${state}(?: ${there})?`,
  `${pods} (?:is|are|should|must|shall|may|need)(?: not|not)?(?: to)?(?: be)? (?:touched|evicted|moved|drained|killed|restarted)`,
  `${leave} ${pods}${state}`,
  `(?:no need to|do not|not|without|never|you need not|we need not|need not) (?:evict|evicting|drain|draining|move|moving|kill|killing|touch|touching|delete|deleting|remove|removing|stop|stopping) (?:${pods}|it|them|the nodes?|anything)`,
].map(phraseOf);

const hint =
  /\b(rest|others?|else|remaining|remainder|stays?|remains?|keeps?|continues?|runs?|running|leave|left|evict\w*|touch\w*|moved|killed|drain\w*)\b/;
const kept = /(?:^| )(?:cordon\w*|unschedulable|no new pods|no more pods|out of (?:the )?scheduling)(?: |$)/;
const moved = /(?:^| )(?:drain|evict|evacuat|empt|delet|remov|kill|clear|uncordon|mov)\w*/;

interface Part {
  readonly from: number;
  readonly to: number;
}

/** The cells without what stays anyway. */
export function withoutStaying(cells: readonly Cell[]): readonly Cell[] {
  if (!cells.some((cell, at) => at > 1 && !cell.quoted && hint.test(cell.low))) return cells;
  const parts = partsOf(cells);
  const [first] = parts;
  if (parts.length < 2 || !first) return cells;
  const isOrder = cells.slice(first.from, first.to).some((cell) => isBase(cell) && !senseOf(cell, 'name'));
  const isCordon = (own: Part): boolean => {
    const others = textOf(cells.filter((_, at) => at < own.from || at >= own.to));
    return kept.test(others) && !moved.test(others);
  };
  const gone = parts
    .slice(1)
    .filter((part) => isLeft(cells, part, restLeft) || (isCordon(part) && isLeft(cells, part, podsLeft)));
  if (gone.length === 0 || !(isOrder || gone.some(isCordon))) return cells;
  return cells.filter((_, at) => !gone.some(({ from, to }) => at >= markBefore(cells, from) && at < to));
}

const textOf = (cells: readonly Cell[]): string =>
  cells
    .map((cell) => (cell.quoted ? '"' : senseOf(cell, 'name')?.exact ? '□' : cell.low))
    .join(' ')
    .replaceAll("n't", ' not');

function isLeft(cells: readonly Cell[], { from, to }: Part, ways: readonly RegExp[]): boolean {
  const own = cells.slice(from, to);
  // What is said of one by its name says it of that one: it has to be what the order is about.
  const names = own.flatMap((cell) => senseOf(cell, 'name')?.ids ?? []);
  const isSame = names.every((id) =>
    cells.slice(0, from).some((cell) => senseOf(cell, 'name')?.ids.includes(id)),
  );
  return isSame && !own.some((cell) => cell.low === '?') && ways.some((way) => way.test(textOf(own)));
}

const isMark = (cell: Cell): boolean =>
  !cell.quoted &&
  !senseOf(cell, 'name') &&
  (isWord(cell, 'comma', 'stop', 'open', 'close') || /^[-–—;]$/.test(cell.low));

/** "…and leave the rest", "… but leave the pods on it running" */
const isTurn = (cells: readonly Cell[], at: number): boolean =>
  !cells[at]!.quoted &&
  (/^(?:and|but) (?:leave|keep|skip|spare|ignore)$/.test(cells[at]!.low) ||
    (/^(?:and|but)$/.test(cells[at]!.low) &&
      /^(?:leave|keep|skip|spare|ignore|do not|the rest|everything else|all else|nothing)$/.test(
        cells[at + 1]?.low ?? '',
      )));

function partsOf(cells: readonly Cell[]): readonly Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (let at = 0; at <= cells.length; at++) {
    const isEnd = at === cells.length || isMark(cells[at]!);
    const isNext = !isEnd && at > from && isTurn(cells, at);
    if (!isEnd && !isNext) continue;
    if (at > from) parts.push({ from, to: at });
    from = isNext ? at : at + 1;
  }
  return parts;
}

const markBefore = (cells: readonly Cell[], from: number): number =>
  from > 0 && isMark(cells[from - 1]!) && !isWord(cells[from - 1], 'close') ? from - 1 : from;
