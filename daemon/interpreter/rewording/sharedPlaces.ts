// The place of a list that is said with its first thing: "scale prod web and checkout to 6", "restart staging cart and
// search". Each of the others is the one that is there, where it is there and elsewhere too. What has a place of its own
// keeps it, and what is to be destroyed has to be said in full. Called by `reword`, before anything else.

import { destroying } from '../guards/guard.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { plain, word } from '../words/plainCells.ts';

/** The cells with every name of such a list meaning the one in that place. */
export function withSharedPlace(cells: readonly Cell[]): readonly Cell[] {
  const first = cells.findIndex((cell) => placeWithin(cell) !== undefined);
  if (first < 0 || cells.some((cell) => !cell.quoted && destroying.has(senseOf(cell, 'verb')?.phrase ?? '')))
    return cells;
  const place = placeWithin(cells[first]!)!;
  const narrowed = new Map<Cell, Cell>();
  let at = first + 1;
  for (; isJoint(cells[at]); ) {
    while (isJoint(cells[at]) || isWord(cells[at], 'det')) at++;
    const cell = cells[at];
    const name = cell && !cell.quoted && !senseOf(cell, 'env') ? senseOf(cell, 'name') : undefined;
    const own = name?.ids.filter((id) => id.includes(`/${place}/`)) ?? [];
    if (!cell || !name || placeWithin(cell) !== undefined) break;
    if (own.length > 0 && own.length < name.ids.length)
      narrowed.set(cell, {
        ...cell,
        senses: cell.senses.map((sense) => (sense === name ? { ...name, ids: own } : sense)),
      });
    at++;
  }
  const isPlaced =
    isWord(cells[at], 'prep') && /^(in|of|on|from)$/.test(cells[at]!.low) && isPlace(cells[at + 1]);
  return narrowed.size === 0 || isPlaced ? cells : cells.map((cell) => narrowed.get(cell) ?? cell);
}

/** "all databases and load balancers": all of both, where nothing bounds the first. */
export function withSharedAll(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex((cell, index) => {
    const isAll = !cell.quoted && isWord(cell, 'all') && /^(all|every|all the|each)$/.test(cell.low);
    return isAll && isKind(cells[index + 1]) && isWord(cells[index + 2], 'and') && isKind(cells[index + 3]);
  });
  return at < 0 ? cells : [...cells.slice(0, at + 3), cells[at]!, ...cells.slice(at + 3)];
}

const isKind = (cell: Cell | undefined): boolean =>
  cell?.quoted === false &&
  senseOf(cell, 'kind')?.plural === true &&
  !senseOf(cell, 'name') &&
  !isWord(cell, 'replicas');

/** "staging: cart and search to 2": in staging, where no other place is said. */
export function withPlaceHeading(cells: readonly Cell[]): readonly Cell[] {
  const [place, colon] = cells;
  const isHeading = isWord(colon, 'colon') && !colon!.quoted && !place!.quoted && isPlaceOnly(place!);
  if (!isHeading || cells.slice(2).some((cell) => isPlaceOnly(cell) || isWord(cell, 'stop', 'except')))
    return cells;
  return [plain(place!, 'in', word('prep')), place!, plain(colon!, ',', word('comma')), ...cells.slice(2)];
}

const isPlaceOnly = (cell: Cell): boolean =>
  isPlace(cell) && (senseOf(cell, 'name')?.ids ?? []).every((id) => id.includes(':namespace/'));

/** "prod" of "prod web", which is what is called so there. */
function placeWithin(cell: Cell): string | undefined {
  const name = cell.quoted ? undefined : senseOf(cell, 'name');
  if (!name) return undefined;
  const [place, ...rest] = cell.low.split(/[ /]/);
  const isOfIt = rest.length > 0 && name.ids.every((id) => id.includes(`/${place}/`));
  return isOfIt ? place : undefined;
}

const isJoint = (cell: Cell | undefined): boolean =>
  cell !== undefined && !cell.quoted && (isWord(cell, 'and', 'comma') || /^[+&]$/.test(cell.low));

const isPlace = (cell: Cell | undefined): boolean =>
  senseOf(cell, 'env') !== undefined ||
  (senseOf(cell, 'name')?.ids ?? []).some((id) => id.includes(':namespace/'));
