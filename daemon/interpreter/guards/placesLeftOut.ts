// A list or figures of things outside the region or cloud that was said: the place was not read, so the answer would be of
// more than was asked for. Called by `heldBack` for what only reads.

import type { QueryReading } from '../../../shared/model/reading.ts';
import type { Inventory } from '../inventory/inventory.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import type { Doubt } from './objections.ts';

/** The question about a region or a cloud that the reading is not kept to. */
export function placeLeftOut(
  { steps }: QueryReading,
  cells: readonly Cell[],
  inventory: Inventory,
): Doubt | undefined {
  const isTurned = cells.some(
    (cell) => !cell.quoted && isWord(cell, 'not', 'outside', 'except', 'insteadOf', 'correction', 'stays'),
  );
  const said = cells.filter((cell) => !cell.quoted && !senseOf(cell, 'name') && placesOf(cell).length > 0);
  if (isTurned || said.length === 0) return undefined;
  const places = new Set(said.flatMap(placesOf));
  const isOutside = steps.some(({ operation, target }) => {
    if (!/^(list|metrics)\./.test(operation) || target?.kind !== 'resources') return false;
    return target.ids.some((id) => {
      const one = inventory.get(id);
      const own = [one?.region, one?.zone, one?.provider].flatMap((place) => place ?? []);
      return one !== undefined && !reported.test(one.kind) && !own.some((place) => places.has(place));
    });
  });
  return isOutside ? { about: 'scope', question: `Is "${said[0]!.text}" where they are to be?` } : undefined;
}

const reported = /^(alert|anomaly|action|policy|namespace|image|flavor|keypair)$/;

const placesOf = (cell: Cell): readonly string[] => [
  ...(senseOf(cell, 'region')?.values ?? []),
  ...(senseOf(cell, 'provider') ? [senseOf(cell, 'provider')!.value] : []),
];
