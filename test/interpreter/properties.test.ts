// Properties that hold for every sentence, seen on many thousands made from the catalogue: the plan is exact; and
// whatever slips, politeness, noise or disorder do to a sentence, nothing is destroyed that it did not name.

import assert from 'node:assert/strict';
import { catalogue } from '../../daemon/catalogue/catalogue.ts';
import { type Fixture, readFixture } from '../../daemon/cli/fixtures.ts';
import type { Interpreter } from '../../daemon/interpreter/contract.ts';
import { createInterpreter } from '../../daemon/interpreter/interpreter.ts';
import { sameSteps, stepsOf } from './compare.ts';
import { type ExpectedStep, type Phrase, phrases } from './generator.ts';
import { mutations } from './mutate.ts';
import { createRandom } from './random.ts';

const folder = new URL('./sets/inventories', import.meta.url).pathname;
const inventories = ['openstack-small', 'aws-mid', 'k8s-mid', 'mixed'];
/** Every so many sentences one is read here; `npm run bench interpret` reads more. */
const stride = 97;

interface World {
  readonly fixture: Fixture;
  readonly interpreter: Interpreter;
  readonly count: number;
  readonly sample: readonly Phrase[];
}

function worldOf(name: string): World {
  const fixture = readFixture(folder, name);
  const interpreter = createInterpreter(catalogue);
  interpreter.index.apply({ upserts: fixture.resources, removes: [] });
  let count = 0;
  const sample: Phrase[] = [];
  for (const phrase of phrases(fixture.resources)) if (count++ % stride === 0) sample.push(phrase);
  return { fixture, interpreter, count, sample };
}

function foldOp(op: string): string {
  return op === 'delete.pod' ? 'restart.pod' : op;
}

/** Destroy steps that the sentence did not ask for. */
function unasked(expected: readonly ExpectedStep[], given: readonly ExpectedStep[]): readonly string[] {
  const asked = new Set(expected.flatMap((step) => step.ids.map((id) => `${foldOp(step.op)} ${id}`)));
  return given
    .filter((step) => catalogue.get(step.op)?.risk === 'destroy')
    .flatMap((step) => step.ids.map((id) => `${foldOp(step.op)} ${id}`))
    .filter((one) => !asked.has(one));
}

/** Two orders that changed their things say so themselves: "stop a; delete b" shuffled to "delete a; stop b". */
function isSaid(one: string, phrase: Phrase, text: string): boolean {
  const words = text.toLowerCase().split(/[\s;,]+/);
  const name = one.slice(one.lastIndexOf('/') + 1).toLowerCase();
  return phrase.steps.length > 1 && words.some((word, at) => word === name && words[at - 1] === 'delete');
}

describe('sentences made from the catalogue', function () {
  this.timeout(240_000);
  const worlds = new Map<string, World>();
  before(() => {
    for (const name of inventories) worlds.set(name, worldOf(name));
  });

  it('are at least 50,000', () => {
    const all = [...worlds.values()].reduce((sum, world) => sum + world.count, 0);
    assert.ok(all >= 50_000, `${all}`);
  });

  for (const name of inventories) {
    it(`are read exactly over ${name}`, () => {
      const { fixture, interpreter, sample } = worlds.get(name)!;
      const wrong = sample.filter((phrase) => {
        const reading = interpreter.read({ text: phrase.text, nowMs: fixture.nowMs });
        assert.deepEqual(unasked(phrase.steps, stepsOf(reading)), [], phrase.text);
        return !sameSteps(phrase.steps, stepsOf(reading));
      });
      const exact = 1 - wrong.length / sample.length;
      assert.ok(
        exact >= 0.995,
        `${(100 * exact).toFixed(2)} %: ${wrong
          .slice(0, 5)
          .map((one) => one.text)
          .join(' | ')}`,
      );
    });

    for (const [kind, mutate] of Object.entries(mutations)) {
      it(`destroy nothing unasked after ${kind} over ${name}`, () => {
        const { fixture, interpreter, sample } = worlds.get(name)!;
        const random = createRandom(20_261_120);
        const critical: string[] = [];
        for (const phrase of sample) {
          const text = mutate(phrase.text, random);
          const reading = interpreter.read({ text, nowMs: fixture.nowMs });
          const wrong = unasked(phrase.steps, stepsOf(reading)).filter((one) => !isSaid(one, phrase, text));
          if (wrong.length > 0) critical.push(`${phrase.text} -> ${text}`);
        }
        assert.deepEqual(critical, []);
      });
    }
  }

  it('are read the same every time', () => {
    const { fixture, interpreter, sample } = worlds.get('mixed')!;
    for (const phrase of sample.slice(0, 100)) {
      const once = interpreter.read({ text: phrase.text, nowMs: fixture.nowMs });
      assert.deepEqual(interpreter.read({ text: phrase.text, nowMs: fixture.nowMs }), once);
    }
  });
});
