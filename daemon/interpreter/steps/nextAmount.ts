// A number, and then another one: "put web on 0 replicas and then again on 2". What is left out of the second step is the
// word that scales and the thing. Only where the first step says a number of its own. Called by `withSequence`.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isThing, plain, word } from '../words/plainCells.ts';
import { isJoin, isOrder } from './madeTogether.ts';

const toAmount = /^(to|on|at|up to|down to|back to|back up to|back down to|back at|back on)$/;

/** A thing by its name, and where it is. */
function isThingOnly(cells: readonly Cell[]): boolean {
  const isPlain = (cell: Cell): boolean =>
    !cell.quoted && (isThing(cell) || isWord(cell, 'det', 'prep', 'colon', 'filler'));
  return cells.every(isPlain) && cells.filter((cell) => senseOf(cell, 'name')?.exact).length > 0;
}

/** "put a on 0 replicas and then again on 2", "bring a down to 0 and up to 2": another number, one after the other. */
export function withNextAmount(cells: readonly Cell[]): readonly Cell[] {
  const isNumber = (cell: Cell | undefined): boolean =>
    cell !== undefined &&
    !cell.quoted &&
    senseOf(cell, 'value')?.value.k === 'number' &&
    !senseOf(cell, 'name');
  const isTo = (cell: Cell | undefined): boolean =>
    cell !== undefined && !cell.quoted && toAmount.test(cell.low);
  const first = cells.findIndex((cell, at) => isNumber(cell) && isTo(cells[at - 1]));
  const verb = cells.findIndex((_, at) => isOrder(cells, at));
  const mark = cells.findIndex((cell, at) => at > first && isJoin(cell));
  const isBare = verb < 0 || verb > mark;
  if (first < 1 || (!isBare && first < verb) || mark < 0) return cells;
  // "fraud-check to 0 replicas, then back up to 2": the thing and the number say it.
  const isSaid = isBare && isThingOnly(cells.slice(0, first - 1)) && isWord(cells[first + 1], 'replicas');
  const isScaling =
    isSaid ||
    (!isBare && /^(scale|put|set|bring|take|turn|go|run)\b/.test(senseOf(cells[verb], 'verb')!.phrase));
  const between = cells.slice(first + 1, mark);
  if (!isScaling || !between.every((cell) => isWord(cell, 'replicas', 'filler'))) return cells;
  let at = mark;
  const isFill = (cell: Cell | undefined): boolean =>
    isJoin(cell) ||
    (cell !== undefined && !cell.quoted && /^(again|back|up|down|straight|right)$/.test(cell.low));
  while (isFill(cells[at])) at++;
  // "back up to 2" is no backup.
  const isUp = /^(back up|back down)$/.test(cells[at]?.low ?? '') && isTo(cells[at + 1]);
  if (isUp) at++;
  if (!isTo(cells[at]) || !isNumber(cells[at + 1])) return cells;
  const rest = cells.slice(at + 2);
  const end = rest.findIndex((cell) => isJoin(cell) || isWord(cell, 'stop'));
  const tail = end < 0 ? rest : rest.slice(0, end);
  if (!tail.every((cell) => isWord(cell, 'replicas', 'filler', 'again'))) return cells;
  const scale = plain(cells[at]!, 'scale', { t: 'verb', phrase: 'scale', form: 'base' });
  return [
    ...(isSaid ? [scale] : []),
    ...cells.slice(0, mark).flatMap((cell, index) => {
      if (index === verb) return [scale];
      if (index === first - 1) return [plain(cell, 'to', word('prep'))];
      return isWord(cell, 'first') && !senseOf(cell, 'name') ? [] : [cell];
    }),
    plain(cells[mark]!, 'then', word('afterwards')),
    scale,
    plain(cells[at]!, 'it', word('pronoun')),
    plain(cells[at]!, 'to', word('prep')),
    cells[at + 1]!,
    ...(end < 0 ? [] : rest.slice(end)),
  ];
}
