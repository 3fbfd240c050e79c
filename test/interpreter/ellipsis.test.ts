// Replies that could be taken for the order before them over another thing: what spares, tells, takes back or opens it to
// all that is left never acts; a correction or one thing more is the same order over it.

import assert from 'node:assert/strict';
import { createReader } from '../../daemon/cli/interpret.ts';
import { stepsOf } from './compare.ts';

const reader = createReader(new URL('./sets/inventories', import.meta.url).pathname);

function read(inventory: string, text: string, before?: string, refs: readonly string[] = []) {
  const { fixture, interpreter } = reader(inventory);
  const turns =
    before === undefined
      ? []
      : [
          { role: 'user' as const, text: before },
          { role: 'assistant' as const, text: 'ok', refs },
        ];
  return interpreter.read({ text, nowMs: fixture.nowMs, context: { turns } });
}

const two = ['os:vm/old-wiki', 'os:vm/web-01'];
const web = ['k8s:deployment/prod/web'];
const jobs = ['k8s:job/payments/reconcile-28902', 'k8s:job/staging/seed-data'];

describe('a reply that is more than an ellipsis', () => {
  for (const [inventory, before, refs, texts] of [
    [
      'openstack-small',
      'delete old-wiki and web-01',
      two,
      'keep web-01|leave web-01 alone|leave web-01|spare web-01|web-01 stays|web-01 should stay|i need web-01|' +
        'we need web-01|web-01 must not be touched|web-01 not|not web-01|wait for web-01|web-01 can stay|db-1 later|' +
        'remove web-01 from the list|drop web-01 from that|and db-1 is fine|everything else too|web-01 is prod',
    ],
    [
      'openstack-small',
      'stop web-1',
      ['os:vm/web-1'],
      'keep web-10|web-10 stays up|leave web-10|web-10 is fine',
    ],
    [
      'k8s-mid',
      'delete the failed jobs',
      jobs,
      'keep seed-data|keep the second|not the second|spare the first',
    ],
    [
      'k8s-mid',
      'scale web in prod to 5',
      web,
      'keep cart|cart is fine|undo|revert|all others in staging too',
    ],
    [
      'k8s-mid',
      'restart web in prod',
      web,
      'undo|everything else in staging too|do that to all of them in staging',
    ],
    ['openstack-small', 'resize web-1 to L.16', ['os:vm/web-1'], 'M.8 is not enough|is M.8 enough?'],
    ['openstack-small', 'tag web-1 with env=dev', ['os:vm/web-1'], 'remove it again|delete it|drop it'],
    ['openstack-small', 'snapshot vol-backup', ['os:volume/vol-backup'], 'delete it|and delete it'],
    ['openstack-small', 'show volume vol-backup', ['os:volume/vol-backup'], 'delete|grow it, then delete'],
  ] as const)
    it(`asks behind "${before}"`, () => {
      for (const text of texts.split('|'))
        assert.notEqual(read(inventory, text, before, refs).kind, 'plan', text);
    });

  for (const [inventory, before, refs, text, plain] of [
    ['openstack-small', 'delete old-wiki and web-01', two, 'no, just old-wiki', 'delete old-wiki'],
    ['openstack-small', 'delete old-wiki', two.slice(0, 1), 'and scratch as well', 'delete scratch'],
    ['openstack-small', 'delete old-wiki', two.slice(0, 1), 'sorry, i meant web-01', 'delete web-01'],
    ['openstack-small', 'delete old-wiki', two.slice(0, 1), 'same for web-01', 'delete web-01'],
    [
      'aws-mid',
      'show api-prod-nlb',
      ['aws:load-balancer/api-prod-nlb'],
      'its requests yesterday?',
      'requests on api-prod-nlb yesterday',
    ],
    ['k8s-mid', 'scale web in prod to 5', web, 'cart too, but to 2', 'scale cart in prod to 2'],
    ['k8s-mid', 'scale web in prod to 5', web, 'hm, 3 will do', 'scale web in prod to 3'],
    ['k8s-mid', 'get deploy web -n prod', web, 'undo it to rev 2', 'roll web in prod back to revision 2'],
    [
      'openstack-small',
      'resize web-1 to L.16',
      ['os:vm/web-1'],
      'hm no, M.8 is enough',
      'resize web-1 to M.8',
    ],
    ['openstack-small', 'resize web-1', ['os:vm/web-1'], 'M.8 would be fine', 'resize web-1 to M.8'],
    [
      'openstack-small',
      'show volume vol-backup',
      ['os:volume/vol-backup'],
      'snapshot it, then delete',
      'snapshot vol-backup, then delete vol-backup',
    ],
  ] as const)
    it(`reads "${text}" behind "${before}"`, () => {
      const wanted = stepsOf(read(inventory, plain));
      assert.ok(wanted.length > 0, plain);
      assert.deepEqual(stepsOf(read(inventory, text, before, refs)), wanted);
    });
});

describe('an amount of nothing named in a reply', () => {
  const volume = ['os:volume/vol-backup'];
  const frontend = ['k8s:deployment/prod/frontend'];
  for (const [inventory, refs, text, steps] of [
    ['openstack-small', volume, 'it needs another 60 gigs', 'resize.volume 110'],
    ['openstack-small', volume, 'another 60 gigs please', 'resize.volume 110'],
    ['openstack-small', volume, 'it should be 110 GB', 'resize.volume 110'],
    ['k8s-mid', frontend, 'add two more replicas', 'scale.deployment 5'],
    ['k8s-mid', frontend, 'two more replicas', 'scale.deployment 5'],
    ['k8s-mid', frontend, 'one more replica please', 'scale.deployment 4'],
    ['k8s-mid', frontend, '2 more replicas', 'scale.deployment 5'],
    ['k8s-mid', frontend, 'one additional replica', 'scale.deployment 4'],
    ['k8s-mid', frontend, 'one less replica', 'scale.deployment 2'],
    ['k8s-mid', frontend, 'with more than 2 replicas?', ''],
    ['k8s-mid', frontend, 'it has 3 replicas', ''],
    ['openstack-small', volume, 'it was 50 GB before', ''],
    ['openstack-small', volume, 'is it 110 GB?', ''],
  ] as const)
    it(`${text} → ${steps || 'no plan'}`, () => {
      const reading = read(inventory, text, 'show it', refs);
      const named = read(inventory, text, 'show frontend in prod', refs);
      if (refs === frontend) assert.deepEqual(stepsOf(named), stepsOf(reading));
      const made =
        reading.kind === 'plan'
          ? reading.steps.map(({ operation, args }) => [operation, ...Object.values(args)].join(' ')).join()
          : '';
      assert.equal(made, steps);
      if (reading.kind === 'plan')
        assert.deepEqual(
          reading.steps.map(({ target }) => target?.kind === 'resources' && target.ids),
          [refs],
        );
    });
});
