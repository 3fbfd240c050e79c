// Orders around which something is told: what went before, what a thing may do again, what is to be left alone, a size
// before its thing. Each frame is tried with several things and orders of the inventories; the reading is the plain
// order's. What only looks alike (two things, a condition, a question, a set that is bounded) is never acted on by it.

import assert from 'node:assert/strict';
import { createReader } from '../../daemon/cli/interpret.ts';
import type { Reading } from '../../shared/model/reading.ts';
import { stepsOf } from './compare.ts';

const reader = createReader(new URL('./sets/inventories', import.meta.url).pathname);

function read(text: string, inventory: string): Reading {
  const { fixture, interpreter } = reader(inventory);
  return interpreter.read({ text, nowMs: fixture.nowMs });
}

/** Inventory, thing, an order over it with its place as `_`. */
const orders: readonly (readonly [string, string, string])[] = [
  ['openstack-small', 'web-10', 'reboot _'],
  ['openstack-small', 'db-1', 'resize _ to L.16'],
  ['openstack-small', 'old-wiki', 'boot _'],
  ['openstack-small', 'scratch', 'extend _ to 200 GB'],
  ['aws-mid', 'mail-relay', 'bounce _'],
  ['aws-mid', 'jenkins', 'shut _ down'],
  ['aws-mid', 'orders-staging', 'snapshot _'],
  ['k8s-mid', 'worker-5', 'uncordon _'],
  ['k8s-mid', 'worker-3', 'drain _'],
  ['k8s-mid', 'ledger', 'roll _ back'],
  ['k8s-mid', 'grafana', 'restart _'],
  ['k8s-mid', 'nightly-backup', 'pause _'],
  ['mixed', 'fraud-check', 'scale _ to 4'],
];

const background = [
  'T is acting up since the last release. O',
  'disk swap on T is finished, you can O',
  'so T does not answer any more... please O',
  'somebody has complained about T again; can you O for me?',
  'T shows strange errors, O please',
  'we have talked about T in the standup, so please O',
  'T broke after the kernel update - O',
];

const alone = [
  "don't touch X, only O",
  'leave X alone, just O',
  'hands off X! just O please',
  'O only, do not touch X',
];

describe('what is told around an order', () => {
  for (const [inventory, thing, order] of orders) {
    const plain = stepsOf(read(order.replace('_', thing), inventory));
    it(`is background: ${order.replace('_', thing)}`, () => {
      assert.equal(plain.length, 1);
      for (const frame of background) {
        const text = frame.replace('T', thing).replace('O', order.replace('_', 'it'));
        assert.deepEqual(stepsOf(read(text, inventory)), plain, text);
      }
    });
  }

  for (const [inventory, thing, order] of orders.filter(([, , one]) => one.endsWith('_')))
    it(`is left alone beside: ${order.replace('_', thing)}`, () => {
      const other = inventory === 'k8s-mid' ? 'metrics-server' : 'bastion';
      const plain = stepsOf(read(order.replace('_', thing), inventory));
      for (const frame of alone) {
        const text = frame.replace('X', other).replace('O', order.replace('_', thing));
        assert.deepEqual(stepsOf(read(text, inventory)), plain, text);
      }
    });

  for (const [inventory, text, order] of [
    ['k8s-mid', 'the figures are fixed, so report-daily can be resumed', 'resume report-daily'],
    ['k8s-mid', 'nightly-backup may go on again', 'resume nightly-backup'],
    ['k8s-mid', 'storage is back, report-daily may run again', 'resume report-daily'],
    ['k8s-mid', 'worker-5 can take pods again', 'uncordon worker-5'],
    ['k8s-mid', 'worker-10 is allowed to receive workloads again', 'uncordon worker-10'],
    ['openstack-small', 'nobody builds on weekends so ci-runner-1 may be stopped', 'stop ci-runner-1'],
    ['openstack-small', 'old-wiki can come back up now', 'start old-wiki'],
    ['openstack-small', 'web-01 is free to boot again', 'start web-01'],
    ['aws-mid', 'budget got approved, ml-train-1 can go back online', 'start ml-train-1'],
    ['openstack-small', 'M.8 for web-10', 'resize web-10 to M.8'],
    ['aws-mid', 't3.xlarge for jenkins please', 'resize jenkins to t3.xlarge'],
    ['openstack-small', '50 GB for scratch', 'resize scratch to 50 GB'],
    ['k8s-mid', 'four replicas for prod/search', 'scale prod/search to 4'],
    ['openstack-small', 'resize db-1 to L dot sixteen', 'resize db-1 to L.16'],
    ['openstack-small', 'change web ten to m dot eight', 'resize web-10 to M.8'],
    ['aws-mid', 'one t3.medium called loadgen', 'create one vm named loadgen with flavor t3.medium'],
    ['aws-mid', 'give me a t3.micro on debian-12 named j2', 'create a vm j2 with t3.micro and debian-12'],
    ['openstack-small', 'act-41 is fine by me, can be approved', 'approve act-41'],
    ['openstack-small', 'web-10 needs the scratch volume attached', 'attach scratch to web-10'],
    ['openstack-small', 'scratch goes to web-10, attach it', 'attach scratch to web-10'],
    ['aws-mid', 'jenkins gets the tmp-export volume', 'attach tmp-export to jenkins'],
    ['openstack-small', '203.0.113.11 should point to web-10', 'assign 203.0.113.11 to web-10'],
    ['openstack-small', 'web-10 needs a public ip', 'give web-10 a public ip'],
    ['openstack-small', 'let https through on web-sg', 'open https on web-sg'],
    ['openstack-small', 'web-sg must accept traffic on 8080', 'open 8080 on web-sg'],
    ['openstack-small', 'please poke a hole for 8080 in web-sg', 'open 8080 on web-sg'],
    ['openstack-small', 'no more ssh on web-sg, close it', 'close ssh on web-sg'],
    ['openstack-small', 'web-01 up please', 'start web-01'],
    ['openstack-small', 'ci-runner-1 off pls', 'stop ci-runner-1'],
    ['openstack-small', 'we need web-01 back', 'start web-01'],
    ['openstack-small', 'get web-01 going again', 'start web-01'],
    ['aws-mid', 'spin gitlab-runner-3 back up', 'start gitlab-runner-3'],
    ['openstack-small', 'pull the plug on ci-runner-1', 'stop ci-runner-1'],
    ['openstack-small', 'I need a snapshot of db-1 before the upgrade', 'snapshot db-1'],
    ['openstack-small', 'back up db-1 before we touch it', 'snapshot db-1'],
    ['openstack-small', 'take a snapshot of db-1 before we delete it', 'snapshot db-1'],
    ['openstack-small', 'make a snapshot called pre-upgrade of db-1', 'snapshot db-1 as pre-upgrade'],
    ['openstack-small', 'unhook vol-web-1 from its vm', 'detach vol-web-1'],
    ['openstack-small', 'web-10 should lose its role tag', 'remove the role tag from web-10'],
    ['openstack-small', 'I kindly request the restart of server web-10', 'restart web-10'],
    ['openstack-small', 'requesting reboot of web-10, ticket INC-1234', 'reboot web-10'],
    [
      'openstack-small',
      'terminate the instance old-wiki, approved by Tom',
      'terminate the instance old-wiki',
    ],
    ['openstack-small', 'new volume logs 50 gigs', 'create a volume named logs with 50 GB'],
    ['aws-mid', 'bring data-mongo-1 to 500 GiB', 'resize data-mongo-1 to 500 GB'],
    ['aws-mid', 'set the env tag of jenkins to prod', 'tag jenkins with env=prod'],
    ['aws-mid', 'port 8443 must be open on web-sg', 'open port 8443 on web-sg'],
    ['aws-mid', 'memory leak on api-prod-2 again → restart it', 'restart api-prod-2'],
    ['aws-mid', 'for the love of god restart api-prod-2', 'restart api-prod-2'],
    [
      'openstack-small',
      'web-10 needs a new 10 GB volume called c1',
      'create a 10 GB volume c1 and attach it to web-10',
    ],
    ['k8s-mid', 'prod search deployment needs 4 pods', 'scale prod/search to 4'],
    ['k8s-mid', 'we want 4 pods of search in production', 'scale prod/search to 4'],
    ['k8s-mid', 'put ledger on three replicas', 'scale ledger to 3'],
    ['k8s-mid', 'prod/search may have 4 replicas now', 'scale prod/search to 4'],
    [
      'k8s-mid',
      'fraud-check should run registry.local/f:2',
      'set image of fraud-check to registry.local/f:2',
    ],
    ['k8s-mid', 'no new pods on worker-3 please', 'cordon worker-3'],
    ['k8s-mid', 'put nightly-backup on hold', 'pause nightly-backup'],
    ['k8s-mid', 'reconcile can be paused for now', 'pause reconcile'],
    ['openstack-small', 'create volume "temp data" of 20 GB', 'create a 20 GB volume named "temp data"'],
  ] as const)
    it(`orders: ${text}`, () => {
      const plain = stepsOf(read(order, inventory));
      assert.ok(plain.length > 0, order);
      assert.deepEqual(stepsOf(read(text, inventory)), plain);
    });

  for (const [inventory, text] of [
    ['openstack-small', 'can web-10 come back up now?'],
    ['openstack-small', 'if the board agrees, old-wiki can come back up'],
    ['k8s-mid', 'checkout is slow, restart it'],
    ['k8s-mid', "don't touch prod, only restart cart"],
    ['openstack-small', 'not web-1, restart it'],
    ['openstack-small', 'web-1 or web-10 is slow, restart it'],
    ['openstack-small', 'I doubt web-10 can be restarted'],
    ['openstack-small', 'web-10 needs nothing, delete it not'],
    ['openstack-small', 'web-10 cannot be restarted'],
    ['k8s-mid', 'worker-5 can take pods again once the disk is swapped'],
    ['openstack-small', "we don't need web-01 back"],
    ['openstack-small', 'let no https through on web-sg'],
    ['openstack-small', 'is web-01 up please'],
    ['openstack-small', 'web-01 up'],
    ['openstack-small', 'does web-10 need a public ip?'],
    ['openstack-small', 'resize web-1 to M.8 but put it on hold'],
    ['openstack-small', 'old-wiki can be started after lunch'],
  ] as const)
    it(`never acts on: ${text}`, () => assert.notEqual(read(text, inventory).kind, 'plan'));
});
