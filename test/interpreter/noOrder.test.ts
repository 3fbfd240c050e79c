// What sounds like an order and is none of the speaker's is only offered: somebody else's wish, a bare question mark, a
// figure that is told of, two of a set that is larger. What is asked for or wished by the speaker is done.

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
      .map(({ operation, args }) =>
        `${operation} ${Object.values(args).map((one) => JSON.stringify(one))}`.trim(),
      )
      .join('; ');
  };
}

const asked: Readonly<Record<string, readonly string[]>> = {
  'aws-mid': [
    'finance wants to stop all prod vms',
    'tmp-export is full. Somebody should delete it',
    'snap-03 is old. Does anyone need it? Delete it',
    'could it be that tmp-import is unused? Then delete it',
    'poc-disk is big. I could delete it',
    'reboot web-prod-1 fixed it last time',
    'a restart of jenkins helped yesterday',
    'dave put 52.10.0.3 on mongo-staging',
    'dave set owner=x on vpn-gw',
    'the team set owner=x on vpn-gw',
    'someone put jenkins on m5.large',
    'jenkins sits on m5.large',
    'jenkins lives on m5.large',
    'would jenkins fit on m5.large?',
    'please copy 200 GB to jenkins-home',
    'please move 200 GB from jenkins-home',
    'the boss wants poc-kafka deleted',
    'bob said to reboot jenkins',
    'alice would like jenkins rebooted',
    'someone wants to delete jenkins',
    'the customer asked to stop jenkins',
    'they want jenkins stopped',
    'jenkins should be stopped, says bob',
    'the runbook says: reboot jenkins',
    'the plan is to stop jenkins',
    'the idea is to delete poc-disk',
    'would it be good to stop jenkins',
    'new t3.small from debian-12, name probe?',
    'stop jenkins?',
    'stop jenkins?!',
    'jenkins -> m5.large?',
    'do we stop jenkins?',
    'how about rebooting jenkins?',
    'stop jenkins. call it x',
    'reboot jenkins and call it ci',
    'tag jenkins team=x. name it y',
    'tag jenkins with the same team as mongo-1',
    'jenkins was an m5.large yesterday, resize it',
    'tmp-export was 500 GB once, extend it',
    'stop some dev vms',
    'act-77 is approved',
    'jenkins has label k=v',
    'jenkins has tag env=prod now',
  ],
  'k8s-mid': [
    'prod search needed 4 copies yesterday, scale it down',
    'prod web is at 5 replicas',
    'worker-4 has label disk=ssd',
    'prod search had 6 replicas yesterday, scale it',
    'cart in prod was at 5 replicas last week, scale it up',
    'prod web usually has 8 pods, scale it',
    'prod web is at 4 replicas, scale it down',
    'staging cart has 1 replica, scale it up',
    'usually 3 replicas of prod cart are enough, scale it',
    'prod web needs 4 replicas?',
    'prod web needs 4 or 5 replicas',
    'prod web needs between 4 and 6 replicas',
    'prod web needs 4 replicas, i think',
    'prod web should have had 4 replicas',
    'restart both web',
  ],
  mixed: ['stop both bastions', 'stop all bastions', 'stop both web-1'],
};

const done: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  'aws-mid': [
    ['alice wants to stop jenkins, please do it', 'stop.vm'],
    ['jenkins wants a reboot', 'reboot.vm'],
    ['we want jenkins stopped', 'stop.vm'],
    ['Finance wants cost-center=4711 on all our production VMs', 'tag.vm {"cost-center":"4711"}'],
    ['can you stop jenkins?', 'stop.vm'],
    ['stop jenkins please?', 'stop.vm'],
    ['snapshot mongo-1 and call it x1', 'snapshot.vm "x1"'],
    ['tmp-export should be 500 GB, extend it', 'resize.volume 500'],
    ['delete both tmp volumes', 'delete.volume'],
  ],
  'k8s-mid': [
    ['prod web needs 8 pods, scale it', 'scale.deployment 8'],
    ['restart both cart', 'rollout-restart.deployment'],
  ],
  mixed: [['stop both aws bastions', 'stop.vm']],
};

describe('what is no order of the speaker', () => {
  for (const [inventory, texts] of Object.entries(asked))
    it(`is asked about in ${inventory}`, () => {
      const read = reader(inventory);
      for (const text of texts) assert.equal(read(text), 'clarify', text);
    });
  for (const [inventory, cases] of Object.entries(done))
    it(`does not hold up what is one in ${inventory}`, () => {
      const read = reader(inventory);
      for (const [text, steps] of cases) assert.equal(read(text), steps, text);
    });
});
