// The stored series as the rest of the daemon reads them, and as the watch fills them. Times are milliseconds since
// the epoch; values keep five digits. Nothing in here asks a cloud.

import type { MetricName } from '../../shared/model/metric.ts';
import type { SeriesInfo, SeriesKey, SeriesRange } from '../../shared/model/series.ts';

/** Reads what was measured. */
export interface SeriesReader {
  /** All series that fit, by id. */
  list(where?: {
    readonly resource?: string;
    readonly connection?: string;
    readonly metric?: MetricName;
  }): readonly SeriesInfo[];
  get(id: string): SeriesInfo | undefined;
  /** Rows from `fromMs` to `toMs` at the finest width with at most `pointsMax`. Undefined where there is no such series. */
  range(id: string, fromMs: number, toMs: number, pointsMax: number): SeriesRange | undefined;
}

/** Samples in columns; `numbers` are those that `register` gave. */
export interface SampleBatch {
  readonly numbers: ArrayLike<number>;
  readonly times: ArrayLike<number>;
  readonly values: ArrayLike<number>;
}

export interface StoreSize {
  readonly series: number;
  /** Bytes in use in the file. */
  readonly bytes: number;
  /** Oldest moment of which single samples, and of which roll-ups, are still kept by age. */
  readonly rawFromMs: number;
  readonly fromMs: number;
}

export interface SeriesStore extends SeriesReader {
  /** The number of a series, which is made where it is not there; undefined where there are too many. */
  register(key: SeriesKey, unit: string, source: string): number | undefined;
  /** By number. Throws RangeError where there is none. */
  info(number: number): SeriesInfo;
  numberOf(id: string): number | undefined;
  /**
   * Appends samples; what it returned from survives the end of the process. A sample that is not later than the last
   * of its series is left out. Throws ProblemError `store-unavailable`; nothing of the batch is kept then.
   */
  append(batch: SampleBatch): void;
  /** Single samples, oldest first, as far back as they are kept. */
  samples(
    number: number,
    fromMs: number,
    toMs: number,
  ): { readonly times: Float64Array; readonly values: Float64Array };
  /** A slice of what has to be done now and then: old data goes, the size is kept, chunks are closed. */
  maintain(bytesMax: number): void;
  size(): StoreSize;
  /** Writes all that waits. */
  flush(): void;
}
