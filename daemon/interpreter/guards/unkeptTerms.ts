// Terms of an order that no step can keep: "open 443, but not to the world", "delete the pods crashing since the deploy",
// "reboot web-*, only the even ones", "to be deleted, disk kept". The order is known, its term is not; without the term it
// would do more than was said, so that the plan is offered as a question. Called by `heldBack`, over the text as typed.

import type { PlanReading, StepDraft } from '../../../shared/model/reading.ts';
import type { Catalogue } from '../../catalogue/contract.ts';
import { isOpenWait } from '../steps/pauses.ts';
import { isPredicate } from '../steps/split.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase } from '../words/plainCells.ts';
import { looseTail } from './looseTails.ts';
import type { Doubt } from './objections.ts';

/** The term that is not kept, if there is one. */
export function unkeptTerm(
  reading: PlanReading,
  cells: readonly Cell[],
  catalogue: Catalogue,
): Doubt | undefined {
  const { steps } = reading;
  const isSaid = (cell: Cell): boolean =>
    steps.some(({ evidence }) => evidence.some(({ start, end }) => start < cell.end && cell.start < end));
  const isPort = steps.some(({ operation }) => /^(open|close)-port\./.test(operation));
  const destroying = steps.filter(({ operation }) => catalogue.get(operation)?.risk === 'destroy');
  const isTerm = (cell: Cell, at: number): boolean =>
    !cell.quoted &&
    !senseOf(cell, 'name') &&
    !isSaid(cell) &&
    ((isPort && !isOrderNext(cells, at, isSaid) && isOfPort(cells, at)) ||
      (destroying.length > 0 && (kept.test(cell.low) || isBehindSet(cells, at, destroying))) ||
      isSomeOf(cells, at, steps) ||
      (isWord(cell, 'except') && isKeyAt(cells[at + 1], steps)) ||
      isOfSome(cells, at, steps) ||
      isTakenOff(cells, at, steps) ||
      isOtherSize(cells, at) ||
      isOpenWait(cells, at) ||
      isEndless(cells, at, steps) ||
      isLooseTail(cells, at, isSaid));
  const term = cells.find(isTerm) ?? looseTail(reading, cells);
  return (
    term && { about: 'scope', question: `What does "${term.text}" stand for? No step can keep to that.` }
  );
}

/** "close 22, but open 2222 first": a step of its own. */
const isOrderNext = (cells: readonly Cell[], at: number, isSaid: (cell: Cell) => boolean): boolean =>
  cells[at]!.low === 'but' && isBase(cells[at + 1]) && isSaid(cells[at + 1]!);

/** From where, and from where not, a port is open: only a range of addresses says it. */
function isOfPort(cells: readonly Cell[], at: number): boolean {
  const { low } = cells[at]!;
  // "from my ip", and nobody knows which that is
  if (
    /^(from|for|to)$/.test(low) &&
    /^(my|our|his|her|their)$/.test(cells[at + 1]?.low ?? '') &&
    /^(ip|ips|address|laptop|office|home|machine|network|subnet|vpn|place|house|pc)$/.test(
      cells[at + 2]?.low ?? '',
    )
  )
    return true;
  // "80: close, 443 stays"
  if (
    isWord(cells[at], 'stays') &&
    cells.slice(Math.max(0, at - 4), at).some((_, from, some) => isPortAt(some, from))
  )
    return true;
  // "close everything but 443", "… for everyone but the office", "8080-8090"
  if (isWord(cells[at], 'except') && !(isWord(cells[at], 'not') || isWord(cells[at], 'stays'))) return true;
  if (/^\d+ ?(-|–|\.\.) ?\d+$/.test(low)) return true;
  if (/^(where|outbound|egress|outgoing|not from|not to|not in|not on)$/.test(low)) return true;
  const isBetween =
    low === 'to' && isPortAt(cells, at - 1) && isPortAt(cells, at + 1) && !isWord(cells[at - 2], 'arrow');
  if (isBetween) return true;
  const isTerm = /^(but |and )?(only|just|except|except for|not|unless|apart from|other than)$|^but$/.test(
    low,
  );
  // "just for 10.1.0.0/16" is what a step keeps to.
  if (senseOf(cells[at + 2], 'value')?.value.k === 'cidr') return false;
  return isTerm && /^(from|to|for|the|me|us|not|in|via|over)$/.test(cells[at + 1]?.low ?? '');
}

/** "untag everything but env": the tag that is to stay. */
const isKeyAt = (cell: Cell | undefined, steps: readonly StepDraft[]): boolean =>
  cell !== undefined &&
  steps.some(({ args }) => Array.isArray(args.keys) && args.keys.some((key) => key === cell.low));

const isPortAt = (cells: readonly Cell[], at: number): boolean => {
  const value = senseOf(cells[at], 'value')?.value.k;
  return value === 'number' || value === 'port';
};

/** "disable cost-cap for alice", "… in staging": a policy is the same for everybody. */
const isOfSome = (cells: readonly Cell[], at: number, steps: readonly StepDraft[]): boolean =>
  /^(for|in|on|of)$/.test(cells[at]!.low) &&
  steps.some(({ operation }) => operation.startsWith('policy.')) &&
  cells[at + 1] !== undefined &&
  !cells[at + 1]!.quoted &&
  !senseOf(cells[at + 1], 'time') &&
  cells[at + 1]!.senses.some(({ t }) => t === 'env' || t === 'part' || t === 'region' || t === 'provider');

const kept = /^(kept|preserved|retained|spared|saved)$/;

/** "delete the pods crashing since the deploy", "delete x friday": what follows without a mark may bound it. */
function isBehindSet(cells: readonly Cell[], at: number, steps: readonly StepDraft[]): boolean {
  const cell = cells[at]!;
  const ends = steps.flatMap(({ evidence }) => evidence.map(({ end }) => end));
  const last = Math.max(0, ...ends.filter((end) => end <= cell.start));
  const between = cells.filter((one) => one.start >= last && one.start < cell.start);
  if (last === 0 || between.some((one) => isWord(one, 'comma', 'stop', 'colon', 'open', 'and', 'because')))
    return false;
  // "x is dead since friday, delete it": told of the thing, before the order.
  const isBehind = steps.some(({ evidence }) =>
    evidence.some(({ part, end }) => part === 'verb' && end <= cell.start),
  );
  if (!isBehind) return false;
  const isTime = senseOf(cell, 'time') !== undefined && !/^(now|right now|today|asap)$/.test(cell.low);
  const isSet = steps.some(({ target }) => target?.kind === 'resources' && target.filter !== undefined);
  return isTime || (isSet && /^(since|because|because of|when|while|whenever|after|before)$/.test(cell.low));
}

/** "half of the page is missing": of nothing that the plan is about. */
function isShareTold(cells: readonly Cell[], at: number, steps: readonly StepDraft[]): boolean {
  const isFirst = at === 0 || isWord(cells[at - 1], 'comma', 'stop', 'colon', 'because');
  const be = cells.findIndex(
    (cell, index) =>
      index > at &&
      (isWord(cell, 'be', 'have', 'not') ||
        isPredicate(cell) ||
        /^(?:fail|hang|crash|break|die|come|go|look|show|get|end)$/.test(cell.low)),
  );
  const subject = cells.slice(at + 1, Math.max(at + 1, be));
  const kinds = steps.map(({ operation }) => operation.slice(operation.indexOf('.') + 1));
  const isTheirs = (cell: Cell): boolean =>
    cell.quoted ||
    isWord(cell, 'pronoun', 'comma', 'stop', 'demonstrative', 'all') ||
    senseOf(cell, 'name') !== undefined ||
    senseOf(cell, 'kind')?.kinds.some((kind) => kinds.includes(kind)) === true ||
    (senseOf(cell, 'kind')?.kinds.includes('vm') ?? false);
  return isFirst && be > at + 1 && be < at + 5 && !subject.some(isTheirs);
}

/** "only the even ones", "half of it": some of what the plan takes whole. */
function isSomeOf(cells: readonly Cell[], at: number, steps: readonly StepDraft[]): boolean {
  const cell = cells[at]!;
  const next = cells[at + 1];
  if (/^half of$/.test(cell.low)) return !isShareTold(cells, at, steps);
  const isOnly = /^(only|just)$/.test(cell.low) && isWord(cells[at - 1], 'comma', 'stop', 'open');
  const word = isWord(next, 'det') ? cells[at + 2] : next;
  const isMany = steps.some(({ target }) => target?.kind === 'resources' && target.ids.length > 1);
  const isUnknown = word?.senses.length === 0 || /^(even|odd)$/.test(word?.low ?? '');
  return isOnly && isMany && word?.quoted === false && isUnknown;
}

/** "…, no, keep it", "…, in staging wait", "on cpu over 80%", "the oldest pod of it", "and put it back". */
function isTakenOff(cells: readonly Cell[], at: number, steps: readonly StepDraft[]): boolean {
  const cell = cells[at]!;
  const before = cells[at - 1];
  // "reboot 22:00": when, and nothing is run later.
  if (/^\d{1,2}:\d\d$/.test(cell.low) && before !== undefined && senseOf(before, 'verb')?.form === 'base')
    return true;
  const rest = cells.slice(at + 1).filter((one) => !isWord(one, 'stop', 'filler'));
  const isLast = rest.length === 0;
  const isPlace =
    before !== undefined &&
    (senseOf(before, 'env') ?? senseOf(before, 'name') ?? senseOf(before, 'region')) !== undefined;
  if (isLast && /^(wait|waits)$/.test(cell.low) && isPlace && before.low !== 'qa') return true;
  const isScaled = steps.some(({ operation }) => operation.startsWith('scale.'));
  const isShare = (one: Cell): boolean =>
    isWord(one, 'percent') || senseOf(one, 'value')?.value.k === 'percent';
  if (isScaled && senseOf(cell, 'metric') && cells.some(isShare)) return true;
  const kinds = senseOf(cells[at + 1], 'kind')?.kinds ?? [];
  const isOther = steps.every(
    ({ operation }) => !kinds.includes(operation.slice(operation.indexOf('.') + 1)),
  );
  if (/^(oldest|newest|youngest|biggest|smallest|latest)$/.test(cell.low) && kinds.length > 0 && isOther)
    return true;
  const isKept = /^(keep|leave)$/.test(cell.low) && isWord(before, 'comma', 'correction', 'stop');
  if (isKept && rest.length === 1 && isWord(rest[0], 'pronoun')) return true;
  const isBack =
    cell.low === 'back' && isLast && isWord(before, 'pronoun') && isWord(cells[at - 3], 'and', 'afterwards');
  return (
    isBack &&
    !steps.some(({ operation }) => /^(start|attach|uncordon|resume|enable|rollback)\./.test(operation))
  );
}

/** "b likewise but bigger": which size, was not said. */
const isOtherSize = (cells: readonly Cell[], at: number): boolean =>
  /^(bigger|larger|smaller|more|less|fewer|higher|lower|stronger)$/.test(cells[at]!.low) &&
  /^(but|only|just|even|slightly|a bit|a little)$/.test(cells[at - 1]?.low ?? '');

/** "silence it forever": for how long is one figure of that. */
const isEndless = (cells: readonly Cell[], at: number, steps: readonly StepDraft[]): boolean =>
  /^(forever|for ever|for good|indefinitely|permanently|for all times?|until further notice|for eternity)$/.test(
    cells[at]!.low,
  ) && steps.some(({ operation, args }) => operation.startsWith('silence.') && args.window_s === undefined);

/** "a keeps theirs", "…: how long", "… when bob leaves": somebody's own, a question, a time nobody knows. */
function isLooseTail(cells: readonly Cell[], at: number, isSaid: (cell: Cell) => boolean): boolean {
  const cell = cells[at]!;
  if (
    /^(keeps|keep theirs)$/.test(cell.low) &&
    /^(theirs|his|hers|its own|their own)$/.test(cells[at + 1]?.low ?? '')
  )
    return true;
  if (isWord(cells[at - 1], 'colon') && /^how( long| much| many)?$/.test(cell.low)) return true;
  const before = cells[at - 1];
  const isBehind = before !== undefined && isSaid(before) && !isWord(before, 'comma', 'stop');
  if (!isBehind) return false;
  return (
    /^(when|whenever)$/.test(cell.low) || (senseOf(cell, 'metric') !== undefined && !senseOf(cell, 'kind'))
  );
}
