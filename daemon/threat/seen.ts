// What was seen before and how surprising it is to see something new. The chance that the next one is new is estimated
// from what was seen exactly once (Good 1953, "The population frequencies of species", as Turing proposed it): where
// new names come every day, one more surprises nobody. Bounded: what was not seen for longest is forgotten first.

import { limits } from '../config.ts';

export interface Seen {
  /** Windows in which each was seen, oldest sight first. */
  readonly counts: Map<string, number>;
  /** Sights in all, and things seen exactly once. */
  sights: number;
  once: number;
}

export function newSeen(): Seen {
  return { counts: new Map(), sights: 0, once: 0 };
}

export function see(seen: Seen, what: string): void {
  const before = seen.counts.get(what) ?? 0;
  seen.counts.delete(what);
  seen.counts.set(what, before + 1);
  seen.sights++;
  if (before === 0) seen.once++;
  if (before === 1) seen.once--;
  if (seen.counts.size <= limits.threatSeenMax) return;
  const [oldest, count] = seen.counts.entries().next().value!;
  seen.counts.delete(oldest);
  seen.sights -= count;
  if (count === 1) seen.once--;
}

/** Decimal orders of magnitude by which it surprises that `what` comes next; 0 where it was seen before. */
export function noveltyOf(seen: Seen, what: string): number {
  return seen.counts.has(what) ? 0 : Math.log10((seen.sights + 2) / (seen.once + 1));
}

export function seenToJson({ counts, sights, once }: Seen): unknown {
  return { counts: [...counts], sights, once };
}

export function seenFromJson(json: unknown): Seen {
  const { counts, sights, once } = json as { counts: [string, number][]; sights: number; once: number };
  return { counts: new Map(counts), sights, once };
}
