// "both bastion instances": several are meant, and the name of one of them says what all are called by. Called where a noun
// phrase of a name is resolved.

import type { NameRef, Np } from '../phrases/clause.ts';
import { senseOf } from '../words/cells.ts';

/** The set that is meant by one thing's name before a plural of its kind; undefined where only that thing is meant. */
export function calledAlike(
  np: Np,
  names: readonly NameRef[],
  ofKind: (id: string) => boolean,
): Np | undefined {
  const [name, ...others] = names;
  const isSeveral = np.quant === 'both' || (np.count ?? 0) > 1;
  if (!name || others.length > 0 || !np.plural || !np.kinds || !isSeveral) return undefined;
  const part = senseOf(name.cell, 'part');
  if (!part || name.ids.filter(ofKind).length !== 1) return undefined;
  const mod = { cell: name.cell, kind: 'word', word: part.word, not: false, post: false } as const;
  return { ...np, names: [], mods: [...np.mods, mod] };
}
