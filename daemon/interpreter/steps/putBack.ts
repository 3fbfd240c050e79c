// "Detach jenkins-home, grow it, put it back": a volume that was taken off in the same text goes back to where it hung
// when the text was read, or to the machine that is named. Nothing else is ever put back; called while clauses are read in their order.

import type { Attempt } from '../filling/attempt.ts';
import type { Read, Tools } from '../filling/readClause.ts';
import type { Clause, Np } from '../phrases/clause.ts';
import { isWord } from '../words/cells.ts';

const backPhrases =
  /^(put back|put|attach|reattach|attach back|plug back|plug back in|mount|hook up|plug in|bring back)$/;

/** The way back of a volume an earlier clause detaches; undefined where the clause says anything else. */
export function reattached(clause: Clause, before: readonly Read[], tools: Tools): Attempt | undefined {
  const verb = clause.verbs.find((one) => one.form === 'base');
  const operation = tools.catalogue.get('attach.volume');
  const isIt = (np: Np): boolean =>
    np.pronoun === 'it' && np.names.length === 0 && np.prep === undefined && np.also.length === 0;
  const [goal, ...others] = clause.nps.filter((np) => !isIt(np));
  const isBare = others.length === 0 && (goal === undefined || goalOf(goal, tools) !== undefined);
  const isBack = clause.cells.some((cell) => isWord(cell, 'again') || /\bback\b/.test(cell.low));
  if (!verb || !operation || !isBare || !backPhrases.test(verb.phrase) || clause.values.length > 0)
    return undefined;
  if (!isBack && !/back|^re/.test(verb.phrase)) return undefined;
  const detached = before
    .flatMap((read) => (read.idle ? [] : (read.attempts[0]?.steps ?? [])))
    .filter((step) => step.operation.id === 'detach.volume')
    .flatMap((step) => step.ids ?? []);
  const to = goal ? goalOf(goal, tools) : tools.inventory.get(detached[0] ?? '')?.attributes.attached_to;
  if (detached.length !== 1 || typeof to !== 'string') return undefined;
  const evidence = [{ part: 'verb', cell: verb.cell }];
  return { steps: [{ operation, ids: detached, args: { to }, evidence }], cost: 0.1 };
}

/** "back on db-1": the one machine that was named. */
function goalOf({ prep, names, also, except }: Np, tools: Tools): string | undefined {
  const machines = names.flatMap((name) => name.ids.filter((id) => tools.inventory.get(id)?.kind === 'vm'));
  const isPlain = names.length === 1 && names[0]!.exact && also.length + except.length === 0;
  return isPlain && machines.length === 1 && /(^| )(on|to|onto|in|into)$/.test(prep ?? '')
    ? machines[0]
    : undefined;
}
