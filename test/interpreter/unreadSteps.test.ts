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
  ['aws-mid', 'web-prod-1: snapshot, patch kernel, reboot'],
  // What no step waits for.
  ['openstack-small', 'stop web-1, wait for bob, then delete it'],
  ['openstack-small', 'stop web-1 and wait until the window opens, then start it'],
  ['openstack-small', 'wait until web-1 is up, then reboot web-10'],
  // Another size than the one that was said.
  ['aws-mid', 'resize worker-prod-1 to m5.large and worker-prod-2 likewise but bigger'],
  // What is made first, and its name given to something else.
  ['k8s-mid', 'create namespace bo-lab, deploy nginx:1.27 in it'],
  ['k8s-mid', 'create namespace bo-lab and run nginx:1.27 with 3 replicas in it'],
  // Where the first is to be, is not said.
  ['k8s-mid', 'scale checkout to 6 and cart in staging to 5'],
  // One in words that are known, and that no step came of.
  ['openstack-small', 'please web-10 stopping, then snapshot making, then starting again'],
  ['aws-mid', 'reboot gitlab-runner-1 and gitlab-runner-2, the third runner start'],
  // One that failed is told, and the rest hung on it.
  ['openstack-small', 'the snapshot of vol-data failed, then the reboot of db-1'],
  ['openstack-small', 'snapshot of web-1 went wrong, afterwards a reboot of web-10'],
  ['k8s-mid', 'the drain of worker-2 timed out, then a restart of loki'],
  ['openstack-small', 'snapshots of vol-data and vol-backup failed, then extend both by 20 GB'],
  ['openstack-small', 'a reboot of web-10 after the snapshot'],
  [
    'openstack-small',
    'Before ci-runner-1 moves up to L.16, shut it down, and afterwards it has to come back on.',
  ],
  // A look that was asked for and is not in the plan.
  ['openstack-small', 'show snapshots of vol-data, then extend it to 200 GB'],
  ['k8s-mid', 'restart ledger, then which node is the fullest'],
  // What is wished for behind the order.
  ['aws-mid', 'stop jenkins and mongo-1. those can both be deleted'],
  ['aws-mid', 'stop jenkins, it can then be deleted'],
  ['aws-mid', 'stop jenkins and mongo-1. both need a snapshot'],
  ['aws-mid', 'stop jenkins. its volume can go too'],
  ['aws-mid', 'resize jenkins to m5.xlarge. mongo-1 deserves the same'],
  ['openstack-small', 'stop web-1, we need a vm for tests'],
  // A copy that nobody took, and none that is to go as well.
  ['openstack-small', 'Retire old-wiki: one full copy for tomorrow, then delete the machine'],
  ['openstack-small', 'delete old-wiki, one last backup for the lawyers'],
  // Asked before the orders.
  ['aws-mid', 'how is jenkins: stop, start'],
  // How it is, not how it is to be.
  ['openstack-small', 'create a vm x1 with S.2 from debian-12, web-1 runs on M.8'],
  // Which of two machines.
  ['openstack-small', 'attach vol-backup to web-1, detach vol-data and reboot that vm'],
  ['openstack-small', 'stop web-1, snapshot db-1, then start it'],
  ['openstack-small', 'snapshot web-1 as pre-a and web-10'],
  // What is to come first.
  ['openstack-small', 'web-10 needs a reboot and bastion too, but take a snapshot of bastion first'],
  ['openstack-small', 'detach vol-data, no it is not attached, resize it to 200 GB'],
  ['k8s-mid', 'Drain worker-3 and once it is cool uncordon worker-4'],
  // One of the two.
  ['openstack-small', 'we need a network lab-net or a subnet lab-sub'],
  // An apology that says more.
  ['aws-mid', 'restart jenkins, sorry if it is down already'],
  // Beside what is to be destroyed.
  ['aws-mid', 'delete poc-elastic, a snapshot has to be made before'],
  ['aws-mid', 'of tmp-export and tmp-import delete only the first'],
  ['aws-mid', 'copy the data off poc-elastic and delete it'],
  ['aws-mid', 'export tmp-export and delete it'],
  ['aws-mid', 'check that nobody uses poc-elastic and delete it'],
  ['aws-mid', 'make sure poc-elastic is stopped, then delete it'],
  ['aws-mid', 'poc-elastic to delete, its disk to keep'],
  ['aws-mid', 'delete all nodes'],
  // A figure of another thing, an address that would come back, a size that is none.
  ['aws-mid', 'move jenkins to a smaller type'],
  // An order that turns round on itself.
  ['openstack-small', 'finally start web-10; before, resize it to M.8; first of all stop it'],
];

/** Inventory, sentence, the plain command it stands for. */
const same: readonly (readonly [string, string, string])[] = [
  [
    'aws-mid',
    'start gitlab-runner-3, then stop and terminate gitlab-runner-1',
    'start gitlab-runner-3, then stop gitlab-runner-1, then terminate gitlab-runner-1',
  ],
  [
    'aws-mid',
    'Retire ml-train-1: 1) snapshot the instance 2) terminate it',
    'snapshot ml-train-1, then terminate it',
  ],
  ['aws-mid', 'delete tmp-export, we have a snapshot of it', 'delete tmp-export'],
  ['openstack-small', 'close 22 on web-sg and on db-sg', 'close 22 on web-sg and db-sg'],
  ['aws-mid', 'reboot jenkins. it must be restarted daily anyway', 'reboot jenkins'],
  ['aws-mid', 'resize jenkins to m5.xlarge, builds need more memory', 'resize jenkins to m5.xlarge'],
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
  // With nouns, and the first step behind the second.
  [
    'aws-mid',
    'snapshots of data-mongo-2 and data-mongo-3 first, then extend both to 150 GB',
    'snapshot data-mongo-2 and data-mongo-3, then extend both to 150 GB',
  ],
  [
    'openstack-small',
    'first a snapshot each of vol-data and vol-backup, afterwards grow both to 200 GB',
    'snapshot vol-data and vol-backup, then extend both to 200 GB',
  ],
  [
    'openstack-small',
    'Snapshots of vol-data, vol-backup and scratch please, afterwards grow scratch to 50 GB',
    'snapshot vol-data, vol-backup and scratch, then extend scratch to 50 GB',
  ],
  [
    'openstack-small',
    'a reboot of db-1 after a snapshot of vol-data, then show its cpu',
    'snapshot vol-data, then reboot db-1, then show its cpu',
  ],
  ['openstack-small', 'a reboot of web-10 after a fresh snapshot please', 'snapshot web-10, then reboot it'],
  [
    'k8s-mid',
    'restarts of loki and grafana, then logs of both',
    'restart loki and grafana, then logs of both',
  ],
  // A place that is said once.
  [
    'k8s-mid',
    'restart web in staging, then scale api-gateway there to 3',
    'restart web in staging, then scale api-gateway in staging to 3',
  ],
  [
    'k8s-mid',
    'undo the last rollout of cart in staging, then restart api-gateway there',
    'roll back cart in staging, then restart api-gateway in staging',
  ],
  [
    'k8s-mid',
    'over in staging scale cart to 2 then checkout to 3',
    'scale cart in staging to 2, then scale checkout in staging to 3',
  ],
  [
    'k8s-mid',
    'in staging, restart web, roll back cart and scale search to 2',
    'restart web in staging, roll back cart in staging and scale search in staging to 2',
  ],
  [
    'k8s-mid',
    'in staging, scale web to 3 and restart cart in prod',
    'scale web in staging to 3, restart cart in prod',
  ],
  [
    'k8s-mid',
    'create namespace perf and deploy echo in it with image echo:0.9',
    'create namespace perf, then create deployment echo with image echo:0.9 in it',
  ],
  [
    'k8s-mid',
    'create namespace perf and deploy echo there with image echo:0.9',
    'create namespace perf, then create deployment echo with image echo:0.9 in it',
  ],
  ['openstack-small', 'reboot web-1 and web-10, and last of all db-1', 'reboot web-1 and web-10, then db-1'],
  // What is to be seen is of what was changed.
  [
    'openstack-small',
    'restart web-1 and web-10 and then show the cpu',
    'restart web-1 and web-10, then show the cpu of web-1 and web-10',
  ],
  ['k8s-mid', 'drain worker-2, then show the memory', 'drain worker-2, then show the memory of worker-2'],
  [
    'aws-mid',
    'terminate poc-elastic. before that please take a backup of it',
    'snapshot poc-elastic, then delete it',
  ],
  ['openstack-small', 'reboot web-1 then show the cpu of all vms', 'reboot web-1; show the cpu of all vms'],
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
