// Questions answered from a real graph and audit trail, with a connection that has figures and logs for some things
// and none for others: what cannot be read is said, never counted as zero.

import assert from 'node:assert/strict';
import { createAnswers } from '../../daemon/answers/answers.ts';
import type { AuditTrail } from '../../daemon/audit/contract.ts';
import type { Connections } from '../../daemon/discovery/contract.ts';
import type { Executor } from '../../daemon/executors/contract.ts';
import { createGraph } from '../../daemon/graph/graph.ts';
import type { Answer } from '../../shared/model/answer.ts';
import type { AuditRecord } from '../../shared/model/audit.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import type { StepDraft } from '../../shared/model/reading.ts';
import type { Relation, Resource } from '../../shared/model/resource.ts';
import { removeTempFolders } from '../fakes/tempFolder.ts';
import { openWatch } from '../fakes/watch.ts';

const nowMs = Date.parse('2026-11-20T10:00:00Z');

function thing(kind: Resource['kind'], name: string, more: Partial<Resource> = {}): Resource {
  return {
    id: `lab:${kind}/${name}`,
    connection: 'lab',
    provider: 'sandbox',
    kind,
    name,
    status: 'running',
    health: 'ok',
    tags: {},
    attributes: {},
    ...more,
  };
}

const resources = [
  thing('vm', 'web-10', { attributes: { flavor: 'S.4' } }),
  thing('vm', 'web-2', { status: 'error', health: 'error' }),
  thing('vm', 'dark'),
  thing('volume', 'data', { status: 'in-use', attributes: { size_gb: 100, attached_to: 'lab:vm/web-10' } }),
];
const relations: Relation[] = [{ from: 'lab:volume/data', type: 'ATTACHED_TO', to: 'lab:vm/web-10' }];

const record = {
  seq: 7,
  at: '2026-11-20T09:00:00Z',
  previous: '',
  hash: '',
  event: 'step.after',
  operation: 'reboot.vm',
  target: 'lab:vm/web-10',
  outcome: 'done',
  actor: { user: 'carol', client: 'terminal', how: 'terminal' },
} as AuditRecord;

function answersOver(asked: unknown[] = []) {
  const graph = createGraph({ now: () => nowMs });
  for (const kind of ['vm', 'volume'] as const) {
    const mine = resources.filter((one) => one.kind === kind);
    graph.apply(
      'lab',
      { name: kind, kinds: [kind] },
      {
        mode: 'full',
        resources: mine,
        removed: [],
        relations: relations.filter((edge) => edge.from.includes(kind)),
      },
    );
  }
  const executor = {
    readers: {
      metrics: async ({ resource }: { resource: Resource }) =>
        resource.name === 'dark'
          ? { unit: '%', points: [] }
          : {
              unit: '%',
              points: [
                [nowMs - 60_000, 20],
                [nowMs, resource.name === 'web-2' ? 91 : 40],
              ],
            },
      logs: async (request: unknown) => {
        asked.push(request);
        return { text: 'one\ntwo\n', truncated: false };
      },
    },
  } as unknown as Executor;
  const connections = {
    list: () => [{ id: 'lab', name: 'lab', simulated: true, readAt: '2026-11-20T09:59:30Z' }],
    get: () => ({ environment: 'staging' }),
    executor: () => executor,
  } as unknown as Connections;
  const audit = {
    head: { seq: 7, hash: '' },
    list: (where: { target?: string; actor?: string }) =>
      (where.target ?? record.target) === record.target && (where.actor ?? 'carol') === 'carol'
        ? [record]
        : [],
  } as unknown as AuditTrail;
  return createAnswers({
    graph,
    connections,
    audit,
    plans: { list: () => [], get: () => undefined },
    watch: openWatch({ graph, now: () => nowMs }).watch,
    now: () => nowMs,
  });
}

async function ask(
  operation: string,
  ids?: readonly string[],
  args: StepDraft['args'] = {},
  filter?: Record<string, string>,
  evidence: StepDraft['evidence'] = [],
): Promise<Answer> {
  const step: StepDraft = {
    operation,
    args,
    after: [],
    evidence,
    ...(ids ? { target: { kind: 'resources', ids, filter } } : {}),
  };
  return answersOver().answer(
    { kind: 'query', text: '', source: 'embedded', confidence: 1, steps: [step] },
    new AbortController().signal,
  );
}

async function problemOf(asking: Promise<Answer>): Promise<string> {
  const error = await asking.then(
    () => assert.fail('it should have failed'),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof ProblemError && error.problem.fix);
  return error.problem.code;
}

describe('answers', () => {
  afterEach(removeTempFolders);

  it('lists all of a kind, in the order a person counts', async () => {
    const answer = await ask('list.vm');
    assert.equal(answer.summary, '3 VMs.');
    assert.ok(answer.blocks[0]?.kind === 'table');
    assert.deepEqual(
      answer.blocks[0].rows.map((row) => row.cells.name),
      ['dark', 'web-2', 'web-10'],
    );
    assert.match(answer.source, /lab \(simulated\), read 30 s ago/);
  });

  it('counts, and says when nothing matches', async () => {
    assert.equal((await ask('list.vm', undefined, { agg: 'count' })).summary, '3 VMs.');
    assert.equal((await ask('list.vm', [], {}, { status: 'paused' })).summary, 'No VMs match.');
  });

  it('says with its words which set nothing is in', async () => {
    const words = [
      { part: 'verb', start: 0, end: 4, text: 'list' },
      { part: 'target', start: 5, end: 11, text: 'paused' },
      { part: 'target', start: 12, end: 15, text: 'VMs' },
    ];
    assert.equal((await ask('list.vm', [], {}, {}, words)).summary, 'No VMs match “paused VMs”.');
    assert.equal((await ask('list.vm', [], {}, {}, words.slice(2))).summary, 'No VMs match.');
  });

  it('shows details with what it is joined to', async () => {
    const answer = await ask('show.volume', ['lab:volume/data']);
    assert.match(answer.summary, /^data is in-use/);
    assert.ok(answer.blocks[1]?.kind === 'table' && answer.blocks[1].rows[0]?.id === 'lab:vm/web-10');
  });

  it('gives a current figure with its course', async () => {
    const answer = await ask('metrics.vm', ['lab:vm/web-10'], { metric: 'cpu' });
    assert.match(answer.summary, /^cpu of web-10 is 40 % now; mean 30 %, highest 40 %/);
    assert.ok(answer.blocks[0]?.kind === 'series' && answer.blocks[0].points.length === 2);
  });

  it('gives the top of many, and names how many have no figure', async () => {
    const answer = await ask('metrics.vm', undefined, { metric: 'cpu', top: 1 });
    assert.match(answer.summary, /web-2 is highest with 91 %. No figure for 1 of 3/);
    assert.deepEqual(answer.refs, ['lab:vm/web-2']);
  });

  it('says that there is no figure rather than zero', async () => {
    assert.equal(await problemOf(ask('metrics.vm', ['lab:vm/dark'], { metric: 'cpu' })), 'unsupported');
  });

  it('reads logs with the lines and the time that were asked for', async () => {
    const asked: { lines?: number; sinceMs?: number }[] = [];
    const step: StepDraft = {
      operation: 'logs.vm',
      args: { lines: 5, window_s: 60 },
      after: [],
      evidence: [],
      target: { kind: 'resources', ids: ['lab:vm/web-10'] },
    };
    const answer = await answersOver(asked).answer(
      { kind: 'query', text: '', source: 'embedded', confidence: 1, steps: [step] },
      new AbortController().signal,
    );
    assert.match(answer.summary, /last 2 lines/);
    assert.equal(asked[0]?.lines, 5);
    assert.equal(asked[0]?.sinceMs, nowMs - 60_000);
  });

  it('says what hangs on a thing', async () => {
    const answer = await ask('topology.show', ['lab:vm/web-10']);
    assert.match(answer.summary, /hangs? on web-10/);
    assert.deepEqual(answer.blocks[0]?.kind === 'table' && answer.blocks[0].rows.map((row) => row.id), [
      'lab:volume/data',
    ]);
  });

  it('answers from the audit trail', async () => {
    assert.match((await ask('audit.list', undefined, { actor: 'carol' })).summary, /1 record/);
    assert.match((await ask('audit.list', undefined, { actor: 'dave' })).summary, /no such record/);
  });

  it('explains with evidence: what is unwell near it and what was changed', async () => {
    const answer = await ask('explain.vm', ['lab:vm/web-10']);
    assert.match(answer.summary, /1 recent change/);
    assert.match(JSON.stringify(answer.blocks), /reboot.vm by carol/);
  });

  it('refuses honestly what nothing here watches, what is gone, and what nobody can answer', async () => {
    assert.equal(await problemOf(ask('list.alert')), 'unsupported');
    assert.match((await ask('list.anomaly')).summary, /No anomalies.*Nothing is watched/);
    assert.equal(await problemOf(ask('forecast.vm', ['lab:vm/web-10'])), 'unsupported');
    assert.equal(await problemOf(ask('show.vm', ['lab:vm/gone'])), 'not-found');
  });
});
