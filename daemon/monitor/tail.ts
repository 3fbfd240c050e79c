// Turns a novelty into how surprising it is: minus the decimal logarithm of the chance that this signal shows one so
// large. The chance is the mean (in logarithms) of two: among all rows, and among rows with any novelty at all, so that
// a signal which is rarely new does not raise an alarm at everything new. Past novelties are kept as a histogram of
// octaves; beyond its bulk a Pareto tail is fitted (Hill's estimator, 1975, with a prior). Causal: the novelty asked
// about is counted only afterwards. Called by `streamNovelty.ts` only.

import { knobs } from './knobs.ts';

const { bins, binsPerOctave, lowestOctave, eventWeight } = knobs;

/** 16-bit words one histogram takes. */
export const tailCounts = bins;

/** Bin of a novelty; 0 means none worth counting. */
export function tailBin(novelty: number): number {
  if (!(novelty > 0)) return 0;
  const bin = Math.floor((Math.log2(novelty) - lowestOctave) * binsPerOctave);
  return bin < 0 ? 0 : bin >= bins ? bins - 1 : bin;
}

/**
 * Surprise of a novelty in bin `bin` (> 0), in decimal orders of magnitude, given `rows` rows of which `events` had a
 * novelty, counted in the histogram that starts at `at`.
 */
export function surpriseOf(
  counts: Uint16Array,
  at: number,
  novelty: number,
  bin: number,
  rows: number,
  events: number,
): number {
  const wanted = Math.min(knobs.tailRows * rows, knobs.tailEvents * events);
  let edge = bins - 1;
  let beyond = counts[at + edge]!;
  while (edge > 1 && beyond <= wanted) beyond += counts[at + --edge]!;
  const threshold = 2 ** (edge / binsPerOctave + lowestOctave);
  const count =
    novelty > threshold
      ? (beyond + 1) * (novelty / threshold) ** -exponent(counts, at, edge, beyond)
      : countAbove(counts, at, bin) + 1;
  const amongRows = Math.min(1, count / (rows + 1));
  const amongEvents = Math.min(1, count / (events + 1));
  const surprise = -(1 - eventWeight) * Math.log10(amongRows) - eventWeight * Math.log10(amongEvents);
  return Math.min(knobs.surpriseMax, surprise);
}

function exponent(counts: Uint16Array, at: number, edge: number, beyond: number): number {
  let excess = 0;
  for (let i = edge; i < bins; i++) excess += (counts[at + i]! * Math.LN2 * (i - edge + 0.5)) / binsPerOctave;
  return (beyond + knobs.tailPrior) / (excess + knobs.tailPrior / knobs.tailExponent);
}

function countAbove(counts: Uint16Array, at: number, bin: number): number {
  let above = counts[at + bin]! / 2;
  for (let i = bin + 1; i < bins; i++) above += counts[at + i]!;
  return above;
}
