// What is said to stay beside an order over a set is never in it, however that is said and wherever it stands; what is
// said of one of a set in words that are not known asks. The same words about a thing that no set is ordered about
// change nothing.

import assert from 'node:assert/strict';
import { createReader } from '../../daemon/cli/interpret.ts';
import type { Reading } from '../../shared/model/reading.ts';

const reader = createReader(new URL('./sets/inventories', import.meta.url).pathname);

function read(text: string, inventory: string): Reading {
  const { fixture, interpreter } = reader(inventory);
  return interpreter.read({ text, nowMs: fixture.nowMs });
}

function idsOf(reading: Reading): readonly string[] {
  return reading.kind === 'plan'
    ? reading.steps.flatMap(({ target }) => (target?.kind === 'resources' ? target.ids : [])).toSorted()
    : [];
}

/** Inventory, the order over a set, how the one that stays is called. */
const orders: readonly (readonly [string, string, string])[] = [
  ['openstack-small', 'stop all dev vms', 'the bastion'],
  ['openstack-small', 'delete all unattached volumes', 'vol-backup'],
  ['k8s-mid', 'scale all deployments in prod to 1', 'search'],
  ['k8s-mid', 'cordon every node in eu-c', 'worker-10'],
];

/** Ways to say it, in front of the order or behind it. */
const ways = [
  'only X keeps running',
  'only X has to stay up',
  'only X survives',
  'only X is allowed to run',
  'X stays where it is',
  'X must not',
  'X not',
  'X gets to stay',
  'X is the exception',
  'the only exception is X',
  'X being the exception',
  'X excluded',
  'X is exempt',
  'X aside',
  'X is untouchable',
  'X is whitelisted',
  'X should be spared',
  'X should be left running',
  'X must not be touched',
  "don't you dare touch X",
  'nobody touches X',
  'never X',
  'keep X',
  'save X',
  'ignore X',
  'X is my own box, so leave it',
  'X is my own box, that one stays',
];

/** Inventory, an order over a set with what it spares, the plain order. */
const spared: readonly (readonly [inventory: string, text: string, alone: string])[] = [
  // One in a state of its own, which the set does not hold anyway.
  [
    'aws-mid',
    'reboot the gitlab runners that are up, leave the stopped one alone',
    'reboot gitlab-runner-1, gitlab-runner-2',
  ],
  [
    'aws-mid',
    'reboot the running gitlab runners, the stopped one stays stopped',
    'reboot gitlab-runner-1, gitlab-runner-2',
  ],
  ['aws-mid', 'start all stopped poc vms, but keep poc-kafka off', 'start poc-elastic'],
  ['k8s-mid', 'cordon all nodes in eu-a except the NotReady one', 'cordon worker-1, cp-1'],
  // Behind the word that led to the set.
  ['openstack-small', 'take a snapshot on all prod vms but not on the web ones', 'snapshot db-1, app-prod-1'],
  [
    'openstack-small',
    'on all prod vms but not on the web ones, set the tag a=b',
    'set the tag a=b on db-1, app-prod-1',
  ],
  [
    'aws-mid',
    'remove the tag team from all dev web vms but not from web-dev-2',
    'remove the tag team from web-dev-1',
  ],
];

/** Said of a set in ways that do not settle whether it is in it. */
const open: readonly (readonly [string, string])[] = [
  ['openstack-small', 'stop all dev vms, the bastion wobbles'],
  ['openstack-small', 'the bastion purrs, stop all dev vms'],
  ['openstack-small', 'delete all unattached volumes vol-backup blah'],
  ['k8s-mid', 'cordon all nodes in eu-c, do not stop worker-10'],
  ['aws-mid', 'snapshot all data-mongo volumes, vol-0abd should not be stopped'],
  ['aws-mid', 'stop all dev vms, leave two alone'],
  ['aws-mid', 'stop all dev vms except the web one'],
  ['aws-mid', 'reboot all gitlab runners except the running one'],
  ['aws-mid', 'reboot the gitlab runners that are up, leave one alone'],
];

describe('what is to stay', () => {
  for (const [inventory, order, name] of orders) {
    const all = idsOf(read(order, inventory));
    const rest = idsOf(read(`${order} except ${name}`, inventory));
    for (const way of ways)
      for (const text of [`${order}, ${way}`, `${way}, ${order}`])
        it(text.replace('X', name), () => {
          assert.ok(rest.length === all.length - 1, 'the plain exception is read');
          assert.deepEqual(idsOf(read(text.replace('X', name), inventory)), rest);
        });
  }
  for (const [inventory, text, alone] of spared)
    it(text, () => {
      const wanted = idsOf(read(alone, inventory));
      assert.ok(wanted.length > 0, alone);
      assert.deepEqual(idsOf(read(text, inventory)), wanted);
    });
  for (const [inventory, text] of open)
    it(`asks: ${text}`, () => assert.equal(read(text, inventory).kind, 'clarify'));
  it('needed is no exception from what takes nothing away', () => {
    assert.equal(read('snapshot all data-mongo volumes, we need vol-0abd', 'aws-mid').kind, 'clarify');
  });
});
