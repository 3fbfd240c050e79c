// Labels that come by themselves, and the models learnt of them: looks are counted only where somebody watched to the end,
// a model is used only where it beats the rules, is learnt anew only with new failures, and says why it says what it says.

import assert from 'node:assert/strict';
import { limits } from '../../daemon/config.ts';
import { featureNames } from '../../daemon/failure/features.ts';
import { createLookBook } from '../../daemon/failure/lookBook.ts';
import { failureMigrations } from '../../daemon/failure/migrations.ts';
import { createModelBook } from '../../daemon/failure/modelBook.ts';
import { corrected, predictionsOf } from '../../daemon/failure/predict.ts';
import { createPredictionBook } from '../../daemon/failure/predictionBook.ts';
import { isDue, learn } from '../../daemon/failure/school.ts';
import type { Signs } from '../../daemon/failure/signs.ts';
import { openDatabase } from '../../daemon/store/database.ts';
import type { Prediction } from '../../shared/model/prediction.ts';
import { removeTempFolders, tempFolder } from '../fakes/tempFolder.ts';
import { normalOf, randomOf } from '../monitor/synthetic.ts';
import { fakePod, hourMs } from './estate.ts';

const dayMs = 24 * hourMs;
const startMs = Date.UTC(2026, 0, 5);
const latency = featureNames.indexOf('latency.trend');
const rules = featureNames.indexOf('rules');

function open(file = `${tempFolder()}/failures.db`) {
  const database = openDatabase({ file, durability: 'normal', migrations: failureMigrations });
  return {
    file,
    database,
    looks: createLookBook(database),
    models: createModelBook(database),
    predictions: createPredictionBook(database),
  };
}

const figures = (values: Readonly<Record<number, number>>): Float32Array =>
  Float32Array.from(featureNames, (_, k) => values[k] ?? 0);

describe('looks', () => {
  afterEach(removeTempFolders);

  it('are labelled by the failure that followed in time, by the time that passed, or not at all', () => {
    const { looks, database } = open();
    const keep = (resource: string, atMs: number) =>
      looks.keep({ resource, failureClass: 'pod', atMs, features: figures({}) });
    for (const resource of ['fails', 'lives', 'away']) keep(resource, startMs);
    keep('fails', startMs + 2 * hourMs);
    keep('fails', startMs - 2 * dayMs);
    const event = { atMs: startMs + 5 * hourMs, what: 'failed', detail: 'error', count: 1 } as const;
    assert.equal(looks.failed('fails', 'pod', [event]).length, 1);
    assert.equal(looks.failed('fails', 'pod', [event]).length, 0, 'the same failure is one');
    looks.settle('lives', startMs + dayMs + hourMs);
    looks.settle('away', startMs + 5 * dayMs);
    looks.settle('fails', startMs + dayMs + hourMs);
    const known = looks.known('pod', featureNames.length);
    assert.deepEqual(known.map(({ failed }) => failed).sort(), [false, true, true]);
    assert.equal(looks.labelsOf('pod'), 1);
    assert.equal(looks.failuresOf('pod'), 1);
    assert.equal(looks.known('host', featureNames.length).length, 0);
    assert.equal(looks.known('pod', 3).length, 0, 'looks of another version are not mixed in');
    database.close();
  });

  it('are forgotten when they are old', () => {
    const { looks, database } = open();
    looks.keep({ resource: 'a', failureClass: 'pod', atMs: startMs, features: figures({}) });
    looks.prune(startMs + limits.failureKeptMs + 1);
    assert.equal(looks.lastMs('a'), 0);
    database.close();
  });
});

/** Forty days of pods that fail the day after their latency went up; the rules see nothing of it. */
function teach({ looks }: ReturnType<typeof open>, isNoise: boolean): number {
  const normal = normalOf(1);
  const random = randomOf(2);
  for (let day = 0; day < 40; day++)
    for (let pod = 0; pod < 30; pod++) {
      const atMs = startMs + day * 1.5 * dayMs + pod;
      const isBad = random() < 0.1;
      const trend = (isBad && !isNoise ? 3 : 1) + 0.3 * normal();
      const resource = `lab:pod/${pod}`;
      looks.keep({
        resource,
        failureClass: 'pod',
        atMs,
        features: figures({ [latency]: trend, [rules]: 0 }),
      });
      if (isBad)
        looks.failed(resource, 'pod', [{ atMs: atMs + hourMs, what: 'restart', detail: '1', count: 1 }]);
      looks.settle(resource, atMs + dayMs + 1);
    }
  return startMs + 61 * dayMs;
}

describe('a model of failures in daily life', () => {
  afterEach(removeTempFolders);
  const pause = async (): Promise<void> => {};

  it('is learnt, beats the rules, survives a restart, speaks with reasons, and waits for new failures', async () => {
    const first = open();
    let nowMs = teach(first, false);
    const school = (books: ReturnType<typeof open>) => ({ ...books, now: () => nowMs, pause });
    assert.equal(isDue('pod', school(first)), true);
    assert.equal(isDue('disk', school(first)), false);
    const made = await learn('pod', school(first));
    assert.equal(made?.state, 'active', made?.reason);
    assert.ok(made.heldBack.model.averagePrecision > made.heldBack.rules.averagePrecision + 0.3);
    assert.ok(made.heldBack.model.precision! >= 0.7 && made.alarm !== undefined);
    assert.match(made.reason, /^In use: average precision .*the rules/);
    assert.equal(isDue('pod', school(first)), false);
    nowMs += 2 * dayMs;
    assert.equal(isDue('pod', school(first)), false, 'nothing new is known');
    first.database.close();

    const second = open(first.file);
    const model = second.models.active('pod')!;
    assert.deepEqual(model.about, made);
    const look = { resource: 'lab:pod/1', failureClass: 'pod', atMs: nowMs } as const;
    second.looks.keep({ ...look, features: figures({ [latency]: 3 }) });
    second.looks.failed('lab:pod/1', 'pod', [{ atMs: nowMs + 1, what: 'failed', detail: 'x', count: 1 }]);
    assert.equal(isDue('pod', school(second)), true);

    const signs = {
      resource: fakePod('web-1'),
      failureClass: 'pod',
      atMs: nowMs,
      series: [],
      states: [],
      failures: [],
      incidents: [],
    } as Signs;
    const tools = { record: second.predictions.record, model };
    const [bad] = predictionsOf(signs, [], figures({ [latency]: 3 }), tools);
    assert.ok(bad!.probability > 0.7 && bad!.isReported);
    assert.equal(bad!.factors[0]?.name, 'latency.trend');
    assert.match(
      bad!.reasons[0]!,
      /^latency of the last hour against the day: 3 times, usually .* where nothing fails/,
    );
    assert.match(bad!.record, /of its alarms \d+ % were right/);
    assert.deepEqual(predictionsOf(signs, [], figures({ [latency]: 1 }), tools), []);
    second.database.close();
  });

  it('is kept as rejected where it is no better, and the rules go on', async () => {
    const books = open();
    const nowMs = teach(books, true);
    const made = await learn('pod', { ...books, now: () => nowMs, pause });
    assert.equal(made?.state, 'rejected');
    assert.match(made.reason, /^Not used: /);
    assert.equal(books.models.active('pod'), undefined);
    books.database.close();
  });
});

describe('what became of predictions', () => {
  afterEach(removeTempFolders);
  const said = (method: string, raw: number) =>
    ({
      resource: 'lab:pod/a',
      method,
      horizonMs: hourMs,
      probability: raw,
      madeMs: startMs,
      raw,
    }) as Prediction & {
      raw: number;
    };

  it('is counted once each: right, wrong, and nothing of what vanished', () => {
    const { predictions, database } = open();
    predictions.say('lab:pod/a', [said('rule:x', 0.8)], startMs);
    predictions.say('lab:pod/a', [said('rule:x', 0.8)], startMs + 1);
    // It is not said any more, and fails all the same in time: it was right.
    predictions.say('lab:pod/a', [], startMs + 2);
    predictions.settle('lab:pod/a', [startMs + hourMs], startMs + hourMs);
    assert.deepEqual(predictions.record('rule:x'), { method: 'rule:x', hits: 1, misses: 0, expected: 0.8 });
    predictions.say('lab:pod/a', [said('rule:x', 0.6)], startMs + 2 * hourMs);
    predictions.settle('lab:pod/a', [startMs + 4 * hourMs], startMs + 4 * hourMs);
    assert.deepEqual(predictions.record('rule:x'), { method: 'rule:x', hits: 1, misses: 1, expected: 1.4 });
    predictions.say('lab:pod/a', [said('rule:y', 0.6)], startMs);
    predictions.drop('lab:pod/a');
    assert.deepEqual(predictions.record('rule:y'), { method: 'rule:y', hits: 0, misses: 0, expected: 0 });
    database.close();
  });

  it('moves the probability of what a rule says next', () => {
    const record = (hits: number, misses: number, expected: number) => ({
      method: 'rule:x',
      hits,
      misses,
      expected,
    });
    assert.equal(corrected(0.8, record(0, 0, 0)), 0.8);
    assert.ok(corrected(0.8, record(0, 6, 4.8)) < 0.4);
    assert.ok(corrected(0.5, record(9, 1, 5)) > 0.7);
    assert.ok(corrected(0.9, record(50, 0, 25)) <= 0.99);
  });
});
