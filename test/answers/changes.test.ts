// "What changed in prod since noon" over several clouds: compared with what each showed then, linked where the thing is
// still there, and said where the history begins later.

import assert from 'node:assert/strict';
import { createAnswers } from '../../daemon/answers/answers.ts';
import type { AuditTrail } from '../../daemon/audit/contract.ts';
import { limits } from '../../daemon/config.ts';
import type { Connections } from '../../daemon/discovery/contract.ts';
import { createGraph } from '../../daemon/graph/graph.ts';
import type { StepDraft } from '../../shared/model/reading.ts';
import type { Resource } from '../../shared/model/resource.ts';
import { openWatch } from '../fakes/watch.ts';

const nowMs = Date.parse('2026-11-20T15:00:00Z');
const noonMs = Date.parse('2026-11-20T12:00:00Z');

function vm(connection: string, name: string, status = 'running'): Resource {
  const id = `${connection}:vm/${name}`;
  const fixed = { provider: 'sandbox', kind: 'vm', health: 'ok', tags: {}, attributes: {} } as const;
  return { ...fixed, id, connection, name, status };
}

/** What each place had at noon and has now. */
const then: Readonly<Record<string, readonly Resource[]>> = {
  'aws-shop': [vm('aws-shop', 'web'), vm('aws-shop', 'old')],
  'k8s-shop': [],
  'vs-lab': [vm('vs-lab', 'db')],
};
const now: Readonly<Record<string, readonly Resource[]>> = {
  'aws-shop': [vm('aws-shop', 'web', 'stopped')],
  'k8s-shop': [vm('k8s-shop', 'new')],
  'vs-lab': [vm('vs-lab', 'db', 'stopped')],
};
const environments: Readonly<Record<string, string>> = {
  'aws-shop': 'prod',
  'k8s-shop': 'prod',
  'vs-lab': 'dev',
};

function ask(text: string, args: StepDraft['args'] = { from: '2026-11-20T12:00:00Z' }, knownMs = 0) {
  const graph = createGraph({ now: () => nowMs });
  for (const [id, resources] of Object.entries(now)) {
    const batch = { mode: 'full', resources, removed: [], relations: [] } as const;
    graph.apply(id, { name: 'vm', kinds: ['vm'] }, batch);
  }
  const asked: number[] = [];
  const connections = Object.keys(now).map((id) => ({ id, name: id, environment: environments[id] }));
  const answers = createAnswers({
    graph,
    history: {
      resourcesAt: (id, atMs) => {
        asked.push(atMs);
        return then[id] ?? [];
      },
      knownSince: () => knownMs,
    },
    connections: { list: () => connections, get: () => undefined } as unknown as Connections,
    audit: { head: { seq: 0, hash: '' }, list: () => [] } as unknown as AuditTrail,
    plans: { list: () => [], get: () => undefined },
    watch: openWatch({ graph, now: () => nowMs }).watch,
    now: () => nowMs,
  });
  const steps: readonly StepDraft[] = [{ operation: 'audit.list', args, after: [], evidence: [] }];
  const reading = { kind: 'query', text, source: 'embedded', confidence: 1, steps } as const;
  return answers.answer(reading, new AbortController().signal).then((answer) => ({ answer, asked }));
}

function rowsOf(answer: Awaited<ReturnType<typeof ask>>['answer']) {
  const table = answer.blocks.find((block) => block.kind === 'table');
  assert.ok(table?.kind === 'table');
  return table.rows.map(({ id, cells }) => [id, cells.name, cells.change, cells.what]);
}

describe('what changed', () => {
  it('is told over all clouds of an environment, with links to what is there', async () => {
    const { answer, asked } = await ask('what changed in prod since noon');
    assert.equal(answer.summary, '1 changed, 1 appeared, 1 vanished in prod since 2026-11-20 12:00 UTC.');
    assert.deepEqual(rowsOf(answer), [
      [undefined, 'old', 'vanished', ''],
      ['aws-shop:vm/web', 'web', 'changed', 'status: running → stopped'],
      ['k8s-shop:vm/new', 'new', 'appeared', ''],
    ]);
    assert.deepEqual(answer.refs, ['aws-shop:vm/web', 'k8s-shop:vm/new']);
    assert.deepEqual(asked, [noonMs, noonMs]);
  });

  it('is told of one connection by its name, and of all where none is named', async () => {
    assert.equal(rowsOf((await ask('what changed in vs-lab since noon')).answer).length, 1);
    assert.equal(rowsOf((await ask('what changed since noon')).answer).length, 4);
  });

  it('says where a history begins later, and does not take the first read for news', async () => {
    const { answer, asked } = await ask('what changed in dev since noon', undefined, noonMs + 3_600_000);
    assert.deepEqual(asked, [noonMs + 3_600_000 + limits.graphFirstReadMs]);
    assert.match(JSON.stringify(answer.blocks), /Not known before: vs-lab since 2026-11-20 13:00 UTC/);
  });

  it('says that no connection is of an environment', async () => {
    const { answer } = await ask('what changed in staging since noon');
    assert.match(answer.summary, /No connection is labelled staging/);
  });

  it('leaves questions about people to the audit trail', async () => {
    for (const text of ['who changed what since noon', 'what did I change since noon'])
      assert.match((await ask(text)).answer.summary, /audit trail/, text);
    assert.match(
      (await ask('what changed', {})).answer.summary,
      /audit trail/,
      'no time, nothing to compare',
    );
  });
});
