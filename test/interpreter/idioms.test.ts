// Turns of speech that a plain grammar trips over: each is what it says, no more, and what denies, holds or names a thing
// that is not there is never smoothed away.

import assert from 'node:assert/strict';
import { createReader } from '../../daemon/cli/interpret.ts';
import { stepsOf } from './compare.ts';

const reader = createReader(new URL('./sets/inventories', import.meta.url).pathname);

function read(inventory: string, text: string) {
  const { fixture, interpreter } = reader(inventory);
  return interpreter.read({ text, nowMs: fixture.nowMs });
}

describe('turns of speech', () => {
  for (const [inventory, text, ops] of [
    ['openstack-small', 'stop db-1, and once it is down take a snapshot of it', ['stop.vm', 'snapshot.vm']],
    ['openstack-small', 'can you please make the server web-01 running again?', ['start.vm']],
    ['openstack-small', 'web-01 is needed again for the demo. Please power it on.', ['start.vm']],
    ['openstack-small', 'can you cancel act-41 pls, wrong vm', ['action.cancel']],
    ['openstack-small', 'act-41 looks good to me => approve', ['action.approve']],
    ['k8s-mid', 'logs are gone AGAIN. restart loki', ['rollout-restart.deployment']],
    ['k8s-mid', 'image of fraud-check should be registry.local/fraud:9.1', ['set-image.deployment']],
    [
      'aws-mid',
      'poc-kafka is not used any longer: stop it first and then terminate it',
      ['stop.vm', 'delete.vm'],
    ],
    ['aws-mid', 'take 52.10.0.3 and give it to jenkins', ['assign-ip.vm']],
    ['aws-mid', 'the elastic ip 52.10.0.3 should be assigned to jenkins', ['assign-ip.vm']],
    ['openstack-small', 'the volume scratch must be attached to web-10', ['attach.volume']],
    ['aws-mid', 'take the team tag off mail-relay', ['untag.vm']],
    [
      'openstack-small',
      'hi! my lead told me to take the floating IP off the bastion, can you do that for me',
      ['unassign-ip.vm'],
    ],
    ['openstack-small', 'stop db-1, not the others', ['stop.vm']],
    ['openstack-small', 'before you reboot db-1 take a snapshot of it', ['snapshot.vm', 'reboot.vm']],
    [
      'openstack-small',
      'Kindly do the needful and create one keypair by the name of x-key',
      ['create.keypair'],
    ],
    [
      'k8s-mid',
      'ledger -> registry.local/ledger:1.6.17, then show me its last 50 log lines',
      ['set-image.deployment', 'logs.deployment'],
    ],
    ['k8s-mid', 'ledger x5, then show its logs', ['scale.deployment', 'logs.deployment']],
    ['k8s-mid', 'grep the prod api-gateway logs for "timeout", past hour', ['logs.deployment']],
    ['k8s-mid', 'please trigger the nightly-backup cronjob once by hand', ['run.cronjob']],
  ] as const)
    it(`are read: ${text}`, () => {
      assert.deepEqual(
        stepsOf(read(inventory, text)).map(({ op }) => op),
        ops,
      );
    });

  for (const [inventory, text] of [
    ['aws-mid', 'stop gitlab-runner-1, -2 and -77'],
    ['aws-mid', 'do not do this yet: 1. stop jenkins 2. terminate poc-kafka'],
    ['aws-mid', 'nothing of this: 1) stop jenkins 2) terminate poc-kafka'],
    ['openstack-small', 'make the server web-77 running again'],
    ['openstack-small', 'a delete would not help, db-1 is needed'],
    ['k8s-mid', 'restart web, the one in payments'],
  ] as const)
    it(`never act on what was not asked: ${text}`, () => {
      const { kind } = read(inventory, text);
      assert.ok(kind === 'clarify' || kind === 'refuse', kind);
    });

  it('keep a bound that is said behind a comma', () => {
    const [all] = stepsOf(read('openstack-small', 'list the anomalies'));
    const [some] = stepsOf(read('openstack-small', 'list the anomalies, only the critical ones'));
    assert.ok(all && some && some.ids.length > 0 && some.ids.length < all.ids.length);
  });
});
