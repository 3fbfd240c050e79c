// What hangs on an order and cannot change it: "… for the test run", "… before the release window", "…, both dead since
// summer". Known is not what such words may be, but what they must not be: a name, a figure, a bound, a denial, a
// condition, a time to come, another order or a kind of thing. Each is left out by itself and the rest is read again; only
// a plan of the rest is taken. Called by the interpreter, where nothing else gave a plan.

import type { PlanReading } from '../../../shared/model/reading.ts';
import type { Inventory } from '../inventory/inventory.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase } from '../words/plainCells.ts';

/** The order without what hangs on it. */
export interface Shortened {
  readonly order: readonly Cell[];
  readonly left: readonly Cell[];
}

const needs = /^(i|we) (need|want|would like)$/;
const triesMax = 3;
const leftMax = 9;

/** When and why: such words never say which things are meant. */
const occasion =
  /^(before|ahead|prior|during|because|due|since|so that|cause|given|now that|in preparation|in time|thanks to|owing)\b/;
/** For whom and what for: of a set it might say which. */
const sake = /^for\b/;

/** The orders that are left where one thing is left out; the longest first. */
export function shortened(cells: readonly Cell[], inventory: Inventory): readonly Shortened[] {
  const isNeed = (cell: Cell): boolean => !cell.quoted && (isWord(cell, 'need') || needs.test(cell.low));
  const first = cells.findIndex((cell) => isNeed(cell) || (isBase(cell) && !senseOf(cell, 'name')));
  // "before the freeze I need …": the freeze is no order.
  const verb = isNeededFor(cells) ? cells.findIndex(isNeed) : first;
  if (verb < 0 || cells.length > 40) return [];
  const found: Shortened[] = [];
  for (let at = 0; at < cells.length && found.length < triesMax; at++) {
    const cell = cells[at]!;
    const isMark = isMarkAt(cells, at);
    const isLed = at > verb + 1 && !cell.quoted && !senseOf(cell, 'name') && leadOf(cell) !== undefined;
    const isPart = isMark || (at === 0 && verb > 2);
    if (!isLed && !isPart) continue;
    const from = isMark ? at + 1 : at;
    let end = from + (isLed ? 1 : 0);
    // "before the freeze I need …": up to the order.
    const isFirst =
      at === 0 && leadOf(cell) === 'occasion' && !cells.slice(0, verb).some((_, i) => isMarkAt(cells, i));
    while (end < cells.length && !isMarkAt(cells, end) && !(isFirst && end === verb)) end++;
    const left = cells.slice(from, end);
    if (left.length < 2 || left.length > leftMax || (from <= verb && verb < end)) continue;
    if (!isLed && cells[end]?.low === '?') continue;
    if (!(isLed || isFirst ? isIdleTail(left, inventory) : isIdlePart(left, inventory))) continue;
    const start = isMark ? at : from;
    const next = start === 0 && !isFirst ? end + 1 : end;
    found.push({ order: [...cells.slice(0, start), ...cells.slice(next)], left });
  }
  return found;
}

/** "before the freeze I need snapshots of …": something that is needed, and no question what there is. */
export const isNeededFor = (cells: readonly Cell[]): boolean =>
  cells[0] !== undefined &&
  leadOf(cells[0]) === 'occasion' &&
  cells.some(({ low, quoted }) => !quoted && needs.test(low));

const isMarkAt = (cells: readonly Cell[], at: number): boolean =>
  isWord(cells[at], 'comma', 'stop', 'open', 'close') && !cells[at]!.quoted && !senseOf(cells[at], 'name');

const leadOf = ({ low }: Cell): 'occasion' | 'sake' | undefined =>
  occasion.test(low) ? 'occasion' : sake.test(low) ? 'sake' : undefined;

/** Whether a plan may stand without what was left out. */
export function mayStand(plan: PlanReading, { order, left }: Shortened, inventory: Inventory): boolean {
  const named = new Set(
    order.flatMap((cell) =>
      cell.quoted ? [] : (senseOf(cell, 'name')?.exact && senseOf(cell, 'name')!.ids) || [],
    ),
  );
  const isEachNamed = plan.steps.every(
    ({ target }) =>
      target === undefined || (target.kind === 'resources' && target.ids.every((id) => named.has(id))),
  );
  const lead = leadOf(left[0]!);
  if (plan.steps.some(({ operation }) => /^(list|show|audit|metrics|logs)\b/.test(operation))) return false;
  // From where a port is open, and for how long an alert is silent, is a part of the order.
  const isTerm = plan.steps.some(({ operation }) => /^(open-port|close-port|silence)\./.test(operation));
  if (lead === 'sake' && (isTerm || !isEachNamed)) return false;
  if (
    plan.risk === 'destroy' &&
    !(isEachNamed && left.some(({ low }, at) => lifeless.test(low) && isClosed(left[at + 1])))
  )
    return false;
  const used = JSON.stringify(plan.steps.map(({ target, args }) => [target, args])).toLowerCase();
  return order.every((cell) => {
    const ids = cell.quoted || isWord(cell, 'filler', 'prep') ? [] : (senseOf(cell, 'name')?.ids ?? []);
    return (
      ids.length === 0 ||
      used.includes(cell.low) ||
      ids.some((id) => used.includes(`"${id.toLowerCase()}"`) || isPlaceOf(id, plan, inventory))
    );
  });
}

const isPlaceOf = (id: string, plan: PlanReading, inventory: Inventory): boolean => {
  const place = inventory.get(id);
  return (
    place?.kind === 'namespace' &&
    plan.steps.some(
      ({ target }) =>
        target?.kind === 'resources' &&
        target.ids.some((one) => inventory.get(one)?.namespace === place.name),
    )
  );
};

/** What is said of things that may go. */
const lifeless =
  /^(dead|unused|obsolete|idle|empty|abandoned|retired|useless|orphaned|superseded|replaced|decommissioned|outdated|expired|finished|over)$/;

/** "dead since summer", never "dead slow". */
const isClosed = (next: Cell | undefined): boolean =>
  next === undefined || isWord(next, 'prep', 'filler', 'because') || senseOf(next, 'time') !== undefined;

const turning = [
  'not',
  'except',
  'only',
  'if',
  'or',
  'instead',
  'insteadOf',
  'stays',
  'correction',
  'afterwards',
  'after',
  'undoCue',
  'all',
  'any',
  'everything',
  'other',
  'outside',
  'same',
  'named',
  'tagged',
  'first',
  'again',
  'more',
  'less',
  'colon',
] as const;
const binding =
  /^(no|none|nobody|nothing|never|only|just|but|until|till|unless|once|when|whenever|while|later|first|then|too|also|half|some|most|few|every|each|alone|one|ones|instead|without|with|which|who|whose|that|where|might|may|maybe|perhaps|must|should|shall|would|could|if|want|wants|wanted|said|says|told|asked|asks|please|pls|need|needs|needed|wait|waits|waiting|hold|check|see|look|ask|unknown|unclear|unsure|careful|carefully|important|backup|backups|copy)$/;
const period =
  /^(second|minute|hour|day|night|morning|afternoon|evening|week|weekend|month|quarter|year|sprint|moment|while|time|now|hours|days|nights|weeks|weekends|months|minutes|monday|tuesday|wednesday|thursday|friday|saturday|sunday|duration|period|rest)s?$/;
const past = /\bago$|^since\b|^yesterday|^last (night|week|weekend|month)|^overnight$|^this morning$/;

/** No word of speech: "/dev/vdb", "v2", "10%". */
const isCode = (cell: Cell): boolean => !/^[\p{L}'’ -]+$/u.test(cell.text);

const isTurning = (cell: Cell): boolean =>
  cell.quoted ||
  isCode(cell) ||
  isWord(cell, 'what', 'who', 'why', 'when', 'ask') ||
  (isWord(cell, ...turning) && !isWord(cell, 'filler', 'prep', 'be', 'det')) ||
  binding.test(cell.low);

const isHere = (cell: Cell, inventory: Inventory): boolean =>
  inventory.isPart(cell.low) || inventory.fieldsOf(cell.low).length > 0;

/** "for the test run", "before the release window": behind its lead nothing that names, counts, bounds or orders. */
function isIdleTail([lead, ...tail]: readonly Cell[], inventory: Inventory): boolean {
  const isOccasion = leadOf(lead!) === 'occasion';
  return tail.every((cell, at) => {
    if (isTurning(cell) || (period.test(cell.low) && !isOccasion)) return false;
    const isNoun = at > 0;
    if (senseOf(cell, 'name') && !isWord(cell, 'filler', 'prep', 'det')) return false;
    if (senseOf(cell, 'value') || senseOf(cell, 'glob') || senseOf(cell, 'time')) return false;
    if (isBase(cell) && !isNoun) return false;
    if (isOccasion) return true;
    const isSelecting = ['kind', 'env', 'region', 'provider', 'status', 'metric', 'part', 'prefix'].some(
      (sort) => cell.senses.some(({ t }) => t === sort),
    );
    // "for my restore test": what happens, though something may be called so.
    const isEvent = isNoun && at === tail.length - 1 && events.test(cell.low);
    return !isSelecting || isEvent || (senseOf(cell, 'env') !== undefined && !isHere(cell, inventory));
  });
}

const events =
  /^(test|tests|run|demo|release|restore|migration|upgrade|audit|rehearsal|drill|session|import|export|batch|campaign|sale|training|workshop|presentation)$/;

/** "both dead since summer": a part between marks that tells something and orders nothing. */
function isIdlePart(part: readonly Cell[], inventory: Inventory): boolean {
  return part.every((cell, at) => {
    if (isTurning(cell)) return false;
    if (senseOf(cell, 'name') && !isWord(cell, 'filler', 'prep', 'det')) return false;
    if (senseOf(cell, 'value') || senseOf(cell, 'glob')) return false;
    if (senseOf(cell, 'time') && !past.test(cell.low)) return false;
    if (isBase(cell) && !isWord(part[at - 1], 'det')) return false;
    const isSelecting = ['kind', 'env', 'region', 'provider', 'prefix'].some((sort) =>
      cell.senses.some(({ t }) => t === sort),
    );
    return !isSelecting || (senseOf(cell, 'env') !== undefined && !isHere(cell, inventory));
  });
}
