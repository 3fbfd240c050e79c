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

/** The object stands in the statement, and not in the order. */
const elsewhere: readonly (readonly [inventory: string, text: string, alone: string])[] = [
  [
    'openstack-small',
    'Pentest report came back this morning: SSH is reachable on db-sg. Close 22 there.',
    'close port 22 on db-sg',
  ],
  [
    'openstack-small',
    'vol-backup has been on the invoice since spring without being attached to anything. Delete it please.',
    'delete vol-backup',
  ],
  [
    'openstack-small',
    'the csv import dies because scratch is too small, make it 40 GB',
    'make scratch 40 GB',
  ],
  [
    'openstack-small',
    'We ran out of space on vol-data twice this week, please make it 200 GB',
    'make vol-data 200 GB',
  ],
  ['k8s-mid', 'kafka cant keep up with three brokers scale it to five', 'scale kafka to five'],
  ['aws-mid', 'mongo-2 keeps swapping reboot it', 'reboot mongo-2'],
  [
    'k8s-mid',
    'Nobody uses the sandbox deployment in dev at night and it still costs money. Zero replicas, please.',
    'scale the sandbox deployment in dev to 0',
  ],
  [
    'k8s-mid',
    "There's a miner in the sandbox deployment. Scale it to zero, then delete the sandbox service.",
    'scale the sandbox deployment to zero, then delete the sandbox service',
  ],
  ['k8s-mid', 'worker-4: cordon, drain, delete. mainboard dead.', 'cordon, drain, delete worker-4'],
  [
    'openstack-small',
    'We found unknown keys on bastion. Take its floating IP away and then shut it down, forensics will have it from there.',
    "take bastion's floating ip away and then shut bastion down",
  ],
  [
    'aws-mid',
    'The build team needs gitlab-runner-1 and gitlab-runner-2 back after lunch, so please start both of them.',
    'start gitlab-runner-1 and gitlab-runner-2',
  ],
  [
    'k8s-mid',
    'worker-1, worker-2 and worker-5 get new memory in the afternoon. Please cordon these three.',
    'cordon worker-1, worker-2 and worker-5',
  ],
  [
    'k8s-mid',
    'The top-of-rack switch in eu-c gets replaced at noon; drain all nodes in that zone.',
    'drain all nodes in eu-c',
  ],
  [
    'aws-mid',
    'RedisMemory woke me up again at four. Silence it for two hours.',
    'silence RedisMemory for 2 hours',
  ],
  [
    'aws-mid',
    'billing-prod up to db.r6g.xlarge pls its on 90 percent cpu since tuesday',
    'resize billing-prod to db.r6g.xlarge',
  ],
  // What was proposed, and then is to be done.
  [
    'k8s-mid',
    'Customer in ticket 5120 gets empty search results on production. Engineering says a restart of the search deployment in prod helped last time, so please do that.',
    'restart the search deployment in prod',
  ],
  [
    'aws-mid',
    'Ticket #48213: customer gets "452 insufficient system storage" on every mail. Second level says mail-spool has to have 60 GB. Can you do that?',
    'resize mail-spool to 60 GB',
  ],
  [
    'k8s-mid',
    'Dave says restarting fluent-bit fixes the missing logs, so please do that.',
    'restart fluent-bit',
  ],
  [
    'aws-mid',
    'The vendor says billing-prod has to be a db.r6g.xlarge. Please do that.',
    'resize billing-prod to db.r6g.xlarge',
  ],
  ['k8s-mid', 'Bob suggested to scale search in staging to 3. Do that.', 'scale search in staging to 3'],
];

const asked: readonly (readonly [inventory: string, text: string])[] = [
  // Two things that it could be, or one of which something else is said.
  ['openstack-small', 'web-1 and web-10 both hang. Reboot it.'],
  ['openstack-small', 'vol-data is full, vol-backup is not. Delete it.'],
  ['openstack-small', 'The backup of vol-data is on vol-backup. Delete it.'],
  ['aws-mid', 'jenkins hangs because of jenkins-home. Delete it.'],
  ['openstack-small', 'old-wiki has a volume nobody knows. Delete it.'],
  ['k8s-mid', 'worker-1, worker-2 and worker-3 get new disks. Drain both.'],
  ['k8s-mid', 'worker-1 and worker-2 get new disks. Drain these three.'],
  ['k8s-mid', 'Switches in eu-c and eu-b get replaced. Drain all nodes in that zone.'],
  ['k8s-mid', 'The search deployment in staging is broken, the one in prod is not. Restart it.'],
  ['openstack-small', 'bastion was attacked from web-10. Take its floating IP away.'],
  // The statement speaks for keeping it.
  ['openstack-small', 'vol-backup holds the only copy of the wiki. Delete it.'],
  ['aws-mid', 'tmp-export is what finance uses. Remove it.'],
  ['aws-mid', 'tmp-import might be needed for the audit. Delete it.'],
  [
    'openstack-small',
    'vol-backup has been on the invoice since spring. Bob says he still needs a file from it. Delete it please.',
  ],
  ['openstack-small', 'If vol-backup is not attached to anything, delete it please.'],
  // Two proposals, none, or one that destroys.
  ['aws-mid', 'The vendor says a reboot of jenkins or of vpn-gw would help. Please do that.'],
  ['aws-mid', 'Tom proposed to stop jenkins, Ann proposed to reboot vpn-gw. Do that.'],
  ['aws-mid', 'A reboot of jenkins did not help last time. Please do it.'],
  ['aws-mid', 'Dave says we should not reboot jenkins, so do that.'],
  ['k8s-mid', 'Bob suggested to delete cart in prod. Do that.'],
  ['aws-mid', 'Storage team says jenkins-home needs 300 GB, I doubt it. Can you do that?'],
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
  for (const [inventory, text, alone] of [...told, ...elsewhere])
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
