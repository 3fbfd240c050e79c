// What is said to stay as it is and has no part in any step: "close 22 on web-sg, leave db-sg as it is", "restart grafana;
// prometheus stays untouched". It is left out of the order, wherever it stands, so that the steps around it are read by
// themselves. Only a thing that is said by its name, that no other part of the text names and that no set could hold; what
// spares something of a set is its exception (`spared.ts`). Called before the steps are made plain, and by `heldBack`.

import type { PlanReading } from '../../../shared/model/reading.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase } from '../words/plainCells.ts';
import type { Doubt } from './objections.ts';
import { isPlaceName, isSetMark, isSparing } from './spared.ts';

interface Part {
  readonly from: number;
  readonly to: number;
}

/** The cells without the parts that only spare something. */
export function withoutSparedBeside(cells: readonly Cell[]): readonly Cell[] {
  if (!cells.some((cell) => !cell.quoted && hint.test(cell.low))) return cells;
  const parts = partsOf(cells);
  if (parts.length < 2) return cells;
  const said = (part: Part): readonly Cell[] => cells.slice(part.from, part.to);
  const spare = parts.filter((part, at) => {
    const names = said(part).filter(isName);
    const others = parts.filter((one) => one !== part).map(said);
    const next = parts[at + 1];
    const isPointedAt =
      next !== undefined && said(next).some((cell) => isWord(cell, 'pronoun', 'demonstrative', 'their'));
    return (
      (names.length > 0 || isPlaceLeft(said(part), others)) &&
      isSparing(cells, part) &&
      !isPointedAt &&
      !isWhere(said(part), others) &&
      !said(part).some((cell) => !cell.quoted && /^(only|just|both|all)$/.test(cell.low)) &&
      !others.some((one) => one.some((cell) => isSame(cell, names))) &&
      !others.some((one, index) =>
        isSet(
          one,
          others.slice(0, index).some((before) => before.some(isName)),
        ),
      )
    );
  });
  const isOrdered = parts.some(
    (part) =>
      !spare.includes(part) &&
      said(part).some((cell) => isBase(cell) || senseOf(cell, 'value') || isName(cell)),
  );
  if (spare.length === 0 || !isOrdered) return cells;
  const isGone = (at: number): boolean =>
    spare.some((part) => {
      // The mark before it goes with it; where it comes first, the one behind.
      const first = part.from === firstOf(parts);
      return (
        at >= (first ? part.from : markBefore(cells, part)) &&
        at < (first ? markBehind(cells, part) : part.to)
      );
    });
  return cells.filter((_, at) => !isGone(at));
}

/** "…, prod untouched", where the order is for another place. */
function isPlaceLeft(part: readonly Cell[], others: readonly (readonly Cell[])[]): boolean {
  const place = part[0]?.quoted ? undefined : senseOf(part[0], 'env')?.value;
  const places = others.flat().flatMap((cell) => (cell.quoted ? [] : (senseOf(cell, 'env')?.value ?? [])));
  return place !== undefined && part.length < 4 && places.length > 0 && !places.includes(place);
}

/** A thing is said to stay as it is, and a step is about it. */
export function sparedTarget({ steps }: PlanReading, cells: readonly Cell[]): Doubt | undefined {
  if (!cells.some((cell) => !cell.quoted && hint.test(cell.low))) return undefined;
  const ids = new Set(steps.flatMap(({ target }) => (target?.kind === 'resources' ? target.ids : [])));
  const parts = partsOf(cells);
  const spared =
    parts.length < 2
      ? undefined
      : parts.find((part) => {
          const own = cells.slice(part.from, part.to);
          const names = own.filter(isName);
          const isAgain = cells.some((cell, at) => (at < part.from || at >= part.to) && isSame(cell, names));
          return (
            !isAgain &&
            isSparing(cells, part) &&
            names.some((cell) => senseOf(cell, 'name')!.ids.every((id) => ids.has(id)))
          );
        });
  return (
    spared && { about: 'scope', question: 'A thing is both named and spared there. Is this what is meant?' }
  );
}

const hint = /\b(leave|keep|keeps|stays?|remains?|untouched|touch|spare|skip|ignore|hands off|alone|not)\b/;

/** "scale web to 5, not on worker-4": where it may run bounds the order. */
const isWhere = (part: readonly Cell[], others: readonly (readonly Cell[])[]): boolean =>
  part.some((cell, at) => /^(on|to|in)$/.test(cell.low) && part.slice(at + 1, at + 3).some(isPlaceName)) &&
  !others.some((one) => one.some(isPlaceName));

const isName = (cell: Cell): boolean =>
  !cell.quoted && senseOf(cell, 'name')?.exact === true && !senseOf(cell, 'env');

const isSame = (cell: Cell, names: readonly Cell[]): boolean =>
  !cell.quoted &&
  names.some((name) => senseOf(cell, 'name')?.ids.some((id) => senseOf(name, 'name')!.ids.includes(id)));

/** Things that are not all named one by one. */
const isSet = (part: readonly Cell[], isSpoken: boolean): boolean => {
  const names = part.filter(isName).length;
  return part.some((cell) => {
    if (cell.quoted || senseOf(cell, 'name')?.exact) return false;
    // "a is fine, b and c are not, reboot both": of which two is not seen without them.
    if (isWord(cell, 'both')) return names < 2;
    if (isWord(cell, 'pronoun', 'demonstrative')) return !isSpoken && cell.low !== 'it';
    if (isWord(cell, 'other', 'except') && !isWord(cell, 'filler')) return true;
    const isCounted = isWord(cell, 'replicas', 'port');
    const isKind = senseOf(cell, 'kind') !== undefined;
    if (isKind && names > 0) return false;
    return (isSetMark(cell) && !isCounted) || (names === 0 && senseOf(cell, 'env') !== undefined);
  });
};

function partsOf(cells: readonly Cell[]): readonly Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (let at = 0; at <= cells.length; at++) {
    const cell = cells[at];
    const isEnd =
      cell === undefined ||
      (!cell.quoted &&
        !senseOf(cell, 'name') &&
        (isWord(cell, 'comma', 'stop', 'colon', 'open', 'close', 'afterwards') || isSparingNext(cells, at)));
    // "and keep" is one word.
    const isKept =
      cell !== undefined && !cell.quoted && at > from && /^(and|but) (keep|skip|leave|spare)$/.test(cell.low);
    if (!isEnd && !isKept) continue;
    if (at > from) parts.push({ from, to: at });
    from = isKept ? at : at + 1;
  }
  return parts;
}

/** "… and skip api-prod-3", "… but worker-1 keeps running" */
const isSparingNext = (cells: readonly Cell[], at: number): boolean =>
  (isWord(cells[at], 'and') || cells[at]!.low === 'but') &&
  (/^(skip|leave|keep|spare|do not|not|hands off)$/.test(cells[at + 1]?.low ?? '') ||
    (isName(cells[at + 1] ?? cells[at]!) &&
      (isWord(cells[at + 2], 'stays') || /^(keeps|survives)$/.test(cells[at + 2]?.low ?? ''))));

const firstOf = (parts: readonly Part[]): number => parts[0]!.from;

function markBefore(cells: readonly Cell[], { from }: Part): number {
  let at = from;
  while (
    at > 0 &&
    !cells[at - 1]!.quoted &&
    !isWord(cells[at - 1], 'afterwards') &&
    (isWord(cells[at - 1], 'comma', 'stop', 'open', 'and') || cells[at - 1]!.low === 'but')
  )
    at--;
  return at;
}

function markBehind(cells: readonly Cell[], { to }: Part): number {
  let at = to;
  while (at < cells.length && !cells[at]!.quoted && isWord(cells[at], 'comma', 'stop', 'and', 'close')) at++;
  return at;
}
