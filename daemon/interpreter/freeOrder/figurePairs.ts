// Figures and things that are told apart: "a and b to 80 and 30 GB", "web: prod 6, staging 3, dev 0". As many figures of
// one sort as there are things are one each, in their order. Called by `freeOrder`.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { plain, word } from '../words/plainCells.ts';
import type { Figure, Thing } from './chunks.ts';

export interface Pair {
  readonly thing: readonly Cell[];
  readonly figure: Figure;
}

/** "a and b to 80 and 30 GB", "web: prod 6, staging 3": as many figures of one sort as things, one each. */
export function pairsOf(
  things: readonly Thing[],
  figures: readonly Figure[],
  kindOf: (id: string) => string | undefined,
): readonly Pair[] | undefined {
  if (figures.length < 2) return undefined;
  const unit = figures.at(-1)!;
  const own = figures;
  if (own.some(({ sort }) => sort !== unit.sort || sort === 'tags' || sort === 'port')) return undefined;
  const named = things.flatMap(({ cells }) =>
    cells.filter((cell) => senseOf(cell, 'name')?.exact && !senseOf(cell, 'env')),
  );
  const isListed = things.length === 1 && named.length === own.length && isPlainList(things[0]!.cells);
  if (isListed) return named.map((cell, at) => ({ thing: [cell], figure: own[at]! }));
  const [first, ...places] = things;
  const isPlace = ({ cells }: Thing): boolean =>
    cells.length === 1 &&
    senseOf(cells[0], 'env') !== undefined &&
    (senseOf(cells[0], 'name')?.ids ?? []).every((id) => kindOf(id) === 'namespace');
  if (!first || named.length !== 1 || places.length !== own.length || !places.every(isPlace))
    return undefined;
  return places.map(({ cells }, at) => ({
    thing: [named[0]!, plain(cells[0]!, 'in', word('prep')), ...cells],
    figure: own[at]!,
  }));
}

const isPlainList = (cells: readonly Cell[]): boolean =>
  cells.every((cell) => senseOf(cell, 'name')?.exact || isWord(cell, 'and', 'comma', 'det', 'both'));

/** "80 and 30 GB", "2 and 3 replicas": bare numbers before the one that says of what. */
export function inOneUnit(figures: readonly Figure[]): readonly Figure[] {
  const unit = figures.at(-1);
  return unit ? figures.map((figure) => (figure === unit ? figure : inUnitOf(figure, unit))) : figures;
}

/** "80 and 30 GB": the first is in the unit of the last. */
function inUnitOf(figure: Figure, unit: Figure): Figure {
  const value = senseOf(figure.cells[0], 'value')?.value;
  const own = unit.cells.map((cell) => senseOf(cell, 'value')?.value).find((one) => one !== undefined);
  if (value?.k !== 'number') return figure;
  if (unit.sort === 'count')
    return { ...figure, sort: 'count', cells: [...figure.cells, ...unit.cells.slice(-1)] };
  if (unit.sort !== 'size' || own?.k !== 'size') return figure;
  const said = Number.parseFloat(unit.cells[0]!.text);
  if (!(said > 0)) return figure;
  const gb = (value.n * own.gb) / said;
  const sized = { t: 'value', value: { k: 'size', gb } } as const;
  return { ...figure, sort: 'size', cells: [{ ...figure.cells[0]!, senses: [sized] }] };
}
