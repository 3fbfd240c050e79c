// "Which volumes must I delete?", "any vms resized lately?": a list of all there is answers neither what is to be done with
// some nor what was done to them. Where a question was read as a list and the deed it asks about gave nothing to it, it is
// asked what is meant; as where something is to be made bigger, "a is almost full, please make it more big", and nothing
// says how big. Called by `heldBack` on what only asks.

import type { QueryReading } from '../../../shared/model/reading.ts';
import { verbWords } from '../../catalogue/verbWords.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase } from '../words/plainCells.ts';
import { plainText } from './guard.ts';
import type { Doubt } from './objections.ts';

/** The deed that a list leaves out. */
export function deedLeft({ steps }: QueryReading, cells: readonly Cell[]): Doubt | undefined {
  if (grown.test(plainText(cells)))
    return { about: 'args', question: 'What is it to have, and how much of it? A look changes nothing.' };
  if (steps.length === 1 && steps[0]!.operation === 'audit.list') return undoing(cells);
  const isList = steps.length === 1 && steps.every(({ operation }) => operation.startsWith('list.'));
  if (!isList) return undefined;
  const evidence = steps.flatMap((step) => step.evidence);
  const isUsed = (cell: Cell): boolean =>
    evidence.some(({ start, end }) => start < cell.end && cell.start < end);
  const from = cells.findIndex((cell) => !cell.quoted && senseOf(cell, 'kind') !== undefined);
  const all = from < 0 ? [] : cells.slice(from, endOf(cells, from));
  // "which pods are on worker-5 before i drain it": when, and not what is asked.
  const apart = all.findIndex(
    (cell) => !cell.quoted && isWord(cell, 'before', 'after', 'if', 'because') && !/^(i|we)$/.test(cell.low),
  );
  const part = apart < 0 ? all : all.slice(0, apart);
  const isWished = part.some((cell) => isWord(cell, 'need') && !cell.quoted);
  const deed = part.find(
    (cell) =>
      !isUsed(cell) &&
      !cell.quoted &&
      deeds.has(senseOf(cell, 'verb')?.phrase ?? '') &&
      isMereVerb(cell, isWished),
  );
  return deed && { about: 'op', question: `What is asked about "${deed.text}"? A list does not tell.` };
}

/** "please make it more big", "make it larger please" */
const grown =
  /(?:^|[,.;:!–-] *|\b(?:and|so|then|please|pls|kindly|can you|could you|just|to) )make (?:it|them|this|that|this one|that one)(?: (?:a bit|a little|much|even|way|somewhat|more))* (?:big|bigger|large|larger|strong|stronger|fast|faster|powerful|roomy|roomier|beefier|quicker|spacious|small|smaller)(?: (?:please|pls|now|asap|thanks|thank you|again))*[ .!]*$/;

/** "undo what bob did yesterday": the trail tells what was done, and undoes nothing. */
function undoing(cells: readonly Cell[]): Doubt | undefined {
  const first = cells.find((cell) => !isWord(cell, 'filler', 'comma') || isBase(cell));
  // "who made it? it should be called a": what is to be changed.
  const isNamed = cells.some(
    ({ low, quoted }) => !quoted && /^(it|this|that) (should|must|shall) be (called|named)$/.test(low),
  );
  if (isNamed)
    return { about: 'op', question: 'What is to be called so? The trail tells only what was done.' };
  const isOrder = isBase(first) && /^(undo|revert|reverse|roll back|take back|restore)$/.test(first!.low);
  return isOrder
    ? { about: 'op', question: `"${first!.text}": which of these actions? Name it by its number.` }
    : undefined;
}

function endOf(cells: readonly Cell[], from: number): number {
  const end = cells.findIndex(
    (cell, at) => at > from && isWord(cell, 'stop', 'colon', 'comma', 'afterwards'),
  );
  return end < 0 ? cells.length : end;
}

/** Deeds that change or destroy what is there; what is only used or taken is none. */
const deeds: ReadonlySet<string> = new Set(
  (['delete', 'stop', 'reboot', 'restart', 'resize', 'scale', 'drain', 'detach'] as const)
    .flatMap((verb) => verbWords[verb])
    .filter(
      (phrase) => !/^(use|take|run|have|keep|get|give|put|make|set|move|run|need|dispose of)$/.test(phrase),
    ),
);

/** Nothing but a verb, in the form of an order or of what was done. */
const isMereVerb = (cell: Cell, isWished: boolean): boolean =>
  /^(base|ed)$/.test(senseOf(cell, 'verb')?.form ?? '') &&
  !cell.senses.some(
    ({ t }) => t === 'kind' || t === 'name' || t === 'metric' || (t === 'status' && !isWished),
  );
