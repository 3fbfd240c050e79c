// Weeks of a cluster's audit log with service accounts at their routine: by the clock, at night, with bursts when people
// deploy, with refusals that nobody cares about. None of it is told of; the same account is when somebody else has its
// token. Lines as an API server writes them go all the way.

import assert from 'node:assert/strict';
import type { Activity } from '../../daemon/executors/contract.ts';
import { activityOf } from '../../daemon/executors/kubernetes/audit/auditEvents.ts';
import { tellFrom } from '../../daemon/threat/confidence.ts';
import { feed, type LogState, learn, newLogState } from '../../daemon/threat/logModel.ts';
import { dayMs, hourMs, mondayMs, type Random, randomOf } from './traffic.ts';

const minuteMs = 60_000;
const days = 28;
const learnDays = 14;

interface Made {
  readonly atMs: number;
  readonly user: string;
  readonly verb: string;
  readonly ref: { readonly resource: string; readonly namespace?: string; readonly name?: string };
  readonly code?: number;
  readonly from?: string;
}

const account = (name: string) => `system:serviceaccount:${name}`;

/** Renews certificates: reads secrets every twenty minutes, writes a few a day. */
function* certificates(random: Random): Generator<Made> {
  const user = account('cert-manager:cert-manager');
  for (let atMs = mondayMs; atMs < mondayMs + days * dayMs; atMs += 20 * minuteMs) {
    for (let i = 0; i < 6; i++)
      yield {
        atMs: atMs + i * 500,
        user,
        verb: 'get',
        ref: { resource: 'secrets', namespace: 'shop', name: `tls-${i}` },
      };
    if (random() < 0.03)
      yield {
        atMs: atMs + 5_000,
        user,
        verb: 'update',
        ref: { resource: 'secrets', namespace: 'shop', name: 'tls-1' },
      };
  }
}

/** Runs jobs of people: pods come and go, on working days by the dozen, at night a few. */
function* runner(random: Random): Generator<Made> {
  const user = account('ci:runner');
  for (let hour = 0; hour < days * 24; hour++) {
    const isWork = Math.floor(hour / 24) % 7 < 5 && hour % 24 >= 8 && hour % 24 < 18;
    const jobs = Math.floor(random() * (isWork ? 14 : 3));
    for (let job = 0; job < jobs; job++) {
      const atMs = mondayMs + hour * hourMs + random() * 50 * minuteMs;
      const name = `job-${Math.floor(random() * 1e9)}`;
      yield { atMs, user, verb: 'get', ref: { resource: 'secrets', namespace: 'ci', name: 'registry' } };
      yield { atMs: atMs + 1_000, user, verb: 'create', ref: { resource: 'pods', namespace: 'ci', name } };
      yield {
        atMs: atMs + 4 * minuteMs,
        user,
        verb: 'delete',
        ref: { resource: 'pods', namespace: 'ci', name },
      };
    }
    if (random() < 0.1)
      yield {
        atMs: mondayMs + hour * hourMs,
        user,
        verb: 'get',
        ref: { resource: 'nodes', name: 'n1' },
        code: 403,
      };
  }
}

/** Puts what people merge into the cluster; now and then all of an application. */
function* delivery(random: Random): Generator<Made> {
  const user = account('argocd:controller');
  for (let day = 0; day < days; day++) {
    const merges = day % 7 < 5 ? 3 + Math.floor(random() * 8) : Math.floor(random() * 2);
    for (let i = 0; i < merges; i++) {
      const atMs = mondayMs + day * dayMs + (8 + random() * 10) * hourMs;
      const parts = random() < 0.1 ? 20 : 1 + Math.floor(random() * 4);
      for (let part = 0; part < parts; part++)
        yield {
          atMs: atMs + part * 2_000,
          user,
          verb: 'patch',
          ref: { resource: 'deployments', namespace: 'shop', name: `d-${part}` },
        };
      if (random() < 0.15)
        yield {
          atMs: atMs + minuteMs,
          user,
          verb: 'delete',
          ref: { resource: 'configmaps', namespace: 'shop', name: `old-${day}` },
        };
    }
  }
}

function* people(random: Random): Generator<Made> {
  for (const user of ['ann', 'ben', 'cem'])
    for (let day = 0; day < days; day++) {
      if (day % 7 > 4 || random() < 0.1) continue;
      for (let i = 0; i < 20; i++) {
        const atMs = mondayMs + day * dayMs + (8 + random() * 9) * hourMs;
        const verb = random() < 0.8 ? 'get' : random() < 0.8 ? 'patch' : 'delete';
        yield {
          atMs,
          user,
          verb,
          ref: { resource: 'pods', namespace: 'shop', name: `web-${Math.floor(random() * 30)}` },
        };
      }
    }
}

/** Through the line of the log, as the server would have written it. */
function asActivities(made: readonly Made[]): readonly Activity[] {
  const place = { connection: 'k8s', cluster: 'k8s' };
  return [...made]
    .sort((a, b) => a.atMs - b.atMs)
    .flatMap(({ atMs, user, verb, ref, code = 200, from = '10.0.0.5' }, i) => {
      const line = JSON.stringify({
        auditID: `a-${i}`,
        stage: 'ResponseComplete',
        verb,
        user: { username: user },
        sourceIPs: [from],
        objectRef: ref,
        responseStatus: { code },
        stageTimestamp: new Date(atMs).toISOString(),
      });
      const activity = activityOf(JSON.parse(line), place);
      return activity ? [activity] : [];
    });
}

/** Who was told of in a stretch after the weeks of learning, and how strongly at most. */
function told(state: LogState, activities: readonly Activity[]): ReadonlyMap<string, number> {
  const strongest = new Map<string, number>();
  for (const activity of activities) {
    const { window, strength } = feed(state, activity, (over) => learn(state, over));
    if (activity.atMs >= mondayMs + learnDays * dayMs && strength >= tellFrom)
      strongest.set(window.principal, Math.max(strength, strongest.get(window.principal) ?? 0));
  }
  return strongest;
}

function routineOf(seed: number): readonly Activity[] {
  const random = randomOf(seed);
  return asActivities([certificates, runner, delivery, people].flatMap((each) => [...each(random)]));
}

describe('service accounts in the audit log of a cluster', function () {
  this.timeout(60_000);

  it('are not told of at their routine', () => {
    for (const seed of [1, 2]) {
      const names = [...told(newLogState(), routineOf(seed)).keys()];
      assert.deepEqual(
        names.filter((name) => name.startsWith('system:')),
        [],
        `seed ${seed}`,
      );
    }
  });

  it('are told of when somebody else uses their token', () => {
    const state = newLogState();
    told(state, routineOf(4));
    const atMs = mondayMs + days * dayMs + 3 * hourMs;
    const user = account('cert-manager:cert-manager');
    const stolen: Made[] = ['default', 'kube-system', 'prod', 'bank', 'pay'].flatMap((namespace, i) => {
      const base = { user, from: '203.0.113.9' };
      const ref = { resource: 'secrets', namespace };
      return [
        { ...base, atMs: atMs + i * 9_000, verb: 'list', ref, code: 403 },
        { ...base, atMs: atMs + i * 9_000 + 1_000, verb: 'get', ref: { ...ref, name: 'db' }, code: 403 },
        {
          ...base,
          atMs: atMs + i * 9_000 + 2_000,
          verb: 'create',
          ref: { resource: 'pods', namespace },
          code: 403,
        },
      ];
    });
    assert.deepEqual([...told(state, asActivities(stolen)).keys()], [user]);
  });
});
