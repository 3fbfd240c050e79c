// Rows of one minute over several series, as models of whole hosts want them: a row is a minute in which every series
// has a value.

import type { SeriesReader } from './contract.ts';

const minuteMs = 60_000;

export interface MinuteRows {
  /** Begin of each minute, oldest first. */
  readonly times: readonly number[];
  /** Means of the series in that minute, in the order they were asked for. */
  readonly rows: readonly Float64Array[];
}

/** Minutes from `fromMs` to `toMs` in which every one of the series has a value. */
export function minuteRows(
  reader: Pick<SeriesReader, 'range'>,
  ids: readonly string[],
  fromMs: number,
  toMs: number,
): MinuteRows {
  const rows = new Map<number, Float64Array>();
  const pointsMax = Math.ceil((toMs - fromMs) / minuteMs) + 1;
  ids.forEach((id, column) => {
    const range = reader.range(id, fromMs, toMs, pointsMax);
    range?.times.forEach((time, i) => {
      const at = Math.floor(time / minuteMs) * minuteMs;
      const row = rows.get(at) ?? new Float64Array(ids.length).fill(Number.NaN);
      row[column] = range.means[i]!;
      rows.set(at, row);
    });
  });
  const whole = [...rows].filter(([, row]) => !row.some(Number.isNaN)).sort(([a], [b]) => a - b);
  return { times: whole.map(([time]) => time), rows: whole.map(([, row]) => row) };
}
