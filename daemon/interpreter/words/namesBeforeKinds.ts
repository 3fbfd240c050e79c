// "all staging web machines": where something in a namespace is called "staging web", the words are still the place and
// the sort of machines, as no machine is called so. A name of an environment and a word, in so many words, gives way before
// a plural of other things. Called where cells are made.

import type { Lexicon } from './lexicon.ts';
import type { Work } from './spelling.ts';
import type { Found } from './values.ts';

/** The name at a place of the text; a shorter one where the longer would be of other things than the noun behind it. */
export function nameBeforeKind(
  nameIn: (work: readonly Work[]) => Found | undefined,
  work: readonly Work[],
  at: number,
  lexicon: Lexicon,
): Found | undefined {
  const found = nameIn(work);
  if (!found || found.length < 2) return found;
  const sensesOf = (low: string | undefined) =>
    low === undefined
      ? []
      : lexicon.starting(low).flatMap(({ words, senses }) => (words.length === 1 ? senses : []));
  const noun = work[at + found.length];
  if (!noun || noun.quoted || !sensesOf(work[at]!.low).some(({ t }) => t === 'env')) return found;
  const kinds = sensesOf(noun.low).flatMap((sense) =>
    sense.t === 'kind' && sense.plural ? sense.kinds : [],
  );
  const ids = found.senses.flatMap((sense) => (sense.t === 'name' ? sense.ids : []));
  const isOther = kinds.length > 0 && !ids.some((id) => kinds.some((kind) => id.includes(`:${kind}/`)));
  return isOther ? nameIn(work.slice(0, at + 1)) : found;
}
