// What stands beside an order, cut into clauses: the pieces of a text that gave no step anything. Pure.

import type { PlanReading } from '../../../shared/model/reading.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase } from '../words/plainCells.ts';
import type { Side } from './features.ts';

/** Words that begin another clause without a mark. */
const joining = /^(?:because|since|so|though|tho|but|and|cause|cuz)$/;

/** Whether a cell is a mark between clauses. */
const isClauseMark = (cell: Cell): boolean =>
  !cell.quoted &&
  (isWord(cell, 'comma', 'stop', 'colon', 'open', 'close') ||
    /^(?:-+|–|—|\.\.\.|…|!+|\(|\))$/.test(cell.low));

/** The cells cut behind their marks, and where a word begins another clause. */
function piecesOf(cells: readonly Cell[]): readonly (readonly Cell[])[] {
  const pieces: Cell[][] = [[]];
  for (const cell of cells) {
    if (!cell.quoted && joining.test(cell.low)) pieces.push([cell]);
    else pieces.at(-1)!.push(cell);
    if (isClauseMark(cell)) pieces.push([]);
  }
  return pieces.filter((piece) => piece.length > 0);
}

/** The clauses of some words, without their marks. */
export const clausesOf = (cells: readonly Cell[]): readonly (readonly Cell[])[] =>
  piecesOf(cells)
    .map((piece) => piece.filter((cell) => !isClauseMark(cell)))
    .filter((clause) => clause.length > 1 || !joining.test(clause[0]?.low ?? 'and'));

export interface Beside {
  readonly cells: readonly Cell[];
  readonly side: Side;
}

/** What the steps were read from; where a thing is called by its name, that, and no word far from it that means it, too:
 * "stop a. sorry all". */
export function evidenceOf(
  plan: PlanReading,
  cells: readonly Cell[],
): PlanReading['steps'][number]['evidence'] {
  return plan.steps.flatMap(({ evidence: said, target, args }) => {
    const ids = target?.kind === 'resources' ? target.ids : [];
    // "tag a with b=c and d=e": each of its tags.
    const tags = cells.filter((cell) => {
      const value = cell.quoted ? undefined : senseOf(cell, 'value')?.value;
      const set = args.tags as Readonly<Record<string, unknown>> | undefined;
      return value?.k === 'tags' && Object.entries(value.tags).every(([key, one]) => set?.[key] === one);
    });
    const evidence = [
      ...said,
      ...tags.map(({ start, end, text }) => ({ part: 'args.tags', start, end, text })),
    ];
    const names = cells.filter(
      (cell) =>
        !cell.quoted &&
        senseOf(cell, 'name')?.exact &&
        senseOf(cell, 'name')!.ids.some((id) => ids.includes(id)),
    );
    if (names.length === 0) return evidence;
    const isPointing = ({ part, start }: (typeof evidence)[number]): boolean =>
      part === 'target' &&
      cells.some(
        (cell) =>
          cell.start === start &&
          !senseOf(cell, 'name') &&
          /^(?:all|any|anything|everything|it|that|this|them|these|those|one|both)$/.test(cell.low),
      );
    return [
      ...evidence.filter((one) => !isPointing(one)),
      ...names.map(({ start, end, text }) => ({ part: 'target', start, end, text })),
    ];
  });
}

/** What of a text gave no step anything: whole clauses, and what stands before the first and behind the last step. */
export function besideOf(plan: PlanReading, cells: readonly Cell[]): readonly Beside[] {
  const evidence = evidenceOf(plan, cells);
  // Without the word for the deed it is not known which words are the order.
  if (!evidence.some(({ part }) => part === 'verb')) return [];
  const first = Math.min(...evidence.map(({ end }) => end));
  const verbs = new Set(evidence.filter(({ part }) => part === 'verb').map(({ start }) => start));
  const isUsed = (cell: Cell): boolean =>
    evidence.some(({ start, end }) => cell.start < end && start < cell.end);
  const from = cells.findIndex(isUsed);
  const to = cells.findLastIndex(isUsed);
  if (from < 0) return [];
  const found: { cells: Cell[]; side: Side }[] = [];
  let isGoingOn = false;
  const add = (some: readonly Cell[], side: Side): void => {
    const last = isGoingOn ? found.at(-1) : undefined;
    if (last?.side === side) last.cells.push(...some);
    else found.push({ cells: [...some], side });
    isGoingOn = true;
  };
  for (const clause of piecesOf(cells)) {
    if (!clause.some(isUsed)) {
      // What is said of things by name is weighed by the guards of what is spared and left out.
      const isBehind = clause[0]!.start >= first;
      // "…, no wait, b", "…, give it a minute, then …": what stands between steps is weighed by who reads them.
      const isBetween = isBehind && clause.at(-1)!.end <= cells[to]!.start;
      if (
        isUnnamed(clause) &&
        !isBetween &&
        !isPlaceOnly(clause) &&
        !isOrdering(clause) &&
        !isOfNamed(cells, clause) &&
        !isNumbersLeftOut(clause)
      )
        add(clause, isBehind ? 'behind' : 'before');
      continue;
    }
    const head = clause.filter(({ end }) => end <= cells[from]!.start);
    const tail = clause.filter(({ start }) => start >= cells[to]!.end);
    // "…, the bastion stays where it is": of what is spared, another guard knows.
    const isOrder = clause.some(({ start }) => verbs.has(start));
    if (isOrder && isLoose(head)) add(head, 'before');
    isGoingOn = false;
    if (isOrder && isLoose(tail) && !isOrdering(tail)) add(tail, 'behind');
  }
  return found;
}

/** "in zone eu-a": of places another guard knows. */
const isPlaceOnly = (cells: readonly Cell[]): boolean =>
  cells.some((cell) => isPlaceCell(cell)) &&
  cells.every(
    (cell) =>
      isPlaceCell(cell) || isWord(cell, 'comma', 'colon', 'prep', 'det', 'filler') || cell.low === 'zone',
  );

const isPlaceCell = (cell: Cell): boolean =>
  !cell.quoted && (senseOf(cell, 'env') ?? senseOf(cell, 'region')) !== undefined;

/** "not 1", "and not 10": things by their numbers, of which the guard of open choices knows. */
const isNumbersLeftOut = (cells: readonly Cell[]): boolean =>
  cells.some((cell) => isWord(cell, 'not')) &&
  cells.some((cell) => /^\d+$/.test(cell.low)) &&
  cells.every(
    (cell) =>
      !cell.quoted && (/^\d+$/.test(cell.low) || isWord(cell, 'not', 'and', 'or', 'comma', 'stop', 'filler')),
  );

/** "please take it off", "go one version back with it": an order, which other guards hold to the plan. */
const isOrdering = (cells: readonly Cell[]): boolean =>
  cells.some(
    (cell, at) =>
      !cell.quoted &&
      (/^(?:take|put|bring|go|show|tell|let me|give me|do (?:it|that|this|so))\b/.test(cell.low) ||
        ((isBase(cell) || /^(?:give|make|do)$/.test(cell.low)) &&
          (at === 0 || isWord(cells[at + 1], 'pronoun', 'demonstrative', 'det', 'all')))),
  );

/** "…, that are not in use", "a is my own box, that one stays": of things that stand before it. */
const isOfNamed = (cells: readonly Cell[], clause: readonly Cell[]): boolean => {
  const lead = clause.find((cell) => !isWord(cell, 'filler', 'comma'))?.low ?? '';
  if (/^(?:that|which|who|whose)\b(?! one\b)/.test(lead)) return true;
  const before = piecesOf(cells.slice(0, cells.indexOf(clause[0]!))).at(-1) ?? [];
  // "…, leave b alone, someone is debugging it": why it is spared.
  const isSparing = before.some(
    (cell) =>
      !cell.quoted && /^(?:but |and )?(?:leave|keep|spare|skip|exclude|ignore|except)\b/.test(cell.low),
  );
  if (isSparing && !isUnnamed(before) && clause.some((cell) => isWord(cell, 'pronoun'))) return true;
  return (
    /^(?:that one|this one|it|they|those|these|so)\b/.test(lead) && !isUnnamed(before) && !before.some(isBase)
  );
};

/** No thing and no set of things is named: "all volumes, that are not in use". */
const isUnnamed = (cells: readonly Cell[]): boolean =>
  !cells.some(
    (cell, at) =>
      senseOf(cell, 'name')?.exact ||
      isWord(cell, 'except') ||
      (isWord(cell, 'all') && senseOf(cells[at + 1], 'kind') !== undefined),
  );

/** Words in a clause of the order that are nothing of it: no thing, figure or bound. */
const isLoose = (cells: readonly Cell[]): boolean =>
  cells.length > 3 &&
  isUnnamed(cells) &&
  !cells.some(
    (cell) =>
      senseOf(cell, 'kind') !== undefined ||
      senseOf(cell, 'value') !== undefined ||
      isWord(cell, 'all') ||
      /^(?:first|second|third|last|latter|former|both|ones?|rest|others?)$/.test(cell.low),
  );
