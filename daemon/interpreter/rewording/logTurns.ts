// Which lines of a log are asked for, said plainly: "tail -50 a" is the last 50 lines of its log, "last 300 lines of a, only
// the ones with FATAL" are those with that word. It adds no word to look for. Called with the other small turns of speech.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { plain, word } from '../words/plainCells.ts';

/** The cells with every such turn said plainly. */
export const withLogTurns = (cells: readonly Cell[]): readonly Cell[] =>
  cells.some((cell) => isWord(cell, 'logCue') && !cell.quoted) ? withoutOnes(withTail(cells)) : cells;

/** "tail -50 a" */
function withTail(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex((cell) => cell.low === 'tail' && !cell.quoted);
  const count = cells[at + 1];
  if (at < 0 || !count || !/^-\d{1,6}$/.test(count.text) || senseOf(count, 'name')) return cells;
  const n = Number(count.text.slice(1));
  const verb = cells[at]!;
  return [
    ...cells.slice(0, at),
    plain(verb, 'last', word('last')),
    plain(count, String(n), { t: 'value', value: { k: 'number', n } }),
    plain(verb, 'lines', word('logCue')),
    plain(verb, 'of', word('of')),
    plain(verb, 'logs', word('logCue')),
    plain(verb, 'of', word('of')),
    ...cells.slice(at + 2),
  ];
}

const ones = /^(ones|one|those|lines?|entries|messages|rows|everything|anything|stuff|what)$/;
const holding =
  /^(with|containing|having|contains?|says?|saying|mentions?|mentioning|matching|matches|including|has|have|reads?)$/;

/** "…, only the ones with FATAL", "anything in the logs of a that says FATAL": lines with that word. */
function withoutOnes(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex((cell, index) => {
    if (cell.quoted || !holding.test(cell.low) || index < 2) return false;
    const what = cells[index + 1];
    const isWhat =
      what !== undefined &&
      (what.quoted ||
        what.senses.length === 0 ||
        /^(errors?|warnings?|warn|exceptions?|timeouts?)$/.test(what.low) ||
        /^[A-Z]{2,}$/.test(what.text));
    return isWhat && (isOnes(cells[index - 1]) || isWord(cells[index - 1], 'that'));
  });
  if (at < 0) return cells;
  let from = at;
  while (from > 0 && isLeading(cells[from - 1]!)) from--;
  const kept = cells.slice(0, from).filter((cell) => !/^(anything|everything|something)$/.test(cell.low));
  const first = kept[0];
  const lead = isWord(first, 'prep') && first!.low === 'in' ? kept.slice(1) : kept;
  if (!lead.some((cell) => isWord(cell, 'logCue'))) return cells;
  return [...lead, plain(cells[at]!, 'with', word('prep'), word('grep')), ...cells.slice(at + 1)];
}

const isOnes = (cell: Cell | undefined): boolean =>
  cell !== undefined && !cell.quoted && !senseOf(cell, 'name') && ones.test(cell.low);

const isLeading = (cell: Cell): boolean =>
  !cell.quoted &&
  !senseOf(cell, 'name') &&
  !senseOf(cell, 'time') &&
  (ones.test(cell.low) ||
    isWord(cell, 'comma', 'det', 'that') ||
    /^(only|just|but|show|give|me|show me)$/.test(cell.low));
