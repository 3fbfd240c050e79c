// Bounds of sets in everyday words read like the plain bound beside them, in questions and in orders alike; and an answer
// of more than was asked for is never given: a bound that gave nothing to what was read asks.

import assert from 'node:assert/strict';
import { createReader } from '../../daemon/cli/interpret.ts';
import type { Reading } from '../../shared/model/reading.ts';
import { stepsOf } from './compare.ts';

const reader = createReader(new URL('./sets/inventories', import.meta.url).pathname);
const [o, a, k, m] = ['openstack-small', 'aws-mid', 'k8s-mid', 'mixed'] as const;

function read(text: string, inventory: string): Reading {
  const { fixture, interpreter } = reader(inventory);
  return interpreter.read({ text, nowMs: fixture.nowMs });
}

/** Inventory, sentence, the plain one it stands for. */
const same: readonly (readonly [string, string, string])[] = [
  // What hangs on what.
  [o, 'which prod VMs have no floating IP on them?', 'list the vms web-10, db-1 and app-prod-1'],
  [o, 'stop the VMs that have no floating ip assigned to them', 'stop all vms except web-1 and bastion'],
  [o, 'Which disks over 30 GB are not plugged into a machine?', 'list unattached volumes over 30 GB'],
  [a, 'which volumes are not hooked up to anything?', 'list unattached volumes'],
  [a, 'delete the volumes that are not mounted on any instance', 'delete all unattached volumes'],
  [
    m,
    'which volumes hang off mongo-1 and redis-cache-1?',
    'list volumes attached to mongo-1 and redis-cache-1',
  ],
  [m, 'volumes plugged into mongo-1 or mongo-2', 'list volumes attached to mongo-1 and mongo-2'],
  [m, 'wondering which disks hang on analytics-etl', 'list volumes attached to analytics-etl'],
  // How many copies are up.
  [
    k,
    'How many deployments are there without all of their replicas ready?',
    'how many deployments are unhealthy?',
  ],
  [k, 'which deployments run fewer replicas than wanted', 'list unhealthy deployments'],
  [k, 'restart the deployments that do not have all replicas ready', 'restart all unhealthy deployments'],
  [k, 'deployments that are not fully up in staging', 'list unhealthy deployments in staging'],
  // Where they are kept.
  [m, 'databases we keep in Ireland please', 'list databases in eu-west-1'],
  [a, 'stop all VMs we keep in us-east-1', 'stop all vms in us-east-1'],
  [k, 'what pods of prod are running in the worker-5', 'list pods in prod on worker-5'],
  // Tags and sizes.
  [m, 'VMs whose app tag is either ml or etl', 'list vms with app=ml or app=etl'],
  [a, 'instances whose env is neither prod nor staging', 'list the dev instances'],
  [a, 'Load balancers that are not tagged production, please.', 'list load balancers except prod'],
  [m, 'Which VMs carry no team tag? I cannot allocate their cost.', 'list vms without a team tag'],
  [a, 'which VMs are m5.large or m5.xlarge?', 'list all m5.large and m5.xlarge vms'],
  [a, 'all the staging machines please, with their instance types', 'list staging machines'],
  [m, 'running vms, env=staging only please', 'list running vms with env=staging'],
  [m, 'stop all vms, env=staging only', 'stop all vms with env=staging'],
  // What is left out.
  [k, 'list the nodes, leave the control plane out', 'list nodes except cp-1'],
  [k, 'drain all worker nodes', 'drain all nodes except cp-1'],
  [a, 'instances in eu-west-1, prod excluded', 'list instances in eu-west-1 except prod'],
  [k, 'restart all deployments in staging, leave cart out', 'restart all deployments in staging except cart'],
  // Figures, ages, states.
  [a, 'volumes >= 500 GB, biggest first', 'list volumes of at least 500 GB'],
  [a, 'delete snapshots of 60 days or older', 'delete all snapshots at least 60 days old'],
  [o, 'VMs created within the past 7 days', 'list vms not older than 7 days'],
  [m, 'VMs no older than a week', 'list vms not older than 7 days'],
  [
    k,
    'deployments in prod with more than 2 but fewer than 6 replicas',
    'list the deployments prod/frontend, prod/web, prod/checkout and prod/api-gateway',
  ],
  [k, 'which pods are in state Pendin', 'list pending pods'],
  [k, 'pods in phase Running on worker-1', 'list running pods on worker-1'],
  [a, 'Is there anything sitting in the approval queue?', 'list pending actions'],
  [o, 'Wondering whether any policies are switched off at the moment.', 'list disabled policies'],
  [m, 'what sizes do our volumes have', 'list volumes'],
];

/** What bounds nothing that is known: it asks, and lists neither all nor none. */
const open: readonly (readonly [string, string])[] = [
  [k, 'which pods are in state Foobarish'],
  [k, 'list the nodes, leave the blue ones out'],
  [o, 'volumes not plugged into a toaster'],
  [m, 'which vms are not ours'],
  [m, 'how many VMs have no monitoring?'],
  [m, 'which VMs are not managed by terraform'],
  [m, 'list the VMs without a purple sticker'],
  [k, 'list the logs of web in prod since yesterday that do not mention health'],
];

describe('bounds of sets in everyday words', () => {
  for (const [inventory, sentence, plain] of same)
    it(sentence, () => {
      const [own, other] = [read(sentence, inventory), read(plain, inventory)];
      assert.deepEqual(stepsOf(own), stepsOf(other));
      assert.match(own.kind, /^(plan|query)$/);
    });
  for (const [inventory, sentence] of open)
    it(`asks: ${sentence}`, () => assert.equal(read(sentence, inventory).kind, 'clarify'));
  it('lets stand beside a question what is only told', () => {
    for (const [sentence, plain] of [
      [
        'Which of the snapshots are more than 60 days old? I suspect nobody prunes them.',
        'list snapshots older than 60 days',
      ],
      ['which volumes exist in eu-west-1? I have to order disks by Friday', 'list volumes in eu-west-1'],
    ] as const)
      assert.deepEqual(stepsOf(read(sentence, a)), stepsOf(read(plain, a)));
  });
});
