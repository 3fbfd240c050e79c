// One of a list that is called like nothing there is: "snapshot foo and mongo-1's volume", "stop a, b-77 as well as c". The
// rest of the list would be done without it, as if it had not been said. Called by `notAsSaid`, over the text as typed.

import type { PlanReading, QueryReading } from '../../../shared/model/reading.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase } from '../words/plainCells.ts';
import { plainWords } from '../words/plainWords.ts';
import { singular } from '../words/spelling.ts';
import type { Doubt } from './objections.ts';
import { idsOf } from './targets.ts';

/** The one of a list that is in no step. */
export function listedLeft({ steps }: PlanReading | QueryReading, cells: readonly Cell[]): Doubt | undefined {
  const ids = new Set(steps.flatMap(idsOf));
  const evidence = steps.flatMap((step) => step.evidence);
  const isUsed = (cell: Cell): boolean =>
    evidence.some(({ start, end }) => start < cell.end && cell.start < end);
  const isTaken = (cell: Cell | undefined): boolean => {
    const name = cell && senseOf(cell, 'name');
    if (!cell || !name) return false;
    // "mongo-1's volume"
    const at = cells.indexOf(cell);
    const isOwner =
      isWord(cells[at + 1], 'possessive') && cells[at + 2] !== undefined && isUsed(cells[at + 2]!);
    return isOwner || isUsed(cell) || name.ids.some((id) => ids.has(id));
  };
  const isVerb = (cell: Cell | undefined): boolean =>
    isBase(cell) && evidence.some(({ part, start }) => part === 'verb' && start === cell!.start);
  const used = JSON.stringify(steps.map(({ args }) => args)).toLowerCase();
  const isLeft = (cell: Cell, at: number): boolean => {
    if (!isStranger(cell) || isUsed(cell) || used.includes(JSON.stringify(cell.low))) return false;
    const lead = cells[startOf(cells, at) - 1];
    const isObject = isVerb(lead) || (isName(cell) && isWord(lead, 'prep', 'of'));
    if (!isObject && !(isName(cell) && isJoin(lead) && isTaken(cells[startOf(cells, at) - 2]))) return false;
    const join = cells[at + 1];
    const next = isJoin(join) ? cells[endOf(cells, at + 2)] : undefined;
    const isEnd =
      join === undefined ||
      isWord(join, 'stop', 'filler', 'comma') ||
      (isWord(join, 'prep') && /\d/.test(cell.low));
    // "restart gadget and grafana": right behind the verb any word is a name; "drain quickly, and …" is none.
    const isListed = isTaken(next) && (isName(cell) || isWord(join, 'and'));
    return isObject ? isListed : isEnd || isListed;
  };
  const left = cells.find(isLeft);
  return left && { about: 'target', question: `What is "${left.text}"?` };
}

/** A word that nothing is called by, or only begins a name like. */
const isStranger = (cell: Cell): boolean =>
  !cell.quoted &&
  /^\p{L}[\p{L}\p{N}._-]+$/u.test(cell.text) &&
  !/ly$/.test(cell.low) &&
  cell.senses.every(({ t }) => t === 'part' || t === 'prefix');

const isName = (cell: Cell): boolean => !plainWords.has(singular(cell.low));

const isJoin = (cell: Cell | undefined): boolean =>
  cell !== undefined &&
  !cell.quoted &&
  (isWord(cell, 'and', 'comma') ||
    /^(plus|as well as|along with|together with|and also|&|\+)$/.test(cell.low));

const isLead = (cell: Cell | undefined): boolean =>
  cell !== undefined &&
  !cell.quoted &&
  !senseOf(cell, 'name') &&
  !isBase(cell) &&
  (isWord(cell, 'det', 'their', 'both') || senseOf(cell, 'kind') !== undefined);

/** Where the noun begins that ends there. */
function startOf(cells: readonly Cell[], at: number): number {
  let from = at;
  while (isLead(cells[from - 1])) from--;
  return from;
}

function endOf(cells: readonly Cell[], from: number): number {
  let at = from;
  while (isLead(cells[at])) at++;
  return at;
}
