// All that is known of one resource at one moment and may say something about its next failure: stretches of its
// series, its earlier states and failures, incidents. Read once, so that rules and features speak of the same. Bounded by
// `limits`; asks no cloud.

import type { Incident } from '../../shared/model/finding.ts';
import type { MetricName } from '../../shared/model/metric.ts';
import type { FailureClass } from '../../shared/model/prediction.ts';
import type { Resource } from '../../shared/model/resource.ts';
import type { SeriesInfo, SeriesRange } from '../../shared/model/series.ts';
import { limits } from '../config.ts';
import type { HistoryEntry, StoredGraph } from '../graph/contract.ts';
import type { SeriesReader } from '../series/contract.ts';
import { type FailureEvent, failuresIn, fillingsIn, restartsIn } from './history.ts';

const hourMs = 3_600_000;
export const recentMs = 6 * hourMs;
export const dayMs = 24 * hourMs;
const weekMs = 7 * dayMs;
/** What was not measured for so long says nothing about now. */
const staleMs = 30 * 60_000;

/** Kinds that are watched, by the way they fail. */
export const classOfKind: Readonly<Partial<Record<Resource['kind'], FailureClass>>> = {
  host: 'host',
  node: 'host',
  vm: 'host',
  database: 'host',
  volume: 'disk',
  datastore: 'disk',
  'persistent-volume': 'disk',
  pod: 'pod',
  container: 'pod',
};

const read = new Set<MetricName>(['cpu', 'memory', 'disk', 'latency', 'error-rate', 'iops', 'restarts']);

export interface SeriesSigns {
  readonly info: SeriesInfo;
  readonly recent: SeriesRange;
  /** The last day, the recent part included. */
  readonly day: SeriesRange;
}

export interface Signs {
  readonly resource: Resource;
  readonly failureClass: FailureClass;
  readonly atMs: number;
  readonly series: readonly SeriesSigns[];
  readonly states: readonly HistoryEntry[];
  /** Of the last week, oldest first. */
  readonly failures: readonly FailureEvent[];
  /** That touch it, open or of the last week; none of those that only say what is said here. */
  readonly incidents: readonly Incident[];
}

export interface SignSources {
  readonly series: SeriesReader;
  readonly graph: Pick<StoredGraph, 'historyOf'>;
  /** Series of a resource. */
  readonly seriesOf: (resource: string) => readonly SeriesInfo[];
  readonly incidentsOf: (resource: string) => readonly Incident[];
}

/** Undefined for kinds that are not watched. */
export function signsOf(resource: Resource, atMs: number, sources: SignSources): Signs | undefined {
  const failureClass = classOfKind[resource.kind];
  if (!failureClass) return undefined;
  const series = sources.seriesOf(resource.id).flatMap((info): readonly SeriesSigns[] => {
    if (!read.has(info.metric) || atMs - info.lastMs > Math.max(staleMs, 3 * info.stepMs)) return [];
    const day = sources.series.range(info.id, atMs - dayMs, atMs, limits.failurePointsMax);
    const recent = sources.series.range(info.id, atMs - recentMs, atMs, limits.failurePointsMax);
    return day && recent ? [{ info, day, recent }] : [];
  });
  const states = sources.graph.historyOf(resource.id, limits.failureStatesMax);
  return {
    resource,
    failureClass,
    atMs,
    series,
    states,
    failures: failuresOf(resource, states, series).filter((one) => one.atMs > atMs - weekMs),
    incidents: sources.incidentsOf(resource.id),
  };
}

export function metricOf({ series }: Signs, metric: MetricName): readonly SeriesSigns[] {
  return series.filter(({ info }) => info.metric === metric);
}

/** Restarts and other failures that began after a moment. */
export function failedSince({ failures }: Signs, sinceMs: number, isRestart: boolean): number {
  return failures
    .filter(({ atMs, what }) => atMs >= sinceMs && (what === 'restart') === isRestart)
    .reduce((sum, { count }) => sum + count, 0);
}

function failuresOf(
  resource: Resource,
  states: readonly HistoryEntry[],
  series: readonly SeriesSigns[],
): readonly FailureEvent[] {
  const found = [...failuresIn(states)];
  for (const { info, day } of series) {
    // A counter that the cloud itself tells is not counted a second time.
    if (info.metric === 'restarts' && resource.attributes.restarts === undefined)
      found.push(...restartsIn(day.times, day.maxs));
    if (info.metric === 'disk' || info.metric === 'memory')
      found.push(
        ...fillingsIn(
          day.times,
          day.maxs,
          info.part === undefined ? info.metric : `${info.metric} ${info.part}`,
        ),
      );
  }
  return found.sort((a, b) => a.atMs - b.atMs);
}
