// A new thing that is called like one there is already, of its kind and in its place: "there should be a network private-net".
// Whoever says that may mean the one there is, or not know of it. Called by `notAsSaid`.

import type { PlanReading, StepDraft } from '../../../shared/model/reading.ts';
import type { Resource } from '../../../shared/model/resource.ts';
import { type Inventory, looseKey } from '../inventory/inventory.ts';
import type { Doubt } from './objections.ts';
import { idsOf } from './targets.ts';

/** The thing that is there under the name of a new one. */
export function nameTaken({ steps }: PlanReading, inventory: Inventory): Doubt | undefined {
  const gone = new Set(steps.flatMap((step) => (step.operation.startsWith('delete.') ? idsOf(step) : [])));
  const taken = steps.flatMap((step) => namesakeOf(step, inventory)).find(({ id }) => !gone.has(id));
  return taken && { about: 'args.name', question: `There is "${taken.name}" already. Is another one meant?` };
}

function namesakeOf({ operation, args }: StepDraft, inventory: Inventory): readonly Resource[] {
  const [verb, kind] = operation.split('.');
  if (verb !== 'create' || typeof args.name !== 'string') return [];
  const name = args.name.toLowerCase();
  const isElse = (said: unknown, own: string | undefined): boolean =>
    typeof said === 'string' && own !== undefined && !said.toLowerCase().endsWith(own.toLowerCase());
  return inventory
    .byKey(looseKey(name))
    .filter(
      (one) =>
        one.kind === kind &&
        one.name.toLowerCase() === name &&
        !isElse(args.region, one.region) &&
        (one.namespace === undefined ||
          (args.namespace !== undefined && !isElse(args.namespace, one.namespace))),
    );
}
