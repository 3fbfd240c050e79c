// Models of failures over looks whose truth is known: both kinds learn it, probabilities mean what they say, what is noise
// is refused, and nothing is tried on what it was learnt from.

import assert from 'node:assert/strict';
import { judgeBoosted, trainBoosted } from '../../daemon/failure/boosted.ts';
import { judgeLogistic, trainLogistic } from '../../daemon/failure/logistic.ts';
import { alarmOf, aucOf, averagePrecisionOf, scoreOf } from '../../daemon/failure/score.ts';
import { judgeFailure, type Look, learnFailures } from '../../daemon/failure/trainer.ts';
import { normalOf, randomOf } from '../monitor/synthetic.ts';

const pause = async (): Promise<void> => {};
const options = { horizonMs: 0, rulesOf: () => 0, rulesAlarm: 0.7, pause };

/** Looks with two telling features and one that only looks like it; some values are not known. */
function looks(count: number, seed: number, isNoise = false): readonly Look[] {
  const normal = normalOf(seed);
  const random = randomOf(seed + 1);
  return Array.from({ length: count }, (_, atMs) => {
    const [a, b, c] = [normal(), normal(), normal()];
    const odds = isNoise ? -2 : 2.5 * a + (b > 1 ? 2 : 0) - 2.5;
    const failed = random() < 1 / (1 + Math.exp(-odds));
    return { atMs, features: [a, b, random() < 0.1 ? Number.NaN : c], failed };
  });
}

const tableOf = (all: readonly Look[]) => ({
  rows: all.map(({ features }) => features),
  failed: Uint8Array.from(all, ({ failed }) => (failed ? 1 : 0)),
});

describe('scores', () => {
  it('are those of the textbook', () => {
    const scores = [0.9, 0.8, 0.7, 0.6, 0.5];
    const failed = [1, 0, 1, 0, 0];
    assert.equal(aucOf(scores, failed), 5 / 6);
    assert.equal(averagePrecisionOf(scores, failed), (1 + 2 / 3) / 2);
    assert.deepEqual(scoreOf(scores, failed, 0.65), {
      auc: 5 / 6,
      averagePrecision: (1 + 2 / 3) / 2,
      precision: 2 / 3,
      recall: 1,
    });
  });

  it('give nothing for a constant, and an alarm only where it is right often enough', () => {
    assert.equal(aucOf([1, 1, 1, 1], [1, 0, 0, 1]), 0.5);
    assert.equal(averagePrecisionOf([1, 1, 1, 1], [1, 0, 0, 0]), 0.25);
    assert.equal(alarmOf([0.9, 0.8, 0.7], [1, 1, 0], 0.7, 2), 0.8);
    assert.equal(alarmOf([0.9, 0.8, 0.7], [0, 0, 1], 0.7, 1), undefined);
    assert.equal(alarmOf([0.9], [1], 0.7, 2), undefined);
  });
});

describe('models of failures', () => {
  it('learn what fails, and say which feature said so', async () => {
    const [teach, held] = [tableOf(looks(3_000, 1)), tableOf(looks(1_000, 2))];
    const logistic = await trainLogistic(teach, pause);
    const boosted = await trainBoosted(teach, held, pause);
    for (const judge of [
      (row: ArrayLike<number>) => judgeLogistic(logistic, row),
      (row: ArrayLike<number>) => judgeBoosted(boosted, row),
    ]) {
      const auc = aucOf(
        held.rows.map((row) => judge(row).logit),
        held.failed,
      );
      assert.ok(auc > 0.88, String(auc));
      const { parts } = judge([3, 0, 0]);
      assert.ok(parts[0]! > 1 && parts[0]! > 5 * Math.abs(parts[2]!), String(parts));
      assert.ok(Number.isFinite(judge([Number.NaN, Number.NaN, Number.NaN]).logit));
    }
  });

  it('stay finite where a table can be told apart perfectly or a column never moves', async () => {
    const rows = Array.from({ length: 200 }, (_, i) => [i, 7]);
    const failed = rows.map(([i]) => (i! >= 100 ? 1 : 0));
    const logistic = await trainLogistic({ rows, failed }, pause);
    assert.ok(judgeLogistic(logistic, [199, 7]).logit > 2);
    assert.ok(judgeLogistic(logistic, [0, 7]).logit < -2);
    assert.ok(logistic.weights.every(Number.isFinite));
    const boosted = await trainBoosted({ rows, failed }, { rows, failed }, pause);
    assert.equal(
      aucOf(
        rows.map((row) => judgeBoosted(boosted, row).logit),
        failed,
      ),
      1,
    );
  });

  it('are used where they beat the rules on what they had not seen, with probabilities that hold', async () => {
    const made = await learnFailures(looks(5_000, 3), options);
    assert.ok(made?.isBetter);
    assert.equal(made.rows, 1_000);
    assert.ok(made.model.averagePrecision > 0.6, String(made.model.averagePrecision));
    const fresh = looks(4_000, 9);
    const judged = fresh.map(({ features }) => judgeFailure(made.trained, features).probability);
    for (const [low, high] of [
      [0, 0.2],
      [0.2, 0.5],
      [0.5, 1.01],
    ] as const) {
      const inside = fresh.filter((_, i) => judged[i]! >= low && judged[i]! < high);
      const said = judged.filter((p) => p >= low && p < high).reduce((sum, p) => sum + p, 0);
      const came = inside.filter(({ failed }) => failed).length;
      assert.ok(Math.abs(said - came) / inside.length < 0.06, `${low}: ${said} and ${came}`);
    }
    assert.ok(made.alarm === undefined || (made.alarm >= 0.5 && made.model.precision! >= 0.7));
  });

  it('are not used for noise, nor where the rules know as much', async () => {
    const noise = await learnFailures(looks(3_000, 5, true), options);
    assert.equal(noise?.isBetter, false);
    const known = looks(3_000, 6);
    const wise = await learnFailures(known, {
      ...options,
      rulesOf: ({ features }) => 2.5 * features[0]! + (features[1]! > 1 ? 2 : 0),
    });
    assert.equal(wise?.isBetter, false);
  });

  it('never replace a version that is better on the same looks', async () => {
    const all = looks(5_000, 7);
    const good = await learnFailures(all, options);
    // The teaching part is spoilt: what failed is turned round where the new version learns.
    const spoilt = all.map((look) =>
      look.atMs < 3_000 && look.atMs % 2 ? { ...look, failed: !look.failed } : look,
    );
    const next = await learnFailures(spoilt, { ...options, incumbent: good!.trained });
    assert.ok(next!.incumbent!.averagePrecision > next!.model.averagePrecision);
    assert.equal(next!.isBetter, false);
  });

  it('leave a whole horizon out between the parts, so that no failure is in two of them', async () => {
    // One failure marks all looks of its horizon; a feature is its number. Learnt by heart it would tell the others.
    const marked = Array.from({ length: 2_000 }, (_, atMs) => ({
      atMs,
      features: [Math.floor(atMs / 100)],
      failed: Math.floor(atMs / 100) % 2 === 0 && atMs % 100 < 30,
    }));
    const made = await learnFailures(marked, { ...options, horizonMs: 100 });
    assert.equal(made?.isBetter, false);
  });

  it('are not made where a part has too few failures', async () => {
    const early = looks(3_000, 8).map((look) => ({ ...look, failed: look.failed && look.atMs < 1_500 }));
    assert.equal(await learnFailures(early, options), undefined);
    assert.equal(await learnFailures([], options), undefined);
  });
});
