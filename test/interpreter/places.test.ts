// A place that is said with a set bounds it, however it is said: behind a comma, in brackets, with "only" or without a
// preposition. Either every step is there, or the person is asked; nothing outside of it is ever touched.

import assert from 'node:assert/strict';
import { createReader } from '../../daemon/cli/interpret.ts';
import { stepsOf } from './compare.ts';

const reader = createReader(new URL('./sets/inventories', import.meta.url).pathname);

/** Inventory, order over a set, place, what an id of it has in it. */
const sets = [
  ['k8s-mid', 'restart pods on worker-1', 'prod', '/prod/'],
  ['k8s-mid', 'restart the pods on worker-2', 'staging', '/staging/'],
  ['k8s-mid', 'delete completed jobs', 'payments', '/payments/'],
  ['k8s-mid', 'delete all completed jobs', 'prod', '/prod/'],
  ['k8s-mid', 'restart all deployments', 'payments', '/payments/'],
  ['k8s-mid', 'scale all deployments to 2', 'staging', '/staging/'],
  ['mixed', 'stop all running vms', 'aws', 'aws:'],
  ['mixed', 'snapshot all volumes', 'openstack', 'os:'],
] as const;

const said = [
  'O, P only',
  'O, ns P only',
  'O, only P',
  'O, just P',
  'O (P)',
  'O (P only)',
  'O, P please',
  'O. P only!',
  'P: O',
  'O - P',
  'only P, O',
  'O, but P only',
];

describe('a place said with a set', () => {
  for (const [inventory, order, place, mark] of sets)
    it(`bounds it: ${order}, ${place}`, () => {
      const { fixture, interpreter } = reader(inventory);
      for (const frame of said) {
        const text = frame.replace('O', order).replace('P', place);
        const reading = interpreter.read({ text, nowMs: fixture.nowMs });
        if (reading.kind !== 'plan') continue;
        const outside = stepsOf(reading).flatMap(({ ids }) => ids.filter((id) => !id.includes(mark)));
        assert.deepEqual(outside, [], text);
      }
    });
});

describe('a set in a place', () => {
  for (const text of [
    'please remove the evicted pods from all namespaces',
    'remove evicted pods from all namespaces',
    'delete the failed jobs of all namespaces',
    'drop all completed jobs in all namespaces',
    'remove the web-config configmap from every namespace',
    'remove the broken things from all namespaces',
  ])
    it(`never takes the place itself: ${text}`, () => {
      const { fixture, interpreter } = reader('k8s-mid');
      const steps = stepsOf(interpreter.read({ text, nowMs: fixture.nowMs }));
      assert.ok(
        steps.every(({ op }) => op !== 'delete.namespace'),
        JSON.stringify(steps),
      );
    });
});
