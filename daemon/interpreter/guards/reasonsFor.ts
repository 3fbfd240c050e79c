// Words that put other orders off and are the reason for some: that somebody said no, for cancelling what was asked for;
// that something could go wrong, for a snapshot. Called by the guards of what is said beside an order.

import type { PlanReading } from '../../../shared/model/reading.ts';
import { clausesOf } from '../judge/clauses.ts';
import { type Cell, senseOf } from '../words/cells.ts';

/** That somebody said no. */
export const refusal = String.raw`(?:rejected|refused|vetoed|disapproved|denied|declined(?! to\b)|turned (?:[\w\u25a1'\u2019]+ ){0,4}down|said no|(?:withdrew|withdrawn|took back|taken back|pulled) (?:it|that|this|(?:his|her|their|the) (?:request|change|order|ticket))|(?:request|change|order|ticket) (?:was |has been |got |is )*(?:withdrawn|pulled))`;
const refused = new RegExp(String.raw`\b${refusal}(?=$|\W)`);
const kept = /\b(?:cancel\w*|withdrawal|if|unless|whether|not|never|nobody|yet|until|before)\b/;
const precaution = /^(?:(?:just|only) )?in case (?!of\b|you\b)/;

/** Whether a clause beside the steps of a plan is why they are wanted. */
export function isReasonFor({ steps }: PlanReading, clause: readonly Cell[]): boolean {
  const said = clause
    .map((cell) => (cell.quoted || senseOf(cell, 'name')?.exact ? '\u25a1' : cell.low))
    .join(' ');
  if (steps.every(({ operation }) => operation === 'action.cancel'))
    return refused.test(said) && !kept.test(said);
  return (
    steps.every(({ operation }) => operation.startsWith('snapshot.')) &&
    precaution.test(said) &&
    !said.includes('\u25a1')
  );
}

/** The cells without the clauses that are why the steps are wanted. */
export function withoutReasons(plan: PlanReading, cells: readonly Cell[]): readonly Cell[] {
  if (!plan.steps.every(({ operation }) => /^(?:action\.cancel$|snapshot\.)/.test(operation))) return cells;
  const reasons = clausesOf(cells).filter((clause) => isReasonFor(plan, clause));
  return reasons.length === 0 ? cells : cells.filter((cell) => !reasons.some((one) => one.includes(cell)));
}
