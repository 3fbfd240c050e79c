// New things that are not as they were said: with a name that was ruled out ("a network, not called foo"), or in a place
// that no step makes ("in a new namespace perf create …"). Such a plan is offered as a question. Called by `notAsSaid`, over
// the text as it was typed.

import type { PlanReading, StepDraft } from '../../../shared/model/reading.ts';
import { type Inventory, looseKey } from '../inventory/inventory.ts';
import { type Cell, isWord } from '../words/cells.ts';
import type { Doubt } from './objections.ts';

/** What a new thing was not to be called, or where it cannot be. */
export function newAsSaid(
  { steps }: PlanReading,
  cells: readonly Cell[],
  inventory: Inventory,
): Doubt | undefined {
  const name = nameDenied(steps, cells);
  if (name)
    return { about: 'args.name', question: `What is it to be called, if not "${name.text}"?`, isEmpty: true };
  const place = placeUnmade(steps, cells, inventory);
  return place === undefined
    ? undefined
    : { about: 'args.namespace', question: `Is that to be made in "${place}", and is it there?` };
}

/** "a new volume, not called foo": the name it was not to have. */
function nameDenied(steps: readonly StepDraft[], cells: readonly Cell[]): Cell | undefined {
  return cells.find((cell, at) => {
    const isName = steps.some(
      ({ operation, evidence }) =>
        operation.startsWith('create.') &&
        evidence.some(
          ({ part: sort, start, end }) => sort === 'args.name' && start === cell.start && end === cell.end,
        ),
    );
    if (!isName) return false;
    let before = at - 1;
    while (
      before >= 0 &&
      isWord(cells[before], 'named', 'det', 'filler', 'colon') &&
      !isWord(cells[before], 'not')
    )
      before--;
    const lead = cells[before];
    return (
      lead !== undefined &&
      !lead.quoted &&
      (isWord(lead, 'not', 'except', 'insteadOf') || /\b(not|never|avoid|than)\b/.test(lead.low))
    );
  });
}

/** "in a new namespace perf create a deployment": where it is to be, and no step makes that. */
function placeUnmade(
  steps: readonly StepDraft[],
  cells: readonly Cell[],
  inventory: Inventory,
): string | undefined {
  const made = steps.flatMap(({ operation, args }) =>
    operation === 'create.namespace' && typeof args.name === 'string' ? [args.name.toLowerCase()] : [],
  );
  for (const { operation, args } of steps) {
    if (!operation.startsWith('create.') || operation === 'create.namespace') continue;
    const place = typeof args.namespace === 'string' ? args.namespace.toLowerCase() : undefined;
    const isThere = (one: string): boolean =>
      made.includes(one) || inventory.byKey(looseKey(one)).some(({ kind }) => kind === 'namespace');
    if (place !== undefined && /^[a-z]/.test(place) && !isThere(place) && isNewSaid(cells, place))
      return place;
    // "create ns perf, then in perf a deployment": said again, and not where it is made.
    const again = made.find(
      (one) => one !== place && cells.filter((cell) => !cell.quoted && cell.low === one).length > 1,
    );
    if (again !== undefined) return again;
  }
  return undefined;
}

const isNewSaid = (cells: readonly Cell[], place: string): boolean => {
  const at = cells.findIndex((cell) => cell.low === place);
  return cells.slice(Math.max(0, at - 4), Math.max(0, at)).some((cell) => /\bnew\b|\bfresh\b/.test(cell.low));
};
