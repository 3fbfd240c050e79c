// Machines that are named behind their kind in a question for figures: "cpu load on both hosts, esx-01 and esx-02" is that of
// the two, and not of what runs on them. Called with the other small turns of speech.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { plain, word } from '../words/plainCells.ts';

/** "cpu of both hosts, esx-01 and esx-02": their names say which. */
export function withCalledSo(cells: readonly Cell[]): readonly Cell[] {
  const metric = cells.findIndex((cell) => senseOf(cell, 'metric') && !cell.quoted);
  if (metric < 0) return cells;
  const isOf = (cell: Cell | undefined, kinds: readonly string[]): boolean =>
    !cell?.quoted &&
    senseOf(cell, 'name')?.exact === true &&
    senseOf(cell, 'name')!.ids.every((id) => kinds.some((kind) => id.includes(`:${kind}/`)));
  const at = cells.findIndex((cell, index) => {
    const kind = senseOf(cell, 'kind');
    const first = isWord(cells[index + 1], 'comma', 'colon') ? index + 2 : index + 1;
    return (
      kind?.plural === true &&
      isOf(cells[first], kind.kinds) &&
      isWord(cells[first + 1], 'and', 'comma') &&
      isOf(cells[first + 2], kind.kinds)
    );
  });
  // "cpu on esx-01 and esx-02": their own.
  const isOn = (said: readonly Cell[]): boolean =>
    lowOf(said[metric + 1]) === 'on' &&
    said.slice(metric + 2, metric + 5).filter((one) => isOf(one, ['host', 'node'])).length > 1;
  const withOf = (said: readonly Cell[]): readonly Cell[] =>
    isOn(said)
      ? said.map((cell, index) => (index === metric + 1 ? plain(cell, 'of', word('of')) : cell))
      : said;
  if (at < 0) return withOf(cells);
  let from = at;
  while (isWord(cells[from - 1], 'both', 'det') || senseOf(cells[from - 1], 'value')?.value.k === 'number')
    from--;
  const next = isWord(cells[at + 1], 'comma', 'colon') ? at + 2 : at + 1;
  return withOf([...cells.slice(0, from), ...cells.slice(next)]);
}

const lowOf = (cell: Cell | undefined): string => (cell && !cell.quoted ? cell.low : '');
