// Two orders about one thing that cannot both hold: "it must be on M.8. resize it to S.2", "it should be stopped. please start
// it". Where no word puts one behind the other, the first may only tell how it should be, so that the plan is offered as a
// question. Called by `doubtfulSteps`, over the text as it was typed.

import type { PlanReading, StepDraft } from '../../../shared/model/reading.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase } from '../words/plainCells.ts';
import { type Doubt, partsOf } from './objections.ts';
import { idsOf } from './targets.ts';

/** The doubt, where one thing is changed in two ways and nothing says in which order. */
export function contraryOrders({ steps }: PlanReading, cells: readonly Cell[]): Doubt | undefined {
  const isTold = steps.some((step, at) =>
    steps.slice(at + 1).some((other) => isStateTold(step, other, cells)),
  );
  if (isTold)
    return { about: 'op', question: 'Is the first how it is, or is it to be done before the other?' };
  const isContrary = steps.some((step, at) =>
    steps.slice(at + 1).some((other) => isTwice(step, other) || isUndone(step, other, cells)),
  );
  if (!isContrary || cells.some((cell) => !cell.quoted && isOrderly(cell))) return undefined;
  return {
    about: 'op',
    question: 'Those two are contrary. Which one is to be done, or one after the other?',
  };
}

/** A word that puts one step behind the other, or takes the first back. */
const isOrderly = (cell: Cell): boolean =>
  isWord(
    cell,
    'afterwards',
    'after',
    'before',
    'arrow',
    'first',
    'again',
    'correction',
    'instead',
    'insteadOf',
  ) || /\b(back|once|when|until|till|while|later|second|finally|end|meanwhile)\b|^(->|=>|→)$/.test(cell.low);

const isAlike = (one: StepDraft, other: StepDraft): boolean =>
  idsOf(one).length > 0 && idsOf(one).some((id) => idsOf(other).includes(id));

/** The same figure of the same thing, and another one. */
const isTwice = (one: StepDraft, other: StepDraft): boolean =>
  /^(resize|scale|set-image)\./.test(one.operation) &&
  one.operation === other.operation &&
  isAlike(one, other) &&
  JSON.stringify(one.args) !== JSON.stringify(other.args);

const contrary: Readonly<Record<string, string>> = {
  stop: 'start',
  start: 'stop',
  suspend: 'resume',
  resume: 'suspend',
  cordon: 'uncordon',
  uncordon: 'cordon',
  'open-port': 'close-port',
  'close-port': 'open-port',
};

/** What it should be, and an order for the contrary. */
function isUndone(one: StepDraft, other: StepDraft, cells: readonly Cell[]): boolean {
  const verb = one.evidence.find(({ part }) => part === 'verb');
  const said = cells.find(({ start }) => start === verb?.start);
  const isWished = senseOf(said, 'verb')?.form === 'ed' || isPortTwice(one, other);
  const [deed, kind] = one.operation.split('.');
  return isWished && other.operation === `${contrary[deed!]}.${kind}` && isAlike(one, other);
}

/** "jenkins on again, stop it": how it is, and an order for the contrary. */
function isStateTold(one: StepDraft, other: StepDraft, cells: readonly Cell[]): boolean {
  const partOf = (step: StepDraft): readonly Cell[] => {
    const verb = step.evidence.find(({ part }) => part === 'verb');
    return partsOf(cells).find((part) => part.some(({ start }) => start === verb?.start)) ?? [];
  };
  const isVerb = (cell: Cell): boolean => isBase(cell) && !senseOf(cell, 'name') && !/^back\b/.test(cell.low);
  const [told, ordered] = [partOf(one), partOf(other)];
  const [deed, kind] = one.operation.split('.');
  const isOrdered = ordered.some(isVerb) && ordered.some((cell) => !cell.quoted && isWord(cell, 'pronoun'));
  const isTold = told.some((cell) => !cell.quoted && /\b(again|back)\b/.test(cell.low)) && !told.some(isVerb);
  const isUndoing = [`${contrary[deed!]}.${kind}`, `reboot.${kind}`].includes(other.operation);
  return contrary[deed!] !== undefined && isTold && isOrdered && isUndoing && isAlike(one, other);
}

/** "port 22 should be open, so please close it": the same port, open and closed. */
const isPortTwice = (one: StepDraft, other: StepDraft): boolean =>
  /^(?:open|close)-port\./.test(one.operation) &&
  one.args.port === other.args.port &&
  one.args.cidr === other.args.cidr;
