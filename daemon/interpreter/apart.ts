// Several orders in full: "stop jenkins; then take a snapshot of billing-prod". Where each part of a text is an order that
// is understood by itself, the text is those orders in their order, and nothing of one is carried over to another. A
// part may point at the one thing that the part before is about ("then restart it"). Where any part is no order in full, is
// asked about, or a word turns round what another says, the text is read as a whole. Called first.

import type { PlanReading, Reading, StepDraft } from '../../shared/model/reading.ts';
import { limits } from '../config.ts';
import { namesOf } from './conversation/listed.ts';
import type { Tools } from './filling/readClause.ts';
import { states } from './freeOrder/deedWords.ts';
import type { Link } from './phrases/clause.ts';
import { neededBy } from './steps/drafts.ts';
import { type Cell, isWord, senseOf } from './words/cells.ts';
import { isQuestion } from './words/cues.ts';
import { isBase, isThing } from './words/plainCells.ts';

interface Part {
  readonly cells: readonly Cell[];
  readonly link: Link;
}

const partsMax = 6;

/** The plan of a text whose parts are orders in full; undefined where it is to be read as a whole. */
export function readApart(
  typed: readonly Cell[],
  read: (cells: readonly Cell[], isFirst: boolean) => Reading,
  tools: Tools,
): PlanReading | undefined {
  const parts = partsOf(typed);
  if (parts.length < 2 || parts.length > partsMax || !isPlain(typed, parts)) return undefined;
  const plans: PlanReading[] = [];
  for (const [at, part] of parts.entries()) {
    const before = plans.at(-1);
    const cells = before ? withThing(part.cells, before, parts[at - 1]!, tools) : part.cells;
    const reading = cells && read(cells, at === 0);
    if (reading?.kind !== 'plan' || !isInFull(reading, cells!, part.cells)) return undefined;
    // "take the ip off bastion and delete it": nothing is destroyed by a word that points.
    if (cells !== part.cells && reading.risk === 'destroy') return undefined;
    plans.push(reading);
  }
  const isOrder = (at: number): boolean => !isStateBefore(plans, parts, at);
  const ordered = parts.filter((_, at) => isOrder(at));
  const steps = joined(
    plans.filter((_, at) => isOrder(at)),
    ordered,
  );
  const count = steps.reduce(
    (sum, { target }) => sum + (target?.kind === 'resources' ? target.ids.length : 1),
    0,
  );
  if (count > limits.planStepsMax) return undefined;
  return {
    ...plans[0]!,
    confidence: Math.min(...plans.map(({ confidence }) => confidence)),
    risk: plans.some(({ risk }) => risk === 'destroy') ? 'destroy' : 'change',
    steps,
  };
}

/** The text cut where one order ends and the next begins with its verb. */
function partsOf(cells: readonly Cell[]): readonly Part[] {
  const parts: { cells: Cell[]; link: Link }[] = [{ cells: [], link: 'start' }];
  for (const [at, cell] of cells.entries()) {
    const current = parts.at(-1)!;
    const isEnd = isMark(cell, 'stop');
    const isThen = isMark(cell, 'afterwards') && cell.low !== 'later';
    const isJoin = isMark(cell, 'comma', 'and') && isDeedNext(cells[nextOf(cells, at)]);
    // "snapshot a and delete b after that"
    const isLate = isThen && cells.slice(at + 1).every((one) => isMark(one, 'filler', 'stop', 'comma'));
    if (isLate && parts.length > 1) current.link = 'then';
    else if (isLate || (!isEnd && !isThen && !isJoin)) current.cells.push(cell);
    else if (current.cells.some((one) => !isMark(one, 'comma', 'and', 'filler'))) {
      const waits = isJoin ? waitAt(current.cells) : -1;
      if (waits > 0) current.cells.splice(waits);
      parts.push({ cells: [], link: isThen || waits > 0 ? 'then' : isEnd ? 'stop' : 'and' });
    } else if (isThen && parts.length > 1) current.link = 'then';
  }
  return parts.filter((part) => part.cells.some((cell) => !isMark(cell, 'comma', 'and', 'filler')));
}

/** "stop a and when that is out, start b": where what only says when the next comes begins; -1 where nothing does. */
function waitAt(cells: readonly Cell[]): number {
  const at = cells.findLastIndex(
    (cell) => !cell.quoted && /^(and )?(when|once|after|as soon as)$/.test(cell.low),
  );
  const said = cells.slice(at + 1).map((cell) => (cell.quoted || senseOf(cell, 'name') ? '"' : cell.low));
  return at > 0 && said.length < 6 && /^(it|that|this|they)\b/.test(said[0] ?? '') && !said.includes('"')
    ? at
    : -1;
}

const isMark = (cell: Cell, ...marks: readonly string[]): boolean =>
  !cell.quoted && !senseOf(cell, 'name') && isWord(cell, ...marks);

/** "delete volume a and snapshot of b": what may be a thing as well begins no order behind a mere "and". */
const isDeedNext = (cell: Cell | undefined): boolean => isBase(cell) && !senseOf(cell, 'kind');

/** What stands behind a join and its courtesy. */
function nextOf(cells: readonly Cell[], at: number): number {
  let next = at + 1;
  while (cells[next] && isMark(cells[next]!, 'comma', 'and', 'filler') && !isBase(cells[next])) next++;
  return next;
}

const turning = ['if', 'or', 'insteadOf', 'instead', 'correction', 'stays', 'before', 'why', 'who'] as const;
const pointing = [
  'pronoun',
  'other',
  'demonstrative',
  'their',
  'both',
  'same',
  'one',
  'first',
  'everything',
] as const;
const pointingWords =
  /^(too|also|likewise|again|there|it|its|them|as well|last|former|latter|rest|half|only|back|second|third|another|more)$/;

/** Every part has its own deed and thing, and no word reaches from one into another. */
function isPlain(typed: readonly Cell[], parts: readonly Part[]): boolean {
  const isTurned = typed.some(
    (cell) =>
      !cell.quoted &&
      isWord(cell, ...turning) &&
      !isWord(cell, 'filler', 'and', 'afterwards', 'prep', 'first') &&
      !senseOf(cell, 'name'),
  );
  // "in staging: restart web, then search": what heads the text is said of all of it.
  const lead = isWord(typed[1], 'det') ? 2 : 1;
  const isHeaded = isWord(typed[0], 'prep') && isThing(typed[lead]) && !isBase(typed[0]);
  // "someone left a on again" tells how it is.
  const isLeft = typed.some((cell) => cell.low === 'left' && !cell.quoted);
  // "decom a: stop it, snapshot it": what heads it is a deed of its own.
  // "freeze is lifted, bring it up": what begins like a verb is what is spoken of.
  const isStated = parts.some(({ cells }) => isBase(cells[0]) && isWord(cells[1], 'be', 'have'));
  const isOnly = parts[0]!.cells.some((cell) => !cell.quoted && cell.low === 'only');
  const isHeading =
    parts[0]!.cells.some((cell) => isMark(cell, 'colon')) && parts.some(({ cells }) => cells.some(isIt));
  if (isTurned || isHeaded || isStated || isOnly || isLeft || isHeading || isQuestion(typed)) return false;
  return parts.every(({ cells, link }, at) => {
    const isOrder = cells.some((cell) => !cell.quoted && isDeed(cell));
    const isOwn = cells.some((cell) => senseOf(cell, 'name') ?? senseOf(cell, 'kind'));
    const points = cells.filter(isPointing).length;
    const isBack = points === 1 && cells.some(isIt);
    if (at === 0) return true;
    return points === 0 ? isOrder && (isOwn || isMaking(cells)) : isBack && (isOrder || link !== 'and');
  });
}

/** A verb in any form, a state or a sign of one: "loki down to zero", "mail-spool: +30 GB"; no mere "cart to 5". */
const isDeed = (cell: Cell): boolean =>
  senseOf(cell, 'verb') !== undefined ||
  states[cell.low] !== undefined ||
  isWord(cell, 'colon', 'arrow', 'more', 'less') ||
  /^(up|down|back) to$/.test(cell.low) ||
  /^[+x×-]\d|^(=>|->|→)$/.test(cell.text);

const isPointing = (cell: Cell): boolean =>
  !cell.quoted &&
  !senseOf(cell, 'name') &&
  (isWord(cell, ...pointing) || pointingWords.test(cell.low)) &&
  !isBase(cell);

const isIt = (cell: Cell): boolean => !cell.quoted && cell.low === 'it';

const isMaking = (cells: readonly Cell[]): boolean =>
  cells.some(
    (cell) => !cell.quoted && /^(create|make|launch|add)\b/.test(senseOf(cell, 'verb')?.phrase ?? ''),
  );

/** The part with the name of the one thing that the part before is about in the place of "it". */
function withThing(
  cells: readonly Cell[],
  before: PlanReading,
  said: Part,
  tools: Tools,
): readonly Cell[] | undefined {
  const at = cells.findIndex(isIt);
  if (at < 0) return cells;
  const [step, ...others] = before.steps;
  const ids = step?.target?.kind === 'resources' ? step.target.ids : [];
  const thing = ids.length === 1 ? tools.inventory.get(ids[0]!) : undefined;
  const isGone =
    before.risk === 'destroy' || /^(create|snapshot|attach|detach)\./.test(step?.operation ?? '');
  const isOther = Object.values(step?.args ?? {}).some(
    (value) => typeof value === 'string' && tools.inventory.get(value) !== undefined,
  );
  // "restart ledger, kafka is slow, restart it": which of the two is not said.
  const isAlone = said.cells.every((cell) => senseOf(cell, 'name')?.ids.includes(thing?.id ?? '') ?? true);
  if (!thing || others.length > 0 || isGone || isOther || !isAlone) return undefined;
  return [...cells.slice(0, at), ...namesOf([thing], [cells[at]!]), ...cells.slice(at + 1)];
}

/** Changes of things that the part names, and nothing that is only looked at beside them. */
function isInFull(plan: PlanReading, cells: readonly Cell[], typed: readonly Cell[]): boolean {
  if (
    plan.steps.some(({ operation }) => /^(list|show|audit|metrics|logs|forecast)\b|\.show$/.test(operation))
  )
    return false;
  const named = new Set(cells.flatMap((cell) => senseOf(cell, 'name')?.ids ?? []));
  const isPointed = cells !== typed;
  return plan.steps.every(
    ({ target }) =>
      target === undefined ||
      target.kind === 'created' ||
      target.filter !== undefined ||
      target.ids.every((id) => named.has(id)) ||
      (!isPointed && target.ids.length === 1),
  );
}

/** What one does, the other takes back. */
const contrary: Readonly<Record<string, string>> = {
  stop: 'start',
  start: 'stop',
  suspend: 'resume',
  cordon: 'uncordon',
  'policy.disable': 'policy.enable',
};
const verbOf = ({ operation }: StepDraft): string =>
  operation.startsWith('policy.') ? operation : operation.slice(0, operation.indexOf('.'));

/** "a is off and I need it, start it": how a thing is, before the order that changes it, and no order to make it so. */
function isStateBefore(plans: readonly PlanReading[], parts: readonly Part[], at: number): boolean {
  const [step, ...more] = plans[at]!.steps;
  const [next, ...others] = plans[at + 1]?.steps ?? [];
  return (
    step !== undefined &&
    next !== undefined &&
    more.length + others.length === 0 &&
    parts[at + 1]!.link !== 'then' &&
    contrary[verbOf(step)] === verbOf(next) &&
    JSON.stringify(step.target) === JSON.stringify(next.target) &&
    !parts[at]!.cells.some(isBase)
  );
}

/** One row of steps; each waits for what it was told to, and for what was done to its own things. */
function joined(plans: readonly PlanReading[], parts: readonly Part[]): readonly StepDraft[] {
  const steps: StepDraft[] = [];
  let previous: readonly number[] = [];
  for (const [index, plan] of plans.entries()) {
    const start = steps.length;
    for (const step of plan.steps) {
      const args = Object.fromEntries(
        Object.entries(step.args).map(([name, value]) => {
          const ref = typeof value === 'string' ? /^\$(\d+)$/.exec(value) : undefined;
          return [name, ref ? `$${Number(ref[1]) + start}` : value];
        }),
      );
      const target =
        step.target?.kind === 'created' ? { ...step.target, step: step.target.step + start } : step.target;
      const isThen = parts[index]!.link === 'then';
      const same = steps.findIndex((one) => sameAs(one, step) || (!isThen && saysAgain(one, step)));
      if (same >= 0 && step.target?.kind === 'resources') {
        const one = steps[same]!;
        steps[same] = { ...one, evidence: [...one.evidence, ...step.evidence] };
        continue;
      }
      const after = new Set([
        ...step.after.map((at) => at + start),
        ...(isThen ? previous : []),
        ...neededBy({ ...step, args }, steps.slice(0, start)),
      ]);
      steps.push({ ...step, target, args, after: [...after].sort((a, b) => a - b) });
    }
    // The last of each row: what another step of the same part waits for, is waited for with it.
    const own = steps.slice(start);
    if (own.length > 0)
      previous = own.flatMap((_, at) =>
        own.some(({ after }) => after.includes(start + at)) ? [] : [start + at],
      );
  }
  return steps;
}

/** "get all pods off worker-1. Drain it": said twice, done once. */
const sameAs = (one: StepDraft, other: StepDraft): boolean =>
  one.operation === other.operation &&
  JSON.stringify([one.target, one.args]) === JSON.stringify([other.target, other.args]);

/** "ledger must go back to revision 2, please roll it back": the order says again what was to be, with less. */
const saysAgain = (one: StepDraft, other: StepDraft): boolean =>
  one.operation === other.operation &&
  one.target?.kind === 'resources' &&
  other.target?.kind === 'resources' &&
  one.target.ids.join() === other.target.ids.join() &&
  Object.entries(other.args).every(
    ([name, value]) => JSON.stringify(one.args[name]) === JSON.stringify(value),
  );
