// What the chart panel and the extension say to each other. The panel shows stretches of stored series and asks for
// others; it can change nothing. What it sends is parsed, and what it hands out goes through a save dialog.
// Callers: extension/chart/ and webview/chart/.

import type { SeriesForecast, SeriesRange, TimeMark } from '../model/series.ts';
import type { PanelProblem } from './chat.ts';

/** Most series on the page at once: as many as one question to the daemon may have. */
export const chartSeriesMax = 20;

/** Spans a person can choose, in hours, and their words. */
export const chartSpans = [
  [1, '1 hour'],
  [6, '6 hours'],
  [24, '24 hours'],
  [7 * 24, '7 days'],
  [30 * 24, '30 days'],
] as const satisfies readonly (readonly [number, string])[];

export interface PanelSeries {
  /** "cpu of web-1": the same words everywhere. */
  readonly title: string;
  readonly resourceName: string;
  readonly range: SeriesRange;
  readonly forecast?: SeriesForecast;
  /** Why there is no forecast though one was asked for. */
  readonly noForecast?: string;
}

/** Everything that is shown from now on. */
export interface PanelChart {
  readonly type: 'chart';
  readonly title: string;
  readonly series: readonly PanelSeries[];
  readonly marks: readonly TimeMark[];
  /** The time axis; it reaches into the future where something is foreseen. Milliseconds since the epoch. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly nowMs: number;
  /** The chosen span in hours; absent where another stretch is shown. */
  readonly hours?: number;
  readonly canGoBack: boolean;
  readonly isForecast: boolean;
  /** Series of the same resources that did not fit. */
  readonly leftOut: number;
  /** Set where nothing is stored: what that means and what can be done. */
  readonly nothing?: PanelProblem;
  /** Who measured what is shown and does not now, and why. */
  readonly troubles: readonly ChartTrouble[];
}

/** What is shown is not followed at the moment: its newest figure stays the newest. */
export interface ChartTrouble {
  readonly message: string;
  /** Time of the newest figure, in milliseconds since the epoch. */
  readonly lastMs: number;
}

/**
 * `problem` is what came of reading; `daemon` that the daemon is away or starts: what is drawn stays, and is read again
 * by itself once it is there.
 */
export type ToChart = PanelChart | { readonly type: 'problem' | 'daemon'; readonly problem: PanelProblem };

export type FromChart =
  | { readonly type: 'ready' }
  | { readonly type: 'refresh' }
  | { readonly type: 'back' }
  /** Asks the person which series to show. */
  | { readonly type: 'pick' }
  | { readonly type: 'span'; readonly hours: number }
  | { readonly type: 'zoom'; readonly fromMs: number; readonly toMs: number }
  | { readonly type: 'forecast'; readonly on: boolean }
  | { readonly type: 'remove'; readonly id: string }
  /** Goes to the resource of a series or mark, or to a plan. */
  | { readonly type: 'resource' | 'plan'; readonly id: string }
  | { readonly type: 'csv' }
  /** `data` is the picture in base64. */
  | { readonly type: 'png'; readonly data: string };

const pictureCharactersMax = 48 * 1024 * 1024;
const idCharactersMax = 1_200;
const timeMax = 8_640_000_000_000_000;

/** A message of the panel, checked; undefined where it is not one. */
export function parseFromChart(value: unknown): FromChart | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { type, id, hours, fromMs, toMs, on, data } = value as Record<string, unknown>;
  switch (type) {
    case 'ready':
    case 'refresh':
    case 'back':
    case 'pick':
    case 'csv':
      return { type };
    case 'span': {
      const span = chartSpans.find(([one]) => one === hours);
      return span && { type, hours: span[0] };
    }
    case 'zoom':
      return isTime(fromMs) && isTime(toMs) && fromMs < toMs ? { type, fromMs, toMs } : undefined;
    case 'forecast':
      return typeof on === 'boolean' ? { type, on } : undefined;
    case 'remove':
    case 'resource':
    case 'plan':
      return typeof id === 'string' && id !== '' && id.length <= idCharactersMax ? { type, id } : undefined;
    case 'png':
      return typeof data === 'string' && data.length <= pictureCharactersMax ? { type, data } : undefined;
    default:
      return undefined;
  }
}

const isTime = (value: unknown): value is number =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) <= timeMax;
