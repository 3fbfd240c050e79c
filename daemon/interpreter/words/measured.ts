// Whether a sentence asks for figures, logs or deeds: then a bare number in it may be hours. Called while cells are made,
// before anything else is known of the sentence.

import type { Lexicon } from './lexicon.ts';
import type { Work } from './spelling.ts';

/** What a word of its own says of a sentence. */
interface Leaning {
  /** For figures or logs. */
  readonly asks: boolean;
  /** It is a verb and nothing else. */
  readonly isVerb: boolean;
}

const leanings = new WeakMap<Lexicon, Map<string, Leaning>>();

/** Kept for the words that are known, as each sentence asks for all of its own. */
function leaningOf(low: string, lexicon: Lexicon): Leaning | undefined {
  const known = leanings.get(lexicon) ?? new Map<string, Leaning>();
  leanings.set(lexicon, known);
  const found = known.get(low);
  if (found) return found;
  const senses = lexicon.starting(low).flatMap((entry) => (entry.words.length === 1 ? entry.senses : []));
  if (senses.length === 0) return undefined;
  const leaning: Leaning = {
    asks: senses.some(
      (sense) => sense.t === 'metric' || (sense.t === 'word' && /^(logCue|changed)$/.test(sense.word)),
    ),
    isVerb: senses.every((sense) => sense.t === 'verb'),
  };
  known.set(low, leaning);
  return leaning;
}

const deeds: ReadonlySet<string> = new Set(['did', 'done', 'happened', 'changed', 'who']);

/** It asks for figures or logs, and no word of it is a verb alone. */
export function isMeasured(work: readonly Work[], lexicon: Lexicon): boolean {
  let asks = false;
  for (const token of work) {
    if (token.quoted) continue;
    const leaning = leaningOf(token.low, lexicon);
    if (leaning?.isVerb) return false;
    asks ||= leaning?.asks === true || deeds.has(token.low);
  }
  return asks;
}
