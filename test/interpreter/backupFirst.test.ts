// A backup that was asked for first is the first step, however it is said; an order is never read without it. Also held:
// what is to be done after something else that is no step is not run at once.

import assert from 'node:assert/strict';
import { createReader } from '../../daemon/cli/interpret.ts';
import type { Reading } from '../../shared/model/reading.ts';
import { stepsOf } from './compare.ts';

const reader = createReader(new URL('./sets/inventories', import.meta.url).pathname);

function read(text: string, inventory: string): Reading {
  const { fixture, interpreter } = reader(inventory);
  return interpreter.read({ text, nowMs: fixture.nowMs });
}

const orders = [
  ['openstack-small', 'reboot db-1', 'snapshot db-1'],
  ['openstack-small', 'resize db-1 to L.16', 'snapshot db-1'],
  ['openstack-small', 'delete old-wiki', 'snapshot old-wiki'],
  ['openstack-small', 'extend vol-data to 400 GB', 'snapshot vol-data'],
  ['openstack-small', 'delete volume scratch', 'snapshot volume scratch'],
  ['aws-mid', 'reboot orders-prod', 'snapshot orders-prod'],
  ['aws-mid', 'terminate poc-kafka', 'snapshot poc-kafka'],
  ['mixed', 'reboot jenkins', 'snapshot jenkins'],
] as const;

const frames = [
  'O after taking a snapshot',
  'O after you took a backup',
  'O once you have made a snapshot of it',
  'O but take a snapshot first',
  'O, snapshot it first',
  'O (snapshot it first)',
  'O, but first a backup please',
  'O with a snapshot before',
  'O and make a snapshot beforehand',
];

describe('a backup that comes first', () => {
  for (const [inventory, order, backup] of orders)
    it(`is the first step: ${order}`, () => {
      const steps = [...stepsOf(read(backup, inventory)), ...stepsOf(read(order, inventory))];
      assert.equal(steps.length, 2);
      for (const frame of frames) {
        const text = frame.replace('O', order);
        assert.deepEqual(stepsOf(read(text, inventory)), steps, text);
      }
    });

  for (const [inventory, text] of [
    ['k8s-mid', 'delete deployment sandbox after taking a backup'],
    ['openstack-small', 'delete all stopped vms after taking a snapshot'],
    ['openstack-small', 'delete old-wiki after checking the logs'],
    ['openstack-small', 'reboot db-1 after copying the data'],
    ['aws-mid', 'terminate poc-kafka once you have finished the export'],
  ] as const)
    it(`is never left out: ${text}`, () => assert.notEqual(read(text, inventory).kind, 'plan'));

  for (const [inventory, text, plainly] of [
    ['openstack-small', "last 50 lines of web-1's log", 'last 50 lines of the web-1 log'],
    ['openstack-small', 'what flavor does db-1 have', 'where is db-1'],
    ['openstack-small', 'which image does db-1 use', 'where is db-1'],
    ['k8s-mid', "what's firing", 'list firing alerts'],
    ['k8s-mid', "what's crashing right now", 'list crashing pods'],
    ['k8s-mid', 'anything waiting for approval?', 'list pending actions'],
    ['openstack-small', 'is there anything to approve', 'list pending actions'],
  ] as const)
    it(`asks: ${text}`, () => {
      const steps = stepsOf(read(plainly, inventory));
      assert.equal(steps.length, 1);
      assert.deepEqual(stepsOf(read(text, inventory)), steps);
    });
});
