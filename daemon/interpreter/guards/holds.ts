// The guards, in their order: what was read becomes a question with the plan as its answer, where the words put it off,
// order nothing, say more than the plan has or something else. They look at the words as they were typed and at the plan,
// whatever read it; none of them reads, narrows or corrects anything. Called last, over every reading.

import type { PlanReading, QueryReading, Reading } from '../../../shared/model/reading.ts';
import type { Catalogue } from '../../catalogue/contract.ts';
import { stepTitle } from '../../catalogue/stepTitle.ts';
import type { Inventory } from '../inventory/inventory.ts';
import { otherSubject } from '../told/otherSubject.ts';
import type { Cell } from '../words/cells.ts';
import { askedNotOrdered } from './askedNotOrdered.ts';
import { besideDestroying } from './besideDestroying.ts';
import { besideMatters } from './besideMatters.ts';
import { doubtfulSteps } from './doubtfulSteps.ts';
import { droppedBound } from './droppedBounds.ts';
import { foreignDeed } from './foreignDeeds.ts';
import { plainText } from './guard.ts';
import { halfRead } from './halfRead.ts';
import { deedLeft } from './leftDeeds.ts';
import { leftWish } from './leftWishes.ts';
import { listedLeft } from './listedLeft.ts';
import { unkeptManner } from './manner.ts';
import { deniedLines } from './misread.ts';
import { noOrderOf } from './noOrder.ts';
import { type Doubt, otherMeant } from './objections.ts';
import { ofAnother } from './ofAnother.ts';
import { otherOrder } from './otherOrders.ts';
import { ownedLeft } from './ownedLeft.ts';
import { ownFigureGone } from './ownFigures.ts';
import { namespaceLeft, newPlaceLeft, placeLeftOut } from './placesLeftOut.ts';
import { putOff } from './putOff.ts';
import { roughFigure } from './roughFigures.ts';
import { rowBroken } from './rows.ts';
import { saidAgainst } from './saidAgainst.ts';
import { sparedTarget } from './sparedBeside.ts';
import { timeLeft } from './timesLeft.ts';
import { toldState } from './toldStates.ts';
import { unchosenOf } from './unchosen.ts';
import { unforeseen } from './unforeseen.ts';
import { unkeptTerm } from './unkeptTerms.ts';
import { toldApart, unreadBoundOf } from './unreadBounds.ts';
import { stepUnread } from './unreadSteps.ts';
import { vanishedFrom } from './vanished.ts';
import { toWhoever } from './whoever.ts';

/** Orders nobody here can carry out, before what could be looked at: "rotate the logs of web-1". */
const foreign =
  /^ *(please |pls |can you |could you )*(format|defrag\w*|benchmark|rotate|archive|flush|limit|cap|throttle|encrypt|decrypt|clear|empty|compress|optimi[sz]e|tune|fix|repair|truncate|trim|upload|download|copy|partition|reinstall|rename|clone|overclock|undervolt|email|mail|print)\b(?! (to|me)\b)/;
/** "email the audit log to my boss": nothing is handed on to others. */
const handing =
  /^ *(please |pls |can you |could you |kindly )*(e-?mail|mail|send|forward|fax|post|hand|pass|share)\b.* (to|with) (?!me\b|us\b)(my|our|the|your|his|her|all|everyone|everybody)\b/;
const looked = /^(metrics|logs|show|forecast|explain)\./;

/** A plan that a guard holds becomes a question with the plan as its answer; all else stays as it is. */
export function heldBack(
  reading: Reading,
  texts: readonly (readonly Cell[])[],
  catalogue: Catalogue,
  inventory: Inventory,
): Reading {
  const cells = texts.at(-1) ?? [];
  if (reading.kind === 'query') {
    const told = withoutForeign(reading, texts);
    const gone =
      told === reading
        ? (vanishedFrom(reading, cells, catalogue, inventory) ??
          placeLeftOut(reading, cells, inventory) ??
          deedLeft(reading, cells) ??
          timeLeft(reading, cells) ??
          foreignDeed(reading, texts[0] ?? []) ??
          unforeseen(reading, texts[0] ?? []) ??
          toWhoever(reading, texts[0] ?? []) ??
          listedLeft(reading, texts[0] ?? []) ??
          deniedLines(reading, texts[0] ?? []) ??
          droppedBound(reading, cells, inventory))
        : undefined;
    return gone ? asked(reading, gone, catalogue, inventory) : told;
  }
  // An answer that would leave out a term of the order is none.
  if (reading.kind === 'clarify') {
    const isWhole = (one: Reading): boolean => one.kind !== 'plan' || !unkeptTerm(one, cells, catalogue);
    const candidates = reading.candidates.filter((one) => isWhole(one.reading));
    return candidates.length < reading.candidates.length ? { ...reading, candidates } : reading;
  }
  if (reading.kind !== 'plan') return reading;
  const doubt =
    unmade(reading) ??
    unforeseen(reading, texts[0] ?? []) ??
    toWhoever(reading, texts[0] ?? []) ??
    putOff(reading, texts, catalogue) ??
    noOrderOf(reading, texts[0] ?? []) ??
    toldState(reading, texts[0] ?? []) ??
    roughFigure(reading, texts[0] ?? [], inventory) ??
    askedNotOrdered(reading, texts[0] ?? []) ??
    unreadBoundOf(reading, texts, inventory) ??
    otherMeant(reading, cells, catalogue) ??
    ofAnother(reading, texts[0] ?? []) ??
    ownedLeft(reading, texts[0] ?? []) ??
    toldOfOther(reading, texts[0] ?? [], catalogue) ??
    toldApart(reading, cells) ??
    vanishedFrom(reading, cells, catalogue, inventory) ??
    stepUnread(reading, texts[0] ?? [], catalogue) ??
    halfRead(reading, texts[0] ?? [], catalogue) ??
    otherOrder(reading, cells, catalogue, inventory) ??
    unkeptTerm(reading, cells, catalogue) ??
    newPlaceLeft(reading, texts[0] ?? []) ??
    namespaceLeft(reading, texts[0] ?? [], inventory) ??
    unchosenOf(reading, texts[0] ?? []) ??
    leftWish(reading, texts[0] ?? [], catalogue) ??
    sparedTarget(reading, texts[0] ?? []) ??
    ownFigureGone(reading, texts[0] ?? [], catalogue) ??
    unkeptManner(reading, texts[0] ?? []) ??
    rowBroken(reading, texts[0] ?? [], inventory) ??
    besideDestroying(reading, texts[0] ?? [], catalogue) ??
    doubtfulSteps(reading, texts[0] ?? []) ??
    foreignDeed(reading, texts[0] ?? []) ??
    saidAgainst(reading, texts[0] ?? []) ??
    besideMatters(reading, texts[0] ?? []);
  return doubt ? asked(reading, doubt, catalogue, inventory) : reading;
}

/** A step about what no step before it makes. */
function unmade({ steps }: PlanReading): Doubt | undefined {
  const isMade = (step: number, at: number): boolean =>
    step < at && /^(create|snapshot)\./.test(steps[step]?.operation ?? '');
  const isLost = steps.some(({ target }, at) => target?.kind === 'created' && !isMade(target.step, at));
  return isLost
    ? { about: 'op', question: 'Is what this is about to be made first? Under which name?', isEmpty: true }
    : undefined;
}

/** The question with what was read as its answer. */
function asked(
  reading: PlanReading | QueryReading,
  { about, question, isEmpty }: Doubt,
  catalogue: Catalogue,
  inventory: Inventory,
): Reading {
  const { text, source } = reading;
  const candidates = isEmpty ? [] : [{ label: titleOf(reading, catalogue, inventory), reading }];
  return { kind: 'clarify', text, source, confidence: 0.5, about, question, candidates };
}

/** "web-99 hangs, restart it", where nothing is called so. */
function toldOfOther(reading: PlanReading, cells: readonly Cell[], catalogue: Catalogue): Doubt | undefined {
  const other = otherSubject(reading, cells, catalogue);
  return other && { about: 'target', question: `What is "${other.text}"? Is that what is meant?` };
}

/** What would only be looked at, where something was ordered that is not done here. */
function withoutForeign(reading: Reading, texts: readonly (readonly Cell[])[]): Reading {
  const isLook = reading.kind === 'query' && reading.steps.every(({ operation }) => looked.test(operation));
  const isForeign = texts.some((cells) => foreign.test(plainText(cells)));
  const isHanded = reading.kind === 'query' && handing.test(plainText(texts[0] ?? []));
  if (!isHanded && !(isLook && isForeign)) return reading;
  const { text, source } = reading;
  const question = 'That is nothing Pilothouse does to it. What should be done instead?';
  return { kind: 'clarify', text, source, confidence: 0.5, about: 'op', question, candidates: [] };
}

function titleOf(plan: PlanReading | QueryReading, catalogue: Catalogue, inventory: Inventory): string {
  const titles = plan.steps.map((step) => {
    const operation = catalogue.get(step.operation)!;
    const ids = step.target?.kind === 'resources' ? step.target.ids : [];
    const name = ids.length === 1 ? inventory.get(ids[0]!)?.name : undefined;
    const nameOf = (id: string): string | undefined => inventory.get(id)?.name;
    return stepTitle(
      operation,
      name ?? (ids.length > 1 ? `${ids.length} resources` : undefined),
      step.args,
      nameOf,
    );
  });
  const [first = '', ...rest] = titles;
  return rest.length > 0 ? `${first}, and ${rest.length} more` : first;
}
