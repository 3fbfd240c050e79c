// Sets told by what their things are named, what counts as requests, and verbs that are names: the name bounds the set wherever it is said, a
// name that nothing has makes a question, and what is wished for new is no set.

import assert from 'node:assert/strict';
import { createReader } from '../../daemon/cli/interpret.ts';
import { stepsOf } from './compare.ts';

const reader = createReader(new URL('./sets/inventories', import.meta.url).pathname);

function read(inventory: string, text: string) {
  const { fixture, interpreter } = reader(inventory);
  return interpreter.read({ text, nowMs: fixture.nowMs, context: {} });
}

/** Inventory, what is said, and the plain sentence it stands for. */
const same: readonly (readonly [string, string, string])[] = [
  ['aws-mid', 'list vms named worker-*', 'list vms starting with worker-'],
  ['aws-mid', 'how many vms are called worker-*', 'count the vms starting with worker-'],
  ['aws-mid', 'tag all vms named web-dev-* with team=x', 'tag web-dev-1 and web-dev-2 with team=x'],
  ['aws-mid', 'stop the vms named "web-dev-*"', 'stop web-dev-1 and web-dev-2'],
  ['aws-mid', 'stop the vms named web-dev-1 and web-dev-2', 'stop web-dev-1 and web-dev-2'],
  ['aws-mid', 'stop the vms named web-dev-1, web-dev-2 and jenkins', 'stop web-dev-1, web-dev-2 and jenkins'],
  ['aws-mid', 'volumes named data-mongo', 'volumes starting with data-mongo'],
  ['aws-mid', 'which volumes start with tmp-?', 'list volumes starting with tmp-'],
  ['aws-mid', 'How many volumes are there whose name starts with tmp-?', 'count volumes starting with tmp-'],
  ['aws-mid', 'show me the gitlab runners', 'list the gitlab runners'],
  ['aws-mid', 'prod workers?', 'list the prod workers'],
  ['aws-mid', 'which gitlab runners are running?', 'list the running gitlab runners'],
  ['aws-mid', 'Of the prod workers, which two use the most memory?', 'top 2 prod workers by memory'],
  ['aws-mid', 'top 3 prod workers by requests', 'which three prod workers have the most requests'],
  [
    'aws-mid',
    'requests through lb web-prod-alb in the last 7 days?',
    'requests of web-prod-alb in the last 7 days',
  ],
  [
    'k8s-mid',
    'how many requests did the sandbox deployment get yesterday',
    'requests of deployment sandbox yesterday',
  ],
  ['k8s-mid', 'how many requests came in for prod web yesterday', 'requests of web in prod yesterday'],
  [
    'k8s-mid',
    'how much memory is the prod postgres statefulset eating',
    'memory of statefulset postgres in prod',
  ],
  [
    'k8s-mid',
    'can you search cart in prod logs of the last 2 hours for "timeout"?',
    'grep timeout in the logs of cart in prod of the last 2 hours',
  ],
  ['k8s-mid', 'please search cart in prod logs for "timeout"', 'grep timeout in the logs of cart in prod'],
];

describe('sets by their names', () => {
  for (const [inventory, text, plainly] of same)
    it(text, () => {
      const wanted = stepsOf(read(inventory, plainly));
      assert.ok(wanted.length > 0, plainly);
      assert.deepEqual(stepsOf(read(inventory, text)), wanted);
    });
  for (const text of [
    'list vms named foo',
    'stop the vms named foo',
    'tag all vms called foo-* with team=x',
    'delete the vms named web-prod-?',
    'stop the vms named web-dev-1 and web-dev-99',
    'delete all volumes named foo',
    'the three vms named web-prod-*: stop them',
  ])
    it(`asks: ${text}`, () => {
      const reading = read('aws-mid', text);
      const ids = stepsOf(reading);
      assert.ok(reading.kind === 'clarify', JSON.stringify(ids));
    });
  it('leaves what is to be approved', () => {
    for (const text of [
      'how many requests are pending',
      'requests waiting for approval',
      'show open requests',
    ])
      assert.match(JSON.stringify(stepsOf(read('openstack-small', text))), /action\.list/, text);
  });
  it('makes what is wished for', () => {
    for (const text of ['i need two vms named web', 'create 3 vms named foo with t3.small'])
      assert.match(JSON.stringify(stepsOf(read('aws-mid', text))), /create\.vm/, text);
  });
});
