// On what occasion something is ordered: "… before tonight's upgrade", "… for the release", "during the freeze, …",
// "while the auditors are here, …". It says when or what for, and never which or how. It is only known by its build: a
// word that leads it, and words that name, place, count and bound nothing. Called with the turns of speech.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase } from '../words/plainCells.ts';

const tailMax = 6;
const leading =
  /^(before|ahead of|prior to|during|over|in preparation for|in time for|for|as part of|due to|because of)$/;
const article = /^(the|our|my|your|their|this|a|an|another)$/;
const speakers = /^(we|i|they|he|she|anyone|anybody|somebody|someone|people|anything|things|it)$/;
const stating = /^(while|now that|whilst)$/;

/** The cells without the occasion behind the order, or before it. */
export function withoutOccasion(cells: readonly Cell[]): readonly Cell[] {
  return withoutLead(withoutCause(withoutTail(withoutPrecaution(cells))));
}

/** "in case the patch goes wrong, snapshot a": what a snapshot is for, and no condition of it. */
function withoutPrecaution(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex((cell) => !cell.quoted && /^(just )?in case$/.test(cell.low));
  if (at < 0 || !cells.some((cell) => !cell.quoted && /\b(snapshots?|backups?)\b/.test(cell.low)))
    return cells;
  const mark = cells.findIndex(
    (cell, index) => index > at && isWord(cell, 'comma', 'stop', 'colon') && !cell.quoted,
  );
  const end = mark < 0 ? cells.length : mark;
  const told = cells.slice(at + 1, end);
  const isTold = told.length > 1 && told.length <= 2 * tailMax && isIdle(told, true);
  const order = [...cells.slice(0, at), ...cells.slice(end)];
  const isTaking = order
    .filter(isBase)
    .every(({ low }) => /^(snapshot|take|make|create|do|please)\b/.test(low));
  return isTold && isTaking ? order : cells;
}

/** "a and b need a reboot after the docker update": why they do; "reboot a after the update" may say when. */
function withoutCause(cells: readonly Cell[]): readonly Cell[] {
  const after = cells.findIndex(
    (cell, at) =>
      /^(after|since)$/.test(cell.low) &&
      !cell.quoted &&
      senseOf(cells[at - 1], 'verb') !== undefined &&
      isWord(cells[at - 2], 'det') &&
      isWord(cells[at - 3], 'need'),
  );
  if (after < 0) return cells;
  const mark = cells.findIndex((cell, at) => at > after && isWord(cell, 'comma', 'stop') && !cell.quoted);
  const end = mark < 0 ? cells.length : mark;
  const tail = cells.slice(after + 1, end);
  const isTold = tail.length > 1 && tail.length <= tailMax && isIdle(tail) && isEvent(tail);
  return isTold ? [...cells.slice(0, after), ...cells.slice(end)] : cells;
}

function withoutTail(cells: readonly Cell[]): readonly Cell[] {
  const from = cells.findLastIndex((cell, at) => at > 1 && !cell.quoted && begins(cell, cells[at + 1]));
  const mark = cells.findLastIndex((cell, at) => at < from && !cell.quoted && isWord(cell, 'comma', 'stop'));
  if (from < 2 || !cells.slice(mark + 1, from).some(isBase)) return cells;
  const stop = cells.findIndex((cell, at) => at > from && isWord(cell, 'stop') && !cell.quoted);
  const end = stop < 0 ? cells.length : stop;
  const tail = cells.slice(from + 1, end);
  const isSpoken =
    speakers.test(tail[0]?.low ?? '') ||
    / (we|i|they|he|she|anyone|anybody|somebody)$/.test(cells[from]!.low);
  if (tail.length > tailMax || tail.length === 0 || !isIdle(tail, isSpoken)) return cells;
  // "for the interns" may say whose they are.
  const isWhose = cells[from]!.low === 'for' && !tail.some((cell) => events.test(cell.low));
  return isSpoken || (isEvent(tail) && !isWhose) ? [...cells.slice(0, from), ...cells.slice(end)] : cells;
}

/** "before", "ahead of", "before we". */
function begins(cell: Cell, next: Cell | undefined): boolean {
  if (/^before (we|i|they|he|she|anyone|anybody|somebody)$/.test(cell.low)) return true;
  // "before tonight's upgrade": the day was read with the word before it.
  if (/^before /.test(cell.low) && senseOf(cell, 'time')) return isWord(next, 'possessive');
  if (!leading.test(cell.low) || next === undefined || senseOf(cell, 'name')) return false;
  return cell.low === 'before' || !speakers.test(next.low);
}

/** "the maintenance window", "tonight's upgrade", "black friday": an article or a time, and what happens then. */
function isEvent(tail: readonly Cell[]): boolean {
  const [first] = tail;
  const isLed =
    isWord(first, 'possessive') ||
    article.test(first!.low) ||
    senseOf(first, 'time') !== undefined ||
    isWord(tail[1], 'possessive');
  const nouns = (isWord(first, 'possessive') ? tail : tail.slice(1)).filter(
    (cell) => !isWord(cell, 'possessive') && !senseOf(cell, 'time'),
  );
  // "during the night": every night, perhaps.
  const isRecurring = tail.some((cell) =>
    /^(nights?|days?|mornings?|evenings?|weekends?|hours|lunch)$/.test(cell.low),
  );
  return isLed && !isRecurring && nouns.length > 0 && nouns.length < 4;
}

/** "For the demo tomorrow I need …", "Before the update make …": what it is for, before a wish or an order. */
function withoutEventFirst(cells: readonly Cell[]): readonly Cell[] {
  const first = cells.findIndex((cell) => !isWord(cell, 'filler', 'comma'));
  const lead = cells[first];
  if (!lead || lead.quoted || !leading.test(lead.low)) return cells;
  const wish = cells.findIndex(
    (cell, at) =>
      at > first &&
      at < first + tailMax &&
      !cell.quoted &&
      (wishing.test(cell.low) || isOrderedAt(cells, first, at)),
  );
  const end = isWord(cells[wish - 1], 'comma') ? wish - 1 : wish;
  const told = cells.slice(first + 1, Math.max(first + 1, end));
  return told.length > 1 && isIdle(told) && isEvent(told) ? cells.slice(wish) : cells;
}

/** "before the kernel update | reboot a": right behind what is coming, and no more of its name. What happens during
 * something may be for then; and of several, "before the tests stop", it may be told what they do. */
function isOrderedAt(cells: readonly Cell[], first: number, at: number): boolean {
  const [event, next] = [cells[at - 1], cells[at + 1]];
  return (
    /^(before|ahead of|prior to|in preparation for|in time for)$/.test(cells[first]!.low) &&
    isBase(cells[at]) &&
    event !== undefined &&
    !event.quoted &&
    coming.test(event.low) &&
    next !== undefined &&
    !coming.test(next.low)
  );
}

/** What is prepared for. */
const coming =
  /^(upgrade|update|migration|release|deploy|deployment|rollout|roll-out|patch|patching|patchday|round|maintenance|audit|demo|test|freeze|launch|review|restore|failover|cutover|switchover|switch|change|window|go-live|campaign|sale|inspection|drill|move|cut-over)$/;

const wishing = /^(i|we) (need|want|would like|require)( to have)?$|^(please|pls|kindly|can you|could you)$/;

/** "While the auditors are here, please …": what is so meanwhile. */
function withoutLead(given: readonly Cell[]): readonly Cell[] {
  const cells = withoutEventFirst(given);
  const first = cells.findIndex((cell) => !isWord(cell, 'filler', 'comma'));
  const lead = cells[first];
  if (!lead || lead.quoted || !stating.test(lead.low)) return cells;
  const comma = cells.findIndex((cell, at) => at > first && isWord(cell, 'comma') && !cell.quoted);
  const told = cells.slice(first + 1, Math.max(first + 1, comma));
  const isStated = told.length > 1 && told.length <= 2 * tailMax && isIdle(told);
  return isStated && cells.slice(comma).some(isBase) ? cells.slice(comma + 1) : cells;
}

/** What happens, though things may have it in their names. */
const events =
  /^(upgrades?|updates?|migrations?|releases?|deploys?|deployments?|backups?|patch|patches|patching|maintenance|audits?|demos?|tests?|freeze|launch|review|restore|failover|cutover|switchover|snapshots?)$/;

const data = [
  'name',
  'kind',
  'env',
  'region',
  'provider',
  'status',
  'value',
  'metric',
  'part',
  'prefix',
  'glob',
] as const;

const turning = [
  'comma',
  'and',
  'or',
  'afterwards',
  'except',
  'not',
  'if',
  'all',
  'any',
  'both',
  'stays',
  'that',
] as const;
/** What somebody does may be told of any sort of things: "before we delete it". */
const spoken = ['name', 'env', 'region', 'provider', 'value', 'glob'] as const;

/** Nothing of it names, places, counts or bounds; a deed in it has an article before it or somebody who does it. */
function isIdle(said: readonly Cell[], isSpoken = false): boolean {
  return said.every((cell, at) => {
    const before = said[at - 1];
    if (cell.quoted || /^(only|just|other|others|rest)$/.test(cell.low)) return false;
    if (isWord(cell, ...turning) && !(at === 0 && speakers.test(cell.low))) return false;
    const isBare = !isSpoken && (!before || isWord(before, 'filler', 'comma'));
    if (senseOf(cell, 'verb')?.form === 'base' && isBare) return false;
    const isEvent = before !== undefined && events.test(cell.low);
    return isEvent || !(isSpoken ? spoken : data).some((sort) => senseOf(cell, sort));
  });
}
