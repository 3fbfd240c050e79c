// Each thing with what it gets: "jenkins gets cost-center=1200, analytics-etl gets cost-center=3300, please tag them",
// "loki gets 2 replicas and grafana gets a restart", "act-77 is approved, act-76 gets cancelled", "fileserver goes to
// esx-02 and erp-02 to esx-01". A part is things, a word that wishes something for them, and one figure, place or deed;
// what is to be done with them is seen from that. Where a part of the text is neither this nor an order, all stays as it
// was said. Called before the words are put plainly.

import { isFlavor } from '../freeOrder/chunks.ts';
import { nominal } from '../freeOrder/deedWords.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isQuestion } from '../words/cues.ts';
import { isBase, plain, word } from '../words/plainCells.ts';

interface Part {
  readonly marks: readonly Cell[];
  readonly cells: readonly Cell[];
}

/** What a part says of its things: the plain order without them. */
interface Own {
  readonly things: readonly Cell[];
  readonly phrase: string;
  readonly tail: readonly Cell[];
  readonly isWished: boolean;
}

/** The cells with an order for each thing. */
export function withEachOwn(cells: readonly Cell[]): readonly Cell[] {
  if (
    !cells.some(
      (cell, at) =>
        !cell.quoted &&
        (wishing.test(cell.low) || moving.test(cell.low) || isBack(cells, at) || isLeft(cells, at)),
    )
  )
    return cells;
  if (isQuestion(cells) || cells.some((cell) => !cell.quoted && closing.test(cell.low))) return cells;
  const parts = partsOf(cells);
  if (parts.length < 2) return cells;
  const said: { readonly marks: readonly Cell[]; readonly cells: readonly Cell[] }[] = [];
  let lead: Part[] = [];
  let before: Own | undefined;
  let count = 0;
  for (const [at, part] of parts.entries()) {
    const isThen = part.marks.some((cell) => isWord(cell, 'afterwards', 'stop'));
    if (isThingsOnly(part.cells) && !isThen) {
      lead.push(part);
      continue;
    }
    // "restart a, b; c goes to 2"
    if (isThen && lead.length > 0 && said.length > 0 && !before) said.push(...lead.splice(0));
    const found = ownOf(part.cells, before, parts[at - 1]?.cells);
    // "a and b to delete" is an order where nothing else was ordered before.
    const isTail =
      found !== undefined && found.tail.length === 0 && !found.isWished && said.length > 0 && !before;
    const own = isTail ? undefined : found;
    if (!own) {
      const isDropped =
        lead.length === 0 && count > 0 && at === parts.length - 1 && isResumed(part.cells, before);
      if (isDropped) continue;
      if (!isOrder(part.cells) && !isHeading(part, at)) return cells;
      said.push(...lead, part);
      lead = [];
      before = undefined;
      continue;
    }
    const isClosed = lead.some(({ marks }) => marks.some((cell) => isWord(cell, 'and')));
    const isNextAnd = part.marks.some((cell) => isWord(cell, 'and'));
    if (lead.length > 0 && said.length > 0 && isClosed && !isNextAnd) {
      // "restart a, b and c, d gets 2 replicas": they belong to what was said before.
      if (before) return cells;
      said.push(...lead);
      lead = [];
    } else if (lead.length > 0 && said.length > 0 && !before) return cells;
    const things = [...lead, { marks: part.marks, cells: own.things }].flatMap((one, index) => [
      ...(index > 0 ? [plain(one.cells[0]!, 'and', word('and'))] : []),
      ...one.cells,
    ]);
    const verb = plain(own.things[0]!, own.phrase, { t: 'verb', phrase: own.phrase, form: 'base' });
    said.push({ marks: lead[0]?.marks ?? part.marks, cells: [verb, ...things, ...own.tail] });
    lead = [];
    before = own;
    if (own.isWished || own.tail.length === 0 || isResumed(parts.at(-1)!.cells, own)) count++;
  }
  if (count === 0 || lead.length > 0) return cells;
  return said.flatMap(({ marks, cells: own }) => [...marks, ...own]);
}

const wishing =
  /^(gets?|should get|must get|goes|moves|becomes?|grows|shrinks|is|are|is to be|are to be|to be|has to be|have to be|should be|must be|shall be|needs to be|should become|should|must|shall|is to become)$/;
const moving = /^(goes|moves|grows|shrinks) (to|up to|onto|down to)$/;
/** Words after which a text is no plain row of wishes. */
const closing =
  /^(if|or|unless|why|who|when|while|because|since|until|not|no|never|was|were|had|would|could|\?)$/;
const direction = /^(to|up to|down to|back to|on|onto|at|over to|with)$/;
const tailing = /^(please|pls|too|also|as well|now|accordingly|again|instead|each|then)$/;

const isMark = (cell: Cell): boolean =>
  !cell.quoted &&
  !senseOf(cell, 'name') &&
  (isWord(cell, 'comma', 'and', 'stop', 'colon', 'afterwards') || cell.low === 'but');

function partsOf(cells: readonly Cell[]): readonly Part[] {
  const parts: { marks: Cell[]; cells: Cell[] }[] = [{ marks: [], cells: [] }];
  for (const cell of cells) {
    const current = parts.at(-1)!;
    if (!isMark(cell)) current.cells.push(cell);
    else if (current.cells.length > 0) parts.push({ marks: [cell], cells: [] });
    else current.marks.push(cell);
  }
  return parts.filter((part) => part.cells.length > 0);
}

const isName = (cell: Cell): boolean =>
  !cell.quoted && senseOf(cell, 'name')?.exact === true && !senseOf(cell, 'env') && !isFlavor(cell);

const isLead = (cell: Cell): boolean =>
  !cell.quoted && isWord(cell, 'filler', 'first') && !senseOf(cell, 'verb');

/** How many cells at the beginning are things, with their places and kinds; 0 where nothing is named. */
function thingsIn(cells: readonly Cell[], from: number): number {
  const first = cells[from];
  if (first && !first.quoted && /^(it|that one|this one)$/.test(first.low)) return from + 1;
  let at = from;
  while (at < cells.length) {
    const cell = cells[at]!;
    const isPlace =
      isWord(cell, 'prep') && /^(in|from)$/.test(cell.low) && senseOf(cells[at + 1], 'env') !== undefined;
    const isNoun =
      isName(cell) ||
      senseOf(cell, 'env') !== undefined ||
      (senseOf(cell, 'kind') !== undefined && !senseOf(cell, 'kind')!.plural && !isBase(cell)) ||
      isWord(cell, 'det');
    if (cell.quoted || !(isNoun || isPlace) || (isWord(cell, 'det') && /^(a|an)$/.test(cell.low))) break;
    at++;
  }
  return cells.slice(from, at).filter(isName).length === 1 ? at : 0;
}

function isThingsOnly(cells: readonly Cell[]): boolean {
  const from = cells.findIndex((cell) => !isLead(cell));
  return from >= 0 && thingsIn(cells, from) === cells.length && isName(cells.find(isName) ?? cells[from]!);
}

/** What a part wishes for its things; undefined where it says anything else. */
function ownOf(
  cells: readonly Cell[],
  before: Own | undefined,
  previous: readonly Cell[] | undefined,
): Own | undefined {
  let from = 0;
  while (cells[from] && isLead(cells[from]!)) from++;
  const end = thingsIn(cells, from);
  if (end === 0) return undefined;
  let at = end;
  const wish: string[] = [];
  while (cells[at] && !cells[at]!.quoted && wishing.test(cells[at]!.low)) wish.push(cells[at++]!.low);
  let to: string | undefined;
  const [, verb, way] = moving.exec(cells[at]?.quoted ? '' : (cells[at]?.low ?? '')) ?? [];
  if (verb !== undefined) {
    wish.push(verb);
    to = way!;
    at++;
  } else if (cells[at] && !cells[at]!.quoted && direction.test(cells[at]!.low)) to = cells[at++]!.low;
  let rest = cells.slice(at);
  while (rest.length > 0 && !rest.at(-1)!.quoted && tailing.test(rest.at(-1)!.low)) rest = rest.slice(0, -1);
  const isExcepted = rest.length < cells.length - at && cells.at(-1)!.low === 'instead';
  const things = sparedBefore(cells.slice(from, end), previous) ?? cells.slice(from, end);
  if (isExcepted && things[0] === cells[from]) return undefined;
  const done = rest.length > 0 ? deedOf(things, wish.join(' '), to, rest, before) : undefined;
  return done && { things, ...done, isWished: wish.length > 0 };
}

/** "all of those except ledger; that one …": the one that was left out. */
function sparedBefore(
  things: readonly Cell[],
  previous: readonly Cell[] | undefined,
): readonly Cell[] | undefined {
  const except = previous?.findIndex((cell) => !cell.quoted && isWord(cell, 'except')) ?? -1;
  if (except < 0 || !/^(that one|this one|it)$/.test(things[0]!.low)) return undefined;
  const named = previous!.slice(except + 1).filter(isName);
  return named.length === 1 ? named : undefined;
}

type Deed = Pick<Own, 'phrase' | 'tail'>;

/** The deed that a figure, a place or a deed's own word stands for. */
function deedOf(
  things: readonly Cell[],
  wish: string,
  to: string | undefined,
  rest: readonly Cell[],
  before: Own | undefined,
): Deed | undefined {
  const [first, second] = rest;
  const isGiven = /get/.test(wish);
  const isMoved =
    /^(goes|moves)$/.test(wish) || (wish === '' && /^(migrate|assign|attach)$/.test(before?.phrase ?? ''));
  const prep = (low: string): Cell => plain(first!, low, word('prep'));
  const isSame = (phrase: string): boolean =>
    wish !== '' || before?.phrase === phrase || before === undefined;
  const article = /^(a|an|another|one)$/.test(first!.low) ? 1 : 0;
  const noun = nominal[rest[article]?.low ?? ''];
  if (isGiven && article === 1 && noun !== undefined && rest.length === 2) return { phrase: noun, tail: [] };
  const done = senseOf(first, 'verb');
  // "a and b to delete"
  if (done?.form === 'base' && rest.length === 1 && to === 'to' && wish === '' && !senseOf(first, 'name'))
    return { phrase: done.phrase, tail: [] };
  if (done?.form === 'ed' && rest.length === 1 && to === undefined && !senseOf(first, 'name')) {
    const isPlain = /\bbe$|^gets?$|^(should|must) get$/.test(wish);
    const isDecided =
      /^(is|are)$/.test(wish) && /^(approve|accept|acknowledge|ack|cancel|reject|decline)$/.test(done.phrase);
    return isPlain || isDecided ? { phrase: done.phrase, tail: [] } : undefined;
  }
  if (/^(is|are|to be)$/.test(wish)) return undefined;
  const value = first!.quoted || senseOf(first, 'name') ? undefined : senseOf(first, 'value')?.value.k;
  if (rest.length === 1 && isFlavor(first) && isSame('resize'))
    return { phrase: 'resize', tail: [prep('to'), first!] };
  if (rest.length === 1 && value === 'tags' && isSame('tag') && to !== 'to')
    return { phrase: 'tag', tail: [first!] };
  const isLabel = isWord(first, 'imageWord');
  const image = isLabel ? second : first;
  if (
    senseOf(image, 'value')?.value.k === 'image' &&
    rest.length === (isLabel ? 2 : 1) &&
    isSame('set image')
  )
    return { phrase: 'set image', tail: [prep('to'), image!] };
  const isCount = value === 'number' && rest.length === 2 && isWord(second, 'replicas');
  if (isCount && isSame('scale')) return { phrase: 'scale', tail: [prep('to'), ...rest] };
  // "grows to 800 GB" says how large it is to be; "gets 60 GB" may add.
  const isGrown = (to === 'to' || to === 'up to') && wish !== '' && !isGiven;
  const isNextSize = wish === '' && before?.phrase === 'resize';
  const isResumedSize = wish === '' && to === undefined && before === undefined;
  if (value === 'size' && rest.length === 1 && (isGrown || isNextSize || isResumedSize))
    return { phrase: 'resize', tail: [prep('to'), first!] };
  if (rest.length !== 1 || !isName(first!)) return undefined;
  const pair = `${kindIn(things)} ${kindIn([first!])}`;
  if (pair === 'vm host' && isMoved && to !== undefined)
    return { phrase: 'migrate', tail: [prep('to'), first!] };
  if (pair === 'floating-ip vm' && isMoved && to !== undefined)
    return { phrase: 'assign', tail: [prep('to'), first!] };
  return undefined;
}

/** The one kind of what is named. */
function kindIn(cells: readonly Cell[]): string | undefined {
  const ids = cells.filter(isName).flatMap((cell) => senseOf(cell, 'name')!.ids);
  const kinds = new Set(ids.map((id) => /:([a-z-]+)\//.exec(id)?.[1]));
  return kinds.size === 1 ? [...kinds][0] : undefined;
}

const resuming: Readonly<Record<string, RegExp>> = {
  tag: /^(tag|label|set|apply|add|do|change|update|mark)$/,
  resize:
    /^(resize|change|enlarge|grow|extend|expand|increase|upgrade|downgrade|adjust|set|do|shrink|switch|update|make)$/,
  scale: /^(scale|change|adjust|set|do|update)$/,
  'set image': /^(deploy|roll out|release|update|set|change|do|ship)$/,
  migrate: /^(migrate|move|do|relocate)$/,
};

/** "please tag them", "resize them": the deed again that was seen from the figures. */
function isResumed(cells: readonly Cell[], own: Own | undefined): boolean {
  const said = cells.filter((cell) => cell.quoted || !isWord(cell, 'filler') || isBase(cell));
  const [verb, them, ...rest] = said;
  const fits = own && resuming[own.phrase];
  const isThem =
    them === undefined ||
    /^(them|those|both|it all|all of them|both of them|accordingly|so|that)$/.test(them.low);
  const isVerb = verb !== undefined && isBase(verb) && !senseOf(verb, 'name');
  return (
    fits !== undefined &&
    isVerb &&
    fits.test(senseOf(verb, 'verb')!.phrase) &&
    isThem &&
    rest.every(({ low }) => tailing.test(low))
  );
}

/** "…, please enlarge them": an order that looks back on several things. */
const isBack = (cells: readonly Cell[], at: number): boolean =>
  at > 2 &&
  isBase(cells[at - 1]) &&
  /^(them|accordingly|both of them|both|all of them)$/.test(cells[at]!.low);

/** "a and b to delete": the deed behind its things. */
const isLeft = (cells: readonly Cell[], at: number): boolean =>
  cells[at]!.low === 'to' &&
  isName(cells[at - 1] ?? cells[at]!) &&
  isBase(cells[at + 1]) &&
  !senseOf(cells[at + 1], 'name');

/** An order or a look in full. */
function isOrder(cells: readonly Cell[]): boolean {
  const first = cells.find((cell) => !isLead(cell) && !/^(but )?before that$/.test(cell.low));
  return (
    first !== undefined &&
    !senseOf(first, 'name') &&
    (isBase(first) || isWord(first, 'showCue', 'listCue', 'ask', 'logCue'))
  );
}

/** "My decisions: …": words before a colon that name, count and order nothing. */
const isHeading = ({ cells }: Part, at: number): boolean =>
  at === 0 &&
  cells.length < 4 &&
  cells.every(
    (cell) =>
      !cell.quoted &&
      !['name', 'value', 'env', 'verb', 'kind'].some((sort) => cell.senses.some(({ t }) => t === sort)),
  );
