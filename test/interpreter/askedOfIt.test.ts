// Questions about what was spoken of before: "it" or "that one" in any question is the thing, and in an order nothing more
// than it was.

import assert from 'node:assert/strict';
import { createReader } from '../../daemon/cli/interpret.ts';
import { stepsOf } from './compare.ts';

const reader = createReader(new URL('./sets/inventories', import.meta.url).pathname);

function read(inventory: string, text: string, refs: readonly string[] = []) {
  const { fixture, interpreter } = reader(inventory);
  const turns = [
    { role: 'user' as const, text: 'show it' },
    { role: 'assistant' as const, text: 'ok', refs },
  ];
  return interpreter.read({ text, nowMs: fixture.nowMs, context: refs.length > 0 ? { turns } : {} });
}

const redis = ['aws:vm/i-0e6676c8'];
const search = ['k8s:deployment/prod/search'];

/** Inventory, what was spoken of, its name, and questions with `{}` where it is pointed at. */
const rows: readonly (readonly [string, readonly string[], string, readonly string[]])[] = [
  [
    'aws-mid',
    redis,
    'redis-cache-1',
    [
      'any idea why {} is so slow?',
      'Do you know why {} is so slow?',
      'If {} went away, what else would be affected?',
      'when {} will be running out of disk?',
      'I was wondering when {} might run out of memory?',
      'anyone know how full the disk on {} is? last 3h pls',
      'disk growth on {} over the next 14 days, your prediction?',
      'requests on {} since yesterday 6pm',
      'What instance type is {}?',
      'what flavor is {} on',
    ],
  ],
  [
    'k8s-mid',
    search,
    'search in prod',
    [
      'why does {} keep dying?',
      'How many requests did {} get yesterday?',
      'any clue why {} keeps falling over?',
    ],
  ],
];

describe('a question about what was spoken of', () => {
  for (const [inventory, refs, name, questions] of rows)
    for (const question of questions)
      for (const word of ['it', 'that one', 'this one'])
        it(question.replace('{}', word), () => {
          const wanted = stepsOf(read(inventory, question.replace('{}', name)));
          assert.ok(wanted.length > 0);
          assert.deepEqual(stepsOf(read(inventory, question.replace('{}', word), refs)), wanted);
        });
  for (const text of [
    'should we restart it or scale it?',
    'delete it if it is idle',
    'is it ok to stop it?',
    'it hurts',
  ])
    it(`orders nothing: ${text}`, () => {
      assert.notEqual(read('aws-mid', text, redis).kind, 'plan');
    });
  it('leaves a question of its own alone', () => {
    for (const text of ['list the vms', 'which vms are stopped?'])
      assert.deepEqual(stepsOf(read('aws-mid', text, redis)), stepsOf(read('aws-mid', text)), text);
  });
});
