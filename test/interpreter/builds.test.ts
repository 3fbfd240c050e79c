// Orders of an unusual build: a set that is named first and taken up again, a place that heads its order, what comes before
// what was said, as many of them as were listed. `builds.txt` has a line a sentence: the inventory, the words, and the
// plain command they stand for; "?" where nothing may be changed without asking.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createReader } from '../../daemon/cli/interpret.ts';
import type { Reading } from '../../shared/model/reading.ts';
import { stepsOf } from './compare.ts';

const reader = createReader(new URL('./sets/inventories', import.meta.url).pathname);
const lines = readFileSync(new URL('./builds.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => line.split(' | ').map((part) => part.trim()));

function read(inventory: string, text: string): Reading {
  const { fixture, interpreter } = reader(inventory);
  return interpreter.read({ text, nowMs: fixture.nowMs });
}

const afterOf = (reading: Reading): readonly (readonly number[])[] =>
  'steps' in reading ? reading.steps.map(({ after }) => after) : [];

describe('orders of an unusual build', () => {
  for (const [inventory = '', text = '', plain = '?'] of lines)
    it(`${plain === '?' ? 'asks' : 'reads'}: ${text}`, () => {
      const reading = read(inventory, text);
      if (plain === '?') return assert.notEqual(reading.kind, 'plan');
      const own = read(inventory, plain);
      assert.notEqual(own.kind, 'clarify');
      assert.equal(reading.kind, own.kind);
      assert.deepEqual(stepsOf(reading), stepsOf(own));
      assert.deepEqual(afterOf(reading), afterOf(own));
    });
});
