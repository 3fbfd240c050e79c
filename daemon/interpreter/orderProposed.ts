// What was said should be done, and then is ordered with "do that": "engineering says a restart of search in prod helps, so
// please do that", "the vendor says billing-prod has to be a db.r6g.xlarge. can you do it?". A text has one such proposal or
// none that is read, and it speaks of nothing else by name; what denies it or offers another beside it leaves it unread.
// Nothing that destroys is taken from it: that the person says in words of their own. Called where
// a text is no plan as it stands, over all that was typed.

import type { PlanReading, Reading } from '../../shared/model/reading.ts';
import { isFlavor } from './freeOrder/chunks.ts';
import { destroying } from './guards/guard.ts';
import type { Inventory } from './inventory/inventory.ts';
import { deedOf } from './judge/features.ts';
import { isTold, mayStand } from './orderWithin.ts';
import { topicsIn, withTopic } from './told/topics.ts';
import { type Cell, isWord, senseOf } from './words/cells.ts';
import { isBase, plain, word } from './words/plainCells.ts';

interface Proposal {
  /** What was proposed, said as an order. */
  readonly order: readonly Cell[];
  /** What else is told, with "it" in its place. */
  readonly rest: readonly Cell[];
}

const wordsMax = 60;

/** The plan of what was proposed in a text that then says to do that. */
export function readProposed(
  cells: readonly Cell[],
  read: (order: readonly Cell[]) => Reading,
  inventory: Inventory,
): PlanReading | undefined {
  if (cells.length > wordsMax) return undefined;
  for (const mark of marksIn(cells)) {
    const to = doThatEnd(cells, mark);
    if (to === undefined) continue;
    const look = lookAt(cells, to);
    // "…, do that, and restart b as well": read with all of it, or not at all.
    if (!look && cells.slice(to).some(isBase)) return undefined;
    const behind = look ? [] : cells.slice(to);
    const proposal = proposalIn(cells.slice(0, mark));
    const then = look ? [plain(look[0]!, 'then', word('afterwards')), ...look] : [];
    const reading = proposal && read([...proposal.order, ...then]);
    if (look && reading?.kind === 'plan' && !isWithLook(reading)) return undefined;
    if (reading?.kind !== 'plan' || reading.risk === 'destroy') return undefined;
    const deed = [deedOf(reading.steps[0]!.operation)];
    const isAlone = isTold(proposal!.rest, false, deed) && isTold(behind, true, deed);
    return isAlone && mayStand(reading, proposal!.order, proposal!.rest, behind, inventory)
      ? reading
      : undefined;
  }
  return undefined;
}

const marksIn = (cells: readonly Cell[]): readonly number[] =>
  cells.flatMap((cell, at) => (!cell.quoted && isWord(cell, 'comma', 'stop', 'colon') ? [at] : []));

/** Whether a text says what should be, and then to do that: no answer to what it asks besides is the whole of it. */
export function isProposing(cells: readonly Cell[]): boolean {
  return marksIn(cells).some(
    (mark) =>
      doThatEnd(cells, mark) !== undefined &&
      cells
        .slice(0, mark)
        .some((cell) => !cell.quoted && (isWord(cell, 'need') || needed.test(`${cell.low} `))),
  );
}

/** Whether a plan leaves out what a text says to do with "do that". */
export function isProposedLeft({ steps }: PlanReading, cells: readonly Cell[]): boolean {
  const mark = marksIn(cells).find((one) => doThatEnd(cells, one) !== undefined);
  const behind = mark === undefined ? undefined : cells[mark]!.start;
  return !steps.some(
    ({ operation, evidence }) =>
      !looking.test(operation) &&
      (behind === undefined || evidence.length === 0 || evidence.some(({ start }) => start < behind)),
  );
}

const looking = /^(?:show|list|metrics|logs|explain|audit|forecast)\./;

/** Where the words behind a mark end that only say to do that: at a stop, or before a look at it. */
function doThatEnd(cells: readonly Cell[], mark: number): number | undefined {
  const stop = cells.findIndex((cell, at) => at > mark && isWord(cell, 'stop') && !cell.quoted);
  const to = stop < 0 ? cells.length : stop + 1;
  if (isDoThat(cells.slice(mark + 1, to))) return to;
  const join = cells.findIndex(
    (cell, at) => at > mark + 1 && isWord(cell, 'comma', 'and', 'afterwards') && !cell.quoted,
  );
  const isNear = join > 0 && join < to && isDoThat(cells.slice(mark + 1, join));
  return isNear ? join : undefined;
}

/** "…, and also tell me what its error rate is": the look behind it, without the joins. */
function lookAt(cells: readonly Cell[], from: number): readonly Cell[] | undefined {
  let at = from;
  while (isWord(cells[at], 'comma', 'and', 'afterwards', 'filler') && !cells[at]!.quoted) at++;
  const isLook = at < cells.length && isWord(cells[at], 'ask', 'showCue', 'listCue', 'logCue');
  return isLook && at > from ? cells.slice(at) : undefined;
}

/** One change, and then only looks. */
const isWithLook = ({ steps }: PlanReading): boolean =>
  steps.filter(({ operation }) => !looking.test(operation)).length === 1;

const doing =
  /^(?:so |then |and |now |well )*(?:please |pls |plz |kindly |can you |could you |would you |will you |lets |let us |you can |just )*(?:do|go ahead and do|go ahead with|make it) (?:that|so|it|this|exactly that|just that|as they say|as said)(?: for (?:me|us))?(?: now| then| today| please| pls| plz| asap| right away| thanks| thank you| for me| for us| \?| ,)*$/;

/** Whether words only say that what was proposed is to be done. */
const isDoThat = (order: readonly Cell[]): boolean =>
  order.length < 9 &&
  !order.some(({ quoted }) => quoted) &&
  doing.test(
    order
      .filter((cell) => !isWord(cell, 'comma', 'stop') || cell.low === '?')
      .map(({ low }) => low)
      .join(' '),
  );

/** The one thing that is said to help, or to be needed. */
function proposalIn(given: readonly Cell[]): Proposal | undefined {
  if (given.some((cell) => !cell.quoted && isWord(cell, 'not', 'or', 'if', 'except'))) return undefined;
  const told = withoutFormer(given);
  if (told.some((cell) => !cell.quoted && isWord(cell, 'insteadOf'))) return undefined;
  const found = told.flatMap((_, at) => deedAt(told, at) ?? passiveAt(told, at) ?? figureAt(told, at) ?? []);
  const [only] = found;
  if (!only || found.length > 1) return undefined;
  const own = new Set(only.order.filter((cell) => senseOf(cell, 'name')).map(({ low }) => low));
  const isElse = (cell: Cell, at: number): boolean =>
    !own.has(cell.low) &&
    (at < only.from || at >= only.to) &&
    senseOf(cell, 'name')?.exact === true &&
    !senseOf(cell, 'env') &&
    !isWord(cell, 'filler', 'prep', 'det');
  if (told.some(isElse)) return undefined;
  if (told.some((cell) => !cell.quoted && doubted.test(cell.low))) return undefined;
  const it = { ...plain(told[only.from]!, 'it', word('pronoun')), text: 'it' };
  return { order: only.order, rest: [...told.slice(0, only.from), it, ...told.slice(only.to)] };
}

/** "2 copies instead of 1": the figure it has now is not what is to become of it. */
const withoutFormer = (told: readonly Cell[]): readonly Cell[] =>
  told.filter((cell, at) => {
    const isFormer = (index: number): boolean =>
      isWord(told[index], 'insteadOf') &&
      senseOf(told[index + 1], 'value')?.value.k === 'number' &&
      (told[index + 2] === undefined || isWord(told[index + 2], 'comma', 'stop', 'replicas'));
    return (
      cell.quoted || !(isFormer(at) || isFormer(at - 1) || (isWord(cell, 'replicas') && isFormer(at - 2)))
    );
  });

const doubted =
  /^(?:i )?(?:doubt|unsure|wrong|disagree|disagrees|but|though|however|rather|instead|when|once|until|yet|why)\b/;

interface Found {
  readonly order: readonly Cell[];
  readonly from: number;
  readonly to: number;
}

/** "a restart of a", "restarting a", "to scale a to 3", "we should restart a". */
function deedAt(told: readonly Cell[], at: number): Found | undefined {
  const cell = told[at]!;
  const verb = senseOf(cell, 'verb');
  if (!verb || cell.quoted || senseOf(cell, 'name') || destroying.has(verb.phrase)) return undefined;
  const before = told[at - 1];
  // "a should run as 2 copies": a figure, and nothing to run.
  const isFigured = /^(?:as|with|at|on)$/.test(told[at + 1]?.low ?? '') && senseOf(told[at + 2], 'value');
  if (verb.phrase === 'run' && isFigured) return undefined;
  const isNoun = isBase(cell) && isWord(before, 'det');
  const isDoing = verb.form === 'ing' && !isWord(before, 'be', 'det', 'prep');
  const isTo = isBase(cell) && before !== undefined && proposing.test(before.low);
  if (!isNoun && !isDoing && !isTo) return undefined;
  const first = at + (isNoun && told[at + 1]?.low === 'of' ? 2 : 1);
  const to = endOf(told, first);
  const object = told.slice(first, to);
  const base = plain(cell, verb.phrase, { t: 'verb', phrase: verb.phrase, form: 'base' });
  const isNamed = object.some((each) => senseOf(each, 'name')?.exact);
  // "a hangs, rebooting it helped last time"
  const [topic, ...others] = isNamed ? [] : topicsIn(told.slice(0, at));
  const order =
    topic && others.length === 0 ? withTopic([base, ...object], topic) : isNamed && [base, ...object];
  if (!order) return undefined;
  return { order, from: isNoun || before?.low === 'to' ? at - 1 : at, to };
}

/** "a should be restarted": what is to be done with it. */
function passiveAt(told: readonly Cell[], at: number): Found | undefined {
  if (senseOf(told[at], 'name')?.exact !== true || told[at]!.quoted || isPlaceOf(told, at)) return undefined;
  const from = thingEnd(told, at);
  let next = from;
  while (next < told.length && next < from + 3 && needing.test(told[next]!.low)) next++;
  const cell = told[next];
  const verb = cell && !cell.quoted ? senseOf(cell, 'verb') : undefined;
  const said = lowsOf(told.slice(from, next));
  if (!cell || verb?.form !== 'ed' || destroying.has(verb.phrase)) return undefined;
  if (!needed.test(said) || !/\bbe$/.test(said)) return undefined;
  const base = plain(cell, verb.phrase, { t: 'verb', phrase: verb.phrase, form: 'base' });
  const isFigured = /^(?:to|by)$/.test(told[next + 1]?.low ?? '');
  const to = isFigured ? endOf(told, next + 2) : next + 1;
  return { order: [base, ...told.slice(at, from), ...told.slice(next + 1, to)], from: at, to };
}

/** "search deployment in staging": where the thing with its kind and place ends. */
function thingEnd(told: readonly Cell[], at: number): number {
  let end = at + 1;
  while (end < told.length) {
    const isPlace = /^(?:in|on)$/.test(told[end]!.low) && isPlaceName(told[end + 1]);
    if (isPlace) end += 2;
    else if (senseOf(told[end], 'kind') && !told[end]!.quoted && !senseOf(told[end], 'verb')) end++;
    else break;
  }
  return end;
}

const isPlaceOf = (told: readonly Cell[], at: number): boolean =>
  /^(?:in|on)$/.test(told[at - 1]?.low ?? '') && isPlaceName(told[at]);

const isPlaceName = (cell: Cell | undefined): boolean =>
  cell !== undefined &&
  (senseOf(cell, 'env') !== undefined ||
    (senseOf(cell, 'name')?.ids ?? []).some((id) => id.includes(':namespace/')));

const lowsOf = (cells: readonly Cell[]): string => cells.map(({ low }) => low).join(' ');

const proposing =
  /^(?:to|(?:we|you|i|one) (?:should|must|could|can|need to|have to|ought to)|should|must|would|lets)$/;

/** "a has to have 60 GB", "b needs to be a t3.large", "six replicas for c". */
function figureAt(told: readonly Cell[], at: number): Found | undefined {
  const cell = told[at]!;
  if (senseOf(cell, 'name')?.exact !== true || cell.quoted || isFlavor(cell) || isPlaceOf(told, at))
    return undefined;
  const replicas = told.findIndex((each, index) => index < at && isWord(each, 'replicas'));
  if (replicas > 0 && /^(?:for|on|of)$/.test(told[replicas + 1]?.low ?? '')) {
    const to = endOf(told, at);
    return { order: told.slice(replicas - 1, to), from: replicas - 1, to };
  }
  const from = thingEnd(told, at);
  let next = from;
  while (next < told.length && next < from + 6 && needing.test(told[next]!.low)) next++;
  const value = told[next];
  const isValue =
    value !== undefined &&
    (/^(?:size|number|times)$/.test(senseOf(value, 'value')?.value.k ?? '') || isFlavor(value));
  const said = lowsOf(told.slice(from, next));
  if (!isValue || !needed.test(said)) return undefined;
  const to = endOf(told, next);
  const phrase = senseOf(value, 'value')?.value.k === 'number' ? 'scale' : 'resize';
  const deed = plain(told[from]!, phrase, { t: 'verb', phrase, form: 'base' });
  return {
    order: [deed, ...told.slice(at, from), plain(told[from]!, 'to', word('prep')), ...told.slice(next, to)],
    from: at,
    to,
  };
}

const needing =
  /^(?:has to|needs?|need to|must|should|ought to|is to|is supposed to|has|have|be|to|a|an|get|run|be running|running|as|with|at|at least|go|grow|up|(?:has|needs?|must|should|is|ought) (?:to )?(?:be|have|get|go|grow|run))$/;
const needed = /^(?:has to|needs?|must|should|ought to|is to|is supposed to)\b/;

/** Where what is proposed ends: at a mark, or at the verb of what is said of it. */
function endOf(told: readonly Cell[], from: number): number {
  const end = told.findIndex(
    (cell, at) =>
      at >= from &&
      !senseOf(cell, 'name') &&
      (isWord(cell, 'comma', 'stop', 'colon', 'be', 'have', 'because', 'that') ||
        /^(?:would|will|could|can|might|may|should|so|and|in (?:this|that|such) cases?)$/.test(cell.low) ||
        (at > from && cell.senses.length === 0 && /(?:ed|s)$/.test(cell.low)) ||
        /^(?:ed|s)$/.test(senseOf(cell, 'verb')?.form ?? '')),
  );
  return end < 0 ? told.length : end;
}
