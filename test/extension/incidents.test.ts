// What the editor knows of findings: their order, how many count, which resources they mark, and which are told.

import assert from 'node:assert/strict';
import type { DaemonLink } from '../../extension/daemon/link.ts';
import { createIncidentStore } from '../../extension/state/incidents.ts';
import { createTrends } from '../../extension/state/trends.ts';
import { ageOf, contextOf, lookOf } from '../../extension/views/incidentText.ts';
import type { Finding, Incident } from '../../shared/model/finding.ts';
import { sparkline } from '../../shared/model/sparkline.ts';

const minuteMs = 60_000;

function incident(id: string, more: Partial<Incident> = {}): Incident {
  return {
    id,
    resourceId: `os:anomaly/${id}`,
    state: 'open',
    severity: 'warning',
    title: `cpu of ${id} is 97 %`,
    resource: `os:vm/${id}`,
    resourceName: id,
    kind: 'vm',
    connection: 'os',
    environment: 'prod',
    simulated: false,
    resources: [`os:vm/${id}`],
    metrics: ['cpu'],
    findings: [],
    startedMs: 10 * minuteMs,
    updatedMs: 10 * minuteMs,
    ...more,
  };
}

describe('findings in the editor', () => {
  it('stand with what goes on first, then by severity, then by age; muted ones below', () => {
    const store = createIncidentStore();
    store.replaceAll([
      incident('closed', { state: 'closed', startedMs: 99 * minuteMs }),
      incident('muted', { mutedBy: 'm1', severity: 'critical' }),
      incident('old'),
      incident('new', { startedMs: 20 * minuteMs }),
      incident('worst', { severity: 'critical' }),
    ]);
    assert.deepEqual(
      store.list().map(({ id }) => id),
      ['worst', 'new', 'old', 'muted', 'closed'],
    );
    assert.equal(store.openCount, 3);
    assert.equal(store.worst, 'critical');
  });

  it('offer no chart and no resource where only who acted was odd', () => {
    const finding = (kind: Finding['kind']): Finding => ({
      id: 'an-1.1',
      detector: kind,
      kind,
      resource: 'pilothouse:principal/bob',
      resourceName: 'bob',
      severity: 'critical',
      confidence: 0.9,
      title: 'bob destroyed 31 things',
      reasons: [],
      startedMs: 0,
      detectedMs: 0,
    });
    const contextWith = (...kinds: Finding['kind'][]) =>
      lookOf(incident('a', { findings: kinds.map(finding) }), 0).context;
    assert.doesNotMatch(contextWith('threat'), /;thing;/);
    assert.match(contextWith('threat', 'series'), /;thing;/);
    assert.match(contextWith('capacity'), /;incident;.*;thing;/);
    assert.equal(contextOf(finding('threat')), ';finding;');
    assert.match(contextOf(finding('series')), /;thing;/);
  });

  it('mark every resource they touch with the worst that goes on there', () => {
    const store = createIncidentStore();
    store.replaceAll([
      incident('a', { resources: ['os:vm/x', 'os:vm/y'] }),
      incident('b', { resources: ['os:vm/y'], severity: 'critical' }),
      incident('c', { resources: ['os:vm/z'], mutedBy: 'm1' }),
    ]);
    assert.deepEqual(
      ['x', 'y', 'z'].map((name) => store.severityOf(`os:vm/${name}`)),
      ['warning', 'critical', undefined],
    );
    store.apply({ upserts: [incident('b', { resources: ['os:vm/y'], state: 'closed' })], removes: ['a'] });
    assert.equal(store.severityOf('os:vm/y'), undefined);
  });

  it('tell only what is new and neither muted nor over', () => {
    const store = createIncidentStore();
    const told: string[] = [];
    store.onDidChange((added) => told.push(...added.map(({ id }) => id)));
    store.replaceAll([incident('known')]);
    store.apply({ upserts: [incident('known', { severity: 'critical' }), incident('fresh')], removes: [] });
    store.apply({
      upserts: [incident('quiet', { mutedBy: 'm1' }), incident('over', { state: 'closed' })],
      removes: [],
    });
    assert.deepEqual(told, ['fresh']);
  });

  it('read with age, place, and what was said of them', () => {
    const look = lookOf(
      incident('web-1', { verdict: { is: 'noise', by: 'ann', atMs: 0 }, acked: { by: 'bo', atMs: 0 } }),
      85 * minuteMs,
    );
    assert.equal(look.description, '1 h 15 min · prod · with bo · noise');
    assert.equal(look.context, ';incident;open;acked;heard;thing;');
    const over = lookOf(incident('w', { state: 'closed', endedMs: 20 * minuteMs }), 25 * minuteMs);
    assert.match(over.description, /^ended 5 min ago/);
    assert.equal(over.context, ';incident;closed;unacked;heard;thing;');
  });

  it('read short first: what is, then what was usual, and a name only once', () => {
    const long = incident('web-1', { title: 'cpu of web-1 is 97 %, usually 12 % to 20 %' });
    const look = lookOf(long, 12 * minuteMs);
    assert.equal(look.label, 'cpu of web-1 is 97 %');
    assert.equal(look.description, '2 min · prod · usually 12 % to 20 %');
    const drawn = lookOf(long, 12 * minuteMs, '▁▁▇█');
    assert.equal(drawn.description, '2 min ▁▁▇█ · prod · usually 12 % to 20 %');
    assert.equal(drawn.spoken, look.description, 'a line of blocks is not read aloud');
    const other = lookOf(incident('web-1', { title: 'Its metrics do not go together' }), 12 * minuteMs);
    assert.equal(other.label, 'Its metrics do not go together');
    assert.equal(other.description, '2 min · web-1 · prod');
  });

  for (const [ms, text] of [
    [0, 'now'],
    [59 * minuteMs, '59 min'],
    [60 * minuteMs, '1 h 0 min'],
    [25 * 60 * minuteMs, '1 d 1 h'],
    [-5, 'now'],
  ] as const)
    it(`says ${ms} ms as “${text}”`, () => assert.equal(ageOf(ms), text));
});

describe('the trend of a finding', () => {
  const finding = (resource: string) => ({ series: { resource, metric: 'cpu' } }) as unknown as Finding;
  const withSeries = (id: string, more: Partial<Incident> = {}) =>
    incident(id, { findings: [finding(`os:vm/${id}`)], ...more });

  function house(means: Readonly<Record<string, readonly number[]>>) {
    let nowMs = 10 * 60 * minuteMs;
    const asked: (readonly string[])[] = [];
    const request = async (_method: string, { series }: { series: readonly string[] }) => {
      asked.push(series);
      const ranges = series.flatMap((id) => (means[id] ? [{ series: { id }, means: means[id] }] : []));
      return { ranges, marks: [] };
    };
    const daemon = { request } as unknown as Pick<DaemonLink, 'request'>;
    const trends = createTrends(daemon, () => nowMs);
    return { trends, asked, later: (ms: number) => (nowMs += ms) };
  }

  it('is a line from the lowest to the highest, as short as a row has room for', () => {
    assert.equal(sparkline([1, 2, 3, 8]), '▁▂▃█');
    assert.equal(sparkline([5, 5, 5]), '▁▁▁');
    assert.equal(
      sparkline(
        Array.from({ length: 60 }, (_, at) => at),
        10,
      ),
      '▁▂▃▃▄▅▆▆▇█',
    );
    assert.equal(sparkline([]), '');
  });

  it('is asked for all open ones at once, and not again at every change', async () => {
    const { trends, asked, later } = house({ 'os:vm/a#cpu': [1, 1, 9], 'os:vm/b#cpu': [9] });
    const shown = [withSeries('a'), withSeries('b'), incident('c'), withSeries('d', { state: 'closed' })];
    assert.equal(await trends.refresh(shown), true);
    assert.deepEqual(asked, [['os:vm/a#cpu', 'os:vm/b#cpu']]);
    assert.equal(trends.of('a'), '▁▁█');
    assert.equal(trends.of('b'), undefined, 'too little says nothing');
    assert.equal(await trends.refresh(shown), false);
    assert.equal(asked.length, 1);
    later(minuteMs);
    assert.equal(await trends.refresh(shown), false, 'nothing is painted where nothing moved');
    assert.equal(asked.length, 2);
    await trends.refresh([withSeries('a', { state: 'closed' })]);
    assert.equal(trends.of('a'), undefined, 'what is over is not followed');
  });

  it('is left out where the daemon does not answer', async () => {
    const daemon = { request: () => Promise.reject(new Error('away')) };
    const trends = createTrends(daemon as never);
    assert.equal(await trends.refresh([withSeries('a')]), false);
    assert.equal(trends.of('a'), undefined);
  });
});
