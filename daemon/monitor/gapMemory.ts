// Remembers which values a signal has shown, in a fixed handful of intervals that together cover all of them.
// When a value needs one interval too many, the two nearest are joined: so the widest gaps stay exact, and the
// distance of a new value to anything seen before is known without keeping the past. Works on slices of the
// arrays of a bank, allocates nothing, and never learns a name or a length. Called by `streamNovelty.ts` only.

import { knobs } from './knobs.ts';

const width = knobs.intervals;

/** 32-bit words: low ends, high ends (one spare each while joining), how many are in use, and which was hit last. */
export const gapWords = 2 * (width + 1) + 2;
/** 16-bit words one memory takes: the epoch in which each interval was last visited. */
export const gapAges = width + 1;

/**
 * Distance from `value` to the nearest value remembered (0 when inside an interval or when nothing is remembered yet),
 * after which the value is remembered too. `at` and `agesAt` are where the memory starts in its arrays.
 */
export function visitGap(
  words: Float32Array,
  at: number,
  ages: Uint16Array,
  agesAt: number,
  value: number,
  epoch: number,
): number {
  const highs = at + width + 1;
  const used = words[highs + width + 1]!;
  // Most values lie where the one before lay.
  const last = words[highs + width + 2]!;
  if (last < used && value >= words[at + last]! && value <= words[highs + last]!) {
    ages[agesAt + last] = epoch;
    return 0;
  }
  const after = firstAbove(words, at, used, value);
  if (after > 0 && value <= words[highs + after - 1]!) {
    ages[agesAt + after - 1] = epoch;
    words[highs + width + 2] = after - 1;
    return 0;
  }
  const below = after > 0 ? value - words[highs + after - 1]! : Number.POSITIVE_INFINITY;
  const above = after < used ? words[at + after]! - value : Number.POSITIVE_INFINITY;
  for (let i = used; i > after; i--) moveInterval(words, at, ages, agesAt, i - 1, i);
  words[at + after] = value;
  words[highs + after] = value;
  ages[agesAt + after] = epoch;
  words[highs + width + 1] = used + 1;
  if (used + 1 > width) joinNearest(words, at, ages, agesAt);
  return used === 0 ? 0 : Math.min(below, above);
}

/** Forgets intervals that were not visited for `epochs` epochs, so that what was usual long ago is new again. */
export function forgetOld(
  words: Float32Array,
  at: number,
  ages: Uint16Array,
  agesAt: number,
  epoch: number,
  epochs: number,
): void {
  const count = at + 2 * (width + 1);
  let kept = 0;
  for (let i = 0; i < words[count]!; i++) {
    if (((epoch - ages[agesAt + i]!) & 0xffff) > epochs) continue;
    if (kept !== i) moveInterval(words, at, ages, agesAt, i, kept);
    kept++;
  }
  words[count] = kept;
}

function firstAbove(words: Float32Array, at: number, used: number, value: number): number {
  let low = 0;
  let high = used;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (words[at + middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function moveInterval(
  words: Float32Array,
  at: number,
  ages: Uint16Array,
  agesAt: number,
  from: number,
  to: number,
): void {
  words[at + to] = words[at + from]!;
  words[at + width + 1 + to] = words[at + width + 1 + from]!;
  ages[agesAt + to] = ages[agesAt + from]!;
}

function joinNearest(words: Float32Array, at: number, ages: Uint16Array, agesAt: number): void {
  const highs = at + width + 1;
  let nearest = 0;
  let gap = Number.POSITIVE_INFINITY;
  for (let i = 0; i < width; i++) {
    const distance = words[at + i + 1]! - words[highs + i]!;
    if (distance < gap) {
      gap = distance;
      nearest = i;
    }
  }
  words[highs + nearest] = words[highs + nearest + 1]!;
  const younger = ages[agesAt + nearest + 1]!;
  if (((younger - ages[agesAt + nearest]!) & 0xffff) < 0x8000) ages[agesAt + nearest] = younger;
  for (let i = nearest + 1; i < width; i++) moveInterval(words, at, ages, agesAt, i + 1, i);
  words[highs + width + 1] = width;
}
