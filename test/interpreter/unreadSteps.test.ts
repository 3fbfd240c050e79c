// A row of steps is planned whole, in the order that was said, or it asks: a step nobody understood, one that is told
// to have failed and one whose place in the row is not clear are never left out in silence.

import assert from 'node:assert/strict';
import { createReader } from '../../daemon/cli/interpret.ts';
import type { Reading } from '../../shared/model/reading.ts';
import { stepsOf } from './compare.ts';

const reader = createReader(new URL('./sets/inventories', import.meta.url).pathname);

function read(text: string, inventory: string): Reading {
  const { fixture, interpreter } = reader(inventory);
  return interpreter.read({ text, nowMs: fixture.nowMs });
}

/** Inventory, sentence. */
const asking: readonly (readonly [string, string])[] = [
  // A step in words nobody knows.
  ['openstack-small', 'stop web-10 and then frobnicate it'],
  ['openstack-small', 'stop web-10, warm up the cache, and start it'],
  ['openstack-small', 'snapshot vol-data, then do the thing with db-1'],
  ['k8s-mid', 'restart ledger, reconcile the books, and scale loki to 2'],
  ['k8s-mid', 'restart ledger then ping bob'],
  ['aws-mid', 'reboot mongo-1, massage it, snapshot data-mongo-1'],
  // One in words that are known, and that no step came of.
  ['openstack-small', 'please web-10 stopping, then snapshot making, then starting again'],
  ['aws-mid', 'reboot gitlab-runner-1 and gitlab-runner-2, the third runner start'],
  // One that failed is told, and the rest hung on it.
  ['openstack-small', 'the snapshot of vol-data failed, then the reboot of db-1'],
  ['openstack-small', 'snapshot of web-1 went wrong, afterwards a reboot of web-10'],
  ['k8s-mid', 'the drain of worker-2 timed out, then a restart of loki'],
  // An order that turns round on itself.
  ['openstack-small', 'finally start web-10; before, resize it to M.8; first of all stop it'],
];

/** Inventory, sentence, the plain command it stands for. */
const same: readonly (readonly [string, string, string])[] = [
  [
    'openstack-small',
    'reboot of db-1 please, but snapshot of vol-data beforehand',
    'snapshot vol-data, then reboot db-1',
  ],
  [
    'openstack-small',
    'reboot web-1, and snapshot vol-web-1 beforehand',
    'snapshot vol-web-1, then reboot web-1',
  ],
  ['openstack-small', 'reboot web-1, but ack HighCPU-web-1 first', 'ack HighCPU-web-1, then reboot web-1'],
  [
    'aws-mid',
    'Could you resize mongo-staging to r6g.xlarge? Please stop it before that and start it afterwards.',
    'stop mongo-staging, then resize it to r6g.xlarge, then start it',
  ],
  [
    'openstack-small',
    '* ack HighCPU-web-1\n* reboot web-1\n* show me its cpu',
    'ack HighCPU-web-1; reboot web-1; show me its cpu',
  ],
];

describe('A step that was said is in the plan, or it asks', () => {
  for (const [inventory, sentence] of asking)
    it(sentence, () => {
      const { kind } = read(sentence, inventory);
      assert.equal(kind, 'clarify');
    });
  for (const [inventory, sentence, plainly] of same)
    it(sentence, () => {
      const reading = read(sentence, inventory);
      assert.equal(reading.kind, 'plan');
      assert.deepEqual(stepsOf(reading), stepsOf(read(plainly, inventory)));
    });
});
