// One watched signal of one series: how far its new value lies from all it has shown, in its own standard deviations,
// and how surprising that is. Holds the layout of a signal's block inside the arrays of a bank; it must never look at
// another series and never at a later row. Called by `seriesBank.ts` for each signal of each row.

import { forgetOld, gapAges, gapWords, visitGap } from './gapMemory.ts';
import { knobs } from './knobs.ts';
import { surpriseOf, tailBin, tailCounts } from './tail.ts';

const rowsAt = 0;
const eventsAt = 1;
const meanAt = 2;
const varianceAt = 3;
const gapAt = 4;

/** Words of one block in the 32-bit and in the 16-bit array. */
export const streamWords = gapAt + gapWords;
export const streamCounts = tailCounts + gapAges;

/** The arrays of a bank that signals live in. */
export interface StreamArrays {
  readonly words: Float32Array;
  readonly counts: Uint16Array;
}

/** Takes the next value of a signal and tells its surprise in decimal orders of magnitude (0 to `knobs.surpriseMax`). */
export function takeValue(
  words: Float32Array,
  counts: Uint16Array,
  at: number,
  countsAt: number,
  value: number,
  epoch: number,
): number {
  const rows = words[at + rowsAt]! + 1;
  const pace = rows < knobs.scaleRows ? 1 / rows : 1 / knobs.scaleRows;
  const off = value - words[at + meanAt]!;
  words[at + meanAt] = words[at + meanAt]! + pace * off;
  const variance = words[at + varianceAt]! + pace * (off * off * (1 - pace) - words[at + varianceAt]!);
  words[at + varianceAt] = variance;
  const distance = visitGap(words, at + gapAt, counts, countsAt + tailCounts, value, epoch);
  words[at + rowsAt] = rows;
  if (distance === 0 || !(variance > 0)) return 0;
  const novelty = distance / Math.sqrt(variance);
  const bin = tailBin(novelty);
  if (bin === 0) return 0;
  const events = words[at + eventsAt]!;
  const surprise = rows > knobs.warmUpRows ? surpriseOf(counts, countsAt, novelty, bin, rows - 1, events) : 0;
  counts[countsAt + bin]!++;
  words[at + eventsAt] = events + 1;
  return surprise;
}

/** Once an epoch: forgets what was not seen for long, and halves the weight of the past when it has grown too heavy. */
export function ageStream(
  { words, counts }: StreamArrays,
  at: number,
  countsAt: number,
  epoch: number,
): void {
  forgetOld(words, at + gapAt, counts, countsAt + tailCounts, epoch, knobs.memoryEpochs);
  if (words[at + rowsAt]! < knobs.tailMemoryRows) return;
  let events = 0;
  for (let i = countsAt; i < countsAt + tailCounts; i++) {
    counts[i] = counts[i]! >> 1;
    events += counts[i]!;
  }
  words[at + rowsAt] = words[at + rowsAt]! / 2;
  words[at + eventsAt] = events;
}
