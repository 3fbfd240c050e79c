// What is named along with the first thing of a list: the place before the first may hold for it, and its own kind may rule
// out the one that is looked for. Called while a noun phrase is linked.

import type { Np } from '../phrases/clause.ts';
import type { Scene } from './scene.ts';

/** "staging web, checkout and cart": the place before the first name holds for those behind it that are there, too. */
export function placedLike(np: Np, { names }: Np, { inventory }: Scene): Np {
  const [first] = names;
  const isLed = names.length === 1 && /^\S+ \S/.test(first!.cell.low) && !first!.cell.quoted;
  if (!isLed || np.mods.length > 0 || np.names.length !== 1) return np;
  const places = new Set(first!.ids.map((id) => inventory.get(id)?.namespace));
  const [place] = places;
  const isPlace = places.size === 1 && place !== undefined && first!.cell.low.startsWith(`${place} `);
  const [name] = np.names;
  const ids = isPlace ? name!.ids.filter((id) => inventory.get(id)?.namespace === place) : [];
  return ids.length > 0 ? { ...np, names: [{ ...name!, ids }] } : np;
}

/** "the deployment a and the service a": the second is a service, though a service may also be called by its workload. */
export function isOfOtherKind({ kinds, names }: Np, kind: string, scene: Scene): boolean {
  const [own] = kinds ?? [];
  if (own === undefined || own === kind || names.length === 0) return false;
  return names.every((name) => name.ids.some((id) => scene.inventory.get(id)?.kind === own));
}
