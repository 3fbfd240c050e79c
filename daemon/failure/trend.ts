// What a stretch of one series does: its line, its middle, how much of it lies above a level, what is missing. Pure.

import type { SeriesRange } from '../../shared/model/series.ts';

const hourMs = 3_600_000;

export interface Line {
  /** Units an hour. */
  readonly slope: number;
  /** Share of the movement that the line explains, 0 to 1. */
  readonly fit: number;
  /** Where the line is at its end. */
  readonly end: number;
  readonly rows: number;
}

/** Rows of a range from a moment on. */
export function since(range: SeriesRange, fromMs: number): Pick<SeriesRange, 'times' | 'means'> {
  const first = range.times.findIndex((time) => time >= fromMs);
  return first < 0
    ? { times: [], means: [] }
    : { times: range.times.slice(first), means: range.means.slice(first) };
}

/** The straight line through the rows by least squares; undefined where there are fewer than six. */
export function lineOf({ times, means }: Pick<SeriesRange, 'times' | 'means'>): Line | undefined {
  const rows = times.length;
  if (rows < 6) return undefined;
  const middleTime = averageOf(times);
  const middle = averageOf(means);
  let [along, square, total] = [0, 0, 0];
  for (let i = 0; i < rows; i++) {
    const off = (times[i]! - middleTime) / hourMs;
    along += off * (means[i]! - middle);
    square += off ** 2;
    total += (means[i]! - middle) ** 2;
  }
  if (square === 0) return undefined;
  const slope = along / square;
  return {
    slope,
    fit: total > 0 ? (slope * along) / total : 0,
    end: middle + (slope * (times.at(-1)! - middleTime)) / hourMs,
    rows,
  };
}

/** The middle value; NaN of nothing. */
export function medianOf(values: readonly number[]): number {
  if (values.length === 0) return Number.NaN;
  const ordered = [...values].sort((a, b) => a - b);
  return ordered[ordered.length >> 1]!;
}

export function deviationOf(values: readonly number[]): number {
  if (values.length < 2) return Number.NaN;
  const middle = averageOf(values);
  return Math.sqrt(averageOf(values.map((value) => (value - middle) ** 2)));
}

export function averageOf(values: readonly number[]): number {
  return values.length === 0 ? Number.NaN : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Share of the time between first and last row that lies in gaps, 0 to 1. */
export function gapsOf({ times, gapMs }: Pick<SeriesRange, 'times' | 'gapMs'>, toMs: number): number {
  if (times.length < 2) return Number.NaN;
  let missing = 0;
  const ends = [...times.slice(1), toMs];
  ends.forEach((time, i) => {
    const apart = time - times[i]!;
    if (apart > gapMs) missing += apart;
  });
  return missing / Math.max(1, toMs - times[0]!);
}
