// Several questions in one text, questions of what is told before them, and times that stand apart from what they bound: each
// gives what the plain questions give that are asked one by one. Nothing of an order is ever lost with it.

import assert from 'node:assert/strict';
import { createReader } from '../../daemon/cli/interpret.ts';
import { stepsOf } from './compare.ts';

const reader = createReader(new URL('./sets/inventories', import.meta.url).pathname);

function read(inventory: string, text: string) {
  const { fixture, interpreter } = reader(inventory);
  return interpreter.read({ text, nowMs: fixture.nowMs });
}

/** Inventory, what was asked, and the plain questions for it. */
const rows: readonly (readonly [string, string, ...(readonly string[])])[] = [
  [
    'k8s-mid',
    'Which image is web on in prod, and which one in staging?',
    'describe deployment web in prod',
    'describe deployment web in staging',
  ],
  [
    'k8s-mid',
    'what image does checkout run in prod and what in staging',
    'describe deployment checkout in prod',
    'describe deployment checkout in staging',
  ],
  [
    'k8s-mid',
    'how many failed jobs are in payments, and how many in staging?',
    'how many failed jobs are in payments',
    'how many failed jobs are in staging',
  ],
  [
    'k8s-mid',
    'how many pods are there on worker-1 in prod and how many in staging?',
    'how many pods are on worker-1 in prod',
    'how many pods are on worker-1 in staging',
  ],
  [
    'k8s-mid',
    'tell me, which nodes are not ready and which pods are failing?',
    'which nodes are not ready',
    'which pods are failing',
  ],
  ['mixed', 'half asleep, is erp-02 running and is esx-02 connected', 'describe erp-02', 'describe esx-02'],
  ['aws-mid', 'is jenkins running and is mail-relay running', 'describe jenkins', 'describe mail-relay'],
  [
    'k8s-mid',
    "Show me the pending actions and the suspended cronjobs, I don't want surprises tonight.",
    'list pending actions',
    'list suspended cronjobs',
  ],
  ['aws-mid', 'list stopped vms and unattached volumes', 'list stopped vms', 'list unattached volumes'],
  ['k8s-mid', 'Give me the daemonsets and the statefulsets.', 'list daemonsets', 'list statefulsets'],
  [
    'k8s-mid',
    'deployments and statefulsets in prod',
    'list deployments in prod',
    'list statefulsets in prod',
  ],
  [
    'k8s-mid',
    'my mentor asked me how many kubernetes nodes we have and which of them are in zone eu-c',
    'how many nodes are there',
    'list nodes in zone eu-c',
  ],
  [
    'aws-mid',
    'how many volumes are there, and how many of those are above 50 GB?',
    'how many volumes are there',
    'how many volumes are above 50 GB',
  ],
  [
    'aws-mid',
    "Which volumes are hanging on jenkins, and how is its memory since today 7 o'clock?",
    'list volumes attached to jenkins',
    'memory of jenkins since 07:00',
  ],
  [
    'aws-mid',
    'cpu of jenkins over the last hour, and who touched it since yesterday?',
    'cpu of jenkins over the last hour',
    'who touched jenkins since yesterday',
  ],
  [
    'aws-mid',
    'how is the cpu of api-prod-1 today, and how was it yesterday?',
    'cpu of api-prod-1 today',
    'cpu of api-prod-1 yesterday',
  ],
  ['aws-mid', 'is mongo-1 up and how full is its disk?', 'describe mongo-1', 'disk of mongo-1'],
  ['openstack-small', 'is web-1 still pegged? cpu for the past 45 min', 'cpu of web-1, past 45 min'],
  ['k8s-mid', 'what caused anomaly an-104, is it the WAL again?', 'explain anomaly an-104'],
  [
    'k8s-mid',
    'what does api-gateway in prod call, and who calls it?',
    'what depends on deployment api-gateway in prod',
  ],
  ['openstack-small', "web-1 keeps timing out, can you tell me why it's so slow?", 'why is web-1 slow'],
  ['aws-mid', "mongo-1's disk keeps growing, when is it full?", 'forecast the disk of mongo-1'],
  [
    'aws-mid',
    'redis-cache-1 memory is climbing. how long until it runs out',
    'forecast the memory of redis-cache-1',
  ],
  [
    'aws-mid',
    'A client reports 502s since 9 this morning, what is the error rate of api-prod-2 from then on?',
    'error rate of api-prod-2 since 09:00',
  ],
  [
    'mixed',
    'When do we run out of space on ds-ssd-1? Look 90 days ahead.',
    'forecast the disk of ds-ssd-1 for the next 90 days',
  ],
  [
    'aws-mid',
    'traffic on bastion-us, Wednesday 14:00 to 16:00',
    'network traffic of bastion-us wednesday between 14:00 and 16:00',
  ],
  [
    'mixed',
    'CPU load on both ESX hosts, esx-01 and esx-02, over the last 4 hours.',
    'cpu of esx-01 and esx-02 over the last 4 hours',
  ],
  [
    'aws-mid',
    'How did requests on web-prod-1 develop over the past seven days?',
    'requests of web-prod-1 over the past seven days',
  ],
  [
    'k8s-mid',
    'last 300 lines of postgres-1, only the ones with FATAL',
    'last 300 lines of the logs of postgres-1 with "FATAL"',
  ],
  ['k8s-mid', 'tail -50 kube-proxy', 'last 50 lines of the logs of kube-proxy'],
  [
    'openstack-small',
    'For the timeline: everything anyone changed in the last 3 hours.',
    'audit trail of the last 3 hours',
  ],
  ['openstack-small', 'How many vCPUs does the flavor L.16 have?', 'describe flavor L.16'],
  ['aws-mid', 'what is using the network prod-us-vpc', 'what depends on prod-us-vpc'],
  ['aws-mid', 'volumes >= 500 GB, biggest first', 'list volumes with at least 500 GB'],
  ['k8s-mid', 'paged. anything critical firing that nobody has acked yet?', 'any critical alerts firing'],
];

describe('several questions', () => {
  for (const [inventory, text, ...plainly] of rows)
    it(text, () => {
      const wanted = plainly.flatMap((one) => stepsOf(read(inventory, one)));
      assert.ok(wanted.length >= plainly.length);
      assert.deepEqual(stepsOf(read(inventory, text)), wanted);
    });
  for (const [inventory, text] of [
    ['openstack-small', 'stop web-1, is it up?'],
    ['openstack-small', 'is db-1 up? then delete scratch'],
    ['openstack-small', 'stop web-1 30 days from now'],
    ['openstack-small', 'reboot web-1 15 minutes before 9'],
    ['openstack-small', 'reboot web-1 all day'],
    ['openstack-small', 'reboot web-1 on monday and tuesday'],
    // A time that no step keeps to.
    ['aws-mid', 'what volumes have we had since january'],
    ['k8s-mid', 'which pods were running yesterday at 9'],
  ] as const)
    it(`neither answers nor does in silence: ${text}`, () => {
      const { kind } = read(inventory, text);
      assert.ok(kind === 'clarify' || kind === 'refuse', kind);
    });
});
