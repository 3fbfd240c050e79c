// The same request in other words is the same plan. Sentences of the held sets are said in many ways people say them,
// commands are put as needs, wishes and passives and in another order, and slips and noise are added on top: the
// reading stays what it was, and whatever is done to a sentence, nothing is destroyed that it did not ask for.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { catalogue } from '../../daemon/catalogue/catalogue.ts';
import { type Item, type Prediction, predict } from '../../daemon/cli/fixtures.ts';
import { createReader } from '../../daemon/cli/interpret.ts';
import { type Expected, isRight } from '../../daemon/cli/scoreSet.ts';
import { sameSteps, stepsOf } from './compare.ts';
import { mutations } from './mutate.ts';
import { paraphrases } from './paraphrase.ts';
import { createRandom } from './random.ts';
import { type Reworded, reworded } from './rewordings.ts';

interface Scored extends Item {
  readonly expect: Expected;
}

const folder = new URL('./sets/', import.meta.url).pathname;
const reader = createReader(`${folder}inventories`);
const inventories = ['openstack-small', 'aws-mid', 'k8s-mid', 'mixed'];
const sets = ['development', 'fresh-1', 'fresh-2', 'fresh-3', 'fresh-4', 'fresh-5', 'fresh-6'];
/** Every so many sentences one is said in each way. */
const itemStride = 8;
const rewordedStride = 6;
const noiseStride = 4;
const floor = 0.99;

function said(item: Scored): { readonly prediction: Prediction; readonly right: boolean } {
  const { fixture, interpreter } = reader(item.inventory);
  const prediction = predict(item, interpreter, fixture);
  return { prediction, right: isRight(item.expect, prediction, fixture) };
}

/** Operations and things that are destroyed without having been asked for. */
function unasked(asked: ReadonlySet<string>, given: Prediction): readonly string[] {
  return (given.steps ?? [])
    .filter(({ op }) => catalogue.get(op)?.risk === 'destroy')
    .flatMap((step) => idsOf(step).map((id) => `${step.op} ${id}`))
    .filter((one) => !asked.has(one));
}

function idsOf(step: { readonly target?: unknown }): readonly string[] {
  const { target } = step;
  const isSet = typeof target === 'object' && target !== null && 'ids' in target && Array.isArray(target.ids);
  return isSet ? (target as { readonly ids: readonly string[] }).ids : [];
}

const percent = (part: number, all: number): string => `${((100 * part) / Math.max(1, all)).toFixed(1)} %`;

describe('sentences of the sets in other words', function () {
  this.timeout(240_000);
  const items: { readonly item: Scored; readonly asked: ReadonlySet<string> }[] = [];
  before(() => {
    const all = sets.flatMap((name) =>
      readFileSync(`${folder}${name}.jsonl`, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Scored),
    );
    for (const [at, item] of all.filter(({ context }) => context === undefined).entries()) {
      if (at % itemStride !== 0) continue;
      const { prediction, right } = said(item);
      const steps = prediction.steps ?? [];
      if (right)
        items.push({
          item,
          asked: new Set(steps.flatMap((step) => idsOf(step).map((id) => `${step.op} ${id}`))),
        });
    }
    assert.ok(items.length > 75, `${items.length}`);
  });

  for (const [way, paraphrase] of Object.entries(paraphrases))
    it(`mean the same: ${way}`, () => {
      const random = createRandom(20_261_121);
      const wrong: string[] = [];
      let count = 0;
      for (const { item, asked } of items) {
        const text = paraphrase(item.text, random);
        if (text === undefined) continue;
        count++;
        const { prediction, right } = said({ ...item, text });
        assert.deepEqual(unasked(asked, prediction), [], text);
        if (!right) wrong.push(text);
      }
      assert.ok(count > 8, `${count}`);
      // One slip in a small sample is below the share, but no more than that.
      const allowed = Math.max(1, Math.floor(count * (1 - floor)));
      assert.ok(wrong.length <= allowed, `${percent(count - wrong.length, count)}: ${wrong.join(' | ')}`);
    });
});

describe('commands put in other words', function () {
  this.timeout(240_000);
  const all = inventories
    .flatMap((inventory) =>
      [...reworded(reader(inventory).fixture.resources)].map((one) => ({ ...one, inventory })),
    )
    .filter((_, at) => at % rewordedStride === 0);
  const read = (text: string, inventory: string) => {
    const { fixture, interpreter } = reader(inventory);
    return stepsOf(interpreter.read({ text, nowMs: fixture.nowMs }));
  };

  for (const way of new Set(all.map((one) => one.way)))
    it(`mean the same: ${way}`, () => {
      const own = all.filter((one) => one.way === way);
      const wrong = own.filter((one) => !sameSteps(one.steps, read(one.text, one.inventory)));
      assert.ok(
        wrong.length <= own.length * (1 - floor),
        `${percent(own.length - wrong.length, own.length)}: ${wrong
          .slice(0, 5)
          .map(({ text }) => text)
          .join(' | ')}`,
      );
    });

  for (const [kind, mutate] of Object.entries(mutations))
    it(`destroy nothing unasked after ${kind}`, () => {
      const random = createRandom(20_261_121);
      const critical = all.filter((one, at) => {
        if (at % noiseStride !== 0) return false;
        const given = read(mutate(one.text, random), one.inventory);
        return !isWithin(one, given);
      });
      assert.deepEqual(
        critical.map(({ text }) => text),
        [],
      );
    });

  function isWithin(one: Reworded, given: ReturnType<typeof stepsOf>): boolean {
    const asked = new Set(one.steps.flatMap((step) => step.ids.map((id) => `${step.op} ${id}`)));
    return given
      .filter(({ op }) => catalogue.get(op)?.risk === 'destroy')
      .every((step) => step.ids.every((id) => asked.has(`${step.op} ${id}`)));
  }
});
