// Exponential smoothing with one season (Holt & Winters) or two (Taylor 2003), both with a first-order correction of the
// error. The paces are chosen on a small grid by the error one step ahead over the newer half of the history.

import type { Ask, Method } from './method.ts';

interface Paces {
  readonly level: number;
  readonly season: number;
  readonly long: number;
  readonly error: number;
}

interface Fit {
  readonly error: number;
  readonly values: Float64Array;
}

const oneSeasonGrid = gridOf([0.02, 0.1, 0.3, 0.6], [0.05, 0.2, 0.5], [0], [0, 0.5, 0.9]);
const twoSeasonsGrid = gridOf([0.005, 0.03, 0.1], [0.02, 0.1, 0.25], [0.05, 0.2, 0.4], [0.3, 0.7, 0.9]);

/** Seasons of a short kind in one long one: days of a week. */
const longSeasons = 7;

/** A level and one season. */
export const holtWinters: Method = {
  name: 'holt-winters',
  rowsMin: ({ season }) => (season > 1 ? 2 * season + 2 : Number.POSITIVE_INFINITY),
  foresee: (history, ask) => bestOf(oneSeasonGrid, (paces) => smooth(history, ask, 0, paces)),
};

/** A level and two seasons, one of them seven times the other. */
export const twoSeasons: Method = {
  name: 'two-seasons',
  rowsMin: ({ season }) => (season > 1 ? 2 * longSeasons * season : Number.POSITIVE_INFINITY),
  foresee: (history, ask) =>
    bestOf(twoSeasonsGrid, (paces) => smooth(history, ask, longSeasons * ask.season, paces)),
};

function bestOf(grid: readonly Paces[], measure: (paces: Paces) => Fit): Float64Array {
  let best: Fit | undefined;
  for (const paces of grid) {
    const next = measure(paces);
    if (!best || next.error < best.error) best = next;
  }
  return best!.values;
}

/** Runs through the history once and goes on; `long` is the length of the second season, 0 for none. */
function smooth(history: Float64Array, { horizon, season }: Ask, long: number, paces: Paces): Fit {
  const rows = history.length;
  const usual = startOf(history, season, long);
  const { short, longer } = usual;
  let level = usual.level;
  let before = 0;
  let error = 0;
  for (let i = 0; i < rows; i++) {
    const off = history[i]! - level - short[i % season]! - (long > 0 ? longer[i % long]! : 0);
    const miss = off - paces.error * before;
    before = off;
    if (2 * i >= rows) error += Math.abs(miss);
    level += paces.level * miss;
    short[i % season]! += paces.season * miss;
    if (long > 0) longer[i % long]! += paces.long * miss;
  }
  const values = Float64Array.from({ length: horizon }, (_, step) => {
    before *= paces.error;
    const at = rows + step;
    return level + short[at % season]! + (long > 0 ? longer[at % long]! : 0) + before;
  });
  return { error, values };
}

function startOf(history: Float64Array, season: number, long: number) {
  const rows = Math.min(history.length, 2 * Math.max(season, long));
  let level = 0;
  for (let i = 0; i < rows; i++) level += history[i]! / rows;
  const short = meansBy(rows, season, (i) => history[i]! - level);
  const longer = long > 0 ? meansBy(rows, long, (i) => history[i]! - level - short[i % season]!) : short;
  return { level, short, longer };
}

function meansBy(rows: number, period: number, value: (row: number) => number): Float64Array {
  const sums = new Float64Array(period);
  const counts = new Float64Array(period);
  for (let i = 0; i < rows; i++) {
    sums[i % period]! += value(i);
    counts[i % period]!++;
  }
  return sums.map((sum, i) => sum / Math.max(1, counts[i]!));
}

function gridOf(
  levels: readonly number[],
  seasons: readonly number[],
  longs: readonly number[],
  errors: readonly number[],
): readonly Paces[] {
  return levels.flatMap((level) =>
    seasons.flatMap((season) =>
      longs.flatMap((long) => errors.map((error) => ({ level, season, long, error }))),
    ),
  );
}
