// The plain methods of forecasting: the last value, the last season, a straight line, and a level with a fading trend.
// They need few rows and are hard to beat on short or odd histories.

import type { Method } from './method.ts';

/** The last value goes on. */
export const naive: Method = {
  name: 'naive',
  rowsMin: () => 1,
  foresee: (history, { horizon }) => new Float64Array(horizon).fill(history.at(-1)!),
};

/** The last season comes again. */
export const seasonalNaive: Method = {
  name: 'seasonal-naive',
  rowsMin: ({ season }) => (season > 1 ? season : Number.POSITIVE_INFINITY),
  foresee: (history, { horizon, season }) =>
    Float64Array.from({ length: horizon }, (_, step) => history[history.length - season + (step % season)]!),
};

/** A straight line through the newer half, by least squares, from where the line stands now. */
export const line: Method = {
  name: 'line',
  rowsMin: () => 8,
  foresee(history, { horizon }) {
    const from = history.length >> 1;
    const count = history.length - from;
    const middle = (count - 1) / 2;
    let mean = 0;
    let along = 0;
    for (let i = 0; i < count; i++) mean += history[from + i]! / count;
    for (let i = 0; i < count; i++) along += (i - middle) * (history[from + i]! - mean);
    const slope = along / ((count * (count * count - 1)) / 12);
    return Float64Array.from({ length: horizon }, (_, step) => mean + slope * (count + step - middle));
  },
};

const dampingGrid = { level: [0.1, 0.3, 0.6, 0.9], trend: [0.05, 0.2], fade: [0.9, 0.98] } as const;

/** A level with a trend that fades (Gardner & McKenzie 1985), its paces chosen by the error one step ahead. */
export const dampedTrend: Method = {
  name: 'damped-trend',
  rowsMin: () => 8,
  foresee(history, { horizon }) {
    let best = { error: Number.POSITIVE_INFINITY, level: 0, trend: 0, fade: 0 };
    for (const pace of dampingGrid.level)
      for (const trendPace of dampingGrid.trend)
        for (const fade of dampingGrid.fade) {
          const fit = fitDamped(history, pace, trendPace, fade);
          if (fit.error < best.error) best = fit;
        }
    let reach = 0;
    return Float64Array.from({ length: horizon }, (_, step) => {
      reach += best.fade ** (step + 1);
      return best.level + reach * best.trend;
    });
  },
};

function fitDamped(history: Float64Array, pace: number, trendPace: number, fade: number) {
  let level = history[0]!;
  let trend = 0;
  let error = 0;
  for (let i = 1; i < history.length; i++) {
    const expected = level + fade * trend;
    const miss = history[i]! - expected;
    error += Math.abs(miss);
    level = expected + pace * miss;
    trend = fade * trend + pace * trendPace * miss;
  }
  return { error, level, trend, fade };
}
