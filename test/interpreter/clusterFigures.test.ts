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
