// Orders over nodes, workloads, alerts, cron jobs, actions and policies in the shapes people give them. Each means what a
// plain order means; what denies, names a set or leaves out its figure gives no plan by a shape.

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
    'cordon worker-3',
    'please keep new pods off worker-3',
    'block scheduling on worker-3',
    'can you make sure nothing new gets scheduled on worker-3?',
    'worker-3 should not get any new pods',
    'mark node worker-3 as unschedulable please',
    'do not schedule anything on worker-3 any more',
  ],
  [
    'uncordon worker-5',
    'let pods back onto worker-5',
    'lift the cordon on worker-5',
    'enable scheduling on worker-5 again',
    'worker-5 is repaired and may take workloads again',
    'worker-5 is healthy again, open it for pods',
    'return worker-5 to the pool',
  ],
  [
    'drain worker-4',
    'get all pods off worker-4',
    'move the pods of worker-4 elsewhere',
    'clear worker-4 of pods',
    'worker-4 must be drained before the disk swap',
  ],
  ['scale ledger to 2', 'add a replica to ledger', 'ledger up by 1', 'two replicas are enough for ledger'],
  [
    'scale ledger to 3',
    'ledger has one pod, make it three',
    'we want 3 instances of ledger running',
    'let ledger run with three pods',
  ],
  ['scale web-admin to 0', 'scale web-admin down to nothing', 'turn web-admin down to none'],
  [
    'set image of cart in prod to registry.local/cart:1.5.0',
    'put registry.local/cart:1.5.0 on cart in prod',
    'roll registry.local/cart:1.5.0 out to cart in prod',
    'prod cart should run registry.local/cart:1.5.0 from now on',
  ],
  ['roll back ledger', 'ledger back to the previous release please', 'put ledger back on the old version'],
  ['roll back ledger to revision 3', 'ledger back to revision 3', 'take ledger back to revision 3'],
  ['ack PodCrashLooping', 'mark PodCrashLooping as acked', 'set the PodCrashLooping alert to acknowledged'],
  [
    'silence NodeNotReady for 2 hours',
    'no pages for NodeNotReady for 2 hours',
    'stop paging me about NodeNotReady for 2 hours',
  ],
  [
    'suspend reconcile',
    'stop reconcile from running',
    'put reconcile on hold',
    'reconcile must not run any more',
  ],
  ['resume report-daily', 'turn the report-daily cronjob back on', 'report-daily is fixed, it can run again'],
  ['run nightly-backup', 'fire nightly-backup once now', 'make a manual run of nightly-backup'],
  ['approve act-12', 'give act-12 the green light', 'act-12 was reviewed and can be approved'],
];

describe('figures over clusters', () => {
  for (const [order, ...others] of same)
    it(order, () => {
      const plain = stepsOf(read(order));
      assert.equal(plain.length, 1);
      for (const text of others) assert.deepEqual(stepsOf(read(text)), plain, text);
    });

  for (const [text, order, inventory] of [
    ['can we get 2 more payments-api', 'scale payments-api to 5', 'k8s-mid'],
    ['the last release of web-admin is broken, put the previous one back', 'roll back web-admin', 'k8s-mid'],
    ['the agents fluent-bit must be restarted, thanks', 'restart fluent-bit', 'k8s-mid'],
    ['ack the checkout latency alert please', 'ack CheckoutLatencyHigh', 'k8s-mid'],
    ['silence the node not ready alert for two hours', 'silence NodeNotReady for 2 hours', 'k8s-mid'],
    ['mute PostgresDisk til 14:00', 'mute PostgresDisk until 14:00', 'k8s-mid'],
    ['take NodeNotReady off my pager for 4 hours', 'silence NodeNotReady for 4 hours', 'k8s-mid'],
    ['act-77 is good to go', 'approve act-77', 'mixed'],
    ['yes to act-77', 'approve act-77', 'mixed'],
    ['stop act-76 please, the customer changed their mind', 'cancel act-76', 'mixed'],
    ['act-76 is off, cancel it', 'cancel act-76', 'mixed'],
    ['Please have act-40 undone, Bob picked the wrong size', 'undo act-40', 'mixed'],
    ['run a discovery on aws', 'discover aws', 'mixed'],
    ['please run: kubectl -n kube-system rollout restart deployment coredns', 'restart coredns', 'k8s-mid'],
    ['kubectl cordon worker-3, its fan is broken', 'cordon worker-3', 'k8s-mid'],
    ['kubectl cordon worker-3\ncan you run that for me?', 'cordon worker-3', 'k8s-mid'],
    ['kubectl cordon worker-3, worker-4 too', 'cordon worker-3 and worker-4', 'k8s-mid'],
    [
      'can you run this? kubectl scale deploy ledger -n payments --replicas=3',
      'scale ledger to 3',
      'k8s-mid',
    ],
    [`kubectl patch deployment cart -n prod -p '{"spec":{"replicas":5}}'`, 'scale prod cart to 5', 'k8s-mid'],
    ['kubectl delete cronjob.batch report-daily -n prod', 'delete cronjob report-daily', 'k8s-mid'],
    ['kubectl create job --from=cj/reconcile x -n payments', 'run reconcile', 'k8s-mid'],
  ] as const)
    it(text.replace('\n', ' '), () => {
      const plain = stepsOf(read(order, inventory));
      assert.equal(plain.length, 1);
      assert.deepEqual(stepsOf(read(text, inventory)), plain);
    });

  it('undoes an action that was told of', () => {
    assert.deepEqual(
      stepsOf(read('act-11 broke things, take it back', 'mixed')),
      stepsOf(read('undo act-11', 'mixed')),
    );
  });

  it('keeps the revision in front of a remark', () => {
    assert.deepEqual(
      stepsOf(read('roll back ledger to revision 3 until we know more')),
      stepsOf(read('roll back ledger to revision 3')),
    );
  });

  for (const text of [
    'kubectl cordon worker-3, but not now',
    'do not run kubectl delete ns dev',
    'kubectl delete ns dev, only if the team agrees',
    'kubectl delete job seed-data -n staging, i am not sure',
    'ack the latency alarm of the shop',
    'why should worker-3 not get any new pods?',
    'are new pods kept off worker-3?',
    'scale web down to nothing',
    'put registry.local/web:2 on web',
    'worker-7 is repaired and may take workloads again',
    'act-12 was not reviewed and can be approved',
    'worker-5 is not repaired and may take workloads again',
    'worker-5 may take workloads again if the disk holds',
  ])
    it(`gives no plan: ${text}`, () => {
      assert.notEqual(read(text).kind, 'plan');
    });
});
