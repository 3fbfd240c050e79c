// Orders with something beside them that bounds nothing: a request that is passed on, a set that nobody needs, wherever
// things are, what stays as it is anyway, who raised an action, the alert somebody looks at. Each reads like the plain
// command; what only looks alike (an exception, another's deed, a time to come, somebody else's action) is never done.

import assert from 'node:assert/strict';
import { createReader } from '../../daemon/cli/interpret.ts';
import type { Reading } from '../../shared/model/reading.ts';
import { stepsOf } from './compare.ts';

const reader = createReader(new URL('./sets/inventories', import.meta.url).pathname);

function read(text: string, inventory: string): Reading {
  const { fixture, interpreter } = reader(inventory);
  return interpreter.read({ text, nowMs: fixture.nowMs });
}

const os = 'openstack-small';
/** Inventory, sentence, the plain command it stands for. */
const same: readonly (readonly [inventory: string, text: string, alone: string])[] = [
  // A request that is passed on.
  [
    'mixed',
    'The storefront team asked for their staging servers to be restarted.',
    'restart the staging servers of the storefront team',
  ],
  ['mixed', 'Tom asked for erp-01 to be restarted.', 'restart erp-01'],
  ['mixed', 'The auditor has asked for erp-test to be stopped', 'stop erp-test'],
  [os, 'our vendor asked for web-10 to be rebooted', 'reboot web-10'],
  // A set that nobody needs.
  [
    'aws-mid',
    'Nobody needs the development and staging servers in Virginia right now, please switch them off.',
    'stop the dev and staging servers in us-east-1',
  ],
  [
    'aws-mid',
    'We do not need the dev servers in us-east-1 today, so turn them off please',
    'stop the dev servers in us-east-1',
  ],
  [
    'aws-mid',
    'No one uses the staging servers in Virginia any more. Stop them.',
    'stop the staging servers in us-east-1',
  ],
  [
    'aws-mid',
    'The GitLab runners are too slow, please change all three to m5.xlarge.',
    'change all gitlab runners to m5.xlarge',
  ],
  // Wherever things are.
  [
    'k8s-mid',
    'Could you delete the jobs that have completed, in whatever namespace they are?',
    'delete the jobs that have completed',
  ],
  ['k8s-mid', 'delete the completed jobs, whichever namespace they are in', 'delete the completed jobs'],
  ['k8s-mid', 'delete the completed jobs no matter which namespace they are in', 'delete the completed jobs'],
  ['k8s-mid', 'cordon the zone eu-a nodes, not cp-1', 'cordon the eu-a nodes, not cp-1'],
  ['k8s-mid', 'cordon the zone eu-b nodes', 'cordon the nodes in zone eu-b'],
  [
    'k8s-mid',
    'restart every pod of ns payments thats on worker-5',
    'restart every pod in namespace payments on worker-5',
  ],
  // What stays as it is anyway.
  [
    'mixed',
    'Please make sure no new pods get scheduled on worker-10 for now, but leave the ones that are already there :)',
    'cordon worker-10',
  ],
  [
    'k8s-mid',
    'Could you please delete the jobs that have completed? The failed ones should stay, I still have to look at them.',
    'delete the jobs that have completed',
  ],
  // Whose action it is, and who takes an alert.
  ['aws-mid', 'Kindly approve act-77 raised by Carol.', 'approve act-77'],
  ['aws-mid', 'approve act-77, which was requested by carol', 'approve act-77'],
  [os, 'ack all firing alerts i got them', 'ack all firing alerts'],
  [
    os,
    'Bob is already looking at the disk alert on db-1, please acknowledge it.',
    'acknowledge the disk alert on db-1',
  ],
  [os, 'the disk alert on db-1 is known, please ack it', 'acknowledge the disk alert on db-1'],
  [os, 'The alert on web-1 is a false alarm. Ack it.', 'acknowledge the cpu alert on web-1'],
  [
    'mixed',
    'My mentor asked me to put owner=erp-team on every VM of the erp app',
    'tag every VM of erp with owner=erp-team',
  ],
  // A thing told of without a verb, a slip, an amount for each.
  [os, 'no more ssh into db-sg, close 22 there', 'close port 22 on db-sg'],
  [os, 'no ssh on web-sg any more, close 22 there', 'close port 22 on web-sg'],
  [os, 'web-10 hangs, powercylce it plz', 'reboot web-10'],
  [
    'aws-mid',
    'data-mongo-1, data-mongo-2, data-mongo-3: 50 GB more on each',
    'grow data-mongo-1, data-mongo-2, data-mongo-3 by 50 GB each',
  ],
  [
    'aws-mid',
    'data-mongo-1 and data-mongo-2: 50 GB more each please',
    'grow data-mongo-1 and data-mongo-2 by 50 GB each',
  ],
];

const asked: readonly (readonly [inventory: string, text: string])[] = [
  ['mixed', 'Tom asked for erp-01 to be deleted.'],
  ['mixed', 'Tom asked for erp-01 to be restarted but Ann said no'],
  ['mixed', 'Tom asked for erp-01 to be restarted tomorrow'],
  ['mixed', 'Tom asked for erp-01 to be restarted, but Bob did it already'],
  ['mixed', 'Tom asked for erp-01 not to be restarted'],
  ['mixed', 'Tom asked Bob for erp-01 to be restarted'],
  ['mixed', 'Tom asked for erp-01 to be restarted?'],
  ['mixed', 'The storefront team asked Bob to restart their staging servers.'],
  ['mixed', 'The storefront team asked for their staging servers to be left alone.'],
  ['aws-mid', 'Nobody needs the dev servers except ci-1, please switch them off.'],
  ['aws-mid', 'Nobody needs the dev servers that Tom built, please switch them off.'],
  ['aws-mid', 'Nobody needs the dev servers until Monday, switch them off.'],
  ['aws-mid', 'If nobody needs the dev servers, switch them off.'],
  ['aws-mid', 'The GitLab runners are too slow, please change all four to m5.xlarge.'],
  ['k8s-mid', 'delete the completed jobs, i still have to look at them'],
  ['mixed', 'drain worker-10, but leave the ones that are already there'],
  ['aws-mid', 'approve act-77 raised by Dave'],
  ['aws-mid', 'cancel act-77 requested by Dave'],
  [os, 'Is anyone looking at the disk alert on db-1? Acknowledge it.'],
  [os, 'Bob should ack the disk alert on db-1, please tell him'],
  [os, 'the disk alert on db-1 and the cpu alert on web-1 are known, ack it'],
  [os, 'Bob acked the disk alert on db-1, delete it'],
];

describe('what is so anyway beside an order', () => {
  for (const [inventory, text, alone] of same)
    it(`changes nothing of it: "${text}"`, () => {
      const wanted = read(alone, inventory);
      assert.equal(wanted.kind, 'plan', alone);
      assert.deepEqual(stepsOf(read(text, inventory)), stepsOf(wanted));
    });

  for (const [inventory, text] of asked)
    it(`is not what only looks alike: "${text}"`, () => {
      assert.notEqual(read(text, inventory).kind, 'plan');
    });
});
