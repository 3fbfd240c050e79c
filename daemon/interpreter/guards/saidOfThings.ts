// What an order says of the thing it names, where that is not so: "approve act-77, which Dave raised" when Carol did,
// "act-77, the reboot", "resize a from L.16 to M.8" when it is another size. Either the name or what is said of it is a
// slip, and nobody knows which, so that the plan is offered as a question. Called by `notAsSaid`, over the text as typed.

import type { PlanReading, StepDraft } from '../../../shared/model/reading.ts';
import type { Resource } from '../../../shared/model/resource.ts';
import { verbWords } from '../../catalogue/verbWords.ts';
import type { Inventory } from '../inventory/inventory.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { firstName } from './noOrder.ts';
import type { Doubt } from './objections.ts';
import { idsOf } from './targets.ts';
import { isFormerSize } from './toldParts.ts';

/** What is said of a thing and does not hold. */
export function untrueOf(
  { steps }: PlanReading,
  cells: readonly Cell[],
  inventory: Inventory,
): Doubt | undefined {
  const size = cells.findIndex((_, at) => isOtherSize(steps, cells, at, inventory));
  if (size >= 0)
    return {
      about: 'target',
      question: `It is no "${cells[size]!.text}" now. Is this the one that is meant?`,
    };
  const actions = steps.flatMap((step) =>
    step.operation.startsWith('action.') ? idsOf(step).flatMap((id) => inventory.get(id) ?? []) : [],
  );
  if (actions.length === 0) return undefined;
  const all = inventory.ofKind('action');
  const people = new Set(all.map(actorOf));
  const at = cells.findIndex((_, index) => {
    const who = raiserAt(cells, index, people);
    return who !== undefined && !actions.some((one) => isMeant(one, cells, index) && actorOf(one) === who);
  });
  if (at >= 0)
    return {
      about: 'target',
      question: `That was not raised by ${cells[at]!.text}. Is it meant all the same?`,
    };
  const deed = cells.find((_, index) => isOtherDeed(cells, index, actions));
  return deed && { about: 'target', question: `Its deed is no "${deed.text}". Is it meant all the same?` };
}

const actorOf = ({ attributes }: Resource): string => String(attributes.actor ?? '').toLowerCase();

const nouns = /^(actions?|requests?|changes?|proposals?|asks?|tickets?|one)$/;
const raising =
  /^(raised?|requested|requests|submitted|filed|made|opened|proposed|queued|sent|put in|started|asked|asked for|asks for|wanted|wants|created)$/;

const lowOf = (cell: Cell | undefined): string => (!cell || cell.quoted ? '' : cell.low);

const isAction = (cell: Cell | undefined): boolean =>
  cell !== undefined && senseOf(cell, 'name')?.ids.some((id) => id.includes(':action/')) === true;

/** The person a cell names as the one who raised what is spoken of. */
function raiserAt(cells: readonly Cell[], at: number, people: ReadonlySet<string>): string | undefined {
  const who = lowOf(cells[at]);
  // "cancel Dave's, keep Carol's": whose is spared.
  if (isWord(cells[at - 1], 'stays', 'except', 'not')) return undefined;
  if (who === '' || isAction(cells[at]) || !(people.has(who) || firstName.test(who))) return undefined;
  const isSpoken = (cell: Cell | undefined): boolean => isAction(cell) || nouns.test(lowOf(cell));
  const next = cells[at + 1];
  // "Dave's act-77", "act-77 is Dave's"
  if (isWord(next, 'possessive')) {
    const owned = cells[at + 2];
    const isEnd = owned === undefined || isWord(owned, 'comma', 'stop', 'colon', 'and', 'filler');
    return isEnd || cells.slice(at + 2, at + 5).some(isSpoken) ? who : undefined;
  }
  // "Dave raised it", "which Dave has raised"
  const verb = isWord(next, 'have') ? cells[at + 2] : next;
  if (raising.test(lowOf(verb))) {
    const object = cells[cells.indexOf(verb!) + 1];
    const isOf =
      object === undefined ||
      isSpoken(object) ||
      isWord(object, 'pronoun', 'comma', 'stop', 'colon', 'and', 'filler', 'that') ||
      /^(for|in)$/.test(object.low);
    return isOf ? who : undefined;
  }
  // "act-77 from Dave", "raised by Dave", "(Dave)"
  const before = lowOf(cells[at - 1]);
  const lead = cells[at - 2];
  if (isWord(cells[at - 1], 'open') && isWord(next, 'close')) return isSpoken(lead) ? who : undefined;
  const isBy = /^(by|from|of)$/.test(before) || /(^| )(by|from)$/.test(before);
  const isRaised = raising.test(lowOf(lead)) || / (by|from)$/.test(before);
  return isBy && (isSpoken(lead) || isRaised || isWord(lead, 'comma', 'open')) ? who : undefined;
}

/** The action a word stands nearest to; all of them where none is named. */
function isMeant({ id }: Resource, cells: readonly Cell[], at: number): boolean {
  const named = cells.flatMap((cell, index) => (isAction(cell) ? [index] : []));
  const isOwner = isWord(cells[at + 1], 'possessive') || raising.test(lowOf(cells[at + 1]));
  const behind = named.find((index) => index > at);
  const before = named.findLast((index) => index < at);
  const isRelative = /^(which|that|whom)$/.test(lowOf(cells[at - 1]));
  const own = isOwner && !isRelative ? (behind ?? before) : (before ?? behind);
  return own === undefined || senseOf(cells[own], 'name')!.ids.includes(id);
}

const deedVerbs = [
  'delete',
  'stop',
  'start',
  'reboot',
  'resize',
  'scale',
  'drain',
  'rollback',
  'snapshot',
  'detach',
] as const;

/** "the reboot act-75", "act-75, the reboot of a": what it is said to do, and does not. */
function isOtherDeed(cells: readonly Cell[], at: number, actions: readonly Resource[]): boolean {
  const cell = cells[at]!;
  const isNoun =
    isWord(cells[at - 1], 'det') &&
    (isAction(cells[at + 1]) || (isWord(cells[at - 2], 'comma', 'open') && isAction(cells[at - 3])));
  // "act-77, the change board signed it off"
  const next = cells[at + 1];
  const isEnd =
    next === undefined || isAction(next) || isWord(next, 'comma', 'stop', 'close', 'of', 'prep', 'filler');
  if (cell.quoted || !isNoun || !isEnd) return false;
  const verbs = deedVerbs.filter((verb) =>
    verbWords[verb].includes(senseOf(cell, 'verb')?.phrase ?? cell.low),
  );
  const done = actions.map(({ attributes }) => String(attributes.op ?? '').split('.')[0]);
  return verbs.length > 0 && !verbs.some((verb) => done.includes(verb));
}

/** "from L.16 to M.8": the size it is said to have, and has not. */
function isOtherSize(
  steps: readonly StepDraft[],
  cells: readonly Cell[],
  at: number,
  inventory: Inventory,
): boolean {
  const cell = cells[at]!;
  if (cell.quoted || lowOf(cells[at - 1]) !== 'from' || !/^((up|down) )?to$/.test(lowOf(cells[at + 1])))
    return false;
  const value = senseOf(cell, 'value')?.value;
  return steps.some((step) => {
    const { flavor, size_gb: size } = step.args;
    const own = idsOf(step).flatMap((id) => inventory.get(id) ?? []);
    if (/^resize\.(vm|database)$/.test(step.operation) && isFormerSize(cells, at))
      return (
        isSaid(cells[at + 2], flavor) &&
        own.every(({ attributes }) => attributes.flavor !== undefined && !isSaid(cell, attributes.flavor))
      );
    if (step.operation !== 'resize.volume' || value?.k !== 'size' || typeof size !== 'number') return false;
    const to = senseOf(cells[at + 2], 'value')?.value;
    const isOwn = to?.k === 'size' && to.gb === size;
    return (
      isOwn &&
      own.every(
        ({ attributes: { size_gb: now } }) =>
          typeof now === 'number' && Math.abs(now - value.gb) > now * 0.03,
      )
    );
  });
}

const isSaid = (cell: Cell | undefined, value: unknown): boolean =>
  typeof value === 'string' &&
  (lowOf(cell) === value.toLowerCase() ||
    senseOf(cell, 'name')?.ids.some((id) => id === value || id.endsWith(`/${value}`)) === true);
