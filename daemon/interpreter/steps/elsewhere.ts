// One thing in several places: "scale cart up to 6 in production and down to zero in staging", "restart frontend, staging
// first and then prod". The thing is said once and stands in every place; each step gets it with its own. Only a name that
// is there in several places is meant so, and only where every word belongs to it, to a figure or to a place. Called by
// `withSequence`.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, plain, word } from '../words/plainCells.ts';
import { isJoin } from './madeTogether.ts';

/** The cells with the thing said in every step that leaves it out. */
export function withElsewhere(cells: readonly Cell[]): readonly Cell[] {
  return withPlacesInOrder(withFigureInPlace(cells));
}

const isPlace = (cell: Cell | undefined): boolean =>
  cell?.quoted === false && (senseOf(cell, 'env') ?? senseOf(cell, 'region')) !== undefined;

/** A name that several things have, each in a place of its own. */
const isShared = (cell: Cell): boolean =>
  !cell.quoted && (senseOf(cell, 'name')?.ids.length ?? 0) > 1 && !senseOf(cell, 'env');

const isAmount = (cell: Cell | undefined): boolean =>
  cell?.quoted === false && senseOf(cell, 'value')?.value.k === 'number' && !senseOf(cell, 'name');

/** "cart up to 6 in prod and down to zero in staging", "6 replicas in prod, 2 in staging": an amount for each place. */
function withFigureInPlace(cells: readonly Cell[]): readonly Cell[] {
  const names = cells.filter((cell) => senseOf(cell, 'name') && !isPlace(cell) && !isWord(cell, 'filler'));
  const [name] = names;
  const at = cells.indexOf(name!);
  if (names.length !== 1 || !isShared(name!)) return cells;
  const verb = cells.findLastIndex((cell, index) => index < at && isBase(cell));
  const isScaling = verb < 0 || /^(scale|set|put|bring|take|run|make|change)\b/.test(cells[verb]!.low);
  const lead = cells.slice(verb < 0 ? 0 : verb + 1, at);
  if (!isScaling || !lead.every((cell) => isWord(cell, 'det', 'filler') || senseOf(cell, 'kind')))
    return cells;
  const groups: Cell[][] = [[]];
  for (const cell of cells.slice(at + 1))
    if (isJoin(cell) && !isPlace(cell)) groups.push([]);
    else groups.at(-1)!.push(cell);
  const said = groups.filter((group) => !group.every((cell) => isWord(cell, 'filler', 'stop')));
  const isPair = (group: readonly Cell[]): boolean =>
    group.filter(isAmount).length === 1 &&
    group.filter(isPlace).length === 1 &&
    group.every(
      (cell) =>
        isAmount(cell) || isPlace(cell) || isWord(cell, 'prep', 'det', 'filler', 'replicas', 'stop', 'colon'),
    );
  if (said.length < 2 || !said.every(isPair)) return cells;
  const order = plain(cells[Math.max(verb, 0)]!, 'scale', { t: 'verb', phrase: 'scale', form: 'base' });
  const steps = said.flatMap((group, index) => [
    ...(index > 0 ? [joinBefore(cells, group)] : []),
    order,
    name!,
    plain(name!, 'in', word('prep')),
    group.find(isPlace)!,
    plain(name!, 'to', word('prep')),
    group.find(isAmount)!,
  ]);
  return [...cells.slice(0, verb < 0 ? 0 : verb), ...steps];
}

/** "then" where it was said before the step, "and" elsewhere. */
function joinBefore(cells: readonly Cell[], group: readonly Cell[]): Cell {
  let at = cells.indexOf(group[0]!) - 1;
  while (isJoin(cells[at]) && !isWord(cells[at], 'afterwards')) at--;
  const isThen = isWord(cells[at], 'afterwards') && isJoin(cells[at]);
  return isThen ? plain(group[0]!, 'then', word('afterwards')) : plain(group[0]!, 'and', word('and'));
}

/** "restart a, staging first and then prod", "…, first staging, then prod": there first, and then there. */
function withPlacesInOrder(cells: readonly Cell[]): readonly Cell[] {
  const mark = cells.findIndex((cell) => isWord(cell, 'comma', 'colon', 'open') && !cell.quoted);
  const head = cells.slice(0, Math.max(0, mark));
  const verbs = head.filter((cell) => isBase(cell) && !senseOf(cell, 'name'));
  const isOne = head.filter(isShared).length === 1 && verbs.length === 1 && !head.some(isPlace);
  if (mark < 2 || !isOne) return cells;
  let end = cells.length;
  while (isWord(cells[end - 1], 'stop', 'filler', 'close') && !isPlace(cells[end - 1])) end--;
  const tail = cells.slice(mark + 1, end);
  const places = tail.filter(isPlace);
  const isThen = (cell: Cell): boolean =>
    isWord(cell, 'afterwards') || /^(second|next|last|followed by|after that)$/.test(cell.low);
  const isPlain = tail.every(
    (cell) =>
      isPlace(cell) || isThen(cell) || (!cell.quoted && isWord(cell, 'first', 'and', 'comma', 'prep', 'det')),
  );
  const [one, two] = places.map((place) => tail.indexOf(place));
  const isOrdered =
    places.length === 2 &&
    tail.slice(one! + 1, two).some((cell) => isThen(cell)) &&
    places[0]!.low !== places[1]!.low;
  // "then staging, but first prod" is turned round.
  const isTurned = tail
    .slice(one! + 1)
    .some((cell) => isWord(cell, 'first') && tail.indexOf(cell) > two! - 1);
  if (!isPlain || !isOrdered || isTurned) return cells;
  const inPlace = (place: Cell): readonly Cell[] => [plain(place, 'in', word('prep')), place];
  return [
    ...head,
    ...inPlace(places[0]!),
    plain(places[1]!, 'then', word('afterwards')),
    ...inPlace(places[1]!),
    ...cells.slice(end),
  ];
}
