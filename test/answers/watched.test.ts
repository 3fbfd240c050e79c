// Questions over what was watched: figures from the store with their charts, comparisons, forecasts, anomalies and
// causes, each with links and the question behind it.

import assert from 'node:assert/strict';
import { createAnswers } from '../../daemon/answers/answers.ts';
import type { AuditTrail } from '../../daemon/audit/contract.ts';
import type { Connections } from '../../daemon/discovery/contract.ts';
import type { Answer } from '../../shared/model/answer.ts';
import type { StepDraft } from '../../shared/model/reading.ts';
import { fakeConnection } from '../fakes/resources.ts';
import { removeTempFolders } from '../fakes/tempFolder.ts';
import { minuteMs, watchHouse } from '../watch/scriptedSource.ts';

describe('answers over the watch', () => {
  afterEach(removeTempFolders);

  function open(options: Parameters<typeof watchHouse>[0] = {}) {
    const house = watchHouse(options);
    const { watch, close } = house.start();
    const answers = createAnswers({
      graph: house.graph,
      connections: {
        list: () => [fakeConnection('lab', { state: 'connected' })],
        get: () => fakeConnection('lab', { environment: 'staging' }),
        executor: () => undefined,
      } as unknown as Connections,
      audit: { head: { seq: 0, hash: '' }, list: () => [] } as unknown as AuditTrail,
      plans: { list: () => [], get: () => undefined },
      watch,
      now: house.clock.now,
    });
    const ask = (
      operation: string,
      ids: readonly string[] | undefined,
      args: StepDraft['args'] = {},
      evidence: StepDraft['evidence'] = [],
    ): Promise<Answer> => {
      const step: StepDraft = {
        operation,
        args,
        after: [],
        evidence,
        ...(ids && { target: { kind: 'resources', ids } }),
      };
      return answers.answer(
        { kind: 'query', text: '', source: 'embedded', confidence: 1, steps: [step] },
        new AbortController().signal,
      );
    };
    const burn = async (): Promise<void> => {
      await house.clock.advance(60 * minuteMs);
      house.script.value = (resource, metric, atMs) =>
        metric === 'cpu' && resource.name === 'web-1' ? 97 : house.normalValue(resource, metric, atMs);
      await house.clock.advance(5 * minuteMs);
    };
    return { ...house, watch, ask, burn, close };
  }

  it('give the stored figure with a chart, who measured it, and the question', async () => {
    const { ask, clock, idOf, close } = open();
    await clock.advance(70 * minuteMs);
    const answer = await ask('metrics.vm', [idOf('web-1')], { metric: 'memory', window_s: 3_600 });
    assert.match(answer.summary, /^memory of web-1 is (39|4\d)(\.\d)? % now/);
    assert.match(answer.source, /lab\/script, stored on this machine; newest \d+ s ago/);
    const [chart] = answer.blocks;
    assert.ok(chart?.kind === 'series' && chart.points.length >= 200);
    assert.equal(chart.series, `${idOf('web-1')}#memory`);
    assert.match(chart.query ?? '', /#memory from 2026.* to 2026.*, each sample/);
    await close();
  });

  it('compare two, and put values together as asked', async () => {
    const { ask, burn, idOf, close } = open({ names: ['web-1', 'web-2'] });
    await burn();
    const both = await ask('metrics.vm', [idOf('web-1'), idOf('web-2')], { metric: 'cpu' });
    assert.match(
      both.summary,
      /^cpu: web-1 97 %, web-2 [12]\d(\.\d)? %; web-1 is higher by [678]\d(\.\d)? %\.$/,
    );
    const most = await ask('metrics.vm', [idOf('web-2')], { metric: 'cpu', agg: 'max' });
    assert.match(most.summary, /at most over the time shown/);
    await close();
  });

  it('list, count and explain anomalies, with what left its course and when', async () => {
    const { ask, burn, idOf, close } = open();
    assert.match((await ask('list.anomaly', undefined)).summary, /No anomalies.*source/);
    await burn();
    const list = await ask('list.anomaly', undefined, { limit: 3, window_s: 7_200 });
    assert.match(
      list.summary,
      /^1 anomaly in the last 120 min, 1 still going on\. Newest: cpu of web-1 is 97 %/,
    );
    assert.deepEqual(list.refs, ['lab:anomaly/an-1']);
    assert.equal((await ask('list.anomaly', undefined, { agg: 'count' })).summary, '1 anomaly.');
    const word = [{ part: 'target', start: 4, end: 11, text: 'threats' }];
    assert.match((await ask('list.anomaly', [], {}, word)).summary, /^No threats\./);
    assert.match((await ask('list.anomaly', [])).summary, /^No anomalies\./);
    const cause = await ask('explain.anomaly', ['lab:anomaly/an-1']);
    assert.match(cause.summary, /^an-1 \(critical, open\)/);
    const chart = cause.blocks.find((block) => block.kind === 'series');
    assert.ok(chart?.kind === 'series' && chart.bands?.[0]?.title.startsWith('an-1'));
    const why = await ask('explain.vm', [idOf('web-1')]);
    assert.match(why.summary, /The watch found an-1 on it/);
    assert.ok(why.refs.includes('lab:anomaly/an-1'));
    await close();
  });

  it('tell what speaks for a threat line by line, without a link to who is no resource', async () => {
    const { ask, watch, clock, close } = open();
    const reasons = ['bob hardly ever acts at this hour.', 'Evidence: audit record 7.'];
    watch.report('threat', [
      {
        kind: 'threat',
        resource: 'pilothouse:principal/bob',
        severity: 'critical',
        confidence: 0.9,
        title: 'bob destroyed 31 things (audit trail)',
        reasons,
        startedMs: clock.now(),
      },
    ]);
    const { blocks } = await ask('explain.anomaly', ['pilothouse:anomaly/an-1']);
    assert.ok(blocks.some((block) => block.kind === 'text' && block.text === reasons.join('\n')));
    const table = blocks.find((block) => block.kind === 'table');
    assert.ok(table?.kind === 'table' && table.rows[0]?.id === undefined);
    assert.equal(table.rows[0]?.cells.name, 'bob');
    await close();
  });

  it('foresee with intervals, and say when too little is known', async () => {
    const { ask, clock, script, idOf, close } = open({ metrics: ['disk'] });
    const begunMs = clock.now();
    script.value = (_resource, _metric, atMs) => 50 + ((atMs - begunMs) / minuteMs) * 0.2;
    await clock.advance(3 * minuteMs);
    await assert.rejects(ask('forecast.vm', [idOf('web-1')], { metric: 'disk' }), /too little is known/);
    await clock.advance(177 * minuteMs);
    const answer = await ask('forecast.vm', [idOf('web-1')], { metric: 'disk', horizon_s: 2 * 3_600 });
    assert.match(answer.summary, /will be full in about (6|7|8)\d min \(in 8 of 10 outcomes/);
    const chart = answer.blocks.find((block) => block.kind === 'series');
    assert.ok(chart?.kind === 'series' && chart.forecast!.length > 10 && chart.points.length > 10);
    await assert.rejects(ask('forecast.vm', [idOf('web-1')], { metric: 'latency' }), /not measured here yet/);
    await close();
  });
});
