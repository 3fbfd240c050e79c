// What belongs to a thing, listed beside it, is a step of its own; nothing of it is left out, and nothing else is taken.

import assert from 'node:assert/strict';
import { catalogue } from '../../daemon/catalogue/catalogue.ts';
import { readFixture } from '../../daemon/cli/fixtures.ts';
import { createReader } from '../../daemon/cli/interpret.ts';
import { createInterpreter } from '../../daemon/interpreter/interpreter.ts';
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

  /** db-1 with a second volume. */
  function candidates(text: string): readonly (readonly string[])[] {
    const folder = new URL('./sets/inventories', import.meta.url).pathname;
    const { resources, nowMs } = readFixture(folder, 'openstack-small');
    const volume = resources.find((one) => one.name === 'vol-data')!;
    const second = { ...volume, id: volume.id.replace('vol-data', 'vol-wal'), name: 'vol-wal' };
    const interpreter = createInterpreter(catalogue);
    interpreter.index.apply({ upserts: [...resources, second], removes: [] });
    const reading = interpreter.read({ text, nowMs });
    assert.equal(reading.kind, 'clarify');
    return reading.kind === 'clarify'
      ? reading.candidates.map((one) =>
          stepsOf(one.reading).map(({ op, ids }) => [op, ...ids.map((id) => id.split('/').at(-1))].join(' ')),
        )
      : [];
  }

  for (const [text, verb] of [
    ['delete db-1 and its volume', 'delete'],
    ['delete db-1 with its volume', 'delete'],
    ['delete db-1 and the attached volume', 'delete'],
    ['snapshot db-1 and its volume', 'snapshot'],
  ] as const)
    it(`offers whole plans where two fit: ${text}`, () => {
      assert.deepEqual(candidates(text), [
        [`${verb}.vm db-1`, `${verb}.volume vol-data`],
        [`${verb}.vm db-1`, `${verb}.volume vol-wal`],
        [`${verb}.vm db-1`, `${verb}.volume vol-data vol-wal`],
      ]);
    });
});
