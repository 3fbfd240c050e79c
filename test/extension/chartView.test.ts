// What the chart panel shows: the series it asks for, the stretch of time, what is foreseen, what it says where nothing
// is stored; the text of its CSV; and which messages of its page are taken.

import assert from 'node:assert/strict';
import { csvOf } from '../../extension/chart/csv.ts';
import { troublesOf } from '../../extension/chart/troubles.ts';
import { createChartView } from '../../extension/chart/view.ts';
import type { MetricSourceStatus } from '../../shared/model/metricSettings.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import type { SeriesForecast, SeriesInfo, SeriesRange } from '../../shared/model/series.ts';
import { chartSeriesMax, type PanelSeries, parseFromChart } from '../../shared/panel/chart.ts';
import { sampleConnection } from './samples.ts';

const hourMs = 3_600_000;
const nowMs = 1_000 * hourMs;

const info = (id: string): SeriesInfo => ({
  id,
  resource: id.split('#')[0]!,
  metric: 'cpu',
  unit: '%',
  source: 'lab/agent',
  lastMs: nowMs,
  lastValue: 5,
  stepMs: 60_000,
});
const range = (id: string): SeriesRange => ({
  series: info(id),
  widthMs: 0,
  gapMs: 180_000,
  times: [nowMs - 60_000, nowMs],
  means: [4, 5],
  mins: [4, 5],
  maxs: [4, 5],
});
const forecast = (id: string): SeriesForecast => ({
  series: info(id),
  times: [nowMs + hourMs],
  means: [6],
  low80: [5],
  high80: [7],
  low95: [4],
  high95: [8],
  methods: [],
  historyMs: hourMs,
  sentence: 'It stays.',
});

type Answers = Readonly<Record<string, (params: never) => unknown>>;

/** A daemon that knows some series, and remembers what it was asked. */
function fakeDaemon(ids: readonly string[], more: Answers = {}) {
  const asked: (readonly [string, Record<string, unknown>])[] = [];
  const answers: Answers = {
    'series/list': ({ resource }: { resource?: string }) => {
      const series = ids.filter((id) => resource === undefined || id.startsWith(`${resource}#`)).map(info);
      return { series, total: series.length };
    },
    'series/range': ({ series }: { series: string[] }) => ({ ranges: series.map(range), marks: [] }),
    'series/forecast': ({ series }: { series: string }) => forecast(series),
    'watch/status': () => ({ sources: [] }),
    ...more,
  };
  const request = async (method: string, params: Record<string, unknown>) => {
    asked.push([method, params]);
    return answers[method]!(params as never);
  };
  const last = (method: string) => asked.findLast(([name]) => name === method)?.[1];
  return {
    asked,
    last,
    count: (method: string) => asked.filter(([name]) => name === method).length,
    request: request as never,
  };
}
const lab = sampleConnection({ id: 'lab', name: 'lab', provider: 'openstack' });
const viewOf = (daemon: ReturnType<typeof fakeDaemon>) =>
  createChartView(daemon, { nameOf: (id) => id.split('/').at(-1)!, connections: () => [lab] }, () => nowMs);

describe('the chart view', () => {
  it('shows all series of a resource over the last hours, with what happened', async () => {
    const daemon = fakeDaemon(['lab:vm/a#cpu', 'lab:vm/a#disk#/var', 'lab:vm/b#cpu']);
    const chart = await viewOf(daemon).show({ resources: ['lab:vm/a'] });
    assert.deepEqual(
      chart.series.map(({ range: { series } }) => series.id),
      ['lab:vm/a#cpu', 'lab:vm/a#disk#/var'],
    );
    assert.deepEqual([chart.title, chart.hours, chart.toMs - chart.fromMs], ['a', 6, 6 * hourMs]);
    assert.equal(daemon.last('series/range')!.marks, true);
  });

  it('looks closer and goes back, one step at a time', async () => {
    const daemon = fakeDaemon(['lab:vm/a#cpu']);
    const view = viewOf(daemon);
    await view.show({ resources: ['lab:vm/a'] });
    await view.setHours(24);
    assert.ok(view.isLive);
    const closer = await view.zoom(nowMs - 2 * hourMs, nowMs - hourMs);
    assert.deepEqual(
      [closer.fromMs, closer.toMs, closer.hours],
      [nowMs - 2 * hourMs, nowMs - hourMs, undefined],
    );
    assert.deepEqual(daemon.last('series/range')!.fromMs, nowMs - 2 * hourMs, 'it is read anew, finer');
    assert.equal(view.isLive, false, 'a stretch of the past stays');
    assert.equal((await view.back()).hours, 24);
    const first = await view.back();
    assert.deepEqual([first.hours, first.canGoBack], [6, false]);
  });

  it('does not look closer than a minute', async () => {
    const view = viewOf(fakeDaemon(['lab:vm/a#cpu']));
    const chart = await view.zoom(nowMs - 1_001, nowMs - 1_000);
    assert.ok(chart.toMs - chart.fromMs >= 60_000);
    assert.ok(Number.isInteger(chart.fromMs) && Number.isInteger(chart.toMs));
  });

  it('foresees each series by itself, keeps what was foreseen, and says why one cannot be', async () => {
    const daemon = fakeDaemon(['lab:vm/a#cpu', 'lab:vm/b#cpu'], {
      'series/forecast': ({ series }: { series: string }) => {
        if (series.includes('/b#'))
          throw new ProblemError({ code: 'bad-input', message: 'Too little past.' });
        return forecast(series);
      },
    });
    const view = viewOf(daemon);
    await view.show({ resources: ['lab:vm/a', 'lab:vm/b'] });
    assert.equal(daemon.count('series/forecast'), 0, 'only on demand');
    const chart = await view.setForecast(true);
    assert.deepEqual(
      chart.series.map(({ forecast: one, noForecast }) => one?.sentence ?? noForecast),
      ['It stays.', 'Too little past.'],
    );
    assert.equal(chart.toMs, nowMs + hourMs, 'the axis reaches as far');
    await view.refresh();
    assert.equal(daemon.count('series/forecast'), 2);
    assert.equal((await view.setForecast(false)).toMs, nowMs);
  });

  it('foresees anew what was foreseen from a past that has been caught up with', async () => {
    const daemon = fakeDaemon(['lab:vm/a#cpu'], {
      'series/forecast': () => ({ ...forecast('lab:vm/a#cpu'), times: [nowMs - hourMs] }),
    });
    const view = viewOf(daemon);
    await view.show({ resources: ['lab:vm/a'] });
    await view.setForecast(true);
    await view.refresh();
    assert.equal(daemon.count('series/forecast'), 2);
  });

  it('shows an incident: its series in its time, marked even where none of them is its first resource', async () => {
    const incident = {
      id: 'an-3',
      title: 'cpu is high',
      resource: 'lab:vm/z',
      startedMs: nowMs - 5 * hourMs,
      endedMs: nowMs - 4 * hourMs,
      findings: [{ series: { resource: 'lab:vm/a', metric: 'cpu' } }, {}],
    };
    const daemon = fakeDaemon(['lab:vm/a#cpu'], { 'incident/get': () => ({ incident }) });
    const chart = await viewOf(daemon).show({ incident: 'an-3' });
    assert.deepEqual(daemon.last('series/range')!.series, ['lab:vm/a#cpu']);
    assert.deepEqual([chart.fromMs, chart.toMs], [nowMs - 6 * hourMs, nowMs - 3.5 * hourMs]);
    assert.deepEqual(
      chart.marks.map(({ id, kind, fromMs, toMs }) => [id, kind, fromMs, toMs]),
      [['an-3', 'incident', incident.startedMs, incident.endedMs]],
    );
  });

  it('says what is left out where more series are asked for than fit', async () => {
    const ids = Array.from({ length: chartSeriesMax + 3 }, (_, at) => `lab:vm/a#disk#/${at}`);
    const daemon = fakeDaemon(ids);
    const view = viewOf(daemon);
    const chart = await view.show({ resources: ['lab:vm/a'] });
    assert.deepEqual([chart.series.length, chart.leftOut], [chartSeriesMax, 3]);
    const one = await view.setSeries(ids.slice(0, 1));
    assert.deepEqual([one.series.length, one.leftOut], [1, 0]);
  });

  it('reads every page of a long list', async () => {
    const pages = [
      { series: [info('lab:vm/a#cpu')], total: 2, next: 'lab:vm/a#cpu' },
      { series: [info('lab:vm/a#memory')], total: 2 },
    ];
    const daemon = fakeDaemon([], { 'series/list': ({ after }: { after?: string }) => pages[after ? 1 : 0] });
    assert.equal((await viewOf(daemon).show({ resources: ['lab:vm/a'] })).series.length, 2);
  });

  it('says what to do where nothing is stored, and what troubles the source where it is known', async () => {
    const silent = fakeDaemon([]);
    const chart = await viewOf(silent).show({ resources: ['lab:vm/a'] });
    assert.equal(chart.nothing?.message, 'No figures of a are stored.');
    assert.match(chart.nothing?.fix ?? '', /wait a minute/);
    assert.equal(silent.count('series/range'), 0);
    const ill = fakeDaemon([], {
      'watch/status': () => ({
        sources: [
          { connection: 'lab', source: 'agent', problems: ['It does not answer.'] },
          { connection: 'other', source: 'agent', problems: ['Not this one.'] },
        ],
      }),
    });
    const { nothing } = await viewOf(ill).show({ resources: ['lab:vm/a'] });
    assert.equal(nothing?.fix, 'What measures it has trouble. agent: It does not answer.');
  });
});

describe('who measures what a chart shows', () => {
  const source = {
    connection: 'lab',
    source: 'agent',
    state: 'ok',
    problems: [],
  } as unknown as MetricSourceStatus;
  const shown = [info('lab:vm/a#cpu'), { ...info('lab:vm/a#memory'), lastMs: nowMs + 5 }];
  const messages = (...known: Parameters<typeof troublesOf>) =>
    troublesOf(...known).map(({ message }) => message);

  it('is not spoken of while it does, or is being opened', () => {
    assert.deepEqual(messages(shown, [lab], [source]), []);
    assert.deepEqual(messages(shown, [{ ...lab, state: 'connecting' }], []), []);
  });
  it('is said once where its connection is gone, with the time of the newest figure', () => {
    assert.deepEqual(troublesOf(shown, [], []), [
      { message: 'What measured this is gone: there is no connection lab any more.', lastMs: nowMs + 5 },
    ]);
  });
  it('is said where it does not answer, with what it says', () => {
    const problem = { message: 'The token has expired.', fix: 'Sign in again.' };
    assert.deepEqual(messages(shown, [{ ...lab, state: 'failed', problem }], []), [
      'lab is not connected. The token has expired. Sign in again.',
    ]);
    const failing = { ...source, state: 'failing', problems: ['It does not answer.'] } as const;
    assert.deepEqual(messages(shown, [lab], [failing]), [
      'lab measures nothing at the moment (agent). It does not answer.',
    ]);
  });
  it('is of no matter for a stretch of the past', async () => {
    const daemon = fakeDaemon(['lab:vm/a#cpu']);
    const view = createChartView(daemon, { nameOf: String, connections: () => [] }, () => nowMs);
    assert.equal((await view.show({ resources: ['lab:vm/a'] })).troubles.length, 1);
    assert.deepEqual((await view.zoom(nowMs - 2 * hourMs, nowMs - hourMs)).troubles, []);
  });
});

describe('the CSV of a chart', () => {
  const shown: PanelSeries = { title: 'cpu of a', resourceName: 'a', range: range('lab:vm/a#cpu') };
  it('has a row for each value, measured and foreseen', () => {
    const lines = csvOf([{ ...shown, forecast: forecast('lab:vm/a#cpu') }]).split('\r\n');
    assert.deepEqual(lines, [
      'kind,series,resource,metric,part,unit,time,value,lowest,highest,low80,high80,low95,high95',
      'measured,cpu of a,lab:vm/a,cpu,,%,1970-02-11T15:59:00.000Z,4,4,4,,,,',
      'measured,cpu of a,lab:vm/a,cpu,,%,1970-02-11T16:00:00.000Z,5,5,5,,,,',
      'forecast,cpu of a,lab:vm/a,cpu,,%,1970-02-11T17:00:00.000Z,6,,,5,7,4,8',
      '',
    ]);
  });
  it('keeps names from being read as formulas or as more cells', () => {
    const text = csvOf([{ ...shown, title: '=1+1,"x"' }]);
    assert.ok(text.includes('measured,"\'=1+1,""x""",lab:vm/a'), text);
  });
});

describe('messages of the chart page', () => {
  it('are taken as they should be', () => {
    for (const message of [
      { type: 'ready' },
      { type: 'span', hours: 24 },
      { type: 'zoom', fromMs: 5, toMs: 6 },
      { type: 'forecast', on: true },
      { type: 'remove', id: 'lab:vm/a#cpu' },
      { type: 'png', data: 'AAAA' },
    ])
      assert.deepEqual(parseFromChart({ ...message, extra: 1 }), message);
  });
  it('are dropped where they are anything else', () => {
    for (const value of [
      null,
      { type: 'approve' },
      { type: 'span', hours: 5 },
      { type: 'zoom', fromMs: 6, toMs: 5 },
      { type: 'zoom', fromMs: 1.5, toMs: 5 },
      { type: 'zoom', fromMs: -1, toMs: 5 },
      { type: 'forecast', on: 'yes' },
      { type: 'remove', id: '' },
      { type: 'resource', id: 'x'.repeat(2_000) },
      { type: 'png', data: 5 },
    ])
      assert.equal(parseFromChart(value), undefined);
  });
});
