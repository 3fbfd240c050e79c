// Reads the order alone where the whole was not understood, and takes that reading only where it is as safe as one said
// by itself: a plan of changes to things that were named, in which nothing that was told of is missing. A question stays
// a question, and what was refused stays refused. Called once, after the whole text was read.

import type { Reading } from '../../../shared/model/reading.ts';
import type { Catalogue } from '../../catalogue/contract.ts';
import type { Inventory } from '../inventory/inventory.ts';
import { orderAlone } from '../rewording/orderAlone.ts';
import { type Cell, senseOf } from '../words/cells.ts';
import { isQuestion } from '../words/cues.ts';
import { isAskedOf } from './remarks.ts';

/** What a text orders beside what it tells; undefined where the first reading holds. */
export function orderAmongTold(
  reading: Reading,
  cells: readonly Cell[],
  read: (cells: readonly Cell[]) => Reading,
  catalogue: Catalogue,
  inventory: Inventory,
): Reading | undefined {
  if (!isOpen(reading, catalogue)) return undefined;
  const alone = orderAlone(cells);
  if (!alone || isAskedOf(alone.told) || isHowAsked(alone.told)) return undefined;
  const again = read(alone.cells);
  if (again.kind !== 'plan' || (reading.kind === 'query' && isQuestion(alone.cells))) return undefined;
  const ids = new Set(
    again.steps.flatMap((step) => [
      ...(step.target?.kind === 'resources' ? step.target.ids : []),
      ...Object.values(step.args).filter((value): value is string => typeof value === 'string'),
    ]),
  );
  const destroys = again.steps.some(({ operation }) => catalogue.get(operation)?.risk === 'destroy');
  const kinds = new Set(again.steps.map(({ operation }) => catalogue.get(operation)?.kind));
  const isOwn = alone.cells.some((cell) => senseOf(cell, 'name')?.ids.some((id) => ids.has(id)));
  // "the app cannot reach db-1, open 5432 on db-sg": a thing of another sort, where the order has its own.
  const isAside = (id: string): boolean => !destroys && isOwn && !kinds.has(inventory.get(id)?.kind);
  const isWithin = alone.told.every((cell) => {
    const name = senseOf(cell, 'name');
    return (
      !name || cell.quoted || name.ids.some((id) => ids.has(id) || isNear(id, ids, inventory) || isAside(id))
    );
  });
  const isPlain = again.steps.every(
    ({ operation, target }) =>
      catalogue.get(operation)?.risk !== 'read' &&
      (target === undefined || (target.kind === 'resources' && target.ids.length === 1)),
  );
  const isDoubted = destroys && alone.told.some((cell) => doubtful.test(cell.low));
  return isWithin && isPlain && !isDoubted ? again : undefined;
}

/** "how full is its disk, and can you add 50 GB": asked, too. */
const isHowAsked = ([first]: readonly Cell[]): boolean =>
  first?.quoted === false && /^how (full|much|many|big|large|busy|high)\b/.test(first.low);

/** "mongo-1 is full, grow data-mongo-1": one hangs on the other. */
function isNear(id: string, ids: ReadonlySet<string>, inventory: Inventory): boolean {
  const isOf = (a: string, b: string): boolean => {
    const owner = inventory.get(b);
    const values = Object.values(inventory.get(a)?.attributes ?? {}).flat();
    return owner !== undefined && (values.includes(b) || values.includes(owner.name));
  };
  return [...ids].some((one) => isOf(one, id) || isOf(id, one));
}

const doubtful =
  /\b(maybe|perhaps|probably|think|guess|sure|hope|hopefully|believe|seems?|careful|carefully|important|still|keep|keeps|backup|backups|copy|first|wait|check|ask|right|correct)\b/;

/** Not understood, or only as a question. */
function isOpen(reading: Reading, catalogue: Catalogue): boolean {
  if (reading.kind === 'clarify' || reading.kind === 'query') return true;
  if (reading.kind === 'refuse') return reading.reason === 'unsupported';
  return reading.steps.some(({ operation }) => catalogue.get(operation)?.risk === 'read');
}
