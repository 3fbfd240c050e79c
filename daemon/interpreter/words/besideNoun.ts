// Words that mean something else beside certain neighbours: "a fresh start" is a restart, and no start of what is off; "the us
// vms" are those of a region, and no vms of ours. Called while the cells of a sentence are made.

import { type Cell, isWord, senseOf } from './cells.ts';

/** The cell with what it means where it stands. */
export function besideNoun(cell: Cell, cells: readonly Cell[], at: number): Cell {
  if (cell.quoted) return cell;
  if (cell.low === 'start' && isAfresh(cells, at))
    return { ...cell, low: 'restart', senses: [{ t: 'verb', phrase: 'restart', form: 'base' }] };
  if (cell.low === 'us' && isPlace(cells, at))
    return { ...cell, senses: [{ t: 'region', values: american }] };
  return cell;
}

const american = ['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2'];

const isAfresh = (cells: readonly Cell[], at: number): boolean =>
  /^(fresh|new|clean)$/.test(cells[at - 1]?.low ?? '') && isWord(cells[at - 2], 'det');

/** Before a noun, and behind a word that no pronoun stands behind; in capitals behind any. */
function isPlace(cells: readonly Cell[], at: number): boolean {
  const isKind = (cell: Cell | undefined): boolean => senseOf(cell, 'kind') !== undefined;
  const next = cells[at + 1];
  const isBound = next !== undefined && (senseOf(next, 'env') ?? senseOf(next, 'part')) !== undefined;
  const isNoun = isKind(next) || (isBound && isKind(cells[at + 2]));
  const before = cells[at - 1];
  if (!isNoun) return false;
  if (cells[at]!.text === 'US' || isWord(before, 'det', 'all', 'any', 'both')) return true;
  // "give us prod vms" is for us.
  return !giving.test(senseOf(before, 'verb')?.phrase ?? '') && !isWord(before, 'showCue', 'listCue', 'ask');
}

const giving =
  /^(give|get|make|show|list|bring|send|tell|find|create|build|launch|let|buy|set|set up|order|fetch|add|do|take|provision|deploy|run|spin up|need|want|have|put|keep|leave)$/;
