// What every reader of a pointer needs: where the words stand, what was named around them, and whether they are over.

import type { Resource } from '../../../shared/model/resource.ts';
import type { Tools } from '../filling/readClause.ts';
import { destroying } from '../guards/guard.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase } from '../words/plainCells.ts';
import type { Mention } from './mentions.ts';

/** What a pointer is looked up in. */
export interface Pointing {
  readonly tools: Tools;
  /** The text, with the pointers before the place already by name. */
  readonly said: readonly Cell[];
  /** What the text names before the place, and anywhere. */
  readonly before: readonly Mention[];
  readonly all: readonly Mention[];
  /** What the turn before showed. */
  readonly shown: readonly Resource[];
}

/** Words that point, and what they stand for. */
export interface Pointed {
  readonly length: number;
  readonly cells: readonly Cell[];
}

export const lowsOf = (cells: readonly Cell[], at: number, count: number): string =>
  cells
    .slice(at, at + count)
    .map((cell) => (cell.quoted ? '"' : cell.low))
    .join(' ');

/** How many cells from a place on are the words; 0 where they are not there. */
export function wordsAt(cells: readonly Cell[], at: number, words: RegExp, most = 5): number {
  for (let count = Math.min(most, cells.length - at); count > 0; count--)
    if (words.test(lowsOf(cells, at, count))) return count;
  return 0;
}

/** Nothing behind it says more of which one is meant. */
export function isOver(cell: Cell | undefined): boolean {
  if (cell === undefined || cell.quoted) return cell === undefined;
  if (isBase(cell) && !senseOf(cell, 'name')) return !senseOf(cell, 'kind');
  if (senseOf(cell, 'name') ?? senseOf(cell, 'kind') ?? senseOf(cell, 'part')) return false;
  return (
    isWord(
      cell,
      'comma',
      'stop',
      'and',
      'afterwards',
      'filler',
      'colon',
      'arrow',
      'again',
      'close',
      'need',
      'be',
    ) ||
    senseOf(cell, 'time') !== undefined ||
    /^(to|for|with|from|by|up|down|on|off|as|at|back|over|too|only|now|instead)$/.test(cell.low)
  );
}

/** The order it stands in takes away what it names. */
export function isDestroyed(said: readonly Cell[]): boolean {
  const verb = said.findLast((cell) => isBase(cell) && !senseOf(cell, 'name'));
  return destroying.has(senseOf(verb, 'verb')?.phrase ?? '');
}
