// What belongs to a thing, listed beside it, is a step of its own; nothing of it is left out, and nothing else is taken.

import assert from 'node:assert/strict';
import { createReader } from '../../daemon/cli/interpret.ts';
import { stepsOf } from './compare.ts';

const reader = createReader(new URL('./sets/inventories', import.meta.url).pathname);

function steps(text: string, inventory: string) {
  const { fixture, interpreter } = reader(inventory);
  return stepsOf(interpreter.read({ text, nowMs: fixture.nowMs }));
}

describe('what belongs to a thing', () => {
  for (const [inventory, text, order] of [
    ['openstack-small', 'delete web-1 and its volume', 'delete vm web-1, then delete volume vol-web-1'],
    ['openstack-small', 'snapshot db-1 and its volumes', 'snapshot vm db-1 and snapshot volume vol-data'],
    [
      'openstack-small',
      'tag db-1 and its volume with owner=bob',
      'tag vm db-1 owner=bob and tag vol-data owner=bob',
    ],
    ['aws-mid', 'terminate mongo-1 along with its disk', 'delete vm mongo-1, then delete volume vol-0abc'],
    [
      'aws-mid',
      'terminate mongo-1 and its attached volumes please',
      'delete vm mongo-1, then delete volume vol-0abc',
    ],
    [
      'k8s-mid',
      'delete deployment sandbox and its service',
      'delete deployment sandbox, then delete service sandbox',
    ],
  ] as const)
    it(`is a step of its own: ${text}`, () => {
      const plain = steps(order, inventory);
      assert.equal(plain.length, 2);
      assert.deepEqual(steps(text, inventory), plain);
    });

  for (const [inventory, text] of [
    ['aws-mid', 'terminate poc-kafka and its disk'],
    ['openstack-small', 'delete web-1 and its friends'],
    ['openstack-small', 'delete web-1 and keep its volume'],
  ] as const)
    it(`is asked about where it is not known: ${text}`, () => assert.deepEqual(steps(text, inventory), []));

  it('is spared where that is said', () =>
    assert.deepEqual(
      steps('delete web-1 but not its volume', 'openstack-small').map(({ op }) => op),
      ['delete.vm'],
    ));
});
