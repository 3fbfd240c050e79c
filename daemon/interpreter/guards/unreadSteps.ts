// Steps that were said and are in no plan: "stop web-10 and then frobnicate it", "restart a, warm up the cache, start b",
// "having scaled a, restart b". Also steps whose order was said and is not in the plan: "reboot a, but a snapshot
// beforehand", "finally start a; before that stop it", and a step that is told to have failed before the rest. A plan
// without one of its steps is another plan, so that it is offered as a question. Called by `heldBack`.

import type { PlanReading, StepDraft } from '../../../shared/model/reading.ts';
import type { Catalogue } from '../../catalogue/contract.ts';
import { verbWords } from '../../catalogue/verbWords.ts';
import { isFlavor } from '../freeOrder/chunks.ts';
import { hungWords, states } from '../freeOrder/deedWords.ts';
import { withPauses } from '../steps/pauses.ts';
import { isRemark } from '../told/remarks.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { plainWords } from '../words/plainWords.ts';
import { isAim } from './foreignDeeds.ts';
import { plainText } from './guard.ts';
import type { Doubt } from './objections.ts';

interface Part {
  readonly cells: readonly Cell[];
  /** Said to be one more step: "then", "finally". */
  readonly isThen: boolean;
  /** Said to come behind all others. */
  readonly isLast?: boolean;
  /** Stands before a colon: "decommissioning a: stop it". */
  readonly isHeading?: boolean;
}

/** What of the steps of a text the plan does not have; `cells` as they were typed. */
export function stepUnread(
  { steps }: PlanReading,
  cells: readonly Cell[],
  catalogue: Catalogue,
): Doubt | undefined {
  const parts = partsOf(withPauses(cells));
  const evidence = steps.flatMap((step) => step.evidence);
  // A plan that was not read from these words, as one of a command line.
  if (evidence.length === 0) return undefined;
  const read = parts.map((part) => stepsOf(part, steps).length > 0);
  const isDone = (phrase: string): boolean =>
    steps.some(({ operation }) => {
      const own = catalogue.get(operation);
      return own !== undefined && verbWords[own.verb].includes(phrase);
    });
  // "a: stop, frob, start": a row under one thing holds steps only.
  const isRow =
    parts.length > 2 && parts[0]!.isHeading === true && parts[0]!.cells.some((cell) => isThingSaid(cell));
  const gone = parts.find((part, at) => {
    // "stop jenkins, no, reboot it": taken back.
    if (isWord(parts[at + 1]?.cells[0], 'correction')) return false;
    const isAhead = part.isHeading === true && at === 0;
    // "keep a and b running": what stays as it is; "freeze the evidence: …": what it is for.
    if (isMadeAgain(part, steps) || (isAhead && isAim(part.cells))) return false;
    if (isWord(part.cells.at(-1), 'alone') && isWord(parts[at - 1]?.cells[0], 'except')) return false;
    const isLost =
      !read[at] &&
      !(steps.some(({ operation }) => operation === 'audit.list') && isTrail(part)) &&
      isStepSaid(
        part,
        read.slice(0, at).includes(true),
        at === parts.length - 1,
        isDone,
        read.slice(at + 1).includes(true),
      );
    const isInRow = isRow && at > 0 && !read[at] && isShortStep(part, at < parts.length - 1);
    const own = stepsOf(part, steps).map((one) => steps[one]!);
    return (
      isLost ||
      (at === 0 && isAskedAhead(part, steps)) ||
      isInRow ||
      isStateGone(part, at === 0, isDone) ||
      (!(isAhead && steps.length === 1) && isOtherDeed(part, isDone)) ||
      isShownUnasked(part, own)
    );
  });
  if (gone)
    return {
      about: 'op',
      question: `What is to be done by "${gone.cells.map((cell) => cell.text).join(' ')}"? It is no step of this plan.`,
    };
  const isCorrected = cells.some((cell) => isWord(cell, 'correction'));
  const size = isCorrected ? undefined : cells.find((_, at) => isSizeGone(cells, at, steps));
  if (size) return { about: 'op', question: `What is "${size.text}" about? It is not in this plan.` };
  if (isFailed(parts) || isMisordered(parts, steps))
    return { about: 'op', question: 'Which step comes first, and does it hang on another?' };
  return undefined;
}

/** "a network a, can you set that up": the very thing that is made. */
function isMadeAgain({ cells }: Part, steps: readonly StepDraft[]): boolean {
  const said = cells
    .filter((cell) => !isWord(cell, 'filler') || /^(it|that|up|this)$/.test(cell.low))
    .map(({ low }) => low)
    .join(' ');
  if (/^hook (it|that) up$/.test(said))
    return steps.every(({ operation }) => /^(assign-ip|attach)/.test(operation));
  return (
    steps.filter(({ operation }) => operation.startsWith('create.')).length === 1 &&
    /^(set|create|make|arrange|sort|spin|add|provision|bring|do) (it|that|this|one)( up| out)?$/.test(said)
  );
}

/** Between marks and joins; what stands in a name or in quotes cuts nothing. */
function partsOf(cells: readonly Cell[]): readonly Part[] {
  const parts: { cells: Cell[]; isThen: boolean; isLast?: boolean; isHeading?: boolean }[] = [
    { cells: [], isThen: false },
  ];
  for (const cell of cells) {
    const isMark =
      !cell.quoted &&
      !senseOf(cell, 'name') &&
      isWord(cell, 'and', 'comma', 'stop', 'colon', 'afterwards', 'open', 'close');
    if (isMark && isWord(cell, 'colon')) parts.at(-1)!.isHeading = true;
    if (!isMark) parts.at(-1)!.cells.push(cell);
    else if (parts.at(-1)!.cells.length > 0) parts.push({ cells: [], isThen: isWord(cell, 'afterwards') });
    else parts.at(-1)!.isThen ||= isWord(cell, 'afterwards');
    if (isMark && parts.at(-1)!.cells.length === 0) parts.at(-1)!.isLast ||= late.test(cell.low);
  }
  return parts.filter(({ cells: said }) => said.length > 0);
}

/** The steps that were read from words of a part. */
function stepsOf({ cells }: Part, steps: readonly StepDraft[]): readonly number[] {
  const from = cells[0]!.start;
  const to = cells.at(-1)!.end;
  // "…, then show me the logs": of what was spoken of, with no word of its own.
  const isLog = cells.some((cell) => isWord(cell, 'logCue') && !cell.quoted);
  return steps.flatMap(({ evidence, operation }, at) =>
    evidence.some(({ start, end }) => start < to && from < end) ||
    (isLog && evidence.length === 0 && operation.startsWith('logs.'))
      ? [at]
      : [],
  );
}

/** A part in which something is ordered, by a word that is known or not. */
function isStepSaid(
  part: Part,
  before: boolean,
  isLast: boolean,
  isDone: (phrase: string) => boolean,
  isBetween: boolean,
): boolean {
  const said = part.cells.filter(
    (cell) => !isWord(cell, 'filler', 'first') || senseOf(cell, 'verb') || isWord(cell, 'after', 'have'),
  );
  const [first, next] = said;
  // "a: stop, frob, start", "…, then benchmark"
  const isStrange = first?.senses.length === 0 && /^[a-z]{4,}$/.test(first.low) && !plainWords.has(first.low);
  if (said.length === 1 && isStrange && part.isHeading !== true && (part.isThen || (before && isBetween)))
    return true;
  if (!first || first.quoted || said.length < 2) return false;
  // "a: snapshot, patch kernel, reboot"
  const isBare = said.length === 2 && said.every((cell) => cell.senses.length === 0 && !cell.quoted);
  if (isBare && before && isBetween && (isStrange ? !/(s|ed|ing)$/.test(first.low) : undone.test(first.low)))
    return true;
  // "a stop, snapshot, nochmal start"
  const tail = said.at(-1)!;
  const isMuffled =
    before &&
    said.length < 4 &&
    said.slice(0, -1).every((cell) => cell.senses.length === 0 && !plainWords.has(cell.low)) &&
    tail.senses.every(({ t }) => t === 'verb') &&
    senseOf(tail, 'verb')?.form === 'base';
  if (isMuffled && !isDone(senseOf(tail, 'verb')!.phrase)) return true;
  // "a: rollback, logs last 5 min"
  if (before && isWord(first, 'logCue') && !senseOf(first, 'name') && isSpan(next)) return true;
  // "reboot a, its memory for the last hour"
  const isFigure = senseOf(next, 'metric') !== undefined || isWord(next, 'logCue');
  const isTold = said.some((cell) => isWord(cell, 'be', 'have') || senseOf(cell, 'verb')?.form === 's');
  if (before && isWord(first, 'their') && isFigure && !isTold && said.slice(2).every(isSpanWord)) return true;
  if (part.isThen && isWord(first, 'what', 'who', 'why', 'howMany')) return true;
  // "… and afterwards it has to come back on"
  if (part.isThen && due.test(plainText(part.cells))) return true;
  if (isRemark(part.cells, new Set()) || letGo.test(plainText(part.cells))) return false;
  // "…, we use the other one now": what people do.
  if (!part.isThen && people.test(part.cells[0]!.low) && !part.cells[0]!.quoted) return false;
  // "…, we want to use it elsewhere"
  const isUse = /^(use|have|keep|see|do|get|test|try|need|put|move|go|work|play|compare|look)\b/.test(
    first.low,
  );
  if (!part.isThen && isUse && wish.test(part.cells[0]!.low) && !isDone(senseOf(first, 'verb')?.phrase ?? ''))
    return false;
  // "…, says my colleague": who says so.
  if (!part.isThen && /^(says|said|thinks|reckons|asks|asked|claims|reports|wrote|writes)$/.test(first.low))
    return false;
  const isHaving = /^(having|after having)$/.test(first.low) && senseOf(next, 'verb') !== undefined;
  if (isHaving) return !isDone(senseOf(next, 'verb')!.phrase);
  if (said.some((cell) => !cell.quoted && isWord(cell, 'be', 'have', 'not', 'because', 'pastAux')))
    return false;
  // "reconcile the books", where something is called so, too.
  const isWordOnly = senseOf(first, 'name') !== undefined && isWord(next, 'det');
  const isUnknown = (first.senses.length === 0 || isWordOnly) && /^[a-z]{3,}$/.test(first.low);
  // "and mail it to bob"
  const isOnIt = before && /^(it|them)$/.test(next?.low ?? '') && !plainWords.has(first.low);
  if (isOnIt && first.senses.every(({ t }) => t === 'part' || t === 'prefix')) return true;
  if (isUnknown) return part.isThen || (isObject(next) && before && !isLast);
  if (isWord(first, 'ask', 'listCue', 'showCue', 'logCue') && !senseOf(first, 'name'))
    return isObject(next) || senseOf(next, 'kind') !== undefined;
  const at = deedAt(said);
  const verb = at === undefined ? undefined : senseOf(said[at], 'verb');
  return verb !== undefined && (said.some(isThingSaid) || isObject(next)) && !isDone(verb.phrase);
}

/** Some words of a row that tell nothing and are in no step: "owner bob", "scratch attached", "frobnicate". */
function isShortStep({ cells }: Part, isBetween: boolean): boolean {
  const said = cells.filter(
    (cell) => !isWord(cell, 'filler', 'first', 'again', 'det') || senseOf(cell, 'verb'),
  );
  const isPlain =
    said.every((cell) => plainWords.has(cell.low)) ||
    said.some((cell) => cell.quoted || isWord(cell, 'be', 'have', 'not', 'because', 'pastAux'));
  // "seen, working on it"
  const isDoing = !isThingSaid(said[0] ?? cells[0]!) && /(ing|seen|noted)$/.test(said[0]?.low ?? '');
  const isOpen =
    !isDoing && said.some((cell) => cell.senses.length === 0 || senseOf(cell, 'verb') !== undefined);
  return (
    said.length > 0 && said.length < (isBetween ? 4 : 3) && !isPlain && isOpen && !isRemark(cells, new Set())
  );
}

/** What people do with machines and nothing here does. */
const undone =
  /^(patch|upgrade|update|install|wipe|flush|purge|clean|clear|check|test|verify|validate|notify|mail|email|warm|copy|sync|build|apply|format|mount|rotate|renew|scan)$/;

const isSpanWord = (cell: Cell): boolean =>
  isSpan(cell) ||
  (!cell.quoted && isWord(cell, 'prep', 'filler', 'metric')) ||
  senseOf(cell, 'value') !== undefined;

const isSpan = (cell: Cell | undefined): boolean =>
  senseOf(cell, 'time') !== undefined || isWord(cell, 'last');

/** "a off, snapshot, back on": what it is to be, and no step makes it so. "a off, start it" tells how it is. */
function isStateGone({ cells }: Part, isFirst: boolean, isDone: (phrase: string) => boolean): boolean {
  const said = cells.filter((cell) => states[cell.low] || !isWord(cell, 'filler', 'first', 'again'));
  const last = said.at(-1);
  const phrase = last && !last.quoted ? states[last.low] : undefined;
  const lead = said.slice(0, -1);
  // "someone left a on again"
  if (cells.some((cell) => cell.low === 'left' && !cell.quoted)) return false;
  const isTold = /^(up|down|online|offline|unschedulable|schedulable)$/.test(last?.low ?? '');
  if (!phrase || (lead.length > 0 && (isTold || !lead.every(isThingSaid)))) return false;
  const isUndone = isFirst && phrase === 'stop' && (isDone('start') || isDone('reboot'));
  const alike = { start: ['resume', 'enable'], stop: ['suspend', 'disable'] }[phrase] ?? [];
  return ![phrase, ...alike, ...(hungWords(lead)[phrase] ?? [])].some(isDone) && !isUndone;
}

/** "a: stop, its flavor to M.8, start": what it is to become, and no step makes it so. */
function isSizeGone(cells: readonly Cell[], at: number, steps: readonly StepDraft[]): boolean {
  const before = cells[at - 1];
  const isLed =
    before && !before.quoted && (/\b(to|into|onto)$/.test(before.low) || isWord(before, 'afterwards'));
  if (!isLed || !isFlavor(cells[at])) return false;
  // "m5 xlarge", as it is spoken, is m5.xlarge.
  const ids = senseOf(cells[at], 'name')?.ids ?? [];
  const said = [cells[at]!.low, ...ids.map((id) => id.slice(id.lastIndexOf('/') + 1).toLowerCase())];
  const used = JSON.stringify(steps.map(({ args, target }) => [args, target])).toLowerCase();
  return !said.some((one) => used.includes(JSON.stringify(one)));
}

/** "how is a: stop it": asked, and not answered. */
const isAskedAhead = ({ cells, isHeading }: Part, steps: readonly StepDraft[]): boolean =>
  isHeading === true &&
  isWord(cells[0], 'ask', 'showCue', 'listCue', 'what', 'why', 'who') &&
  !/^(status|state|health|details|info|information)\b/.test(cells[0]!.low) &&
  cells.some(isThingSaid) &&
  !steps.some(({ operation }) => /^(show|list|explain|metrics|logs|forecast)\./.test(operation));

/** "then do the thing with db-1": nobody asked to see it. */
function isShownUnasked({ cells }: Part, steps: readonly StepDraft[]): boolean {
  return (
    steps.some(
      ({ operation, evidence }) =>
        operation.startsWith('show.') &&
        evidence.every(({ start, end }) => start < cells.at(-1)!.end && cells[0]!.start < end),
    ) && !isAskedIn(cells)
  );
}

/** "tell me its state", never "what is still down", which asks of others. */
function isAskedIn(cells: readonly Cell[]): boolean {
  const isOfIt = cells.some(
    (cell) => isThingSaid(cell) || senseOf(cell, 'kind') || isWord(cell, 'pronoun', 'their', 'showCue'),
  );
  const isOfOthers =
    !isOfIt &&
    cells.some((cell) => isWord(cell, 'what') && !cell.quoted) &&
    cells.some((cell) => senseOf(cell, 'status') && !cell.quoted);
  return (
    !isOfOthers &&
    cells.some(
      (cell) =>
        !cell.quoted &&
        isWord(
          cell,
          'ask',
          'showCue',
          'listCue',
          'logCue',
          'what',
          'who',
          'why',
          'when',
          'howMany',
          'be',
          'depends',
          'changed',
          'summarize',
        ),
    )
  );
}

/** "web-10 stopping, then …": an order of the catalogue that no step carries out, whatever was made of the thing. */
function isOtherDeed({ cells }: Part, isDone: (phrase: string) => boolean): boolean {
  const said = cells.filter((cell) => !isWord(cell, 'filler', 'first') || senseOf(cell, 'verb'));
  const at = deedAt(said);
  const verb = at === undefined ? undefined : senseOf(said[at], 'verb');
  const isOrder = verb?.form === 'ing' || (verb?.form === 'base' && at! > 0 && at === said.length - 1);
  // "would you mind bringing a back up": the deed ends behind the thing.
  if (verb?.form === 'ing' && /^(bring|put|take|turn|switch|get|make|give|set)$/.test(verb.phrase))
    return false;
  // "web-01 back up please": on again, no backup.
  const isUpAgain = said[at ?? 0]?.low === 'back up' && isDone('start');
  return isOrder && said.some(isThingSaid) && !isDone(verb.phrase) && !isUpAgain;
}

const wish =
  /^(i|we|they|he|she|people|somebody|someone) (want|wanted|would like|need|have|plan|intend|would love)( to)?$/;
/** "show the audit log": read, though no one word of it is. */
const isTrail = ({ cells }: Part): boolean =>
  cells.some((cell) => !cell.quoted && /\b(audit|history|trail)\b/.test(cell.low));

const people = /^(i|we|they|he|she|you|who|nobody|no one|somebody|someone|people|users|customers)$/;

const isThingSaid = (cell: Cell): boolean =>
  !cell.quoted &&
  (senseOf(cell, 'name')?.exact === true || senseOf(cell, 'part') !== undefined) &&
  !senseOf(cell, 'env');

const isObject = (cell: Cell | undefined): boolean =>
  isWord(cell, 'det', 'pronoun', 'demonstrative', 'their') || senseOf(cell, 'name')?.exact === true;

/** Where the deed stands: first, behind an article, or last behind the thing ("b a restart", "web-10 stopping"). */
function deedAt(said: readonly Cell[]): number | undefined {
  const isDeed = (cell: Cell | undefined): boolean =>
    cell !== undefined &&
    !cell.quoted &&
    !cell.repaired &&
    /^(base|ing|s)$/.test(senseOf(cell, 'verb')?.form ?? '') &&
    !isWord(cell, 'light', 'need', 'ask', 'prep') &&
    !senseOf(cell, 'name');
  // "one last snapshot of the vm"
  let article = isWord(said[0], 'det', 'one') ? 1 : 0;
  while (article > 0 && attribute.test(said[article]?.low ?? '')) article++;
  if (isDeed(said[article])) return article;
  const last = said.length - 1;
  const lead = said.slice(0, last);
  const isThing = lead.every(
    (cell) =>
      isWord(cell, 'det', 'possessive', 'other', 'first') ||
      /^(second|third|fourth|last|former|latter)$/.test(cell.low) ||
      ['name', 'kind', 'part'].some((sort) => cell.senses.some(({ t }) => t === sort)),
  );
  return isThing && isDeed(said[last]) ? last : undefined;
}

const attribute =
  /^(last|final|fresh|full|new|quick|proper|clean|short|small|first|second|single|good|decent|separate|manual)$/;
const due =
  /^(it|they|both|that|this) (has to|have to|must|should|shall|needs? to|ought to) (?!have\b|wait\b)/;
/** Said of what is taken away. */
const letGo = /^(just |so |and )*let (it|them|him|her|that|those) (go|be gone|rest|die)( in peace| please)?$/;
const failing =
  /\b(failed|fails|failing|went wrong|gone wrong|not work|not succeed|crashed|timed out|aborted|broke|errored|died)\b/;
const deed = /^(snapshot|backup|reboot|restart|rollback|drain|resize|migration|rollout|stop|start|shutdown)$/;

/** "the snapshot of a failed, then the reboot of b": told, and nothing of it is ordered. */
function isFailed(parts: readonly Part[]): boolean {
  return parts.some(
    ({ cells }, at) =>
      parts.slice(at + 1).some((later) => later.isThen) &&
      cells.some((cell) => !cell.quoted && deed.test(cell.low)) &&
      failing.test(plainText(cells)),
  );
}

/** At the end or the beginning of a later step: before what was said so far. */
const early =
  /^((but |and )?(beforehand|before that|before this|before|in advance|up front|upfront|first of all|for that|for this))$/;
const late = /^(finally|lastly|last of all|last|at the end|in the end|at last)$/;

/** "…, but a snapshot beforehand", "finally start it; first of all stop it", where the plan has them the other way. */
function isMisordered(parts: readonly Part[], steps: readonly StepDraft[]): boolean {
  const own = parts.map((part) => stepsOf(part, steps));
  const waits = (one: number, other: number): boolean => steps[one]!.after.includes(other);
  return parts.some((part, at) => {
    const said = part.cells.filter(
      (cell) => !isWord(cell, 'filler') || early.test(cell.low) || cell.low === 'first',
    );
    const [first, last] = [said[0], said.at(-1)];
    const mine = own[at]!;
    const others = own
      .flatMap((some, index) => (index < at ? some : []))
      .filter((one) => !mine.includes(one));
    const isEarly =
      [first, last].some((cell) => cell && !cell.quoted && early.test(cell.low)) ||
      (last?.low === 'first' && said.length > 2) ||
      (/^(that|this)$/.test(last?.low ?? '') && said.at(-2)?.low === 'for');
    if (at > 0 && isEarly && mine.length > 0 && others.length > 0)
      return !mine.some((one) => others.some((other) => waits(other, one)));
    return (
      at === 0 &&
      part.isLast === true &&
      steps.some((step, one) => !mine.includes(one) && step.after.some((other) => mine.includes(other)))
    );
  });
}
