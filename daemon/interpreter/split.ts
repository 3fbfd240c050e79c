// Cuts the cells of a sentence into clauses: at "then", at the end of a sentence, and at "and" or a comma where a new
// command, a new question or a new pair of thing and value begins. What only lists more things stays together.

import { type Cell, isWord, senseOf } from './cells.ts';
import type { Link } from './clause.ts';

export interface Segment {
  readonly cells: readonly Cell[];
  readonly link: Link;
}

/** Clauses in the order they were written. */
export function splitClauses(cells: readonly Cell[]): readonly Segment[] {
  const segments: { cells: Cell[]; link: Link }[] = [{ cells: [], link: 'start' }];
  for (let at = 0; at < cells.length; at++) {
    const cell = cells[at]!;
    const current = segments.at(-1)!;
    const cut = cutAt(cells, at, current.cells);
    if (!cut) current.cells.push(cell);
    else {
      segments.push({ cells: [], link: cut.link });
      at += cut.skip - 1;
    }
  }
  return segments.filter((segment) => segment.cells.length > 0);
}

function cutAt(
  cells: readonly Cell[],
  at: number,
  current: readonly Cell[],
): { link: Link; skip: number } | undefined {
  const cell = cells[at]!;
  if (cell.quoted) return undefined;
  if (isWord(cell, 'stop')) return { link: 'stop', skip: 1 };
  const content = current.some((one) => !isWord(one, 'filler', 'comma', 'first'));
  if (isWord(cell, 'afterwards') && !(cell.low === 'next' && senseOf(cells[at + 1], 'time'))) {
    if (cell.low === 'next' && isAfterDet(current)) return undefined;
    return content ? { link: 'then', skip: 1 } : { link: current.length === 0 ? 'then' : 'start', skip: 1 };
  }
  if (isWord(cell, 'before', 'after') && content && startsClause(cells, at + 1, true))
    return { link: isWord(cell, 'before') ? 'before' : 'after', skip: 1 };
  if (isWord(cell, 'insteadOf') && content && senseOf(cells[at + 1], 'verb') !== undefined)
    return { link: 'instead', skip: 1 };
  if (cell.low === 'but' && content && startsClause(cells, at + 1, false)) return { link: 'and', skip: 1 };
  const therefore = (isWord(cell, 'colon') || /^(so|therefore|hence|thus)$/.test(cell.low)) && content;
  if (therefore && !senseOf(cell, 'name') && startsClause(cells, at + 1, false))
    return { link: 'and', skip: 1 };
  if (!isWord(cell, 'and', 'comma') || !content) return undefined;
  if (isMoved(current)) return undefined;
  let next = at + 1;
  while (isWord(cells[next], 'and', 'comma')) next++;
  if (isWord(cells[next], 'afterwards')) return { link: 'then', skip: next + 1 - at };
  if (isWord(cells[next], 'before', 'after') && startsClause(cells, next + 1, true))
    return { link: isWord(cells[next], 'before') ? 'before' : 'after', skip: next + 1 - at };
  if (startsClause(cells, next, false) || startsPair(cells, next, current))
    return { link: 'and', skip: next - at };
  return undefined;
}

/** "to web-1, attach scratch": a phrase moved to the front belongs to the command behind it. */
function isMoved(current: readonly Cell[]): boolean {
  const first = current.find((cell) => !isWord(cell, 'filler', 'comma') || isWord(cell, 'prep'));
  return (
    isWord(first, 'prep') &&
    !current.some((cell) => senseOf(cell, 'verb')?.form === 'base' && !senseOf(cell, 'kind')) &&
    current.length <= 8
  );
}

function isAfterDet(current: readonly Cell[]): boolean {
  return isWord(current.at(-1), 'det', 'demonstrative');
}

const readCues = [
  'ask',
  'listCue',
  'showCue',
  'why',
  'what',
  'howMany',
  'who',
  'depends',
  'changed',
  'when',
  'summarize',
] as const;

/** A command or a question begins here. */
function startsClause(cells: readonly Cell[], from: number, afterOrder: boolean): boolean {
  let at = from;
  while (
    at < cells.length &&
    !senseOf(cells[at], 'verb') &&
    isWord(cells[at], 'filler', 'first', 'instead', 'not', 'again') &&
    !isWord(cells[at], ...readCues)
  )
    at++;
  const cell = cells[at];
  if (!cell || cell.quoted) return false;
  if (
    isWord(cell, 'pronoun', 'demonstrative') &&
    isWord(cells[at + 1], 'need') &&
    cells.slice(at + 2, at + 5).some((one) => senseOf(one, 'verb'))
  )
    return true;
  const verb = senseOf(cell, 'verb');
  if (verb) {
    const next = cells[at + 1];
    const noun =
      senseOf(cell, 'kind') ??
      senseOf(cell, 'name') ??
      senseOf(cell, 'metric') ??
      senseOf(cell, 'status') ??
      senseOf(cell, 'part');
    if (verb.form === 'ing' && !afterOrder) return false;
    if ((verb.form === 'ed' || verb.form === 's') && !(afterOrder && verb.form === 'ed')) return false;
    if (!noun) return true;
    if (!next || isWord(next, 'and', 'comma', 'stop', 'of', 'be', 'prep', 'afterwards', 'close'))
      return false;
    return !senseOf(next, 'kind') || senseOf(cell, 'kind') !== undefined;
  }
  if (isWord(cell, 'light') && cells.slice(at + 1, at + 4).some((one) => senseOf(one, 'verb'))) return true;
  return isWord(cell, ...readCues) && !senseOf(cell, 'name') && at + 1 < cells.length;
}

/** "cart in prod to 4" after "checkout in prod to 5": a thing with its own value. */
function startsPair(cells: readonly Cell[], from: number, current: readonly Cell[]): boolean {
  const rest: Cell[] = [];
  for (let at = from; at < cells.length && !isWord(cells[at], 'and', 'comma', 'stop', 'afterwards'); at++)
    rest.push(cells[at]!);
  return hasPair(rest) && hasPair(current);
}

function hasPair(cells: readonly Cell[]): boolean {
  const thing = cells.findIndex(
    (cell) => senseOf(cell, 'name') ?? senseOf(cell, 'part') ?? senseOf(cell, 'prefix'),
  );
  if (thing < 0) return false;
  const rest = cells.slice(thing + 1);
  return rest.some((cell, index) => {
    const value = senseOf(cell, 'value')?.value;
    if (value?.k === 'times') return true;
    const to = rest[index - 1];
    const linked = (isWord(to, 'prep') && /(^|\s)(to|by)$/.test(to!.low)) || isWord(to, 'arrow');
    return linked && (value !== undefined || senseOf(cell, 'name') !== undefined);
  });
}
