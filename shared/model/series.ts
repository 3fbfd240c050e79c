// Series of measured values as clients see them: which there are, stretches of them for a chart, and what they are
// expected to do next. Times are milliseconds since the epoch, values are in the unit of the metric (`metric.ts`).

import type { MetricName } from './metric.ts';

/** What a series is of. */
export interface SeriesKey {
  /** Id of the resource it was measured on. */
  readonly resource: string;
  readonly metric: MetricName;
  /** Which of several of the same metric: a mount point, an interface. Absent where there is one. */
  readonly part?: string;
}

export interface SeriesInfo extends SeriesKey {
  /** `seriesId` of the key: the same in every daemon. */
  readonly id: string;
  readonly unit: string;
  /** Who measures it: `connection/source`. */
  readonly source: string;
  /** Time and value of the newest sample. */
  readonly lastMs: number;
  readonly lastValue: number;
  /** Usual time between two samples; 0 where it is not known yet. */
  readonly stepMs: number;
}

/**
 * A stretch of one series, in columns of equal length, oldest first. A row is one sample (`widthMs` 0) or all samples
 * of `widthMs` from its time on. Two rows further apart than `gapMs` are a gap: a chart draws no line there.
 */
export interface SeriesRange {
  readonly series: SeriesInfo;
  readonly widthMs: number;
  readonly gapMs: number;
  readonly times: readonly number[];
  readonly means: readonly number[];
  /** Lowest and highest in each row; the same as `means` where `widthMs` is 0. */
  readonly mins: readonly number[];
  readonly maxs: readonly number[];
}

/** Something that happened, for the time axis of a chart. */
export interface TimeMark {
  readonly kind: 'plan' | 'change' | 'incident' | 'event';
  readonly fromMs: number;
  /** Absent: a moment, or not over yet (`open`). */
  readonly toMs?: number;
  readonly open?: boolean;
  readonly title: string;
  /** Id of the plan or incident. */
  readonly id?: string;
  /** The resource it happened to. */
  readonly resource?: string;
}

/** What a series is expected to do, with the intervals that 80 and 95 of 100 outcomes should lie in. */
export interface SeriesForecast {
  readonly series: SeriesInfo;
  readonly times: readonly number[];
  readonly means: readonly number[];
  readonly low80: readonly number[];
  readonly high80: readonly number[];
  readonly low95: readonly number[];
  readonly high95: readonly number[];
  /** Methods that were heard, with their weights. */
  readonly methods: readonly { readonly name: string; readonly weight: number }[];
  /** How much past it was made of. */
  readonly historyMs: number;
  /** Where the metric has an end (100 % of a disk): when it is reached. */
  readonly full?: TimeUntilFull;
  /** The answer in one sentence, with how sure it is. */
  readonly sentence: string;
}

/** When a limit is reached. A time that is absent lies beyond what was foreseen. */
export interface TimeUntilFull {
  readonly limit: number;
  /** By the middle of the forecast. */
  readonly atMs?: number;
  /** In 1 of 10 outcomes it is before this, by the 80 % interval. */
  readonly earliestMs?: number;
  /** In 1 of 10 outcomes it is after this, by the 80 % interval. */
  readonly latestMs?: number;
  /** As far as it was looked. */
  readonly horizonMs: number;
}

/** The stable id of a series: resource, metric and part in one line. */
export function seriesId({ resource, metric, part }: SeriesKey): string {
  return part === undefined ? `${resource}#${metric}` : `${resource}#${metric}#${part}`;
}

/** The words for a series: "disk /var of web-1". */
export function seriesTitle({ metric, part }: SeriesKey, resourceName: string): string {
  return part === undefined ? `${metric} of ${resourceName}` : `${metric} ${part} of ${resourceName}`;
}
