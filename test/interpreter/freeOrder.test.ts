// One order in whatever order its parts were said, and what must not be done though it looks alike: bounds and guesses of
// figures, deeds that are only spoken of, second orders that are in no step.

import assert from 'node:assert/strict';
import { catalogue } from '../../daemon/catalogue/catalogue.ts';
import { readFixture } from '../../daemon/cli/fixtures.ts';
import { createInterpreter } from '../../daemon/interpreter/interpreter.ts';

const folder = new URL('./sets/inventories', import.meta.url).pathname;

function reader(inventory: string) {
  const { resources, nowMs } = readFixture(folder, inventory);
  const interpreter = createInterpreter(catalogue);
  interpreter.index.apply({ upserts: resources, removes: [] });
  return (text: string): string => {
    const reading = interpreter.read({ text, nowMs });
    if (reading.kind === 'clarify' || reading.kind === 'refuse') return reading.kind;
    return reading.steps
      .map(({ operation, target, args }) => {
        const ids = target?.kind === 'resources' ? target.ids : [];
        const names = ids.map((id) => resources.find((one) => one.id === id)?.name);
        return [operation, names.join('+'), ...Object.values(args)].join(' ').trim();
      })
      .join('; ');
  };
}

const plans: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'openstack-small': {
    'ci-runner-1: delete': 'delete.vm ci-runner-1',
    'removal of the volume scratch is requested': 'delete.volume scratch',
    'a reboot of ci-runner-1 is needed': 'reboot.vm ci-runner-1',
    'a reboot of ci-runner-1 is due': 'reboot.vm ci-runner-1',
    'reboot of ci-runner-1 please': 'reboot.vm ci-runner-1',
    'a snapshot of vol-data has to be taken': 'snapshot.volume vol-data',
    'after web-10 is resized to S.2, resize web-1 to S.2': 'resize.vm web-10 S.2; resize.vm web-1 S.2',
  },
  'aws-mid': {
    'jenkins-home should be double': 'resize.volume jenkins-home 500',
    'switch mail-relay over to t3.medium': 'resize.vm mail-relay t3.medium',
    'once web-prod-10 has been resized to t3.micro, stop web-prod-4':
      'resize.vm web-prod-10 t3.micro; stop.vm web-prod-4',
    'web-prod-1 hangs again, a reboot would help': 'reboot.vm web-prod-1',
    'Decommissioning poc-kafka: stop it': 'stop.vm poc-kafka',
    'web-prod-2 and web-prod-3 should run again': 'start.vm web-prod-2+web-prod-3',
  },
  'k8s-mid': {
    'fraud-check to 4 if possible': 'scale.deployment fraud-check 4',
    'checkout in prod with 3 replicas': 'scale.deployment checkout 3',
    'scale web in prod from 3 to 6': 'scale.deployment web 6',
    'scale cart in prod to 4, no 5': 'scale.deployment cart 5',
  },
};

const asked: Readonly<Record<string, readonly string[]>> = {
  'openstack-small': [
    'deletion of ci-runner-1 has to wait',
    'deletion of ci-runner-1 no longer required',
    'reboot of ci-runner-1 may be needed',
    'a reboot of ci-runner-1 is maybe needed',
    'a reboot of ci-runner-1 helped',
    'a reboot of ci-runner-1 is not needed',
    'a reboot of ci-runner-1 is needed from time to time',
    'a reboot of ci-runner-1 is needed first thing tomorrow',
    'ci-runner-1 should be rebooted by bob',
    'ci-runner-1 should have rebooted',
    'ci-runner-1 should reboot itself',
    'ci-runner-1 should be able to reboot',
    'ci-runner-1 will be deleted',
    'ci-runner-1 could be deleted',
    'web-1 or web-10 off',
    'web-1 off, web-10 not',
    'all vms that bob needs off',
    'all vms off which bob ordered',
    'no runner off',
  ],
  'aws-mid': [
    'jenkins needs at least t3.large',
    'mongo-1 needs r6g.xlarge or bigger',
    'mongo-1 needs something like r6g.xlarge',
    'mongo-1 should be no smaller than m5.large',
    'jenkins-home needs around 300 GB',
    'jenkins-home should have up to 300 GB',
    'jenkins-home must be under 300 GB',
    'jenkins-home should be 300 GB max',
    'extend jenkins-home to 50 apples',
    'extend jenkins-home to 50',
    'the dev boxes, both of them, down please',
    'mail-relay; delete then web-prod-1 stop',
    'web-prod-1 stop, frobnicate, start',
    'resize mongo-1 to m5.large, then frobnicate',
    'INC-4 (cancelled): delete tmp-export',
    'INC-4 [done] delete tmp-export',
    'done: delete tmp-export',
    'stop jenkins yesterday',
    'start jenkins 10 minutes ago',
    'reboot jenkins 3 times',
    'port 22 has to be closed on web-sg by friday',
    'suspend a, and once it is suspended frobnicate jenkins',
  ],
  'k8s-mid': [
    'checkout in prod: no more than 3 replicas',
    'checkout in prod needs at least 5 replicas',
    'checkout in prod max 5 replicas',
    'checkout in prod should run with 3 replicas at most',
    '3 replicas are not enough for checkout in prod',
    'checkout in prod needs no 3 replicas',
    'fraud-check from 2 to 4 or more',
    'fraud-check 2x',
    'scale fraud-check to 0 and then back',
    'scale fraud-check to 0 for 10 minutes',
    'scale web in prod to 2.5',
    'scale web in prod to 6 cores',
    'web in prod: 6; cart in prod: a few',
    'report-daily should run again',
    'nightly-backup should have run',
    'tag worker-1 disk=ssd or disk=hdd',
    'tag worker-1 not disk=ssd',
    'suspend nightly-backup until monday',
  ],
};

describe('one order in any order of its parts', () => {
  for (const [inventory, table] of Object.entries(plans)) {
    const read = reader(inventory);
    for (const [text, plan] of Object.entries(table))
      it(text, () => assert.equal(read(text).replaceAll(/\S+:flavor\//g, ''), plan));
  }
  for (const [inventory, texts] of Object.entries(asked)) {
    const read = reader(inventory);
    for (const text of texts)
      it(`acts not: ${text}`, () => assert.match(read(text), /^(clarify|refuse|show\..*|list\..*)$/));
  }
});
