// Orders with something beside them that bounds nothing: a request that is passed on, a set that nobody needs, wherever
// things are, what stays as it is anyway, what a step waits for, a heading, a noun, who raised an action. Each reads like the plain
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
  // What stays anyway, beside a cordon and beside an order.
  ['k8s-mid', 'cordon worker-4, the pods which already run there may stay', 'cordon worker-4'],
  ['k8s-mid', 'cordon worker-4 but leave the pods on it running', 'cordon worker-4'],
  ['k8s-mid', 'please cordon worker-1 and worker-2, the pods on them may stay', 'cordon worker-1, worker-2'],
  ['k8s-mid', 'cordon worker-4. No need to evict the pods that run on it', 'cordon worker-4'],
  ['k8s-mid', 'take worker-4 out of scheduling, everything on it may stay', 'cordon worker-4'],
  ['aws-mid', 'stop web-dev-1 and leave the rest alone', 'stop web-dev-1'],
  ['aws-mid', 'stop jenkins. everything else stays up', 'stop jenkins'],
  ['aws-mid', 'stop jenkins and nothing else', 'stop jenkins'],
  ['aws-mid', 'stop all web vms in dev, the others keep running', 'stop all web vms in dev'],
  // What a step waits for, where the step before leads to it.
  ['k8s-mid', 'drain worker-4, and delete the node once it is empty', 'drain worker-4 and delete worker-4'],
  [
    'k8s-mid',
    'the node worker-4 is dying: cordon it, drain it and delete the node once no pods are left',
    'cordon worker-4, drain worker-4 and delete worker-4',
  ],
  [
    'k8s-mid',
    "drain worker-4 first and remove the node when it's drained",
    'drain worker-4 and delete worker-4',
  ],
  ['aws-mid', "stop web-dev-1 and delete it when it's down", 'stop web-dev-1 and delete web-dev-1'],
  [
    'aws-mid',
    'snapshot jenkins-home and resize it to 300 GB once the snapshot is done',
    'snapshot jenkins-home and resize jenkins-home to 300 GB',
  ],
  // A heading that the row behind it spells out.
  [
    'mixed',
    'swap hosts: erp-01 goes to esx-02, erp-02 to esx-01',
    'migrate erp-01 to esx-02 and erp-02 to esx-01',
  ],
  [
    'mixed',
    'let erp-01 and erp-02 swap hosts: erp-01 moves to esx-02, erp-02 moves to esx-01',
    'migrate erp-01 to esx-02 and erp-02 to esx-01',
  ],
  [
    'aws-mid',
    'swap sizes: web-dev-1 goes to t3.medium, api-dev-1 to t3.small',
    'resize web-dev-1 to t3.medium and api-dev-1 to t3.small',
  ],
  // The noun of a flavor before its name.
  [os, 'change both ci runners to flavor L.16', 'resize both ci runners to L.16'],
  [os, 'put both ci runners on flavor L.16', 'resize both ci runners to L.16'],
  [os, 'change the flavor of both ci runners to L.16', 'resize both ci runners to L.16'],
  ['aws-mid', 'change all web vms in dev to type t3.medium', 'resize all web vms in dev to t3.medium'],
  // Any of those that bound a set.
  [
    'aws-mid',
    'snapshot all volumes attached to mongo-1, mongo-2 or mongo-3',
    'snapshot data-mongo-1, data-mongo-2 and data-mongo-3',
  ],
  [
    'aws-mid',
    'snapshot all volumes attached to either mongo-1 or to mongo-2',
    'snapshot data-mongo-1, data-mongo-2',
  ],
  ['mixed', 'stop all vms that run on esx-01 or esx-02', 'stop all vms on esx-01 and esx-02'],
  [
    'aws-mid',
    'stop all vms in eu-central-1 or us-east-1 that belong to team data',
    'stop all vms of the data team in eu-central-1 and us-east-1',
  ],
  [
    'aws-mid',
    'tag all vms of team data or security with x=y',
    'tag all vms of the data and security teams with x=y',
  ],
  // Those of the one app that was told of.
  [
    'aws-mid',
    'the api app in prod is oversized, downsize all its instances to t3.xlarge',
    'resize all api instances in prod to t3.xlarge',
  ],
  ['aws-mid', 'mongo is idle at night; stop all its instances', 'stop all mongo instances'],
  ['aws-mid', 'the etl app is stuck, reboot its instance', 'reboot analytics-etl'],
  ['mixed', 'the erp app moves, stop all its vms', 'stop all erp vms'],
  ['k8s-mid', 'checkout in prod is broken, restart its pods', 'restart the pods of checkout in prod'],
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
  ['k8s-mid', 'drain worker-4, the pods which already run there may stay'],
  ['k8s-mid', 'cordon worker-4, the pods which already run there should move'],
  ['k8s-mid', 'cordon worker-4, only the kafka pods may stay'],
  ['k8s-mid', 'cordon worker-4 and drain worker-3, the pods on it may stay'],
  ['aws-mid', 'stop the gitlab runners and leave the others to bob'],
  ['k8s-mid', "delete worker-4 once it's empty"],
  ['k8s-mid', "drain worker-4 and delete the node if it's empty"],
  ['k8s-mid', "drain worker-4 and delete the node once it's monday"],
  ['k8s-mid', "drain worker-4 and delete worker-5 once it's empty"],
  ['k8s-mid', "don't drain worker-4, delete the node once it's empty"],
  ['aws-mid', "detach ml-datasets and delete it once it's backed up"],
  ['aws-mid', 'stop poc-kafka and terminate it once bob is done'],
  ['mixed', "don't swap hosts: erp-01 goes to esx-02, erp-02 to esx-01"],
  ['mixed', 'swap hosts: erp-01 goes to esx-02, erp-02 to esx-02'],
  [os, 'change both ci runners to flavor XL.99'],
  [os, "don't change both ci runners to flavor L.16"],
  ['aws-mid', 'snapshot the volume attached to mongo-1 or mongo-2'],
  ['aws-mid', 'delete the volumes of mongo-1 or mongo-2'],
  ['aws-mid', 'delete all volumes of our team'],
  ['aws-mid', 'stop all vms of the team'],
  ['aws-mid', 'mongo uses redis, stop all its vms'],
  ['aws-mid', 'mongo is fine, redis is oversized. stop all its instances'],
  ['aws-mid', 'nginx is oversized, stop all its instances'],
  ['k8s-mid', 'web is slow, restart all its pods'],
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
