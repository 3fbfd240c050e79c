// An order within what is told, without marks or with them; and the twins in which what stands around the order says who
// wants it, how, when, or of what, which must ask or refuse.

import assert from 'node:assert/strict';
import { createReader } from '../../daemon/cli/interpret.ts';
import type { Reading } from '../../shared/model/reading.ts';
import { stepsOf } from './compare.ts';

const reader = createReader(new URL('./sets/inventories', import.meta.url).pathname);

function read(text: string, inventory: string): Reading {
  const { fixture, interpreter } = reader(inventory);
  return interpreter.read({ text, nowMs: fixture.nowMs, context: {} });
}

const told: readonly (readonly [inventory: string, text: string, alone: string])[] = [
  [
    'k8s-mid',
    'uh so the sale just went live and traffic is kind of crazy scale web in prod to 8',
    'scale web in prod to 8',
  ],
  [
    'openstack-small',
    'um we found out the builds were stuck all night reboot ci-runner-1 please',
    'reboot ci-runner-1',
  ],
  [
    'k8s-mid',
    'release window starts in five, set the image of frontend in prod to registry.local/frontend:1.9.0',
    'set the image of frontend in prod to registry.local/frontend:1.9.0',
  ],
  [
    'aws-mid',
    'The upgrade to version 16 went through without complaints on Tuesday, hence delete the snapshot users-prod-pre-upgrade.',
    'delete the snapshot users-prod-pre-upgrade',
  ],
  [
    'openstack-small',
    'NEW HIRE STARTS TOMORROW (SHE IS CALLED GUDRUN) CREATE A VM NAMED gudrun-1 WITH FLAVOR S.4',
    'create a vm named gudrun-1 with flavor S.4',
  ],
  ['aws-mid', 'mails are stuck, the client is furious :( reboot mail-relay', 'reboot mail-relay'],
];

const asked: readonly (readonly [inventory: string, text: string])[] = [
  ['openstack-small', 'delete scratch, no not that one, vol-backup. then reboot bastion'],
  ['openstack-small', 'stop bastion, delete scratch; skip the second'],
  ['openstack-small', '1. reboot web-1 2. delete scratch 3. start web-01. leave out step 2'],
  ['openstack-small', 'swap: detach vol-web-1, attach scratch to web-1, delete it'],
  ['aws-mid', 'open 9000 on ci-sg from 10.0.0.0/8 then 9100 too'],
  ['aws-mid', 'orders-staging was cloned from orders-prod yesterday so delete it'],
  ['openstack-small', "delete vol-backup oh that's the one with the mails on it"],
  ['openstack-small', 'reboot db-1 ah that would kill the import'],
  ['openstack-small', 'stop web-10 no wait'],
  ['openstack-small', 'delete old-wiki I have no idea whose it is'],
  ['k8s-mid', 'suspend nightly-backup while the migration runs and resume it'],
  ['openstack-small', 'resize bastion to S.4 hmm maybe not'],
  ['k8s-mid', 'scale grafana to 2. no, 3. then restart loki'],
  ['aws-mid', 'stop worker-dev-1 and delete tmp-export; forget the first one'],
  ['openstack-small', 'web-99 hangs, restart it'],
  ['aws-mid', 'delete all volumes that seem abandoned'],
  ['aws-mid', 'stop the dev machines nobody is logged in to'],
  ['aws-mid', 'stop the dev vms, mine excluded'],
  ['aws-mid', 'dave put 52.10.0.3 on mongo-staging'],
  ['k8s-mid', 'the team put registry.local/checkout:1.9.0 on prod/checkout'],
  ['k8s-mid', 'in theory scale web in prod to 8'],
  ['aws-mid', 'write down: stop jenkins'],
  ['k8s-mid', 'bob: restart coredns. me: no!'],
  ['openstack-small', 'create a volume scratch-2 of 20 GB, encrypted'],
  ['openstack-small', 'create a vm nettest from cirros, a S.2 is fine'],
  ['openstack-small', 'resize db-1 to L.16, offline'],
  ['openstack-small', 'attach vol-data to web-1, readonly'],
  ['openstack-small', 'take the floating ip off bastion and delete it'],
  ['openstack-small', 'reboot web-1 & clear its cache'],
  ['openstack-small', 'stop web-1, start web-99'],
  ['openstack-small', 'snapshot db-1, test the snapshot, then delete old-wiki'],
  ['openstack-small', 'rm scratch; rm vol-backup later'],
  ['openstack-small', 'delete old-wiki, bob disagrees'],
  ['mixed', 'reboot fileserver as soon as they hang up'],
  ['k8s-mid', 'I had to restart the grafana deployment'],
  ['aws-mid', 'i told him to reboot mail-relay himself'],
  ['k8s-mid', 'scale cart in staging to 5, slowly'],
  ['k8s-mid', 'restart coredns. Done already.'],
  ['mixed', 'stop web-1, hang on, the customer is back'],
  ['aws-mid', "Would you please stop web-staging-2? Actually, please don't, QA have just started a run."],
];

describe('an order within what is told', () => {
  for (const [inventory, text, alone] of told)
    it(`is read: "${text}"`, () => {
      const wanted = read(alone, inventory);
      assert.equal(wanted.kind, 'plan', alone);
      assert.deepEqual(stepsOf(read(text, inventory)), stepsOf(wanted));
    });

  for (const [inventory, text] of asked)
    it(`is none of the bare words: "${text}"`, () => {
      assert.notEqual(read(text, inventory).kind, 'plan');
    });
});
