// What is told of a set before the order over it: "the dev servers idle all night, shut them down", "our poc boxes cost
// money every day, please switch them off". The set stands first, with its place; what is told of it bounds nothing, and
// "them" becomes the set. A state that only some of it may be in, a figure, an exception or a name in what is told makes
// it no telling, and the text is left as it is. Called by `withBesideOrder`, before anything else is read.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase } from '../words/plainCells.ts';
import { singular } from '../words/spelling.ts';

/** The cells with the set in the place of "them", and without what was told of it. */
export function withToldSet(cells: readonly Cell[]): readonly Cell[] {
  const them = cells.findIndex(
    (cell, at) =>
      !cell.quoted &&
      /^(them|them all|all of them|all of those|those|em|all)$/.test(cell.low) &&
      (cell.low !== 'all' ||
        (isCount(cells[at + 1]) &&
          (cells[at + 2] === undefined || isWord(cells[at + 2], 'prep', 'stop', 'filler')))),
  );
  if (them < 3) return cells;
  const verb = cells.findLastIndex((cell, at) => at < them && isVerb(cell));
  const isObject =
    verb > 0 && cells.slice(verb + 1, them).every((cell) => isWord(cell, 'filler', 'all', 'of'));
  const mark = isObject ? markBefore(cells, verb) : -1;
  const from = cells.findLastIndex((cell, at) => at < mark && isWord(cell, 'stop') && !cell.quoted) + 1;
  if (mark < 1) return cells;
  const need = needEnd(cells, from);
  const set = setIn(cells.slice(need, mark));
  const predicate = set ? cells.slice(need + set.end, mark) : [];
  if (!set || !(need > from ? predicate.every(isLasting) : isTelling(predicate, set.set))) return cells;
  const rest = cells.slice(/^(all|both)$/.test(cells[them + 1]?.low ?? '') ? them + 2 : them + 1);
  const order = [...cells.slice(0, from), ...cells.slice(mark + 1, verb + 1)];
  // "change all three": as many as there are.
  if (cells[them]!.low === 'all' && isCount(cells[them + 1])) {
    const bare = set.set.slice(set.set.findIndex((cell) => !isWord(cell, 'det', 'demonstrative')));
    return [...order, cells[them]!, cells[them + 1]!, ...bare, ...rest.slice(1)];
  }
  return [...order, ...set.set, ...rest];
}

const isCount = (cell: Cell | undefined): boolean =>
  cell?.quoted === false && senseOf(cell, 'value')?.value.k === 'number';

/** "nobody needs the staging servers", "we no longer use the dev boxes": where what is not needed begins. */
function needEnd(cells: readonly Cell[], from: number): number {
  for (let to = Math.min(from + 6, cells.length); to > from; to--)
    if (unneeded.test(lowsOf(cells.slice(from, to)))) return to;
  return from;
}

const unneeded =
  /^(?:(?:since|as|because) )?(?:(?:nobody|no one|noone|no-one|none of us) (?:really |currently |still |actually |here )*(?:needs|uses|wants|is using|will need|will use|works on|will miss)|(?:we|i|they) (?:(?:do not|don't|dont|do no longer|no longer|currently do not|really do not) (?:really |currently |actually )*(?:need|use|want)|have no (?:use|need) for|(?:are|am) not using|(?:are|am) no longer using))$/;

const isLasting = (cell: Cell): boolean =>
  !cell.quoted &&
  /^(?:right now|now|at the moment|currently|any|more|any more|anymore|any longer|at present|these days|today|this week|for now|at all|at this time|tonight|over|the|weekend|over the weekend|really|atm|just now)$/.test(
    cell.low,
  );

const lowsOf = (cells: readonly Cell[]): string =>
  cells.map((cell) => (cell.quoted ? '"' : cell.low)).join(' ');

/** "power them off" has its verb in two words. */
const isVerb = (cell: Cell): boolean =>
  !cell.quoted &&
  !senseOf(cell, 'name') &&
  (isBase(cell) || /^(power|turn|switch|take|bring|put)$/.test(cell.low));

/** The mark before an order, with only courtesy between. */
function markBefore(cells: readonly Cell[], verb: number): number {
  let at = verb - 1;
  while (at > 0 && !isMark(cells[at]!) && isCourtesy(cells[at]!)) at--;
  return isMark(cells[at]!) ? at : -1;
}

const isMark = (cell: Cell): boolean =>
  !cell.quoted &&
  !senseOf(cell, 'name') &&
  (isWord(cell, 'comma', 'stop', 'colon') || /^(so|therefore|hence)$/.test(cell.low)) &&
  cell.low !== '?';

const isCourtesy = (cell: Cell): boolean =>
  !cell.quoted &&
  !/^(not|no|never|only|if)$/.test(cell.low) &&
  (isWord(cell, 'filler') || /^(you|now|can|could|then|and|just|please)$/.test(cell.low));

const isPlace = (cell: Cell | undefined): boolean =>
  cell !== undefined &&
  !cell.quoted &&
  (senseOf(cell, 'env') ?? senseOf(cell, 'region') ?? senseOf(cell, 'provider')) !== undefined;

/** The set that stands first, and where it ends. */
function setIn(told: readonly Cell[]): { readonly set: readonly Cell[]; readonly end: number } | undefined {
  const from = told.findIndex(
    (cell) => !(isWord(cell, 'filler', 'comma') && !isHead(cell) && !isPlace(cell)),
  );
  if (from < 0 || told.slice(0, from + 1).some((cell) => partial.test(cell.low))) return undefined;
  let at = from;
  while (
    isWord(told[at], 'det', 'all', 'both', 'demonstrative') ||
    senseOf(told[at], 'value')?.value.k === 'number'
  )
    at++;
  const isJoint = (index: number): boolean =>
    isWord(told[index], 'and') && isPlace(told[index - 1]) && isPlace(told[index + 1]);
  while (at < told.length && !isHead(told[at]!) && (isBefore(told[at]!) || isJoint(at))) at++;
  // "the gitlab runner vms": the kind is the head.
  while (told[at] !== undefined && isHead(told[at]!) && told[at + 1] !== undefined && isHead(told[at + 1]!))
    at++;
  if (told[at] === undefined || !isHead(told[at]!)) return undefined;
  let end = at + 1;
  if (/^(in|on|of|at|from)$/.test(told[end]?.low ?? '')) {
    let place = end + 1;
    while (isWord(told[place], 'det')) place++;
    if (!isPlace(told[place])) return undefined;
    end = place + 1;
    if (senseOf(told[end], 'kind') && !senseOf(told[end], 'name')) end++;
  }
  // "the servers that are not prod": what bounds them is a part of them.
  if (isWord(told[end], 'that') && !told[end]!.quoted) {
    let bound = end + 1;
    while (isWord(told[bound], 'be', 'not', 'prep', 'det')) bound++;
    if (!isPlace(told[bound])) return undefined;
    end = bound + 1;
  }
  return { set: told.slice(from, end), end };
}

const partial = /^(some|most|many|several|half|few|a few|a couple|any|one|no)\b/;

/** What may stand before the noun. */
const isBefore = (cell: Cell): boolean =>
  isPlace(cell) ||
  senseOf(cell, 'name')?.ids.every((id) => id.includes(':flavor/')) === true ||
  (!cell.quoted && !isBase(cell) && (senseOf(cell, 'part') ?? senseOf(cell, 'kind')) !== undefined);

/** A plural of a kind, or of what things are called. */
function isHead(cell: Cell): boolean {
  if (cell.quoted || senseOf(cell, 'name') || isPlace(cell)) return false;
  if (senseOf(cell, 'kind')?.plural && senseOf(cell, 'kind')!.kinds.length > 0) return true;
  return senseOf(cell, 'part') !== undefined && cell.low !== singular(cell.low) && !isBase(cell);
}

const bounding = [
  'except',
  'outside',
  'if',
  'or',
  'other',
  'named',
  'tagged',
  'stays',
  'insteadOf',
  'correction',
  'undoCue',
  'createdOn',
  'createdBefore',
  'createdAfter',
  'top',
  'least',
] as const;
/** What many machines do, as the first word behind them; "the disks bob left", "volumes nobody uses" are no such thing. */
const doing =
  /^(idle|sit|stand|lie|hang|crash|freeze|die|fail|flap|leak|lag|crawl|struggle|suffer|misbehave|behave|act|feel|look|seem|appear|sound|cost|burn|eat|waste|consume|serve|answer|respond|react|work|run|stay|keep|go|get|bother|annoy|page|need|lack|want|take|use|throw|show|drop|swap|restart|crashloop|collect|gather|remain|belong|run out)$/;
const adverb =
  /^(just|still|really|currently|always|constantly|all|never|only|simply|also|again|now|mostly|basically|barely|hardly|apparently)$/;
const partOnly =
  /^(some|most|many|several|half|few|one|only|should|must|may|might|would|could|will|older|created)\b/;

/** What is told bounds, counts, asks and orders nothing, and says of no state that only some may have. */
function isTelling(predicate: readonly Cell[], set: readonly Cell[]): boolean {
  const [first] = predicate;
  if (!first) return true;
  const verb = predicate.find((cell) => !adverb.test(cell.low));
  const isVerb =
    verb !== undefined && !verb.quoted && (isWord(verb, 'be', 'have', 'do') || doing.test(verb.low));
  if (!isVerb || /^(what|which|who|that)\b/.test(first.low)) return false;
  const isHeld = set.some((cell) =>
    senseOf(cell, 'kind')?.kinds.some((kind) => /^(volume|floating-ip)$/.test(kind)),
  );
  return predicate.every((cell, at) => !cell.quoted && isTold(predicate, at, isHeld));
}

function isTold(predicate: readonly Cell[], at: number, isHeld: boolean): boolean {
  const cell = predicate[at]!;
  const next = predicate[at + 1];
  if (['name', 'glob', 'prefix', 'env', 'region', 'provider'].some((sort) => has(cell, sort))) return false;
  // "have no tag", "keep hanging"
  if (/^(no|keep)$/.test(cell.low) && next && !senseOf(next, 'name') && !has(next, 'env'))
    return cell.low === 'no' || /ing$/.test(next.low);
  if (has(cell, 'kind') || has(cell, 'value')) return false;
  // Only some of them may be in that state; a machine has none that is called idle.
  if (has(cell, 'status') && (isHeld || !/^(idle|idling|free|unused|done)$/.test(cell.low))) return false;
  if (isWord(cell, 'all', 'any', 'both')) return has(next, 'time') || lasting.test(next?.low ?? '');
  if (has(cell, 'time'))
    return /^(today|tonight|now|right now|lately|this [a-z]+|at night|every [a-z]+|all [a-z]+)$/.test(
      cell.low,
    );
  if (partOnly.test(cell.low) || isWord(cell, ...bounding, 'attachedTo')) return false;
  return !(isBase(cell) && at > 0 && isWord(predicate[at - 1], 'and', 'comma'));
}

const lasting = /^(night|day|time|the time|week|weekend|year|month|summer|more|longer|evening|morning|of)/;

const has = (cell: Cell | undefined, sort: string): boolean =>
  cell?.senses.some(({ t }) => t === sort) === true;
