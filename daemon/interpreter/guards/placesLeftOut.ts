// A list or figures of things outside the region or cloud that was said: the place was not read, so the answer would be of
// more than was asked for; and a workload that is to be made "in it", where nobody knows in what. Called by `heldBack`.

import type { PlanReading, QueryReading } from '../../../shared/model/reading.ts';
import type { Inventory } from '../inventory/inventory.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { saidParts } from './droppedBounds.ts';
import type { Doubt } from './objections.ts';

/** The question about a region or a cloud that the reading is not kept to. */
export function placeLeftOut(
  { steps }: QueryReading,
  cells: readonly Cell[],
  inventory: Inventory,
): Doubt | undefined {
  const isTurned = cells.some(
    (cell) => !cell.quoted && isWord(cell, 'not', 'outside', 'except', 'insteadOf', 'correction', 'stays'),
  );
  const given = steps.flatMap(({ evidence }) => evidence);
  const said = saidParts(cells, given)
    .flat()
    .filter((cell) => !cell.quoted && !senseOf(cell, 'name') && placesOf(cell).length > 0);
  if (isTurned || said.length === 0) return undefined;
  const questions = questionsOf(cells);
  const isOutside = steps.some(({ operation, target, evidence }) => {
    if (!/^(list|metrics)\./.test(operation) || target?.kind !== 'resources') return false;
    const isOf = (part: readonly Cell[]): boolean =>
      part.some((cell) => evidence.some(({ start, end }) => start < cell.end && cell.start < end));
    const own = steps.length > 1 ? questions.filter(isOf).flat() : cells;
    const places = new Set(said.filter((cell) => own.includes(cell)).flatMap(placesOf));
    if (places.size === 0) return false;
    return target.ids.some((id) => {
      const one = inventory.get(id);
      const where = [one?.region, one?.zone, one?.provider].flatMap((place) => place ?? []);
      return one !== undefined && !reported.test(one.kind) && !where.some((place) => places.has(place));
    });
  });
  return isOutside ? { about: 'scope', question: `Is "${said[0]!.text}" where they are to be?` } : undefined;
}

/** "create a namespace qa and in it an ubuntu pod", "a volume x and on it a filesystem": a thing in the new one, left unread. */
function isInsideLeft(steps: PlanReading['steps'], cells: readonly Cell[]): boolean {
  if (!steps.some(({ operation }) => operation.startsWith('create.'))) return false;
  const isRead = (cell: Cell): boolean =>
    steps.some(({ evidence }) => evidence.some(({ start, end }) => start < cell.end && cell.start < end));
  return cells.some((cell, at) => {
    if (cell.quoted || !/^(?:and )?(?:in|on|inside|within|into|onto|with)$/.test(cell.low)) return false;
    const isPointed = /^(it|there|that|this)$/.test(cells[at + 1]?.low ?? '');
    const isThing = /^(a|an|one|two|three|some|another|\d+)$/.test(cells[at + 2]?.low ?? '');
    const isJoined = cell.low.startsWith('and ') || isWord(cells[at - 1], 'and', 'comma', 'afterwards');
    return isJoined && isPointed && isThing && !cells.slice(at + 3, at + 6).some(isRead);
  });
}

/** "in it, create a deployment x": a workload that was read without the namespace that is pointed at. */
export function newPlaceLeft({ steps }: PlanReading, cells: readonly Cell[]): Doubt | undefined {
  if (isInsideLeft(steps, cells))
    return { about: 'op', question: 'What is to be made in it? It is no step of this plan.' };
  const isUnplaced = steps.some(
    ({ operation, args }) => /^create\.(deployment|job)$/.test(operation) && args.namespace === undefined,
  );
  if (!isUnplaced) return undefined;
  const isPointed = cells.some(
    (cell, at) =>
      !cell.quoted &&
      /^(in|into|inside|within)$/.test(cell.low) &&
      (/^(it|there)$/.test(cells[at + 1]?.low ?? '') ||
        (isWord(cells[at + 1], 'demonstrative') && senseOf(cells[at + 2], 'kind')?.kinds[0] === 'namespace')),
  );
  return isPointed ? { about: 'args', question: 'In which namespace is it to be made?' } : undefined;
}

/** "delete all pods in that namespace", where none was spoken of: what is in several is in no one. */
export function namespaceLeft(
  { steps }: PlanReading,
  cells: readonly Cell[],
  inventory: Inventory,
): Doubt | undefined {
  const at = cells.findIndex((cell, index) => {
    const isPointing = !cell.quoted && /^(this|that|the same|this same|that same)$/.test(cell.low);
    return isPointing && isWord(cells[index - 1], 'prep', 'of') && cells[index + 1]?.low === 'namespace';
  });
  const said = cells[at];
  if (!said) return undefined;
  const before = steps.filter(({ evidence }) => evidence.some(({ start }) => start < said.start));
  const target = before.at(-1)?.target;
  const places = target?.kind === 'resources' ? target.ids.map((id) => inventory.get(id)?.namespace) : [];
  return new Set(places).size > 1
    ? { about: 'scope', question: `Which namespace is "${said.text} namespace"?`, isEmpty: true }
    : undefined;
}

/** "how many are in x, and which of y are stopped": a place holds in the question it was said in. */
function questionsOf(cells: readonly Cell[]): readonly (readonly Cell[])[] {
  const parts: Cell[][] = [[]];
  cells.forEach((cell, at) => {
    let next = at;
    while (isWord(cells[next], 'comma', 'stop', 'and', 'afterwards')) next++;
    const isNew = next > at && isWord(cells[next], 'what', 'howMany', 'ask', 'listCue', 'showCue');
    if (isNew && !isWord(cells[at - 1], 'comma', 'stop', 'and')) parts.push([]);
    parts.at(-1)!.push(cell);
  });
  return parts;
}

const reported = /^(alert|anomaly|action|policy|namespace|image|flavor|keypair)$/;

const placesOf = (cell: Cell): readonly string[] => [
  ...(senseOf(cell, 'region')?.values ?? []),
  ...(senseOf(cell, 'provider') ? [senseOf(cell, 'provider')!.value] : []),
];
