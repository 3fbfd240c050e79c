// "roll api-gateway in prod back, and restart the staging one": what has the same name there. Only where one thing was
// spoken of and its name is there in the other place, too; the name is said again with that place. Called by `withSpans`.

import { type Inventory, looseKey } from '../inventory/inventory.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isBase, plain, word } from '../words/plainCells.ts';

/** The cells with the name in the place of such a "one". */
export function withPlacedOnes(cells: readonly Cell[], inventory: Inventory): readonly Cell[] {
  const one = cells.findIndex((cell, at) => at > 3 && !cell.quoted && cell.low === 'one');
  if (one < 0) return cells;
  const next = cells[one + 1];
  const isBehind = /^(in|on|from)$/.test(next?.low ?? '') && isPlace(cells[one + 2]);
  const place = isBehind ? cells[one + 2] : cells[one - 1];
  const det = isBehind ? one - 1 : one - 2;
  const isLed = isWord(cells[det], 'det') && cells[det]!.low === 'the';
  const isStep = isBase(cells[det - 1]) || isWord(cells[det - 1], 'and', 'comma', 'afterwards', 'filler');
  if (!place || !isPlace(place) || !isLed || !isStep) return cells;
  const before = cells.slice(0, det).filter((cell) => senseOf(cell, 'name') && !isPlace(cell));
  const names = new Set(before.flatMap((cell) => namesOf(cell, inventory)));
  const [name] = names;
  if (names.size !== 1) return cells;
  const ids = inventory.byKey(looseKey(name!)).map(({ id }) => id);
  const kinds = new Set(
    before.flatMap((cell) => senseOf(cell, 'name')!.ids).map((id) => inventory.get(id)?.kind),
  );
  const alike = ids.filter((id) => kinds.has(inventory.get(id)?.kind));
  if (alike.length < 2) return cells;
  const again: Cell = {
    ...cells[one]!,
    text: name!,
    low: name!.toLowerCase(),
    senses: [{ t: 'name', ids: alike, exact: true }],
  };
  const said = [again, plain(place, 'in', word('prep')), place];
  return [...cells.slice(0, det), ...said, ...cells.slice(isBehind ? one + 3 : one + 1)];
}

const isPlace = (cell: Cell | undefined): boolean =>
  cell?.quoted === false && (senseOf(cell, 'env') ?? senseOf(cell, 'region')) !== undefined;

const namesOf = (cell: Cell, inventory: Inventory): readonly string[] => [
  ...new Set(senseOf(cell, 'name')!.ids.flatMap((id) => inventory.get(id)?.name ?? [])),
];
