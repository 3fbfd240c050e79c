// Derives the watched signals of one series from its rows: the value itself, its running mean, its dispersion, its
// slope, and what is left after the time of day is taken away. Each needs a few words of memory in the arrays of a bank.
// It judges nothing; the season is passed on only while it has proved, row by row before use, that it explains enough.
// Called by `seriesBank.ts`.

import { knobs, streams } from './knobs.ts';

const meanAt = 0;
const meanRowsAt = 1;
const quickMeanAt = 2;
const quickVarianceAt = 3;
const ringAt = 4;
const missAt = ringAt + knobs.slopeRows;
const totalAt = missAt + 1;
const slowMeanAt = totalAt + 1;
const seasonRowsAt = slowMeanAt + 1;
const slotsAt = seasonRowsAt + 1;

/** 32-bit words the signals of one series take. */
export const signalWords = slotsAt + knobs.seasonSlots;

const dayMs = 86_400_000;
/** Pace of the two errors that are compared to tell whether the season helps. */
const skillPace = 1 / 500;
/** A running mean has forgotten its beginning after so many times its length. */
const settled = 3;

/** Starts a new memory: no slot of the day is known. */
export function clearSignals(words: Float32Array, at: number): void {
  words.fill(0, at, at + slotsAt);
  words.fill(Number.NaN, at + slotsAt, at + signalWords);
}

/** Forgets what only makes sense without a gap; the season stays. */
export function breakSignals(words: Float32Array, at: number): void {
  words.fill(0, at, at + missAt);
}

/** Writes the value of each signal into `out`, in the order of `streams`; NaN where a signal has nothing to say yet. */
export function deriveSignals(
  words: Float32Array,
  at: number,
  timeMs: number,
  value: number,
  out: Float64Array,
): void {
  const row = words[at + meanRowsAt]!;
  out[0] = value;
  out[1] = trend(words, at, row, value);
  out[2] = dispersion(words, at, row, value);
  out[3] = slope(words, at, row, value);
  out[4] = season(words, at, timeMs, value);
  words[at + meanRowsAt] = Math.min(row + 1, 1_000_000);
}

function trend(words: Float32Array, at: number, row: number, value: number): number {
  const before = row === 0 ? value : words[at + meanAt]!;
  const mean = before + Math.max(1 / knobs.trendRows, 1 / (row + 1)) * (value - before);
  words[at + meanAt] = mean;
  return row >= settled * knobs.trendRows ? mean : Number.NaN;
}

function dispersion(words: Float32Array, at: number, row: number, value: number): number {
  const pace = Math.max(1 / knobs.dispersionRows, 1 / (row + 1));
  const off = row === 0 ? 0 : value - words[at + quickMeanAt]!;
  words[at + quickMeanAt] = row === 0 ? value : words[at + quickMeanAt]! + pace * off;
  const variance = words[at + quickVarianceAt]! * (1 - pace) + pace * off * off * (1 - pace);
  words[at + quickVarianceAt] = variance;
  return row >= settled * knobs.dispersionRows ? Math.sqrt(variance) : Number.NaN;
}

function slope(words: Float32Array, at: number, row: number, value: number): number {
  const slot = at + ringAt + (row % knobs.slopeRows);
  const before = words[slot]!;
  words[slot] = value;
  return row >= knobs.slopeRows ? value - before : Number.NaN;
}

function season(words: Float32Array, at: number, timeMs: number, value: number): number {
  const ofDay = ((timeMs % dayMs) + dayMs) % dayMs;
  const slot = at + slotsAt + Math.floor((ofDay / dayMs) * knobs.seasonSlots);
  const usual = words[slot]!;
  const rows = words[at + seasonRowsAt]! + 1;
  words[at + seasonRowsAt] = Math.min(rows, 1_000_000);
  const pace = Math.max(skillPace, 1 / rows);
  const off = value - words[at + slowMeanAt]!;
  words[at + slowMeanAt] = rows === 1 ? value : words[at + slowMeanAt]! + pace * off;
  if (Number.isNaN(usual)) {
    words[slot] = value;
    return Number.NaN;
  }
  const miss = value - usual;
  words[slot] = usual + knobs.seasonPace * miss;
  words[at + missAt] = words[at + missAt]! + pace * (miss * miss - words[at + missAt]!);
  words[at + totalAt] = words[at + totalAt]! + pace * (off * off - words[at + totalAt]!);
  return words[at + missAt]! < (1 - knobs.seasonSkill) * words[at + totalAt]! ? miss : Number.NaN;
}

/** Signals and streams are the same list; this fails to compile when one side grows alone. */
export const signalCount: 5 = streams.length;
