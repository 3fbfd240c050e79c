// On which side of a point or a span something lies: "prior to november", "from way before monday", "october and earlier",
// "november onwards". Words keep their places; what is folded into a neighbour becomes `filled`. Called by `times.ts`.

import { filled } from './clockWords.ts';
import type { TimePhrase } from './times.ts';

const dayMs = 86_400_000;

/** The words with one word for the side, in front of the point it is about. */
export function withSides(words: readonly string[]): readonly string[] {
  const [first = '', second = '', third = ''] = words;
  if (first === 'prior' && second === 'to') return ['before', filled, ...words.slice(2)];
  if (/^(earlier|later)$/.test(first) && second === 'than')
    return [first === 'earlier' ? 'before' : 'after', filled, ...words.slice(2)];
  if (first !== 'from') return words;
  const isFar = /^(way|long|well|sometime|anytime|shortly|right|just)$/.test(second);
  if (isFar && /^(before|after|prior)$/.test(third)) return ['from', filled, ...withSides(words.slice(2))];
  return /^(prior|earlier|later)$/.test(second) ? ['from', ...withSides(words.slice(1))] : words;
}

/** "october and earlier", "last month and before", "november onwards": all that is on one side of a day or more. */
export function withOpenEnd(found: TimePhrase, words: readonly string[], nowMs: number): TimePhrase {
  const { day, side, fromMs, toMs } = found.range;
  if (!day || fromMs === undefined || (side !== undefined && side !== 'at')) return found;
  const isJoined = /^(and|or)$/.test(words[found.length] ?? '');
  const at = isJoined ? found.length + 1 : found.length;
  const said = words[at] ?? '';
  // "from october and before you go …" goes on.
  if (!/^([.,;:!?)]|please|pls|thanks|except|but|-|–)?$/.test(words[at + 1] ?? '')) return found;
  if (isJoined && /^(before|earlier|older|prior)$/.test(said)) {
    const end = toMs ?? Math.min(nowMs, fromMs + dayMs);
    return { range: { toMs: end, side: 'before', day }, length: at + 1 };
  }
  const later = isJoined ? /^(later|newer|after|onwards?|since)$/ : /^onwards?$/;
  return later.test(said) ? { range: { fromMs, side: 'since', day }, length: at + 1 } : found;
}
