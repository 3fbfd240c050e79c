// Questions about what was spoken of: "why does that one keep dying?", "if it went away, what else would be affected?",
// "what flavor is it on". Where a reply asks, and its reading is open or about something else altogether, it is read once
// more as a text of its own, with the name in the place of the word that points. Only a question that is then about just
// what was spoken of is taken; nothing is ever ordered so. Called behind a reply's other readings.

import type { Reading } from '../../../shared/model/reading.ts';
import type { ReadRequest } from '../contract.ts';
import type { Tools } from '../filling/readClause.ts';
import { type Cell, cellsOf, isWord, senseOf } from '../words/cells.ts';
import { isBase } from '../words/plainCells.ts';
import { tokenise } from '../words/tokens.ts';
import { namesOf } from './listed.ts';
import { isMerelyShown, isOfThese } from './saidNames.ts';

/** The reading of a reply, or of the same asked with the name of what it points at. */
export function askedOfIt(
  cells: readonly Cell[],
  reading: Reading,
  request: ReadRequest,
  tools: Tools,
  read: (cells: readonly Cell[], request: ReadRequest) => Reading,
): Reading {
  const isOpen = reading.kind === 'clarify' || (reading.kind === 'query' && !isOfThese(reading, request));
  const named = isOpen ? withNames(cells, request, tools) : undefined;
  if (!named) return reading;
  const { connection } = request.context ?? {};
  const asked = read(named, { ...request, context: connection === undefined ? {} : { connection } });
  const isAnswer = asked.kind === 'query' && isOfThese(asked, request) && !isMerelyShown(asked, cells);
  return isAnswer ? asked : reading;
}

const one = /\b(it|that one|this one)\b/g;
const several = /\b(they|them|those two|these two|both of them|all of them|those|these|both)\b/g;

/** The cells with names for what points; undefined where nothing does, or an order is given. */
function withNames(cells: readonly Cell[], request: ReadRequest, tools: Tools): readonly Cell[] | undefined {
  const { turns = [], selection = [] } = request.context ?? {};
  const told = turns.findLast(({ refs = [] }) => refs.length > 0)?.refs ?? [];
  const ids = told.length > 0 ? told : selection;
  const meant = ids.flatMap((id) => tools.inventory.get(id) ?? []);
  const isMixed =
    new Set(meant.map(({ kind }) => kind)).size !== 1 || (told.length > 0 && selection.length > 0);
  const pointing = meant.length === 1 ? one : several;
  const isOwn = (cell: Cell): boolean => !cell.quoted && senseOf(cell, 'name')?.exact === true;
  const isPointing = cells.some((cell) => !cell.quoted && cell.low.search(pointing) >= 0);
  return isMixed || !isPointing || cells.some(isOwn) || isOrder(cells)
    ? undefined
    : namedIn(request.text, cells, pointing, (at) => namesOf(meant, [at]), tools);
}

/** The words between what points make cells of their own, as "any idea why it is" is more than they are alone. */
function namedIn(
  text: string,
  cells: readonly Cell[],
  pointing: RegExp,
  namesAt: (cell: Cell) => readonly Cell[],
  { lexicon, inventory, nowMs }: Tools,
): readonly Cell[] | undefined {
  const [from, to] = [cells[0]!.start, cells.at(-1)!.end];
  const said = text.slice(from, to).toLowerCase();
  const quotes = cells.filter(({ quoted }) => quoted);
  const found = [...said.matchAll(pointing)].filter(
    ({ index }) => !quotes.some(({ start, end }) => from + index >= start && from + index < end),
  );
  const named: Cell[] = [];
  let done = from;
  const take = (end: number): void => {
    const tokens = tokenise(text.slice(done, end)).map((token) => ({
      ...token,
      start: token.start + done,
      end: token.end + done,
    }));
    named.push(...cellsOf(tokens, lexicon, inventory, nowMs));
  };
  for (const { 0: word, index } of found) {
    const start = from + index;
    const end = start + word.length;
    take(start);
    const cell = { text: word, low: word, start, end, quoted: false, senses: [], repaired: false, words: 1 };
    named.push(...namesAt(cell));
    done = end;
  }
  take(to);
  return found.length > 0 ? named : undefined;
}

/** An order is read in its conversation or not at all. */
const isOrder = (cells: readonly Cell[]): boolean => {
  const lead = cells.find((cell) => !isWord(cell, 'filler', 'comma', 'and', 'correction') || isBase(cell));
  return isBase(lead) && !isWord(lead, 'ask', 'showCue', 'listCue', 'logCue', 'do');
};
