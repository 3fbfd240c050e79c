// A forecast of one history: every method that has enough rows is tried on the history's own past (the last stretches
// are hidden and foreseen), the better ones are averaged by how well they did, and the errors of that average give the
// intervals. Nothing is learned from other series and nothing of the future is seen. Pure; called by the monitor for
// capacity and by the batch command.

import type { Ask, Method } from './method.ts';
import { methods } from './methods.ts';

/** Numbers that shape a forecast; shared by all histories. */
export const forecastKnobs = {
  /** Stretches of the past that are foreseen to compare methods, each one horizon long and half a horizon apart. */
  tests: 3,
  /** Methods whose error is over so many times the best are not heard. */
  errorRatioMax: 1.6,
  /** Weight of a method is its error to minus this power. */
  power: 2,
  /** The past was known when methods were weighed, and holds few far misses: both intervals are widened so much. */
  widening: [1.2, 1.45],
  /** Assumed growth of the error with the square root of the distance where too little past can tell. */
  untestedGrowth: 1,
} as const;

/** Shares of outcomes the two intervals hold. */
const shares = [0.8, 0.95] as const;
/** Quantiles of the absolute normal, used where no back-test is possible. */
const normalQuantiles = [1.2816, 1.96] as const;

export interface Band {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

export interface Forecast {
  readonly mean: Float64Array;
  readonly band80: Band;
  readonly band95: Band;
  /** Who was heard, with weights that sum to 1 and the mean absolute error in the back-test. */
  readonly parts: readonly { readonly method: string; readonly weight: number; readonly error: number }[];
}

interface Trial {
  readonly method: Method;
  /** Errors by test, then by step: foreseen minus happened. */
  readonly errors: readonly Float64Array[];
  readonly error: number;
}

/** Foresees `ask.horizon` steps after a history without gaps or NaN. Throws RangeError on an empty history. */
export function forecast(history: Float64Array, ask: Ask): Forecast {
  if (history.length === 0) throw new RangeError('A forecast needs at least one value.');
  const trials = tryMethods(history, ask);
  const heard = choose(trials);
  const total = heard.reduce((sum, { error }) => sum + weightOf(error), 0);
  const parts = heard.map(({ method, error }) => ({
    method: method.name,
    weight: weightOf(error) / total,
    error,
  }));
  const isPositive = history.every((value) => value >= 0);
  const foreseen = average(
    heard.map(({ method }) => method.foresee(history, ask)),
    parts,
  );
  const mean = isPositive ? foreseen.map((value) => Math.max(0, value)) : foreseen;
  const tests = heard[0]!.errors.length;
  const past = Array.from({ length: tests }, (_, test) =>
    average(
      heard.map(({ errors }) => errors[test]!),
      parts,
    ),
  );
  const half = tests === 0 ? untested(history, ask) : tested(past, ask.horizon);
  return {
    mean,
    band80: bandOf(mean, half[0]!, isPositive),
    band95: bandOf(mean, half[1]!, isPositive),
    parts,
  };
}

function tryMethods(history: Float64Array, ask: Ask): readonly Trial[] {
  const cuts = cutsOf(history.length, ask);
  const shortest = cuts.at(-1) ?? history.length;
  const usable = methods.filter((method) => method.rowsMin(ask) <= shortest);
  return usable.map((method) => {
    const errors = cuts.map((cut) => {
      const foreseen = method.foresee(history.subarray(0, cut), ask);
      return foreseen.map((value, step) => value - history[cut + step]!);
    });
    return { method, errors, error: meanAbsolute(errors) };
  });
}

/** Where the history is cut for the tests, newest first; none when too little would be left to learn from. */
function cutsOf(rows: number, { horizon, season }: Ask): readonly number[] {
  const least = Math.max(8, 2 * season + 2, horizon);
  const apart = Math.max(1, Math.ceil(horizon / 2));
  return Array.from({ length: forecastKnobs.tests }, (_, test) => rows - horizon - test * apart).filter(
    (cut) => cut >= least,
  );
}

function choose(trials: readonly Trial[]): readonly Trial[] {
  const best = Math.min(...trials.map(({ error }) => error));
  if (trials[0]!.errors.length === 0) {
    const plain = trials.filter(({ method }) => method.name === 'seasonal-naive' || method.name === 'naive');
    return [plain.at(-1)!];
  }
  return trials.filter(({ error }) => error <= best * forecastKnobs.errorRatioMax + 1e-12);
}

function weightOf(error: number): number {
  return 1 / (error + 1e-12) ** forecastKnobs.power;
}

function average(
  series: readonly Float64Array[],
  parts: readonly { readonly weight: number }[],
): Float64Array {
  return series[0]!.map((_, step) =>
    series.reduce((sum, values, i) => sum + values[step]! * parts[i]!.weight, 0),
  );
}

/**
 * Half widths of the two intervals for each step: errors of all tests, divided by their usual size at that distance
 * (a line, never falling), are ranked once for all distances.
 */
function tested(past: readonly Float64Array[], horizon: number): readonly Float64Array[] {
  const size = errorLine(past, horizon);
  const ratios = past
    .flatMap((errors) => Array.from(errors, (error, step) => Math.abs(error) / (size(step) || 1)))
    .sort((a, b) => a - b);
  return shares.map((share, i) => {
    const rank = Math.min(ratios.length - 1, Math.ceil(share * (ratios.length + 1)) - 1);
    const width = ratios[rank]! * forecastKnobs.widening[i]!;
    return Float64Array.from({ length: horizon }, (_, step) => width * size(step));
  });
}

function errorLine(past: readonly Float64Array[], horizon: number): (step: number) => number {
  const middle = (horizon - 1) / 2;
  const sizes = Float64Array.from(
    { length: horizon },
    (_, step) => past.reduce((sum, errors) => sum + Math.abs(errors[step]!), 0) / past.length,
  );
  const mean = sizes.reduce((sum, value) => sum + value, 0) / horizon;
  let along = 0;
  let square = 0;
  for (let step = 0; step < horizon; step++) {
    along += (step - middle) * (sizes[step]! - mean);
    square += (step - middle) ** 2;
  }
  const slope = Math.max(0, square > 0 ? along / square : 0);
  return (step) => Math.max(mean / 4, mean + slope * (step - middle));
}

/** Without a test: the usual change from step to step, growing with the root of the distance. */
function untested(history: Float64Array, { horizon }: Ask): readonly Float64Array[] {
  let sum = 0;
  for (let i = 1; i < history.length; i++) sum += (history[i]! - history[i - 1]!) ** 2;
  const step = Math.sqrt(sum / Math.max(1, history.length - 1));
  return normalQuantiles.map((quantile) =>
    Float64Array.from(
      { length: horizon },
      (_, i) => forecastKnobs.untestedGrowth * quantile * step * Math.sqrt(i + 1),
    ),
  );
}

function bandOf(mean: Float64Array, half: Float64Array, isPositive: boolean): Band {
  return {
    low: mean.map((value, step) => (isPositive ? Math.max(0, value - half[step]!) : value - half[step]!)),
    high: mean.map((value, step) => value + half[step]!),
  };
}

function meanAbsolute(errors: readonly Float64Array[]): number {
  let sum = 0;
  let count = 0;
  for (const test of errors)
    for (const error of test) {
      sum += Math.abs(error);
      count++;
    }
  return count === 0 ? 0 : sum / count;
}
