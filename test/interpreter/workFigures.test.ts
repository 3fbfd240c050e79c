// Orders over rollouts, counts of copies, cron jobs, policies and what is new in a cluster, in the shapes people give them.
// Each means what a plain order means; what denies, waits, asks or leaves a part unread gives no plan by a shape.

import assert from 'node:assert/strict';
import { createReader } from '../../daemon/cli/interpret.ts';
import type { Reading } from '../../shared/model/reading.ts';
import { stepsOf } from './compare.ts';

const reader = createReader(new URL('./sets/inventories', import.meta.url).pathname);

function read(text: string, inventory = 'k8s-mid'): Reading {
  const { fixture, interpreter } = reader(inventory);
  return interpreter.read({ text, nowMs: fixture.nowMs });
}

/** A plain order and other ways to say it. */
const same: readonly (readonly [string, ...string[]])[] = [
  [
    'update ledger to 1.7.0',
    'please roll ledger to 1.7.0',
    'ledger should be on 1.7.0',
    'ship ledger 1.7.0',
    'ledger to version 1.7.0',
    'change the tag of the ledger image to 1.7.0',
  ],
  [
    'roll back fraud-check to revision 12',
    'fraud-check to revision 12 please',
    'restore revision 12 of fraud-check',
    'return fraud-check to rev 12',
  ],
  ['restart the OOMKilled search pod in prod', 'the OOMKilled search pod in prod, kick it'],
  [
    'restart grafana',
    'have grafana restarted please',
    'let grafana restart',
    'roll out a restart of grafana',
  ],
  ['scale frontend in prod to 2', 'one replica less for frontend in prod', 'one fewer frontend pod in prod'],
  ['scale prometheus to 2', 'give prometheus another replica', 'another replica for prometheus'],
  ['scale payments-worker to 4', 'payments-worker 2 -> 4', 'up payments-worker to 4'],
  [
    'cordon worker-2',
    'cordon node 2',
    'worker-2 unschedulable please',
    'worker-2 out of rotation please',
    'stop putting pods on worker-2',
    'keep worker-2 free of new pods',
  ],
  [
    'uncordon worker-5',
    'maintenance on worker-5 is over, let it take pods again',
    'bring worker-5 back',
    'end maintenance on worker-5',
  ],
  ['drain worker-1', 'clear out worker-1', 'free up worker-1', 'can you have worker-1 drained'],
  ['label node worker-10 gpu=true', 'worker-10 should carry gpu=true', 'give worker-10 the label gpu=true'],
  ['label namespace dev owner=anna', 'put the label owner=anna on the dev namespace'],
  [
    'create namespace loadtest',
    'Could you set up a namespace for our load tests? It should be called loadtest.',
    'could we get a loadtest namespace',
    'new namespace please: loadtest',
    'the perf team wants their own namespace: loadtest',
  ],
  ['ack an-101', 'mark an-101 as acknowledged'],
  ['run reconcile', 'let reconcile run now', 'reconcile once please'],
  ['approve act-12', "approve erin's request", 'let action 12 run', 'action 12 approved'],
  ['undo act-10', "undo frank's action"],
  [
    'enable business-hours-only',
    'start enforcing business-hours-only',
    'let business-hours-only apply again',
  ],
  ['scale ledger to 6', 'six ledger pods please'],
  [
    'rollout pause api-gateway in prod',
    'pause api-gateway rollout in prod',
    'prod api-gateway: pause the rollout',
    'the api gateway rollout in prod, pause it',
    'can you freeze the api-gateway rollout in prod please',
    'stop the rollout of api-gateway in prod for now',
    'kubectl rollout pause deploy/api-gateway -n prod',
  ],
  [
    'rollout resume api-gateway in prod',
    'unpause the rollout of api-gateway in prod',
    'let the rollout of api-gateway in prod continue',
    'the rollout of api-gateway in prod can go on',
    'kubectl rollout resume deploy/api-gateway -n prod',
  ],
  [
    'roll back checkout in prod',
    'can we get the previous checkout version back in prod',
    'bring back the previous version of checkout in prod',
    'please undo last deployment of checkout in production',
    'checkout prod one revision back',
    'the checkout release in prod was bad, take it back',
    'back out the last checkout release in prod',
  ],
  ['roll back checkout in prod to revision 7', 'put checkout in prod on revision 7 again'],
  [
    'set image of cart in prod to registry.local/cart:1.5.0',
    'new image for cart in prod: registry.local/cart:1.5.0',
    'prod cart needs registry.local/cart:1.5.0',
  ],
  [
    'scale cart in prod to 5',
    '3 more cart pods in prod',
    'prod cart plus three replicas',
    'cart in prod wants 3 more pods',
    'cart in prod +3 replicas',
    'can prod cart get 5 replicas?',
    'increase the number of cart pods in prod to 5',
  ],
  ['scale web in prod to 2', 'web in prod: two less', 'halve the number of pods for web in prod'],
  [
    'cordon worker-3',
    'close worker-3 for new pods',
    'nothing new may land on worker-3',
    'prevent new pods on worker-3',
  ],
  [
    'uncordon worker-5',
    'un cordon worker five',
    'take the cordon off worker-5',
    'let worker-5 take pods again',
    'release worker-5 for scheduling',
    'worker-5 back in rotation',
  ],
  [
    'drain worker-4',
    'get the workloads off worker-4',
    'shift all workloads away from worker-4',
    'kubelet on worker-4 is dead, just move the pods off that node please',
  ],
  [
    'resume report-daily',
    'report-daily may run again, take it off suspend',
    'take report-daily out of suspension',
    'report-daily off hold please',
  ],
  ['suspend nightly-backup', 'turn off the nightly-backup cron job', 'take nightly-backup off the schedule'],
  [
    'run nightly-backup',
    'run the nightly-backup right now instead of waiting for tonight',
    're-run nightly-backup',
    'one extra run of nightly-backup please',
  ],
  ['delete job db-migrate-42', 'db-migrate-42 can go', 'the job db-migrate-42 has to go'],
  ['enable business-hours-only', 'business-hours-only on please', 'enforce business-hours-only'],
  [
    'approve act-12',
    'approve action 12',
    'approve action number twelve',
    'action twelve is fine, approve it',
  ],
  ['ack an-104', 'acknowledge anomaly 104', 'ack anomaly one hundred and four'],
  [
    'create deployment named hello with nginx:1.29 with 2 replicas in dev',
    'hi, I need nginx:1.29 in dev under the name hello, two replicas, can you deploy that for me?',
    'deploy hello in dev: nginx:1.29, two replicas',
    'spin up hello in dev on nginx:1.29 with 2 replicas',
    'set up a hello deployment in dev with the nginx:1.29 image, two replicas',
    'can you deploy nginx:1.29 to dev and call it hello, 2 replicas',
    'create deployment hello image nginx:1.29 replicas 2 namespace dev',
  ],
  [
    'create a job named smoke with image busybox:1.36 in dev',
    'start a one-off job smoke in dev, image busybox:1.36',
    'kubectl create job smoke --image=busybox:1.36 -n dev',
  ],
];

describe('orders over what runs, as people say them', () => {
  for (const [plain, ...others] of same)
    it(plain, () => {
      const wanted = stepsOf(read(plain));
      assert.ok(wanted.length > 0, `${plain} is not read`);
      for (const text of others) assert.deepEqual(stepsOf(read(text)), wanted, text);
    });
});

describe('what no shape makes an order', () => {
  for (const text of [
    'do not pause the rollout of api-gateway in prod',
    'is the api-gateway rollout in prod paused?',
    'should we roll checkout in prod one revision back?',
    'checkout in prod two revisions back',
    'db-migrate-42 can not go',
    'if web is up the job db-migrate-42 can go',
    'cancel action 99',
    'deploy nginx:1.29 as hello in dev tomorrow',
    'deploy nginx:1.29 as hello in dev unless web is down',
    'did anyone deploy nginx:1.29 as hello in dev?',
    'report-daily must not be taken off suspend',
    'drain node 1',
    'free up worker-4 disk space',
    'ledger should not be on 1.7.0',
    'the search pod in prod, kick it',
    'is worker-2 unschedulable?',
    'worker-10 should not carry gpu=true',
    'do we need a loadtest namespace?',
    "do not approve erin's request",
    'is action 12 approved?',
    'i want to know if business-hours-only is on',
  ])
    it(text, () => assert.notEqual(read(text).kind, 'plan', JSON.stringify(read(text))));
});
