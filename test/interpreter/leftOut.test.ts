// What hangs on an order and cannot change it is left out, whatever its words are; what could bound, time, deny or turn the
// order never is, and neither is the manner in which it is to be carried out.

import assert from 'node:assert/strict';
import { createReader } from '../../daemon/cli/interpret.ts';
import type { Reading } from '../../shared/model/reading.ts';
import { stepsOf } from './compare.ts';

const reader = createReader(new URL('./sets/inventories', import.meta.url).pathname);

function read(text: string, inventory: string): Reading {
  const { fixture, interpreter } = reader(inventory);
  return interpreter.read({ text, nowMs: fixture.nowMs });
}

/** The order with what hangs on it, and the order. */
const same: readonly (readonly [inventory: string, text: string, order: string])[] = [
  [
    'openstack-small',
    'switch the business-hours-only policy on before the release window',
    'enable business-hours-only',
  ],
  [
    'k8s-mid',
    'bring checkout in staging up to two replicas for the test run',
    'scale checkout in staging to 2',
  ],
  [
    'k8s-mid',
    'bring checkout in staging up to two replicas during the rehearsal',
    'scale checkout in staging to 2',
  ],
  ['mixed', 'erp-test is off, can you switch it on for the consultants?', 'start erp-test'],
  [
    'aws-mid',
    'terminate poc-kafka and poc-elastic, both dead since summer',
    'delete poc-kafka and poc-elastic',
  ],
];

/** What may change the order. */
const asks: readonly (readonly [inventory: string, text: string])[] = [
  ['openstack-small', 'delete old-wiki, owner unknown'],
  ['openstack-small', 'delete old-wiki, dead slow'],
  ['openstack-small', 'delete old-wiki, bob disagrees'],
  ['openstack-small', 'stop all dev vms for the interns'],
  ['openstack-small', 'attach vol-data to web-1 as /dev/vdb'],
  ['openstack-small', 'stop web-1, wait for bob, then delete it'],
  ['openstack-small', 'stop web-1, dry run'],
  ['openstack-small', 'snapshot db-1 daily'],
  ['openstack-small', 'reboot web-1 nightly'],
  ['openstack-small', 'reboot web-1, preferably never'],
  ['openstack-small', 'reboot web-1 sometime'],
  ['openstack-small', 'reboot web-1, alice opposes'],
  ['openstack-small', 'create a volume scratch-2 of 20 GB, encrypted'],
  ['openstack-small', 'create a volume scratch-2 of 20 GB, thick provisioned'],
  ['openstack-small', 'resize db-1 to L.16, live'],
  ['openstack-small', 'resize db-1 to L.16, offline'],
  ['openstack-small', 'tag web-1 with owner=bob, temporarily'],
  ['aws-mid', 'stop jenkins, hibernate'],
  ['aws-mid', 'approve act-77, partly'],
  ['aws-mid', 'resize jenkins to t3.large, spot'],
  ['k8s-mid', 'scale cart in staging to 5, slowly'],
  ['k8s-mid', 'scale cart in staging to 5 gradually'],
  ['k8s-mid', 'scale cart in staging to 5, spread evenly'],
  ['k8s-mid', 'drain worker-3, daemonsets ignored'],
  ['k8s-mid', 'drain worker-3 before worker-4'],
  ['k8s-mid', 'drain worker-4, it is still needed'],
  [
    'aws-mid',
    '52.10.0.2 comes off vpn-gw, vpn-gw gets 52.10.0.3 in its place, and the old address goes to web-prod-1',
  ],
  ['k8s-mid', 'same image for checkout in prod, and then scale it there to 4'],
  ['aws-mid', 'poc-kafka and poc-elastic: delete the one that is stopped'],
  ['aws-mid', 'delete poc-kafka; same goes for poc-elastic'],
  ['aws-mid', 'jenkins: reboot (bob will do it)'],
  ['openstack-small', 'db-1 maintenance: stop, detach its volume, delete'],
  ['k8s-mid', 'scale grafana to 0, loki to 1, then delete'],
  ['openstack-small', 'web-10: snapshot, stop web-1, delete'],
  ['openstack-small', 'web-10: snapshot, stop web-1, delete it'],
  ['openstack-small', 'web-10 tomorrow: reboot'],
  ['openstack-small', 'web-10: snapshot, ask bob, reboot'],
  ['openstack-small', 'web-10: snapshot already taken, reboot'],
  ['aws-mid', 'decom vpn-gw: stop it, snapshot it'],
  ['k8s-mid', 'scale prod web to 5 because staging 2'],
];

describe('what hangs on an order', () => {
  for (const [inventory, text, order] of same)
    it(`is left out of "${text}"`, () => {
      const whole = read(text, inventory);
      assert.equal(whole.kind, 'plan', whole.kind === 'clarify' ? whole.question : '');
      assert.deepEqual(stepsOf(whole), stepsOf(read(order, inventory)));
    });

  for (const [inventory, text] of asks)
    it(`may change it: "${text}"`, () => assert.notEqual(read(text, inventory).kind, 'plan'));
});
