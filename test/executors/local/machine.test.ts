// This machine for real: its host, its processes and what may be done to them. The processes are children of this test.

import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { localProvisioner } from '../../../daemon/executors/local/provisioner.ts';
import type { Resource } from '../../../shared/model/resource.ts';
import { contextOf, eventually, type Machine, openMachine } from './machine.ts';

describe('this machine', function () {
  this.timeout(60_000);
  let machine: Machine;
  const children: ChildProcess[] = [];
  before(async function () {
    if (process.platform !== 'linux') this.skip();
    // No engine of the machine takes part in this suite.
    machine = await openMachine({ DOCKER_HOST: 'unix:///nowhere/docker.sock' });
  });
  after(async () => {
    for (const child of children) child.kill('SIGKILL');
    await machine?.dispose();
  });

  /** A child of this test, and the resource it is. */
  async function start(script: string): Promise<{ child: ChildProcess; resource: Resource }> {
    const child = spawn(process.execPath, ['-e', script, 'hush', '--password=hunter22'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    children.push(child);
    await once(child.stdout!, 'data');
    const resource = await eventually(`process ${child.pid}`, async () =>
      (await machine.list('process')).find(({ attributes }) => attributes.pid === child.pid),
    );
    return { child, resource };
  }
  const idle = 'console.log("up"); setInterval(() => {}, 1000)';
  const stubborn = `process.on("SIGTERM", () => {}); ${idle}`;

  it('is there without a credential, and can be switched off', async () => {
    const context = { env: {}, homeFolder: '/', stateFolder: '/', now: Date.now, log: () => undefined };
    const found = await localProvisioner.find(context);
    assert.deepEqual(
      found.candidates.map(({ id, simulated }) => [id, simulated]),
      [['local', false]],
    );
    const off = await localProvisioner.find({ ...context, env: { PILOTHOUSE_LOCAL: 'off' } });
    assert.deepEqual(off.candidates, []);
    const identity = await machine.executor.identity(AbortSignal.timeout(1_000));
    assert.equal(identity.user, os.userInfo().username);
  });

  it('knows what it is, and who listens where', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    try {
      const [host] = await machine.list('host');
      assert.equal(host?.name, os.hostname());
      assert.equal(host.attributes.this_machine, true);
      assert.equal(host.attributes.vcpus, os.cpus().length);
      const ports = host.attributes.ports as readonly string[];
      const own = ports.find((line) => line.startsWith(`tcp/${port} on 127.0.0.1`));
      assert.match(own ?? '', new RegExp(`\\(${process.pid}\\)$`));
    } finally {
      server.close();
    }
  });

  it('does not change by itself: two readings of the host are the same', async () => {
    const [first] = await machine.list('host');
    const [second] = await machine.list('host');
    assert.deepEqual({ ...first?.attributes, ports: [] }, { ...second?.attributes, ports: [] });
  });

  it('measures processor, memory, disk, network and load, each in its range', async () => {
    const [host] = await machine.list('host');
    for (const [metric, max] of [
      ['cpu', 100],
      ['memory', 100],
      ['disk', 100],
      ['network', 1e6],
      ['load', 1e6],
    ] as const) {
      const { points } = await machine.executor.readers.metrics!({
        resource: host!,
        metric,
        fromMs: Date.now() - 600_000,
        toMs: Date.now(),
        signal: AbortSignal.timeout(10_000),
      });
      const last = points.at(-1)?.[1] ?? Number.NaN;
      assert.ok(last >= 0 && last <= max, `${metric} is ${last}`);
    }
  });

  it('gives the monitor samples of the host and of processes, in the words of the vocabulary', async () => {
    const [host] = await machine.list('host');
    const { resource } = await start(idle);
    const [source] = machine.executor.metricSources!;
    const ask = () => source!.sample({ resources: [host!, resource], signal: AbortSignal.timeout(10_000) });
    await ask();
    const samples = await eventually('samples of the process', async () => {
      const batch = await ask();
      return batch.samples.some((one) => one.resource === resource.id && one.metric === 'cpu')
        ? batch.samples
        : undefined;
    });
    const ofHost = samples.filter((one) => one.resource === host!.id).map(({ metric }) => metric);
    for (const metric of ['cpu', 'memory', 'disk', 'network', 'load'] as const)
      assert.ok(ofHost.includes(metric), metric);
  });

  it('says that a metric is not measured, and which are', async () => {
    const [host] = await machine.list('host');
    await assert.rejects(
      async () =>
        machine.executor.readers.metrics!({
          resource: host!,
          metric: 'latency',
          fromMs: 0,
          toMs: Date.now(),
          signal: AbortSignal.timeout(10_000),
        }),
      /latency of a host is not measured/,
    );
  });

  it('shows a process with its user, niceness and command, and hides what looks like a password', async () => {
    const { child, resource } = await start(idle);
    assert.match(resource.name, new RegExp(`\\(${child.pid}\\)$`));
    assert.equal(resource.attributes.user, os.userInfo().username);
    assert.equal(resource.attributes.nice, os.getPriority(child.pid));
    assert.match(String(resource.attributes.command), /hush/);
    assert.ok(!String(resource.attributes.command).includes('hunter22'));
    const relations = await machine.relations('process');
    assert.ok(
      relations.some(
        ({ from, type, to }) => from === resource.id && type === 'RUNS_ON' && to === 'local:host/this',
      ),
    );
  });

  it('ends a process that is asked to', async () => {
    const { child, resource } = await start(idle);
    const ended = once(child, 'exit');
    const verification = await machine.carryOut('delete.process', resource);
    assert.deepEqual([verification.verified, verification.gone], [true, true]);
    assert.deepEqual((await ended)[1], 'SIGTERM');
  });

  it('says so where a process ignores being asked, and ends it by force', async () => {
    const { child, resource } = await start(stubborn);
    const handler = machine.executor.operations.get('delete.process')!;
    process.kill(child.pid!, 'SIGTERM');
    const context = { ...contextOf('delete.process', resource, {}), signal: AbortSignal.timeout(300) };
    const asked = await handler.verify({ ...context, mark: 'test', outcome: {} });
    assert.equal(asked.verified, false);
    assert.match(asked.observed, /still runs; it may ignore being asked/);
    const forced = await machine.carryOut('delete.process', resource, { force: true });
    assert.equal(forced.verified, true);
  });

  it('never takes a later process for an earlier one of the same number', async () => {
    const { resource } = await start(idle);
    const other = { ...resource, id: `local:process/1-${String(resource.attributes.pid)}` };
    const handler = machine.executor.operations.get('delete.process')!;
    assert.equal(await handler.refresh(contextOf('delete.process', other, {})), undefined);
    const preview = await machine.preview('delete.process', other);
    assert.match(preview.notes[0]?.message ?? '', /is not there any more/);
  });

  it('refuses to end Pilothouse itself and the first process', async () => {
    const all = await machine.list('process');
    const own = all.find(({ attributes }) => attributes.pid === process.pid);
    assert.match(
      (await machine.preview('delete.process', own!)).notes[0]?.message ?? '',
      /Pilothouse itself/,
    );
    const first = all.find(({ attributes }) => attributes.pid === 1);
    assert.equal((await machine.preview('delete.process', first!)).notes[0]?.level, 'blocker');
  });

  it('renices, and back', async function () {
    if (process.getuid?.() !== 0) this.skip();
    const { child, resource } = await start(idle);
    const before = os.getPriority(child.pid);
    assert.equal((await machine.carryOut('renice.process', resource, { nice: 7 })).verified, true);
    assert.equal(os.getPriority(child.pid), 7);
    const again = await machine.preview('renice.process', resource, { nice: 7 });
    assert.equal(again.idle, true);
    await machine.carryOut('renice.process', resource, { nice: before });
    assert.equal(os.getPriority(child.pid), before);
  });

  it('tells after a crash whether a process was ended', async () => {
    const { child, resource } = await start(idle);
    const handler = machine.executor.operations.get('delete.process')!;
    const context = { ...contextOf('delete.process', resource, {}), mark: 'test' };
    assert.equal((await handler.reconcile(context)).found, 'not-done');
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
    assert.equal((await handler.reconcile(context)).found, 'done');
  });

  it('says whose a process is that belongs to somebody else', async function () {
    if (process.getuid?.() !== 0) this.skip();
    const { child } = await start(idle);
    const script = path.join(import.meta.dirname, 'asSomebodyElse.ts');
    const ran = spawnSync(process.execPath, ['--no-warnings', script, String(child.pid)], {
      uid: 65_534,
      gid: 65_534,
      env: { PATH: process.env.PATH ?? '' },
      encoding: 'utf8',
    });
    // Where this checkout or this Node lies in a place of root's own, nobody else can run it.
    if (ran.error || /EACCES|permission denied/i.test(ran.stderr)) this.skip();
    assert.deepEqual(JSON.parse(ran.stdout), {
      kill: `belongs to ${os.userInfo().username}`,
      written: 'cloud-forbidden',
      renice: 'belongs to',
      first: 'Only root may put a process before others.',
    });
  });

  it('says that a container engine that was named does not run', async () => {
    await assert.rejects(
      () => machine.list('container'),
      /container engine at \/nowhere\/docker.sock does not run/,
    );
  });
});
