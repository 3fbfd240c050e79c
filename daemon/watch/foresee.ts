// What a stored series is expected to do, and when it is full. It looks no further ahead than its past can be tested
// for: a forecast is made of at least twice its own length of history, or it says that it cannot be made. Called for
// questions, for charts, and by the watch over capacities.

import { formatFigure } from '../../shared/model/figure.ts';
import type { MetricName } from '../../shared/model/metric.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import { type SeriesForecast, seriesTitle, type TimeUntilFull } from '../../shared/model/series.ts';
import { limits } from '../config.ts';
import { type Forecast, forecast } from '../monitor/forecast/forecast.ts';
import { findSeason, type Regular, regularise } from '../monitor/forecast/regular.ts';
import type { SeriesReader } from '../series/contract.ts';
import { spoken } from './intake.ts';

/** Metrics that end somewhere, and where. */
const ends: Readonly<Partial<Record<MetricName, number>>> = { disk: 100, memory: 100 };

export interface ForeseeOptions {
  readonly nowMs: number;
  readonly nameOf: (resource: string) => string;
}

/** Throws ProblemError `not-found`, or `unsupported` where there is too little history. */
export function foresee(
  reader: SeriesReader,
  id: string,
  horizonMs: number,
  { nowMs, nameOf }: ForeseeOptions,
): SeriesForecast {
  const series = reader.get(id);
  if (!series) throw noSeries(id);
  const known = historyOf(reader, id, horizonMs, nowMs);
  const title = seriesTitle(series, nameOf(series.resource));
  if (!known || known.values.length < limits.foreseeRowsMin) throw tooLittle(title);
  const historyMs = known.values.length * known.stepMs;
  const season = findSeason(known);
  const steps = stepsAhead(known, season, horizonMs);
  const made = forecast(known.values, { horizon: steps, season });
  const times = Array.from({ length: steps }, (_, step) => known.lastMs + (step + 1) * known.stepMs);
  const full = fullOf(ends[series.metric], made, times);
  return {
    series,
    times,
    means: [...made.mean],
    low80: [...made.band80.low],
    high80: [...made.band80.high],
    low95: [...made.band95.low],
    high95: [...made.band95.high],
    methods: made.parts.map(({ method, weight }) => ({ name: method, weight })),
    historyMs,
    ...(full && { full }),
    sentence: full
      ? fullSentence(title, full, { known, nowMs, horizonMs, current: known.values.at(-1)! })
      : plainSentence(title, series.unit, made, times, nowMs),
  };
}

/** Steps up to the horizon, and no more than the history leaves room to be tested for: half of it, and two seasons. */
function stepsAhead({ values, stepMs }: Regular, season: number, horizonMs: number): number {
  const testable = Math.min(Math.floor(values.length / 2), values.length - 2 * season - 2);
  return Math.max(1, Math.min(limits.foreseeStepsMax, Math.ceil(horizonMs / stepMs), testable));
}

/** An even history at a step that suits the horizon: some hundred steps ahead at most, four times as many behind. */
function historyOf(reader: SeriesReader, id: string, horizonMs: number, nowMs: number): Regular | undefined {
  let known: Regular | undefined;
  // Where little is stored, a shorter look back has finer rows.
  for (
    let spanMs = Math.max(4 * horizonMs, limits.foreseeHistoryMsMin);
    spanMs >= limits.foreseeHistoryMsMin;
    spanMs /= 4
  ) {
    const range = reader.range(id, nowMs - spanMs, nowMs, limits.foreseeRowsMax);
    const rows = range?.times.map((timeMs, i) => ({ timeMs, value: range.means[i]! })) ?? [];
    const found = regularise(rows, limits.forecastRowsMax);
    if (found && found.values.length > (known?.values.length ?? 0)) known = found;
    if (known && known.values.length >= 4 * limits.foreseeRowsMin) break;
  }
  return known;
}

function fullOf(
  limit: number | undefined,
  made: Forecast,
  times: readonly number[],
): TimeUntilFull | undefined {
  if (limit === undefined) return undefined;
  const reached = (values: Float64Array): number | undefined => {
    const step = values.findIndex((value) => value >= limit);
    return step < 0 ? undefined : times[step];
  };
  const [atMs, earliestMs, latestMs] = [
    reached(made.mean),
    reached(made.band80.high),
    reached(made.band80.low),
  ];
  return {
    limit,
    ...(atMs !== undefined && { atMs }),
    ...(earliestMs !== undefined && { earliestMs }),
    ...(latestMs !== undefined && { latestMs }),
    horizonMs: times.at(-1)! - times[0]! + (times[1] ?? times[0]!) - times[0]!,
  };
}

interface FullContext {
  readonly known: Regular;
  readonly nowMs: number;
  readonly horizonMs: number;
  readonly current: number;
}

function fullSentence(title: string, full: TimeUntilFull, context: FullContext): string {
  const { nowMs, current } = context;
  const now = `${title} is ${formatFigure(current, '%')} now`;
  if (current >= full.limit) return `${title} is full now.`;
  if (full.atMs === undefined && full.earliestMs === undefined)
    return `${now} and is not expected to be full within ${spoken(full.horizonMs)}.${shortLook(full, context)}`;
  if (full.atMs === undefined)
    return `${now}; most likely it is not full within ${spoken(full.horizonMs)}, but in 1 of 10 outcomes it is in ${spoken(full.earliestMs! - nowMs)} or sooner.${shortLook(full, context)}`;
  const between =
    full.latestMs === undefined
      ? `in 8 of 10 outcomes not before ${spoken((full.earliestMs ?? full.atMs) - nowMs)}`
      : `in 8 of 10 outcomes between ${spoken((full.earliestMs ?? full.atMs) - nowMs)} and ${spoken(full.latestMs - nowMs)}`;
  return `${now} and will be full in about ${spoken(full.atMs - nowMs)} (${between}).`;
}

/** What can be said beyond what can be tested: the present rate, as such. */
function shortLook(full: TimeUntilFull, { known, horizonMs, current }: FullContext): string {
  if (full.horizonMs >= 0.9 * horizonMs) return '';
  const rows = Math.min(known.values.length, Math.max(4, Math.floor(known.values.length / 4)));
  const rate = (current - known.values.at(-rows)!) / ((rows - 1) * known.stepMs);
  const look = ` The ${spoken(known.values.length * known.stepMs)} of history are too few to look further.`;
  if (!(rate > 0)) return look;
  const leftMs = (full.limit - current) / rate;
  return leftMs > horizonMs ? look : `${look} At the present rate it would be full in ${spoken(leftMs)}.`;
}

function plainSentence(
  title: string,
  unit: string,
  made: Forecast,
  times: readonly number[],
  nowMs: number,
): string {
  const at = (values: Float64Array) => formatFigure(values.at(-1)!, unit);
  return `${title} is expected to be ${at(made.mean)} in ${spoken(times.at(-1)! - nowMs)}, in 8 of 10 outcomes between ${at(made.band80.low)} and ${at(made.band80.high)}.`;
}

function noSeries(id: string): ProblemError {
  return new ProblemError({
    code: 'not-found',
    message: `Nothing was measured of ${id}.`,
    fix: 'See which series there are (pilothouse series).',
  });
}

function tooLittle(title: string): ProblemError {
  return new ProblemError({
    code: 'unsupported',
    message: `Of ${title} too little is known yet to foresee anything.`,
    fix: `A forecast needs at least ${limits.foreseeRowsMin} samples; ask again later.`,
  });
}
