// What stands beside an order to destroy and is in no step: "copy the data off x and delete it", "check that nobody uses x
// and delete it", "of a and b delete only the first", "x to delete, its disk to keep", and a step on what is gone by then.
// Such a plan is offered as a question. Called by `heldBack`, over the text as it was typed.

import type { PlanReading } from '../../../shared/model/reading.ts';
import type { Catalogue } from '../../catalogue/contract.ts';
import { isKept } from '../told/keeping.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { plainText } from './guard.ts';
import type { Doubt } from './objections.ts';
import { idsOf } from './targets.ts';

/** "a is what finance uses. Remove it": what is only pointed at, and told to be of use. */
function keptBefore(steps: PlanReading['steps'], cells: readonly Cell[]): readonly Cell[] | undefined {
  const parts = partsOf(cells);
  const ids = new Set(steps.flatMap(idsOf));
  const verbs = steps.flatMap(({ evidence }) => evidence.filter(({ part }) => part === 'verb'));
  const isNamed = (part: readonly Cell[]): boolean =>
    part.some((cell) => senseOf(cell, 'name')?.ids.some((id) => ids.has(id)));
  const ordering = parts.findIndex((part) =>
    verbs.some(({ start }) => part.some((cell) => cell.start === start)),
  );
  if (ordering < 1 || isNamed(parts[ordering]!)) return undefined;
  return parts.slice(0, ordering).find((part) => isNamed(part) && isKept(part));
}

/** Why a plan that destroys may not be all, or not what was meant. */
export function besideDestroying(
  reading: PlanReading,
  cells: readonly Cell[],
  catalogue: Catalogue,
): Doubt | undefined {
  const { steps } = reading;
  const destroying = steps.filter(({ operation }) => catalogue.get(operation)?.risk === 'destroy');
  const other = partsOf(cells).find((part) => isUnreadOrder(part, reading, destroying.length > 0));
  if (other)
    return { about: 'op', question: `What is to be done by "${said(other)}"? It is no step of this plan.` };
  if (destroying.length === 0) return undefined;
  if (isAfterGone(reading))
    return { about: 'op', question: 'What comes first? Nothing can be done with what is gone.' };
  // "delete namespace dev except sandbox": what is in it goes with it.
  const isSpared = cells.some((cell) => !cell.quoted && isWord(cell, 'except') && !senseOf(cell, 'name'));
  if (
    isSpared &&
    destroying.some(
      ({ operation, target }) =>
        operation === 'delete.namespace' && target?.kind === 'resources' && target.filter === undefined,
    )
  )
    return { about: 'scope', question: 'All that is in a namespace goes with it. Is that meant?' };
  const text = plainText(cells);
  // "release jenkins": free for others, or gone?
  const isReleased = destroying.some(
    ({ operation, evidence }) =>
      !/\.(floating-ip|keypair)$/.test(operation) &&
      evidence.some(({ part, start }) =>
        cells.some(
          (cell) => part === 'verb' && cell.start === start && /^(release|let go of)$/.test(cell.low),
        ),
      ),
  );
  if (isReleased) return { about: 'op', question: 'Is it to be deleted, or only set free?' };
  if (isOnlyAble(destroying, cells)) return { about: 'op', question: 'Is that to be done, or could it be?' };
  const open = openBefore(destroying, cells);
  if (open) return { about: 'op', question: `"${said(open)}": is that known? It is to be destroyed.` };
  const count = destroying.flatMap(({ target }) => (target?.kind === 'resources' ? target.ids : [])).length;
  if (count > 1 && oneOf.test(text)) return { about: 'target', question: 'Which of them is meant?' };
  // Machines are called nodes, but what is destroyed is to be called by its name.
  const isNode = cells.some(
    (cell) => !cell.quoted && !senseOf(cell, 'name') && /^(nodes?|hosts?)$/.test(cell.low),
  );
  if (isNode && destroying.every(({ operation }) => operation === 'delete.vm'))
    return { about: 'target', question: 'There are no such nodes here. Are the VMs meant?' };
  const pointed = keptBefore(destroying, cells);
  if (pointed) return { about: 'op', question: `"${said(pointed)}": is it to be destroyed all the same?` };
  if (undecided.test(text)) return { about: 'target', question: 'Which of them is to go?' };
  if (kept.test(text)) return { about: 'op', question: 'What is to be kept, and what is to go?' };
  return undefined;
}

/** "old-wiki is a pain. I could delete it": what may be done, or by somebody. */
const isOnlyAble = (steps: PlanReading['steps'], cells: readonly Cell[]): boolean =>
  steps.some(({ evidence }) =>
    evidence.some(({ part, start }) => {
      const at = part === 'verb' ? cells.findIndex((cell) => cell.start === start) : -1;
      const [first, last] = [cells[at - 2], cells[at - 1]];
      return (
        last !== undefined &&
        !last.quoted &&
        /\b(?:could|might|may|would|should)$/.test(last.low) &&
        /^(?:i|we|one|somebody|someone|anybody|anyone)\b/.test(
          / /.test(last.low) ? last.low : (first?.low ?? ''),
        )
      );
    }),
  );

/** "snap-03 is old. Does anyone need it? Delete it": what is asked of it, and nobody has answered. */
function openBefore(steps: PlanReading['steps'], cells: readonly Cell[]): readonly Cell[] | undefined {
  const verbs = steps.flatMap(({ evidence }) => evidence.filter(({ part }) => part === 'verb'));
  const first = Math.min(...verbs.map(({ start }) => start));
  const mark = cells.findLastIndex((cell) => cell.low === '?' && !cell.quoted && cell.end <= first);
  if (mark < 0) return undefined;
  const from = cells.findLastIndex((cell, at) => at < mark && isWord(cell, 'stop'));
  const part = cells.slice(from + 1, mark);
  const isOfIt = part.some(
    (cell) =>
      isWord(cell, 'pronoun', 'demonstrative') ||
      senseOf(cell, 'name') ||
      /^(?:it|they|them)\b/.test(cell.low),
  );
  return isOfIt ? part : undefined;
}

const said = (part: readonly Cell[]): string => part.map(({ text }) => text).join(' ');

/** A step on what another has deleted by then. */
function isAfterGone({ steps }: PlanReading): boolean {
  const waitsFor = (step: number, other: number): boolean =>
    steps[step]!.after.some((one) => one === other || waitsFor(one, other));
  return steps.some(
    (gone, at) =>
      gone.operation.startsWith('delete.') &&
      steps.some(
        (step, index) =>
          index !== at &&
          // "delete the key a, list all keys": of what is left.
          !(step.operation.startsWith('list.') && idsOf(step).length > idsOf(gone).length) &&
          idsOf(step).some((id) => idsOf(gone).includes(id)) &&
          !(index < at || waitsFor(at, index)),
      ),
  );
}

const oneOf =
  /\b(the|that|this) (\w+ )?one (that|which|who|is)\b|\bonly the (first|second|third|last|former|latter|bigger|smaller|older|newer|other)( one)?\b/;
/** "ask bob which of a and b to delete" */
const undecided =
  /\b(which|which of|which one|whether|what|who|how)\b[^,.;:]* to (delete|remove|drop|destroy|terminate|kill|wipe|purge)\b/;
const kept =
  /\b(its|his|the|their) (disks?|volumes?|drives?|ips?|address(es)?|data|snapshots?) (to (keep|stay|remain)|(is|are|be|must be|should be|gets?) (kept|saved|preserved))\b/;

/** The parts between marks; what stands before a colon is a heading. */
function partsOf(cells: readonly Cell[]): readonly (readonly Cell[])[] {
  const parts: Cell[][] = [[]];
  for (const cell of cells) {
    const isMark =
      !cell.quoted && !senseOf(cell, 'name') && isWord(cell, 'comma', 'stop', 'colon', 'and', 'afterwards');
    if (!isMark) parts.at(-1)!.push(cell);
    else if (isWord(cell, 'colon')) parts[parts.length - 1] = [];
    else parts.push([]);
  }
  return parts.filter((part) => part.length > 1);
}

/** Deeds Pilothouse does not do. */
const foreign =
  /^(copy|format|partition|fsck|patch|encrypt|flush|reinstall|rename|clone|export|dump|download|upload|sync|rsync|zip|compress|extract|transfer|evacuate|print|mail|email|archive|record|document|note)$/;
const checking = /^(check|verify|confirm|ensure|make sure|be sure|see|test|validate|double check|look)\b/;
/** What is to stay has its own guard. */
const sparing = /^(ignore|skip|spare|leave|keep|save|exclude|except|omit|retain|preserve)$/;
const leading = /^(please|pls|kindly|then|first|also|just|now|so|ok|can you|could you|first of all|but|and)$/;

/** "copy the data off x": a verb nobody here knows before its object, from which nothing was read. */
function isUnreadOrder(part: readonly Cell[], { steps }: PlanReading, isDestroying: boolean): boolean {
  const evidence = steps.flatMap((step) => step.evidence);
  const from = part.findIndex((cell) => !leading.test(cell.low));
  const [verb, object] = [part[from], part[from + 1]];
  if (!verb || !object || verb.quoted || senseOf(verb, 'name') || senseOf(verb, 'kind')) return false;
  const isRead = part.some((cell) =>
    evidence.some(({ part: sort, start, end }) => sort === 'verb' && start < cell.end && cell.start < end),
  );
  if (isRead || sparing.test(verb.low)) return false;
  const isForeign = foreign.test(verb.low) && isWord(object, 'pronoun');
  if (!isDestroying) return isForeign || (foreign.test(verb.low) && senseOf(object, 'name')?.exact === true);
  if (checking.test(verb.low) && /\b(that|nobody|no one|none|whether|if|nothing)\b/.test(plainText(part)))
    return true;
  if (checking.test(verb.low))
    return !steps.some(({ operation }) => /^(show|logs|metrics|list|audit)\./.test(operation));
  const isStrange =
    foreign.test(verb.low) ||
    (verb.senses.length === 0 && /^[a-z]{3,}$/.test(verb.text.toLowerCase()) && !verb.repaired);
  return (
    isForeign || (isStrange && (isWord(object, 'det', 'their') || senseOf(object, 'name')?.exact === true))
  );
}
