// An order with something told around it, and the figures of speech of machines, disks, ports and addresses. Each text is
// held against the plain order it stands for; what only looks alike (a bound, a doubt, a condition, another thing, a
// figure that is missing) must still be asked about, or refused.

import assert from 'node:assert/strict';
import { createReader } from '../../daemon/cli/interpret.ts';
import type { Reading } from '../../shared/model/reading.ts';
import { stepsOf } from './compare.ts';

const reader = createReader(new URL('./sets/inventories', import.meta.url).pathname);

function read(text: string, inventory: string): Reading {
  const { fixture, interpreter } = reader(inventory);
  return interpreter.read({ text, nowMs: fixture.nowMs });
}

function checkAlike(inventory: string, plain: string, texts: readonly string[]): void {
  it(plain, () => {
    const wanted = stepsOf(read(plain, inventory));
    assert.ok(wanted.length > 0, plain);
    for (const text of texts) {
      const reading = read(text, inventory);
      assert.equal(reading.kind, 'plan', text);
      assert.deepEqual(stepsOf(reading), wanted, text);
    }
  });
}

const os = 'openstack-small';
const aws = 'aws-mid';

describe('an order among what is told', () => {
  checkAlike(os, 'start web-01', [
    'Hello, we need web-01 for an audit, please power it on',
    'web-01 was switched off on friday. QA begins at nine, so please start it',
    'web-01 must be up again, the testers are waiting',
    'we have to look at something on web-01 - can you bring it up?',
  ]);
  checkAlike(os, 'reboot bastion', [
    'bastion not responding, reboot it',
    'nobody can log in on bastion since this morning, give it a reboot please',
    'The bastion UI shows 502 since ten minutes, could somebody restart the machine?',
    'reboot bastion, ssh is hanging and the night shift cannot work',
  ]);
  checkAlike(os, 'attach vol-backup to db-1', [
    'plug vol-backup into db-1, we want to restore from it',
    'can you mount vol-backup on db-1? my colleague has to read the old dump',
  ]);
  checkAlike(os, 'close port 8080 on web-sg', [
    'close port 8080 on web-sg, pentest finding',
    'close port 8080 on web-sg - the auditors complained',
    'remove the rule for port 8080 from web-sg',
    '8080 should no longer be reachable on web-sg',
  ]);
  checkAlike(os, 'delete keypair alice-key', [
    'alice has left the company, please delete alice-key',
    'alice-key leaked last night, get rid of that keypair',
  ]);
  checkAlike(os, 'detach vol-data', [
    'disconnect vol-data, the migration is done',
    'vol-data is on the wrong machine because somebody mixed them up, please detach it',
  ]);
  checkAlike(aws, 'suspend mongo-3', ['please suspend mongo-3 till the licence question is solved']);
  checkAlike(aws, 'resize data-mongo-1 by 100 GB', [
    'mongo-1 runs full, please grow data-mongo-1 by 100 GB',
    'data-mongo-1 needs another 100 GB',
    'can I get another 100 GB on data-mongo-1? the import does not fit',
    'data-mongo-1 needs 100 GB more space',
    'please give me 100 GB more on data-mongo-1',
  ]);
  checkAlike(aws, 'resize jenkins-home to 400 GB', [
    'please extend the disk of jenkins-home to 400 gigabytes, builds fail',
    'grow the volume of jenkins-home until 400 GB',
  ]);
});

describe('figures of ports, addresses, labels and new things', () => {
  checkAlike(os, 'open port 5432 on db-sg from 10.0.0.0/24', [
    'let 10.0.0.0/24 in on 5432, db-sg',
    'let 5432 in on db-sg from 10.0.0.0/24, the app lives there',
    'db-sg needs 5432 open for 10.0.0.0/24',
    'we need port 5432 open in db-sg for 10.0.0.0/24',
    '5432 on db-sg please, from 10.0.0.0/24',
    'db-sg should let in 5432 from 10.0.0.0/24',
    'add a rule for port 5432 to db-sg for 10.0.0.0/24',
    'let 10.0.0.0/24 through db-sg on port 5432',
  ]);
  checkAlike(os, 'open 53/udp on default', ['open udp port 53 on default', 'let udp 53 in on default']);
  checkAlike(os, 'assign 203.0.113.11 to web-10', [
    'hang 203.0.113.11 off web-10',
    'web-10 gets 203.0.113.11',
    'point 203.0.113.11 at web-10',
  ]);
  checkAlike(aws, 'remove the team tag from mail-relay', [
    'the team tag on mail-relay is wrong, take it off',
    'mail-relay has a wrong team tag, please remove it',
  ]);
  checkAlike(aws, 'tag jenkins with team=build', ['set the tag team of jenkins to build']);
  checkAlike(os, 'snapshot app-prod-1 called app-nov', [
    'make me a backup of app-prod-1 called app-nov',
    'I would like a snapshot of app-prod-1, name app-nov',
    'can we have a fresh snapshot of app-prod-1 named app-nov?',
  ]);
  checkAlike(aws, 'create a 200 GB volume named es-data', [
    'a new 200 GB volume named es-data please',
    'we need an empty disk of 200 GB, call it es-data',
    'could I have a new 200 GB volume called es-data?',
  ]);
  checkAlike(os, 'create subnet dmz-a 10.50.0.0/24 in public-net', [
    'subnet dmz-a with 10.50.0.0/24 in public-net please',
  ]);
  checkAlike(os, 'resize scratch to 15 GB', [
    'enlarge scratch by half',
    'extend scratch with 5 GB',
    '5 GB more for scratch',
  ]);
  checkAlike(os, 'resize vol-data to 256 GB', [
    'grow vol-data to a quarter terabyte',
    'vol-data will never survive the import, bump it up to a quarter of a TB',
  ]);
  checkAlike(os, 'resize db-1 to M.8', ['db-1 has 16 cores and uses two, please bring it down to M.8']);
  checkAlike(os, 'attach scratch to ci-runner-2', [
    'i want scratch on ci-runner-2',
    'make scratch available on ci-runner-2',
  ]);
  checkAlike(os, 'start web-01', ['uh turn on web dash oh one please']);
  checkAlike(aws, 'assign 52.10.0.3 to web-prod-4', [
    'put the address fifty two dot ten dot zero dot three on web prod four',
  ]);
  checkAlike('mixed', 'delete snapshot etl-test', [
    'snapshot etl-test is very old, you can delete it',
    'the etl-test snapshot can go, we only pay for it',
  ]);
  checkAlike('mixed', 'migrate erp-01 to esx-02', [
    'erp-01 must leave esx-01, move it to esx-02, we change a DIMM',
    'erp-01 to esx-02 please',
  ]);
});

describe('what is told may bound or hold an order', () => {
  const asked: readonly (readonly [string, string])[] = [
    [os, 'reboot web-1, but not before the backup is done'],
    [os, 'stop db-1, if nobody is using it'],
    [os, 'reboot web-1 after the backup has finished'],
    [os, 'delete vol-backup, unless somebody still needs it'],
    [os, 'web-1 must not be stopped, customers are on it'],
    [os, 'stop web-1, the others too'],
    [os, 'resize db-1, it is too small'],
    [os, 'grow vol-data, it is full'],
    [os, 'close the port on web-sg, pentest finding'],
    [os, 'restart it, users complain'],
    [os, 'web-1 is slow, web-10 is fine, restart it'],
    [os, 'reboot web-2, it hangs'],
    [os, 'stop web-1, it should happen at 5pm'],
    [os, 'stop web-1, tomorrow at noon'],
    [os, 'delete old-wiki, maybe'],
    [os, 'delete alice-key, she might come back though'],
    [os, 'alice will stop web-1, do not worry'],
    [os, 'Bob said we could delete old-wiki, but I am not sure'],
    [aws, 'stop orders-prod, but first make sure nobody is on it'],
    [aws, 'stop web-1, the us one is broken'],
    ['mixed', 'restart web-1, it is the one in staging that hangs'],
  ];
  for (const [inventory, text] of asked)
    it(text, () => {
      assert.notEqual(read(text, inventory).kind, 'plan');
    });

  it('never moves a machine to the host it is to leave', () => {
    const [step] = stepsOf(read('move erp-01 away from esx-01, the host is full', 'mixed'));
    assert.ok(!JSON.stringify(step ?? {}).includes('esx-01'));
  });
});
