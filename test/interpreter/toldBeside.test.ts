// What is told beside an order, behind it or before it, in whole statements that may name other things and their states.
// The reading is that of the order alone. A statement that bounds, denies, doubts, objects, corrects, orders or asks is
// never left out: such a text is asked about, or read as it was before.

import assert from 'node:assert/strict';
import { createReader } from '../../daemon/cli/interpret.ts';
import type { Reading } from '../../shared/model/reading.ts';
import { stepsOf } from './compare.ts';

const reader = createReader(new URL('./sets/inventories', import.meta.url).pathname);

function read(text: string, inventory: string): Reading {
  const { fixture, interpreter } = reader(inventory);
  return interpreter.read({ text, nowMs: fixture.nowMs });
}

/** Inventory and order. */
const orders: readonly (readonly [string, string])[] = [
  ['openstack-small', 'reboot web-10'],
  ['openstack-small', 'extend scratch to 200 GB'],
  ['aws-mid', 'start old-crm'],
  ['k8s-mid', 'cordon worker-3'],
  ['k8s-mid', 'scale payments-worker to 5'],
  ['k8s-mid', 'restart node-exporter'],
  ['k8s-mid', 'run nightly-backup'],
  ['k8s-mid', 'delete job seed-data'],
  ['k8s-mid', 'roll back ledger to revision 3'],
  ['mixed', 'undo act-10'],
];

const behind = [
  'O, the vendor will look at its fan',
  'O please, we changed the schema an hour ago',
  'O, the hardware team wants to replace a disk at noon',
  'O - the dashboards have been empty since this morning',
  'O, customers complain about errors',
  'please O before the campaign goes live',
  'can you O? somebody loaded real addresses into it',
  'O, it does not respond any more',
  'O until we know why it happens',
  'O; finance keeps asking us about the costs',
];

describe('told beside an order', () => {
  for (const [inventory, order] of orders)
    it(order, () => {
      const plain = stepsOf(read(order, inventory));
      assert.notEqual(plain, undefined);
      for (const frame of behind) {
        const text = frame.replace('O', order);
        assert.deepEqual(stepsOf(read(text, inventory)), plain, text);
      }
    });

  it('takes the thing from what is told', () => {
    const cases: readonly (readonly [string, string, string])[] = [
      [
        'k8s-mid',
        'the search service in prod is slow since lunch, please run it with 4 instances',
        'scale search in prod to 4',
      ],
      [
        'k8s-mid',
        'the service loki was made for a demo that is long over. delete it please',
        'delete service loki',
      ],
      [
        'mixed',
        'the openstack bastion does not let me in anymore, can you restart it?',
        'restart the openstack bastion',
      ],
      ['k8s-mid', 'users report timeouts from grafana since nine. restart it', 'restart grafana'],
    ];
    for (const [inventory, text, order] of cases)
      assert.deepEqual(stepsOf(read(text, inventory)), stepsOf(read(order, inventory)), text);
  });

  it('never leaves out what has a say in it', () => {
    const texts = [
      'delete job seed-data, the team is against it',
      'delete job seed-data, i am not sure',
      'delete job seed-data, that is not allowed',
      'drain worker-4, it is still needed',
      'delete job seed-data, it is used by the team',
      'delete job seed-data, i think',
      'delete job seed-data, it is not obsolete',
      'delete job seed-data, we do not have a backup',
      'delete job seed-data, maybe',
      'restart ledger, kafka is slow, restart it',
      'delete pod kafka-1, kafka-2 is the broken one',
      'delete cronjob db-refresh, frank does not want that',
      'drain worker-4, nobody wants that',
      'drain worker-3, but the pods of kafka have to stay',
      'restart grafana, kibana',
      'restart grafana when prometheus is up',
      'if worker-4 is down, drain it',
      'web is slow, restart it',
      'web keeps restarting. Roll it back',
      'frontend keeps crashing, so roll it back',
      'the bastion does not let me in anymore, can you restart it?',
    ];
    for (const text of texts) {
      const { kind } = read(text, text.includes('bastion') ? 'mixed' : 'k8s-mid');
      assert.notEqual(kind, 'plan', text);
    }
  });
});
