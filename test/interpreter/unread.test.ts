// A list is as long as what was asked for, or it asks: whose things, which clause, how old. The same bounds hold a
// change back; what only looks like a bound ("for me", "by size") does not.

import assert from 'node:assert/strict';
import { createReader } from '../../daemon/cli/interpret.ts';
import type { Reading } from '../../shared/model/reading.ts';
import { stepsOf } from './compare.ts';

const reader = createReader(new URL('./sets/inventories', import.meta.url).pathname);

function read(text: string, inventory: string): Reading {
  const { fixture, interpreter } = reader(inventory);
  return interpreter.read({ text, nowMs: fixture.nowMs });
}

const kinds = [
  ['openstack-small', 'vms'],
  ['openstack-small', 'volumes'],
  ['aws-mid', 'instances'],
  ['aws-mid', 'snapshots'],
  ['k8s-mid', 'pods'],
  ['k8s-mid', 'deployments'],
  ['mixed', 'servers'],
] as const;

const bounds = [
  'owned by zorro',
  'belonging to frodo',
  'that feel wrong',
  'which nobody remembers',
  'nobody cares about',
  'created by gandalf',
  'maintained by the zorro squad',
];

describe('bounds that are not understood', () => {
  for (const [inventory, kind] of kinds)
    it(`are asked about in lists of ${kind}`, () => {
      for (const bound of bounds)
        for (const text of [
          `list ${kind} ${bound}`,
          `show me all ${kind} ${bound}`,
          `delete all ${kind} ${bound}`,
        ]) {
          const reading = read(text, inventory);
          assert.ok(reading.kind !== 'query' && reading.kind !== 'plan', text);
        }
      for (const text of [`list old ${kind}`, `delete the old ${kind}`, `get rid of outdated ${kind}`]) {
        const reading = read(text, inventory);
        assert.ok(reading.kind !== 'query' && reading.kind !== 'plan', text);
      }
    });

  for (const [inventory, kind] of kinds)
    it(`are none that sort or tell for whom: ${kind}`, () => {
      const plain = stepsOf(read(`list all ${kind}`, inventory));
      assert.equal(plain.length, 1);
      for (const text of [
        `list all ${kind} for me`,
        `list all the ${kind} we have`,
        `list all ${kind} please`,
      ])
        assert.deepEqual(stepsOf(read(text, inventory)), plain, text);
    });

  for (const [inventory, text, order] of [
    ['k8s-mid', 'on which node does kafka-0 run', 'where is kafka-0'],
    ['k8s-mid', 'which node hosts redis-1?', 'where is redis-1'],
    ['openstack-small', 'on which host runs web-1', 'where is web-1'],
    ['openstack-small', 'which server is vol-data attached to', 'show volume vol-data'],
    ['aws-mid', 'which region is jenkins in', 'where is jenkins'],
    ['aws-mid', 'delete the old mongo backup volume', 'delete volume old-mongo-backup'],
  ] as const)
    it(`name one thing: ${text}`, () => {
      const plain = stepsOf(read(order, inventory));
      assert.equal(plain.length, 1);
      assert.deepEqual(stepsOf(read(text, inventory)), plain);
    });

  for (const [inventory, text] of [
    ['k8s-mid', 'which deployments use image nginx'],
    ['k8s-mid', 'which pods run the image foo'],
    ['aws-mid', 'delete all volumes by region'],
  ] as const)
    it(`are asked about: ${text}`, () => assert.equal(read(text, inventory).kind, 'clarify'));

  it('are none that say in which order', () => {
    const plain = stepsOf(read('list all stopped instances', 'aws-mid'));
    assert.equal(plain.length, 1);
    assert.deepEqual(stepsOf(read('list all stopped instances by region', 'aws-mid')), plain);
  });

  it('ask no trail who may do a thing, or for a rollout as if it were a person', () => {
    const may = stepsOf(read('who can reach db-sg', 'aws-mid'));
    assert.deepEqual(
      may.map(({ op }) => op),
      ['show.security-group'],
    );
    const history = stepsOf(read('rollout history of web in prod', 'k8s-mid'));
    assert.deepEqual(
      history.map(({ op, args }) => [op, args]),
      [['audit.list', {}]],
    );
  });

  it('keep a question about failing within its place', () => {
    assert.equal(read('which pods in zorro will fail this week', 'k8s-mid').kind === 'query', false);
    const reading = read('which pods in prod will fail this week', 'k8s-mid');
    assert.ok(reading.kind === 'query');
    const ids = stepsOf(reading).flatMap((step) => step.ids);
    assert.ok(ids.length > 0 && ids.every((id) => id.includes('/prod/')));
  });
});

describe('what is said of a thing to be made', () => {
  for (const [inventory, text] of [
    ['aws-mid', 'create an encrypted volume v2 of 20 gb'],
    ['aws-mid', 'create a volume v1 of 10gb in the fast pool'],
    ['aws-mid', 'create a vm in the dmz network called x2'],
    ['aws-mid', 'create a vm like web-prod-1 called x5'],
    ['aws-mid', 'create a vm x1 from the latest image'],
    ['aws-mid', 'create a vm x1 with the big flavor'],
    ['aws-mid', 'please create a small vm called foo'],
    ['openstack-small', 'create 3 volumes of 20 GB named data'],
  ] as const)
    it(`is asked about where it finds no place: ${text}`, () =>
      assert.equal(read(text, inventory).kind, 'clarify'));

  for (const [inventory, text, order] of [
    ['aws-mid', 'create vm x3 with the ubuntu image', 'create vm x3 with image ubuntu-24.04'],
    ['aws-mid', 'create a quick test vm called foo', 'create vm foo'],
    ['aws-mid', 'create a volume called v9 with 30 gb for the logs', 'create volume v9 with 30 gb'],
    ['aws-mid', 'create a t3.small in prod-vpc named foo', 'create vm foo with flavor t3.small in prod-vpc'],
  ] as const)
    it(`is read: ${text}`, () => {
      const plain = stepsOf(read(order, inventory));
      assert.equal(plain.length, 1);
      assert.deepEqual(stepsOf(read(text, inventory)), plain);
    });
});
