// What would be done or answered wrongly is asked about: things that are not as they are said to be, one of a list that
// nothing is called like, people who still need it, somebody else's turn, a new thing under a name that is taken, words
// taken for others, times and places that were not read. Plain orders and questions of the same words act.

import assert from 'node:assert/strict';
import { createReader } from '../../daemon/cli/interpret.ts';

const reader = createReader(new URL('./sets/inventories', import.meta.url).pathname);
const inventories: Readonly<Record<string, string>> = { a: 'aws-mid', k: 'k8s-mid', o: 'openstack-small' };

function kindOf(line: string): string {
  const { fixture, interpreter } = reader(inventories[line[0]!]!);
  return interpreter.read({ text: line.slice(2), nowMs: fixture.nowMs, user: 'alice' }).kind;
}

const asked: Readonly<Record<string, readonly string[]>> = {
  'a thing that is not as it is said to be': [
    'a approve act-77, which Dave raised',
    "a approve dave's act-77",
    'a approve the action act-77 from dave',
    'a approve act-77 (raised by bob)',
    'a Dave raised act-77, please approve it',
    "a act-77 is Dave's, approve it",
    'a approve act-77 that bob asked for',
    'a undo act-75, the reboot',
    'o resize web-1 from L.16 to M.8',
    'a resize mail-spool from 5 GB to 900 GB',
  ],
  'people who still need it': [
    'a nobody needs the dev servers but Tom, switch them off',
    'a nobody but tom needs the dev servers, stop them',
    'a everyone but Carla is done with the staging vms, stop them',
    'a nobody uses poc-elastic any more apart from Jane, terminate it',
  ],
  'a word that bounds what nobody knows': [
    'a label all vms env=dev only',
    'a stop web-1 and its friend',
    'o stop ci-runner-1, or 2, whichever is idle',
    'a approve act-77 unless it is for prod',
  ],
  'one of a list that is not there': [
    "a snapshot foo and mongo-1's volume",
    'a stop foo and mongo-1',
    'k restart gadget and grafana',
    'k drain worker-77 plus worker-2',
    'a detach foo as well as tmp-export',
    'o tag web-1 and web-7 with team=x',
    'o attach scratch to foo and web-1',
    'o logs of web-1 and foo',
  ],
  'a name that is taken': [
    'o there should be a network private-net',
    'o create a network private-net',
    'o we need a security group web-sg',
    'k create a namespace staging',
    'o i want a keypair named ops-key',
  ],
  'a wish at nobody, and what others or the speaker will do': [
    'o someone should reboot web-1',
    'k somebody ought to restart grafana',
    'o one of us should stop web-1',
    'o bob will do it: reboot web-1',
    'o bob is on it: stop web-1',
    'o alice is about to reboot web-1',
    'o the night shift has to reboot web-1',
    'o web-1 is slow and somebody should restart it',
    'o we are going to restart web-1 tomorrow',
    "o i'm going to reboot web-1",
    'o I wish someone would stop web-1',
  ],
  'what others are to do, or is only thought of': [
    'o somebody else stop web-1',
    'o let someone stop web-1',
    'o let somebody else restart web-1',
    'o anyone else stop web-1',
    'o please get someone to stop web-1',
    'o make somebody delete scratch',
    'o please let somebody else stop web-1',
    'o I want bob to stop web-1',
    'o we need the night shift to stop web-1',
    'o tell me to stop web-1',
    "o I don't think we should stop web-1",
    'o I do not believe that we need to stop web-1',
    'o there is no need to stop web-1',
    "o I'm not sure we should stop web-1",
    'o suppose we stop web-1',
    'o say I stop web-1',
    "o let's say we stop web-1",
    'o assume that we stop web-1',
    'o stop web-1, dry run only',
    'o stop web-1 dry run',
    'o stop web-1 in theory',
    'o stop web-1 pretend',
    'o pretend to stop web-1',
    'o just pretend to delete scratch',
    'o I tried to stop web-1',
    'o we have tried to reboot db-1',
    'o reboot web-1 as needed',
    'o reboot web-1 where necessary',
    'o delete scratch as you see fit',
  ],
  'other places and units, and what is to be in a new thing': [
    'o vol-data should have 400 GB, but Bob will grow it',
    'o scratch has to be deleted, but carol will remove it',
    'o create a volume qa-vol of 10 GB and on it a filesystem',
    'o create a network qa-net and in it an ubuntu vm',
    'o grow vol-data to up to 500 GB',
    'o grow vol-data to 500 MHz',
    'o grow vol-data to 500 Mbit',
    'o stop web-1 in the other project',
    'o stop web-1 at the customer',
    'o stop web-1 in our second cluster',
    'o stop web-1 on the other site',
    'o reboot web-1 under the new kernel',
    'o create a vm qa-1 with ubuntu-24.04 in zone b',
    'k create namespace qa and in it an ubuntu pod',
  ],
  'a yes of others before a later step': [
    'o stop web-1; after it is approved, stop web-10',
    'o stop web-1; after it has been approved by dave, stop web-10',
    'o stop web-1; once the change board says yes, stop web-10',
    "o stop web-1; with bob's ok stop web-10",
    'o stop web-1; after the team was told, stop web-10',
  ],
  'somebody nobody knows': [
    'o whoever deletes web-1 must tell me',
    'o whoever stopped web-1, please get in touch',
    'o whoever restarts web-1 next should look at the logs',
  ],
  'what is said of some of them': [
    'a stop the dev vms, half of the machines are idle',
    'a stop the dev vms, some are unused',
    'a stop the dev vms because half of them are idle',
  ],
  "somebody else's turn": [
    'o Bob wants to look at the disk alert first, acknowledge it only then',
    'o Bob wants to look at DiskFilling-db-1 first, acknowledge it only then',
    'o Carol has to check web-1 first, reboot it only after that',
    'o let Ann see HighCPU-web-1 first; acknowledge it afterwards',
    'o the DBA still wants to dump db-1, stop it after that',
    'o Mike said we should stop db-1',
    'o the boss thinks we should reboot web-1',
  ],
  'what is forbidden until another is done': [
    "o don't detach vol-data before db-1 is stopped, stop it first",
    'k never drain worker-1 before it is cordoned, cordon it first',
  ],
  'what is not willed now': [
    'k drain worker-1 on my signal',
    'k we might have to drain worker-1',
    'k plan B is to restart coredns',
    'k as a last resort restart coredns',
    'k without restarting grafana, scale loki to 2',
    'k anything but restarting grafana',
    'o nobody is allowed to touch db-1, stop it',
    'o yeah right, stop all the vms, that will help',
    'k restart grafana, not',
    'k like hell I restart grafana',
    'o reboot web-1 as agreed with Bob for Monday',
  ],
  'a word that is taken for another': [
    'a open port 22 on bastion-sg until 6',
    'a open port 22 on bastion-sg from the office',
    'a tag mongo-1 with the owner it had before',
    'a move jenkins to us',
    'a stop mongo-1 in us',
    'a logs of mongo-1 without the warnings',
  ],
  'a time that was not read': [
    'a cpu of mongo-1 on monday and on thursday',
    "a monday's and thursday's anomalies",
    'a anomalies of monday, thursday',
    'a what changed on monday or tuesday',
    'a cpu of mongo-1 at 3 and at 5',
    'a cpu of mongo-1 during the outage',
    'a logs of mongo-1 around the crash',
    'k drain worker-1, when is that one empty?',
    'o when is web-1 back?',
  ],
  'whose deeds are meant': [
    'a what did everybody but me do today',
    'a what did the others do today',
    'a who apart from Dave changed something today',
    'a which of my actions failed',
  ],
};

const acting: readonly string[] = [
  'o stop web-1 in the cluster',
  'o stop web-1 in our project',
  'o grow vol-data up to 500 GB',
  'o grow vol-data to 500 GB',
  'o vol-data should have 400 GB, Bob will use it',
  'o create a network qa-net and a volume qa-vol of 10 GB',
  'o create a volume qa-vol of 10 GB and attach it to web-1',
  'o someone stop web-1',
  'o can someone stop web-1',
  'o could somebody please restart web-1',
  'o someone please reboot db-1',
  'o I need someone to stop web-1',
  'o I want you to stop web-1',
  'o we need to stop web-1',
  'o I think we should stop web-1',
  'o I do not think web-1 is used, stop it',
  "o I'm not sure who owns scratch but please stop web-1",
  'o let us stop web-1',
  "o let's stop web-1",
  'o let me stop web-1',
  'o make web-1 stop',
  'o I tried to stop web-1 myself, please stop it',
  'o bob tried to reboot it in vain, reboot web-1',
  'o nobody needs web-1, stop it',
  'o somebody left web-1 on, stop it',
  'o someone broke web-1, reboot it',
  'o I want web-1 to stop',
  'o stop web-1 gracefully',
  "o I'd like to stop web-1",
  'o get web-1 to stop',
  'a approve act-77, which Carol raised',
  "a approve Carol's act-77 and cancel Dave's act-76",
  'a approve act-77, Bob is waiting for it',
  'a hi Dave, approve act-77 please',
  'a approve act-77, the change board signed it off',
  'o resize web-1 from S.4 to M.8',
  'o resize vol-data from 100 GB to 300 GB',
  'a nobody needs the dev servers, switch them off',
  'a nobody uses poc-elastic, delete it',
  'a label all vms env=dev',
  'a tag jenkins env=ci only',
  'a snapshot data-mongo-1 and data-mongo-2',
  'a reboot web-prod-1, web-prod-2 as well as web-prod-3',
  'o there should be a network foo-net',
  'o delete scratch and create a new volume scratch with 50 GB',
  'k create a namespace qa',
  'o Bob looked at the disk alert DiskFilling-db-1, acknowledge it',
  'o Bob will be happy: reboot web-1',
  'o my lead told me to reboot web-1',
  'o I think we should reboot web-1',
  'o first stop db-1, then detach vol-data',
  "o don't delete scratch, just detach vol-data",
  "o don't touch web-1, only restart web-10",
  'k after restarting grafana, scale loki to 2',
  'k instead of restarting grafana, scale loki to 2',
  'o nobody can log in, reboot web-1',
  'o can somebody reboot web-1',
  'k resume report-daily, then run it once straight away',
  'k double prod frontend and prod web for the loot drop',
  'o guys, someone should stop web-1, please',
  'o we should reboot web-1',
  'o web-1 needs to restart',
  'o stop web-1; once it is down, stop web-10',
  'o stop web-1; after that, stop web-10',
  'o show me whoever stopped web-1',
  'a stop the dev vms, half of the team is on holiday',
  'a stop web-1 in us',
  'a give us all vms',
  'a let us stop jenkins',
  'a which vms are in the eu?',
  'a cpu of mongo-1 on monday',
  'a what did carol do on tuesday and wednesday',
  'k drain worker-1 and tell me when it is empty',
  'a when will the disk of mongo-1 be full',
  'a forecast mongo-1',
  'a what did we do today',
];

describe('what would be done wrongly is asked about', () => {
  for (const [what, lines] of Object.entries(asked))
    describe(what, () => {
      for (const line of lines)
        it(line, () => {
          assert.equal(kindOf(line), 'clarify');
        });
    });
  describe('plain orders of the same words act', () => {
    for (const line of acting)
      it(line, () => {
        assert.match(kindOf(line), /^(plan|query)$/);
      });
  });
});

describe('a time said once', () => {
  const args = (line: string) => {
    const { fixture, interpreter } = reader(inventories[line[0]!]!);
    const reading = interpreter.read({ text: line.slice(2), nowMs: fixture.nowMs });
    assert.equal(reading.kind, 'query', line);
    return reading.kind === 'query' ? reading.steps.map((step) => step.args) : [];
  };
  for (const line of [
    'a memory of mongo-1 and disk of mongo-2, last 2 hours',
    'a over the last 2 hours, memory of mongo-1 and disk of mongo-2',
    'a memory of mongo-1 and disk of mongo-2, both last 2 hours',
  ])
    it(`is the time of all figures: ${line}`, () => {
      assert.deepEqual(args(line), [
        { metric: 'memory', window_s: 7200 },
        { metric: 'disk', window_s: 7200 },
      ]);
    });
  it('is not that of what is asked of now', () => {
    assert.deepEqual(args('a memory of mongo-1 now and disk of mongo-2 over the last hour'), [
      { metric: 'memory' },
      { metric: 'disk', window_s: 3600 },
    ]);
  });
  it('foresees nothing because somebody will look at it', () => {
    assert.deepEqual(args('o cpu of web-1 for the last hour, Bob will look at it'), [
      { metric: 'cpu', window_s: 3600 },
    ]);
  });
});

describe('what is said of a thing and does not hold', () => {
  it('is told of the thing, which is there', () => {
    const { fixture, interpreter } = reader('aws-mid');
    const reading = interpreter.read({ text: 'approve act-77, which Dave raised', nowMs: fixture.nowMs });
    assert.match(
      reading.kind === 'clarify' ? reading.question : reading.kind,
      /^"act-77" is not as it is said/,
    );
  });
});

describe('how a thing is, before an order', () => {
  for (const line of [
    'a jenkins on again, stop it',
    'a jenkins on again, shut it down',
    'a jenkins is up again, stop it',
  ])
    it(`is no step: ${line}`, () => {
      const { fixture, interpreter } = reader('aws-mid');
      const reading = interpreter.read({ text: line.slice(2), nowMs: fixture.nowMs });
      assert.deepEqual(reading.kind === 'plan' && reading.steps.map(({ operation }) => operation), [
        'stop.vm',
      ]);
    });
});

describe('what is provided of the trail', () => {
  it('is not of what the step before is about', () => {
    const { fixture, interpreter } = reader('aws-mid');
    const text = 'cancel act-76 and provide the audit entries of Dave';
    const reading = interpreter.read({ text, nowMs: fixture.nowMs });
    const step = reading.kind === 'plan' ? reading.steps[1] : undefined;
    assert.deepEqual(
      [step?.operation, step?.target, step?.args],
      ['audit.list', undefined, { actor: 'dave' }],
    );
  });
});
