// Questions about what will fail, from the sentence to the answer: which readings they are, and what is said of what is
// foreseen, of what has failed already, and where nothing speaks for a failure.

import assert from 'node:assert/strict';
import { createAnswers } from '../../daemon/answers/answers.ts';
import type { AuditTrail } from '../../daemon/audit/contract.ts';
import { catalogue } from '../../daemon/catalogue/catalogue.ts';
import type { Connections } from '../../daemon/discovery/contract.ts';
import { createGraph } from '../../daemon/graph/graph.ts';
import { createInterpreter } from '../../daemon/interpreter/interpreter.ts';
import type { Answer } from '../../shared/model/answer.ts';
import { isAboutFailing } from '../../shared/model/failureWords.ts';
import { fakePod, hourMs, openEstate } from '../failure/estate.ts';
import { fakeVm } from '../fakes/resources.ts';
import { removeTempFolders, tempFolder } from '../fakes/tempFolder.ts';
import { normalOf } from '../monitor/synthetic.ts';

describe('the words of failures to come', () => {
  const yes = [
    'what is likely to fail?',
    'will web-1 fail',
    'which pods will fail this week',
    'which nodes are about to crash',
    'is db-1 going to go down?',
    'predict failures',
  ];
  const no = [
    'what failed',
    'failed vms',
    'what would break if web-1 fails',
    'what will break if I delete web-1',
    'will db-1 run out of disk this week',
    'forecast disk of db-1',
    'list vms',
  ];
  for (const text of yes) it(`has ${text}`, () => assert.equal(isAboutFailing(text), true));
  for (const text of no) it(`has not ${text}`, () => assert.equal(isAboutFailing(text), false));
});

describe('answers about failures to come', () => {
  afterEach(removeTempFolders);

  async function house() {
    const estate = openEstate(tempFolder());
    const startMs = estate.now();
    const normal = normalOf(3);
    const vms = [fakeVm('db-1'), fakeVm('web-1'), fakeVm('sick', { status: 'error', health: 'error' })];
    const pods = [fakePod('leaky'), fakePod('calm')];
    for (const one of [...vms, ...pods]) estate.put(one);
    estate.measure(
      'lab:vm/db-1',
      'disk',
      (atMs) => 45 + (3 * (atMs - startMs)) / hourMs + 0.05 * normal(),
      '/var',
    );
    estate.measure(
      'lab:pod/leaky',
      'memory',
      (atMs) => 30 + (4 * (atMs - startMs)) / hourMs + 0.3 * normal(),
    );
    await estate.pass(13 * hourMs);
    const graph = createGraph({ now: estate.now });
    for (const [kind, resources] of [
      ['vm', vms],
      ['pod', pods],
    ] as const)
      graph.apply(
        'lab',
        { name: kind, kinds: [kind] },
        { mode: 'full', resources, removed: [], relations: [] },
      );
    const interpreter = createInterpreter(catalogue);
    interpreter.index.apply({ upserts: [...graph.all()], removes: [] });
    const answers = createAnswers({
      graph,
      connections: {
        list: () => [],
        get: () => undefined,
        executor: () => undefined,
      } as unknown as Connections,
      audit: {} as AuditTrail,
      plans: { list: () => [], get: () => undefined },
      watch: { ...estate.watch, status: () => ({ sources: [] }) } as never,
      failures: estate.foreseeing,
      now: estate.now,
    });
    const ask = (text: string): Promise<Answer> => {
      const reading = interpreter.read({ text, nowMs: estate.now() });
      assert.equal(reading.kind, 'query', `${text}: ${JSON.stringify(reading)}`);
      return answers.answer(reading as never, new AbortController().signal);
    };
    return { ask, close: estate.close };
  }

  it('name what is likely to fail with figures, why, how good such words were, and a chart', async () => {
    const { ask, close } = await house();
    const answer = await ask('what is likely to fail?');
    assert.deepEqual([...answer.refs].sort(), ['lab:pod/leaky', 'lab:vm/db-1']);
    assert.match(answer.summary, /will be full.*\(\d+ % within \d+ h\).*1 more may fail, too\.$/);
    const [table, chart, failed] = answer.blocks;
    assert.ok(table?.kind === 'table' && table.rows.length === 2);
    assert.match(String(table.rows[0]?.cells.why), /grows by/);
    assert.match(String(table.rows[0]?.cells.record), /has come due here yet/);
    assert.ok(chart?.kind === 'series' && chart.points.length > 50);
    assert.ok(failed?.kind === 'text');
    assert.equal(failed.text, 'Failed already: sick.');
    assert.match(answer.source, /of 5 resources, by rules, no model is better yet/);
    await close();
  });

  it('keep to what was asked for', async () => {
    const { ask, close } = await house();
    assert.deepEqual((await ask('which pods will fail this week')).refs, ['lab:pod/leaky']);
    assert.deepEqual((await ask('which vms are likely to fail in the next 24 hours')).refs, ['lab:vm/db-1']);
    assert.deepEqual((await ask('which disks will fail this week?')).refs, ['lab:vm/db-1']);
    assert.deepEqual((await ask('will db-1 fail')).refs, ['lab:vm/db-1']);
    await close();
  });

  it('say that nothing speaks for it, which is no promise', async () => {
    const { ask, close } = await house();
    const well = await ask('will web-1 fail this week?');
    assert.match(well.summary, /^web-1 is not foreseen to fail: .* That is no promise\.$/);
    assert.deepEqual(well.refs, []);
    assert.match((await ask('which databases will fail?')).summary, /nothing of that kind/);
    await close();
  });
});
