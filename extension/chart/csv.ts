// The figures of a chart as the text of a CSV file: one row for each value of each series, measured or foreseen.
// Names come from clouds, so that a cell which a spreadsheet would take for a formula is made plain text. Pure.

import type { PanelSeries } from '../../shared/panel/chart.ts';

const columns = [
  'kind',
  'series',
  'resource',
  'metric',
  'part',
  'unit',
  'time',
  'value',
  'lowest',
  'highest',
  'low80',
  'high80',
  'low95',
  'high95',
] as const;

/** RFC 4180 with a header row; times are ISO 8601 in UTC. */
export function csvOf(series: readonly PanelSeries[]): string {
  const rows = series.flatMap((one) => [...measuredRows(one), ...foreseenRows(one)]);
  return `${[columns, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

type Row = readonly (string | number)[];

function measuredRows({ title, range }: PanelSeries): readonly Row[] {
  return range.times.map((time, row) => [
    'measured',
    ...namesOf(title, range.series),
    isoOf(time),
    range.means[row]!,
    range.mins[row]!,
    range.maxs[row]!,
    ...['', '', '', ''],
  ]);
}

function foreseenRows({ title, forecast }: PanelSeries): readonly Row[] {
  if (!forecast) return [];
  return forecast.times.map((time, row) => [
    'forecast',
    ...namesOf(title, forecast.series),
    isoOf(time),
    forecast.means[row]!,
    ...['', ''],
    forecast.low80[row]!,
    forecast.high80[row]!,
    forecast.low95[row]!,
    forecast.high95[row]!,
  ]);
}

function namesOf(title: string, { resource, metric, part, unit }: PanelSeries['range']['series']): Row {
  return [title, resource, metric, part ?? '', unit];
}

const isoOf = (time: number): string => new Date(time).toISOString();

function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const plain = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
