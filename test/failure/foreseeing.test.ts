// What is foreseen and what is not: a pod that leaks, a disk that fills, restarts that come faster and a node that comes
// and goes are said before they fail, with figures; noise, a day's rhythm and what is well are not. What was said is held
// against what came, and survives the end of the daemon.

import assert from 'node:assert/strict';
import { fakeVm } from '../fakes/resources.ts';
import { removeTempFolders, tempFolder } from '../fakes/tempFolder.ts';
import { daily, normalOf } from '../monitor/synthetic.ts';
import { fakePod, hourMs, minuteMs, openEstate } from './estate.ts';

const all = { limit: 100 };

describe('foreseeing failures', () => {
  afterEach(removeTempFolders);

  it('says which pod leaks and which disk fills, when and why, and nothing of those that are well', async () => {
    const estate = openEstate(tempFolder());
    const startMs = estate.now();
    const normal = normalOf(1);
    const grown = (atMs: number, rate: number): number => (rate * (atMs - startMs)) / hourMs;
    estate.put(fakePod('leaky'));
    estate.measure('lab:pod/leaky', 'memory', (atMs) => 30 + grown(atMs, 4) + 0.3 * normal());
    estate.put(fakeVm('db-1'));
    estate.measure('lab:vm/db-1', 'disk', (atMs) => 45 + grown(atMs, 3) + 0.05 * normal(), '/var');
    for (const name of ['a', 'b', 'c']) {
      estate.put(fakePod(name));
      estate.measure(`lab:pod/${name}`, 'memory', () => 60 + 3 * normal());
      estate.measure(`lab:pod/${name}`, 'cpu', (atMs) => 40 + 30 * daily(atMs) + 5 * normal());
    }
    await estate.pass(13 * hourMs);
    const found = estate.foreseeing.list(all);
    assert.deepEqual(found.map(({ resource, method }) => `${resource} ${method}`).sort(), [
      'lab:pod/leaky rule:memory',
      'lab:vm/db-1 rule:disk',
    ]);
    const leak = found.find(({ method }) => method === 'rule:memory')!;
    assert.match(leak.title, /^memory of leaky will be full in about \d+ (min|h)/);
    assert.match(leak.reasons.join(' '), /It grows by (3\.9|4|4\.0)\d? % an hour/);
    // 30 + 4 * 13 = 82: full in four and a half hours.
    assert.ok(Math.abs(leak.expectedMs! - (startMs + 17.5 * hourMs)) < 1.5 * hourMs);
    assert.deepEqual(leak.links, [{ kind: 'series', id: 'lab:pod/leaky#memory' }]);
    assert.ok(leak.probability >= 0.7 && leak.isReported);
    assert.match(leak.record, /has come due here yet/);
    assert.deepEqual(estate.reported.map(({ kind, resource }) => `${kind} ${resource}`).sort(), [
      'failure lab:pod/leaky',
      'failure lab:vm/db-1',
    ]);
    assert.equal(estate.foreseeing.list({ limit: 100, resource: 'lab:pod/a' }).length, 0);
    await estate.close();
  });

  it('is quiet over noise, a rhythm of the day and things that are nearly full but do not grow', async () => {
    const estate = openEstate(tempFolder());
    const normal = normalOf(2);
    estate.put(fakeVm('full'));
    estate.measure('lab:vm/full', 'disk', () => 94 + normal(), '/');
    estate.put(fakePod('daily'));
    estate.measure('lab:pod/daily', 'memory', (atMs) => 70 + 22 * daily(atMs) + normal());
    let walk = 50;
    estate.put(fakePod('walks'));
    estate.measure('lab:pod/walks', 'memory', () => {
      walk += 0.1 * normal() - 0.002 * (walk - 50);
      return walk;
    });
    estate.put(fakePod('once', { attributes: { restarts: 0 } }));
    // The first day of a rhythm looks like growth: only from then on it is known.
    await estate.pass(24 * hourMs);
    estate.put(fakePod('once', { attributes: { restarts: 1 } }));
    const said = new Set<string>();
    await estate.pass(12 * hourMs, () => {
      for (const { title, reasons } of estate.foreseeing.list(all))
        said.add(`${title}: ${reasons.join(' ')}`);
    });
    assert.deepEqual([...said], []);
    assert.deepEqual(estate.reported, []);
    await estate.close();
  });

  it('says that restarts go on, the more surely the more there were, and keeps the record of what came', async () => {
    const folder = tempFolder();
    const estate = openEstate(folder);
    estate.put(fakePod('crash'));
    estate.put(fakePod('calm'));
    let restarts = 0;
    const restart = (): void => {
      restarts++;
      estate.put(fakePod('crash', { attributes: { restarts, reason: 'OOMKilled' } }));
    };
    await estate.pass(2 * hourMs);
    restart();
    await estate.pass(hourMs);
    assert.deepEqual(estate.foreseeing.list(all), [], 'once is no habit');
    restart();
    await estate.pass(20 * minuteMs);
    const [twice] = estate.foreseeing.list(all);
    assert.equal(twice?.method, 'rule:restarts');
    assert.equal(twice.isReported, false);
    restart();
    restart();
    await estate.pass(20 * minuteMs);
    const [often] = estate.foreseeing.list(all);
    assert.ok(often!.probability > twice.probability && often!.isReported);
    assert.match(often!.reasons.join(' '), /restarted 4 times in the last 6 h.*OOMKilled/);
    const [record] = estate.foreseeing.records();
    assert.deepEqual([record?.method, record?.hits, record?.misses], ['rule:restarts', 1, 0]);
    assert.match(often!.record, /Of 1 predictions .* 1 came true/);
    // It stops: what was said comes due and is counted as wrong, and nothing is said any more.
    await estate.pass(14 * hourMs);
    assert.deepEqual(estate.foreseeing.list(all), []);
    assert.deepEqual(estate.reported, []);
    const [later] = estate.foreseeing.records();
    assert.equal(later?.hits, 1);
    assert.ok(later.misses >= 1);
    assert.equal(estate.foreseeing.known().pod.failures, 3, 'two in the same minute are one event');
    await estate.close();
  });

  it('foresees a node that comes and goes, and says nothing of what has failed already', async () => {
    const estate = openEstate(tempFolder());
    const node = (status: string) =>
      fakeVm('n1', { id: 'lab:node/n1', kind: 'node', status, health: status === 'ready' ? 'ok' : 'error' });
    estate.put(node('ready'));
    for (let round = 0; round < 3; round++) {
      await estate.pass(hourMs);
      estate.put(node('notready'));
      await estate.pass(20 * minuteMs);
      assert.deepEqual(estate.foreseeing.list(all), [], 'it is not ready now: that is no forecast');
      estate.put(node('ready'));
    }
    await estate.pass(20 * minuteMs);
    const [found] = estate.foreseeing.list(all);
    assert.equal(found?.method, 'rule:flapping');
    assert.match(found.reasons[0]!, /^It failed 3 times in the last 24 h/);
    estate.remove('lab:node/n1');
    assert.deepEqual(estate.foreseeing.list(all), []);
    await estate.close();
  });

  it('lists pressure with its figure, and reports it only after it came true often enough', async () => {
    const estate = openEstate(tempFolder());
    estate.put(
      fakeVm('n2', {
        id: 'lab:node/n2',
        kind: 'node',
        status: 'ready',
        health: 'warning',
        attributes: { pressure: ['MemoryPressure'] },
      }),
    );
    await estate.pass(20 * minuteMs);
    const [found] = estate.foreseeing.list(all);
    assert.match(found!.reasons[0]!, /reports MemoryPressure/);
    assert.equal(found!.isReported, false);
    assert.deepEqual(estate.reported, []);
    await estate.close();
  });

  it('remembers over a restart of the daemon since when it said what', async () => {
    const folder = tempFolder();
    const first = openEstate(folder);
    const startMs = first.now();
    const normal = normalOf(4);
    const filling = (atMs: number): number => 45 + (3 * (atMs - startMs)) / hourMs + 0.05 * normal();
    first.put(fakeVm('db-1'));
    first.measure('lab:vm/db-1', 'disk', filling, '/var');
    await first.pass(13 * hourMs);
    const [before] = first.reported;
    assert.ok(before);
    const stoppedMs = first.now();
    await first.close();

    const second = openEstate(folder, stoppedMs);
    second.put(fakeVm('db-1'));
    second.measure('lab:vm/db-1', 'disk', filling, '/var');
    assert.equal(second.foreseeing.list(all)[0]?.resource, 'lab:vm/db-1');
    await second.pass(15 * minuteMs);
    assert.equal(second.reported[0]?.startedMs, before.startedMs);
    await second.close();
  });

  it('calls a horizon what it is: what is full in days is not said to be full in hours', async () => {
    const estate = openEstate(tempFolder());
    const startMs = estate.now();
    const normal = normalOf(6);
    estate.put(fakeVm('db-1'));
    estate.measure('lab:vm/db-1', 'disk', (atMs) => 45 + (3 * (atMs - startMs)) / hourMs + 0.05 * normal());
    await estate.pass(13 * hourMs);
    const week = estate.foreseeing.list({ limit: 10, horizonMs: 7 * 24 * hourMs });
    assert.equal(week.length, 1);
    assert.deepEqual(estate.foreseeing.list({ limit: 10, horizonMs: hourMs }), []);
    await estate.close();
  });
});
