// The same order in other words and another order: each line reads as the plain one above it does, and what bounds it
// is never lost on the way. Lines under "asks" have a bound nobody here can read; they must never act.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createReader } from '../../daemon/cli/interpret.ts';
import type { Reading } from '../../shared/model/reading.ts';

const reader = createReader(new URL('./sets/inventories', import.meta.url).pathname);
const inventories: Readonly<Record<string, string>> = {
  o: 'openstack-small',
  a: 'aws-mid',
  k: 'k8s-mid',
  m: 'mixed',
};

function read(line: string): Reading {
  const { fixture, interpreter } = reader(inventories[line.charAt(0)]!);
  return interpreter.read({ text: line.slice(2).replaceAll('\\n', '\n'), nowMs: fixture.nowMs });
}

function meaning(reading: Reading): string {
  if (reading.kind !== 'plan' && reading.kind !== 'query') return reading.kind;
  return JSON.stringify(
    reading.steps.map(({ operation, target, args, after }) => [
      operation,
      target?.kind === 'resources' ? [...target.ids].sort() : target,
      Object.entries(args).sort(),
      after,
    ]),
  );
}

const textOf = (file: string): string => readFileSync(new URL(file, import.meta.url).pathname, 'utf8');
const text = [
  './wordOrder.txt',
  './questions.txt',
  './saidQuestions.txt',
  './rowOfSteps.txt',
  './eachOwn.txt',
  './pointers.txt',
  './freeQuestions.txt',
  './serviceDesk.txt',
  './stepsSaidBehind.txt',
  './turnedOrders.txt',
  './severalSteps.txt',
  './otherVoices.txt',
]
  .map(textOf)
  .join('\n\n');

describe('the same in another order', () => {
  for (const group of text.split('\n\n')) {
    const [plain = '', ...others] = group.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    if (plain === 'asks')
      for (const line of others)
        it(`never acts on: ${line}`, () => assert.notEqual(read(line).kind, 'plan', meaning(read(line))));
    else if (plain === 'refuses')
      for (const line of others) it(`refuses: ${line}`, () => assert.equal(read(line).kind, 'refuse'));
    else if (plain !== '')
      it(plain, () => {
        const wanted = meaning(read(plain));
        assert.match(wanted, /^\[/, `${plain} is not read`);
        for (const line of others) assert.equal(meaning(read(line)), wanted, line);
      });
  }
});
