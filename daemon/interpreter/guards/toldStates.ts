// Facts that sound like the orders which would make them so: "a could move to M.8", "b carries release=2.8 as a tag", "the tag
// keep=yes is on c", "d gets its tags from the importer", "I have no need of a machine x"; and what
// somebody else does: "a gets L.16, bob does that". Nothing in them orders; what was
// understood is offered as a question. Called by `heldBack`, over the text as it was typed.

import type { PlanReading } from '../../../shared/model/reading.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, isThing } from '../words/plainCells.ts';
import { plainText } from './guard.ts';
import { type Doubt, partsOf } from './objections.ts';

/** A question where what gave the plan only says how things are, or could be. */
export function toldState(plan: PlanReading, cells: readonly Cell[]): Doubt | undefined {
  const parts = partsOf(cells);
  if (parts.some((part) => byOther.test(plainText(part).trim())))
    return { about: 'op', question: 'Somebody else seems to do that. Is it to be done now?' };
  if (parts.some((part) => didHelp.test(plainText(part).trim())))
    return { about: 'op', question: 'That is said to have helped. Is it to be done now?' };
  if (cells.some(isAsking)) return undefined;
  const isMaking = plan.steps.some(({ operation }) => operation.startsWith('create.'));
  const told = parts.find(
    (part) =>
      !isOrderFirst(part) &&
      (isPossible(part) || isCarried(part) || isGivenBy(part) || (isMaking && isNoNeed(part))),
  );
  return told && !parts.some(isOrderFirst)
    ? { about: 'op', question: 'Is that how it is, or is it to be made so?' }
    : undefined;
}

/** "reboot web-1 fixed it last time" */
const didHelp =
  /^(?:a |the )?(?:re)?(?:boot|start|stop|scale|scaling|resize|restart|drain|roll ?out restart|rollback|roll back)(?:ing)? (?:of )?(?:\S+ ){1,4}(?:has |had )?(?:fixed|helped|solved|cured|resolved|worked|did the trick|did help|did not help|broke)\b(?!.*\b(?:so|again please|please)\b)/;

/** "bob does that", "the platform team takes care of it" */
const byOther =
  /^(?!.*\b(?:i|we|you|u)\b)(?!(?:can|could|will|would|it|this|that|these|those|which|who|what|nobody|please|and|so)\b)\S+( \S+){0,2} (does|do|is doing|will do|handles?|will handle|takes? care of|takes? over) (it|that|this|them|those)$/;

const low = (cell: Cell | undefined): string =>
  cell && !cell.quoted && !senseOf(cell, 'name') ? cell.low : '';

const isAsking = (cell: Cell): boolean =>
  /\b(please|pls|plz|kindly|must|should|shall|has to|have to|needs? to|let|want|wants|would like|ought to|make sure)\b/.test(
    low(cell),
  );

/** An order begins with its verb. */
const isOrderFirst = (part: readonly Cell[]): boolean => {
  const first = part.find((cell) => !isWord(cell, 'filler', 'and', 'afterwards') || isBase(cell));
  return isBase(first) && !senseOf(first, 'name');
};

const isSubject = (part: readonly Cell[], end: number): boolean =>
  part.slice(0, end).some((cell) => isThing(cell) || senseOf(cell, 'value')) &&
  !part.slice(0, end).some((cell) => isBase(cell) && !isThing(cell));

/** "a could move to M.8" */
const isPossible = (part: readonly Cell[]): boolean =>
  part.some((cell, at) => /^(could|might)$/.test(low(cell)) && isSubject(part, at));

/** "a carries release=2.8", "the tag keep=yes is on b" */
const isCarried = (part: readonly Cell[]): boolean =>
  part.some((cell, at) => {
    const isTags =
      senseOf(part[at + 1], 'value')?.value.k === 'tags' || /^(the|a|tag|label)$/.test(low(part[at + 1]));
    if (/^(carry|carries|bear|bears|hold|holds|show|shows)$/.test(low(cell)))
      return isTags && isSubject(part, at);
    const isOfTags = part.slice(0, at).some((one) => senseOf(one, 'value')?.value.k === 'tags');
    return /^(is|are|sits|sit)$/.test(low(cell)) && low(part[at + 1]) === 'on' && isOfTags;
  });

/** "d gets cost=low from the importer": somebody or something else gives it. */
const isGivenBy = (part: readonly Cell[]): boolean =>
  part.some((cell, at) => {
    const next = /^(the|our|a|my|their|his|her)$/.test(low(part[at + 1])) ? part[at + 2] : part[at + 1];
    const isStranger =
      next !== undefined && !next.quoted && next.senses.length === 0 && /^[\p{L}'-]+$/u.test(next.text);
    return (
      /^(from|by|through|via)$/.test(low(cell)) &&
      isStranger &&
      part.slice(0, at).some((one) => /^(gets?|receives?|goes|moves?|takes?)( \w+)?$/.test(low(one)))
    );
  });

/** "I have no need of a new machine" */
const isNoNeed = (part: readonly Cell[]): boolean =>
  part.some(
    (cell, at) => low(cell) === 'no' && low(part[at + 1]) === 'need' && /^(of|for)$/.test(low(part[at + 2])),
  );
