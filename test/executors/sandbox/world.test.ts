// The simulated cloud over time: transitions, controllers, what discovery is told, figures and logs.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { DiscoveryBatch } from '../../../daemon/executors/contract.ts';
import { realisticDurations } from '../../../daemon/executors/sandbox/durations.ts';
import { sandboxProvisioner } from '../../../daemon/executors/sandbox/provisioner.ts';
import { healthOf } from '../../../shared/model/statuses.ts';
import { removeTempFolders, tempFolder } from '../../fakes/tempFolder.ts';
import { type Lab, openLab } from './lab.ts';

const noonMs = Date.UTC(2026, 10, 20, 12);

describe('executors/sandbox world', () => {
  let folder: string;
  let nowMs: number;
  let lab: Lab;
  const { signal } = new AbortController();
  beforeEach(async () => {
    folder = tempFolder();
    nowMs = noonMs;
    lab = await openLab(folder, { speed: 'real', now: () => nowMs });
  });
  afterEach(async () => {
    await lab.close();
    removeTempFolders();
  });
  const pods = (owner: string) =>
    lab.control
      .resources()
      .filter(({ kind, attributes }) => kind === 'pod' && attributes.owner === `sandbox:${owner}`);

  it('can be switched off', async () => {
    const context = {
      env: { PILOTHOUSE_SANDBOX: 'off' },
      homeFolder: folder,
      stateFolder: folder,
      now: Date.now,
      log: () => undefined,
    };
    assert.deepEqual(await sandboxProvisioner.find(context), { candidates: [], problems: [] });
  });

  it('has a believable estate, all of it marked as simulated, with known states and whole relations', async () => {
    const batch = await lab.executor.sources[0]!.read({ signal });
    assert.ok(batch.resources.length >= 60 && batch.resources.length <= 120, String(batch.resources.length));
    const ids = new Set(batch.resources.map(({ id }) => id));
    assert.equal(ids.size, batch.resources.length);
    for (const resource of batch.resources) {
      assert.deepEqual(
        [resource.simulated, resource.connection, resource.provider, resource.region],
        [true, 'sandbox', 'sandbox', 'sim-1'],
      );
      assert.notEqual(healthOf(resource.status), 'unknown', `${resource.id} is ${resource.status}`);
      assert.ok(lab.executor.sources[0]!.kinds.includes(resource.kind));
    }
    for (const relation of batch.relations)
      assert.ok(ids.has(relation.from) && ids.has(relation.to), JSON.stringify(relation));
    assert.ok(batch.relations.length >= 100);
    assert.deepEqual(await lab.executor.identity(signal), {
      user: 'sandbox-operator',
      project: 'shop',
      region: 'sim-1',
      roles: ['member'],
    });
  });

  it('takes its time, and needs no running program for it', async () => {
    const id = await lab.perform('create.vm', undefined, {
      name: 'dev-box',
      flavor: 'S.4',
      image: 'ubuntu-24.04',
      network: 'private',
    });
    assert.equal(lab.control.resource(id!)?.status, 'building');
    nowMs += realisticDurations.build - 1;
    assert.equal(lab.control.resource(id!)?.status, 'building');
    await lab.close();
    nowMs += 1;
    lab = await openLab(folder, { now: () => nowMs });
    const vm = lab.control.resource(id!);
    assert.deepEqual([vm?.status, vm?.attributes.ip], ['running', '10.0.0.20']);
  });

  it('takes nothing else while it is under way, but can be deleted', async () => {
    await lab.perform('stop.vm', 'vm/web-1');
    assert.equal(lab.get('vm/web-1')?.status, 'stopping');
    await assert.rejects(lab.perform('reboot.vm', 'vm/web-1'), /still stopping/);
    await lab.perform('delete.vm', 'vm/web-1');
    nowMs += realisticDurations.delete;
    assert.equal(lab.get('vm/web-1'), undefined);
  });

  it('replaces pods without going below what is wanted, one revision for all at the end', async () => {
    const before = new Set(pods('deployment/prod/web').map(({ id }) => id));
    await lab.perform('set-image.deployment', 'deployment/prod/web', { image: 'shop/web:2.0' });
    const seen: number[] = [];
    for (let step = 0; step < 20; step++) {
      nowMs += 450;
      seen.push(pods('deployment/prod/web').filter(({ status }) => status === 'running').length);
    }
    assert.ok(
      seen.every((running) => running >= 3),
      seen.join(),
    );
    const after = pods('deployment/prod/web');
    assert.equal(after.length, 3);
    assert.ok(after.every(({ id, attributes }) => !before.has(id) && attributes.image === 'shop/web:2.0'));
    assert.deepEqual(
      [lab.get('deployment/prod/web')?.attributes.ready, lab.get('deployment/prod/web')?.status],
      [3, 'running'],
    );
  });

  it('replaces pods of a stateful set one after the other, with their names', async () => {
    await lab.perform('rollout-restart.statefulset', 'statefulset/prod/search');
    const running: number[] = [];
    for (let step = 0; step < 40; step++) {
      nowMs += 300;
      running.push(pods('statefulset/prod/search').filter(({ status }) => status === 'running').length);
    }
    assert.equal(Math.min(...running), 1);
    assert.deepEqual(
      pods('statefulset/prod/search')
        .map(({ name }) => name)
        .sort(),
      ['search-0', 'search-1'],
    );
    assert.equal(lab.get('statefulset/prod/search')?.status, 'running');
  });

  it('drains a node: its pods run elsewhere, those of daemon sets stay, and no new ones come', async () => {
    await lab.perform('drain.node', 'node/node-1');
    nowMs += 10_000;
    const there = () =>
      lab.control
        .resources()
        .filter(({ attributes }) => attributes.node === 'node-1')
        .map(({ attributes }) => attributes.owner);
    assert.deepEqual(there(), ['sandbox:daemonset/kube-system/kube-proxy']);
    await lab.perform('scale.deployment', 'deployment/prod/web', { replicas: 6 });
    nowMs += 10_000;
    assert.deepEqual(there(), ['sandbox:daemonset/kube-system/kube-proxy']);
    assert.equal(lab.get('deployment/prod/web')?.attributes.ready, 6);
  });

  it('leaves pods waiting where no node takes them, and starts them when one does', async () => {
    for (const node of ['node-1', 'node-2', 'node-3']) await lab.perform('cordon.node', `node/${node}`);
    await lab.perform('scale.deployment', 'deployment/prod/web', { replicas: 4 });
    nowMs += 60_000;
    assert.equal(lab.get('deployment/prod/web')?.status, 'pending');
    await lab.perform('uncordon.node', 'node/node-2');
    nowMs += 60_000;
    assert.deepEqual(
      [lab.get('deployment/prod/web')?.status, lab.get('deployment/prod/web')?.attributes.ready],
      ['running', 4],
    );
  });

  it('brings a restarted pod back as another one', async () => {
    const [pod] = pods('deployment/prod/api');
    await lab.perform('restart.pod', pod!.id.slice('sandbox:'.length));
    nowMs += 10_000;
    assert.equal(lab.control.resource(pod!.id), undefined);
    assert.equal(pods('deployment/prod/api').length, 2);
  });

  it('shows an image that does not start as an error of the workload', async () => {
    await lab.perform('set-image.deployment', 'deployment/staging/web', { image: 'shop/web:broken' });
    nowMs += 60_000;
    assert.equal(lab.get('deployment/staging/web')?.status, 'error');
    assert.equal(lab.get('deployment/staging/web')?.attributes.ready, 1);
  });

  it('forgets a whole namespace, and starts nothing in it again', async () => {
    await lab.perform('delete.namespace', 'namespace/staging');
    nowMs += 60_000;
    assert.deepEqual(
      lab.control.resources().filter(({ namespace, name }) => namespace === 'staging' || name === 'staging'),
      [],
    );
  });

  it('tells discovery of its own writes and of those of other processes', async () => {
    const stop = new AbortController();
    const batches: DiscoveryBatch[] = [];
    const heard = new EventTarget();
    const watching = lab.executor.sources[0]!.watch!((batch) => {
      batches.push(batch);
      heard.dispatchEvent(new Event('batch'));
    }, stop.signal);
    const statusOf = (id: string) => batches.at(-1)?.resources.find((resource) => resource.id === id)?.status;
    let next = once(heard, 'batch');
    await lab.perform('stop.vm', 'vm/web-1');
    await next;
    assert.equal(statusOf('sandbox:vm/web-1'), 'stopping');
    next = once(heard, 'batch');
    lab.control.change('sandbox:vm/web-2', { status: 'error' });
    while (statusOf('sandbox:vm/web-2') !== 'error') {
      await next;
      next = once(heard, 'batch');
    }
    stop.abort();
    await watching;
    const count = batches.length;
    await lab.perform('stop.vm', 'vm/web-3');
    assert.equal(batches.length, count);
  });
});

describe('executors/sandbox figures', () => {
  let lab: Lab;
  const { signal } = new AbortController();
  before(async () => {
    lab = await openLab(tempFolder(), { now: () => noonMs });
  });
  after(async () => {
    await lab.close();
    removeTempFolders();
  });
  const read = (path: string, metric: string, hours: number) =>
    lab.executor.readers.metrics!({
      resource: lab.get(path)!,
      metric,
      fromMs: noonMs - hours * 3_600_000,
      toMs: noonMs,
      signal,
    });

  it('has a current CPU for web-1, the same for everybody who asks', async () => {
    const one = await read('vm/web-1', 'cpu', 1);
    assert.equal(one.unit, '%');
    assert.ok(one.points.length >= 60);
    const current = one.points.at(-1)!;
    assert.ok(noonMs - current[0] < 60_000 && current[1] > 0 && current[1] <= 100, String(current));
    assert.deepEqual(await read('vm/web-1', 'cpu', 1), one);
    assert.notDeepEqual((await read('vm/web-2', 'cpu', 1)).points.at(-1), current);
  });

  it('follows the day, stays within what can be, and keeps to its bound', async () => {
    for (const [path, metric] of [
      ['vm/web-1', 'cpu'],
      ['vm/db-1', 'disk'],
      ['database/orders', 'latency'],
      ['deployment/prod/web', 'requests'],
    ] as const) {
      const { points, unit } = await read(path, metric, 24 * 21);
      assert.ok(points.length <= 2_001 && points.length > 1_000);
      assert.ok(points.every(([, value]) => value >= 0 && (unit !== '%' || value <= 100)));
      assert.ok(points.every(([at], index) => index === 0 || at > points[index - 1]![0]));
    }
    const { points } = await read('deployment/prod/web', 'requests', 24 * 3);
    const mean = (hours: readonly number[]) => {
      const values = points
        .filter(([at]) => hours.includes(new Date(at).getUTCHours()))
        .map(([, value]) => value);
      return values.reduce((sum, value) => sum + value, 0) / values.length;
    };
    assert.ok(mean([13, 14, 15]) > 1.5 * mean([1, 2, 3]));
  });

  it('says why there is no figure', async () => {
    await assert.rejects(read('vm/dev-2', 'cpu', 1), /dev-2 is stopped: nothing is measured/);
    await assert.rejects(read('network/private', 'cpu', 1), /does not measure the cpu of a network/);
    await assert.rejects(read('vm/web-1', 'requests', 1), /does not measure the requests of a vm/);
  });

  it('has logs, by lines, by words, since a time, and says where it cut', async () => {
    const log = (path: string, more: object) =>
      lab.executor.readers.logs!({ resource: lab.get(path)!, lines: 50, signal, ...more });
    const full = await log('vm/web-1', {});
    assert.deepEqual([full.text.trimEnd().split('\n').length, full.truncated], [50, true]);
    const lines = full.text.trimEnd().split('\n');
    assert.deepEqual([...lines].sort(), lines);
    const matched = await log('deployment/prod/api', { grep: 'WARN' });
    assert.ok(
      matched.text
        .trimEnd()
        .split('\n')
        .every((line) => line.includes('WARN')),
    );
    const recent = await log('vm/web-1', { sinceMs: noonMs - 60_000 });
    assert.ok(recent.text.trimEnd().split('\n').length <= 4 && !recent.truncated);
    await assert.rejects(log('network/private', {}), /network has no log/);
  });
});
