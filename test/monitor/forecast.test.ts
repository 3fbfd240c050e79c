// What forecasts promise: they continue a season and a trend, their intervals hold about the share they say, they need
// no more than one value, and uneven rows become an even history.

import assert from 'node:assert/strict';
import { type Forecast, forecast } from '../../daemon/monitor/forecast/forecast.ts';
import { methods } from '../../daemon/monitor/forecast/methods.ts';
import { findSeason, regularise } from '../../daemon/monitor/forecast/regular.ts';
import { normalOf, rowsOf } from './synthetic.ts';

const season = 24;
const horizon = 48;

function wave(seed: number, rows: number, noise: number, slope = 0): Float64Array {
  const normal = normalOf(seed);
  return Float64Array.from(
    { length: rows },
    (_, row) => 100 + 30 * Math.sin((2 * Math.PI * row) / season) + slope * row + noise * normal(),
  );
}

function covered(all: readonly (readonly [Forecast, Float64Array])[], band: 'band80' | 'band95'): number {
  const inside = all.flatMap(([foreseen, happened]) =>
    Array.from(happened, (value, step): number =>
      value >= foreseen[band].low[step]! && value <= foreseen[band].high[step]! ? 1 : 0,
    ),
  );
  return inside.reduce((sum, one) => sum + one, 0) / inside.length;
}

describe('a forecast', () => {
  it('continues a season', () => {
    const whole = wave(1, 480 + horizon, 2);
    const { mean } = forecast(whole.subarray(0, 480), { horizon, season });
    const errors = Array.from(mean, (value, step) => Math.abs(value - whole[480 + step]!));
    assert.ok(errors.reduce((sum, error) => sum + error, 0) / horizon < 2.5, errors.join(', '));
  });

  it('continues a disk that fills, without a season', () => {
    const normal = normalOf(2);
    const disk = Float64Array.from({ length: 300 }, (_, row) => 1_000 + 5 * row + 3 * normal());
    const { mean } = forecast(disk, { horizon: 100, season: 1 });
    assert.ok(Math.abs(mean[99]! - (1_000 + 5 * 399)) < 60, `${mean[99]}`);
  });

  it('holds in its intervals about what it says', () => {
    for (const [noise, slope] of [
      [4, 0],
      [4, 0.05],
      [12, 0],
    ] as const) {
      const all = Array.from({ length: 12 }, (_, seed) => {
        const whole = wave(100 + seed, 480 + horizon, noise, slope);
        return [forecast(whole.subarray(0, 480), { horizon, season }), whole.subarray(480)] as const;
      });
      const [share80, share95] = [covered(all, 'band80'), covered(all, 'band95')];
      assert.ok(share80 > 0.72 && share80 < 0.94, `80 %: ${share80}`);
      assert.ok(share95 > 0.9, `95 %: ${share95}`);
    }
  });

  it('is surer of what is near than of what is far on a random walk', () => {
    const normal = normalOf(3);
    let level = 500;
    const walk = Float64Array.from({ length: 400 }, () => (level += normal()));
    const { band80 } = forecast(walk, { horizon, season: 1 });
    assert.ok(band80.high[47]! - band80.low[47]! > 1.5 * (band80.high[0]! - band80.low[0]!));
  });

  it('nests its intervals around the mean and never falls below zero where the past did not', () => {
    const normal = normalOf(4);
    const load = Float64Array.from({ length: 300 }, () => Math.abs(normal()));
    const { mean, band80, band95 } = forecast(load, { horizon, season: 1 });
    for (let step = 0; step < horizon; step++) {
      const order = [
        0,
        band95.low[step]!,
        band80.low[step]!,
        mean[step]!,
        band80.high[step]!,
        band95.high[step]!,
      ];
      assert.deepEqual(
        [...order].sort((a, b) => a - b),
        order,
      );
    }
  });

  it('says something finite about any history, however short or flat or steep', () => {
    const histories = [
      [5],
      [5, 6],
      [0, 0, 0, 0],
      Array.from({ length: 50 }, () => 7),
      Array.from({ length: 60 }, (_, i) => 2 ** i),
      wave(5, 200, 1),
    ];
    for (const history of histories)
      for (const each of [1, 7, season]) {
        const { mean, band80, band95, parts } = forecast(Float64Array.from(history), {
          horizon: 20,
          season: each,
        });
        const all = [mean, band80.low, band80.high, band95.low, band95.high].flatMap((values) => [...values]);
        assert.equal(all.length, 100);
        assert.ok(all.every(Number.isFinite), `${history.length} rows, season ${each}`);
        assert.ok(Math.abs(parts.reduce((sum, { weight }) => sum + weight, 0) - 1) < 1e-9);
      }
    assert.throws(() => forecast(new Float64Array(0), { horizon: 1, season: 1 }), RangeError);
  });

  it('leaves the history as it is', () => {
    const history = wave(6, 300, 1);
    const copy = Float64Array.from(history);
    forecast(history, { horizon, season });
    assert.deepEqual(history, copy);
  });

  it('asks each method only for what it can do', () => {
    for (const method of methods) {
      const least = method.rowsMin({ horizon, season });
      const values = method.foresee(wave(7, least, 1), { horizon, season });
      assert.equal(values.length, horizon, method.name);
      assert.ok(values.every(Number.isFinite), method.name);
    }
  });
});

describe('an even history', () => {
  const rows = rowsOf(600, (row) => 10 + Math.sin((2 * Math.PI * row) / 24), 3_600_000);

  it('is the same, whatever the order, with doubles, holes and rubbish', () => {
    const whole = regularise(rows, 1_000)!;
    assert.deepEqual(
      whole.values,
      Float64Array.from(rows, ({ value }) => value),
    );
    const odd = [...rows]
      .reverse()
      .concat({ timeMs: Number.NaN, value: 3 }, { timeMs: rows[5]!.timeMs, value: Number.NaN }, rows[9]!);
    assert.deepEqual(regularise(odd, 1_000), whole);
    const holed = regularise(
      rows.filter((_, i) => i % 10 !== 5),
      1_000,
    )!;
    assert.equal(holed.values.length, whole.values.length);
    holed.values.forEach((value, i) => {
      assert.ok(Math.abs(value - whole.values[i]!) < 0.06);
    });
  });

  it('keeps the newest rows only, and nothing of nothing', () => {
    assert.deepEqual(
      regularise(rows, 100)!.values,
      Float64Array.from(rows.slice(-100), ({ value }) => value),
    );
    assert.equal(regularise([{ timeMs: Number.NaN, value: 1 }], 10), undefined);
  });

  it('has the season of its day, of its own, or none', () => {
    assert.equal(findSeason(regularise(rows, 1_000)!), 24);
    const normal = normalOf(8);
    const seven = rowsOf(300, (row) => (row % 7 === 0 ? 50 : 10) + normal(), 60_000);
    assert.equal(findSeason(regularise(seven, 1_000)!) % 7, 0);
    assert.equal(
      findSeason(
        regularise(
          rowsOf(300, () => normal(), 60_000),
          1_000,
        )!,
      ),
      1,
    );
  });
});
