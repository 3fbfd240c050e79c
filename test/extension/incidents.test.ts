// What the editor knows of findings: their order, how many count, which resources they mark, and which are told.

import assert from 'node:assert/strict';
import { createIncidentStore } from '../../extension/state/incidents.ts';
import { ageOf, lookOf } from '../../extension/views/incidentText.ts';
import type { Incident } from '../../shared/model/finding.ts';

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
    assert.equal(look.description, '1 h 15 min · web-1 · prod · with bo · noise');
    assert.equal(look.context, ';incident;open;acked;heard;');
    const over = lookOf(incident('w', { state: 'closed', endedMs: 20 * minuteMs }), 25 * minuteMs);
    assert.match(over.description, /^ended 5 min ago/);
    assert.equal(over.context, ';incident;closed;unacked;heard;');
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
