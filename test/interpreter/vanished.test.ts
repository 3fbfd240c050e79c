// Nothing of an order may vanish: what was named, counted or ordered is in the plan, or the plan is only offered; and a
// set has the side of a date, the order and the exceptions that were said.

import assert from 'node:assert/strict';
import { catalogue } from '../../daemon/catalogue/catalogue.ts';
import { readFixture } from '../../daemon/cli/fixtures.ts';
import { createInterpreter } from '../../daemon/interpreter/interpreter.ts';

const folder = new URL('./sets/inventories', import.meta.url).pathname;

/** Says a reading in a line: each step with the names of what it is about and its arguments. */
function reader(inventory: string) {
  const { resources, nowMs } = readFixture(folder, inventory);
  const interpreter = createInterpreter(catalogue);
  interpreter.index.apply({ upserts: resources, removes: [] });
  const nameOf = (id: string): string => resources.find((one) => one.id === id)?.name ?? id;
  return (text: string): string => {
    const reading = interpreter.read({ text, nowMs });
    if (reading.kind === 'clarify' || reading.kind === 'refuse') return reading.kind;
    return reading.steps
      .map(({ operation, target, args }) => {
        const about = target?.kind === 'resources' ? target.ids.map(nameOf).sort().join(',') : '$';
        const said = Object.keys(args).length > 0 ? ` ${JSON.stringify(args)}` : '';
        return `${operation} ${about}${said}`;
      })
      .join('; ');
  };
}

const before = 'delete.snapshot etl-test,jenkins-home-2026-08,mongo-1-weekly-old';
const since = 'delete.snapshot mongo-1-weekly,users-prod-pre-upgrade';

const aws: readonly (readonly [string, string])[] = [
  ['rm snapshots from before november', before],
  ['delete all snapshots dating from before november', before],
  ['delete snapshots from before november 1st', before],
  ['delete snapshots from before the 1st of november', before],
  ['delete snapshots from before 2026-11-01', before],
  ['delete snapshots that are from before november', before],
  ['delete snapshots from way before november', before],
  ['delete all snapshots prior to november', before],
  ['delete the snapshots from prior to november', before],
  ['delete snapshots made earlier than november', before],
  ['delete snapshots from october and earlier', before],
  ['delete snapshots from october or older', before],
  ['delete snapshots of last month and before', before],
  ['delete snapshots not made in november', before],
  ['delete snapshots not from november', before],
  ['delete snapshots that were not taken in november', before],
  ['delete snapshots that were not taken before november', since],
  ['delete snapshots not from before november', since],
  ['delete snapshots after october', since],
  ['delete snapshots newer than october', since],
  ['delete snapshots from november onwards', since],
  ['delete snapshots from after november 1st', since],
  [
    'delete tmp-export and tmp-import but snapshot them first',
    'snapshot.volume tmp-export,tmp-import; delete.volume tmp-export,tmp-import',
  ],
  [
    'reboot web-prod-1, then web-prod-2, then 3',
    'reboot.vm web-prod-1; reboot.vm web-prod-2; reboot.vm web-prod-3',
  ],
  [
    'spin up t3.medium canary-1 off golden-web-2026-10 + any eip',
    'create.vm $ {"name":"canary-1","flavor":"t3.medium","image":"golden-web-2026-10"}; assign-ip.vm $ {"ip":"any"}',
  ],
  [
    'Let us retire poc-elastic: please delete the machine and also the volume poc-disk.',
    'delete.vm poc-elastic; delete.volume poc-disk',
  ],
  [
    'orders-prod needs db.r6g.xlarge, but snapshot it before you resize',
    'snapshot.database orders-prod; resize.database orders-prod {"flavor":"db.r6g.xlarge"}',
  ],
  [
    'resize web-prod-1 and web-prod-2 to t3.large and t3.medium respectively',
    'resize.vm web-prod-1 {"flavor":"t3.large"}; resize.vm web-prod-2 {"flavor":"t3.medium"}',
  ],
  ['free elastic ip -> web-prod-10, whichever', 'assign-ip.vm web-prod-10 {"ip":"any"}'],
  ['free elastic ip from web-prod-1', 'unassign-ip.vm web-prod-1'],
  [
    'cpu of mongo-1 and disk of mongo-2',
    'metrics.vm mongo-1 {"metric":"cpu"}; metrics.vm mongo-2 {"metric":"disk"}',
  ],
];

const openstack: readonly (readonly [string, string])[] = [
  [
    'open 53/udp and 53/tcp on web-sg',
    'open-port.security-group web-sg {"port":53,"protocol":"udp"}; open-port.security-group web-sg {"port":53,"protocol":"tcp"}',
  ],
  ['udp 514 is closed on web-sg, open it', 'open-port.security-group web-sg {"port":514,"protocol":"udp"}'],
  ['need a network perf-net; also stop web-1', 'create.network $ {"name":"perf-net"}; stop.vm web-1'],
  ['tag web-1 `owner=nadia`', 'tag.vm web-1 {"tags":{"owner":"nadia"}}'],
  ['sorry to bother you, could I have a new network called x9-net?', 'create.network $ {"name":"x9-net"}'],
];

const k8s: readonly (readonly [string, string])[] = [
  [
    'web in dev and web in staging: image registry.local/web:1.4.0',
    'set-image.deployment web,web {"image":"registry.local/web:1.4.0"}',
  ],
  [
    'frontend staging: image tag 1.9.0',
    'set-image.deployment frontend {"image":"registry.local/frontend:1.9.0"}',
  ],
  [
    'need a namespace `perf`; also delete the sandbox deployment from dev',
    'create.namespace $ {"name":"perf"}; delete.deployment sandbox',
  ],
  [
    'scale fraud-check and ledger to 4 and 3',
    'scale.deployment fraud-check {"replicas":4}; scale.deployment ledger {"replicas":3}',
  ],
  [
    'fraud-check 4 replicas, ledger 3 replicas',
    'scale.deployment fraud-check {"replicas":4}; scale.deployment ledger {"replicas":3}',
  ],
  ['The checkout latency alert, please acknowledge it for me', 'ack.alert CheckoutLatencyHigh'],
  ['payments-worker 2 -> 4', 'scale.deployment payments-worker {"replicas":4}'],
  [
    'take fraud-check up to 4 and ledger to 3 replicas',
    'scale.deployment fraud-check {"replicas":4}; scale.deployment ledger {"replicas":3}',
  ],
  [
    'restart grafana and, after it, loki and prometheus',
    'rollout-restart.deployment grafana; rollout-restart.deployment loki; rollout-restart.statefulset prometheus',
  ],
  ['restart pod kafka-2 and once thats done kafka-1', 'restart.pod kafka-2; restart.pod kafka-1'],
  [
    'NodeNotReady silenced for 2 hours please, then drain worker-4',
    'silence.alert NodeNotReady {"window_s":7200}; drain.node worker-4',
  ],
  [
    'prod web: rollback to rev 2, then 6 replicas',
    'rollback.deployment web {"to_revision":2}; scale.deployment web {"replicas":6}',
  ],
  [
    'checkout in staging: back to rev 5 and then up to 2 replicas',
    'rollback.deployment checkout {"to_revision":5}; scale.deployment checkout {"replicas":2}',
  ],
];

/** Something is left over, or is only told of. */
const asked: readonly (readonly [string, string])[] = [
  [
    'openstack-small',
    'customer needs UDP 1194 reachable through the default security group, please allow it',
  ],
  ['openstack-small', 'open port 443 so that the customer can get in'],
  ['openstack-small', 'alice will stop web-1'],
  ['openstack-small', 'stop web-10 instead of rebooting it'],
  ['openstack-small', 'take web-1 out'],
  ['openstack-small', 'delete web-1 and web-10 but not web-1'],
  ['openstack-small', 'stop web-1 and web-10, except web-10'],
  ['aws-mid', 'snapshot mail-spool to mail-before-update'],
  ['k8s-mid', 'cordon worker-4, every node'],
  ['openstack-small', 'scratch goes to web-1, and ci-runner-1 gets started'],
  ['openstack-small', 'stop db-1, the maintenance is tonight'],
  ['aws-mid', 'act-76 is approved? and act-77 has to be cancelled?'],
  ['aws-mid', 'delete prod and staging volumes unattached maybe'],
  ['k8s-mid', 'scale staging deployments to 1, but web to 2'],
  ['k8s-mid', 'clrdn worker-4 and then drain it'],
  ['k8s-mid', 'roll cart in staging back to revision fie'],
  ['openstack-small', 'the vendor is going to reboot web-10'],
  ['k8s-mid', 'prod web: registry.local/web:1.4.0'],
  ['aws-mid', 'stop web-dev-1, it is the noisy one, and web-dev-2'],
  ['aws-mid', 'attach poc-disk and tmp-export to web-dev-1 and web-dev-2'],
  ['aws-mid', 'reboot mongo-1 and 4'],
  ['aws-mid', 'reboot mongo-1 twice'],
  ['aws-mid', 'stop mongo-1 for 10 minutes'],
  ['aws-mid', 'stop web-staging-1, and also web-prod-1? no just staging'],
  ['aws-mid', 'delete poc-elastic, its ip and its disk'],
  ['aws-mid', 'start the stopped dev vms and stop the running ones'],
  ['aws-mid', 'spin up t3.small off debian-12'],
  ['k8s-mid', 'scale fraud-check to 2 replicas and ledger'],
  ['k8s-mid', 'restart cart in dev and staging'],
  ['k8s-mid', 'delete the cart deployment in staging and the one in dev'],
  ['k8s-mid', 'scale web in dev to 2 and the one in staging'],
];

describe('what was said and is in no step', () => {
  const read = new Map(
    ['aws-mid', 'k8s-mid', 'openstack-small'].map((inventory) => [inventory, reader(inventory)]),
  );

  for (const [inventory, table] of [
    ['aws-mid', aws],
    ['k8s-mid', k8s],
    ['openstack-small', openstack],
  ] as const)
    for (const [text, wanted] of table)
      it(`is read: ${text}`, () => assert.equal(read.get(inventory)!(text), wanted));

  for (const [inventory, text] of asked)
    it(`is asked about: ${text}`, () => assert.equal(read.get(inventory)!(text), 'clarify'));

  it('spares of a whole list what is spared behind it', () => {
    const plan = read.get('aws-mid')!('stop all dev and staging vms except jenkins');
    assert.match(plan, /^stop\.vm .*web-dev-1.*web-staging-1/);
    assert.doesNotMatch(plan, /jenkins/);
  });

  it('keeps the kind of what is called ones', () => {
    const plan = read.get('aws-mid')!('stop the vms in eu-west-1 and start the ones in us-east-1');
    assert.match(plan, /^stop\.vm [^;]+; start\.vm [^;]+$/);
  });
});
