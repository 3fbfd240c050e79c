// Chunks and roll-ups give back what was put in, as exactly as they say, whatever the numbers are.

import assert from 'node:assert/strict';
import { storedValue } from '../../daemon/series/bits.ts';
import { Chunk, decodeSamples } from '../../daemon/series/chunk.ts';
import { decodeRows, emptyRows, encodeRows, rollUp } from '../../daemon/series/rollup.ts';
import { normalOf } from '../monitor/synthetic.ts';

const startMs = Date.UTC(2026, 10, 20, 10);

function check(samples: readonly (readonly [number, number])[]): void {
  const chunk = new Chunk(startMs);
  for (const [atMs, value] of samples) chunk.append(atMs, value);
  const { times, values } = decodeSamples(startMs, chunk.encode());
  assert.deepEqual(
    [...times],
    samples.map(([atMs]) => atMs),
  );
  assert.deepEqual(
    [...values],
    samples.map(([, value]) => storedValue(value)),
  );
}

describe('a chunk', () => {
  it('holds nothing, one sample, and many', () => {
    check([]);
    check([[startMs, 41.5]]);
    check(Array.from({ length: 240 }, (_, i) => [startMs + i * 15_000, 40 + (i % 7)]));
  });
  it('holds noise at uneven times, gaps, and values of any size and sign', () => {
    const normal = normalOf(7);
    const values = [0, -0.001, 1e-30, 1e29, -1e29, 3, 3, 3, -3, 0.1, 100, 99.99];
    let atMs = startMs;
    check(
      Array.from({ length: 500 }, (_, i) => {
        atMs += 100 * (1 + Math.floor(Math.abs(normal()) * (i % 50 === 0 ? 3_000 : 20)));
        return [atMs, i < values.length ? values[i]! : normal() * 10 ** (i % 9)] as const;
      }),
    );
  });
  it('goes on after it was read back', () => {
    const chunk = new Chunk(startMs);
    chunk.append(startMs + 1_000, 1.5);
    const again = Chunk.decode(startMs, chunk.encode());
    chunk.append(startMs + 2_000, 2.5);
    again.append(startMs + 2_000, 2.5);
    assert.deepEqual(again.encode(), chunk.encode());
  });
  it('keeps values to better than 1 in 65,000', () => {
    const normal = normalOf(3);
    for (let i = 0; i < 1_000; i++) {
      const value = normal() * 10 ** (i % 12);
      assert.ok(Math.abs(storedValue(value) - value) <= Math.abs(value) / 65_000, String(value));
    }
  });
});

describe('roll-ups', () => {
  it('give lowest, mean, highest and count, with the ends never inside of what was', () => {
    const normal = normalOf(5);
    const times = Array.from({ length: 600 }, (_, i) => startMs + i * 7_000);
    const values = times.map(() => 50 + 20 * normal());
    const rows = rollUp(emptyRows(), { times, means: values }, 60_000);
    const back = decodeRows(encodeRows(rows, startMs, 60_000), startMs, 60_000);
    assert.deepEqual(back.times, rows.times);
    assert.deepEqual(back.counts, rows.counts);
    rows.times.forEach((time, i) => {
      const own = values.filter((_, k) => Math.floor(times[k]! / 60_000) * 60_000 === time);
      assert.equal(rows.counts[i], own.length);
      assert.ok(Math.abs(back.means[i]! - rows.means[i]!) < 0.01);
      assert.ok(back.mins[i]! <= Math.min(...own) + 0.01 && back.mins[i]! > Math.min(...own) - 1);
      assert.ok(back.maxs[i]! >= Math.max(...own) - 0.01 && back.maxs[i]! < Math.max(...own) + 1);
    });
  });
  it('merge two parts of one stretch by their counts', () => {
    const rows = rollUp(
      emptyRows(),
      { times: [startMs, startMs + 1_000, startMs + 2_000], means: [1, 1, 1] },
      60_000,
    );
    rollUp(rows, { times: [startMs + 3_000], means: [5] }, 60_000);
    assert.deepEqual([rows.means, rows.mins, rows.maxs, rows.counts], [[2], [1], [5], [4]]);
  });
  it('leave gaps as gaps', () => {
    const rows = rollUp(emptyRows(), { times: [startMs, startMs + 3_600_000], means: [1, 2] }, 60_000);
    const back = decodeRows(encodeRows(rows, startMs, 60_000), startMs, 60_000);
    assert.deepEqual(back.times, [startMs, startMs + 3_600_000]);
  });
});
