// What an order is about has to be what the plan is about. Each of these once gave the plan that stands beside it.

import assert from 'node:assert/strict';
import { createReader } from '../../daemon/cli/interpret.ts';

const reader = createReader(new URL('./sets/inventories', import.meta.url).pathname);
const read = (inventory: string, text: string) => {
  const { fixture, interpreter } = reader(inventory);
  return interpreter.read({ text, nowMs: fixture.nowMs });
};

const asked: readonly (readonly [inventory: string, text: string, once: string])[] = [
  ['openstack-small', 'clear the memory of web-01', 'deleted web-01'],
  ['openstack-small', 'delete the cpu of web-01', 'deleted web-01'],
  ['aws-mid', 'drop the connections of orders-prod', 'deleted the database'],
  ['aws-mid', 'delete the schedule of jenkins', 'deleted the VM'],
  ['k8s-mid', 'k delete memory of kafka-2', 'deleted the pod'],
  ['openstack-small', 'restart the disk of web-01', 'rebooted'],
  ['openstack-small', 'stop the logs of web-01', 'stopped'],
  ['openstack-small', 'stop the traffic to web-01', 'stopped'],
  ['k8s-mid', 'empty worker-4 disk', 'drained'],
  ['k8s-mid', 'empty the disk of worker-4', 'drained'],
  ['k8s-mid', 'prod search has an OOMKilled pod, restart that pod', 'restarted the deployment'],
  ['openstack-small', 'release 203.0.113.12 from bastion then delete it', 'deleted the bastion'],
  ['openstack-small', 'give 203.0.113.11 to web-1 and delete it', 'deleted web-1'],
  ['openstack-small', 'open twenty two eighty on web-sg', 'opened 2280'],
  ['k8s-mid', 'scale cart in prod to 5, but not on worker-4', 'left the bound out'],
  ['k8s-mid', 'scale sandbox to 0 or not?', 'scaled'],
  ['aws-mid', 'stop jenkins or not?', 'stopped'],
  ['openstack-small', 'vol-data should have been 300 GB', 'grew it'],
  ['openstack-small', 'vol-data used to be 300 GB', 'grew it'],
  ['openstack-small', 'vol-data was to be 300 GB', 'grew it'],
  ['k8s-mid', 'cart should be at 5 in prod, right?', 'scaled'],
  ['k8s-mid', 'cart in prod at 5 replicas would be overkill', 'scaled'],
  ['aws-mid', 'jenkins could do with an m5.xlarge, what would it cost?', 'resized'],
  ['aws-mid', 'orders-prod gets slow, should we go r6g.xlarge', 'resized'],
  ['aws-mid', 'poc-kafka can go, poc-elastic too soon', 'deleted both'],
  ['aws-mid', 'nuke tmp-* but check with me', 'deleted them'],
  ['openstack-small', 'delete the copy of web-01', 'deleted web-01'],
  ['openstack-small', 'take bastion out of service', 'took its address'],
  ['openstack-small', 'take web-1 out of rotation', 'took its address'],
  ['openstack-small', 'delete what web-01 does not need', 'deleted web-01'],
  ['openstack-small', 'delete whatever replaced web-01', 'deleted web-01'],
  ['openstack-small', 'delete like web-01', 'deleted web-01'],
  ['aws-mid', 'stop jenkins but talk to bob', 'stopped'],
];

const done: readonly (readonly [inventory: string, text: string, operation: string, count: number])[] = [
  ['openstack-small', 'clear web-01 away, delete it', 'delete.vm', 1],
  ['aws-mid', 'stop all mongo-? instances', 'stop.vm', 3],
  ['aws-mid', 'all mongo-? instances: stop', 'stop.vm', 3],
  ['openstack-small', 'open twenty two and eighty on web-sg', 'open-port.security-group', 1],
  ['openstack-small', 'reboot web-01, its memory is full', 'reboot.vm', 1],
  ['k8s-mid', 'delete the cart deployment in prod', 'delete.deployment', 1],
];

describe('what an order is about', () => {
  for (const [inventory, text, once] of asked)
    it(`is asked about: ${text} (once ${once})`, () => {
      const reading = read(inventory, text);
      assert.notEqual(reading.kind, 'plan');
    });

  for (const [inventory, text, operation, count] of done)
    it(`is plain: ${text}`, () => {
      const reading = read(inventory, text);
      assert.equal(reading.kind, 'plan');
      const [step] = reading.kind === 'plan' ? reading.steps : [];
      assert.equal(step?.operation, operation);
      assert.equal(step?.target?.kind === 'resources' && step.target.ids.length, count);
    });
});
