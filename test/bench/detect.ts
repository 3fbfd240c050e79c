// Measures detection: speed and memory of the streaming detector on made series; and, where a folder of public data is
// given (an argument or PILOTHOUSE_DATA, holding `nab/` and `smd-asd/`), how well it finds what is labelled there.
// Run: npm run bench detect, or node test/bench/detect.ts [FOLDER]. The data is never part of the repository.

import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { hostScorer, mahalanobis, trainHost } from '../../daemon/monitor/hostModel.ts';
import { alarmScore } from '../../daemon/monitor/knobs.ts';
import { SeriesBank, seriesBytes } from '../../daemon/monitor/seriesBank.ts';
import { readNab, scoreEvents, scoreNab } from '../monitor/nabScore.ts';
import { daily, normalOf } from '../monitor/synthetic.ts';

const seriesCount = 200;
const rowsEach = 5_000;
const startMs = Date.UTC(2026, 0, 5);
const stepMs = 15_000;

/** Figures by name; the first argument is the folder of data. */
export async function bench(args: readonly string[] = []): Promise<Record<string, number>> {
  const folder = args[0] ?? process.env.PILOTHOUSE_DATA;
  const figures: Record<string, number> = { seriesBytes, ...benchSpeed() };
  if (folder && fs.existsSync(path.join(folder, 'nab'))) Object.assign(figures, benchNab(folder));
  if (folder && fs.existsSync(path.join(folder, 'smd-asd'))) Object.assign(figures, benchHosts(folder));
  return figures;
}

/** Rows of many series in turn, as they come from a source; the rows are made before the clock starts. */
function benchSpeed(): Record<string, number> {
  const normal = normalOf(1);
  const values = Float64Array.from(
    { length: 100_003 },
    (_, i) => 50 + 20 * daily(startMs + i * stepMs) + normal(),
  );
  const bank = new SeriesBank(seriesCount);
  const run = (from: number, rows: number): { readonly wallMs: number; readonly cpuMs: number } => {
    const begun = performance.now();
    const cpu = process.cpuUsage();
    for (let row = from; row < from + rows; row++)
      for (let series = 0; series < seriesCount; series++)
        bank.push(series, startMs + row * stepMs, values[(row + series * 499) % values.length]!);
    const { user, system } = process.cpuUsage(cpu);
    return { wallMs: performance.now() - begun, cpuMs: (user + system) / 1_000 };
  };
  const warmUp = 500;
  run(0, warmUp);
  const { wallMs, cpuMs } = run(warmUp, rowsEach);
  const points = seriesCount * rowsEach * 1_000;
  // On a busy machine the wall clock also counts what others do; a core is measured by its own time.
  const perSecond = points / cpuMs;
  return {
    pointsPerCoreSecond: Math.round(perSecond),
    pointsPerWallSecond: Math.round(points / wallMs),
    /** Share of a core that 10,000 series with a row every 15 seconds cost, in percent. */
    corePercentOf10kSeries: (100 * 10_000) / 15 / perSecond,
  };
}

function benchNab(folder: string): Record<string, number> {
  const files = readNab(path.join(folder, 'nab'));
  const scores = files.map(({ times, values }) => {
    const bank = new SeriesBank(1);
    return times.map((time, row) => bank.push(0, time, values[row]!));
  });
  const isServer = files.map(({ name }) => /CloudWatch|cpu_|ec2_|rogue/.test(name));
  const events = scoreEvents(
    files.filter((_, i) => isServer[i]),
    scores.filter((_, i) => isServer[i]),
    alarmScore,
  );
  return {
    ...scoreNab(files, scores, 'realAWSCloudwatch/'),
    serverEventF1: events.f1,
    serverFalsePer10kRows: events.falsePer10k,
  };
}

function benchHosts(folder: string): Record<string, number> {
  const data = path.join(folder, 'smd-asd');
  const names = fs.readdirSync(data).flatMap((file) => /^(.+)\.test\.csv\.gz$/.exec(file)?.[1] ?? []);
  const sums = { baseline: 0, ours: 0 };
  for (const name of names) {
    const model = trainHost(readTable(path.join(data, `${name}.train.csv.gz`)));
    const rows = readTable(path.join(data, `${name}.test.csv.gz`));
    const size = model.means.length;
    const metrics = rows.map((row) => row.subarray(0, size));
    const labels = rows.map((row) => row[size]!);
    sums.baseline += averagePrecision(metrics.map(mahalanobis(model)), labels) / names.length;
    sums.ours += averagePrecision(metrics.map(hostScorer(model)), labels) / names.length;
  }
  return {
    hostAveragePrecision: sums.ours,
    hostBaselinePrecision: sums.baseline,
    hostGainPercent: 100 * (sums.ours / sums.baseline - 1),
  };
}

function readTable(file: string): readonly Float64Array[] {
  const lines = gunzipSync(fs.readFileSync(file)).toString().trim().split('\n').slice(1);
  return lines.map((line) => Float64Array.from(line.split(','), Number));
}

/** Area under precision and recall over single rows, without adjustment; rows of one score count together. */
function averagePrecision(scores: readonly number[], labels: readonly number[]): number {
  const order = [...scores.keys()].sort((a, b) => scores[b]! - scores[a]!);
  const positives = labels.reduce((sum, label) => sum + label, 0);
  let hits = 0;
  let area = 0;
  for (let i = 0; i < order.length; ) {
    const before = hits;
    const score = scores[order[i]!]!;
    for (; i < order.length && scores[order[i]!] === score; i++) hits += labels[order[i]!]!;
    area += ((hits - before) / positives) * (hits / i);
  }
  return area;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  for (const [name, value] of Object.entries(await bench(process.argv.slice(2))))
    process.stdout.write(`${name.padEnd(26)} ${Number(value.toPrecision(6))}\n`);
