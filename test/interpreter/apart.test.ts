// Several orders in one text are those orders: whatever is said alone is said the same way behind another. Each order
// stands in front of and behind every other of its cloud; nothing of one may reach into another.

import assert from 'node:assert/strict';
import { createReader } from '../../daemon/cli/interpret.ts';
import type { Reading } from '../../shared/model/reading.ts';
import { stepsOf } from './compare.ts';

const reader = createReader(new URL('./sets/inventories', import.meta.url).pathname);

function read(text: string, inventory: string, refs?: readonly string[]): Reading {
  const { fixture, interpreter } = reader(inventory);
  const turns = refs && [
    { role: 'user' as const, text: 'show it' },
    { role: 'assistant' as const, text: 'ok', refs },
  ];
  return interpreter.read({ text, nowMs: fixture.nowMs, context: turns ? { turns } : {} });
}

const orders: Readonly<Record<string, readonly string[]>> = {
  'openstack-small': [
    'port 22 should be closed on the default security group',
    'db-sg: allow 5432 from 10.0.0.0/24',
    'old-wiki: drop the role tag',
    'act-41: approve',
    'resize ci-runner-1 to L.16',
    'stop all vms in error',
    'silence HighCPU-web-1 for 45m',
  ],
  'aws-mid': [
    'stop jenkins',
    'mail-spool +30GB',
    'put 52.10.0.3 on web-prod-10',
    'ml-datasets: tag team=research',
    'billing-prod: take a snapshot named eom-nov',
    'allow 1194/udp in on default-eu',
    'tag every instance of team data with cost=high',
  ],
  'k8s-mid': [
    'payments-api back to rev 5',
    'loki down to zero',
    'prod/search => 4 repl',
    'roll back prod checkout to revision 4',
    'prod/cart x5',
    'kube-proxy ds: rollout restart',
    'delete all completed jobs',
  ],
};

describe('orders in full beside each other', () => {
  for (const [inventory, list] of Object.entries(orders))
    for (const join of ['; then ', '. ', ', after that '])
      it(`are each what they are alone, joined by "${join}" (${inventory})`, () => {
        for (const first of list)
          for (const second of list) {
            if (first === second) continue;
            const text = `${first}${join}${second}`;
            const reading = read(text, inventory);
            assert.equal(reading.kind, 'plan', text);
            const wanted = [...stepsOf(read(first, inventory)), ...stepsOf(read(second, inventory))];
            const plain = (steps: ReturnType<typeof stepsOf>): unknown =>
              steps.map(({ op, ids, args }) => ({ op, ids, args }));
            assert.deepEqual(plain(stepsOf(reading)), plain(wanted), text);
            const { steps } = reading as Extract<Reading, { kind: 'plan' }>;
            if (join !== '. ') assert.ok(steps.at(-1)!.after.length > 0, text);
          }
      });

  it('point back at the one thing before them', () => {
    const { steps } = read(
      'close 22 on the default sg; then let udp 8443 into it from 10.0.0.0/24',
      'openstack-small',
    ) as Extract<Reading, { kind: 'plan' }>;
    assert.deepEqual(
      steps.map(({ operation }) => operation),
      ['close-port.security-group', 'open-port.security-group'],
    );
  });

  it('are done once where they are said twice', () => {
    const reading = read('Get everything off worker-10. Drain it.', 'k8s-mid');
    assert.equal(reading.kind === 'plan' && reading.steps.length, 1);
  });

  it('are a reply and an order beside it', () => {
    const reading = read('ok start it, and stop worker-dev-1', 'aws-mid', ['aws:vm/i-0d19904c']);
    assert.deepEqual(reading.kind === 'plan' && reading.steps.map(({ operation }) => operation), [
      'start.vm',
      'stop.vm',
    ]);
  });

  for (const text of [
    'stop jenkins, then start it tomorrow',
    'stop jenkins then start ml-train-1 or ml-train-2',
    'stop jenkins, and then start ml-train-1 only if it is down',
  ])
    it(`ask or refuse where one of them does: "${text}"`, () => {
      assert.notEqual(read(text, 'aws-mid').kind, 'plan');
    });

  it('share what heads them, and what an ellipsis leaves out', () => {
    const headed = read('in staging: scale web to 2. then scale checkout to 3', 'k8s-mid');
    const opsOf = (reading: Reading): unknown =>
      reading.kind === 'plan' && reading.steps.map(({ operation, target }) => [operation, target]);
    assert.deepEqual(opsOf(headed), [
      ['scale.deployment', { kind: 'resources', ids: ['k8s:deployment/staging/web'] }],
      ['scale.deployment', { kind: 'resources', ids: ['k8s:deployment/staging/checkout'] }],
    ]);
    const elliptic = read('roll back checkout in prod to revision 4, then search to 3', 'k8s-mid');
    assert.deepEqual(opsOf(elliptic), [
      ['rollback.deployment', { kind: 'resources', ids: ['k8s:deployment/prod/checkout'] }],
      ['rollback.deployment', { kind: 'resources', ids: ['k8s:deployment/prod/search'] }],
    ]);
  });
});
