// Finding connections: what opens, what is opened anew, what is forgotten and what must never be, and what a person
// said about a connection.

import assert from 'node:assert/strict';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { limits } from '../../daemon/config.ts';
import { createGraph } from '../../daemon/graph/graph.ts';
import {
  candidateOf,
  type FakeCloud,
  type FakeSource,
  fakeCloud,
  fakeSource,
  problem,
  thing,
} from './fakeCloud.ts';
import { type House, openHouse } from './house.ts';
import { settle } from './manualClock.ts';

describe('discovery/finding', () => {
  let folder: string;
  let cloud: FakeCloud;
  let sources: Map<string, FakeSource>;
  let houses: House[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pilothouse-finding-'));
    sources = new Map();
    houses = [];
    cloud = fakeCloud((id) => {
      const source = fakeSource('vm');
      source.answer = [thing(`${id}:vm/web-of-${id}`)];
      sources.set(id, source);
      return [source];
    });
    cloud.found = { candidates: [candidateOf('a'), candidateOf('b')], problems: [] };
  });
  afterEach(async () => {
    for (const house of houses) await house.dispose();
    rmSync(folder, { recursive: true });
  });
  const open = async (given: Parameters<typeof openHouse>[2] = {}): Promise<House> => {
    const house = await openHouse(folder, [cloud], given);
    houses.push(house);
    return house;
  };
  const openAndRead = async (): Promise<House> => {
    const house = await open();
    house.connections.setActive(true);
    await house.clock.advance(0);
    return house;
  };
  const listed = (house: House) => house.connections.list().map(({ id, state }) => `${id} ${state}`);

  it('keeps every connection of a place that cannot be read any more, and says what is wrong with it', async () => {
    const house = await openAndRead();
    cloud.found = {
      candidates: [],
      problems: [{ origin: '~/clouds.yaml', message: 'Line 3 is no YAML.', fix: 'Mend line 3.' }],
    };
    await house.connections.rescan();
    assert.deepEqual(listed(house), ['a connected', 'b connected', 'openstack-unreadable-1 failed']);
    assert.deepEqual(house.connections.get('openstack-unreadable-1')?.problem, {
      message: 'Line 3 is no YAML.',
      fix: 'Mend line 3.',
    });
    assert.deepEqual(house.names(), ['web-of-a', 'web-of-b']);
  });

  it('keeps every connection where a provider throws instead of answering', async () => {
    const house = await openAndRead();
    cloud.found = problem('config-invalid', 'Broken.');
    await house.connections.rescan();
    assert.deepEqual(house.names(), ['web-of-a', 'web-of-b']);
    assert.equal(house.connections.list().length, 3);
  });

  it('forgets a connection that is gone from a place that could be read', async () => {
    const house = await openAndRead();
    cloud.found = { candidates: [candidateOf('b')], problems: [] };
    await house.connections.rescan();
    assert.deepEqual(listed(house), ['b connected']);
    assert.deepEqual(house.names(), ['web-of-b']);
    assert.equal(house.connections.executor('a'), undefined);
  });

  it('forgets what an earlier daemon knew of a connection that is gone, and keeps the rest until it is read', async () => {
    const graph = createGraph();
    for (const id of ['a', 'gone'])
      graph.apply(
        id,
        { name: 'vms', kinds: ['vm'] },
        { mode: 'full', resources: [thing(`${id}:vm/x`)], removed: [], relations: [] },
      );
    await open({ graph });
    assert.deepEqual(
      [...graph.all()].map(({ id }) => id),
      ['a:vm/x'],
    );
  });

  it('leaves alone what works and was found as before', async () => {
    const house = await openAndRead();
    await house.connections.rescan();
    await house.connections.rescan();
    assert.equal(cloud.opened.length, 2);
  });

  it('opens anew what was found differently, without losing sight of it, and lets a running step end', async () => {
    const house = await openAndRead();
    const old = house.connections.executor('a');
    cloud.found = { candidates: [candidateOf('a', { region: 'elsewhere' }), candidateOf('b')], problems: [] };
    await house.connections.rescan();
    assert.notEqual(house.connections.executor('a'), old);
    assert.deepEqual(house.names(), ['web-of-a', 'web-of-b']);
    assert.equal(cloud.opened[0]!.disposed, false);
    await house.clock.advance(limits.executorRetireMs);
    assert.equal(cloud.opened[0]!.disposed, true);
  });

  it('opens anew what failed: its credentials may have been mended', async () => {
    cloud.identityProblem = problem('cloud-unauthorized');
    const house = await openAndRead();
    assert.equal(cloud.opened.length, 2);
    cloud.identityProblem = undefined;
    await house.connections.rescan();
    await house.clock.advance(0);
    assert.deepEqual(listed(house), ['a connected', 'b connected']);
    assert.equal(cloud.opened.length, 4);
  });

  it('opens anew when the file it was found in changed, by itself', async () => {
    const file = join(folder, 'clouds.yaml');
    writeFileSync(file, 'one');
    cloud.watched = [file];
    const house = await openAndRead();
    assert.equal(cloud.opened.length, 2);
    writeFileSync(`${file}.new`, 'two, and longer');
    renameSync(`${file}.new`, file);
    await untilTimer(house);
    await house.clock.advance(limits.filesSettleMs);
    await settle();
    assert.equal(cloud.opened.length, 4);
  });

  it('uses the first of two connections with one name, and says so', async () => {
    cloud.found = { candidates: [candidateOf('a'), candidateOf('a', { origin: 'elsewhere' })], problems: [] };
    const house = await open();
    assert.deepEqual(listed(house), ['a connecting', 'openstack-unreadable-1 failed']);
    assert.match(house.connections.list()[1]!.problem!.message, /Two connections are called "a"/);
  });

  it('shows a connection that cannot be opened, with the reason, and opens the others', async () => {
    const { open: openReally } = cloud;
    cloud.open = (candidate, context) => {
      if (candidate.id === 'a') throw problem('config-invalid', 'The file of a is locked.');
      return openReally(candidate, context);
    };
    const house = await openAndRead();
    assert.deepEqual(listed(house), ['b connected', 'a failed']);
    assert.equal(house.connections.get('a')?.problem?.message, 'The file of a is locked.');
  });

  it('refuses a name that would break ids', async () => {
    cloud.found = { candidates: [candidateOf('A b:c')], problems: [] };
    const house = await open();
    assert.match(house.connections.list()[0]!.problem!.message, /name that cannot be used/);
  });

  it('keeps what a person said about a connection, also while it is away', async () => {
    const house = await open();
    assert.equal(house.connections.get('a')?.mode, 'confirm');
    assert.equal(house.connections.get('a')?.environment, 'dev');
    assert.equal(house.connections.configure('a', { mode: 'read-only' }).mode, 'read-only');
    house.connections.configure('a', { environment: 'prod' });
    await houses.pop()!.dispose();
    cloud.found = { candidates: [], problems: [] };
    await (await open()).dispose();
    houses.pop();
    cloud.found = { candidates: [candidateOf('a')], problems: [] };
    const { mode, environment } = (await open()).connections.get('a')!;
    assert.deepEqual([mode, environment], ['read-only', 'prod']);
  });

  it('refuses settings and refreshes of a connection that is not there', async () => {
    const house = await open();
    assert.throws(
      () => house.connections.configure('none', { mode: 'confirm' }),
      /There is no connection "none"/,
    );
    await assert.rejects(house.connections.refresh('none'), /There is no connection "none"/);
  });

  it('tells listeners once for what they can see, and not for time that passed', async () => {
    const house = await open();
    let told = 0;
    house.connections.onDidChange(() => told++);
    house.connections.setActive(true);
    await house.clock.advance(0);
    const afterStart = told;
    assert.ok(afterStart >= 1);
    await house.clock.advance(10 * limits.pollSlowMs);
    assert.equal(told, afterStart);
    house.connections.configure('a', { mode: 'read-only' });
    await settle();
    assert.equal(told, afterStart + 1);
  });

  it('disposes every executor it opened', async () => {
    const house = await openAndRead();
    cloud.found = { candidates: [candidateOf('a', { region: 'elsewhere' })], problems: [] };
    await house.connections.rescan();
    await houses.pop()!.dispose();
    assert.ok(cloud.opened.length === 3 && cloud.opened.every(({ disposed }) => disposed));
  });
});

/** Until the file watcher (a real one) has set its timer. */
async function untilTimer(house: House): Promise<void> {
  while (!house.clock.pending().includes(limits.filesSettleMs))
    await new Promise((resolve) => setImmediate(resolve));
}
