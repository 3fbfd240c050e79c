// Orders said in words of which not all are known: what is left of them, read as a telegram, is the plain order. And
// statements behind an order: what is told of another thing is no part of it, and asks for no figure. What bounds,
// denies, puts off, doubts or names another thing is never left out; a destroy is never made of a telegram.

import assert from 'node:assert/strict';
import { createReader } from '../../daemon/cli/interpret.ts';
import type { Reading } from '../../shared/model/reading.ts';
import { stepsOf } from './compare.ts';

const reader = createReader(new URL('./sets/inventories', import.meta.url).pathname);

function read(text: string, inventory: string): Reading {
  const { fixture, interpreter } = reader(inventory);
  return interpreter.read({ text, nowMs: fixture.nowMs });
}

/** Inventory, what is said, the plain order. */
const telegrams: readonly (readonly [string, string, string])[] = [
  ['aws-mid', 'i-0aeeb197 hung, hard reset it', 'hard reset i-0aeeb197'],
  ['aws-mid', 'jenkins froze solid, hard reset it', 'hard reset jenkins'],
  ['openstack-small', 'hi, night crew here, web-01 is still off, can you bring it up pls', 'start web-01'],
  ['k8s-mid', 'mark worker-10 unschedulable, its disk looks funny', 'cordon worker-10'],
  ['k8s-mid', 'worker-5 smells burnt, mark it unschedulable', 'cordon worker-5'],
  ['mixed', 'reboot web-1, the vmware one', 'reboot web-1 on vmware'],
  ['k8s-mid', 'give fraud-check one more replica', 'give fraud-check 1 more replica'],
  [
    'k8s-mid',
    'set the prod web image to registry.local/web:1.4.0',
    'set the image of web in prod to registry.local/web:1.4.0',
  ],
];

const held = [
  ['aws-mid', 'i-0aeeb197 hung, hard reset it unless bob objects'],
  ['aws-mid', 'i-0aeeb197 hung, do not hard reset it'],
  ['aws-mid', 'i-0aeeb197 hung, hard reset it tomorrow'],
  ['aws-mid', 'i-0aeeb197 hung, hard reset it or call bob'],
  ['aws-mid', 'approve act-77 ~ cancel act-76'],
  ['k8s-mid', 'restart grafana and kibana please'],
  ['k8s-mid', 'restart grafana, kibana'],
  ['mixed', 'the machine erp-01 must go to host esx-02 or so, please move it'],
  ['k8s-mid', 'restart ledger, kafka is slow, restart it'],
  ['k8s-mid', 'ledger smells burnt, wobbly worker-5, mark one unschedulable'],
  ['openstack-small', 'old-wiki smells burnt, kindly yon delete thing'],
] as const;

/** An order, and what is told behind it of something else. */
const told = [
  'web-1 is slow',
  'web-1 shows high cpu',
  'web-1 keeps hanging',
  'db-1 complains',
  'db-1 looks odd',
  'db-1 has errors',
  'db-1 got a new kernel',
  'db-1 crashed',
] as const;

describe('an order of which not every word is known', () => {
  for (const [inventory, said, plain] of telegrams)
    it(`is its telegram: ${said}`, () => {
      const steps = stepsOf(read(plain, inventory));
      assert.equal(steps.length, 1);
      assert.deepEqual(stepsOf(read(said, inventory)), steps);
    });
  for (const [inventory, said] of held)
    it(`is asked about: ${said}`, () => {
      const reading = read(said, inventory);
      assert.ok(reading.kind === 'clarify' || reading.kind === 'refuse', JSON.stringify(stepsOf(reading)));
    });
});

describe('what is told of something else behind an order', () => {
  for (const [order, id] of [
    ['restart bastion', 'os:vm/bastion'],
    ['stop web-10', 'os:vm/web-10'],
    ['delete old-wiki', 'os:vm/old-wiki'],
  ] as const)
    for (const statement of told)
      for (const joined of [', ', ' and '])
        it(`never takes part in it: ${order}${joined}${statement}`, () => {
          const reading = read(`${order}${joined}${statement}`, 'openstack-small');
          const changed = stepsOf(reading).filter(({ op }) => !/^(show|metrics|explain|list)\./.test(op));
          assert.ok(changed.every(({ ids }) => ids.length === 1 && ids[0] === id));
        });
  it('still lists what is listed', () => {
    const both = stepsOf(read('stop web-10 and web-1', 'openstack-small'));
    assert.deepEqual(stepsOf(read('stop web-10, web-1', 'openstack-small')), both);
    assert.deepEqual(both[0]?.ids, ['os:vm/web-1', 'os:vm/web-10']);
  });
});

describe('tags in capitals', () => {
  it('are found where all of it is typed so', () => {
    const low = stepsOf(read('stop all machines with app=ci', 'aws-mid'));
    assert.ok(low[0]!.ids.length > 1);
    assert.deepEqual(stepsOf(read('STOP ALL MACHINES WITH APP=CI', 'aws-mid')), low);
  });
});

describe('a noun that is a verb elsewhere', () => {
  for (const said of [
    'last run of nightly-backup',
    'latest run of nightly-backup?',
    'the last restart of ledger',
  ])
    it(`orders nothing: ${said}`, () => {
      assert.notEqual(read(said, 'k8s-mid').kind, 'plan');
    });
});

describe('a statement beside an order', () => {
  for (const [inventory, said, plain] of [
    ['openstack-small', 'could somebody power on web-01 for me? It shows up as stopped', 'power on web-01'],
    ['openstack-small', 'reboot web-1. it looks dead', 'reboot web-1'],
    [
      'k8s-mid',
      'can we get 2 more replicas of fraud-check? traffic spike',
      '2 more replicas for fraud-check',
    ],
  ] as const)
    it(`asks for no figure: ${said}`, () => {
      assert.deepEqual(stepsOf(read(said, inventory)), stepsOf(read(plain, inventory)));
    });
  for (const said of [
    'stop web-01 and show its logs',
    'stop web-01. cpu of db-1?',
    'stop web-01. show cpu of db-1',
    'stop web-01, then how is db-1',
  ])
    it(`is still read where it is asked for: ${said}`, () => {
      const reading = read(said, 'openstack-small');
      assert.ok(
        reading.kind === 'clarify' || stepsOf(reading).length === 2,
        JSON.stringify(stepsOf(reading)),
      );
    });
});
