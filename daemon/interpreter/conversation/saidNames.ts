// What a reply points at, said by its name: "stop both of those, nobody builds now", "this volume is no longer needed,
// detach it", "one more copy for it". Where a reply was not understood in its conversation it is read once more as a
// text of its own, with the names of what the turn before spoke of. Only where number and sort agree; what takes back,
// picks a part or could be something else stays open. Called where the first reading only asks.

import type { Reading } from '../../../shared/model/reading.ts';
import type { Resource } from '../../../shared/model/resource.ts';
import type { ReadRequest } from '../contract.ts';
import type { Tools } from '../filling/readClause.ts';
import { isFlavor } from '../freeOrder/chunks.ts';
import { states } from '../freeOrder/deedWords.ts';
import { destroying } from '../guards/guard.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, plain, word } from '../words/plainCells.ts';
import { namesOf } from './listed.ts';

const things = 20;

/** The reply with names; undefined where it points at nothing, or not at just what was spoken of. */
export function withSaidNames(
  cells: readonly Cell[],
  request: ReadRequest,
  tools: Tools,
): readonly Cell[] | undefined {
  const meant = spokenOf(request, tools);
  const isMixed = new Set(meant.map(({ kind }) => kind)).size !== 1;
  const isBack = cells.some((cell, at) => isBackOrPart(cell) && !isBackToFigure(cells, at));
  if (isMixed || meant.length > things || isBack) return undefined;
  const said: Cell[] = [];
  let found = 0;
  for (let at = 0; at < cells.length; ) {
    const length = pointingAt(cells, at, meant);
    if (length === undefined) return undefined;
    if (length === 0) said.push(cells[at]!);
    else {
      said.push(...namesOf(meant, cells.slice(at, at + length)));
      found++;
    }
    at += Math.max(1, length);
  }
  return found > 0 ? said : undefined;
}

/** What the turn before named, or what is selected; nothing where both could be meant. */
function spokenOf(request: ReadRequest, tools: Tools): readonly Resource[] {
  const { turns = [], selection = [] } = request.context ?? {};
  const told = turns.findLast((turn) => (turn.refs?.length ?? 0) > 0)?.refs ?? [];
  if (told.length > 0 && selection.length > 0) return [];
  return [...told, ...selection].flatMap((id) => tools.inventory.get(id) ?? []);
}

/**
 * "add two more replicas", "another 60 gigs please", "change flavor to M.8", "snapshot please, then reboot": an order or
 * an amount of nothing named is one of the thing that was spoken of. Nothing is destroyed so.
 */
export function withNameBehind(
  cells: readonly Cell[],
  request: ReadRequest,
  tools: Tools,
): readonly Cell[] | undefined {
  const [meant, other] = spokenOf(request, tools);
  const lead = cells.findIndex((cell) => !isWord(cell, 'filler', 'comma', 'and') || isBase(cell));
  // "back to revision 6 please"
  if (meant && !other && isBackToFigure(cells, lead) && !cells.some(isOwnThing))
    return [...cells.slice(0, lead), ...namesOf([meant], [cells[lead]!]), ...cells.slice(lead)];
  const isOrder = isBase(cells[lead]) && !destroying.has(senseOf(cells[lead], 'verb')!.phrase);
  // "take a snapshot first, then reboot"
  const deed = cells.findIndex(
    (cell, at) => at > lead && at < lead + 4 && /^(snapshot|backup)$/.test(cell.low) && !cell.quoted,
  );
  const isTaken =
    isOrder && deed > 0 && isWord(cells[lead + 1], 'det', 'first', 'any') && !isWord(cells[deed + 1], 'of');
  const isOwn = (cell: Cell): boolean => isOwnThing(cell) && !(isTaken && cell.low === 'it');
  if (!meant || other || !(isOrder || isMoreOf(cells)) || cells.some(isOwn) || cells.some(isBackOrPart))
    return undefined;
  if (cells.some((cell) => cell.low === '?' && !cell.quoted)) return undefined;
  const next = cells[lead + 1];
  const isAlone = next === undefined || isWord(next, 'filler', 'comma', 'stop', 'and', 'afterwards', 'first');
  if (isOrder && isAlone && !isWord(next, 'prep'))
    return [...cells.slice(0, lead + 1), ...namesOf([meant], [cells[lead]!]), ...cells.slice(lead + 1)];
  let end = isTaken ? deed + 1 : cells.length;
  while (end > 1 && isWord(cells[end - 1], 'stop', 'filler')) end--;
  const last = cells[end - 1]!;
  return [
    ...cells.slice(0, end),
    plain(last, isTaken ? 'of' : 'for', word(isTaken ? 'of' : 'prep')),
    ...namesOf([meant], [last]),
    ...cells.slice(end),
  ];
}

/** "two more" says of what it is one more, "two" does not. */
function isMoreOf(cells: readonly Cell[]): boolean {
  const isAmount =
    cells.some((cell) => senseOf(cell, 'value')?.value.k === 'size') ||
    (cells.some((cell) => isWord(cell, 'replicas')) &&
      cells.some((cell) => senseOf(cell, 'value') !== undefined));
  return (
    isAmount &&
    cells.some(
      (cell) =>
        !cell.quoted && /^(another|more|add|additional|extra|fewer|less|one more|plus)$/.test(cell.low),
    )
  );
}

/** A thing of its own, which the order may be about. */
function isOwnThing(cell: Cell): boolean {
  if (cell.quoted || isWord(cell, 'not', 'except', 'all', 'both', 'everything')) return true;
  if (isWord(cell, 'pronoun', 'demonstrative', 'their') && !isBase(cell)) return true;
  const ids = senseOf(cell, 'name')?.ids ?? [];
  if (ids.length > 0 && ids.every((id) => id.includes(':flavor/'))) return false;
  if (isWord(cell, 'typeWord', 'sizeWord', 'replicas') || isBase(cell)) return false;
  return (ids.length > 0 && !isWord(cell, 'filler', 'prep')) || senseOf(cell, 'kind') !== undefined;
}

/** Whether a reply only shows what it does not ask to see: "it should be 110 GB". */
export function isShownUnasked(reading: Reading, cells: readonly Cell[]): boolean {
  if (reading.kind !== 'query' || !reading.steps.every(({ operation }) => /^(show|list)\./.test(operation)))
    return false;
  return !isAsking(cells) && cells.some((cell) => senseOf(cell, 'value') !== undefined);
}

const isAsking = (cells: readonly Cell[]): boolean =>
  cells.some(
    (cell) =>
      (cell.low === '?' && !cell.quoted) ||
      isWord(
        cell,
        'ask',
        'showCue',
        'listCue',
        'what',
        'who',
        'why',
        'when',
        'howMany',
        'depends',
        'changed',
      ),
  );

/** Whether things are shown that nobody asked to see, as where only they were understood: "both off please". */
export function isMerelyShown(reading: Reading, cells: readonly Cell[]): boolean {
  const isShown =
    reading.kind === 'query' &&
    reading.steps.every(({ operation }) => /^(action\.)?(show|list)\b/.test(operation));
  return isShown && !isAsking(cells);
}

/** Taking back means another order; a part is picked elsewhere. */
function isBackOrPart(cell: Cell): boolean {
  if (cell.quoted || isWord(cell, 'other', 'undoCue', 'correction', 'if', 'or')) return true;
  if (isWord(cell, 'same') && cell.low !== 'and') return true;
  const phrase = senseOf(cell, 'verb')?.phrase ?? '';
  return (
    /\b(undo|revert|reverse|roll back|restore|cancel)\b/.test(phrase) ||
    /\b(back|rest|other|others|some|any|either|neither|only|first|second|third|last|latter|former|else)\b/.test(
      cell.low.replace(/^(first|at last|and lastly|lastly)$/, ''),
    )
  );
}

/** "put it back to M.8", "this one back to revision 6": to what, is said. */
function isBackToFigure(cells: readonly Cell[], at: number): boolean {
  const { low = '', quoted = true } = cells[at] ?? {};
  const next = low === 'back' && cells[at + 1]?.low === 'to' ? at + 2 : at + 1;
  return (
    !quoted &&
    (low === 'back to' || next === at + 2) &&
    (isFlavor(cells[next]) || isWord(cells[next], 'revision') || senseOf(cells[next], 'value') !== undefined)
  );
}

/** "those", "both", "that one" alone, and not "those two disks". */
function isAloneAt(cells: readonly Cell[], at: number): boolean {
  const [cell, next] = [cells[at]!, cells[at + 1]];
  const isPointer = /^(this|that|this one|that one|those|these|both)$/.test(cell.low) && !cell.quoted;
  return (
    isPointer &&
    !/\bof$/.test(cells[at - 1]?.low ?? '') &&
    (next === undefined ||
      states[next.low] !== undefined ||
      /^(can|could|should|must|may|shall|has to|have to|needs?|gets?|goes?|wants?)\b/.test(next.low) ||
      isWord(next, 'comma', 'stop', 'filler', 'be', 'and', 'afterwards') ||
      (isWord(next, 'prep') && next.low !== 'of'))
  );
}

/** How many cells point at what is meant; undefined where they point at something else. */
function pointingAt(cells: readonly Cell[], at: number, meant: readonly Resource[]): number | undefined {
  const cell = cells[at]!;
  const kind = senseOf(cells[at + 1], 'kind');
  const isThing =
    kind !== undefined && (isWord(cell, 'demonstrative', 'pronoun', 'both') || isSelected(cells, at));
  const isAlone = !isThing && isAloneAt(cells, at);
  if (!isWord(cell, 'pronoun') && !isThing && !isAlone) return 0;
  const { low } = cell;
  // "it is needed that …" points at nothing, "the one" may be another.
  if (!isAlone && /\b(he|she|him|itself|one|ones|thing|lot)\b/.test(low)) return undefined;
  const isSeveral = isThing ? kind.plural : /\b(them|em|they|these|those|all|both|each)\b/.test(low);
  const isTwo = /\b(both|two)\b/.test(low);
  if (isSeveral !== meant.length > 1 || (isTwo && meant.length !== 2)) return undefined;
  if (isThing && !meant.every((one) => kind.kinds.includes(one.kind))) return undefined;
  return isThing ? 2 : 1;
}

/** Whether a plan acts on what was spoken of, and on nothing in its place. */
export function isOfThese(reading: Reading, request: ReadRequest): boolean {
  const { turns = [], selection = [] } = request.context ?? {};
  const meant = [...turns.flatMap(({ refs = [] }) => refs), ...selection];
  if (reading.kind !== 'plan' && reading.kind !== 'query') return false;
  return reading.steps.some(
    ({ target }) => target?.kind === 'resources' && target.ids.some((id) => meant.includes(id)),
  );
}

const isSelected = (cells: readonly Cell[], at: number): boolean =>
  /^(selected|highlighted|marked)$/.test(cells[at]!.low) && !cells[at]!.quoted;
