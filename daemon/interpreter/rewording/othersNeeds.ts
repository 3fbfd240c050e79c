// What somebody who is no thing here needs: a port that is to be open or shut, or a tag on things, said with who wants it,
// "the guest wifi vendor wants UDP 1194 let in on default-eu", "our assessor requires the tag pci=in-scope on each database,
// please apply it". It is passed on as an order, which takes nothing away; a machine that somebody else wants stopped is
// left for the guards, as is what was wanted once, is asked, or is denied. Also a tag that is to be written down, "record
// data-class=confidential as a tag on billing-prod". Called on every text, before anything reads it.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, plain, word } from '../words/plainCells.ts';
import { isMark, low } from './turnedOrders.ts';

const needing = /^(wants?|needs?|requires?|demands?|requests?|asks?|insists?|prescribes?|stipulates?)$/;
const nobody =
  /^(i|we|you|u|it|this|that|these|those|he|she|which|who|what|when|where|why|how|whether|there|nobody|no one|noone|none|neither|if|unless|does|do|did|is|are|was|were|can|could|would|should|let|each|every|all|any|both|no)\b/;
const openOnes =
  /^(open|opened|opened up|let in|let through|let by|allowed|permitted|unblocked|enabled|exposed)$/;
const shutOnes = /^(closed|shut|blocked|gone|removed|denied|barred|closed down|shut down|closed off)$/;

/** The cells with what others need as an order, and without an order that only says it again. */
export function withOthersNeeds(given: readonly Cell[]): readonly Cell[] {
  if (!given.some((cell) => isTags(cell) || isPort(cell))) return given;
  const cells = withTagsRecorded(given);
  const need = needIn(cells);
  const order = need === undefined ? undefined : (tagNeeded(cells, need) ?? portNeeded(cells, need));
  if (!order) return withoutSaidAgain(cells, false);
  const alone = withoutSaidAgain(order, true);
  // Where nobody is asked to do it, whatever else is said may speak against it.
  return alone !== order || isAlone(alone) ? alone : cells;
}

const recording =
  /^(record|note|register|enter|document|write|log|store|save|file|set|put|list|keep)( down| up)?$/;
const upon = /^(on|onto|for|at|to|upon|of|against|in)$/;

/** "record k=v as a tag on it", "register the tag k=v on it": add it. */
function withTagsRecorded(cells: readonly Cell[]): readonly Cell[] {
  const tags = cells.findIndex(isTags);
  let as = tags + 1;
  while (/^(as|a|an|the|its|new|tag|label)$/.test(low(cells[as]))) as++;
  const isAs = low(cells[tags + 1]) === 'as' && /^(tag|label)$/.test(low(cells[as - 1]));
  let verb = tags - 1;
  while (/^(the|a|an|tag|label|new|following)$/.test(low(cells[verb]))) verb--;
  const isNamed = verb < tags - 1 && /^(tag|label)$/.test(low(cells[tags - 1]));
  const isFirst = (at: number): boolean =>
    at === 0 || isMark(cells[at - 1]) || isWord(cells[at - 1], 'filler', 'afterwards', 'and', 'ask');
  if (tags < 1 || !(isAs || isNamed)) return cells;
  const add = (at: number): Cell => plain(cells[at]!, 'add', { t: 'verb', phrase: 'add', form: 'base' });
  if (recording.test(low(cells[verb])) && isFirst(verb) && upon.test(low(cells[as])))
    return [
      ...cells.slice(0, verb),
      add(verb),
      plain(cells[verb]!, 'tag', word('filler')),
      cells[tags]!,
      plain(cells[as]!, 'to', word('prep')),
      ...cells.slice(as + 1),
    ];
  return cells;
}

/** Where the word of need stands behind somebody, in the first sentence that has one. */
function needIn(cells: readonly Cell[]): number | undefined {
  let from = 0;
  for (const [at, cell] of cells.entries()) {
    if (isMark(cell)) from = at + 1;
    if (at === from || at - from > 7 || !needing.test(needWord(cell))) continue;
    const who = cells.slice(from, at);
    const head = senseOf(who.at(-1), 'kind');
    const isSomebody =
      !nobody.test(low(who[0])) &&
      (head === undefined || head.kinds.includes('policy')) &&
      who.every(
        (one) =>
          !one.quoted &&
          !senseOf(one, 'name')?.exact &&
          !senseOf(one, 'value') &&
          !isWord(
            one,
            'not',
            'if',
            'that',
            'who',
            'pronoun',
            'all',
            'any',
            'both',
            'be',
            'have',
            'need',
            'and',
            'prep',
          ) &&
          (!isBase(one) || one.low === 'new'),
      );
    const end = cells.findIndex((one, index) => index > at && isWord(one, 'stop') && !one.quoted);
    if (isSomebody && low(cells[end]) !== '?') return at;
  }
  return undefined;
}

/** "requests" may be a figure or what waits for a yes, too. */
const needWord = (cell: Cell): string => (cell.quoted || senseOf(cell, 'name')?.exact ? '' : cell.low);

/** "requires the tag k=v on each database" */
function tagNeeded(cells: readonly Cell[], need: number): readonly Cell[] | undefined {
  let at = behindFor(cells, need);
  if (isWord(cells[at], 'det')) at++;
  if (/^(new|additional|following|extra)$/.test(low(cells[at]))) at++;
  const isNamed = /^(tags?|labels?)$/.test(low(cells[at]));
  const tags = isNamed ? at + 1 : at;
  const on = cells[tags + 1];
  if (!isTags(cells[tags]) || !on || !/^(on|onto|for|at|to|upon)$/.test(on.low)) return undefined;
  return [
    ...cells.slice(0, subjectOf(cells, need)),
    plain(cells[need]!, 'add', { t: 'verb', phrase: 'add', form: 'base' }),
    plain(cells[need]!, 'tag', word('filler')),
    cells[tags]!,
    plain(on, 'to', word('prep')),
    ...cells.slice(tags + 2),
  ];
}

/** "wants UDP 1194 let in on default-eu" */
function portNeeded(cells: readonly Cell[], need: number): readonly Cell[] | undefined {
  let at = behindFor(cells, need);
  if (isWord(cells[at], 'det')) at++;
  const port = at;
  while (at < port + 3 && isWord(cells[at], 'protocol', 'port')) at++;
  if (!isPort(cells[at])) return undefined;
  at++;
  while (at < port + 6 && isWord(cells[at], 'protocol', 'port') && !isWord(cells[at], 'prep')) at++;
  const end = at;
  if (/^(to be|to get|be)$/.test(low(cells[at]))) at++;
  const done = low(cells[at]);
  const isOpen = openOnes.test(done);
  if (!isOpen && !shutOnes.test(done)) return undefined;
  at++;
  if (/^(in|through|up|down|off)$/.test(low(cells[at])) && isWord(cells[at + 1], 'prep')) at++;
  if (!/^(on|in|at|from|for|through|via)$/.test(low(cells[at]))) return undefined;
  const group = isWord(cells[at + 1], 'det') ? at + 2 : at + 1;
  const named = senseOf(cells[group], 'kind') && !senseOf(cells[group], 'name') ? group + 1 : group;
  const ids = senseOf(cells[named], 'name')?.ids ?? [];
  if (ids.length === 0 || !ids.every((id) => id.includes(':security-group/'))) return undefined;
  const phrase = isOpen ? 'open' : 'close';
  return [
    ...cells.slice(0, subjectOf(cells, need)),
    plain(cells[need]!, phrase, { t: 'verb', phrase, form: 'base' }),
    ...cells.slice(port, end),
    plain(cells[at]!, 'on', word('prep')),
    ...cells.slice(at + 1),
  ];
}

/** One order and nothing beside it but courtesy and a heading. */
function isAlone(order: readonly Cell[]): boolean {
  const verb = order.findIndex((cell) => isBase(cell) && /^(open|close|add)$/.test(cell.low));
  const end = order.findIndex((cell, at) => at > verb && isMark(cell));
  const isHeaded = verb === 0 || isWord(order[verb - 1], 'colon') || isIdle(order.slice(0, verb));
  return isHeaded && (end < 0 || isIdle(order.slice(end)));
}

const isIdle = (cells: readonly Cell[]): boolean =>
  cells.every((cell) => isMark(cell) || (isWord(cell, 'filler') && !cell.quoted));

/** Where somebody begins to be spoken of. */
const subjectOf = (cells: readonly Cell[], need: number): number =>
  cells.findLastIndex((cell, at) => at < need && isMark(cell)) + 1;

/** "asks for", "insists on", "asks that" */
const behindFor = (cells: readonly Cell[], need: number): number =>
  /^(for|on|that|to have|to see|to get)$/.test(low(cells[need + 1])) ? need + 2 : need + 1;

/** "every vm should carry the tag k=v, please add it": said once more. */
function withoutSaidAgain(cells: readonly Cell[], isOrder: boolean): readonly Cell[] {
  const tags = cells.findIndex((cell) => isTags(cell) || (isOrder && isPort(cell)));
  const mark = cells.findIndex((cell, at) => at > tags && isMark(cell) && isAgain(cells, at + 1) > 0);
  const before = cells.slice(
    Math.max(
      0,
      cells.findLastIndex((cell, at) => at < tags && isMark(cell)),
    ),
    tags,
  );
  const isOne = tags > 0 && cells.filter((cell) => isTags(cell) || isPort(cell)).length === 1;
  const isDue = isOrder || before.some((cell) => due.test(low(cell)));
  // Between the two nothing else may be said.
  const isNear = !cells.slice(tags, Math.max(tags, mark)).some(isMark);
  if (!isOne || mark < 0 || !isDue || !isNear) return cells;
  return [...cells.slice(0, mark), ...cells.slice(mark + 1 + isAgain(cells, mark + 1))];
}

const due =
  /^((should|must|shall|ought to|has to|have to|is to|are to|needs? to)( (carry|have|bear|get|wear|be|show))?|ought|needs?|requires?|lacks?|misses|is missing|are missing)$/;

/** How many cells say "so please add it" from here to the next mark or the end; none where anything else is said. */
function isAgain(cells: readonly Cell[], from: number): number {
  let end = from;
  while (end < cells.length && !isMark(cells[end])) end++;
  const said = cells
    .slice(from, end)
    .map((cell) => (cell.quoted || senseOf(cell, 'name') ? '"' : cell.low))
    .join(' ');
  return low(cells[end]) !== '?' && again.test(said) ? end - from : 0;
}

const again =
  /^(?:(?:and|so|then|hence|therefore|please|kindly|pls|plz|do|can you|could you|would you|just|now|accordingly) )*(?:add|apply|set|put|attach|assign|do|make|enter|place|open|allow|permit|enable|close|shut|block|see to)(?: (?:it|that|this|them|so|(?:the|that|this) (?:tag|label|port)))?(?: (?:there|on|in|everywhere|please|now|accordingly|to them|to it|to all|to all of them|to each|on them|on all|on all of them|for me|for us|today))*$/;

const isTags = (cell: Cell | undefined): boolean =>
  cell?.quoted === false && senseOf(cell, 'value')?.value.k === 'tags';
const isPort = (cell: Cell | undefined): boolean =>
  cell?.quoted === false && /^(number|port)$/.test(senseOf(cell, 'value')?.value.k ?? '');
