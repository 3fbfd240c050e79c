// Measures forecasts: speed and coverage on made series; and, where a folder of public data is given (an argument or
// PILOTHOUSE_DATA, holding `m4/`), the M4 competition's measure on its hourly series (OWA: 1 is its seasonally adjusted
// naive forecast, lower is better). Run: npm run bench forecast, or node test/bench/forecast.ts [FOLDER].

import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { type Forecast, forecast } from '../../daemon/monitor/forecast/forecast.ts';
import { daily, normalOf } from '../monitor/synthetic.ts';

const horizon = 48;
const season = 24;
const madeSeries = 20;
const madeRows = 720;
const hourMs = 3_600_000;

/** Figures by name; the first argument is the folder of data. */
export async function bench(args: readonly string[] = []): Promise<Record<string, number>> {
  const folder = args[0] ?? process.env.PILOTHOUSE_DATA;
  const figures: Record<string, number> = benchMade();
  if (folder && fs.existsSync(path.join(folder, 'm4')))
    Object.assign(figures, benchM4(path.join(folder, 'm4')));
  return figures;
}

function benchMade(): Record<string, number> {
  const whole = Array.from({ length: madeSeries }, (_, seed) => {
    const normal = normalOf(seed + 1);
    return Float64Array.from(
      { length: madeRows + horizon },
      (_, row) => 100 + 30 * daily(row * hourMs) + 0.02 * row + 4 * normal(),
    );
  });
  const begun = performance.now();
  const foreseen = whole.map((values) => forecast(values.subarray(0, madeRows), { horizon, season }));
  const spentMs = performance.now() - begun;
  const happened = whole.map((values) => values.subarray(madeRows));
  return { msPerForecast: spentMs / madeSeries, madeCover80: coverage(foreseen, happened, 'band80') };
}

function benchM4(folder: string): Record<string, number> {
  const train = readSeries(gunzipSync(fs.readFileSync(path.join(folder, 'Hourly-train.csv.gz'))).toString());
  const test = readSeries(fs.readFileSync(path.join(folder, 'Hourly-test.csv'), 'utf8'));
  const foreseen = train.map((history) => forecast(history, { horizon, season }));
  const measure = (values: readonly Float64Array[]) => ({
    smape: meanOf(values.map((value, i) => smape(test[i]!, value))),
    mase: meanOf(values.map((value, i) => mase(train[i]!, test[i]!, value))),
  });
  const ours = measure(foreseen.map(({ mean }) => mean));
  const plain = measure(train.map(naive2));
  return {
    m4Owa: (ours.smape / plain.smape + ours.mase / plain.mase) / 2,
    m4Smape: ours.smape,
    m4Mase: ours.mase,
    m4Cover80: coverage(foreseen, test, 'band80'),
    m4Cover95: coverage(foreseen, test, 'band95'),
  };
}

function coverage(
  foreseen: readonly Forecast[],
  happened: readonly Float64Array[],
  band: 'band80' | 'band95',
): number {
  return meanOf(
    foreseen.flatMap((each, i) =>
      Array.from(happened[i]!, (value, step) =>
        value >= each[band].low[step]! && value <= each[band].high[step]! ? 1 : 0,
      ),
    ),
  );
}

function readSeries(text: string): readonly Float64Array[] {
  const rows = text.trim().split('\n').slice(1);
  return rows.map((row) => {
    const cells = row
      .split(',')
      .slice(1)
      .map((cell) => cell.replaceAll('"', '').trim());
    return Float64Array.from(cells.filter((cell) => cell !== '' && cell !== 'NA').map(Number));
  });
}

function smape(happened: Float64Array, foreseen: Float64Array): number {
  return meanOf(
    Array.from(happened, (value, i) => {
      const size = Math.abs(value) + Math.abs(foreseen[i]!);
      return size === 0 ? 0 : (200 * Math.abs(value - foreseen[i]!)) / size;
    }),
  );
}

function mase(history: Float64Array, happened: Float64Array, foreseen: Float64Array): number {
  const usual = meanOf(Array.from(history.subarray(season), (value, i) => Math.abs(value - history[i]!)));
  return meanOf(Array.from(happened, (value, i) => Math.abs(value - foreseen[i]!))) / (usual || 1);
}

/** The competition's yardstick: the last value, seasonally adjusted where the history passes its test for a season. */
function naive2(history: Float64Array): Float64Array {
  const factors = isSeasonal(history) ? seasonFactors(history) : new Float64Array(season).fill(1);
  const last = history.length - 1;
  const level = history[last]! / factors[last % season]!;
  return Float64Array.from({ length: horizon }, (_, step) => level * factors[(last + 1 + step) % season]!);
}

function isSeasonal(history: Float64Array): boolean {
  const mean = meanOf([...history]);
  const off = history.map((value) => value - mean);
  const correlation = (lag: number): number => {
    let together = 0;
    let own = 0;
    for (let i = 0; i < off.length; i++) {
      own += off[i]! ** 2;
      if (i >= lag) together += off[i]! * off[i - lag]!;
    }
    return together / own;
  };
  let squares = 0;
  for (let lag = 1; lag < season; lag++) squares += correlation(lag) ** 2;
  return Math.abs(correlation(season)) > 1.645 * Math.sqrt((1 + 2 * squares) / history.length);
}

/** Multiplicative factors by the classical decomposition. */
function seasonFactors(history: Float64Array): Float64Array {
  const half = season / 2;
  const sums = new Float64Array(season);
  const counts = new Float64Array(season);
  for (let i = half; i < history.length - half; i++) {
    let trend = (history[i - half]! + history[i + half]!) / 2;
    for (let j = i - half + 1; j < i + half; j++) trend += history[j]!;
    sums[i % season]! += history[i]! / (trend / season);
    counts[i % season]!++;
  }
  const factors = sums.map((sum, i) => sum / counts[i]!);
  const mean = meanOf([...factors]);
  return factors.map((factor) => factor / mean);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  for (const [name, value] of Object.entries(await bench(process.argv.slice(2))))
    process.stdout.write(`${name.padEnd(26)} ${Number(value.toPrecision(6))}\n`);
