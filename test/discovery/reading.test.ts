// Reading an open connection: rhythm, failures that wipe nothing, deletes that are seen, and rest while nobody looks.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { limits } from '../../daemon/config.ts';
import type { DiscoveryBatch } from '../../daemon/executors/contract.ts';
import { type FakeCloud, type FakeSource, fakeCloud, fakeSource, problem, thing } from './fakeCloud.ts';
import { type House, openHouse } from './house.ts';
import { settle } from './manualClock.ts';

describe('discovery/reading', () => {
  let folder: string;
  let house: House;
  let cloud: FakeCloud;
  let servers: FakeSource;
  let volumes: FakeSource;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'pilothouse-discovery-'));
    servers = fakeSource('vm');
    volumes = fakeSource('volume', 30_000);
    servers.answer = [thing('c:vm/web'), thing('c:vm/db')];
    volumes.answer = [thing('c:volume/data', 'available')];
    cloud = fakeCloud(() => [servers, volumes]);
    house = await openHouse(folder, [cloud]);
  });
  afterEach(async () => {
    await house.dispose();
    rmSync(folder, { recursive: true });
  });
  const state = () => house.connections.get('c')!;
  const start = async (): Promise<void> => {
    house.connections.setActive(true);
    await house.clock.advance(0);
  };

  it('reads everything once somebody looks, and says so', async () => {
    assert.equal(state().state, 'connecting');
    await start();
    assert.deepEqual(house.names(), ['data', 'db', 'web']);
    assert.equal(state().state, 'connected');
    assert.equal(state().identity?.user, 'ops');
    assert.equal(state().resourceCount, 3);
    assert.equal(state().readAt, new Date(house.clock.now()).toISOString());
  });

  it('reads each source in its own rhythm, and nothing in between', async () => {
    await start();
    await house.clock.advance(29_999);
    assert.deepEqual([servers.reads, volumes.reads], [1, 1]);
    await house.clock.advance(1);
    assert.deepEqual([servers.reads, volumes.reads], [1, 2]);
    assert.equal(house.clock.pending().length, 1);
  });

  it('sees a delete, and a transition to its end, by itself', async () => {
    servers.answer = [thing('c:vm/web', 'stopping')];
    await start();
    servers.answer = [];
    await house.clock.advance(limits.pollFastMs);
    assert.deepEqual(house.names(), ['data']);
  });

  it('rests while nobody looks, and goes on where it was', async () => {
    await start();
    house.connections.setActive(false);
    assert.deepEqual(house.clock.pending(), []);
    await house.clock.advance(3_600_000);
    assert.equal(servers.reads, 1);
    servers.answer = [thing('c:vm/new')];
    house.connections.setActive(true);
    await house.clock.advance(0);
    assert.deepEqual(house.names(), ['data', 'new']);
  });

  it('takes nothing for gone where a source fails, and goes on with the others', async () => {
    await start();
    servers.answer = problem('cloud-failed', 'Nova is away.');
    volumes.answer = [];
    await house.connections.refresh('c');
    assert.deepEqual(house.names(), ['db', 'web']);
    assert.equal(state().state, 'degraded');
    assert.deepEqual(state().problem, { message: 'Not read: vms. Nova is away.', fix: 'Mend it.' });
    servers.answer = [thing('c:vm/web')];
    await house.clock.advance(limits.pollFastMs * 2);
    assert.deepEqual(house.names(), ['web']);
    assert.equal(state().state, 'connected');
    assert.equal(state().problem, undefined);
  });

  it('fails with the one sentence where all fail alike, keeps what it knew and tries again with patience', async () => {
    await start();
    servers.answer = volumes.answer = problem('cloud-unreachable', 'No way there.');
    await assert.rejects(house.connections.refresh('c'), /No way there/);
    assert.equal(state().state, 'failed');
    assert.equal(state().problem?.message, 'No way there.');
    assert.equal(house.graph.size, 3);
    const before = servers.reads;
    await house.clock.advance(10 * 60_000);
    const tries = servers.reads - before;
    assert.ok(tries >= 6 && tries <= 14, `${tries} tries in ten minutes`);
  });

  it('does not read at all where nobody knows who it is, and asks rarely', async () => {
    cloud.identityProblem = problem('cloud-unauthorized', 'Wrong password.');
    await start();
    await house.clock.advance(limits.pollErrorMs / 4);
    assert.equal(servers.reads, 0);
    assert.equal(state().state, 'failed');
    assert.equal(state().problem?.message, 'Wrong password.');
    await assert.rejects(house.connections.refresh('c'), /Wrong password/);
    cloud.identityProblem = undefined;
    await house.connections.refresh('c');
    assert.equal(state().state, 'connected');
  });

  it('gives up on a source that hangs and ignores its signal, and says so', async () => {
    servers.answer = () => new Promise(() => undefined);
    await start();
    assert.equal(state().state, 'connecting');
    await house.clock.advance(limits.discoveryReadTimeoutMs);
    assert.equal(state().state, 'degraded');
    assert.match(state().problem!.message, /No answer came within 60 seconds/);
    servers.answer = [thing('c:vm/web')];
    await house.clock.advance(limits.pollFastMs * 2);
    assert.equal(state().state, 'connected');
  });

  it('does not take a source that speaks of what is not its own', async () => {
    servers.answer = [thing('c:vm/web'), thing('other:vm/stranger')];
    await start();
    assert.deepEqual(house.names(), ['data']);
    assert.equal(state().state, 'degraded');
  });

  it('reads soon and often after a write, and only what it touched', async () => {
    await start();
    house.connections.nudge('c', ['vm']);
    await house.clock.advance(limits.pollFastMs * 3);
    assert.equal(servers.reads, 5);
    assert.equal(volumes.reads, 1);
    await house.clock.advance(limits.pollNudgeMs);
    const settled = servers.reads;
    await house.clock.advance(30_000);
    assert.equal(servers.reads, settled);
  });

  it('does not show the answer of a read that a write overtook', async () => {
    await start();
    let answerOld: (resources: ReturnType<typeof thing>[]) => void = () => undefined;
    servers.answer = () =>
      new Promise((resolve) => {
        answerOld = resolve;
      });
    const refreshed = house.connections.refresh('c');
    await settle();
    const seen: (string | undefined)[] = [];
    house.graph.onDidChange(() => seen.push(house.graph.get('c:vm/web')?.status));
    servers.answer = [thing('c:vm/web', 'stopped')];
    house.connections.nudge('c', ['vm']);
    answerOld([thing('c:vm/web', 'error')]);
    await refreshed;
    assert.deepEqual(seen, ['stopped']);
  });

  it('hands the cursor on, and drops it after an error and for a full read', async () => {
    servers.cursor = 'one';
    await start();
    await house.clock.advance(60_000);
    servers.answer = problem('cloud-failed');
    await house.clock.advance(60_000);
    servers.answer = [];
    await house.clock.advance(limits.pollFastMs * 2);
    await house.connections.refresh('c');
    assert.deepEqual(servers.cursors, [undefined, 'one', 'one', undefined, undefined]);
  });

  it('stops a refresh that nobody waits for any more', async () => {
    servers.answer = () => new Promise(() => undefined);
    const stop = new AbortController();
    const refreshing = house.connections.refresh('c', stop.signal);
    await settle();
    stop.abort(new Error('enough'));
    await assert.rejects(refreshing, /enough/);
  });

  it('reads only so many sources at once', async () => {
    const many = Array.from({ length: 12 }, () => fakeSource('vm'));
    let openMost = 0;
    for (const source of many)
      source.answer = async () => {
        openMost = Math.max(
          openMost,
          many.reduce((sum, { open }) => sum + open, 0),
        );
        await settle();
        return [];
      };
    const other = await openHouse(mkdtempSync(join(folder, 'many-')), [fakeCloud(() => many)]);
    await other.connections.refresh('c');
    assert.equal(openMost, limits.discoveryConcurrency);
    assert.ok(many.every(({ reads }) => reads === 1));
    await other.dispose();
  });
});

describe('discovery/watching', () => {
  let folder: string;
  let house: House;
  let source: FakeSource;
  let tell: (batch: DiscoveryBatch) => void;
  let endWatch: (error?: Error) => void;
  let watches: number;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'pilothouse-discovery-'));
    watches = 0;
    source = fakeSource('vm', 5_000);
    source.answer = [thing('c:vm/web')];
    source.watch = (onBatch, signal) => {
      watches++;
      tell = onBatch;
      return new Promise((resolve, reject) => {
        endWatch = (error) => (error ? reject(error) : resolve());
        signal.addEventListener('abort', () => resolve());
      });
    };
    house = await openHouse(folder, [fakeCloud(() => [source])]);
    house.connections.setActive(true);
    await house.clock.advance(0);
  });
  afterEach(async () => {
    await house.dispose();
    rmSync(folder, { recursive: true });
  });
  const batch = (...resources: ReturnType<typeof thing>[]): DiscoveryBatch => ({
    mode: 'changes',
    resources,
    removed: [],
    relations: [],
  });

  it('shows what it is told at once, and polls as a net only', async () => {
    await house.clock.advance(limits.pollFastMs);
    assert.equal(source.reads, 2);
    tell(batch(thing('c:vm/new')));
    assert.deepEqual(house.names(), ['new', 'web']);
    await house.clock.advance(limits.pollSlowMs - 1);
    assert.equal(source.reads, 2);
    await house.clock.advance(1);
    assert.equal(source.reads, 3);
  });

  it('sets right what is told late, from before a write', async () => {
    await house.clock.advance(limits.pollFastMs);
    source.answer = [thing('c:vm/web', 'stopped')];
    house.connections.nudge('c', ['vm']);
    await house.clock.advance(0);
    tell(batch(thing('c:vm/web', 'running')));
    assert.equal(house.graph.get('c:vm/web')?.status, 'running');
    await house.clock.advance(limits.pollNudgeMs);
    assert.equal(house.graph.get('c:vm/web')?.status, 'stopped');
  });

  it('polls in its own rhythm where watching ended, and watches again', async () => {
    endWatch(new Error('connection reset'));
    await house.clock.advance(5_000);
    assert.ok(source.reads >= 2);
    assert.equal(watches, 2);
  });

  it('ends watching while nobody looks', async () => {
    house.connections.setActive(false);
    await settle();
    tell(batch(thing('c:vm/late')));
    assert.deepEqual(house.names(), ['web']);
    house.connections.setActive(true);
    await house.clock.advance(0);
    assert.equal(watches, 2);
  });
});
