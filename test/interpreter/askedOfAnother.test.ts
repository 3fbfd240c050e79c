// A question, and then another thing, figure or time: the same is asked with it, in whatever words the question was. What
// says more, or stands behind an order, is no such reply.

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

/** Inventory, the question, what it was about, replies, and the same question asked plainly. */
const rows: readonly (readonly [string, string, string, string, string])[] = [
  [
    'aws-mid',
    'If mongo-1 went away, what else would be affected?',
    'aws:vm/i-0dd237c5',
    'and jenkins?|and jenkins too|no, jenkins|what about jenkins|same for jenkins|now jenkins|and the same for jenkins please|how about jenkins',
    'what depends on jenkins?',
  ],
  [
    'aws-mid',
    'redis-cache-1 mem, when does it run full',
    'aws:vm/i-0e6676c8',
    'And poc-elastic|poc-elastic?|what about poc-elastic?|same for poc-elastic',
    'when does the memory of poc-elastic run full?',
  ],
  [
    'aws-mid',
    "grep mail-relay's logs for timeout, last 30 min",
    'aws:vm/i-0ffd8e7f',
    'and vpn-gw?|same for vpn-gw|ok and vpn-gw?|also for vpn-gw please',
    'grep timeout in the logs of vpn-gw, last 30 min',
  ],
  [
    'aws-mid',
    'REQUESTS THROUGH API-PROD-NLB IN THE LAST 7 DAYS?',
    'aws:load-balancer/api-prod-nlb',
    'and web-prod-alb?|And the load balancer web-prod-alb|WHAT ABOUT WEB-PROD-ALB',
    'requests of web-prod-alb in the last 7 days',
  ],
  [
    'k8s-mid',
    'which are the things that depend of ledger?',
    'k8s:deployment/payments/ledger',
    'how about fraud-check|and fraud-check?|fraud-check?',
    'what depends on fraud-check?',
  ],
  [
    'k8s-mid',
    'Postgres in prod, disk: give me a forecast for the coming 30 days.',
    'k8s:statefulset/prod/postgres',
    'and kafka?|kafka in payments?|same for the kafka stateful set',
    'forecast the disk of statefulset kafka for 30 days',
  ],
  [
    'aws-mid',
    'anyone know how full the disk on jenkins is? last 3h pls',
    'aws:vm/i-0eb069e7',
    'and its cpu?|what about cpu?|how about the cpu|now cpu|same for cpu',
    'cpu of jenkins, last 3h',
  ],
  [
    'aws-mid',
    'REQUESTS THROUGH API-PROD-NLB IN THE LAST 7 DAYS?',
    'aws:load-balancer/api-prod-nlb',
    'and latency?|and its latency?|what about the latency',
    'latency of api-prod-nlb in the last 7 days',
  ],
  [
    'aws-mid',
    "grep mail-relay's logs for timeout, last 30 min",
    'aws:vm/i-0ffd8e7f',
    'and yesterday?|make that yesterday|what about yesterday?|now yesterday',
    'grep timeout in the logs of mail-relay, yesterday',
  ],
  [
    'aws-mid',
    'Kindly provide CPU utilization of web-prod-3 for yesterday',
    'aws:vm/i-0a7f1f33',
    'last hour?|and of the last hour?|and in the last hour?',
    'cpu of web-prod-3 in the last hour',
  ],
  [
    'aws-mid',
    'Kindly provide CPU utilization of web-prod-3 for yesterday',
    'aws:vm/i-0a7f1f33',
    'and the memory of jenkins?|what about the memory of jenkins?',
    'memory of jenkins yesterday',
  ],
  [
    'k8s-mid',
    'how many requests did web in prod get yesterday?',
    'k8s:deployment/prod/web',
    'and for staging?|and in staging?|the staging one?|and the one in staging?|what about the staging one',
    'requests of web in staging yesterday',
  ],
  [
    'openstack-small',
    'show me everything that depends on db-1',
    'os:vm/db-1',
    'And web-1|and the bastion?|same for old-wiki',
    '',
  ],
];

describe('a question asked of another thing', () => {
  for (const [inventory, before, id, replies, plainly] of rows)
    for (const reply of replies.split('|'))
      it(`${before} / ${reply}`, () => {
        const steps = stepsOf(read(inventory, reply, before, [id]));
        if (plainly === '') {
          const [step] = steps as readonly { readonly operation?: string; readonly op?: string }[];
          assert.equal(steps.length, 1);
          assert.match(JSON.stringify(step), /topology\.show/);
          assert.doesNotMatch(JSON.stringify(step), /"os:vm\/db-1"/);
        } else assert.deepEqual(steps, stepsOf(read(inventory, plainly)));
      });
  for (const reply of [
    'not jenkins',
    'keep jenkins',
    'and mongo-99?',
    'and everything else?',
    'and stop vpn-gw?',
  ])
    it(`is not gone on with by: ${reply}`, () => {
      const before = 'If mongo-1 went away, what else would be affected?';
      const reading = read('aws-mid', reply, before, ['aws:vm/i-0dd237c5']);
      const steps = reading.kind === 'query' ? reading.steps : [];
      assert.ok(!steps.some(({ operation }) => operation === 'topology.show'));
    });
  it('takes no figure or time over from what is no question for one', () => {
    for (const [before, reply] of [
      ['what depends on mongo-1?', 'and yesterday?'],
      ['stop mongo-1', 'and yesterday?'],
      ['stop mongo-1', 'and 2h?'],
    ] as const)
      assert.notEqual(read('aws-mid', reply, before, ['aws:vm/i-0dd237c5']).kind, 'plan', reply);
  });
  for (const before of ['k get deploy -n monitoring', 'list the deployments in monitoring'])
    for (const reply of ['same for kube-system', 'and kube-system?', 'and in the kube-system namespace?'])
      it(`lists what is in another namespace: ${before} / ${reply}`, () => {
        const ids = ['k8s:deployment/monitoring/grafana', 'k8s:deployment/monitoring/loki'];
        const steps = stepsOf(read('k8s-mid', reply, before, ids));
        assert.deepEqual(steps, stepsOf(read('k8s-mid', 'list the deployments in kube-system')));
      });
  it('takes no order over', () => {
    const reading = read('aws-mid', 'how about jenkins', 'stop mongo-1', ['aws:vm/i-0dd237c5']);
    assert.notEqual(reading.kind, 'plan');
  });
});
