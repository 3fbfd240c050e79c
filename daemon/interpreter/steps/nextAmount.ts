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

/** What a workload or machine is to have: so many copies, or this size. */
const verbs = { number: 'scale', flavor: 'resize' } as const;

function amountOf(cell: Cell | undefined): keyof typeof verbs | undefined {
  if (!cell || cell.quoted) return undefined;
  const ids = senseOf(cell, 'name')?.ids ?? [];
  if (ids.length > 0) return ids.every((id) => id.includes(':flavor/')) ? 'flavor' : undefined;
  return senseOf(cell, 'value')?.value.k === 'number' ? 'number' : undefined;
}

/** "web-admin", "fraud-check in payments": a workload, which alone has a number. */
const isWorkload = (cells: readonly Cell[]): boolean =>
  cells.every(
    (cell) =>
      !senseOf(cell, 'name')?.exact ||
      senseOf(cell, 'env') !== undefined ||
      senseOf(cell, 'name')!.ids.every((id) => /:(deployment|statefulset|service)\//.test(id)),
  );

const lightly = /^(put|set|bring|take|turn|get|move|go|change|switch|scale|resize|run|make)$/;
const isBackward = (cell: Cell | undefined): boolean =>
  cell !== undefined && !cell.quoted && /^(again|back|up|down|straight|right)$/.test(cell.low);

/** Where the second amount stands, behind "and", "put it", "back"; undefined where more is said. */
function nextAt(cells: readonly Cell[], mark: number): number | undefined {
  let at = mark;
  while (isJoin(cells[at]) || isWord(cells[at], 'filler')) {
    if (isTo(cells[at]) || senseOf(cells[at], 'verb')) break;
    at++;
  }
  const isVerb =
    cells[at] !== undefined && lightly.test(senseOf(cells[at], 'verb')?.phrase ?? cells[at]!.low);
  if (isVerb && !cells[at]!.quoted) {
    at++;
    if (isWord(cells[at], 'pronoun') && /^(it|that)$/.test(cells[at]!.low)) at++;
    else if (!isBackward(cells[at])) return undefined;
  }
  while (isBackward(cells[at]) || isJoin(cells[at])) at++;
  // "back up to 2" is no backup.
  if (/^(back up|back down)$/.test(cells[at]?.low ?? '') && isTo(cells[at + 1])) at++;
  return isTo(cells[at]) ? at : undefined;
}

const isTo = (cell: Cell | undefined): boolean =>
  cell !== undefined && !cell.quoted && toAmount.test(cell.low);

/** "put a on 0 replicas and then again on 2", "scale a to 0 and, once that is done, put it back to 2": one after the other. */
export function withNextAmount(cells: readonly Cell[]): readonly Cell[] {
  const first = cells.findIndex((cell, at) => amountOf(cell) !== undefined && isTo(cells[at - 1]));
  const sort = amountOf(cells[first]);
  const verb = cells.findIndex((_, at) => isOrder(cells, at));
  const mark = cells.findIndex((cell, at) => at > first && isJoin(cell));
  const isBare = verb < 0 || verb > mark;
  if (first < 1 || !sort || (!isBare && first < verb) || mark < 0) return cells;
  // "fraud-check to 0 replicas, then back up to 2": the thing and the number say it.
  const lead = cells.slice(0, first - 1);
  const isSaid =
    isBare &&
    isThingOnly(lead) &&
    (sort === 'flavor' || isWord(cells[first + 1], 'replicas') || isWorkload(lead));
  const isScaling =
    isSaid ||
    (!isBare &&
      /^(scale|resize|put|set|bring|take|turn|go|run|change|move|make)\b/.test(
        senseOf(cells[verb], 'verb')!.phrase,
      ));
  const between = cells.slice(first + 1, mark);
  if (!isScaling || !between.every((cell) => isWord(cell, 'replicas', 'filler'))) return cells;
  const at = nextAt(cells, mark);
  if (at === undefined || amountOf(cells[at + 1]) !== sort) return cells;
  const rest = cells.slice(at + 2);
  const end = rest.findIndex((cell) => isJoin(cell) || isWord(cell, 'stop'));
  const tail = end < 0 ? rest : rest.slice(0, end);
  if (!tail.every((cell) => isWord(cell, 'replicas', 'filler', 'again'))) return cells;
  const phrase = verbs[sort];
  const order = plain(cells[at]!, phrase, { t: 'verb', phrase, form: 'base' });
  return [
    ...(isSaid ? [order] : []),
    ...cells.slice(0, mark).flatMap((cell, index) => {
      if (index === verb) return [order];
      if (index === first - 1) return [plain(cell, 'to', word('prep'))];
      return isWord(cell, 'first') && !senseOf(cell, 'name') ? [] : [cell];
    }),
    plain(cells[mark]!, 'then', word('afterwards')),
    order,
    plain(cells[at]!, 'it', word('pronoun')),
    plain(cells[at]!, 'to', word('prep')),
    cells[at + 1]!,
    ...(end < 0 ? [] : rest.slice(end)),
  ];
}

/** "restart a; b goes to 6 replicas", "…, and c moves to M.8": an order of its own behind another. */
export function withGoesTo(cells: readonly Cell[]): readonly Cell[] {
  const verb = cells.findIndex((_, at) => isOrder(cells, at));
  const goes = cells.findIndex(
    (cell, at) =>
      at > verb + 2 &&
      !cell.quoted &&
      (/^(goes|moves|changes) to$/.test(cell.low) ||
        (cell.low === 'to' && /^(goes|moves|changes)$/.test(cells[at - 1]?.low ?? ''))),
  );
  const sort = amountOf(cells[goes + 1]);
  if (verb < 0 || goes < 0 || !sort) return cells;
  const end = cells[goes]!.low === 'to' ? goes - 1 : goes;
  let from = end;
  const isOfThing = (cell: Cell): boolean =>
    !cell.quoted && (isThing(cell) || isWord(cell, 'det', 'prep') || /^(also|then|instead)$/.test(cell.low));
  while (from > verb && isOfThing(cells[from - 1]!) && !isJoin(cells[from - 1])) from--;
  const isApart = isJoin(cells[from - 1]) || isWord(cells[from - 1], 'stop');
  const thing = cells.slice(from, end).filter((cell) => !/^(also|then|instead)$/.test(cell.low));
  const isRight = sort === 'flavor' || isWord(cells[goes + 2], 'replicas') || isWorkload(thing);
  if (!isApart || !isThingOnly(thing) || !isRight) return cells;
  const order = plain(cells[from]!, verbs[sort], { t: 'verb', phrase: verbs[sort], form: 'base' });
  const to = plain(cells[goes]!, 'to', word('prep'));
  return [...cells.slice(0, from), order, ...thing, to, ...cells.slice(goes + 1)];
}
