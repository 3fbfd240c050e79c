// What detection over all metrics of a host promises: it sees a broken relation that no single metric shows, judges
// causally, and takes constant, missing and copied columns.

import assert from 'node:assert/strict';
import { hostScorer, mahalanobis, trainHost } from '../../daemon/monitor/hostModel.ts';
import { normalOf } from './synthetic.ts';

/** Requests, CPU that follows them, memory on its own, a copy of CPU, and a column that never moves. */
function hostRows(seed: number, count: number): Float64Array[] {
  const normal = normalOf(seed);
  return Array.from({ length: count }, (_, row) => {
    const requests = 100 + 40 * Math.sin(row / 50) + 5 * normal();
    const cpu = requests / 2 + normal();
    return Float64Array.of(requests, cpu, 60 + 3 * normal(), cpu, 4);
  });
}

function scoresOf(rows: readonly Float64Array[]): number[] {
  return rows.map(hostScorer(model));
}

const model = trainHost(hostRows(1, 3_000));

describe('detection over all metrics of a host', () => {
  it('sees a relation break that no metric shows by itself', () => {
    const rows = hostRows(2, 500);
    for (let i = 300; i < 320; i++) rows[i] = Float64Array.of(130, 32, 60, 32, 4);
    const scores = scoresOf(rows);
    assert.ok(Math.max(...scores.slice(300, 320)) >= 0.5);
    assert.ok(scores.slice(10, 300).filter((score) => score >= 0.5).length <= 3);
  });

  it('sees a metric move that never did', () => {
    const rows = hostRows(3, 200);
    for (let i = 150; i < 160; i++) rows[i]![4] = 5;
    assert.ok(Math.max(...scoresOf(rows).slice(150, 160)) >= 0.5);
  });

  it('judges a row from itself and earlier ones', () => {
    const rows = hostRows(4, 300);
    rows[200]![1] = 500;
    const whole = scoresOf(rows);
    for (const end of [1, 150, 201]) assert.deepEqual(scoresOf(rows.slice(0, end)), whole.slice(0, end));
    assert.ok(whole.every((score) => score >= 0 && score < 1));
  });

  it('takes a missing cell for usual', () => {
    const rows = hostRows(5, 100).map((row) =>
      Float64Array.of(row[0]!, row[1]!, Number.NaN, row[3]!, row[4]!),
    );
    const scores = scoresOf(rows);
    assert.ok(scores.every((score) => score < 0.5));
  });

  it('has the plain baseline to compare with', () => {
    const square = Math.SQRT1_2;
    const rows = [-1, 1].flatMap((a) => [-1, 1].map((b) => Float64Array.of(a * 3, b * 5)));
    const distance = mahalanobis(trainHost(rows));
    assert.ok(Math.abs(distance(Float64Array.of(3, 5)) - 2) < 1e-9);
    assert.ok(Math.abs(distance(Float64Array.of(0, 5 * square)) - 0.5) < 1e-9);
  });

  it('refuses to learn from one row', () => {
    assert.throws(() => trainHost(hostRows(6, 1)), RangeError);
  });
});
