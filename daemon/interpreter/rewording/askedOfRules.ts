// Questions that begin with "is" or "does" and have a word in them that is an order elsewhere: "is port 22 open on web-sg",
// "does web-1 use more cpu than web-10". They become the plain look or figure they ask for, never an order, and only where
// everything that was named is in it. Called by `questionOrder`, before its own turns.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { plain, word } from '../words/plainCells.ts';

const low = (cell: Cell | undefined): string => (cell && !cell.quoted ? cell.low : '');
const isName = (cell: Cell | undefined): boolean => senseOf(cell, 'name')?.exact === true && !cell!.quoted;

/** The first word that is neither courtesy nor "tell me if". */
const leadOf = (cells: readonly Cell[]): Cell | undefined =>
  cells.find((cell) => !isWord(cell, 'filler', 'comma', 'ask', 'if') || isWord(cell, 'be', 'do'));

/** "is port 22 open on web-sg": what it lets in. */
export function withPortAsked(cells: readonly Cell[]): readonly Cell[] {
  const names = cells.filter((cell) => !cell.quoted && senseOf(cell, 'name')?.exact);
  const isGroup =
    names.length === 1 && senseOf(names[0], 'name')!.ids.every((id) => id.includes(':security-group/'));
  const lead = leadOf(cells);
  const isTold =
    isWord(cells[0], 'ask') &&
    cells.some((cell) => isWord(cell, 'if')) &&
    cells.some((cell) => isWord(cell, 'be'));
  const isAsked =
    (isWord(lead, 'be') || isTold) &&
    cells.some((cell) => /^(open|closed|reachable|allowed)$/.test(low(cell)));
  const isPort = cells.some(
    (cell) => isWord(cell, 'port') || /^(port|number)$/.test(senseOf(cell, 'value')?.value.k ?? ''),
  );
  return isGroup && isAsked && isPort ? [plain(lead!, 'show', word('showCue')), names[0]!] : cells;
}

/** "does web-1 use more cpu than web-10": the figure of both. */
export function withBothCompared(cells: readonly Cell[]): readonly Cell[] {
  const than = cells.findIndex((cell) => /(^| )than$/.test(low(cell)));
  const metric = cells.find((cell) => senseOf(cell, 'metric') && !isName(cell));
  const names = cells.filter(isName);
  const isAsked =
    isWord(leadOf(cells), 'do', 'have', 'be') &&
    cells.some((cell) => isWord(cell, 'more', 'less') || /er( than)?$/.test(low(cell)));
  const rest = cells.slice(than + 2);
  const isOver = rest.every((cell) => senseOf(cell, 'time') || isWord(cell, 'filler', 'stop', 'do'));
  if (than < 0 || !isAsked || names.length !== 2 || !isName(cells[than + 1]) || !metric || !isOver)
    return cells;
  return [
    metric,
    plain(cells[than]!, 'of', word('of')),
    names[0]!,
    plain(cells[than]!, 'and', word('and')),
    names[1]!,
    ...rest.filter((cell) => senseOf(cell, 'time')),
  ];
}
