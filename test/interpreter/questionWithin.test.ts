// A question with something told beside it, before or behind: read as the question alone. Twins whose other words bound,
// order or ask are not read so.

import assert from 'node:assert/strict';
import { createReader } from '../../daemon/cli/interpret.ts';
import type { Reading } from '../../shared/model/reading.ts';
import { stepsOf } from './compare.ts';

const reader = createReader(new URL('./sets/inventories', import.meta.url).pathname);

function read(text: string, inventory: string): Reading {
  const { fixture, interpreter } = reader(inventory);
  return interpreter.read({ text, nowMs: fixture.nowMs, context: {} });
}

const o = 'openstack-small';
const a = 'aws-mid';
const k = 'k8s-mid';
const m = 'mixed';

/** What is asked stands in brackets, or behind an arrow where words of it point at what is told. */
const told: readonly (readonly [inventory: string, text: string])[] = [
  [a, '[pull up the elastic IP 54.20.0.1], it turned up in a port scan'],
  [m, '[Do we have VMs that were created in the last 7 days?] None of those should exist without a ticket.'],
  [k, 'before I cut the release: [any deployments in staging that are unhealthy?]'],
  [a, 'mail is delayed for one client, [how has network traffic on mail-relay been since midnight?]'],
  [a, '[Who resized VMs this week?] I need names for the findings list.'],
  [k, '[failed jobs in payments], if there are any'],
  [o, 'Wondering whether [any policies are switched off at the moment.]'],
  [m, 'just thinking out loud here... no idea [which of our VMs are stopped but not in dev]'],
  [k, '[top 3 nodes by memory usage], trying to find out where a training pod would NOT fit'],
  [k, "[Which staging deployments aren't healthy?] I have to tick them off before the regression run."],
  [o, 'For the timeline: [everything anyone changed in the last 3 hours.]'],
  [m, 'For the access review [I need everything bob did this month.]'],
  [a, 'I only know kubectl, sorry. [Show me the EC2 machines that are stopped in eu-west-1.]'],
  [o, 'hey hey, remind me, [which keypairs do we have] in there again'],
  [k, "can't find it in grafana... [latency of checkout in prod over the past hour]"],
  [k, 'tell me, since I honestly have no overview anymore, [which namespaces exist]'],
  [a, '[when will orders-prod run out of disk?] Budget planning is on Thursday and I need a good story.'],
  [k, 'I was asked by security to find out [who deleted pods yesterday]'],
  [a, 'uff, what a day. [which instances are running in us-west-2?]'],
  [k, 'not trying to blame anyone, but [who scaled web yesterday?]'],
  [k, 'My lead is asking whether worker-2 is ready -> is worker-2 ready'],
  [k, 'Is this thing on? [list namespaces]'],
  [k, 'did we ever settle on limits? anyway, [show me the configmaps in prod]'],
  [
    a,
    'someone in sales swears the shop was down; [what is the cpu of jenkins?] -> what is the cpu of jenkins?',
  ],
  [
    o,
    'My test calls to app-staging-1 keep timing out, can you tell me why it is so slow? -> why is app-staging-1 so slow?',
  ],
  [
    a,
    "so dave's on holiday and I get to pick up his stuff... what has he been doing today? -> what has dave been doing today?",
  ],
  [
    a,
    'A client reports errors since 9 this morning, what is the error rate of api-prod-2 from then on? -> error rate of api-prod-2 since 9 this morning',
  ],
  [
    k,
    "I don't quite know yet what a namespace is, but can you show me which ones exist? -> which namespaces exist?",
  ],
  [
    o,
    'has anything weird been going on with web-1? i mean, are there any anomalies for it -> are there any anomalies for web-1',
  ],
];

/** What else is said is part of what is meant. */
const meant: readonly (readonly [inventory: string, text: string, alone: string])[] = [
  [k, 'show me the pods of dev and restart the crashing ones', 'show me the pods of dev'],
  [o, 'is web-1 up? it needs a reboot', 'is web-1 up?'],
  [a, 'list the instances. I only care about eu-west-1', 'list the instances'],
  [k, 'which namespaces exist? Create one called qa.', 'which namespaces exist?'],
  [o, 'reboot web-1 and tell me how long it was up', 'how long was web-1 up'],
  [k, 'search in prod gets 6 replicas, search in staging 2', 'search in staging'],
  [o, 'db-1 disk outlook, next 2 weeks', 'db-1 disk outlook'],
  [
    k,
    'I need two namespaces, one is perf and other is perf-data; after show me list of all namespaces',
    'list of all namespaces',
  ],
];

describe('a question within what is told', () => {
  for (const [inventory, text] of told) {
    const [whole, apart] = text.split(' -> ');
    it(whole!, () => {
      const question = apart ?? /\[(.*)\]/.exec(whole!)![1]!;
      const alone = read(question, inventory);
      const reading = read(whole!.replace(/[[\]]/g, ''), inventory);
      assert.equal(alone.kind, 'query');
      assert.equal(reading.kind, 'query');
      assert.deepEqual(stepsOf(reading), stepsOf(alone));
    });
  }
  for (const [inventory, text, alone] of meant)
    it(text, () => {
      const reading = read(text, inventory);
      assert.notDeepEqual([reading.kind, stepsOf(reading)], ['query', stepsOf(read(alone, inventory))]);
    });
});
