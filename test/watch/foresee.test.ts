// What is foreseen of a stored series, at every length of history: whether there is an even or an odd number of rows, a
// disk that fills up steadily is full when the line says so.

import assert from 'node:assert/strict';
import { limits } from '../../daemon/config.ts';
import type { SeriesReader } from '../../daemon/series/contract.ts';
import { foresee } from '../../daemon/watch/foresee.ts';
import type { SeriesInfo, SeriesRange } from '../../shared/model/series.ts';

const stepMs = 4_000;
const startMs = Date.UTC(2026, 10, 21, 10);
const info: SeriesInfo = {
  id: 'lab:vm/web-1#disk:/data',
  resource: 'lab:vm/web-1',
  metric: 'disk',
  part: '/data',
  unit: '%',
  source: 'lab',
  lastMs: startMs,
  lastValue: 0,
  stepMs,
};

/** A series of which so many rows were measured. */
function readerOf(rows: number, value: (row: number) => number): SeriesReader {
  const range = (_id: string, fromMs: number, toMs: number): SeriesRange => {
    const known = Array.from({ length: rows }, (_, row) => row).filter(
      (row) => startMs + row * stepMs >= fromMs && startMs + row * stepMs <= toMs,
    );
    const means = known.map(value);
    return {
      series: info,
      times: known.map((row) => startMs + row * stepMs),
      means,
      mins: means,
      maxs: means,
      widthMs: 0,
      gapMs: 0,
    };
  };
  return { list: () => [info], get: () => info, range };
}

const look = (rows: number, value: (row: number) => number, horizonMs = 3_600_000) =>
  foresee(readerOf(rows, value), info.id, horizonMs, {
    nowMs: startMs + (rows - 1) * stepMs,
    nameOf: () => 'web-1',
  });

describe('foreseeing a stored series', () => {
  it('says when a steady line is full, with every number of rows', () => {
    for (let rows = limits.foreseeRowsMin; rows < limits.foreseeRowsMin + 40; rows++) {
      // A quarter of the history further on it is full.
      const slope = 50 / (1.25 * rows);
      const foreseen = look(rows, (row) => 50 + slope * row);
      const rightMs = startMs + 1.25 * rows * stepMs;
      assert.ok(foreseen.full?.atMs !== undefined, `${rows} rows: ${foreseen.sentence}`);
      assert.ok(Math.abs(foreseen.full.atMs - rightMs) <= 2 * stepMs, `${rows} rows: ${foreseen.sentence}`);
      assert.deepEqual(
        foreseen.methods.some(({ name }) => name === 'naive'),
        false,
      );
    }
  });

  it('looks no further than it could be tested for, and says so', () => {
    const foreseen = look(60, (row) => 50 + row / 10);
    assert.equal(foreseen.times.length, 30);
    assert.match(foreseen.sentence, /too few to look further.*At the present rate/);
  });

  it('keeps two seasons to learn from before the stretch it is tested on', () => {
    const foreseen = look(100, (row) => 50 + 10 * Math.sin((2 * Math.PI * row) / 30));
    assert.ok(foreseen.times.length >= 1 && foreseen.times.length <= 38, `${foreseen.times.length}`);
    assert.ok(foreseen.methods.every(({ name }) => name !== 'naive'));
    const last = foreseen.means.at(-1)!;
    const right = 50 + 10 * Math.sin((2 * Math.PI * (100 + foreseen.means.length - 1)) / 30);
    assert.ok(Math.abs(last - right) < 3, `${last} for ${right}`);
  });

  it('refuses where too little is known', () => {
    assert.throws(
      () => look(limits.foreseeRowsMin - 1, () => 50),
      (error: Error) => /too little is known/.test(error.message),
    );
  });
});
