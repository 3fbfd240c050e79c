// What the watch notices and what it does not: a load that lasts is one incident with its cause in order, a blip is
// none, and a source that misbehaves is named instead of believed. Time stands still between samples.

import assert from 'node:assert/strict';
import type { Actor } from '../../shared/model/plan.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import { removeTempFolders } from '../fakes/tempFolder.ts';
import { minuteMs, watchHouse } from './scriptedSource.ts';

const person: Actor = { user: 'ana', client: 'test', how: 'terminal' };
const all = { limit: 100 };

describe('the watch', () => {
  afterEach(removeTempFolders);

  it('samples only while somebody looks, and sets no timer otherwise', async () => {
    const { clock, script, start } = watchHouse();
    const { watch, close } = start();
    await clock.advance(5 * minuteMs);
    assert.ok(script.samplings >= 19, String(script.samplings));
    watch.setActive(false);
    const before = script.samplings;
    assert.deepEqual(clock.pending(), []);
    await clock.advance(10 * minuteMs);
    assert.equal(script.samplings, before);
    await close();
  });

  it('keeps quiet over hours of ordinary noise', async () => {
    const { clock, start } = watchHouse({ names: ['a', 'b', 'c', 'd'] });
    const { watch, close } = start();
    await clock.advance(4 * 60 * minuteMs);
    assert.deepEqual(watch.incidents.list(all), []);
    assert.equal(watch.series.list().length, 8);
    await close();
  });

  it('takes a blip for a blip', async () => {
    const { clock, script, normalValue, start } = watchHouse();
    const { watch, close } = start();
    await clock.advance(60 * minuteMs);
    script.value = (resource, metric, atMs) => (metric === 'cpu' ? 95 : normalValue(resource, metric, atMs));
    await clock.advance(15_000);
    script.value = normalValue;
    await clock.advance(20 * minuteMs);
    assert.deepEqual(watch.incidents.list(all), []);
    await close();
  });

  it('sees a load that lasts, says since when and how far, and ends it when it is over', async () => {
    const { clock, script, normalValue, start, idOf } = watchHouse();
    const { watch, close } = start();
    await clock.advance(60 * minuteMs);
    const burnMs = clock.now();
    script.value = (resource, metric, atMs) => (metric === 'cpu' ? 97 : normalValue(resource, metric, atMs));
    await clock.advance(5 * minuteMs);
    const [incident, ...others] = watch.incidents.list(all);
    assert.deepEqual(others, []);
    assert.equal(incident?.state, 'open');
    assert.equal(incident.severity, 'critical');
    assert.equal(incident.resource, idOf('web-1'));
    assert.equal(incident.environment, 'staging');
    assert.match(incident.title, /cpu of web-1 is 97 %, usually 1\d(\.\d)? % to 2\d(\.\d)? %/);
    assert.ok(Math.abs(incident.startedMs - burnMs) <= 15_000);
    script.value = normalValue;
    await clock.advance(5 * minuteMs);
    const over = watch.incidents.get(incident.id)!;
    assert.equal(over.state, 'closed');
    assert.equal(over.findings[0]?.ended, 'back to usual');
    await close();
  });

  it('puts what is near and starts together into one incident, the first first, and leaves others apart', async () => {
    const { clock, script, normalValue, start, idOf } = watchHouse({
      names: ['web-1', 'db-1', 'far-1'],
      metrics: ['cpu', 'latency'],
    });
    const { watch, close } = start();
    await clock.advance(60 * minuteMs);
    const begunMs = clock.now();
    script.value = (resource, metric, atMs) => {
      if (resource.name === 'web-1' && metric === 'cpu') return 96;
      if (resource.name === 'web-1' && metric === 'latency' && atMs > begunMs + 2 * minuteMs) return 900;
      if (resource.name === 'far-1' && metric === 'cpu') return 96;
      return normalValue(resource, metric, atMs);
    };
    await clock.advance(8 * minuteMs);
    const found = watch.incidents.list(all);
    assert.deepEqual(found.map(({ resource }) => resource).sort(), [idOf('far-1'), idOf('web-1')].sort());
    const own = found.find(({ resource }) => resource === idOf('web-1'))!;
    assert.deepEqual(
      own.findings.map(({ series }) => series?.metric),
      ['cpu', 'latency'],
    );
    assert.match(
      watch.incidents.details(own.id).summary,
      /First, at .*cpu of web-1.*later: latency of web-1/,
    );
    await close();
  });

  it('follows edges that carry trouble', async () => {
    const { clock, script, normalValue, start, idOf, graph, vms } = watchHouse({ names: ['web-1', 'db-1'] });
    graph.apply(
      'lab',
      { name: 'vms', kinds: ['vm'] },
      {
        mode: 'full',
        resources: vms,
        removed: [],
        relations: [{ from: vms[0]!.id, type: 'DEPENDS_ON', to: vms[1]!.id }],
      },
    );
    const { watch, close } = start();
    await clock.advance(60 * minuteMs);
    const begunMs = clock.now();
    script.value = (resource, metric, atMs) =>
      metric === 'cpu' && (resource.name === 'db-1' || atMs > begunMs + minuteMs)
        ? 96
        : normalValue(resource, metric, atMs);
    await clock.advance(6 * minuteMs);
    const found = watch.incidents.list(all);
    assert.equal(found.length, 1);
    assert.deepEqual(found[0]!.resources, [idOf('db-1'), idOf('web-1')]);
    await close();
  });

  it('loses nothing when it is killed half-way', async () => {
    const { clock, script, normalValue, start } = watchHouse();
    const first = start();
    await clock.advance(60 * minuteMs);
    script.value = (resource, metric, atMs) => (metric === 'cpu' ? 97 : normalValue(resource, metric, atMs));
    await clock.advance(3 * minuteMs);
    const [before] = first.watch.incidents.list(all);
    const samples = first.watch.series.range(
      'lab:vm/web-1#cpu',
      clock.now() - 60 * minuteMs,
      clock.now(),
      500,
    )!;
    first.watch.setActive(false);
    first.kill();
    const second = start(first.stateFolder);
    const [after] = second.watch.incidents.list(all);
    assert.equal(after?.id, before?.id);
    assert.equal(after?.state, 'open');
    const again = second.watch.series.range(
      'lab:vm/web-1#cpu',
      clock.now() - 60 * minuteMs,
      clock.now(),
      500,
    )!;
    assert.deepEqual(again.times, samples.times);
    await clock.advance(2 * minuteMs);
    script.value = normalValue;
    await clock.advance(5 * minuteMs);
    assert.equal(second.watch.incidents.get(before!.id)?.state, 'closed');
    // What it had learned is still there: nothing else was found anew.
    assert.equal(second.watch.incidents.list(all).length, 1);
    await second.close();
  });

  it('heeds what people say: noise is harder to alarm, and it is audited', async () => {
    const { clock, script, normalValue, start } = watchHouse();
    const { watch, audited, close } = start();
    await clock.advance(60 * minuteMs);
    const burn = async (value: number): Promise<void> => {
      script.value = (resource, metric, atMs) =>
        metric === 'cpu' ? value : normalValue(resource, metric, atMs);
      await clock.advance(4 * minuteMs);
      script.value = normalValue;
      await clock.advance(45 * minuteMs);
    };
    await burn(45);
    const [incident] = watch.incidents.list(all);
    assert.ok(incident);
    for (let i = 0; i < 3; i++) watch.incidents.judge(incident.id, i % 2 === 0 ? 'noise' : 'ack', person);
    assert.equal(watch.incidents.get(incident.id)?.verdict?.is, 'noise');
    assert.deepEqual(
      audited.map(({ event, outcome }) => `${event} ${outcome}`),
      ['incident.judged noise', 'incident.judged ack', 'incident.judged noise'],
    );
    await burn(46);
    assert.equal(watch.incidents.list(all).length, 1, 'the same again is not told again');
    await close();
  });

  it('keeps quiet what is muted, and still lists it', async () => {
    const { clock, script, normalValue, start, idOf } = watchHouse();
    const { watch, close } = start();
    assert.throws(() => watch.mutes.add({}, person), ProblemError);
    const mute = watch.mutes.add(
      { environment: 'staging', untilMs: clock.now() + 24 * 60 * minuteMs },
      person,
    );
    await clock.advance(60 * minuteMs);
    script.value = (resource, metric, atMs) => (metric === 'cpu' ? 97 : normalValue(resource, metric, atMs));
    await clock.advance(4 * minuteMs);
    assert.equal(watch.incidents.list(all)[0]?.mutedBy, mute.id);
    assert.ok(watch.mutes.remove(mute.id, person));
    assert.equal(watch.incidents.list({ ...all, resource: idOf('web-1') })[0]?.mutedBy, undefined);
    await close();
  });

  it('foresees a disk that fills up, and takes it back when it stops', async () => {
    const { clock, script, start } = watchHouse({ metrics: ['disk'] });
    const { watch, close } = start();
    const begunMs = clock.now();
    script.value = (_resource, _metric, atMs) => Math.min(100, 50 + ((atMs - begunMs) / minuteMs) * 0.2);
    await clock.advance(180 * minuteMs);
    const [incident] = watch.incidents.list(all);
    const finding = incident?.findings.find(({ kind }) => kind === 'capacity');
    assert.ok(finding, 'it was not foreseen');
    assert.match(finding.title, /disk of web-1 will be full in about \d+ (min|h)/);
    const made = watch.forecast('lab:vm/web-1#disk', 4 * 60 * minuteMs);
    const rightMs = begunMs + 250 * minuteMs;
    assert.ok(made.full?.atMs !== undefined || made.full?.horizonMs !== undefined);
    if (made.full?.atMs !== undefined)
      assert.ok(Math.abs(made.full.atMs - rightMs) < 30 * minuteMs, made.sentence);
    const level = 50 + 180 * 0.2;
    script.value = () => level;
    await clock.advance(90 * minuteMs);
    assert.ok(
      watch.incidents
        .get(incident!.id)!
        .findings.every(({ kind, endedMs }) => kind !== 'capacity' || endedMs !== undefined),
    );
    await close();
  });
});

describe('a source of metrics that misbehaves', () => {
  afterEach(removeTempFolders);

  const troubles = {
    'sends what is not a number': (house: ReturnType<typeof watchHouse>) => {
      house.script.value = (resource, metric, atMs) =>
        metric === 'cpu' ? Number.NaN : house.normalValue(resource, metric, atMs);
    },
    'sends what cannot be': (house: ReturnType<typeof watchHouse>) => {
      house.script.value = (resource, metric, atMs) =>
        metric === 'cpu' ? -13_248 : house.normalValue(resource, metric, atMs);
    },
    'jumps back in time': (house: ReturnType<typeof watchHouse>) => {
      house.script.skewMs = -2 * 60 * minuteMs;
      house.script.value = () => 99;
    },
    'is an hour ahead': (house: ReturnType<typeof watchHouse>) => {
      house.script.skewMs = 60 * minuteMs;
      house.script.value = () => 99;
    },
    fails: (house: ReturnType<typeof watchHouse>) => {
      house.script.trouble = 'throws';
    },
    'stops answering': (house: ReturnType<typeof watchHouse>) => {
      house.script.trouble = 'hangs';
    },
  };
  const said = {
    'sends what is not a number': /not a number|not numbers/,
    'sends what cannot be': /cannot be/,
    'jumps back in time': /jumped back by|is 2 h old/,
    'is an hour ahead': /60 min ahead/,
    fails: /it is away/,
    'stops answering': /did not answer/,
  };
  for (const name of Object.keys(troubles) as (keyof typeof troubles)[])
    it(`that ${name} is named and raises nothing`, async () => {
      const house = watchHouse();
      const { watch, close } = house.start();
      await house.clock.advance(60 * minuteMs);
      troubles[name](house);
      await house.clock.advance(3 * minuteMs);
      const [status] = watch.status().sources;
      assert.match(status?.problems.join(' ') ?? '', said[name]);
      house.script.trouble = 'none';
      house.script.skewMs = 0;
      house.script.value = house.normalValue;
      await house.clock.advance(30 * minuteMs);
      assert.deepEqual(watch.incidents.list(all), []);
      assert.equal(watch.status().sources[0]?.state, 'ok');
      await close();
    });
});
