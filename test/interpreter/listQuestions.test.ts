// Questions for lists and figures as people word them: each has to read like the plain question beside it, and what only
// looks alike drops no bound. None of them is ever a plan.

import assert from 'node:assert/strict';
import { createReader } from '../../daemon/cli/interpret.ts';
import type { Reading } from '../../shared/model/reading.ts';
import { stepsOf } from './compare.ts';

const reader = createReader(new URL('./sets/inventories', import.meta.url).pathname);

function read(text: string, inventory: string): Reading {
  const { fixture, interpreter } = reader(inventory);
  return interpreter.read({ text, nowMs: fixture.nowMs });
}

/** Inventory, question, the plain question it stands for. */
const same: readonly (readonly [string, string, string])[] = [
  ['aws-mid', 'How many snapshots are we keeping in total?', 'how many snapshots are there'],
  [
    'aws-mid',
    'how many t3.large instances do we own in total, running or not?',
    'how many t3.large instances are there',
  ],
  ['aws-mid', 'how many vms do we have, stopped ones included', 'how many vms are there'],
  [
    'aws-mid',
    'number of instances in eu-central-1 including the stopped ones',
    'how many instances are in eu-central-1',
  ],
  ['aws-mid', 'Show me the anomalies which happened yesterday', 'list anomalies yesterday'],
  ['aws-mid', 'anomalies seen in the last 24 hours', 'list anomalies in the last 24 hours'],
  ['k8s-mid', 'In which pods there were more than five restarts?', 'list pods with more than 5 restarts'],
  ['openstack-small', 'Report request: list of all keypairs', 'list all keypairs'],
  ['aws-mid', 'do we have a spare elastic ip in us-east-1?', 'list free elastic ips in us-east-1'],
  ['openstack-small', 'is there an unattached volume?', 'list unattached volumes'],
  [
    'aws-mid',
    'anyone know how full the disk on jenkins is? last 3h pls',
    'disk of jenkins in the last 3 hours',
  ],
  [
    'aws-mid',
    'list the snapshots older than 60 days, ill look at them when im awake',
    'list the snapshots older than 60 days',
  ],
  [
    'openstack-small',
    'anyone know what HighCPU-web-1 is about? explain that alert pls',
    'explain the alert HighCPU-web-1',
  ],
  [
    'aws-mid',
    'cpu for jenkins and memory for bastion-us',
    'show the cpu of jenkins. show the memory of bastion-us',
  ],
  [
    'k8s-mid',
    'logs of ledger last 30 min, lets see what it is this time',
    'logs of ledger in the last 30 minutes',
  ],
  ['openstack-small', 'how many vms are running in dev', 'how many running dev vms are there'],
  ['k8s-mid', 'is something crashlooping?', 'list crashlooping pods'],
  [
    'aws-mid',
    'list vms that are neither prod nor staging',
    'list vms that are not in prod and not in staging',
  ],
  ['openstack-small', 'list vms without a role tag', 'which vms have no role tag'],
  ['aws-mid', 'list instances without a role tag', 'list all instances'],
  ['aws-mid', 'paused instances', 'list paused instances'],
  ['k8s-mid', 'how many deployments does the staging namespace have?', 'how many deployments are in staging'],
  ['openstack-small', 'which vms are both in prod and running', 'list running prod vms'],
  ['k8s-mid', 'what alerts do we have that nobody acked', 'list alerts that are not acked'],
  ['aws-mid', 'volumes of exactly 40 gb?', 'list volumes with 40 GB'],
  // The kind that is asked for, behind the question.
  ['aws-mid', 'in eu-central-1? just the VMs', 'list vms in eu-central-1'],
  ['aws-mid', 'what have we got in eu-west-1? only stopped vms', 'list stopped vms in eu-west-1'],
  ['aws-mid', 'how many things run in eu-central-1? only the vms', 'how many vms are in eu-central-1'],
  ['k8s-mid', 'which things are broken in prod? only pods', 'list broken pods in prod'],
  ['k8s-mid', 'what is on worker-4? just the pods in prod', 'list pods in prod on worker-4'],
  ['mixed', 'what runs on esx-01? vms only', 'list vms on esx-01'],
];

/** Never a plan, and never a list that is longer than what was asked for. */
const unread: readonly (readonly [string, string])[] = [
  ['openstack-small', 'vms without a flavour of their own'],
  ['openstack-small', 'stop vms with no rank tag'],
  ['openstack-small', 'delete all vms without an owner tag'],
  ['aws-mid', 'list the snapshots older than 60 days, ill delete them when im awake'],
];

describe('questions for lists', () => {
  for (const [inventory, text, plain] of same)
    it(text, () => {
      const wanted = stepsOf(read(plain, inventory));
      assert.ok(wanted.length > 0, plain);
      assert.deepEqual(stepsOf(read(text, inventory)), wanted);
    });

  for (const [inventory, text] of unread)
    it(`does nothing: ${text}`, () => assert.notEqual(read(text, inventory).kind, 'plan'));
});
