// `pilothouse forecast`: foresees a history from a file, so that anybody can measure the forecasts with their own data.
// It starts no daemon and asks no source.

import type { Readable, Writable } from 'node:stream';
import { limits } from '../config.ts';
import { parseTime, parseValue, readHeader, splitCsv } from '../monitor/csv.ts';
import { forecast } from '../monitor/forecast/forecast.ts';
import { findSeason, regularise, type TimedValue } from '../monitor/forecast/regular.ts';
import { badInput, lineWriter, readLines, readOptions } from './batchFiles.ts';

const usage = `pilothouse forecast --csv FILE --horizon STEPS [--season STEPS]

FILE holds timestamp,value (a path, a .gz file, or - for standard input). Prints one row a step:
timestamp,mean,low80,high80,low95,high95. Without --season the season is looked for in the history.
`;

/** Runs `forecast`; gives the exit code. */
export async function runForecast(
  args: readonly string[],
  stdin: Readable = process.stdin,
  stdout: Writable = process.stdout,
): Promise<number> {
  if (args.length === 0 || args.includes('--help')) {
    stdout.write(usage);
    return args.length === 0 ? 64 : 0;
  }
  const options = readOptions(args, ['--csv', '--horizon', '--season']);
  const csv = options.get('--csv');
  if (!csv) throw badInput('forecast wants --csv FILE.', 'See pilothouse forecast --help.');
  const horizon = wholeNumber(options.get('--horizon'), '--horizon', limits.forecastStepsMax);
  const history = regularise(await readRows(csv, stdin), limits.forecastRowsMax);
  if (!history)
    throw badInput(`${csv} holds no row with a time and a number.`, 'Give a file of timestamp,value.');
  const asked = options.get('--season');
  const season = asked ? wholeNumber(asked, '--season', limits.forecastRowsMax) : findSeason(history);
  const { mean, band80, band95 } = forecast(history.values, { horizon, season });
  const writer = lineWriter(stdout);
  await writer.line('timestamp,mean,low80,high80,low95,high95');
  for (let step = 0; step < horizon; step++) {
    const time = new Date(history.lastMs + (step + 1) * history.stepMs).toISOString();
    const cells = [mean, band80.low, band80.high, band95.low, band95.high];
    await writer.line([time, ...cells.map((values) => Number(values[step]!.toPrecision(8)))].join(','));
  }
  await writer.end();
  return 0;
}

async function readRows(file: string, stdin: Readable): Promise<readonly TimedValue[]> {
  const rows: TimedValue[] = [];
  let columns = { time: 0, value: 1 };
  let isFirst = true;
  for await (const line of readLines(file, stdin)) {
    if (line.trim() === '') continue;
    const cells = splitCsv(isFirst ? line.replace(/^\ufeff/, '') : line);
    const header = isFirst ? readHeader(cells) : undefined;
    isFirst = false;
    if (header) columns = header;
    else rows.push({ timeMs: parseTime(cells[columns.time] ?? ''), value: parseValue(cells[columns.value]) });
  }
  return rows;
}

function wholeNumber(text: string | undefined, name: string, most: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > most)
    throw badInput(`${name} wants a whole number from 1 to ${most}.`, `Write ${name} 24, for example.`);
  return value;
}
