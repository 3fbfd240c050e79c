// Watches what can be full: for each disk and memory series that grows it asks for a forecast, the nearest horizon
// first, and raises a finding where the limit is reached within it. One series at a time, each now and then, so that
// nobody waits for it. What no longer grows is not foreseen to be full any more: its finding ends.

import type { Severity } from '../../shared/model/finding.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import { type SeriesForecast, type SeriesInfo, seriesTitle } from '../../shared/model/series.ts';
import { limits } from '../config.ts';
import type { SeriesReader } from '../series/contract.ts';
import type { FindingDraft } from './contract.ts';
import { foresee } from './foresee.ts';
import { spoken } from './intake.ts';

const hourMs = 3_600_000;
/** How far it looks, nearest first, and how bad it is what it finds there. */
const horizons: readonly { readonly ms: number; readonly severity: Severity }[] = [
  { ms: hourMs / 6, severity: 'critical' },
  { ms: hourMs, severity: 'critical' },
  { ms: 6 * hourMs, severity: 'warning' },
  { ms: 24 * hourMs, severity: 'warning' },
  { ms: 7 * 24 * hourMs, severity: 'info' },
];
const watched = new Set(['disk', 'memory']);
/** Below this nothing is foreseen: half empty things fill up and are emptied. */
const levelMin = 25;

export interface CapacityOptions {
  readonly reader: SeriesReader;
  readonly now: () => number;
  readonly nameOf: (resource: string) => string;
  readonly raise: (draft: FindingDraft) => void;
  readonly end: (series: SeriesInfo, why: string, atMs: number) => void;
  readonly isOpen: (series: SeriesInfo) => boolean;
}

export interface Capacity {
  /** Looks at one series that is due, if any. */
  tick(): void;
}

export function createCapacity(options: CapacityOptions): Capacity {
  const lookedMs = new Map<string, number>();
  let queue: SeriesInfo[] = [];
  return {
    tick() {
      const { reader, now } = options;
      if (queue.length === 0)
        queue = reader
          .list()
          .filter((one) => watched.has(one.metric) && isDue(one, lookedMs.get(one.id), now()));
      for (let looked = 0; looked < limits.capacitySeriesMax && queue.length > 0; looked++) {
        const series = queue.shift()!;
        lookedMs.set(series.id, now());
        if (look(options, series) === 'foreseen') break;
      }
    },
  };
}

function isDue(series: SeriesInfo, lookedMs: number | undefined, nowMs: number): boolean {
  const every = Math.min(limits.capacityEveryMs, Math.max(30_000, 20 * series.stepMs));
  return nowMs - (lookedMs ?? 0) >= every && nowMs - series.lastMs < limits.capacityEveryMs;
}

/** Tells whether it took a forecast to decide: those are dear. */
function look(options: CapacityOptions, known: SeriesInfo): 'foreseen' | 'clear' {
  const { reader, now, nameOf } = options;
  const series = reader.get(known.id) ?? known;
  const wasOpen = options.isOpen(series);
  for (const { ms, severity } of horizons) {
    if (!wouldReach(reader, series, ms, now())) continue;
    const foreseen = tryForesee(reader, series.id, ms, now(), nameOf);
    if (!foreseen?.full?.atMs || foreseen.full.atMs - now() > ms) continue;
    options.raise(draftOf(series, foreseen, severity, now(), nameOf));
    return 'foreseen';
  }
  if (wasOpen) options.end(series, 'it does not fill up any more', now());
  return 'clear';
}

/** A straight line through the last stretch: cheap, and enough to leave most series alone. */
function wouldReach(reader: SeriesReader, series: SeriesInfo, horizonMs: number, nowMs: number): boolean {
  if (series.lastValue < levelMin) return false;
  const range = reader.range(series.id, nowMs - horizonMs / 2, nowMs, 240);
  if (!range || range.times.length < 6) return false;
  const count = range.times.length;
  const middle = range.times.reduce((sum, time) => sum + time, 0) / count;
  const mean = range.means.reduce((sum, value) => sum + value, 0) / count;
  let along = 0;
  let square = 0;
  for (let i = 0; i < count; i++) {
    along += (range.times[i]! - middle) * (range.means[i]! - mean);
    square += (range.times[i]! - middle) ** 2;
  }
  return square > 0 && mean + (along / square) * (nowMs + 1.2 * horizonMs - middle) >= 100;
}

function tryForesee(
  reader: SeriesReader,
  id: string,
  horizonMs: number,
  nowMs: number,
  nameOf: (resource: string) => string,
): SeriesForecast | undefined {
  try {
    return foresee(reader, id, horizonMs, { nowMs, nameOf });
  } catch (error) {
    if (error instanceof ProblemError) return undefined;
    throw error;
  }
}

function draftOf(
  series: SeriesInfo,
  { full, sentence, historyMs, methods }: SeriesForecast,
  severity: Severity,
  nowMs: number,
  nameOf: (resource: string) => string,
): FindingDraft {
  const { resource, metric, part, unit, lastValue } = series;
  const leftMs = full!.atMs! - nowMs;
  const heard = methods.map(({ name, weight }) => `${name} ${Math.round(100 * weight)} %`).join(', ');
  return {
    kind: 'capacity',
    resource,
    series: { resource, metric, ...(part !== undefined && { part }) },
    unit,
    severity,
    // The interval says how sure it is: an end within twice the time is nearly sure.
    confidence: full!.latestMs === undefined ? 0.6 : full!.latestMs - nowMs < 2 * leftMs ? 0.9 : 0.75,
    title: `${seriesTitle(series, nameOf(resource))} will be full in about ${spoken(leftMs)}`,
    reasons: [sentence, `Made of ${spoken(historyMs)} of history by ${heard}.`],
    value: lastValue,
    startedMs: nowMs,
  };
}
