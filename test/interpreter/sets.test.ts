// The development set and the sets that were once fresh, now held: none may get worse. The scorer is the one of the
// batch command. What decides most is that nothing is destroyed or changed that was not asked for.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { catalogue } from '../../daemon/catalogue/catalogue.ts';
import { type Item, type Prediction, predict } from '../../daemon/cli/fixtures.ts';
import { createReader } from '../../daemon/cli/interpret.ts';
import { type Expected, isRight } from '../../daemon/cli/scoreSet.ts';

interface Scored extends Item {
  readonly category: string;
  readonly expect: Expected;
}

const folder = new URL('./sets/', import.meta.url).pathname;
const reader = createReader(`${folder}inventories`);

/** Lowest share of right readings by group of categories. */
const floors: Readonly<Record<string, { readonly all: number }>> = {
  development: { all: 0.99 },
  'fresh-1': { all: 0.95 },
  'fresh-2': { all: 0.95 },
  'fresh-3': { all: 0.95 },
  'fresh-4': { all: 0.95 },
  'fresh-5': { all: 0.93 },
  'fresh-6': { all: 0.97 },
  'fresh-7': { all: 0.95 },
  'fresh-8-many': { all: 0.96 },
  'fresh-9': { all: 0.98 },
  'fresh-10': { all: 0.98 },
  'fresh-11': { all: 0.97 },
  'fresh-12': { all: 0.95 },
  'fresh-13': { all: 0.96 },
  'fresh-14': { all: 0.96 },
  'fresh-15': { all: 0.96 },
  'fresh-16': { all: 0.96 },
  'fresh-17': { all: 0.92 },
  'fresh-18': { all: 0.98 },
  'fresh-19': { all: 0.97 },
  'fresh-20': { all: 0.98 },
  'fresh-21': { all: 0.94 },
  'fresh-22': { all: 0.95 },
  'fresh-23': { all: 0.92 },
  'fresh-24': { all: 0.81 },
  'fresh-25': { all: 0.97 },
  'fresh-26': { all: 0.96 },
  'fresh-27': { all: 0.99 },
  'fresh-28': { all: 0.98 },
  'fresh-29': { all: 0.98 },
  'fresh-30': { all: 0.98 },
  'fresh-31': { all: 0.9 },
  'fresh-32': { all: 0.99 },
  'fresh-33': { all: 0.98 },
  'fresh-34': { all: 0.97 },
  'fresh-35': { all: 0.94 },
  'fresh-36': { all: 0.95 },
  'fresh-37': { all: 0.93 },
};

for (const [name, floor] of Object.entries(floors)) {
  describe(`set ${name}`, () => {
    const items = readFileSync(`${folder}${name}.jsonl`, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Scored);
    const results = items.map((item) => {
      const { fixture, interpreter } = reader(item.inventory);
      const prediction = predict(item, interpreter, fixture);
      return { item, prediction, right: isRight(item.expect, prediction, fixture) };
    });

    it(`is read right in ${100 * floor.all} % of all cases`, () => {
      const wrong = results.filter((one) => !one.right);
      const share = 1 - wrong.length / results.length;
      assert.ok(
        share >= floor.all,
        `${(100 * share).toFixed(1)} %: ${wrong.map((one) => one.item.id).join(' ')}`,
      );
    });

    it('destroys and changes nothing that was not asked for', () => {
      const unasked = results.filter(({ item, prediction }) => !isWithin(item.expect, prediction));
      assert.deepEqual(
        unasked.map(({ item }) => item.text),
        [],
      );
    });

    it('asks or refuses where that is right', () => {
      const acted = results.filter(
        ({ item, prediction }) =>
          (item.expect.kind === 'clarify' || item.expect.kind === 'refuse') && prediction.kind === 'plan',
      );
      assert.deepEqual(
        acted.map(({ item }) => item.text),
        [],
      );
    });
  });
}

/** Every changing step of the prediction was expected, by operation and target. */
function isWithin(expected: Expected, given: Prediction): boolean {
  const asked = new Set(
    (expected.steps ?? []).flatMap((step) => (step.target?.ids ?? ['-']).map((id) => `${step.op} ${id}`)),
  );
  const kinds = new Set((expected.steps ?? []).map((step) => step.op));
  return (given.steps ?? []).every((step) => {
    if (catalogue.get(step.op)?.risk === 'read') return true;
    const ids = step.target?.ids ?? ['-'];
    // Members of a set that are already in the wanted state are left alone by the runner.
    const idle = /^(stop|start|suspend|resume|cordon|uncordon)\./.test(step.op) && kinds.has(step.op);
    return (
      idle ||
      ids.every(
        (id) =>
          asked.has(`${step.op} ${id}`) || asked.has(`restart.pod ${id}`) || asked.has(`delete.pod ${id}`),
      )
    );
  });
}
