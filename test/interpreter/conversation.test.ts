// Sentences behind another turn: places and parts of what was listed, what is selected, answers to a question back, the
// same for another thing, replies. Each has to read like the plain command beside it; where the words do not tell which
// is meant, or nothing is to be done, nothing is acted on.

import assert from 'node:assert/strict';
import { createReader } from '../../daemon/cli/interpret.ts';
import type { Reading } from '../../shared/model/reading.ts';
import { stepsOf } from './compare.ts';

const reader = createReader(new URL('./sets/inventories', import.meta.url).pathname);

interface Talk {
  readonly inventory: string;
  /** What the person said before; without it, the things are selected in the tree. */
  readonly before?: string;
  readonly refs: readonly string[];
  /** Sentence and the plain command it stands for. */
  readonly same: readonly (readonly [string, string])[];
  readonly asks: readonly string[];
}

function read(text: string, inventory: string, talk?: Talk): Reading {
  const { fixture, interpreter } = reader(inventory);
  const turns =
    talk?.before === undefined
      ? []
      : [
          { role: 'user' as const, text: talk.before },
          { role: 'assistant' as const, text: 'ok', refs: talk.refs },
        ];
  const selection = talk && talk.before === undefined ? talk.refs : [];
  const context = talk && { turns, selection };
  return interpreter.read({ text, nowMs: fixture.nowMs, context });
}

const staging = ['web', 'checkout', 'cart', 'api-gateway', 'search', 'frontend'].map(
  (name) => `k8s:deployment/staging/${name}`,
);

const talks: readonly Talk[] = [
  {
    inventory: 'k8s-mid',
    before: 'show node worker-10',
    refs: ['k8s:node/worker-10'],
    same: [
      ['which pods run on that node', 'which pods run on worker-10'],
      ['what pods are placed on that node?', 'list the pods on worker-10'],
      ['how many pods are on that node', 'how many pods are on worker-10'],
    ],
    asks: ['no new pods on that node for now'],
  },
  {
    inventory: 'openstack-small',
    before: 'what did alice do yesterday?',
    refs: ['aiops:action/act-39'],
    same: [['and what did Bob do yesterday?', 'what did bob do yesterday']],
    asks: [],
  },
  {
    inventory: 'openstack-small',
    before: 'show web-1',
    refs: ['os:vm/web-1'],
    same: [
      ['put it back to M.8', 'resize web-1 to M.8'],
      ['that one back to M.8 please', 'resize web-1 to M.8'],
      ['this one off please', 'stop web-1'],
    ],
    asks: [
      'it went back to M.8',
      'that can go',
      'this must go',
      'put it back to how it was',
      'that one can wait',
    ],
  },
  {
    inventory: 'openstack-small',
    before: 'show the web servers',
    refs: ['os:vm/web-1', 'os:vm/web-10'],
    same: [
      ['both off please', 'stop web-1 and web-10'],
      ['both please, off', 'stop web-1 and web-10'],
    ],
    asks: ['both were off yesterday', 'those can go', 'both can go now'],
  },
  {
    inventory: 'k8s-mid',
    before: 'status of prod/search',
    refs: ['k8s:deployment/prod/search'],
    same: [
      ['this one back to revision 6 please', 'roll back prod/search to revision 6'],
      ['back to revision 6 please', 'roll back prod/search to revision 6'],
      ['roll it back and show me the logs', 'roll back prod/search, then show the logs of prod/search'],
    ],
    asks: ['that went back to revision 6', 'that one back to 3 was wrong', 'this back to revision 6 or 5'],
  },
  {
    inventory: 'aws-mid',
    before: 'what is waiting for approval?',
    refs: ['aiops:action/act-77'],
    same: [
      ['go ahead with that one', 'approve act-77'],
      ['that one can go ahead', 'approve act-77'],
    ],
    asks: ['go ahead with that one if carol agrees'],
  },
  {
    inventory: 'k8s-mid',
    before: 'describe payments-api',
    refs: ['k8s:deployment/payments/payments-api'],
    same: [
      ['and its last 200 log lines', 'last 200 lines of logs of payments-api'],
      ['and the logs from the last hour?', 'logs of payments-api in the last hour'],
      ['and who changed it last week', 'who changed payments-api last week'],
      ['who touched it yesterday', 'who changed payments-api yesterday'],
      ['which services depend on it', 'what depends on payments-api'],
      ['which resources depend on it?', 'what depends on payments-api'],
      ['what else hangs on it', 'what depends on payments-api'],
    ],
    asks: [],
  },
  {
    inventory: 'k8s-mid',
    before: 'describe search in prod',
    refs: ['k8s:deployment/prod/search'],
    same: [
      ['and its last 200 log lines', 'show the last 200 log lines of search in prod'],
      ['and the logs from the last hour?', 'logs of search in prod from the last hour'],
      ['and who changed it today', 'who changed deployment search in prod today'],
      ['which resources depend on it?', 'what depends on search in prod'],
      ['2 replicas are plenty, scale it down', 'scale search in prod to 2'],
      ['back to the previous one please', 'roll back search in prod'],
      [
        'Customers see empty results since the release, so please go one version back with it',
        'roll back search in prod',
      ],
      [
        'put it at five replicas and tell me its error rate',
        'scale search in prod to 5, then show me the error rate of search in prod',
      ],
    ],
    asks: ['2 replicas are not enough, scale it up', 'at least 4 would be better, scale it up'],
  },
  {
    inventory: 'k8s-mid',
    before: 'scale web in prod to 10',
    refs: ['k8s:deployment/prod/web'],
    same: [['put it back to 3', 'scale web in prod to 3']],
    asks: ['put it back', 'put it back please', 'revert', 'back to the previous one', 'set it back'],
  },
  {
    inventory: 'k8s-mid',
    before: 'logs of checkout in prod',
    refs: ['k8s:deployment/prod/checkout'],
    same: [
      ['only errors please', 'show the logs of checkout in prod with error'],
      ['just the ones with OOM', 'show the logs of checkout in prod with oom'],
      ['just the last 20 lines', 'show the last 20 log lines of checkout in prod'],
    ],
    asks: [],
  },
  {
    inventory: 'aws-mid',
    before: 'disk usage of analytics-etl this week',
    refs: ['aws:vm/i-0f448429'],
    same: [
      ['now forecast it for the next 14 days', 'forecast the disk of analytics-etl for the next 14 days'],
      ['predict it for 7 days', 'forecast the disk of analytics-etl for the next 7 days'],
      ['and the next 14 days?', 'forecast the disk of analytics-etl for the next 14 days'],
    ],
    asks: [],
  },
  {
    inventory: 'k8s-mid',
    before: 'list pods in prod',
    refs: [],
    same: [
      ['which ones are not running', 'list pods in prod that are not running'],
      ['how many are running', 'how many pods in prod are running'],
    ],
    asks: [],
  },
  {
    inventory: 'aws-mid',
    before: 'what does worker-dev-2 run on?',
    refs: ['aws:vm/i-0d19904c'],
    same: [
      ['t3.micro is plenty, downsize it', 'resize worker-dev-2 to t3.micro'],
      ['change flavor to t3.large', 'resize worker-dev-2 to t3.large'],
      ['snapshot please, then reboot', 'snapshot worker-dev-2, then reboot worker-dev-2'],
    ],
    asks: ['t3.micro or t3.small is plenty, downsize it', 'delete please'],
  },
  {
    inventory: 'openstack-small',
    before: 'resize web-1 to M.8',
    refs: ['os:vm/web-1'],
    same: [['and db-1 to L.16', 'resize db-1 to L.16']],
    asks: [],
  },
  {
    inventory: 'openstack-small',
    before: 'show web-1 and web-10',
    refs: ['os:vm/web-1', 'os:vm/web-10'],
    same: [
      ['shut down those two machines please', 'shut down web-1 and web-10'],
      ['for both of them: reboot', 'reboot web-1 and web-10'],
    ],
    asks: [
      'stop these three vms',
      'stop these volumes',
      'stop either of them',
      'if they are idle stop both',
      'delete them unless attached',
    ],
  },
  {
    inventory: 'k8s-mid',
    before: 'show fraud-check',
    refs: ['k8s:deployment/payments/fraud-check'],
    same: [
      ['one more repl for it', 'scale fraud-check to 3'],
      ['it needs one replica more', 'scale fraud-check to 3'],
      ['Thank you. And who depends on it?', 'what depends on fraud-check'],
    ],
    asks: ['it had 3 replicas yesterday'],
  },
  {
    inventory: 'k8s-mid',
    before: 'show cronjobs reconcile and db-refresh',
    refs: ['k8s:cronjob/payments/reconcile', 'k8s:cronjob/staging/db-refresh'],
    same: [
      ['Suspend both of those CronJobs.', 'suspend reconcile and db-refresh'],
      ['resume these two cronjobs please', 'resume reconcile and db-refresh'],
    ],
    asks: ['suspend those three cronjobs'],
  },
  {
    inventory: 'openstack-small',
    before: 'tag web-1 with team=x',
    refs: ['os:vm/web-1'],
    same: [],
    asks: ['remove it again', 'drop it', 'get rid of it please'],
  },
  {
    inventory: 'k8s-mid',
    before: 'list deployments in staging',
    refs: staging,
    same: [
      ['restart the unhealthy ones', 'restart cart and search in staging'],
      ['please restart the ones which are not healthy', 'restart cart and search in staging'],
      ['of these, roll the unhealthy ones back', 'roll back cart and search in staging'],
      ['restart the second one', 'restart checkout in staging'],
      ['restart the 2nd', 'restart checkout in staging'],
      ['restart number 3', 'restart cart in staging'],
      ['restart the first and the third', 'restart web and cart in staging'],
      ['scale the last two to 2', 'scale search and frontend in staging to 2'],
      ['restart all but the first two', 'restart cart, api-gateway, search and frontend in staging'],
      [
        'restart all except cart',
        'restart web in staging, checkout in staging, api-gateway in staging, search in staging and frontend in staging',
      ],
      ['roll the second last one back', 'roll back search in staging'],
    ],
    asks: [
      'restart it',
      'delete it',
      'restart both',
      'restart all three',
      'restart the seventh one',
      'delete the stopped ones',
      'delete the red one',
      'delete any one of them',
      'delete two of them',
      'restart the first one if cart is down',
      "don't restart the first one",
      'restart the first one tomorrow',
      'never mind',
      'forget it, thanks',
    ],
  },
  {
    inventory: 'k8s-mid',
    before: 'which images do checkout and cart run in prod?',
    refs: ['k8s:deployment/prod/checkout', 'k8s:deployment/prod/cart'],
    same: [
      ['bad deploy, roll them both back', 'roll back checkout in prod and cart in prod'],
      ['damn. roll em back', 'roll back checkout in prod and cart in prod'],
      ['wrong image. roll both of them back please', 'roll back checkout in prod and cart in prod'],
      ['put them both on 4 replicas', 'scale checkout in prod and cart in prod to 4'],
      ['they both need a restart', 'restart checkout in prod and cart in prod'],
      ['restart the latter', 'restart cart in prod'],
    ],
    asks: [
      'roll it back',
      "don't roll them back",
      'restart all three',
      'roll one of them back',
      'no',
      'neither',
    ],
  },
  {
    inventory: 'k8s-mid',
    before: 'which alerts are firing',
    refs: ['PodCrashLooping', 'NodeNotReady', 'CheckoutLatencyHigh'].map((name) => `k8s:alert/${name}`),
    same: [
      ['ack all three, im already on it', 'ack PodCrashLooping, NodeNotReady and CheckoutLatencyHigh'],
      ['ack em', 'ack PodCrashLooping, NodeNotReady and CheckoutLatencyHigh'],
      ['silence the last one for 2 hours', 'silence CheckoutLatencyHigh for 2 hours'],
      ['ack the node one', 'ack NodeNotReady'],
      ['ack the latency one', 'ack CheckoutLatencyHigh'],
    ],
    asks: ['ack it', 'ack all four', 'ack one of them', 'ack the disk one'],
  },
  {
    inventory: 'k8s-mid',
    before: 'which jobs are completed?',
    refs: ['k8s:job/payments/reconcile-28901', 'k8s:job/prod/db-migrate-42'],
    same: [
      ['thanks, those can both be deleted', 'delete jobs reconcile-28901 and db-migrate-42'],
      ['They can all be deleted, thank you.', 'delete jobs reconcile-28901 and db-migrate-42'],
      ['delete the payments one', 'delete job reconcile-28901'],
      ['delete the one in prod', 'delete job db-migrate-42'],
    ],
    asks: ['delete it', 'they may not be deleted', 'I think those can be deleted', 'can they be deleted?'],
  },
  {
    inventory: 'k8s-mid',
    before: 'scale ledger to 3',
    refs: ['k8s:deployment/payments/ledger'],
    same: [
      ['actually put it back at 1', 'scale ledger to 1'],
      ['put it back to 1', 'scale ledger to 1'],
      ['make it 2 after all', 'scale ledger to 2'],
      ['wrong one, i meant fraud-check', 'scale fraud-check to 3'],
      ['not ledger, fraud-check!', 'scale fraud-check to 3'],
      [
        'same for payments-api, then restart both',
        'scale payments-api to 3, then restart ledger and payments-api',
      ],
      [
        'do the same with fraud-check and restart both afterwards',
        'scale fraud-check to 3, then restart ledger and fraud-check',
      ],
      ['put it on 0 replicas and afterwards again on 2', 'scale ledger to 0, then scale ledger to 2'],
      ['set it to 0 replicas, then to 2', 'scale ledger to 0, then scale ledger to 2'],
      ['restart it and list the pods in that ns', 'restart ledger and list the pods in payments'],
    ],
    asks: ['one more', 'half of that', 'what about fraud-check?', 'leave it', 'no need', 'none of them'],
  },
  {
    inventory: 'k8s-mid',
    before: 'restart web',
    refs: ['prod', 'staging', 'dev'].map((space) => `k8s:deployment/${space}/web`),
    same: [
      ['prod', 'restart web in prod'],
      ['the first', 'restart web in prod'],
      ['yes, the one in staging', 'restart web in staging'],
      ['prod and staging', 'restart web in prod and staging'],
      ['not prod, staging', 'restart web in staging'],
      ['all but prod', 'restart web in staging and dev'],
    ],
    asks: ['both', 'none of them', 'nope', 'payments'],
  },
  {
    inventory: 'k8s-mid',
    before: 'does worker-5 accept new pods?',
    refs: ['k8s:node/worker-5'],
    same: [
      ['Then let it take workloads again, please.', 'uncordon worker-5'],
      ['it can take pods again', 'uncordon worker-5'],
    ],
    asks: ["don't let it take workloads", 'let it be', 'when it is repaired let it take pods again'],
  },
  {
    inventory: 'aws-mid',
    before: 'list unattached volumes',
    refs: ['vol-1c03', 'vol-2d01', 'vol-2d02', 'vol-2d03', 'vol-2d04'].map((id) => `aws:volume/${id}`),
    same: [
      ['of those, delete the env=dev ones', 'delete ml-datasets, tmp-export, tmp-import and poc-disk'],
      ['delete the dev ones except poc-disk', 'delete ml-datasets, tmp-export and tmp-import'],
      ['delete the one in us-east-1', 'delete tmp-import'],
      ['attach the last one to jenkins', 'attach poc-disk to jenkins'],
      ['tag the prod one with keep=yes', 'tag old-mongo-backup with keep=yes'],
    ],
    asks: ['delete the env=qa ones', 'delete the bigger one', 'delete it', 'delete some of them'],
  },
  {
    inventory: 'aws-mid',
    before: 'is web-dev-1 running?',
    refs: ['aws:vm/i-0b3820bb'],
    same: [
      ['make that one a t3.medium', 'resize web-dev-1 to t3.medium'],
      ['make it a t3.large please', 'resize web-dev-1 to t3.large'],
      ['check its memory before stopping it', 'check the memory of web-dev-1 before stopping it'],
      ['check the memory, then stop it', 'check the memory of web-dev-1, then stop it'],
    ],
    asks: ['stop it if nobody uses it', 'stop it and its neighbour', 'make it bigger'],
  },
  {
    inventory: 'aws-mid',
    before: 'attach poc-disk to gitlab-runner-2',
    refs: ['aws:volume/vol-2d04'],
    same: [
      ['NO NOT THAT ONE, HOOK IT TO GITLAB-RUNNER-3 INSTEAD', 'attach poc-disk to gitlab-runner-3'],
      ['no, to gitlab-runner-3', 'attach poc-disk to gitlab-runner-3'],
      ['not that runner, gitlab-runner-3', 'attach poc-disk to gitlab-runner-3'],
    ],
    asks: ['no', 'wait'],
  },
  {
    inventory: 'openstack-small',
    before: 'how big is vol-backup?',
    refs: ['os:volume/vol-backup'],
    same: [
      ['ok then make that one 80 gigs instead of 50 please', 'resize vol-backup to 80 GB'],
      ['it can be deleted', 'delete vol-backup'],
    ],
    asks: ['it should probably be deleted', 'can it be deleted?', '80 gigs?'],
  },
  {
    inventory: 'openstack-small',
    before: 'list the recent actions',
    refs: ['act-41', 'act-40', 'act-39'].map((name) => `aiops:action/${name}`),
    same: [
      ['more details on the failed one please', 'show act-39'],
      ['approve the pending one', 'approve act-41'],
      ['undo the second one', 'undo act-40'],
    ],
    asks: ['approve it', 'approve the other one', 'cancel the running one'],
  },
  {
    inventory: 'openstack-small',
    before: 'reboot web-10',
    refs: ['os:vm/web-10'],
    same: [
      ['and, did that help? latency on it for the last 20 min', 'latency of web-10 for the last 20 min'],
      ['once more please', 'reboot web-10'],
      [
        'first stop it, after this give to it the ip 203.0.113.11',
        'stop web-10, then give it the ip 203.0.113.11',
      ],
    ],
    asks: [
      'and its volume as well',
      'web-99 hangs, restart it',
      'the load balancer is slow, restart it',
      'nobody should reboot it',
      "don't reboot it",
      'reboot it after lunch',
    ],
  },
  {
    inventory: 'aws-mid',
    before: 'which snapshots are older than 60 days',
    refs: ['aws:snapshot/snap-02', 'aws:snapshot/snap-03'],
    same: [
      ['delete the mongo one, keep the other', 'delete snapshot mongo-1-weekly-old'],
      ['both of these may be removed', 'delete snapshots mongo-1-weekly-old and jenkins-home-2026-08'],
      ['delete both snapshots', 'delete snapshots mongo-1-weekly-old and jenkins-home-2026-08'],
    ],
    asks: ['delete the three snapshots', 'delete all three', 'delete the users one', 'those could go'],
  },
  {
    inventory: 'aws-mid',
    before: 'show me web-prod-1 and web-prod-2',
    refs: ['aws:vm/i-0a35948f', 'aws:vm/i-0a5aa8de'],
    same: [
      ['the first one: stop, the second one: reboot', 'stop web-prod-1, then reboot web-prod-2'],
      ['reboot them, but leave the second one alone', 'reboot web-prod-1'],
      ['cpu of both', 'cpu of web-prod-1 and web-prod-2'],
      ['make both t3.xlarge', 'resize web-prod-1 and web-prod-2 to t3.xlarge'],
    ],
    asks: ['reboot the dev ones', 'delete any one of them', 'neither', 'reboot either'],
  },
  {
    inventory: 'k8s-mid',
    before: 'show act-11',
    refs: ['aiops:action/act-11'],
    same: [
      ['undo that one', 'undo act-11'],
      ['take that back', 'undo act-11'],
    ],
    asks: ["don't undo it", 'should i undo it?', 'do not call it off'],
  },
  {
    inventory: 'openstack-small',
    before: 'show me act-41',
    refs: ['aiops:action/act-41'],
    same: [['that was me half asleep, call it off', 'cancel act-41']],
    asks: ['do not call it off'],
  },
  {
    inventory: 'aws-mid',
    before: 'silence RedisMemory for 30 minutes',
    refs: ['aws:alert/RedisMemory'],
    same: [
      ['make it 90, this is gonna take a while', 'silence RedisMemory for 90 minutes'],
      ['make it 2 hours, this will be long', 'silence RedisMemory for 2 hours'],
    ],
    asks: ['make it 90 unless jenkins is down'],
  },
  {
    inventory: 'openstack-small',
    before: 'show me the cpu of db-1',
    refs: ['os:vm/db-1'],
    same: [
      ['and its disk?', 'disk of db-1'],
      ['what about its memory', 'memory of db-1'],
    ],
    asks: [],
  },
  {
    inventory: 'aws-mid',
    before: 'is users-staging stopped?',
    refs: ['aws:database/users-staging'],
    same: [
      ['I would need that it is running again', 'start users-staging'],
      ['and when will its disk be full?', 'when will the disk of users-staging be full?'],
    ],
    asks: ['i need to know that it is running again'],
  },
  {
    inventory: 'k8s-mid',
    before: 'whats up with worker-4',
    refs: ['k8s:node/worker-4', 'k8s:alert/NodeNotReady'],
    same: [
      [
        'cordon it, drain it, ack the alert. in that order',
        'cordon worker-4, drain worker-4, ack NodeNotReady. in that order',
      ],
    ],
    asks: ['delete it', 'silence it for 2h'],
  },
  {
    inventory: 'openstack-small',
    refs: ['os:vm/web-1', 'os:vm/web-10'],
    same: [
      ['reboot the selected ones', 'reboot web-1 and web-10'],
      ['reboot both selected servers', 'reboot web-1 and web-10'],
      ['stop the ones i selected', 'stop web-1 and web-10'],
    ],
    asks: [
      'delete the selected one',
      'reboot the selected volumes',
      "don't touch the selected ones",
      'delete it',
    ],
  },
  {
    inventory: 'k8s-mid',
    before: 'list the pods on worker-3',
    refs: ['k8s:node/worker-3'],
    same: [
      ['and on worker-5?', 'list the pods on worker-5'],
      ['same for worker-5', 'list the pods on worker-5'],
      ['how many are there?', 'how many pods are on worker-3'],
      ['which of them are not running', 'list the pods on worker-3 that are not running'],
    ],
    asks: ['and worker-9?', 'restart them on worker-9'],
  },
  {
    inventory: 'k8s-mid',
    before: 'scale web in prod to 5',
    refs: ['k8s:deployment/prod/web'],
    same: [
      ['no, 6 replicas', 'scale web in prod to 6'],
      ['rather 6 replicas', 'scale web in prod to 6'],
    ],
    asks: ['both please', 'two more'],
  },
  {
    inventory: 'k8s-mid',
    before: 'restart all pods on worker-3',
    refs: ['k8s:node/worker-3'],
    same: [['and on worker-5', 'restart all pods on worker-5']],
    asks: ['not on worker-5'],
  },
];

describe('a sentence behind another turn', () => {
  for (const talk of talks) {
    const { inventory, before = 'a selection' } = talk;
    for (const [text, plain] of talk.same)
      it(`${before} / ${text}`, () => {
        const wanted = stepsOf(read(plain, inventory));
        assert.ok(wanted.length > 0, plain);
        assert.deepEqual(stepsOf(read(text, inventory, talk)), wanted);
      });
    it(`${before}: asks where the words do not tell`, () => {
      for (const text of talk.asks) assert.notEqual(read(text, inventory, talk).kind, 'plan', text);
    });
  }
});
