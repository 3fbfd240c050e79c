// What a reply points back at or tells apart without its name: among what the turn before showed, or with what it ordered.

import assert from 'node:assert/strict';
import { createReader } from '../../daemon/cli/interpret.ts';

const reader = createReader(new URL('./sets/inventories', import.meta.url).pathname);

function stepsOf(inventory: string, before: string, refs: readonly string[], text: string): string {
  const { fixture, interpreter } = reader(inventory);
  const turns = [
    { role: 'user' as const, text: before },
    { role: 'assistant' as const, text: 'ok', refs },
  ];
  const reading = interpreter.read({ text, nowMs: fixture.nowMs, context: { turns } });
  if (reading.kind !== 'plan' && reading.kind !== 'query') return reading.kind;
  return reading.steps
    .map(({ operation, target, args }) => {
      const ids = target?.kind === 'resources' ? target.ids : [];
      const names = ids.map((id) => id.slice(id.indexOf('/') + 1)).sort();
      return [operation, ...names, ...Object.values(args)].join(' ');
    })
    .join('; ');
}

const anomalies = ['os:anomaly/an-100', 'os:anomaly/an-101'];
const alerts = ['PodCrashLooping', 'NodeNotReady', 'CheckoutLatencyHigh'].map((name) => `k8s:alert/${name}`);
const web = ['k8s:deployment/staging/web'];
const api = ['aws:vm/i-0bccd837'];
const payments = ['payments-api', 'payments-worker', 'fraud-check', 'ledger'].map(
  (name) => `k8s:deployment/payments/${name}`,
);

const table: readonly (readonly [string, string, readonly string[], string, string])[] = [
  [
    'openstack-small',
    'list anomalies',
    anomalies,
    'explain the disk one, then forecast disk on the box it is about',
    'explain.anomaly an-101; forecast.vm db-1 disk',
  ],
  [
    'k8s-mid',
    'list alerts',
    alerts,
    'silence the node one for an hour, ack the rest',
    'silence.alert NodeNotReady 3600; ack.alert CheckoutLatencyHigh PodCrashLooping',
  ],
  [
    'k8s-mid',
    'scale web in staging to 6',
    web,
    'Same number for the prod one please, and restart the one in dev.',
    'scale.deployment prod/web 6; rollout-restart.deployment dev/web',
  ],
  [
    'k8s-mid',
    'restart web in staging',
    web,
    'Same number for the prod one please, and restart the one in dev.',
    'clarify',
  ],
  [
    'aws-mid',
    'why is api-prod-3 slow?',
    api,
    'take a snapshot and reboot it after that',
    'snapshot.vm i-0bccd837; reboot.vm i-0bccd837',
  ],
  ['aws-mid', 'why is api-prod-3 slow?', api, 'take a snapshot and delete it', 'clarify'],
  [
    'k8s-mid',
    'list deployments in payments',
    payments,
    'restart all of those except ledger; that one goes to 3 replicas instead',
    'rollout-restart.deployment payments/fraud-check payments/payments-api payments/payments-worker; scale.deployment payments/ledger 3',
  ],
  ['openstack-small', 'list anomalies', anomalies, 'explain the memory one', 'clarify'],
];

describe('pointers of a reply', () => {
  for (const [inventory, before, refs, text, wanted] of table)
    it(`${text}: ${wanted}`, () => assert.equal(stepsOf(inventory, before, refs, text), wanted));
});
