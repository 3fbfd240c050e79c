// What a set is to be or to have, said as the result: each sentence reads like the plain command beside it. A question
// about a state stays one, nothing is destroyed by a result, and "it" never stands for what was not spoken of.

import assert from 'node:assert/strict';
import { createReader } from '../../daemon/cli/interpret.ts';
import type { Reading } from '../../shared/model/reading.ts';
import { stepsOf } from './compare.ts';

const reader = createReader(new URL('./sets/inventories', import.meta.url).pathname);

function read(text: string, inventory: string): Reading {
  const { fixture, interpreter } = reader(inventory);
  return interpreter.read({ text, nowMs: fixture.nowMs });
}

/** Inventory, sentence, the plain command it stands for. */
const same: readonly (readonly [string, string, string])[] = [
  ['aws-mid', 'the redis boxes, both of them, up please', 'start both redis instances'],
  ['aws-mid', 'gitlab runners, all three, offline pls', 'stop all three gitlab runners'],
  ['aws-mid', 'all staging instances online please', 'start all staging instances'],
  ['aws-mid', 'I want both poc boxes off', 'stop both poc boxes'],
  ['aws-mid', 'web-prod-2 and web-prod-3 should run again', 'start web-prod-2 and web-prod-3'],
  ['aws-mid', 'the poc boxes (both) can go down now', 'stop both poc boxes'],
  ['aws-mid', 'can all dev instances of the data team be turned off', 'stop all dev data instances'],
  ['aws-mid', 'we need all poc boxes stopped', 'stop all poc boxes'],
  ['aws-mid', 'the tmp-* volumes should be 250 GB each', 'resize all tmp-* volumes to 250 GB'],
  ['aws-mid', 'bring data-mongo-2 to 400GB', 'resize data-mongo-2 to 400 GB'],
  [
    'aws-mid',
    'grow the data-mongo volumes, all three of them, to 160 gigs each',
    'resize all data-mongo volumes to 160 GB',
  ],
  ['aws-mid', 'the redis instances need a backup', 'snapshot the redis instances'],
  ['aws-mid', 'all prod instances should lose the env tag', 'remove the env tag from all prod instances'],
  ['k8s-mid', 'put all prod deployments on 5 replicas', 'scale all prod deployments to 5'],
  ['k8s-mid', 'let all staging deployments have 2 pods each', 'scale all staging deployments to 2'],
  ['k8s-mid', 'every cron job should not run for now', 'suspend every cron job'],
  ['k8s-mid', 'all cronjobs in prod can run again', 'resume all cronjobs in prod'],
  // What a set is known by is neither put on it nor taken off.
  ['openstack-small', 'tag every vm with role=ci with audit=q4', 'tag all vms tagged role=ci with audit=q4'],
  [
    'openstack-small',
    'untag env from every vm with role=ci',
    'remove the env tag from all vms tagged role=ci',
  ],
  [
    'aws-mid',
    'drop the tag env on all instances of team data in dev',
    'untag env from ml-train-1, poc-kafka and poc-elastic',
  ],
  ['aws-mid', 'reboot instances where app=api and env=prod', 'reboot api-prod-1, api-prod-2 and api-prod-3'],
];

const reads = ['are the gitlab runners up', 'nodes down?', 'which instances are off'];

const asks: readonly (readonly [string, string])[] = [
  ['aws-mid', 'gitlab-runner-1 does not need the env tag, remove it'],
  ['aws-mid', 'all mongo machines except mongo-staging are not needed anymore, delete them'],
  ['openstack-small', 'all the vms running debian-12 are not needed anymore, delete them'],
  ['aws-mid', 'the dev boxes, both of them, down please'],
];

describe('results of sets', () => {
  for (const [inventory, text, command] of same)
    it(text, () => {
      assert.equal(read(command, inventory).kind, 'plan');
      assert.deepEqual(stepsOf(read(text, inventory)), stepsOf(read(command, inventory)));
    });
  for (const text of reads) it(`reads: ${text}`, () => assert.notEqual(read(text, 'aws-mid').kind, 'plan'));
  for (const [inventory, text] of asks)
    it(`asks: ${text}`, () => assert.equal(read(text, inventory).kind, 'clarify'));
});
