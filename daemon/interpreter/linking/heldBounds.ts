// Bounds that the model answers about more than the thing itself: what a machine's flavor has, and how many volumes,
// addresses or snapshots hang on it. Where the model does not know it of all that are in question, there is no answer,
// and the bound is asked for; it is never left out.

import type { Filter } from '../../../shared/model/reading.ts';
import type { Resource } from '../../../shared/model/resource.ts';
import type { Inventory } from '../inventory/inventory.ts';
import type { Held } from '../phrases/clause.ts';

const holds: Readonly<Record<Held['how'], (a: number, b: number) => boolean>> = {
  eq: (a, b) => a === b,
  gt: (a, b) => a > b,
  lt: (a, b) => a < b,
  gte: (a, b) => a >= b,
  lte: (a, b) => a <= b,
};

/** The filter for what fits; none where the model does not know. */
export function heldFilters(held: Held, pool: readonly Resource[], inventory: Inventory): readonly Filter[] {
  const figures =
    held.kind === undefined ? shapes(held.field!, pool, inventory) : counts(held.kind, pool, inventory);
  if (!figures) return [];
  const ids = pool.filter((one) => holds[held.how](figures.get(one.id) ?? 0, held.n)).map(({ id }) => id);
  return ids.length > 0 ? [{ ids }] : [];
}

function shapes(
  field: 'vcpus' | 'ram_gb',
  pool: readonly Resource[],
  inventory: Inventory,
): ReadonlyMap<string, number> | undefined {
  const found = new Map<string, number>();
  for (const one of pool) {
    const flavor = inventory
      .ofKind('flavor')
      .find((each) => each.connection === one.connection && each.name === one.attributes.flavor);
    const value = one.attributes[field] ?? flavor?.attributes[field];
    if (typeof value !== 'number') return undefined;
    found.set(one.id, value);
  }
  return found;
}

function counts(
  kind: string,
  pool: readonly Resource[],
  inventory: Inventory,
): ReadonlyMap<string, number> | undefined {
  const found = new Map<string, number>();
  const field = kind === 'snapshot' ? 'source' : 'attached_to';
  const connections = new Set(pool.map(({ connection }) => connection));
  for (const one of inventory.ofKind(kind)) {
    if (!connections.has(one.connection)) continue;
    const holder = one.attributes[field];
    // A snapshot of nobody knows what may be of any of them.
    if (typeof holder !== 'string' && kind === 'snapshot') return undefined;
    if (typeof holder === 'string') found.set(holder, (found.get(holder) ?? 0) + 1);
  }
  return found;
}

const modelFields: Readonly<Record<string, string>> = {
  ns: 'namespace',
  namespace: 'namespace',
  region: 'region',
  zone: 'zone',
  az: 'zone',
  cluster: 'cluster',
  node: 'node',
  host: 'host',
  provider: 'provider',
  flavor: 'flavor',
  state: 'status',
  status: 'status',
};

/** "where ns=prod", "with status=stopped": written like tags, and a field of the thing. */
export function fieldFilters(tags: Readonly<Record<string, string>>): readonly Filter[] {
  const entries = Object.entries(tags).map(
    ([key, value]) => [modelFields[key.toLowerCase()], value] as const,
  );
  return entries.every(([field]) => field !== undefined) ? [Object.fromEntries(entries) as Filter] : [];
}
