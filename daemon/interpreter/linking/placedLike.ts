// The place that is said once before several names: "restart staging web, checkout and cart". Called while a noun phrase
// is linked, for all but what is destroyed: there, which one is meant has to be said.

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
