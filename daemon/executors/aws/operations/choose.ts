// Finds the one record that an argument names, by id or by name. Never takes one of two: what is not clear becomes
// a note that lists what there is, and a person chooses.

import type { PreviewNote } from '../../../../shared/model/plan.ts';
import { blocker } from '../../kit/preview.ts';
import { awsIdOf } from '../mapping/place.ts';

export type Choice<T> =
  | { readonly kind: 'one'; readonly value: T; readonly notes: readonly PreviewNote[] }
  | { readonly kind: 'none'; readonly note: PreviewNote };

/** A record with its id and its name for choosing. */
export interface Option<T> {
  readonly id: string;
  readonly name: string | undefined;
  readonly value: T;
}

/** At most so many names are listed in a note. */
const listedMax = 12;

export const one = <T>(value: T, ...notes: readonly PreviewNote[]): Choice<T> => ({
  kind: 'one',
  value,
  notes,
});
export const none = <T>(note: PreviewNote): Choice<T> => ({ kind: 'none', note });

export function notesOf<T>(choice: Choice<T> | undefined): readonly PreviewNote[] {
  if (!choice) return [];
  return choice.kind === 'one' ? choice.notes : [choice.note];
}

export function chosenOf<T>(choice: Choice<T> | undefined): T | undefined {
  return choice?.kind === 'one' ? choice.value : undefined;
}

/** `ref` is a resource id, AWS's own id, or a name (upper and lower case alike where only one fits). */
export function choose<T>(what: string, ref: string, options: readonly Option<T>[]): Choice<T> {
  const id = awsIdOf(ref);
  const byId = options.find((option) => option.id === id);
  if (byId) return one(byId.value);
  const exact = options.filter((option) => option.name === ref);
  const named =
    exact.length > 0 ? exact : options.filter((option) => option.name?.toLowerCase() === ref.toLowerCase());
  if (named.length === 1) return one(named[0]!.value);
  if (named.length > 1)
    return none(
      blocker(
        `There are ${named.length} ${what}s named ${ref}.`,
        `Say which by id: ${named.map((option) => option.id).join(', ')}.`,
      ),
    );
  return none(blocker(`There is no ${what} named ${ref}.`, `Say one of: ${listNames(options)}.`));
}

/** Names for a note, in order, shortened. */
export function listNames(options: readonly Option<unknown>[]): string {
  const names = [...new Set(options.map((option) => option.name || option.id))].sort();
  if (names.length === 0) return '(there is none)';
  const more = names.length - listedMax;
  return names.slice(0, listedMax).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
