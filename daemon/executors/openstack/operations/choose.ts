// Finds the one record that an argument names, by id or by name. Never takes one of two: what is not clear becomes
// a note that lists what there is, and a person chooses.

import type { PreviewNote } from '../../../../shared/model/plan.ts';
import { blocker } from '../../kit/preview.ts';
import { cloudIdOf } from '../mapping/place.ts';

export type Choice<T> =
  | { readonly kind: 'one'; readonly value: T }
  | { readonly kind: 'none'; readonly note: PreviewNote };

interface Named {
  readonly id: string;
  readonly name?: string | null;
}

/** At most so many names are listed in a note. */
const listedMax = 12;

/** `ref` is a resource id, a cloud id, or a name (upper and lower case alike where only one fits). */
export function choose<T extends Named>(what: string, ref: string, records: readonly T[]): Choice<T> {
  const id = cloudIdOf(ref);
  const byId = records.find((record) => record.id === id);
  if (byId) return { kind: 'one', value: byId };
  const exact = records.filter((record) => record.name === ref);
  const named =
    exact.length > 0 ? exact : records.filter((record) => record.name?.toLowerCase() === ref.toLowerCase());
  if (named.length === 1) return { kind: 'one', value: named[0]! };
  if (named.length > 1)
    return {
      kind: 'none',
      note: blocker(
        `There are ${named.length} ${what}s named ${ref}.`,
        `Say which by id: ${named.map((record) => record.id).join(', ')}.`,
      ),
    };
  return {
    kind: 'none',
    note: blocker(`There is no ${what} named ${ref}.`, `Say one of: ${listNames(records)}.`),
  };
}

/** Names for a note, in order, shortened. */
export function listNames(records: readonly Named[]): string {
  const names = [...new Set(records.map((record) => record.name || record.id))].sort();
  if (names.length === 0) return '(there is none)';
  const more = names.length - listedMax;
  return names.slice(0, listedMax).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
