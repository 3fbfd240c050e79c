// A second look at what was not understood word for word: the order as a telegram. "i-0ae1 hung, hard reset it" is
// "hard reset i-0ae1"; "hello, i can't reach it, could you ..." is its order and its things. The telegram is read by the same
// grammar, and only one plan of one operation that uses every name, figure and place of the whole text, is taken; where
// anything bounds, denies, doubts, counts or asks, the question stays. It never destroys. Called after the decision.

import type { PlanReading } from '../../../shared/model/reading.ts';
import { isListed } from '../filling/price.ts';
import { destroying } from '../guards/guard.ts';
import type { Inventory } from '../inventory/inventory.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isQuestion } from '../words/cues.ts';
import { plain, word } from '../words/plainCells.ts';

/** Words that could bound, deny, turn or double an order wherever they stand. */
const turning = [
  'not',
  'except',
  'only',
  'if',
  'or',
  'insteadOf',
  'instead',
  'stays',
  'outside',
  'correction',
  'same',
  'undoCue',
  'other',
  'all',
  'both',
  'any',
  'everything',
  'afterwards',
  'named',
  'tagged',
  'more',
  'less',
] as const;
const past = /\bago$|^since\b|^yesterday|^last (night|week|weekend|month)|^overnight$|^this morning$/;

/** The cells of the order alone, its verb first; nothing where there is not exactly one order that could be meant. */
export function telegramOf(cells: readonly Cell[]): readonly Cell[] | undefined {
  if (cells.some((cell) => cell.quoted || isTurning(cell) || isLater(cell)) || isQuestion(cells))
    return undefined;
  if (cells.some((cell) => cell.senses.length === 0 && isListed(cells, cell))) return undefined;
  // "stop a and the volume": another thing, which is not named.
  const isMore = (at: number): boolean =>
    isWord(cells[isWord(cells[at - 1], 'det') ? at - 2 : at - 1], 'and') &&
    (senseOf(cells[at], 'kind')?.kinds.length ?? 0) > 0 &&
    !senseOf(cells[at], 'name') &&
    !senseOf(cells[at], 'verb');
  if (cells.some((_, at) => at > 1 && isMore(at))) return undefined;
  const verbs = cells.flatMap((_, at) => (isOrder(cells, at) ? [at] : []));
  const phrases = new Set(verbs.map((at) => senseOf(cells[at]!, 'verb')!.phrase));
  const [at] = verbs;
  if (at === undefined || phrases.size !== 1) return undefined;
  if (cells.some((_, index) => !verbs.includes(index) && isOtherOrder(cells, index))) return undefined;
  const [phrase] = phrases;
  if (destroying.has(phrase!) || cells.some((cell) => !cell.quoted && isDestroying(cell))) return undefined;
  const kept = cells.filter((_, index) => !verbs.includes(index) && isEvidence(cells, index));
  if (!kept.some(isNamed) || kept.some((cell) => isNamed(cell) && isPartly(cells, cell, at)))
    return undefined;
  const said: Cell[] = isWord(cells[at - 1], 'hard') ? [cells[at - 1]!] : [];
  said.push(plain(cells[at]!, cells[at]!.low, { t: 'verb', phrase: phrase!, form: 'base' }));
  const names = new Set<string>();
  for (const cell of kept) {
    if (isNamed(cell) && names.has(cell.low)) continue;
    if (isNamed(cell)) names.add(cell.low);
    const before = beforeOf(cells, cell);
    if (before) said.push(before);
    said.push(cell);
  }
  const particle = cells.slice(at + 1, at + 4).find((cell) => !cell.quoted && particles.test(cell.low));
  const isBack = particle !== undefined && /^back to$/.test(particle.low);
  // "roll it back to …": without its particle the verb would do something else.
  if (isBack && !isWord(cells[cells.indexOf(particle) + 1], 'previousOne')) return undefined;
  if (isBack) return [...said, plain(particle, 'back', word('filler'))];
  return particle && !kept.includes(particle) && isOfVerb(cells, particle) ? [...said, particle] : said;
}

const particles = /^(up|down|off|back|back to|away|online|offline|schedulable|unschedulable)$/;

/** "bring it up please", not "up to 5". */
function isOfVerb(cells: readonly Cell[], particle: Cell): boolean {
  const next = cells[cells.indexOf(particle) + 1];
  return next === undefined || isWord(next, 'filler', 'comma', 'stop', 'again', 'and');
}

/** Anything but a time that is over puts the order off, or bounds it. */
function isLater(cell: Cell): boolean {
  return senseOf(cell, 'time') !== undefined && !past.test(cell.low);
}

/** Another verb that could be an order of its own, and is no noun: "the kernel update". */
function isOtherOrder(cells: readonly Cell[], at: number): boolean {
  const cell = cells[at]!;
  if (cell.quoted || senseOf(cell, 'verb')?.form !== 'base' || isNamed(cell)) return false;
  const before = cells[at - 1];
  const isNoun =
    before !== undefined &&
    !before.quoted &&
    (isWord(before, 'det', 'possessive') || before.senses.length === 0);
  const next = cells[at + 1];
  return !isNoun || (next !== undefined && (isNamed(next) || isWord(next, 'det', 'pronoun')));
}

/** Whether a plan made of a telegram uses all that the text names, and nothing else. */
export function isWhole(plan: PlanReading, cells: readonly Cell[], inventory: Inventory): boolean {
  if (plan.risk === 'destroy') return false;
  if (new Set(plan.steps.map(({ operation }) => operation)).size !== 1) return false;
  const used = JSON.stringify(plan.steps.map(({ target, args }) => [target, args])).toLowerCase();
  const targets = plan.steps.flatMap(({ target }) => (target?.kind === 'resources' ? target.ids : []));
  // Which of several names an order is about is the grammar's to say.
  if (new Set(targets).size > 1) return false;
  const parts = plan.steps.flatMap(({ evidence }) => evidence);
  return cells.every((cell) => {
    const name = senseOf(cell, 'name');
    if (name && isNamed(cell))
      return (
        name.ids.some((id) => used.includes(JSON.stringify(id).toLowerCase().slice(1, -1))) ||
        used.includes(`"${cell.low}"`) ||
        isPlaceOf(name.ids, targets, inventory)
      );
    if (
      senseOf(cell, 'value') ??
      senseOf(cell, 'region') ??
      senseOf(cell, 'provider') ??
      senseOf(cell, 'env')
    )
      return parts.some(({ start, end }) => start <= cell.start && cell.end <= end);
    return true;
  });
}

/** A namespace or network that the targets are in. */
function isPlaceOf(ids: readonly string[], targets: readonly string[], inventory: Inventory): boolean {
  return ids.some((id) => {
    const place = inventory.get(id);
    return (
      place?.kind === 'namespace' &&
      targets.length > 0 &&
      targets.every((target) => inventory.get(target)?.namespace === place.name)
    );
  });
}

function isTurning(cell: Cell): boolean {
  return isWord(cell, ...turning) && !isWord(cell, 'filler', 'and', 'prep', 'be');
}

function isDestroying(cell: Cell): boolean {
  const verb = senseOf(cell, 'verb');
  return verb !== undefined && destroying.has(verb.phrase) && !senseOf(cell, 'name');
}

/** A verb where an order has it: first, behind a word of request, behind its thing, or as what is needed. */
function isOrder(cells: readonly Cell[], at: number): boolean {
  const cell = cells[at]!;
  const verb = senseOf(cell, 'verb');
  if (!verb || cell.quoted || isNamed(cell)) return false;
  const before = cells[at - 1];
  if (verb.form === 'ed') {
    const isBe =
      isWord(before, 'be') || /^(be|get|have|has to be|needs to be|to be)$/.test(before?.low ?? '');
    return (
      isBe &&
      cells
        .slice(Math.max(0, at - 4), at)
        .some((one) => isWord(one, 'need') || /\b(must|should|to be|needs?)\b/.test(one.low))
    );
  }
  if (verb.form !== 'base') return false;
  if (before === undefined || isWord(before, 'comma', 'stop', 'colon', 'filler', 'and', 'need', 'hard'))
    return true;
  if (/^(to|please|pls|must|should|can|could|you|kindly|just|it|them)$/.test(before.low)) return true;
  if (
    isWord(before, 'det') &&
    cells.slice(Math.max(0, at - 3), at).some((one) => isWord(one, 'need', 'light'))
  )
    return true;
  const next = cells[at + 1];
  return next === undefined || isWord(next, 'stop', 'comma') ? isNamed(before) : false;
}

function isNamed(cell: Cell): boolean {
  return senseOf(cell, 'name') !== undefined && !senseOf(cell, 'env') && !senseOf(cell, 'region');
}

/**
 * "snapshot jenkins home" where jenkins-home is gone: a word beside a name may be the rest of another one. A word behind
 * it is its predicate only in a clause without the order: "jenkins froze, reset it".
 */
function isPartly(cells: readonly Cell[], cell: Cell, order: number): boolean {
  const at = cells.indexOf(cell);
  const isUnknown = (one: Cell | undefined): boolean =>
    one !== undefined && !isNamed(one) && one.senses.every(({ t }) => t === 'part' || t === 'prefix');
  if (isUnknown(cells[at - 1])) return true;
  // "restart grafana, kibana": another one that is not there.
  const isListed = isWord(cells[at + 1], 'comma', 'and') && isUnknown(cells[at + 2]);
  const next = cells[at + 3];
  if (isListed && (next === undefined || isWord(next, 'comma', 'and', 'stop', 'filler'))) return true;
  const [from, to] = order < at ? [order, at] : [at, order];
  const isApart = cells.slice(from, to).some((one) => isWord(one, 'comma', 'stop', 'colon'));
  return isUnknown(cells[at + 1]) && !(order > at && isApart);
}

/** Names, figures, places, and kinds beside a name. */
function isEvidence(cells: readonly Cell[], at: number): boolean {
  const cell = cells[at]!;
  if (isNamed(cell)) return true;
  if (senseOf(cell, 'value') ?? senseOf(cell, 'region') ?? senseOf(cell, 'provider') ?? senseOf(cell, 'env'))
    return true;
  if (isWord(cell, 'replicas', 'revision', 'port', 'typeWord', 'imageWord')) return true;
  const isKind = senseOf(cell, 'kind') !== undefined && !senseOf(cell, 'metric');
  const beside = (one: Cell | undefined): boolean => one !== undefined && isNamed(one);
  return isKind && (beside(cells[at - 1]) || beside(cells[at + 1]));
}

const linking = /^(to|on|onto|in|into|of|from|with|at|as|for|by|and)$/;

/** The small word that ties a part to the rest. */
function beforeOf(cells: readonly Cell[], cell: Cell): Cell | undefined {
  let at = cells.indexOf(cell) - 1;
  while (isWord(cells[at], 'det')) at--;
  const before = cells[at];
  return before && !before.quoted && linking.test(before.low) && !isNamed(before) ? before : undefined;
}
