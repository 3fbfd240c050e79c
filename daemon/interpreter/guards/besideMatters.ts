// What stands beside an order and gave no step anything, as the judge weighs it: where it likely matters, the order is
// offered as a question. It knows no words itself; what other guards know by their rules they say first, and better.

import type { PlanReading } from '../../../shared/model/reading.ts';
import { besideOf, clausesOf } from '../judge/clauses.ts';
import { deedOf } from '../judge/features.ts';
import { mattering } from '../judge/judge.ts';
import type { Cell } from '../words/cells.ts';
import type { Doubt } from './objections.ts';
import { isReasonFor } from './reasonsFor.ts';

/** From here on it is asked; chosen over sentences of people whom the judge had not read (see scripts/judge). */
const likely = 0.55;

/** A question about what is said beside the steps of a plan. */
export function besideMatters(plan: PlanReading, cells: readonly Cell[]): Doubt | undefined {
  const deed = deedOf(plan.steps[0]?.operation ?? '');
  for (const { cells: beside, side } of besideOf(plan, cells)) {
    if (mattering(beside, side, deed) < likely) continue;
    const clauses = clausesOf(beside);
    const open = clauses.filter((clause) => !isReasonFor(plan, clause));
    const isLess = open.length < clauses.length;
    if (isLess && open.every((clause) => mattering(clause, side, deed) < likely)) continue;
    const said = beside.map(({ text }) => text).join(' ');
    return { about: 'op', question: `"${said}": does that change it? Do it as it was said?` };
  }
  return undefined;
}
