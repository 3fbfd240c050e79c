// What detection of one series promises: it sees plain anomalies, is quiet on steady noise and season, judges each row
// from earlier rows alone, keeps its memory, and is not misled by bad rows.

import assert from 'node:assert/strict';
import { alarmScore, knobs, streams } from '../../daemon/monitor/knobs.ts';
import { SeriesBank, seriesBytes } from '../../daemon/monitor/seriesBank.ts';
import { daily, normalOf, type Row, randomOf, rowsOf } from './synthetic.ts';

function scoresOf(rows: readonly Row[]): number[] {
  const bank = new SeriesBank(1);
  return rows.map(({ timeMs, value }) => bank.push(0, timeMs, value));
}

/** Rows that are findings. */
function findings(rows: readonly Row[]): number[] {
  return scoresOf(rows).flatMap((score, row) => (score >= alarmScore ? [row] : []));
}

function noise(seed: number, count = 4_000): Row[] {
  const normal = normalOf(seed);
  return rowsOf(count, () => 50 + 3 * normal());
}

function seasonal(seed: number, count = 4_000): Row[] {
  const normal = normalOf(seed);
  return rowsOf(count, (_, timeMs) => 50 + 20 * daily(timeMs) + normal());
}

function changed(rows: readonly Row[], from: number, to: number, change: (value: number) => number): Row[] {
  return rows.map((row, i) => (i >= from && i < to ? { ...row, value: change(row.value) } : row));
}

describe('detection of one series', () => {
  const anomalies: readonly (readonly [string, readonly Row[], number, number])[] = [
    ['a spike', changed(noise(1), 3_000, 3_002, () => 90), 3_000, 3_001],
    ['a drop to zero', changed(noise(2), 3_000, 3_050, () => 0), 3_000, 3_049],
    ['a shift of the level', changed(noise(3), 3_000, 4_000, (value) => value + 20), 3_000, 3_020],
    ['a small shift that lasts', changed(noise(4), 3_000, 4_000, (value) => value + 6), 3_000, 3_100],
    [
      'a burst of dispersion',
      changed(noise(5), 3_000, 3_100, (value) => 50 + (value - 50) * 4),
      3_000,
      3_099,
    ],
    ['a spike on a season', changed(seasonal(6), 3_000, 3_002, (value) => value + 60), 3_000, 3_001],
    ['a day that stays away', changed(seasonal(7), 3_098, 3_242, () => 50), 3_098, 3_242],
    [
      'a leak',
      changed(noise(8), 2_000, 4_000, (value) => value).map((row, i) => ({
        ...row,
        value: row.value + Math.max(0, i - 3_000) * 0.05,
      })),
      3_000,
      3_999,
    ],
  ];
  for (const [what, rows, from, to] of anomalies)
    it(`sees ${what}`, () => {
      const found = findings(rows);
      assert.ok(
        found.some((row) => row >= from && row <= to),
        `found ${found.join(', ')}`,
      );
    });

  it('is quiet on steady noise and on a season', () => {
    const found = [11, 12, 13, 14, 15, 16, 17, 18].flatMap((seed) => [
      ...findings(noise(seed, 8_000)).filter((row) => row > 500),
      ...findings(seasonal(seed, 8_000)).filter((row) => row > 500),
    ]);
    assert.ok(found.length <= 24, `${found.length} findings in 120,000 rows`);
  });

  it('says nothing at all on a series that never changes', () => {
    assert.deepEqual(findings(rowsOf(3_000, () => 7)), []);
  });

  it('judges a row from earlier rows alone', () => {
    const rows = changed(seasonal(21), 2_500, 2_510, (value) => value * 3);
    const whole = scoresOf(rows);
    for (const end of [1, 25, 700, 2_505, 3_999])
      assert.deepEqual(scoresOf(rows.slice(0, end)), whole.slice(0, end));
  });

  it('gives scores from 0 to 1, whatever comes', () => {
    const random = randomOf(31);
    const odd = [0, -0, 1e308, -1e308, Number.NaN, Number.POSITIVE_INFINITY, 1e-320, 5, 5, 5];
    const bank = new SeriesBank(1);
    for (let i = 0; i < 5_000; i++) {
      const score = bank.push(0, 1e12 + (random() - 0.3) * 1e6 * i, odd[Math.floor(random() * odd.length)]!);
      assert.ok(score >= 0 && score <= 1, `${score} in row ${i}`);
    }
  });

  it('keeps series apart and within two kilobytes each', () => {
    assert.ok(seriesBytes <= 2_000, `${seriesBytes}`);
    const rows = changed(noise(41), 3_000, 3_005, () => 120);
    const bank = new SeriesBank(3);
    const other = normalOf(42);
    const together = rows.map(({ timeMs, value }) => {
      bank.push(0, timeMs, other() * 1e9);
      bank.push(2, timeMs, -value);
      return bank.push(1, timeMs, value);
    });
    assert.deepEqual(together, scoresOf(rows));
  });

  it('goes on after a restart as if there had been none', () => {
    const rows = changed(seasonal(51), 3_000, 3_005, () => 150);
    const before = new SeriesBank(2);
    const after = new SeriesBank(1);
    const scores = rows.map(({ timeMs, value }, row) => {
      if (row === 2_000) assert.ok(after.load(0, before.save(1)));
      return row < 2_000 ? before.push(1, timeMs, value) : after.push(0, timeMs, value);
    });
    assert.deepEqual(scores, scoresOf(rows));
    assert.equal(after.load(0, new Uint8Array(10)), false);
  });

  it('tells which signal spoke', () => {
    const bank = new SeriesBank(1);
    const rows = changed(noise(61), 3_000, 3_001, () => 100);
    const judged = rows.map(({ timeMs, value }) => bank.judge(0, timeMs, value));
    assert.equal(streams[judged[3_000]!.stream], 'level');
    assert.deepEqual(
      judged.filter(({ score, stream }) => score === 0 && stream !== -1),
      [],
    );
  });

  it('forgets a level that was left long ago', () => {
    const normal = normalOf(71);
    const long = knobs.epochRows * (knobs.memoryEpochs + 3);
    const rows = rowsOf(2_000 + long, (row) => (row < 2_000 ? 80 : 10) + normal());
    const bank = new SeriesBank(1);
    for (const { timeMs, value } of rows) bank.push(0, timeMs, value);
    const back = Array.from({ length: 5 }, (_, i) =>
      bank.push(0, rows.at(-1)!.timeMs + (i + 1) * 300_000, 80),
    );
    assert.ok(Math.max(...back) >= alarmScore, back.join(', '));
  });
});

describe('bad rows', () => {
  const good = noise(81);

  it('leaves out what is not a number, comes twice or comes late, and scores it 0', () => {
    const bank = new SeriesBank(1);
    const expected = scoresOf(good);
    const scores = good.map(({ timeMs, value }, row) => {
      const score = bank.push(0, timeMs, value);
      if (row % 7 === 0) assert.equal(bank.push(0, timeMs, 1e6), 0);
      if (row % 11 === 0) assert.equal(bank.push(0, timeMs + 1, Number.NaN), 0);
      if (row % 13 === 0) assert.equal(bank.push(0, timeMs - 600_000, -1e6), 0);
      if (row % 17 === 0) assert.equal(bank.push(0, Number.NaN, -1e6), 0);
      return score;
    });
    assert.deepEqual(scores, expected);
  });

  it('goes on when the clock was set back for good', () => {
    const rows = good.map((row, i) => (i < 2_000 ? row : { ...row, timeMs: row.timeMs - 3_600_000 * 30 }));
    const spiked = changed(rows, 3_000, 3_003, () => 120);
    assert.ok(findings(spiked).some((row) => row >= 3_000 && row <= 3_002));
    assert.deepEqual(
      findings(rows).filter((row) => row >= 2_000 && row < 2_100),
      findings(good).filter((row) => row >= 2_000 && row < 2_100),
    );
  });

  it('does not take a gap for a finding', () => {
    const rows = good.map((row, i) => (i < 2_000 ? row : { ...row, timeMs: row.timeMs + 86_400_000 }));
    assert.deepEqual(
      findings(rows).filter((row) => row >= 1_990 && row < 2_060),
      [],
    );
  });
});
