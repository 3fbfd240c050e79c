// Makes an even history out of rows as they come, and finds its season. Methods of forecasting need one value a step:
// rows out of order are sorted, the last of two with one time is kept, and holes are bridged by a straight line.
// Called before `forecast`.

export interface Regular {
  readonly values: Float64Array;
  readonly stepMs: number;
  readonly lastMs: number;
}

export interface TimedValue {
  readonly timeMs: number;
  readonly value: number;
}

/** Autocorrelation a season must show, after the trend is taken away, to be one. */
const seasonCorrelationMin = 0.3;
const dayMs = 86_400_000;

/** The newest `rowsMax` steps of the rows at their median step; undefined when no row has a time and a value. */
export function regularise(rows: readonly TimedValue[], rowsMax: number): Regular | undefined {
  const byTime = new Map<number, number>();
  for (const { timeMs, value } of rows)
    if (Number.isFinite(timeMs) && Number.isFinite(value)) byTime.set(timeMs, value);
  const known = [...byTime].sort(([a], [b]) => a - b);
  if (known.length === 0) return undefined;
  const lastMs = known.at(-1)![0];
  const apart = known
    .slice(1)
    .map(([time], i) => time - known[i]![0])
    .sort((a, b) => a - b);
  const stepMs = apart[apart.length >> 1] ?? 1;
  const count = Math.min(rowsMax, Math.round((lastMs - known[0]![0]) / stepMs) + 1);
  const values = new Float64Array(count);
  let next = known.length - 1;
  for (let i = count - 1; i >= 0; i--) {
    const time = lastMs - (count - 1 - i) * stepMs;
    while (next > 0 && known[next - 1]![0] >= time) next--;
    values[i] = between(known[Math.max(0, next - 1)]!, known[next]!, time);
  }
  return { values, stepMs, lastMs };
}

function between(before: readonly [number, number], after: readonly [number, number], time: number): number {
  if (time >= after[0] || after[0] === before[0]) return after[1];
  const share = Math.max(0, (time - before[0]) / (after[0] - before[0]));
  return before[1] + share * (after[1] - before[1]);
}

/** Steps of one season: a day where the history shows one, else the clearest repetition, else 1. */
export function findSeason({ values, stepMs }: Regular): number {
  const trend = (values.at(-1)! - values[0]!) / Math.max(1, values.length - 1);
  const steps = values.map((value, i) => (i === 0 ? 0 : value - values[i - 1]! - trend)).subarray(1);
  const day = Math.round(dayMs / stepMs);
  if (day > 1 && 2 * day < steps.length && correlation(steps, day) > seasonCorrelationMin) return day;
  let best = { season: 1, value: seasonCorrelationMin };
  // A smooth history resembles itself a little later too; a repetition is where it does so again.
  let isApart = false;
  for (let lag = 1; lag <= Math.min(400, steps.length / 3); lag++) {
    const value = correlation(steps, lag);
    isApart ||= value < seasonCorrelationMin;
    if (isApart && lag >= 3 && value > best.value) best = { season: lag, value };
  }
  return best.season;
}

function correlation(values: Float64Array, lag: number): number {
  let together = 0;
  let own = 0;
  for (let i = 0; i < values.length; i++) {
    own += values[i]! ** 2;
    if (i >= lag) together += values[i]! * values[i - lag]!;
  }
  return own > 0 ? together / own : 0;
}
