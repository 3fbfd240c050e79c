// Measures the store of series: samples appended a second (durable in the journal), bytes a sample on the disk while
// single samples are kept and after they were rolled up, and the time of a chart over 30 days and over 6 hours.
// Asserts nothing. Run: npm run bench series.

import { statSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { SeriesStore } from '../../daemon/series/contract.ts';
import { seriesMigrations } from '../../daemon/series/migrations.ts';
import { createSeriesStore } from '../../daemon/series/store.ts';
import { openDatabase } from '../../daemon/store/database.ts';
import { removeTempFolders, tempFolder } from '../fakes/tempFolder.ts';
import { daily, normalOf } from '../monitor/synthetic.ts';
import { median, rounded } from './figures.ts';

const startMs = Date.UTC(2026, 0, 5);
const stepMs = 15_000;
const dayMs = 86_400_000;

/** Figures by name. */
export async function bench(): Promise<Record<string, number>> {
  const figures = { ...benchAppend(), ...benchChart() };
  removeTempFolders();
  return Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, rounded(value)]));
}

/** 500 hosts' figures for a day, every 15 seconds with some jitter of their clocks, as noisy as processors are. */
function benchAppend(): Record<string, number> {
  const count = 500;
  const rows = dayMs / stepMs;
  const house = openStore();
  const normal = normalOf(1);
  const noise = Float64Array.from({ length: 65_536 }, () => normal());
  const numbers = numbersOf(house, count);
  const values = new Float64Array(count);
  let spentMs = 0;
  let spentCpuMs = 0;
  for (let row = 0; row < rows; row++) {
    const atMs = startMs + row * stepMs;
    for (let i = 0; i < count; i++)
      values[i] = 40 + 20 * daily(atMs) + 3 * noise[(row * 31 + i * 977) & 65_535]!;
    const times = Float64Array.from(
      numbers,
      (_, i) => atMs + Math.round(20 * noise[(row + i * 7) & 65_535]!),
    );
    house.nowMs = atMs;
    const begun = performance.now();
    const cpu = process.cpuUsage();
    house.store.append({ numbers, times, values });
    spentMs += performance.now() - begun;
    const { user, system } = process.cpuUsage(cpu);
    spentCpuMs += (user + system) / 1_000;
  }
  const samples = count * rows;
  house.store.flush();
  const fresh = house.store.size().bytes / samples;
  house.nowMs += 2 * dayMs;
  for (let i = 0; i < 10; i++) house.store.maintain(Number.MAX_SAFE_INTEGER);
  house.store.flush();
  for (let i = 0; i < 10; i++) house.store.maintain(Number.MAX_SAFE_INTEGER);
  const rolled = house.store.size().bytes / samples;
  house.close();
  return {
    samplesPerWallSecond: (samples * 1_000) / spentMs,
    samplesPerCoreSecond: (samples * 1_000) / spentCpuMs,
    bytesPerSampleWithRollups: fresh,
    bytesPerSampleAfterDay: rolled,
    fileMegabytes: statSync(house.file).size / 1e6,
  };
}

/** One series of 30 days among 20, every 15 seconds. */
function benchChart(): Record<string, number> {
  const house = openStore();
  const numbers = numbersOf(house, 20);
  const normal = normalOf(2);
  const days = 30;
  for (let at = startMs; at < startMs + days * dayMs; at += 600_000) {
    const times: number[] = [];
    const values: number[] = [];
    const of: number[] = [];
    for (const number of numbers)
      for (let inner = 0; inner < 600_000; inner += stepMs) {
        of.push(number);
        times.push(at + inner);
        values.push(30 + 10 * daily(at + inner) + normal());
      }
    house.nowMs = at + 600_000;
    house.store.append({ numbers: of, times, values });
    if (at % dayMs === 0) house.store.maintain(Number.MAX_SAFE_INTEGER);
  }
  const { nowMs } = house;
  const { id } = house.store.list()[0]!;
  const timed = (spanMs: number): number =>
    median(
      Array.from({ length: 30 }, () => {
        const begun = performance.now();
        house.store.range(id, nowMs - spanMs, nowMs, 800);
        return performance.now() - begun;
      }),
    );
  const figures = {
    chart30DaysMs: timed(days * dayMs),
    chart1DayMs: timed(dayMs),
    chart3HoursMs: timed(3 * 3_600_000),
    samples1DayMs: median(
      Array.from({ length: 10 }, () => {
        const begun = performance.now();
        house.store.samples(numbers[0]!, nowMs - dayMs, nowMs);
        return performance.now() - begun;
      }),
    ),
  };
  house.close();
  const begun = performance.now();
  house.reopen();
  return { ...figures, openMs: performance.now() - begun };
}

interface OpenStore {
  readonly file: string;
  nowMs: number;
  store: SeriesStore;
  close(): void;
  reopen(): void;
}

function openStore(): OpenStore {
  const file = `${tempFolder()}/series.db`;
  const open = () => openDatabase({ file, durability: 'normal', migrations: seriesMigrations });
  const now = (): number => house.nowMs;
  let database = open();
  const house: OpenStore = {
    file,
    nowMs: startMs,
    store: createSeriesStore({ database, now }),
    close() {
      house.store.flush();
      database.close();
    },
    reopen() {
      database = open();
      house.store = createSeriesStore({ database, now });
      database.close();
    },
  };
  return house;
}

function numbersOf(house: OpenStore, count: number): readonly number[] {
  return Array.from(
    { length: count },
    (_, i) => house.store.register({ resource: `os:vm/${i}`, metric: 'cpu' }, '%', 'bench')!,
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  for (const [name, value] of Object.entries(await bench()))
    process.stdout.write(`${name.padEnd(28)} ${value}\n`);
