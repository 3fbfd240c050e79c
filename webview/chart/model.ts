// What a chart is made of, without a browser: plots by unit, columns on one common time axis with honest gaps, figures
// of a series, and words for times and values. Pure.

import type { SeriesRange, TimeMark } from '../../shared/model/series.ts';
import type { PanelChart, PanelSeries } from '../../shared/panel/chart.ts';

/** All series of one unit: they share an axis, which is how they are compared. */
export interface Plot {
  readonly unit: string;
  readonly series: readonly PanelSeries[];
}

export type ColumnRole = 'mean' | 'low' | 'high' | 'forecast' | 'low80' | 'high80' | 'low95' | 'high95';

/** One column of a plot: a line, or an edge of a band. */
export interface Column {
  /** Which series of the plot. */
  readonly index: number;
  readonly role: ColumnRole;
  readonly times: readonly number[];
  readonly values: readonly number[];
  /** Rows further apart are a gap; infinite where there can be none. */
  readonly gapMs: number;
}

/** Numbers, `null` where the line has to break, and `undefined` where only another column has something to say. */
export type Cells = readonly (number | null | undefined)[];

export interface Aligned {
  readonly times: readonly number[];
  readonly cells: readonly Cells[];
}

/** Plots in the order in which their first series stands. */
export function plotsOf(series: readonly PanelSeries[]): readonly Plot[] {
  const byUnit = new Map<string, PanelSeries[]>();
  for (const one of series) {
    const { unit } = one.range.series;
    byUnit.set(unit, [...(byUnit.get(unit) ?? []), one]);
  }
  return [...byUnit].map(([unit, members]) => ({ unit, series: members }));
}

/** Edges of bands stand before the lines, so that lines are drawn over them. */
export function columnsOf({ series }: Plot): readonly Column[] {
  const bands = series.flatMap((one, index) => [...spreadOf(one.range, index), ...foreseenBands(one, index)]);
  const lines = series.flatMap((one, index) => [
    ...(one.forecast
      ? [column(index, 'forecast', one.forecast.times, one.forecast.means, Number.POSITIVE_INFINITY)]
      : []),
    column(index, 'mean', one.range.times, one.range.means, one.range.gapMs),
  ]);
  return [...bands, ...lines];
}

function spreadOf({ widthMs, times, mins, maxs, gapMs }: SeriesRange, index: number): readonly Column[] {
  if (widthMs === 0) return [];
  return [column(index, 'high', times, maxs, gapMs), column(index, 'low', times, mins, gapMs)];
}

function foreseenBands({ forecast }: PanelSeries, index: number): readonly Column[] {
  if (!forecast) return [];
  return (['high95', 'low95', 'high80', 'low80'] as const).map((role) =>
    column(index, role, forecast.times, forecast[role], Number.POSITIVE_INFINITY),
  );
}

const column = (
  index: number,
  role: ColumnRole,
  times: readonly number[],
  values: readonly number[],
  gapMs: number,
): Column => ({ index, role, times, values, gapMs });

/** Pairs of columns between which a band is filled: the upper edge, then the lower one. */
export function bandsOf(columns: readonly Column[]): readonly (readonly [number, number])[] {
  return columns.flatMap(({ role }, at) => (role.startsWith('high') ? [[at, at + 1] as const] : []));
}

/**
 * Columns on one time axis. Where two rows of a column are further apart than its `gapMs`, every moment between them
 * is `null` in it, and there is at least one: no line is drawn over what was not measured.
 */
export function aligned(columns: readonly Column[]): Aligned {
  const all = new Set<number>();
  for (const { times, gapMs } of columns)
    times.forEach((time, row) => {
      all.add(time);
      const before = times[row - 1];
      if (before !== undefined && time - before > gapMs) all.add((before + time) / 2);
    });
  const times = Float64Array.from(all).sort();
  return { times: [...times], cells: columns.map((one) => cellsOf(one, times)) };
}

function cellsOf({ times, values, gapMs }: Column, axis: Float64Array): Cells {
  let row = 0;
  return Array.from(axis, (time) => {
    while (row < times.length && times[row]! < time) row++;
    if (times[row] === time) return Number.isFinite(values[row]) ? values[row]! : null;
    const [before, after] = [times[row - 1], times[row]];
    return before !== undefined && after !== undefined && after - before > gapMs ? null : undefined;
  });
}

export interface Figures {
  readonly last: number;
  readonly lowest: number;
  readonly mean: number;
  readonly highest: number;
}

/** Figures of what is shown; undefined where nothing was measured then. */
export function figuresOf({ means, mins, maxs }: SeriesRange): Figures | undefined {
  const finite = means.filter(Number.isFinite);
  if (finite.length === 0) return undefined;
  return {
    last: finite.at(-1)!,
    lowest: mins.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY),
    mean: finite.reduce((sum, value) => sum + value, 0) / finite.length,
    highest: maxs.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY),
  };
}

/** The value nearest to a moment, measured or else foreseen; undefined in a gap. */
export function valueAt({ range, forecast }: PanelSeries, time: number): number | undefined {
  const measured = nearest(range.times, time);
  if (measured !== undefined && Math.abs(range.times[measured]! - time) <= range.gapMs / 2)
    return range.means[measured];
  const [first, second] = forecast?.times ?? [];
  if (!forecast || first === undefined || time < first) return undefined;
  const foreseen = nearest(forecast.times, time)!;
  const stepMs = second === undefined ? 1 : second - first;
  return Math.abs(forecast.times[foreseen]! - time) <= stepMs ? forecast.means[foreseen] : undefined;
}

/** Row of the time nearest to a moment. */
function nearest(times: readonly number[], time: number): number | undefined {
  if (times.length === 0) return undefined;
  let [low, high] = [0, times.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! < time) low = middle + 1;
    else high = middle;
  }
  const before = Math.max(0, low - 1);
  return time - times[before]! < times[low]! - time ? before : low;
}

/** Marks that touch the time shown, with their ends inside it. */
export function marksShown(
  { marks, fromMs, toMs, nowMs }: Pick<PanelChart, 'marks' | 'fromMs' | 'toMs' | 'nowMs'>,
  kinds?: readonly TimeMark['kind'][],
): readonly { readonly mark: TimeMark; readonly fromMs: number; readonly toMs: number }[] {
  return marks
    .filter((mark) => !kinds || kinds.includes(mark.kind))
    .map((mark) => ({ mark, fromMs: mark.fromMs, toMs: mark.toMs ?? (mark.open ? nowMs : mark.fromMs) }))
    .filter((one) => one.toMs >= fromMs && one.fromMs <= toMs)
    .map((one) => ({ ...one, fromMs: Math.max(fromMs, one.fromMs), toMs: Math.min(toMs, one.toMs) }));
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** Words under the time axis: the date where a day begins, else the time, as fine as the steps are. */
export function timeLabels(times: readonly number[], stepMs: number): readonly string[] {
  return times.map((time, at) => {
    const [date, clock] = timeText(time).split(' ') as [string, string];
    if (stepMs >= dayMs) return date.slice(5);
    const before = times[at - 1];
    const isNewDay = before === undefined ? stepMs >= 60 * minuteMs : !timeText(before).startsWith(date);
    const short = clock.slice(0, stepMs < minuteMs ? 8 : 5);
    return isNewDay ? `${short}\n${date.slice(5)}` : short;
  });
}

/** Local time, year first: the same form as everywhere else. */
export const timeText = (time: number): string => new Date(time).toLocaleString('sv-SE');

/** At most four telling digits, never a power of ten. */
export function valueText(value: number | undefined, unit: string): string {
  if (value === undefined || !Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  const digits = size >= 100 || size === 0 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
  const text = value.toLocaleString('en-US', { maximumFractionDigits: digits });
  return unit === '' ? text : `${text} ${unit}`;
}

/** How wide a row is, in words; a row that is one sample has none. */
export function widthText(widthMs: number): string {
  if (widthMs === 0) return 'single samples';
  if (widthMs < minuteMs) return `${Math.round(widthMs / 1_000)} s a point, with lowest and highest`;
  if (widthMs < 60 * minuteMs)
    return `${Math.round(widthMs / minuteMs)} min a point, with lowest and highest`;
  return `${Math.round(widthMs / (60 * minuteMs))} h a point, with lowest and highest`;
}
