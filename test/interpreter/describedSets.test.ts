// A set that is described has its place in every sentence that takes a name: each frame is said with each set of its kind
// and has to read like the plain command over that set. What bounds the set is never lost on the way: a state before a
// place, whose it is, what is spared before the verb, a pair that says which beside one that is to be set. Sentences that
// look alike and are no order, or leave a bound unread, ask.

import assert from 'node:assert/strict';
import { createReader } from '../../daemon/cli/interpret.ts';
import type { Reading } from '../../shared/model/reading.ts';
import { stepsOf } from './compare.ts';

const reader = createReader(new URL('./sets/inventories', import.meta.url).pathname);

function read(text: string, inventory: string): Reading {
  const { fixture, interpreter } = reader(inventory);
  return interpreter.read({ text, nowMs: fixture.nowMs });
}

interface Frames {
  readonly inventory: string;
  /** Each set as it is said, and as a plain command has it. */
  readonly sets: readonly string[];
  /** What is said, with {} for the set, and the plain command. */
  readonly frames: readonly (readonly [string, string])[];
}

const framed: readonly Frames[] = [
  {
    inventory: 'k8s-mid',
    sets: [
      'every node in zone eu-c',
      'all nodes in zone eu-b',
      'all nodes in eu-a except cp-1',
      'both nodes in eu-c',
      'all the nodes that are not in eu-a',
    ],
    frames: [
      ['let {} take pods again', 'uncordon {}'],
      ['let pods land on {} again', 'uncordon {}'],
      ['stop scheduling stuff on {} pls', 'cordon {}'],
      ['no more pods on {}', 'cordon {}'],
      ['freeze scheduling on {}', 'cordon {}'],
      ['take {} out of rotation', 'cordon {}'],
    ],
  },
  {
    inventory: 'k8s-mid',
    sets: ['all cron jobs in prod', 'every cronjob outside prod', 'the cronjobs of the prod namespace'],
    frames: [
      ['trigger {} now rather than waiting for tonight', 'run {}'],
      ['please take {} out of suspension, finance wants their report again', 'resume {}'],
    ],
  },
  {
    inventory: 'aws-mid',
    sets: [
      'all t3.small instances in dev',
      'every stopped instance with team=data',
      'the poc-* instances',
      "the platform team's dev servers",
      'all prod instances in eu-central-1 except worker-prod-1',
    ],
    frames: [
      ['pull the plug on {}', 'stop {}'],
      ['we need {} back online', 'start {}'],
      ['freeze a copy of {}', 'snapshot {}'],
    ],
  },
  {
    inventory: 'aws-mid',
    sets: ['every security group but bastion-sg', 'all security groups except bastion-sg and ci-sg'],
    frames: [
      ['{} must accept 587', 'open port 587 on {}'],
      ['poke a hole for 8080 in {}', 'open port 8080 on {}'],
      ['no more 25 on {}', 'close port 25 on {}'],
    ],
  },
];

/** Inventory, sentence, the plain command it stands for. */
const same: readonly (readonly [string, string, string])[] = [
  // What is spared before the verb.
  [
    'aws-mid',
    'every prod database but analytics-dw must go down',
    'stop all prod databases except analytics-dw',
  ],
  [
    'aws-mid',
    'every prod database but analytics-dw should carry the tag oncall=data',
    'tag all prod databases except analytics-dw with oncall=data',
  ],
  [
    'aws-mid',
    'all prod workers but worker-prod-1 and worker-prod-2 should be rebooted',
    'reboot worker-prod-3 and worker-prod-4',
  ],
  [
    'openstack-small',
    'every running prod vm but db-1 gets tier=small',
    'tag web-1, web-10 and app-prod-1 with tier=small',
  ],
  [
    'k8s-mid',
    'all staging deployments but web go to zero replicas',
    'scale all staging deployments except web to 0',
  ],
  // A state, and where they are.
  ['aws-mid', 'start the vms down in eu-west-1', 'start all stopped vms in eu-west-1'],
  ['aws-mid', 'snapshot the vms that are down in eu-west-1', 'snapshot all stopped vms in eu-west-1'],
  [
    'aws-mid',
    'delete the dev instances which are running in eu-west-1',
    'delete all running dev instances in eu-west-1',
  ],
  [
    'aws-mid',
    'tag all dev instances running in eu-west-1 with a=b',
    'tag all running dev instances in eu-west-1 with a=b',
  ],
  // Whose they are.
  [
    'aws-mid',
    "strip the app tag from the platform team's dev servers",
    'remove the tag app from all dev servers tagged team=platform',
  ],
  [
    'aws-mid',
    "take the team tag off the platform team's dev servers",
    'remove the tag team from all dev servers tagged team=platform',
  ],
  // What they are known by, where a tag is set or taken off.
  [
    'openstack-small',
    'drop the role tag from every vm that has the role web',
    'remove the tag role from web-1, web-10 and web-01',
  ],
  [
    'openstack-small',
    'every vm that has the role web gets tier=small',
    'tag web-1, web-10 and web-01 with tier=small',
  ],
  [
    'aws-mid',
    'remvoe the team tag form all gitlab-runner VMs',
    'remove the tag team from all gitlab-runner vms',
  ],
  // A pair that says which, beside one that is to be set.
  [
    'aws-mid',
    'all stopped vms with team=data: tag cleanup=yes',
    'tag all stopped vms tagged team=data with cleanup=yes',
  ],
  [
    'aws-mid',
    'all stopped vms with team=data: tag cleanup=yes and wave=2',
    'tag all stopped vms tagged team=data with cleanup=yes and wave=2',
  ],
  [
    'aws-mid',
    'for all instances with env=dev: add tag owner=web',
    'tag all instances tagged env=dev with owner=web',
  ],
  // A figure that says which, beside one that is to be.
  ['aws-mid', 'all volumes smaller than 50 GB +30GB', 'grow all volumes under 50 GB by 30 GB'],
  ['aws-mid', 'volumes smaller than 50 GB, +30GB each', 'grow all volumes under 50 GB by 30 GB'],
  [
    'k8s-mid',
    'add two more replicas to every prod deployment with fewer than 3 replicas',
    'scale cart and search in prod to 4 and web-admin to 3',
  ],
  [
    'k8s-mid',
    'bring all prod deployments currently at 2 up to 5 replicas',
    'scale cart and search in prod to 5',
  ],
  ['k8s-mid', 'all prod deployments currently at 2 at 5 replicas pls', 'scale cart and search in prod to 5'],
  [
    'k8s-mid',
    'give all prod deployments currently at 2 two more replicas',
    'scale cart and search in prod to 4',
  ],
  ['k8s-mid', 'all prod deployments currently at 2 down to 0', 'scale cart and search in prod to 0'],
  // A list that begins with a set.
  [
    'aws-mid',
    'all instances of team legacy, web-prod-3 and web-prod-2 must go down',
    'stop all instances of team legacy and web-prod-3 and web-prod-2',
  ],
];

/** No order, or a bound that nothing is known of. */
const asks: readonly (readonly [string, string])[] = [
  ['k8s-mid', 'should we let every node in zone eu-a take pods again?'],
  ['k8s-mid', 'do not let every node in zone eu-a take pods again'],
  ['k8s-mid', 'if the patch is done let every node in zone eu-a take pods again'],
  ['k8s-mid', 'stop scheduling stuff on all nodes in zone eu-q'],
  ['k8s-mid', 'stop scheduling stuff on all haunted nodes'],
  ['k8s-mid', 'linda says all cron jobs in prod were taken out of suspension'],
  ['aws-mid', 'pull the plug on all instances nobody likes'],
  ['aws-mid', 'every prod database but the noisy one must go down'],
  ['aws-mid', "strip the app tag from the plumbing team's dev servers"],
  ['aws-mid', 'terminate the vms down in osaka'],
  ['openstack-small', 'tag every vm with role web'],
  // One of them is told of.
  ['k8s-mid', 'cordon all nodes, worker-1 is fine'],
  ['k8s-mid', 'stop scheduling stuff on all nodes, worker-1 is fine'],
  ['openstack-small', 'pull the plug on all dev vms, bastion is fine'],
  ['k8s-mid', 'scale every prod deployment with fewer than 3 replicas to at least 3 replicas'],
];

describe('described sets', () => {
  for (const { inventory, sets, frames } of framed)
    for (const [said, command] of frames)
      it(`reads "${said}" of every set (${inventory})`, () => {
        for (const set of sets) {
          const [text, plain] = [said.replace('{}', set), command.replace('{}', set)];
          const wanted = stepsOf(read(plain, inventory));
          assert.notEqual(wanted.length, 0, plain);
          assert.deepEqual(stepsOf(read(text, inventory)), wanted, text);
        }
      });
  for (const [inventory, text, plain] of same)
    it(`reads "${text}" (${inventory})`, () => {
      const wanted = stepsOf(read(plain, inventory));
      assert.notEqual(wanted.length, 0, plain);
      assert.deepEqual(stepsOf(read(text, inventory)), wanted);
    });
  for (const [inventory, text] of asks)
    it(`asks for "${text}" (${inventory})`, () => assert.notEqual(read(text, inventory).kind, 'plan'));
});
