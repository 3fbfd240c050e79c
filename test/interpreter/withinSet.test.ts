// What is said of members of a set beside the order over it: that they are in it, too, which of them comes when, and which
// they are. What is no member of it, or not all of them where all are listed, is asked.

import assert from 'node:assert/strict';
import { createReader } from '../../daemon/cli/interpret.ts';
import type { Reading } from '../../shared/model/reading.ts';

const reader = createReader(new URL('./sets/inventories', import.meta.url).pathname);

function read(text: string, inventory: string): Reading {
  const { fixture, interpreter } = reader(inventory);
  return interpreter.read({ text, nowMs: fixture.nowMs });
}

/** The names each step is about, in their order. */
function rowsOf(text: string, inventory: string): readonly string[] {
  const reading = read(text, inventory);
  const { fixture } = reader(inventory);
  const nameOf = (id: string): string => fixture.resources.find((one) => one.id === id)?.name ?? id;
  return reading.kind === 'plan'
    ? reading.steps.map(({ target }) =>
        target?.kind === 'resources' ? target.ids.map(nameOf).toSorted().join(' ') : '',
      )
    : [reading.kind];
}

/** Inventory, sentence, the things of each step. */
const said: readonly (readonly [inventory: string, text: string, ...rows: string[]])[] = [
  ['mixed', 'stop all erp vms, including the test one', 'erp-01 erp-02 erp-test'],
  ['mixed', 'tag all erp vms with owner=sap, including erp-test', 'erp-01 erp-02 erp-test'],
  ['mixed', 'stop all vms on esx-02, incl. erp-02', 'erp-02 erp-test web-1'],
  [
    'aws-mid',
    'tag all ci machines, including jenkins, with team=build',
    'gitlab-runner-1 gitlab-runner-2 gitlab-runner-3 jenkins',
  ],
  ['k8s-mid', 'delete all evicted pods, including batch-import-1', 'batch-import-1 batch-import-2'],
  ['mixed', 'reboot the two production ERP servers, erp-02 first', 'erp-02', 'erp-01'],
  ['mixed', 'shut down the two production ERP servers - erp-02 first, then erp-01', 'erp-02', 'erp-01'],
  ['mixed', 'reboot both prod erp vms, erp-01 last', 'erp-02', 'erp-01'],
  ['aws-mid', 'restart both redis caches, beginning with redis-cache-2', 'redis-cache-2', 'redis-cache-1'],
  [
    'aws-mid',
    'reboot all prod web vms, start with web-prod-10',
    'web-prod-10',
    'web-prod-1 web-prod-2 web-prod-3 web-prod-4',
  ],
  ['k8s-mid', 'drain all nodes in eu-a, worker-4 first', 'worker-4', 'cp-1 worker-1'],
  ['aws-mid', 'delete the two tmp volumes, export first', 'tmp-export', 'tmp-import'],
  ['aws-mid', 'terminate both poc machines (kafka and elastic)', 'poc-elastic poc-kafka'],
  ['aws-mid', 'start the two poc vms (kafka, elastic)', 'poc-elastic poc-kafka'],
  ['aws-mid', 'delete the two tmp volumes - export and import', 'tmp-export tmp-import'],
  ['openstack-small', 'reboot both ci runners (ci-runner-1, ci-runner-2)', 'ci-runner-1 ci-runner-2'],
  ['aws-mid', 'reboot the mongos in prod (mongo-1, mongo-2, mongo-3)', 'mongo-1 mongo-2 mongo-3'],
];

const asked: readonly (readonly [inventory: string, text: string])[] = [
  ['aws-mid', 'stop all dev vms, including web-staging-1'],
  ['k8s-mid', 'restart all deployments in staging, including web in dev'],
  ['aws-mid', 'delete all tmp volumes including poc-disk'],
  ['mixed', 'stop erp-01 and erp-02, including erp-test'],
  ['aws-mid', 'stop all dev vms (jenkins)'],
  ['aws-mid', 'stop all dev vms, jenkins and bastion'],
  ['aws-mid', 'stop all dev vms, but jenkins only after the bastion'],
  ['aws-mid', 'reboot both redis caches, redis-cache-2 first and redis-cache-1 tomorrow'],
  ['aws-mid', 'terminate both poc machines (kafka and mongo)'],
  ['aws-mid', 'terminate both poc machines (kafka or elastic)'],
  ['aws-mid', 'terminate both poc machines (kafka)'],
];

describe('members of a set beside the order over it', () => {
  for (const [inventory, text, ...rows] of said)
    it(text, () => {
      assert.deepEqual(rowsOf(text, inventory), rows);
    });

  for (const [inventory, text] of asked)
    it(`asks: ${text}`, () => {
      assert.notEqual(read(text, inventory).kind, 'plan');
    });
});
