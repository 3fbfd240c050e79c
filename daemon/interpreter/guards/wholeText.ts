// What a text says of its steps and things, held against a plan whatever part of the text it was read from. Called by
// `rowBroken` over the text as it was typed, and once more for a plan of some of the text.

import type { PlanReading, Reading } from '../../../shared/model/reading.ts';
import type { Inventory } from '../inventory/inventory.ts';
import type { Cell } from '../words/cells.ts';
import { corrected } from './corrected.ts';
import { listedLeft } from './listedLeft.ts';
import { misread } from './misread.ts';
import { nameTaken } from './namesTaken.ts';
import { newAsSaid } from './newAsSaid.ts';
import { notWilled } from './notWilled.ts';
import type { Doubt } from './objections.ts';
import { oneOfSeveral } from './oneOfSeveral.ts';
import { openChoice } from './openChoice.ts';
import { isLeftToSomebody, isTakenOver } from './othersDeeds.ts';
import { otherFirst } from './othersFirst.ts';
import { postponedAmongSteps } from './postponed.ts';
import { untrueOf } from './saidOfThings.ts';
import { saidSteps } from './saidSteps.ts';
import { someOfThem } from './someOfThem.ts';
import { personSpared } from './sparedPeople.ts';

const takenOver: Doubt = { about: 'op', question: 'Somebody else is to do that. Do it all the same?' };
const left: Doubt = { about: 'op', question: 'Somebody is said to do that. Is it to be done here, now?' };

/** What the words say that is not so in the plan. */
export const notAsSaid = (
  reading: PlanReading,
  cells: readonly Cell[],
  inventory: Inventory,
): Doubt | undefined =>
  (isTakenOver(cells) ? takenOver : undefined) ??
  (isLeftToSomebody(reading, cells) ? left : undefined) ??
  corrected(reading, cells) ??
  oneOfSeveral(reading, cells) ??
  openChoice(reading, cells, inventory) ??
  saidSteps(reading, cells) ??
  postponedAmongSteps(reading, cells) ??
  newAsSaid(reading, cells, inventory) ??
  nameTaken(reading, inventory) ??
  listedLeft(reading, cells) ??
  untrueOf(reading, cells, inventory) ??
  personSpared(cells) ??
  someOfThem(reading, cells) ??
  otherFirst(reading, cells) ??
  notWilled(reading, cells) ??
  misread(reading, cells);

/** A plan that was read from some of a text, held to what the whole of it says. */
export function heldToText(reading: Reading, cells: readonly Cell[], inventory: Inventory): Reading {
  const doubt = reading.kind === 'plan' ? notAsSaid(reading, cells, inventory) : undefined;
  if (!doubt) return reading;
  const { text, source } = reading;
  const { about, question } = doubt;
  return { kind: 'clarify', text, source, confidence: 0.5, about, question, candidates: [] };
}
