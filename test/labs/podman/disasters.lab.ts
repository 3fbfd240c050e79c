// What can go wrong between Pilothouse and a container engine, provoked on a real one: it is killed in the middle,
// freezes, is started anew, or was never for this user. Nothing is taken for gone, and every sentence says what to do.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { WritePermit } from '../../../daemon/executors/permit.ts';
import { ProblemError } from '../../../shared/model/problem.ts';
import type { Resource } from '../../../shared/model/resource.ts';
import { contextOf, eventually, type Machine, openMachine } from '../../executors/local/machine.ts';
import { requireLab, up } from '../lab.ts';
import type { PodmanLab } from './podmanLab.ts';

const permit = {} as WritePermit;
const forever = 'trap "exit 0" TERM; while :; do sleep 1 & wait $!; done';

describe('a container engine in trouble', function () {
  this.timeout(120_000);
  let lab: PodmanLab;
  let machine: Machine;

  before(async function () {
    lab = await requireLab('podman', this);
    await lab.make('trouble', forever);
    machine = await openMachine(lab.env);
  });
  after(async () => {
    await up('podman');
    await lab?.remove('trouble');
    await machine?.dispose();
  });

  const find = async (name: string): Promise<Resource> => {
    const found = (await machine.list('container')).find((one) => one.name === name);
    assert.ok(found, name);
    return found;
  };
  const problemOf = async (work: Promise<unknown>): Promise<ProblemError['problem']> => {
    const error = await work.then(
      () => assert.fail('it went well'),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof ProblemError, String(error));
    return error.problem;
  };

  it('tells what happened from the state where the answer was lost', async () => {
    const target = await find('trouble');
    const handler = machine.executor.operations.get('stop.container')!;
    const context = { ...contextOf('stop.container', target, {}), mark: 'test' };
    assert.equal((await handler.reconcile(context)).found, 'not-done');
    await handler.perform({ ...context, permit });
    assert.equal((await handler.reconcile(context)).found, 'done');
    const again = await machine.preview('stop.container', target);
    assert.equal(again.idle, true);
    assert.equal((await machine.carryOut('start.container', await find('trouble'))).verified, true);
  });

  it('says that a container ended at once, and with which code', async () => {
    await lab.make('trouble-fails', 'exit 3', { start: false });
    try {
      const verification = await machine.carryOut('start.container', await find('trouble-fails'));
      assert.equal(verification.verified, false);
      assert.match(verification.observed, /ended at once with code 3; its log says why/);
      assert.equal((await find('trouble-fails')).status, 'failed');
    } finally {
      await lab.remove('trouble-fails');
    }
  });

  it('says that a container vanished while it was looked at', async () => {
    await lab.make('trouble-gone', forever);
    const target = await find('trouble-gone');
    await lab.remove('trouble-gone');
    const preview = await machine.preview('stop.container', target);
    assert.match(preview.notes[0]?.message ?? '', /is not there any more/);
    const handler = machine.executor.operations.get('stop.container')!;
    const context = { ...contextOf('stop.container', target, {}), mark: 'test' };
    assert.equal((await problemOf(handler.perform({ ...context, permit }))).code, 'cloud-not-found');
  });

  it('says that an engine does not answer in time, and lets go at once when told to', async () => {
    const target = await find('trouble');
    await lab.disturb('freeze');
    try {
      const handler = machine.executor.operations.get('stop.container')!;
      const context = { ...contextOf('stop.container', target, {}), signal: AbortSignal.timeout(300) };
      await assert.rejects(() => handler.refresh(context), { name: 'TimeoutError' });
    } finally {
      await lab.disturb('thaw');
    }
    assert.equal((await find('trouble')).status, 'running');
  });

  it('takes nothing for gone when the engine is killed, says so, and goes on when it is back', async () => {
    await find('trouble');
    await lab.disturb('kill');
    const problem = await eventually('the silence to be noticed', async () => {
      try {
        await machine.list('container');
        return undefined;
      } catch (error) {
        const { problem } = error as ProblemError;
        // Right at its death a request may be broken off instead.
        return /does not run/.test(problem.message) ? problem : undefined;
      }
    });
    assert.equal(problem.code, 'cloud-unreachable');
    assert.match(problem.message, /container engine at .*podman.sock does not run/);
    assert.match(problem.fix ?? '', /systemctl/);
    await up('podman');
    assert.equal((await find('trouble')).name, 'trouble');
  });
});

/** An engine that breaks in ways a real one cannot be made to on demand: one fake for each. */
describe('a socket that is no engine', function () {
  this.timeout(30_000);
  let folder: string;
  let server: http.Server | undefined;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'pilothouse-socket-'));
  });
  afterEach(async () => {
    server?.closeAllConnections();
    await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
    server = undefined;
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  async function listWith(answer: http.RequestListener): Promise<ProblemError['problem']> {
    const socket = path.join(folder, 'engine.sock');
    server = http.createServer(answer);
    await new Promise<void>((resolve) => server!.listen(socket, resolve));
    const machine = await openMachine({ DOCKER_HOST: `unix://${socket}` });
    try {
      await machine.list('container');
      return assert.fail('it went well');
    } catch (error) {
      assert.ok(error instanceof ProblemError, String(error));
      return error.problem;
    } finally {
      await machine.dispose();
    }
  }

  it('goes half-way through an answer', async () => {
    const problem = await listWith((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
      response.write('[{"Id":');
      setTimeout(() => response.destroy(), 20);
    });
    assert.match(problem.message, /stopped answering half-way while trying to list containers/);
  });

  it('goes before it answers', async () => {
    const problem = await listWith((request) => request.socket.destroy());
    assert.match(problem.message, /broke off while trying to list containers/);
    assert.equal(problem.code, 'cloud-unreachable');
  });

  it('answers in a form nobody knows', async () => {
    const problem = await listWith((_request, response) => response.end('<html>hello</html>'));
    assert.match(problem.message, /answered in a form Pilothouse does not know/);
  });

  it('fails, and its own words are shown in one line', async () => {
    const problem = await listWith((_request, response) => {
      response.writeHead(500);
      response.end(JSON.stringify({ message: 'disk\nis\u0007 full' }));
    });
    assert.match(problem.message, /failed \(500\) while trying to list containers. It says: disk is full/);
  });

  it('is on another machine, which is said', async () => {
    const machine = await openMachine({ DOCKER_HOST: 'tcp://user:hunter22@far:2376' });
    const error = await machine.list('container').then(
      () => assert.fail('it went well'),
      (reason: ProblemError) => reason.problem,
    );
    assert.match(error.message, /over a Unix socket only/);
    assert.ok(!error.message.includes('hunter22'));
    await machine.dispose();
  });

  it('that nobody listens on, and was not named, only leaves a word in the log', async () => {
    const runtime = path.join(folder, 'runtime');
    mkdirSync(path.join(runtime, 'podman'), { recursive: true });
    const socket = path.join(runtime, 'podman', 'podman.sock');
    // A child that dies leaves its socket behind, as a killed engine does.
    spawnSync(process.execPath, [
      '-e',
      `require("net").createServer().listen(${JSON.stringify(socket)}, () => process.kill(process.pid, 9))`,
    ]);
    const machine = await openMachine({ XDG_RUNTIME_DIR: runtime });
    const listed = await machine.list('container');
    assert.ok(listed.every(({ attributes }) => attributes.engine !== socket));
    assert.match(machine.logged.join('\n'), new RegExp(`${socket} does not run`));
    await machine.dispose();
  });
});
