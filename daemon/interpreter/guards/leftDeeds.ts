// "Which volumes must I delete?", "any vms resized lately?": a list of all there is answers neither what is to be done with
// some nor what was done to them. Where a question was read as a list and the deed it asks about gave nothing to it, it is
// asked what is meant; as where something is to be made bigger, "a is almost full, please make it more big", and nothing
// says how big. Called by `heldBack` on what only asks.

import type { QueryReading, StepDraft } from '../../../shared/model/reading.ts';
import { verbWords } from '../../catalogue/verbWords.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase } from '../words/plainCells.ts';
import { plainText } from './guard.ts';
import type { Doubt } from './objections.ts';

/** The deed that a list leaves out. */
export function deedLeft({ steps }: QueryReading, cells: readonly Cell[]): Doubt | undefined {
  if (grown.test(plainText(cells)))
    return { about: 'args', question: 'What is it to have, and how much of it? A look changes nothing.' };
  if (steps.length === 1 && steps[0]!.operation === 'audit.list')
    return undoing(cells) ?? othersDeeds(steps[0]!, cells);
  if (steps.length === 1 && steps[0]!.operation === 'action.list') return ownActions(steps[0]!, cells);
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

/** "what did everybody but me do", "done by the others": the trail is asked for one person, or for all. */
function othersDeeds({ args }: StepDraft, cells: readonly Cell[]): Doubt | undefined {
  const at = cells.findIndex(
    (cell, index) =>
      !cell.quoted &&
      (/^(?:the |all )?others?$|^(?:anyone|anybody|everyone|everybody|someone|somebody) else$/.test(
        cell.low,
      ) ||
        ((/^(?:me|i|us|myself)$/.test(cell.low) || cell.low === args.actor) && isExcepted(cells, index))),
  );
  const isOther =
    at >= 0 && (!/others?$/.test(cells[at]!.low) || senseOf(cells[at + 1], 'kind') === undefined);
  return isOther
    ? { about: 'args', question: 'The trail is shown for one person, or for all. Whose deeds are meant?' }
    : undefined;
}

const isExcepted = (cells: readonly Cell[], at: number): boolean =>
  isWord(cells[at - 1], 'except', 'not', 'outside') ||
  /^(?:but|than|besides|without|(?:apart|aside) from|other than|except for)$/.test(
    cells[at - 1]?.low ?? '',
  ) ||
  (cells[at - 1]?.low === 'by' && isWord(cells[at - 2], 'not', 'except'));

/** "my actions": those of who asks, and not all there are. */
function ownActions({ target }: StepDraft, cells: readonly Cell[]): Doubt | undefined {
  const isOf = JSON.stringify(target ?? {}).includes('"actor"');
  const isOwn = cells.some(
    (cell, at) =>
      !cell.quoted &&
      /^my( own)?$/.test(cell.low) &&
      !/^(approval|ok|okay|yes|consent|decision|sign-?off|go)$/.test(cells[at + 1]?.low ?? '') &&
      cells.slice(at + 1, at + 4).some((one) => senseOf(one, 'kind')?.kinds.includes('action')),
  );
  return isOwn && !isOf
    ? { about: 'scope', question: 'Whose actions are meant? Say "actions of" and who raised them.' }
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
