// Ridge regression of a value on earlier ones: the last season step by step and the same moment, with its neighbours,
// of up to seven seasons before. Foresees step by step on its own forecasts, kept within what the history has shown.
// A second form works on logarithms, where a season grows with its level.

import { solvePositive } from '../linear.ts';
import type { Ask, Method } from './method.ts';

const penalty = 0.5;
/** Longest run of neighbouring lags, lags around each earlier season, and how many seasons back. */
const nearLagsMax = 50;
const besideSeason = 2;
const seasonsBack = 7;
/** Rows beyond the longest lag that a fit needs at least, for each of its lags. */
const rowsPerLag = 1.5;
const lagsWithoutSeason = 12;

export const autoregression: Method = {
  name: 'autoregression',
  rowsMin: (ask) => rowsFor(lagsOf(Number.POSITIVE_INFINITY, ask.season).slice(0, lagsWithoutSeason)),
  foresee: (history, ask) => regress(history, ask),
};

export const logAutoregression: Method = {
  name: 'log-autoregression',
  rowsMin: autoregression.rowsMin,
  foresee(history, ask) {
    if (!history.every((value) => value > 0)) return regress(history, ask);
    return regress(history.map(Math.log), ask).map(Math.exp);
  },
};

/** The lags a history of so many rows can teach: all of them, or fewer seasons back. */
function lagsOf(rows: number, season: number): readonly number[] {
  const near = season > 1 ? Math.min(season + besideSeason, nearLagsMax) : lagsWithoutSeason;
  const lags = new Set(Array.from({ length: near }, (_, i) => i + 1));
  let fitting = [...lags];
  for (let back = 1; season > 1 && back <= seasonsBack; back++) {
    for (let beside = -besideSeason; beside <= besideSeason; beside++)
      if (back * season + beside > 0) lags.add(back * season + beside);
    if (rowsFor([...lags]) > rows) break;
    fitting = [...lags];
  }
  return fitting.sort((a, b) => a - b);
}

function rowsFor(lags: readonly number[]): number {
  return Math.max(...lags) + Math.ceil(rowsPerLag * lags.length);
}

function regress(history: Float64Array, { horizon, season }: Ask): Float64Array {
  const rows = history.length;
  const lags = lagsOf(rows, season);
  const mean = history.reduce((sum, value) => sum + value, 0) / rows;
  const spread = Math.sqrt(history.reduce((sum, value) => sum + (value - mean) ** 2, 0) / rows) || 1;
  const path = new Float64Array(rows + horizon);
  for (let i = 0; i < rows; i++) path[i] = (history[i]! - mean) / spread;
  const weights = learnWeights(path, rows, lags);
  const [low, high] = bounds(path, rows);
  for (let at = rows; at < rows + horizon; at++) {
    let value = weights[lags.length]!;
    for (let k = 0; k < lags.length; k++) value += weights[k]! * path[at - lags[k]!]!;
    path[at] = Math.min(high, Math.max(low, value));
  }
  return path.subarray(rows).map((value) => value * spread + mean);
}

/** One weight a lag, and the constant last. */
function learnWeights(path: Float64Array, rows: number, lags: readonly number[]): Float64Array {
  const size = lags.length + 1;
  const matrix = new Float64Array(size * size);
  const right = new Float64Array(size);
  const row = new Float64Array(size).fill(1);
  for (let at = lags.at(-1)!; at < rows; at++) {
    for (let k = 0; k < lags.length; k++) row[k] = path[at - lags[k]!]!;
    for (let i = 0; i < size; i++) {
      const value = row[i]!;
      right[i]! += value * path[at]!;
      for (let j = 0; j <= i; j++) matrix[i * size + j]! += value * row[j]!;
    }
  }
  for (let i = 0; i < size; i++) matrix[i * size + i]! += i < lags.length ? penalty : 1e-6;
  return solvePositive(matrix, right, size);
}

/** What a forecast may reach: the range of the history and half of it beyond each end. */
function bounds(path: Float64Array, rows: number): readonly [number, number] {
  let low = path[0]!;
  let high = path[0]!;
  for (let i = 1; i < rows; i++) {
    if (path[i]! < low) low = path[i]!;
    if (path[i]! > high) high = path[i]!;
  }
  const half = (high - low) / 2;
  return [low - half, high + half];
}
