// "web-99 hangs, restart it": a thing that is told of, and that the plan is not about. What has a predicate before an "it"
// is what the "it" stands for; where nobody knows it, or it is of another sort than what the plan takes, the plan is
// about something else. Called by `heldBack`, over the text as it was typed.

import type { PlanReading } from '../../../shared/model/reading.ts';
import type { Catalogue } from '../../catalogue/contract.ts';
import { isIdentifier } from '../phrases/nounContext.ts';
import { isPredicate } from '../steps/split.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { plainWords } from '../words/plainWords.ts';
import { singular } from '../words/spelling.ts';

/** Kinds of which one is named for the other: a pod hangs, and its deployment is restarted. */
const workloads =
  /^(pod|deployment|statefulset|daemonset|service|container|job|cronjob|namespace|process|unit)$/;

/** What people do, and places do not. */
const peoples =
  /^(begins?|begun|starts?|started|ends?|ended|wants?|wanted|asks?|asked|reports?|reported|waits?|signed)$/;

/** What was told of before the "it", where the plan is about something else. */
export function otherSubject(
  { steps }: PlanReading,
  cells: readonly Cell[],
  catalogue: Catalogue,
): Cell | undefined {
  const it = cells.findIndex(
    (cell, at) =>
      !cell.quoted && /^(it|them)$/.test(cell.low) && senseOf(cells[at - 1], 'verb')?.form === 'base',
  );
  if (it < 2) return undefined;
  const used = JSON.stringify(steps.map(({ target, args }) => [target, args])).toLowerCase();
  // "poc boxes cost money and jenkins, too, stop them": many were spoken of, and one is reached.
  const targets = steps.flatMap(({ target }) => (target?.kind === 'resources' ? [target] : []));
  const reached = new Set(targets.flatMap(({ ids }) => ids));
  const isNamed = cells.slice(0, it).some((cell) => senseOf(cell, 'name')?.ids.some((id) => reached.has(id)));
  const isOne = isNamed && reached.size === 1 && targets.every(({ filter }) => filter === undefined);
  const many = cells
    .slice(0, it - 1)
    .find((cell) => !cell.quoted && senseOf(cell, 'kind')?.plural && !isWord(cell, 'replicas'));
  if (cells[it]!.low === 'them' && isOne && many) return many;
  const kinds = new Set<string>(steps.map(({ operation }) => catalogue.get(operation)?.kind ?? ''));
  const last = cells.findLastIndex((cell, at) => at < it && senseOf(cell, 'name') !== undefined);
  return cells.slice(0, it).find((cell, at) => {
    // "search in production keeps …": where it is.
    if (isWord(cells[at - 1], 'prep') && !isWord(cells[at - 1], 'filler')) return false;
    if (cell.quoted || at < last || used.includes(cell.low) || !isPredicate(cells[at + 1])) return false;
    if (isIdentifier(cell)) return true;
    // "worker-4's fan is dying": told of what is reached.
    const owner = isWord(cells[at - 1], 'possessive') ? senseOf(cells[at - 2], 'name') : undefined;
    if (owner?.ids.some((id) => reached.has(id))) return false;
    const isArticle = isWord(cells[at - 1], 'det') || isWord(cells[at - 1], 'possessive');
    const kind = senseOf(cell, 'kind');
    if (kind && isArticle && kind.kinds.length > 0)
      return !kind.kinds.some((one) => kinds.has(one) || workloads.test(one));
    // "staging is slow"; "QA begins at nine" tells of people.
    if (senseOf(cell, 'env') && cell.senses.every(({ t }) => t === 'env' || t === 'part'))
      return !peoples.test(cells[at + 1]!.low);
    const isOpen = cell.senses.every(({ t }) => t === 'part');
    return isArticle && isOpen && !plainWords.has(singular(cell.low));
  });
}
