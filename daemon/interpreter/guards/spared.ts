// "Only the bastion keeps running", "keep worker-2 out of it", "vol-backup is untouchable": what is said to stay beside
// an order over a set is one thing however it is said, an exception of that set. It is put behind the order as "except",
// wherever it stood. Nothing is ever spared by half: words that do not fit are left for the guards, which ask. Called
// first of all, over the cells as they were typed.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, isThing, plain, word } from '../words/plainCells.ts';

const lead =
  '(?:(?:but|and|so|just|only|though|however|please|also|oh|that|with|obviously|of course|then|note|careful|because|since|as|attention|mind|the|ok|well|fyi|btw|no|nb) )*';
const tail =
  '(?: (?:please|though|tho|of course|obviously|thanks|thank you|for now|tonight|today|ok|as well|too|always|at all|at the moment|still|anyway|!|this time|now|in any case|whatever happens|a while|a bit|longer|only))*';
const state =
  '(?: (?:to run|running|run|working|to work|up and running|up|on|alive|online|available|reachable|untouched|as is|as it is|as they are|where it is|where they are|alone|in place|around|intact|powered on|switched on|out of (?:it|this|that)|out|like that|that way|going|put|there|here|be|active|enabled|open|in peace|live|standing|unchanged|safe))*';
const may =
  '(?:(?:still |really |always )?(?:has to|have to|needs to|need to|must|should|shall|may|can|will|would|gets to|get to|is to|are to|ought to|(?:is|are) (?:still )?(?:allowed|supposed|meant) to|had better|better|wants to)(?: still| always)? )?';
const stays = `(?:stays?|remains?|keeps?(?: on)?|continues?|survives?|lives?|run|(?:is |are |be )?(?:to be )?(?:kept|left|spared|excluded|exempt|exempted|excepted|skipped|preserved|saved|retained|whitelisted))${state}`;
const apart =
  '(?:untouchable|sacred|holy|taboo|off limits|exempt|exempted|excluded|excepted|excl|whitelisted|protected|spared|out of scope|aside|apart|left out|hands off|untouched|not included|not meant|not affected|not part of (?:this|it|that)|not in scope)';
const exception = '(?:the |an |our |my )?(?:only |sole |one |single )*exceptions?';
/** ◆ is the order's own verb. */
const off = `(?:◆|touch|touches|touching|touched|hit|include|included|affect|affected|kill|killed|harm|harmed|changed|go down|goes down|down|die)`;
const keep = `(?:leave|keep|spare|skip|ignore|omit|exclude|save|whitelist|protect|exempt|preserve|retain|leaving|keeping|skipping|we keep|i keep|(?:we |i )?(?:want|have|would like) to keep|(?:we |i )?must keep)`;
const without = `(?:(?:not|never|but not)(?: (?:on|from|to|for|of|with))?|minus|sans|without|excluding|exclusive|excl|sparing|barring|besides|other than|apart from|aside from|bar|all but|anything but|everything but|everything except|all except|all of them but|but for|save for|except for|except|with the exception of|hands off|stay away from|${exception}(?: is| are| being)?(?: :)?)`;
const thing = '[■□]';

const not = `(?:(?:must|should|can|shall|may|is|are|do|does|will) not|cannot|can not|not|never)`;
const denied = `${not}(?: to)?(?: be)?(?: ${off})?`;
const said = `(?:${may}${stays}|(?:(?:is|are|be|should be|must be|being) )?${apart}|(?:is|are|being|as) ${exception}|${denied}|(?:is|are) (?:the )?(?:only )?(?:one|ones)? ?(?:that|which) ${may}${stays})`;
const other = `(?:it|that one|this one|that|those|them|they)`;
const forbid = `(?:do not|never|nobody|no one|no|must not|not)(?: you)?(?: dare)?(?: to)? ${off}`;
const first = `(?:${keep}|${without}|${forbid})`;

const phraseOf = (pattern: string): RegExp => new RegExp(`^${lead}(?:${pattern})${tail}$`);

/** What may be said of the thing that stays. */
const ways: readonly RegExp[] = [
  `${thing} ${said}`,
  `${first} ${thing}${state}`,
  `(?:nothing|none|not any|not one)(?: of (?:it|them|those))? (?:on|in|at|from) ${thing}`,
  `${thing} (?:i|we|they) (?:want to |have to |must )?keep${state}`,
  `${thing} (?:is|are|has|have|runs|hosts|holds|does|serves)\\b[^■]{0,60}?(?: ,| and| so|,)+ (?:so |and |please |therefore )*(?:${first} ${other}${state}|${other} ${said})`,
].map(phraseOf);
/** Of an order that does something else to what runs. */
const idle: readonly RegExp[] = [
  `${thing} ${may}${stays} (?:stopped|off|down|asleep|shut down|powered off|switched off|suspended|paused|disabled)`,
  `${keep} ${thing} (?:stopped|off|down|asleep|shut down|powered off|switched off|suspended|paused|disabled)`,
].map(phraseOf);
const unchanged: readonly RegExp[] = [
  `${thing} ${may}(?:stays?|remains?|keeps?) (?:at|on|with|its|the) ?(?:its|the)? ?\\S+(?: replicas?| copies)?`,
  `${thing} (?:we|i) (?:leave|keep)${state}`,
].map(phraseOf);

/** "db-sg stays as it is", "redis remains at 3": nothing is to be done with what a part of a text names. */
export function isSparing(cells: readonly Cell[], { from, to }: Part): boolean {
  const { text } = skeletonOf(cells.slice(from, to), undefined);
  return [...ways, ...unchanged].some((way) => way.test(text));
}

/** Needed is what must not be taken away; of a change that takes nothing it tells no more than why. */
const needed: readonly RegExp[] = [
  `${thing} (?:is|are)(?: the only (?:one|ones|thing) (?:that|which) is)?(?: still| really)? (?:needed|in use|used|required|important|critical)`,
  `${thing} is still in use`,
  `(?:i|we|they|people)?(?: ?do)? ?(?:still |really )?(?:need|use) ${thing}`,
  `${thing}(?: is the only (?:one|ones))?(?: that)? (?:i|we|they)(?: do)?(?: still| really)? (?:need|use)`,
].map(phraseOf);
const takes =
  /\b(stop|stopped|shut|power|switch|turn|halt|kill|delete|remove|destroy|terminate|drop|nuke|wipe|tear|trash|clean|purge|rid|suspend|pause|drain|evacuate|detach|unmount|scale|down|off|hibernate|decommission|zero)\b/;

interface Part {
  readonly from: number;
  readonly to: number;
}

/** The cells with what is to stay put behind the order as its exception. */
export function withSpared(cells: readonly Cell[]): readonly Cell[] {
  if (!cells.some((cell) => !cell.quoted && hint.test(cell.low)) || !cells.some(isSetMark)) return cells;
  const parts = partsOf(cells);
  for (let size = Math.min(4, parts.length); size > 0; size--)
    for (let at = 0; at + size <= parts.length; at++) {
      const span = { from: parts[at]!.from, to: parts[at + size - 1]!.to };
      const rest = [...parts.slice(0, at), ...parts.slice(at + size)];
      const orders = ordersIn(cells, rest);
      const spared = orders.length > 0 ? sparedIn(cells, span, cellsIn(cells, orders)) : undefined;
      if (spared) return withSpared(moved(cells, span, orders, spared));
    }
  return withTails(cells, parts);
}

const hint =
  /\b(only|just|but|not|nothing|none|never|no|nobody|dare|leave|keep|keeps|stays?|stay|remains?|survives?|lives?|live|survive|remain|continues?|continue|spare|spared|skip|ignore|omit|save|excl\w*|exempt\w*|except\w*|exceptions?|without|besides|minus|sans|bar|barring|apart|aside|other than|untouchable|untouched|sacred|holy|taboo|off limits|whitelist\w*|protect\w*|hands off|left|kept|needed|need|in use|cannot)\b/;

const isMark = (cell: Cell | undefined): boolean =>
  cell !== undefined &&
  !cell.quoted &&
  isWord(cell, 'comma', 'stop', 'colon', 'open', 'close') &&
  !senseOf(cell, 'name');

export const isSetMark = (cell: Cell): boolean =>
  !cell.quoted &&
  ((isWord(cell, 'all', 'both', 'any', 'everything', 'pronoun') && cell.low !== 'it') ||
    /^(these|those)\b/.test(cell.low) ||
    (senseOf(cell, 'kind')?.plural === true && !isWord(cell, 'replicas')) ||
    // "the gitlab runners"
    (cell.senses.length > 0 &&
      cell.senses.every(({ t }) => t === 'part') &&
      /[a-z]{3}[^s]s$/.test(cell.low)) ||
    cell.senses.some(({ t }) => t === 'glob'));

function partsOf(cells: readonly Cell[]): readonly Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (let at = 0; at <= cells.length; at++) {
    if (at < cells.length && !isMark(cells[at])) continue;
    if (at > from) parts.push({ from, to: at });
    from = at + 1;
  }
  return parts;
}

/** The parts that order something of a set; where none has a verb, those that name one. */
function ordersIn(cells: readonly Cell[], parts: readonly Part[]): readonly Part[] {
  const sets = parts.filter(({ from, to }) => cells.slice(from, to).some(isSetMark));
  const isOrder = ({ from, to }: Part): boolean =>
    cells.slice(from, to).some((cell) => isBase(cell) && !senseOf(cell, 'name')) || isLed(cells, from);
  const orders = sets.filter(isOrder);
  return orders.length > 0 || parts.some(isOrder) ? orders : sets;
}

/** "On all prod vms but not on the web ones, …": what the order that follows is about. */
const isLed = (cells: readonly Cell[], at: number): boolean =>
  /^(on|for|from)$/.test(cells[at]!.low) && isWord(cells[at + 1], 'all', 'both');

const cellsIn = (cells: readonly Cell[], parts: readonly Part[]): readonly Cell[] =>
  parts.flatMap(({ from, to }) => cells.slice(from, to));

/** The things a part says are to stay; undefined where it says anything else. */
function sparedIn(
  cells: readonly Cell[],
  { from, to }: Part,
  order: readonly Cell[],
): readonly Cell[] | undefined {
  const verb = order.find((cell) => isBase(cell) && !senseOf(cell, 'name'));
  const { text, things } = skeletonOf(cells.slice(from, to), senseOf(verb, 'verb')?.phrase);
  // "so that we save costs": a word that is only in some name is nothing to spare.
  const isCertain = things.some(
    (cell) =>
      cell.quoted ||
      isOne(cell) ||
      isWord(cell, 'det') ||
      ['name', 'kind', 'env', 'glob', 'region', 'provider'].some((sort) =>
        cell.senses.some(({ t }) => t === sort),
      ),
  );
  // "vms without a volume": what is not there bounds the set, and is none of it.
  const isLacking =
    /^(without|with no)$/.test(cells[from]!.low) && things.some(isHolding) && !order.some(isHolding);
  // "scale web, but not on worker-4": where it may run, and none of what is scaled.
  const isPlace =
    /\bnot (?:on|to|in) [■□]/.test(text) && things.some(isPlaceName) && !order.some(isPlaceName);
  if (!isCertain || isLacking || isPlace) return undefined;
  const isTaken = order.some((cell) => !cell.quoted && takes.test(cell.low));
  const isSaid = [...ways, ...(isTaken ? needed : idle)].some((way) => way.test(text));
  return isSaid ? things : undefined;
}

export const isPlaceName = (cell: Cell): boolean =>
  senseOf(cell, 'name')?.ids.some((id) => /:(?:node|host)\//.test(id)) === true ||
  senseOf(cell, 'kind')?.kinds.some((kind) => /^(?:node|host)$/.test(kind)) === true;

const isHolding = (cell: Cell): boolean =>
  senseOf(cell, 'kind')?.kinds.some((kind) => /^(volume|floating-ip|snapshot)$/.test(kind)) === true &&
  !senseOf(cell, 'name');

/** The words with the first run of things as one sign: ■ where something is named, □ where it is not. */
function skeletonOf(
  part: readonly Cell[],
  verb: string | undefined,
): { text: string; things: readonly Cell[] } {
  const said: string[] = [];
  let things: Cell[] = [];
  for (let at = 0; at < part.length; ) {
    let end = at;
    while (end < part.length && isOfThing(part, end, at)) end++;
    const run = part.slice(at, end);
    if (!run.some((cell) => isThing(cell) || isOne(cell))) {
      const isVerb = verb !== undefined && senseOf(part[at], 'verb')?.phrase === verb;
      said.push(part[at]!.quoted ? '"' : isVerb ? '◆' : part[at]!.low);
      at++;
      continue;
    }
    if (things.length === 0) things = run;
    said.push(run.some((cell) => senseOf(cell, 'name')) ? '■' : '□');
    at = end;
  }
  return { text: said.join(' '), things };
}

const isOne = (cell: Cell): boolean => !cell.quoted && /^ones?$/.test(cell.low);

function isOfThing(part: readonly Cell[], at: number, from: number): boolean {
  const cell = part[at]!;
  const isNoun = (one: Cell | undefined): boolean =>
    one !== undefined &&
    ((isThing(one) && !(isBase(one) && !senseOf(one, 'name'))) ||
      senseOf(one, 'region') !== undefined ||
      senseOf(one, 'provider') !== undefined);
  const next = part[at + 1];
  if (cell.quoted) return senseOf(cell, 'name') !== undefined;
  if (isWord(cell, 'except', 'not', 'stays', 'alone') && !senseOf(cell, 'name')) return false;
  // "shall live": no place.
  if (cell.low === 'live' && at > from && next === undefined) return false;
  if (isNoun(cell)) return true;
  if (isOne(cell)) return at > from;
  if (isWord(cell, 'det'))
    return isNoun(next) || (next !== undefined && (isOne(next) || !!senseOf(next, 'status')));
  if (senseOf(cell, 'status') && !isWord(cell, 'prep', 'filler'))
    return isNoun(next) || (!!next && isOne(next));
  const isJoint = isWord(cell, 'and', 'comma') && at > from;
  return isJoint && (isNoun(next) || (isWord(next, 'det') && isNoun(part[at + 2])));
}

/** The exception behind each order, and gone from where it stood, with the mark that set it apart. */
function moved(
  cells: readonly Cell[],
  span: Part,
  orders: readonly Part[],
  spared: readonly Cell[],
): readonly Cell[] {
  const isInBrackets = isWord(cells[span.from - 1], 'open') && isWord(cells[span.to], 'close');
  const from = isMark(cells[span.from - 1]) ? span.from - 1 : span.from;
  const to = isInBrackets || (from === span.from && isMark(cells[span.to])) ? span.to + 1 : span.to;
  const said = [plain(spared[0]!, 'except', word('except')), ...spared];
  // "keep a and b, stop the rest of the workers": all of them but those.
  const rest = cells.findIndex(
    (cell, at) =>
      !cell.quoted &&
      /^(the )?(rest|others?|remainder)$/.test(cell.low) &&
      isWord(cells[at + 1], 'of') &&
      orders.some((order) => order.from <= at && at < order.to),
  );
  return cells.flatMap((cell, at) => {
    if (rest >= 0 && at === rest + 1) return [];
    if (rest >= 0 && at === rest) return [plain(cell, 'all', word('all'))];
    const isGone = at >= from && at < to;
    const isEnd = orders.some((order) => order.to - 1 === at);
    return [...(isGone ? [] : [cell]), ...(isEnd ? said : [])];
  });
}

const joins =
  /^(but|though|and|only|just|leave|keep|not|never|no|without|minus|we|i|nobody|do not|whitelist|spare|save|skip|exclude|ignore|with|exception|the only|still)\b/;

/** "stop all dev vms only the bastion stays": nothing stands between the order and what is to stay. */
function withTails(cells: readonly Cell[], parts: readonly Part[]): readonly Cell[] {
  for (const order of ordersIn(cells, parts))
    for (let at = order.from + 2; at < order.to - 1; at++) {
      const cell = cells[at]!;
      const before = cells.slice(order.from, at);
      if (cell.low === 'except' || !before.some(isSetMark) || cell.quoted) continue;
      const isNamed = isWord(cell, 'det')
        ? cells[at + 1]?.low === 'only' || senseOf(cells[at + 1], 'name') !== undefined
        : senseOf(cell, 'name') !== undefined;
      if (
        isWord(cells[at - 1], 'prep', 'of', 'det', 'and', 'be', 'that', 'have', 'do') ||
        !(joins.test(cell.low) || isNamed)
      )
        continue;
      const span = { from: at, to: order.to };
      const spared = sparedIn(cells, span, cellsIn(cells, [{ from: order.from, to: at }]));
      if (!spared) continue;
      const said = [plain(spared[0]!, 'except', word('except')), ...spared];
      return [...cells.slice(0, at), ...said, ...cells.slice(order.to)];
    }
  return cells;
}
