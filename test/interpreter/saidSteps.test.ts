// When and whether the steps of a text come, and of which of its things something was said: plans that keep to it, and
// texts which must be asked about.

import assert from 'node:assert/strict';
import { createReader } from '../../daemon/cli/interpret.ts';

const reader = createReader(new URL('./sets/inventories', import.meta.url).pathname);

function read(inventory: string, text: string) {
  const { fixture, interpreter } = reader(inventory);
  return interpreter.read({ text, nowMs: fixture.nowMs });
}

const nameOf = (id: string): string => id.slice(id.lastIndexOf('/') + 1);

/** The steps as "operation things" with the numbers of those before them. */
function stepsOf(inventory: string, text: string): readonly string[] {
  const reading = read(inventory, text);
  if (reading.kind !== 'plan') return [reading.kind];
  return reading.steps.map(({ operation, target, after }) => {
    const names = target?.kind === 'resources' ? target.ids.map(nameOf).join('+') : '';
    return `${operation} ${names}${after.length > 0 ? ` < ${after.map((at) => at + 1).join(' ')}` : ''}`;
  });
}

/** One of several with words of its own, and the twins that are plain. */
const asks: Readonly<Record<string, readonly string[]>> = {
  'openstack-small': [
    'open 22 on web-sg and db-sg, the latter only from 10.0.0.0/8',
    'open 22 on web-sg and db-sg, db-sg only from 10.0.0.0/8',
    'bob wants me to stop web-1 but that is the wrong one, stop web-10 instead',
    'bob told me to start web-01, that is a mistake, start old-wiki instead',
    'reboot db-1 at the end, first web-1 then web-10',
    'last step: start db-1. before that: resize it to M.8. very first: stop it',
    'in reverse order: stop web-1, web-10, db-1',
    'make a network, but not called foo',
    'open 22 on web-sg for the evening',
    'snapshot web-1 and db-1, then delete vol-backup and so on',
    'clear out scratch',
    'start old-wiki as soon as db-1 is stopped, so stop db-1',
    'reboot web-1, then web-10, and web-1 again at the end',
    'create vms a1 and a2 with S.2 and debian-12, a2 on mgmt-net',
    'snapshot vol-data as before and vol-backup as after',
    'open 80 and 443 on web-sg, 443 only from 10.0.0.0/8',
    'stop whichever of web-1 and web-10 is idle',
    'stop one of web-1 and web-10',
    'stop web-1 - no, the other web, web-10',
    'resize web-1 to S.4, M.8 I mean',
    'stop web-1, scrap that, snapshot db-1',
    'delete scratch and vol-backup. correction: only vol-backup',
    'open 80 on web-sg, typo, 8080',
    'open 80 (sorry 8080) on web-sg',
    'reboot web-1 and web-10, only web-1 actually',
    'reboot web-1, I will do web-10',
    'reboot web-1 the way you rebooted web-10',
    'web-1: stop / web-10: start / db-1: -',
    '1) snapshot vol-data 3) start web-01 2) stop web-1',
    'step 2: start web-01. step 1: stop web-1',
    'second, start web-01; first, stop web-1',
    'with web-1 stopped, start web-01',
    'resize web-1 to M.8, for which it has to be stopped',
    'stop the busier of web-1 and web-10',
    'tag web-1 and web-10 env=prod and env=dev',
    'reboot the running vms, the stopped ones start',
    'web-1 should be stopped at night only',
    'stop web-1 now and start it in the morning',
    'snapshot vol-data while db-1 is stopped',
    'reboot web-1, possibly also web-10',
  ],
  'aws-mid': [
    'I need a volume 20 GB, not etl-scratch-2',
    'the ticket says stop mongo-1 but it should be mongo-2, stop mongo-2',
    'resize web-dev-1 and web-dev-2, the former to t3.small, the latter to t3.large',
    'stop all dev vms, worker-dev-1 only needs a reboot',
    'stop all dev vms, except that worker-dev-1 is to be rebooted',
    'resize orders-prod to m5.xlarge, storage to 500 GB',
    'resize jenkins to t3.large for the build and back afterwards',
    'resize orders-prod and users-prod to m5.xlarge, billing-prod a size smaller',
    'open 443 and 80 to the world and 22 to 10.0.0.0/8 on web-sg',
    'open 22 on bastion-sg only from 10.0.0.0/8 and close it for the rest',
    'attach a new 20 GB volume like data-mongo-1 to mongo-2',
    'tmp-import belongs to jenkins, detach it',
    'tmp-export goes to jenkins, detach it',
    'delete tmp-export no wait keep it, delete tmp-import',
    'delete tmp volumes, one is enough',
    'stop api-prod-1..3 except 2',
    'stop api-prod-1 for api-prod-2',
    'reboot jenkins half past ten',
    'stop rebooting jenkins',
    'start over with jenkins',
  ],
  'k8s-mid': [
    'the payments-worker keeps crashing because kafka was restarted, restart it',
    'web in prod lags ever since redis was scaled down, restart it',
    'uncordon worker-3 last; first drain it',
    'last step: uncordon worker-3. before that: drain it',
    'start with draining worker-3, and uncordon it at the very end',
    'worker-3 cordoned, drained, then uncordoned',
    'scale cart and search in prod to 3, the latter to 5',
    'scale cart in prod to 6, one replica at a time',
    'scale cart in prod by half',
    'scale the prod deployments to 3 apart from web, which gets 6',
    'set image registry.local/web:1.4.0 on web in prod and staging, dev gets 1.5.0',
    'cordon worker-1 and drain it except for ledger',
    'uncordon everything that is cordoned, drain worker-4 first',
    'create deployment api2 in dev and staging with nginx:1.27',
    'restart grafana and loki, loki twice',
    'adjust cart in prod by one replica',
  ],
  mixed: [
    'migrate erp-01 to esx-02 and erp-02 to esx-01, the latter first',
    'evacuate esx-01 to esx-02',
    'migrate erp-01 cold to esx-02',
    'hard reboot erp-01, erp-02 only soft',
    'snapshot the biggest volume of each vm',
    'grow the mongo volumes by 150 GB in total',
    'silence DiskFilling-mongo-1 till the disk is bigger',
    'disable cost-cap while I resize jenkins to t3.large',
    'migrate erp-01 to esx-02, storage to ds-ssd',
  ],
};

const plans: readonly (readonly [string, string, readonly string[]])[] = [
  ['openstack-small', 'reboot web-1 and web-10 in turn', ['reboot.vm web-1', 'reboot.vm web-10 < 1']],
  [
    'openstack-small',
    'reboot web-10, db-1 and web-1 one at a time',
    ['reboot.vm web-10', 'reboot.vm db-1 < 1', 'reboot.vm web-1 < 2'],
  ],
  [
    'openstack-small',
    'db-1 down, snap vol-data, db-1 up again. in that order',
    ['stop.vm db-1', 'snapshot.volume vol-data < 1', 'start.vm db-1 < 1 2'],
  ],
  [
    'openstack-small',
    'web-1 down, resize it to M.8, web-1 up',
    ['stop.vm web-1', 'resize.vm web-1 < 1', 'start.vm web-1 < 1 2'],
  ],
  [
    'openstack-small',
    'stop web-1. then web-10 off. then db-1 up.',
    ['stop.vm web-1', 'stop.vm web-10 < 1', 'start.vm db-1 < 2'],
  ],
  ['openstack-small', 'web-1 down, restart it', ['reboot.vm web-1']],
  [
    'k8s-mid',
    'drain worker-2 and worker-1 one at a time, then uncordon both',
    [
      'drain.node worker-2',
      'drain.node worker-1 < 1',
      'uncordon.node worker-2 < 1 2',
      'uncordon.node worker-1 < 1 2 3',
    ],
  ],
  [
    'k8s-mid',
    'cordon worker-1 and worker-2, then drain just worker-1',
    ['cordon.node worker-1+worker-2', 'drain.node worker-1 < 1'],
  ],
  [
    'k8s-mid',
    'cordon worker-3, restart cart in prod, uncordon worker-3',
    ['cordon.node worker-3', 'rollout-restart.deployment cart < 1', 'uncordon.node worker-3 < 1 2'],
  ],
  [
    'k8s-mid',
    'in a new namespace perf create deployment k6 with image grafana/k6:0.50',
    ['create.namespace ', 'create.deployment  < 1'],
  ],
  [
    'k8s-mid',
    'create ns perf, then in perf a deployment k6 with image grafana/k6:0.50 and 3 replicas',
    ['create.namespace ', 'create.deployment  < 1'],
  ],
  [
    'mixed',
    'The ESX hosts get patched: stop every VMware VM tagged env=prod',
    ['stop.vm erp-01+erp-02+fileserver'],
  ],
  ['k8s-mid', 'staging deployments with 1 replica', ['query']],
  [
    'openstack-small',
    'stop web-1 and web-10, but db-1 before them',
    ['stop.vm db-1', 'stop.vm web-1+web-10 < 1'],
  ],
  ['openstack-small', 'tag web-1 env=dev, web-10 env=prod', ['tag.vm web-1', 'tag.vm web-10']],
  ['openstack-small', 'stop web-1 for the night', ['stop.vm web-1']],
  [
    'aws-mid',
    'disable cost-cap, resize jenkins to t3.large, enable it again',
    ['policy.disable cost-cap', 'resize.vm i-0eb069e7 < 1', 'policy.enable cost-cap < 1 2'],
  ],
  ['openstack-small', 'stop web-1, sorry, I mean restart', ['reboot.vm web-1']],
  ['openstack-small', 'detach scratch, no wait, vol-data', ['detach.volume vol-data']],
  ['openstack-small', 'reboot web-1, make that web-1 and web-10', ['reboot.vm web-1+web-10']],
  ['mixed', 'hard reboot erp-01 and erp-02', ['reboot.vm erp-01+erp-02']],
  ['aws-mid', 'stop api-prod-1 and 3', ['stop.vm i-0b82052a+i-0bccd837']],
  ['aws-mid', 'delete tmp-export (not tmp-import!)', ['delete.volume vol-2d02']],
  ['aws-mid', 'stop the us web vms', ['stop.vm i-0dad72d4']],
  [
    'k8s-mid',
    'restart grafana, and loki when that is done',
    ['rollout-restart.deployment grafana', 'rollout-restart.deployment loki < 1'],
  ],
  ['openstack-small', 'vol-data belongs on db-1, attach it there', ['attach.volume vol-data']],
  ['aws-mid', 'the gitlab runners could use a new start', ['reboot.vm i-0ed55bed+i-0efa2350+i-0f1f2ad3']],
  ['k8s-mid', 'prod cart at 5 replicas pls', ['scale.deployment cart']],
  ['k8s-mid', 'increase cart in prod by 50%', ['scale.deployment cart']],
  ['aws-mid', 'reboot mongo-1 and mongo-2 at the same time', ['reboot.vm i-0dd237c5+i-0df7061f']],
];

describe('steps as they were said', () => {
  for (const [inventory, texts] of Object.entries(asks))
    for (const text of texts)
      it(`asks: ${text}`, () => assert.equal(read(inventory, text).kind, 'clarify', text));
  for (const [inventory, text, steps] of plans)
    it(`reads: ${text}`, () => assert.deepEqual(stepsOf(inventory, text), steps));
});
