// With whose leave, in whose name, with which hope something is to be done: "as agreed with finance", "in line with the
// policy", "with Bob's approval", "on behalf of the data team", "without further ado", "with black friday in mind". Such
// words hang on an order by a preposition and bound nothing of it; they are left out before the order is read. Words that
// name, count or order anything keep the whole. Called by the interpreter, first of all.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase } from '../words/plainCells.ts';

/** Any words that are no data. */
const one = '(?: [^ □●■◆]+)';
const some = `${one}{0,7}`;
const whose = `(?:my|our|your|his|her|their|the|its|a|full|own|explicit|written|verbal|[a-z]+ 's|[a-z]+'?s)`;
const leave =
  'approval|approvals|blessing|consent|permission|ok|okay|agreement|knowledge|sign-?off|go-?ahead|compliments|support|help|respect|urgency|caution|understanding|authority|responsibility|behalf|request|requests|order|orders|advice|account|risk|recommendation|suggestion|instruction|instructions|demand|initiative|insistence|wish';

const shapes: readonly RegExp[] = [
  // "as agreed with finance", "as a precaution", "as part of the hardening"
  `as (?:agreed|discussed|requested|planned|announced|promised|usual|mentioned|instructed|ordered|approved|described|proposed|suggested|decided|required|always|said|stated|advised|recommended|noted|shown|seen|written|listed|documented|recorded|specified|outlined|told|per)${some}`,
  `as (?:an?|the|part of|our|my)${one}{0,5}`,
  `in (?:accordance|agreement|line|connection|response|reaction|preparation|reference|coordination|compliance|consultation|relation|anticipation|honou?r|memory|view|light|support|favou?r|consideration|advance|expectation) (?:with|to|for|of)${some}`,
  `in the (?:name|interest|interests|hope|spirit|course|context|meantime|light)(?: (?:of|that))?${some}`,
  `with (?:regards?|reference|respect|relation|a view) to${some}`,
  `with${one}{1,5} in mind`,
  `(?:with|on|at|by|under|upon|per)(?: ${whose}){0,3} (?:${leave})(?: (?:of|from|by)${some})?`,
  `with (?:all )?(?:due )?(?:respect|pleasure|love|joy|regret|a heavy heart|immediate effect)`,
  `without (?:any )?(?:further )?(?:delay|hesitation|ado|fuss|drama|mercy|regrets?|hurry|rush|exception|questions?|discussion)`,
  `by (?:all means|popular demand|way of${some}|decision of${some})`,
  `under (?:the )?(?:change|ticket|case|incident|request)${some}`,
  `for (?:the )?(?:umpteenth|second|third|fourth|last|nth) time(?: (?:this|today|in)${some})?`,
  `for (?:good measure|good reason|obvious reasons|whatever reason|the greater good|old times sake|heavens sake|the sake of${some})`,
  `and (?:fingers crossed|cross (?:your )?fingers|good riddance|never look back|hope for the best|hurry up|be (?:quick|careful|gentle|nice|patient)(?: (?:about|with) it)?|make it (?:quick|snappy|fast)|tell (?:no one|nobody|everyone|them|finance|the team)${some}|sorry (?:for|about)${some}|that will be (?:it|all))`,
].map((shape) => new RegExp(`^${shape}(?: (?:please|pls|thanks|thx|now|asap))*$`));

const leads = /^(as|in|with|on|at|by|under|upon|per|without|for|and)\b/;
const asking = [
  'what',
  'who',
  'why',
  'when',
  'howMany',
  'listCue',
  'showCue',
  'logCue',
  'summarize',
  'changed',
  'depends',
] as const;

/** The cells without what only says with whose leave, why and how gladly an order is given. */
export function withoutCircumstances(cells: readonly Cell[]): readonly Cell[] {
  const order = cells.findIndex((cell) => isBase(cell) && !isWord(cell, ...asking, 'ask'));
  if (order < 0 || cells.some((cell) => !cell.quoted && isWord(cell, ...asking) && !senseOf(cell, 'name')))
    return cells;
  for (let at = order + 2; at < cells.length - 1; at++) {
    const cell = cells[at]!;
    if (cell.quoted || senseOf(cell, 'name') || !leads.test(cell.low)) continue;
    const mark = cells.findIndex((one, index) => index > at && isMark(one));
    const end = mark < 0 ? cells.length : mark;
    const said = cells.slice(at, end).map(signOf).join(' ');
    if (shapes.some((shape) => shape.test(said)))
      return withoutCircumstances([...cells.slice(0, at), ...cells.slice(end)]);
  }
  return cells;
}

const isMark = (cell: Cell): boolean =>
  !cell.quoted &&
  isWord(cell, 'comma', 'stop', 'colon', 'open', 'close', 'afterwards') &&
  !senseOf(cell, 'name');

/** "INC-4711": a number of somebody's list. */
const isTicket = (cell: Cell): boolean =>
  !senseOf(cell, 'name') && /^([a-z]{2,8}-\d{2,}|#\d+|\d{4,})$/.test(cell.low);

/** What is here as ■, figures as ●, words of kinds as □, orders as ◆. */
function signOf(cell: Cell, at: number, part: readonly Cell[]): string {
  if (cell.quoted) return '■';
  if (at === 0) return cell.low;
  const name = senseOf(cell, 'name');
  const isHere = ['prefix', 'glob', 'region', 'provider', 'env'].some((sort) =>
    cell.senses.some(({ t }) => t === sort),
  );
  if (name || isHere) return '■';
  if (isTicket(cell) || /^(all|any)$/.test(cell.low)) return cell.low;
  if (isWord(cell, 'except', 'not', 'if', 'all', 'both', 'any', 'outside', 'other', 'only')) return '■';
  if (senseOf(cell, 'value')) return '●';
  if (senseOf(cell, 'kind')?.kinds.some((kind) => kind !== 'policy') || senseOf(cell, 'metric')) return '□';
  const isOrder =
    isBase(cell) &&
    !isWord(part[at - 1], 'det') &&
    !isWord(cell, 'filler', 'light', 'ask') &&
    !/^(order|request|need)$/.test(cell.low);
  return isOrder ? '◆' : cell.low;
}
