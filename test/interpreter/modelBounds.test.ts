// Bounds of sets that the model answers about more than the thing itself (processors, memory, what hangs on it), bounds
// written with signs, names that are denied, and sets said in front of their order. Each sentence has to read like the
// plain command beside it; a bound that nothing is known of asks.

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
  // What its flavor has.
  ['openstack-small', 'stop all vms with more than 4 cores', 'stop db-1'],
  ['openstack-small', 'stop all vms with 16 GB of memory or more', 'stop db-1'],
  ['openstack-small', 'tag every 2-core vm size=small', 'tag web-1 and web-10 with size=small'],
  [
    'openstack-small',
    "power off anything with 4+ vcpus that isn't prod",
    'stop app-staging-1, ci-runner-1 and ci-runner-2',
  ],
  // What hangs on it.
  ['openstack-small', 'snapshot the vms with at least one volume', 'snapshot the vms web-1 and db-1'],
  ['openstack-small', 'list the vms with a volume attached', 'list the vms web-1 and db-1'],
  ['openstack-small', 'delete every vm that has no floating ip', 'delete all vms except web-1 and bastion'],
  ['openstack-small', 'snapshot all volumes attached to something', 'snapshot all attached volumes'],
  [
    'aws-mid',
    'detach any volume attached to a prod mongo vm',
    'detach all volumes attached to prod mongo vms',
  ],
  // What it is called or tagged.
  ['aws-mid', 'drop all keypairs not named ci-key', 'delete the keypairs deploy-key and ops-eu'],
  ['aws-mid', 'drop all keypairs whose name != ci-key', 'delete the keypairs deploy-key and ops-eu'],
  ['aws-mid', 'delete all volumes whose name is starting with tmp-', 'delete all volumes starting with tmp-'],
  ['openstack-small', 'stop all vms with env != prod', 'stop all vms except env=prod'],
  ['openstack-small', 'reboot all vms with env in (staging, dev)', 'reboot all vms in staging and dev'],
  [
    'aws-mid',
    'set cost-center=4711 on every volume that carries env=prod and is attached',
    'tag all attached volumes with env=prod with cost-center=4711',
  ],
  [
    'aws-mid',
    'start any stopped VM that belongs to team storefront or team platform',
    'start the vms web-dev-2, worker-dev-2 and gitlab-runner-3',
  ],
  ['k8s-mid', 'restart all deployments where namespace=staging', 'restart all deployments in staging'],
  // How they stand, and since when.
  ['k8s-mid', 'delete each job which has already completed', 'delete all completed jobs'],
  [
    'k8s-mid',
    'double replicas for all prod deployments currently at 2',
    'scale all prod deployments with 2 replicas to 4',
  ],
  [
    'k8s-mid',
    'scale each staging deployment that runs as a single replica to two',
    'scale all staging deployments with 1 replica to 2',
  ],
  [
    'aws-mid',
    'delete all snapshots created before the first of september',
    'delete all snapshots created before 2026-09-01',
  ],
  // What is spared.
  ['mixed', 'stop all vsphere vms on esx-02 unless they are prod', 'stop all non-prod vsphere vms on esx-02'],
  [
    'aws-mid',
    'Keep worker-prod-1 and worker-prod-2 running; stop the rest of the prod workers',
    'stop all prod workers except worker-prod-1 and worker-prod-2',
  ],
  // In front of the order.
  ['openstack-small', 'env=prod vms, snap each', 'snapshot all prod vms'],
  ['openstack-small', 'env=dev VMs → stop, excl bastion', 'stop all dev vms except bastion'],
  ['openstack-small', 'dev vms: stop (bastion excluded)', 'stop all dev vms except bastion'],
  ['k8s-mid', 'Completed jobs, purge (all ns)', 'delete all completed jobs'],
  ['mixed', 'vmware / app=erp VMs → snapshot each', 'snapshot all vsphere vms with app=erp'],
  [
    'mixed',
    'unattached volumes, AWS only, below 50 GB: delete',
    'delete all unattached aws volumes below 50 GB',
  ],
];

/** Inventory and what must ask: a bound that is not understood, or that the model cannot answer. */
const asked: readonly (readonly [string, string])[] = [
  ['openstack-small', 'stop all vms with 4+ gpus'],
  ['aws-mid', 'stop all vms with 4 vcpus'],
  ['aws-mid', 'delete all volumes without a snapshot'],
  ['openstack-small', 'delete all vms with a snapshot older than a week'],
  ['openstack-small', 'delete all vms without a volume called vol-data'],
  ['openstack-small', 'delete all vms without the volume vol-data'],
  ['openstack-small', 'stop all vms unless they are busy'],
  ['openstack-small', 'stop all vms where foo != bar'],
  ['aws-mid', 'drop all keypairs not named foo-key'],
  ['aws-mid', 'start any stopped vm of team nonexistent'],
  ['aws-mid', 'start any stopped VM that belongs to team storefront or team nonexistent'],
  ['k8s-mid', 'delete each job which has nearly completed'],
  ['openstack-small', 'stop none of the prod vms'],
  ['openstack-small', 'prod vms, stop nothing'],
  ['openstack-small', 'stop the rest of the dev vms'],
  ['openstack-small', 'stop web-1, then reboot the rest of the prod vms'],
  ['openstack-small', 'vms: stop'],
  ['k8s-mid', 'restart all deployments in staging and the one in dev'],
];

describe('bounds that the model answers', () => {
  for (const [inventory, text, command] of same)
    it(`are read: ${text}`, () => {
      const [said, plain] = [read(text, inventory), read(command, inventory)].map(stepsOf);
      assert.ok(plain!.length > 0, command);
      assert.deepEqual(said, plain);
    });

  for (const [inventory, text] of asked)
    it(`are asked about: ${text}`, () => assert.equal(read(text, inventory).kind, 'clarify'));
});
