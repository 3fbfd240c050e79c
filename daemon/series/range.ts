// A stretch of one series for a chart: single samples where they are few enough, else the finest roll-up that is.
// What is not rolled up on the disk yet is rolled up on the way, so that a chart ends with the newest sample.

import type { SeriesRange } from '../../shared/model/series.ts';
import { limits } from '../config.ts';
import { emptyRows, type RollupWidth, type Rows, rollUp } from './rollup.ts';
import { chunksInMemory, notRolledUp, type StoreState, samplesOf } from './store.ts';

/** Widths a chart may have, each with the roll-up it is made of and how long that is kept. */
const widths: readonly { readonly widthMs: number; readonly from: RollupWidth; readonly keptMs: number }[] = [
  { widthMs: 60_000, from: 60_000, keptMs: limits.seriesMinutesKeptMs },
  { widthMs: 300_000, from: 60_000, keptMs: limits.seriesMinutesKeptMs },
  { widthMs: 600_000, from: 600_000, keptMs: limits.seriesTenMinutesKeptMs },
  { widthMs: 1_800_000, from: 600_000, keptMs: limits.seriesTenMinutesKeptMs },
  { widthMs: 3_600_000, from: 3_600_000, keptMs: limits.seriesHoursKeptMs },
  { widthMs: 10_800_000, from: 3_600_000, keptMs: limits.seriesHoursKeptMs },
  { widthMs: 86_400_000, from: 3_600_000, keptMs: limits.seriesHoursKeptMs },
];

export function readRange(
  state: StoreState,
  id: string,
  fromMs: number,
  toMs: number,
  pointsMax: number,
): SeriesRange | undefined {
  const series = state.registry.byId(id);
  if (!series) return undefined;
  const { number, ...info } = series;
  const step = Math.max(info.stepMs, 1_000);
  const isRawKept = fromMs >= state.now() - limits.seriesRawKeptMs;
  if (isRawKept && (toMs - fromMs) / step <= pointsMax) {
    const { times, values } = samplesOf(state, number, fromMs, toMs);
    if (times.length <= pointsMax) {
      const means = Array.from(values);
      return {
        series: info,
        widthMs: 0,
        gapMs: 3 * step + 1_000,
        times: Array.from(times),
        means,
        mins: means,
        maxs: means,
      };
    }
  }
  const ageMs = state.now() - fromMs;
  const chosen =
    widths.find(
      ({ widthMs, keptMs }) => widthMs >= step && ageMs <= keptMs && (toMs - fromMs) / widthMs <= pointsMax,
    ) ?? widths.at(-1)!;
  const rows = rowsOf(state, number, chosen, fromMs, toMs);
  return {
    series: info,
    widthMs: chosen.widthMs,
    gapMs: Math.max(2.5 * chosen.widthMs, 3 * step),
    times: rows.times.slice(-pointsMax),
    means: rows.means.slice(-pointsMax),
    mins: rows.mins.slice(-pointsMax),
    maxs: rows.maxs.slice(-pointsMax),
  };
}

function rowsOf(
  state: StoreState,
  number: number,
  { widthMs, from }: (typeof widths)[number],
  fromMs: number,
  toMs: number,
): Rows {
  const rows = rollUp(emptyRows(), state.disk.rows(number, from, fromMs, toMs), widthMs);
  for (const chunk of chunksInMemory(state, number)) {
    if (chunk.lastMs < fromMs || chunk.startMs > toMs) continue;
    const { times, means } = notRolledUp(chunk);
    const within = times.findIndex((time) => time >= fromMs);
    if (within < 0) continue;
    const last = times.findLastIndex((time) => time <= toMs) + 1;
    rollUp(rows, { times: times.subarray(within, last), means: means.subarray(within, last) }, widthMs);
  }
  return rows;
}
