// A table of turns of speech over the words of cells: where a pattern fits whole cells, other cells are put in their place.
// For phrases that say plainly what a longer way of saying it says; what a turn may not touch is its own to say. Nothing is
// read or decided here.

import type { Cell } from './cells.ts';

export interface Turn {
  /** Over the lower-case words of cells, joined by blanks; quoted text is a box. Has to begin with `^`. */
  readonly words: RegExp;
  /** What stands in their place; undefined where they stay. */
  readonly put: (cells: readonly Cell[], from: number, to: number) => readonly Cell[] | undefined;
}

/** The cells with each turn put in, from left to right; every turn looks at what the one before it left. */
export function withTurns(given: readonly Cell[], turns: readonly Turn[]): readonly Cell[] {
  let cells = given;
  let text = textOf(cells);
  for (const turn of turns) {
    if (!anywhere(turn).test(text)) continue;
    const said = withTurn(cells, turn);
    if (said === cells) continue;
    cells = said;
    text = textOf(cells);
  }
  return cells;
}

const phraseCellsMax = 12;

const wordsOf = ({ quoted, low }: Cell): string => (quoted ? '\u25a1' : low);

const textOf = (cells: readonly Cell[]): string => cells.map(wordsOf).join(' ');

const unanchored = new WeakMap<Turn, RegExp>();

/** The same pattern wherever it may begin: most texts have it nowhere. */
function anywhere(turn: Turn): RegExp {
  const known = unanchored.get(turn);
  if (known) return known;
  const made = new RegExp(`(?:^| )(?:${turn.words.source.slice(1)})`);
  unanchored.set(turn, made);
  return made;
}

function withTurn(cells: readonly Cell[], { words, put }: Turn): readonly Cell[] {
  for (let from = 0; from < cells.length; from++) {
    const to = endOf(cells, from, words);
    const said = to === undefined ? undefined : put(cells, from, to);
    if (said) return [...cells.slice(0, from), ...said, ...cells.slice(to)];
  }
  return cells;
}

/** Where a phrase that begins here ends; it has to end with a cell. */
function endOf(cells: readonly Cell[], from: number, words: RegExp): number | undefined {
  let text = '';
  const ends: number[] = [];
  for (let at = from; at < Math.min(cells.length, from + phraseCellsMax); at++) {
    text += `${at > from ? ' ' : ''}${wordsOf(cells[at]!)}`;
    ends.push(text.length);
  }
  const length = words.exec(text)?.[0].length ?? 0;
  const last = length > 0 ? ends.indexOf(length) : -1;
  return last < 0 ? undefined : from + last + 1;
}
