// The store keeps what was acknowledged: over a restart, over the end of the process at any moment, over the hours; it
// gives charts that end with the newest sample, and it stays within its size.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type Database from 'better-sqlite3';
import type { SeriesStore } from '../../daemon/series/contract.ts';
import { seriesMigrations } from '../../daemon/series/migrations.ts';
import { createSeriesStore } from '../../daemon/series/store.ts';
import { openDatabase } from '../../daemon/store/database.ts';
import { removeTempFolders, tempFolder } from '../fakes/tempFolder.ts';

const startMs = Date.UTC(2026, 10, 20, 10);
const hourMs = 3_600_000;
const key = { resource: 'os:vm/1', metric: 'cpu' } as const;

interface House {
  readonly store: SeriesStore;
  readonly database: Database.Database;
  nowMs: number;
}

function open(folder: string, nowMs = startMs): House {
  const database = openDatabase({
    file: `${folder}/series.db`,
    durability: 'normal',
    migrations: seriesMigrations,
  });
  const house: House = { database, nowMs, store: createSeriesStore({ database, now: () => house.nowMs }) };
  return house;
}

/** One series, every 15 seconds, value i. */
function fill(house: House, from: number, count: number): number {
  const number = house.store.register(key, '%', 'test')!;
  for (let i = from; i < from + count; i++) {
    const atMs = startMs + i * 15_000;
    house.nowMs = atMs;
    house.store.append({ numbers: [number], times: [atMs], values: [i % 1_000] });
  }
  return number;
}

function valuesOf(house: House, number: number): readonly number[] {
  return [...house.store.samples(number, 0, Number.MAX_SAFE_INTEGER / 2).values];
}
const expected = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i % 1_000);

describe('the store of series', () => {
  afterEach(removeTempFolders);

  it('gives back what was appended, over hours and a clean restart', () => {
    const folder = tempFolder();
    const house = open(folder);
    const number = fill(house, 0, 1_000);
    assert.deepEqual(valuesOf(house, number), expected(1_000));
    house.store.flush();
    house.database.close();
    const again = open(folder, house.nowMs);
    assert.deepEqual(valuesOf(again, number), expected(1_000));
    assert.equal(again.store.info(number).lastValue, 999);
    fill(again, 1_000, 10);
    assert.equal(valuesOf(again, number).length, 1_010);
    again.database.close();
  });

  it('has everything after an end at any moment: the journal is in front of the chunks', () => {
    for (const count of [1, 63, 64, 65, 130, 239, 240, 241, 777]) {
      const folder = tempFolder();
      const house = open(folder);
      const number = fill(house, 0, count);
      // Nothing is flushed: as if the process had ended.
      house.database.close();
      const again = open(folder, house.nowMs);
      assert.deepEqual(valuesOf(again, number), expected(count), `${count} samples`);
      const range = again.store.range(again.store.info(number).id, startMs, house.nowMs, 5_000)!;
      assert.equal(range.times.at(-1), startMs + (count - 1) * 15_000);
      again.database.close();
    }
  });

  it('has what a process said was kept after it was killed', async () => {
    const folder = tempFolder();
    const child = spawn(
      process.execPath,
      ['--no-warnings', path.join(import.meta.dirname, 'appendChild.ts'), folder],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    let acknowledged = 0;
    let text = '';
    child.stdout.on('data', (data: Buffer) => {
      text += data;
      acknowledged = Number(text.trimEnd().split('\n').at(-1));
      if (acknowledged > 400) child.kill('SIGKILL');
    });
    await once(child, 'exit');
    const house = open(folder, startMs + 1e9);
    const kept = valuesOf(house, 1).length;
    assert.ok(acknowledged > 400 && kept >= acknowledged, `${kept} of ${acknowledged}`);
    assert.deepEqual(valuesOf(house, 1), expected(kept));
    house.database.close();
  });

  it('leaves out what is not later than the last, and never takes the time back', () => {
    const house = open(tempFolder());
    const number = house.store.register(key, '%', 'test')!;
    for (const atMs of [startMs, startMs + 15_000, startMs + 15_000, startMs - hourMs, startMs + 30_000])
      house.store.append({ numbers: [number], times: [atMs], values: [atMs === startMs - hourMs ? 99 : 1] });
    assert.deepEqual(valuesOf(house, number), [1, 1, 1]);
    house.database.close();
  });

  it('loses nothing where a source reads what it missed, an hour that was closed in the silence', () => {
    const folder = tempFolder();
    let house = open(folder, startMs + 3 * hourMs);
    const number = house.store.register(key, '%', 'test')!;
    const count = 4 * 60 * 3;
    for (let from = 0; from < count; from += 100) {
      const rows = Array.from({ length: Math.min(100, count - from) }, (_, i) => from + i);
      house.store.append({
        numbers: rows.map(() => number),
        times: rows.map((row) => startMs + row * 15_000),
        values: rows.map((row) => row % 1_000),
      });
      // Closed and written; or only closed; or read from the disk after a restart, flushed or not.
      if (from % 400 === 0) house.store.maintain(1e9);
      else if (from % 400 === 200) {
        if (from % 800 === 200) house.store.flush();
        house.database.close();
        house = open(folder, startMs + 3 * hourMs);
      }
    }
    assert.deepEqual(valuesOf(house, number), expected(count));
    const { id } = house.store.list()[0]!;
    const wide = house.store.range(id, startMs, startMs + 3 * hourMs, 20)!;
    assert.equal(wide.widthMs, 600_000);
    assert.deepEqual(
      wide.means.map((mean) => Math.round(mean)),
      Array.from({ length: 18 }, (_, i) => Math.round(i * 40 + 19.5)),
      'no sample is in a roll-up twice',
    );
    house.database.close();
  });

  it('rolls up in charts what no longer fits, and ends with the newest sample', () => {
    const house = open(tempFolder());
    fill(house, 0, 4 * 60 * 30);
    const { id } = house.store.list()[0]!;
    const day = house.store.range(id, startMs, house.nowMs, 500)!;
    assert.ok(day.widthMs > 0 && day.times.length <= 500);
    assert.ok(house.nowMs - day.times.at(-1)! <= day.widthMs);
    const samples = house.store.range(id, house.nowMs - hourMs, house.nowMs, 500)!;
    assert.equal(samples.widthMs, 0);
    assert.equal(samples.times.length, 241);
    day.means.forEach((mean, i) => {
      assert.ok(day.mins[i]! <= mean && mean <= day.maxs[i]!);
    });
    house.database.close();
  });

  it('forgets single samples after a day, and keeps their roll-ups', () => {
    const house = open(tempFolder());
    const number = fill(house, 0, 400);
    house.store.flush();
    house.nowMs += 3 * 24 * hourMs;
    for (let i = 0; i < 3; i++) house.store.maintain(1e9);
    assert.equal(valuesOf(house, number).length, 0);
    const range = house.store.range(house.store.info(number).id, startMs, startMs + 2 * hourMs, 1_000)!;
    assert.equal(range.widthMs, 60_000);
    assert.ok(range.times.length >= 99 && range.means[0]! < 5);
    house.database.close();
  });

  it('keeps less where it would grow over its size', () => {
    const house = open(tempFolder());
    const numbers = Array.from(
      { length: 20 },
      (_, i) => house.store.register({ resource: `os:vm/${i}`, metric: 'cpu' }, '%', 'test')!,
    );
    for (let row = 0; row < 2_000; row++) {
      house.nowMs = startMs + row * 15_000;
      const times = numbers.map(() => house.nowMs);
      const values = numbers.map((number) => Math.sin(row * number) * 100);
      house.store.append({ numbers, times, values });
    }
    house.store.flush();
    const before = house.store.size().bytes;
    for (let i = 0; i < 200; i++) house.store.maintain(before / 2);
    assert.ok(house.store.size().bytes < before * 0.75, `${house.store.size().bytes} of ${before}`);
    assert.ok(house.store.size().rawFromMs > house.nowMs - 20 * hourMs);
    house.database.close();
  });
});
