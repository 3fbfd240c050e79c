// Sets that are bounded by several words at once: values of one sort listed before the noun, keys of tags, states that are
// denied, numbers that go on with a name, places set apart at the end, deeds said as nouns. Each sentence has to read like
// the plain command beside it; what only looks alike asks.

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
  // Words of one sort, any of them.
  [
    'aws-mid',
    "power down the storefront team's staging and dev machines",
    'stop web-staging-1, web-staging-2, web-dev-1 and web-dev-2',
  ],
  [
    'aws-mid',
    'shut down every dev or staging instance of team platform',
    'stop api-staging-1, worker-staging-1, jenkins, gitlab-runner-1, gitlab-runner-2, gitlab-runner-3, api-dev-1, worker-dev-1 and worker-dev-2',
  ],
  ['k8s-mid', 'suspend all prod and payments cronjobs', 'suspend nightly-backup, report-daily and reconcile'],
  ['k8s-mid', 'delete the completed and failed jobs', 'delete all jobs'],
  ['aws-mid', 'snapshot the volumes of mongo-1 and mongo-2', 'snapshot data-mongo-1 and data-mongo-2'],
  [
    'aws-mid',
    'stop all t3.large and m5.xlarge vms in dev',
    'stop jenkins, ml-train-1, poc-kafka and poc-elastic',
  ],
  // Keys of tags.
  ['openstack-small', 'REBOOT EVERY PROD VM WITH ROLE WEB', 'reboot web-1 and web-10'],
  ['openstack-small', 'stop vms whose role is ci', 'stop all vms tagged role=ci'],
  ['openstack-small', 'stop the vms in the role ci', 'stop all vms tagged role=ci'],
  ['aws-mid', 'stop all vms with team data and env dev', 'stop all dev vms tagged team=data'],
  [
    'aws-mid',
    'us-east-1 instances except env=prod: tag cleanup=yes',
    'tag api-staging-1 and api-dev-1 with cleanup=yes',
  ],
  // States that are denied or only sat in.
  ['openstack-small', 'remove both volumes that nobody has attached', 'delete all unattached volumes'],
  ['openstack-small', 'get rid of every volume that has no attachment', 'delete all unattached volumes'],
  ['openstack-small', 'drop the volumes which are attached nowhere', 'delete all unattached volumes'],
  ['aws-mid', 'release the elastic ips that no instance is using', 'release all unassigned elastic ips'],
  ['k8s-mid', 'delete all pods stuck in crashloop', 'delete all crashlooping pods'],
  ['aws-mid', 'Give me a list of every volume of 200 GB or more', 'list volumes of at least 200 GB'],
  // Lists of states, wherever they are said.
  [
    'k8s-mid',
    'the pods that say ImagePullBackOff or Pending in staging, please restart them',
    'restart pods cart-6c8d7f4b5-h8rg2 and search-84bf6c9d7-ftvsg',
  ],
  [
    'k8s-mid',
    'restart the pods in Pending, Error or ImagePullBackOff in staging',
    'restart pods cart-6c8d7f4b5-h8rg2 and search-84bf6c9d7-ftvsg',
  ],
  ['k8s-mid', 'delete the pods that are evicted or failed', 'delete all evicted pods'],
  [
    'k8s-mid',
    'list the pods that are not running or evicted',
    'list pods that are neither running nor evicted',
  ],
  ['aws-mid', 'which vms are not running at the moment', 'which vms are not running'],
  ['openstack-small', 'list machines running ubuntu', 'list machines with ubuntu'],
  [
    'aws-mid',
    'please delete the volumes that nobody uses any more, but keep ml-datasets',
    'delete all unattached volumes except ml-datasets',
  ],
  // Counted twice.
  [
    'openstack-small',
    'how many volumes are in use and how many are free?',
    'how many volumes are in use and how many volumes are free?',
  ],
  [
    'k8s-mid',
    'how many pods are running in prod and how many in staging?',
    'how many pods are running in prod and how many pods are running in staging?',
  ],
  ['openstack-small', 'give me all ips that are assigned to nothing', 'list unassigned floating ips'],
  // So many places.
  ['k8s-mid', 'scale cart to 3 in both namespaces', 'scale cart to 3 in staging and prod'],
  ['k8s-mid', 'restart web in all three namespaces', 'restart web in dev, staging and prod'],
  ['k8s-mid', 'ack all checkout alerts', 'ack CheckoutLatencyHigh'],
  [
    'aws-mid',
    'web-prod-1, web-prod-2 and web-prod-3 are slow, please reboot',
    'reboot web-prod-1, web-prod-2 and web-prod-3',
  ],
  // Described and named.
  ['aws-mid', 'Please remove the two US subnets, us-a and us-b', 'delete subnets us-a and us-b'],
  [
    'aws-mid',
    'could you delete the proof of concept servers, I mean poc-kafka and poc-elastic?',
    'delete poc-kafka and poc-elastic',
  ],
  ['aws-mid', 'stop the poc servers (poc-kafka and poc-elastic)', 'stop poc-kafka and poc-elastic'],
  ['aws-mid', 'stop our old elastic box, poc-elastic', 'stop poc-elastic'],
  ['aws-mid', 'Both pending actions can go ahead', 'approve act-77 and act-76'],
  ['k8s-mid', 'Rollout-restart all daemonsets in kube-system.', 'restart all daemonsets in kube-system'],
  ['k8s-mid', 'scale frontend to 2 in staging and prod alike', 'scale frontend to 2 in staging and prod'],
  [
    'openstack-small',
    'All virtual machines which have the image ubuntu-24.04 and are in production, please reboot them',
    'reboot all prod vms that use ubuntu-24.04',
  ],
  [
    'aws-mid',
    'delte al snapshots creatd before octobre 2026',
    'delete all snapshots created before october 2026',
  ],
  // Places set apart, that bound nothing.
  ['k8s-mid', 'restart pods stuck in CrashLoopBackOff, cluster-wide', 'restart all crashlooping pods'],
  ['k8s-mid', 'restart every crashlooping pod, any ns', 'restart all crashlooping pods'],
  ['k8s-mid', 'restart the crashlooping pods (all namespaces)', 'restart all crashlooping pods'],
  [
    'k8s-mid',
    'just delete every pod thats in CrashLoopBackOff, whole cluster',
    'delete all crashlooping pods',
  ],
  ['mixed', 'power off all staging vms on openstack, nothing on aws', 'stop the openstack staging vms'],
  // Ages and sizes.
  ['openstack-small', 'delete vms older than 1y', 'delete the vms older than 365 days'],
  ['aws-mid', 'rm snapshots from before november', 'delete the snapshots created before 2026-11-01'],
  ['aws-mid', 'delete unattached volumes up to 80 GB', 'delete unattached volumes of at most 80 GB'],
  ['aws-mid', 'delete the 40 GB volumes that are unattached', 'delete tmp-export and tmp-import'],
  [
    'aws-mid',
    'Each volume in us-east-1 which is smaller than 50 GB should become 50 GB',
    'resize all volumes in us-east-1 smaller than 50 GB to 50 GB',
  ],
  [
    'openstack-small',
    'Kindly shut down every machine that carries the role ci.',
    'stop all vms tagged role=ci',
  ],
  [
    'aws-mid',
    'remove every orphan volume whose size is at least 80 GB',
    'delete unattached volumes of at least 80 GB',
  ],
  [
    'k8s-mid',
    'set replicas=2 on all deployments in staging with one replica',
    'scale the staging deployments with one replica to 2',
  ],
  ['mixed', 'migrate all vms off esx-02', 'migrate erp-02, erp-test and the vmware web-1'],
  // Numbers that go on with a name.
  ['aws-mid', 'reboot web-prod 1, 2 and 3 but not number 4', 'reboot web-prod-1, web-prod-2 and web-prod-3'],
  ['aws-mid', 'reboot gitlab runners 1 and 2', 'reboot gitlab-runner-1 and gitlab-runner-2'],
  ['aws-mid', 'reboot web-prod-{1,2}', 'reboot web-prod-1 and web-prod-2'],
  ['aws-mid', 'reboot web-prod-1..3', 'reboot web-prod-1, web-prod-2 and web-prod-3'],
  [
    'aws-mid',
    'pipelines hang :rage: someone reboot gitlab-runner-1 + gitlab-runner-2',
    'reboot gitlab-runner-1 and gitlab-runner-2',
  ],
  // Deeds as nouns, lists behind a colon.
  ['openstack-small', 'one snapshot each of vol-data and vol-backup', 'snapshot vol-data and vol-backup'],
  ['aws-mid', 'a snapshot of every prod database', 'snapshot every prod database'],
  ['aws-mid', 'back up every prod database with a snapshot', 'snapshot every prod database'],
  ['aws-mid', 'db snapshots of every prod database, please', 'snapshot every prod database'],
  [
    'aws-mid',
    'snap all volumes attached to mongo-1, mongo-2 and mongo-3',
    'snapshot data-mongo-1, data-mongo-2 and data-mongo-3',
  ],
  [
    'k8s-mid',
    'I want two copies of each of these deployments in staging: frontend, cart and checkout',
    'scale the frontend, cart and checkout deployments in staging to 2',
  ],
  [
    'k8s-mid',
    'payments is crawling, +1 replica each on payments-api and fraud-check pls',
    'add one replica to payments-api and fraud-check',
  ],
  // Others.
  ['openstack-small', 'let 9100 in on web-sg and db-sg', 'open port 9100 on web-sg and db-sg'],
  [
    'openstack-small',
    'tier=front as a tag on web-1, web-10 and web-01',
    'tag web-1, web-10 and web-01 with tier=front',
  ],
  [
    'openstack-small',
    'Finance wants cost-center=4711 on all our production VMs',
    'tag all prod vms with cost-center=4711',
  ],
  ['k8s-mid', 'The nodes in the zone eu-c, please to cordon all', 'cordon all nodes in zone eu-c'],
  ['k8s-mid', 'kubectl cordon -l zone=eu-a', 'cordon all nodes in zone eu-a'],
  [
    'aws-mid',
    'APPROVE BOTH PENDING ACTIONS, THE ONE FROM CAROL AND THE ONE FROM DAVE',
    'approve act-77 and act-76',
  ],
];

/** Never a plan. */
const asked: readonly (readonly [string, string])[] = [
  ['openstack-small', 'label every vm with role=ci audit=q4'],
  ['openstack-small', 'remove volumes that nobody has attached to prod'],
  ['openstack-small', 'remove both volumes that somebody has attached'],
  ['openstack-small', 'delete the volumes nobody remembers'],
  ['openstack-small', 'stop vms with role'],
  ['openstack-small', 'stop the dev and web servers'],
  ['openstack-small', 'let 9100 in on web-sg or db-sg'],
  ['openstack-small', 'finance does not want cost-center=4711 on prod vms'],
  ['openstack-small', 'tier=front was a tag on web-1 and web-10'],
  ['openstack-small', 'one snapshot of vol-data or vol-backup'],
  ['aws-mid', 'stop any worker'],
  ['aws-mid', 'snapshot all data-mongo volumes only vol-0abd is needed'],
  ['aws-mid', 'tag platform and marketing vms with costcenter=7'],
  ['aws-mid', 'reboot web-prod 1, 2 and 7'],
  ['aws-mid', 'reboot web-prod-1..6'],
  ['aws-mid', 'a snapshot of every prod database exists'],
  ['aws-mid', 'db snapshots of every prod database are broken'],
  ['aws-mid', 'back up every prod database with a tape'],
  ['aws-mid', 'approve both pending actions, the one from carol and the one from erin'],
  ['k8s-mid', 'restart pods stuck in traffic'],
  ['k8s-mid', 'restart every crashlooping pod, some ns'],
  ['k8s-mid', 'suspend all prod and marketing cronjobs'],
  ['k8s-mid', 'I want two copies of each of these deployments'],
  ['k8s-mid', '+1 replica each on payments-api or fraud-check'],
  ['k8s-mid', 'The nodes in the zone eu-c, please not to cordon all'],
  ['k8s-mid', 'kubectl cordon -l zone!=eu-a'],
  ['mixed', 'migrate all vms off esx-09'],
  ['openstack-small', 'delete the volumes that nobody has used lately'],
  ['aws-mid', 'the dev vms will be stopped by bob'],
  ['mixed', 'power off all staging vms on openstack, nothing on openstack'],
  ['k8s-mid', 'restart web in both namespaces'],
  ['k8s-mid', 'restart all deployments in both namespaces'],
  ['aws-mid', 'get rid of the disks nobody needs any more'],
  ['aws-mid', 'tmp-export is full and tmp-import is not needed anymore, please remove'],
  ['aws-mid', 'delete the three old servers, poc-kafka and poc-elastic'],
  ['aws-mid', 'delete the prod servers, poc-kafka and poc-elastic'],
  ['aws-mid', 'delete the stopped servers, mongo-1 and mongo-2'],
  ['aws-mid', "the pending actions can't go ahead"],
  ['aws-mid', 'which snapshots can go ahead'],
];

describe('sets bounded by several words', () => {
  for (const [inventory, text, command] of same)
    it(text, () => {
      const wanted = stepsOf(read(command, inventory));
      assert.ok(wanted.length > 0, command);
      assert.deepEqual(stepsOf(read(text, inventory)), wanted);
    });

  for (const [inventory, text] of asked)
    it(`asks: ${text}`, () => assert.notEqual(read(text, inventory).kind, 'plan'));
});
