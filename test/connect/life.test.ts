// The real life of the process: start, two starts at once, crash, replacement, idle end, drain, foreign files in the
// way. The rooms behind the wire are fakes; process, lock, socket and files are real.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { isAlive, readDaemonFile, writeDaemonFile } from '../../connect/daemonFile.ts';
import { endDaemon, findDaemon } from '../../connect/findDaemon.ts';
import { logPath, socketPathOf, stateFolderOf } from '../../connect/paths.ts';
import { type DaemonSession, openSession, type SessionOptions } from '../../connect/session.ts';
import { endDaemonsOf } from '../fakes/endDaemons.ts';
import { removeTempFolders, tempFolder } from '../fakes/tempFolder.ts';
import { problemFrom, until } from '../fakes/tick.ts';

const entry = path.join(import.meta.dirname, '..', 'fakes', 'daemonMain.ts');
const folders = new Set<string>();
const sessions: DaemonSession[] = [];

function open(stateFolder: string, more: Partial<SessionOptions> = {}): DaemonSession {
  folders.add(stateFolder);
  const session = openSession({
    stateFolder,
    entry,
    client: { name: 'test', version: '0.1.0', kind: 'editor' },
    backoffMs: [5],
    ...more,
  });
  sessions.push(session);
  return session;
}

const pidOf = async (session: DaemonSession): Promise<number> => (await session.ready()).daemon.pid;
const logOf = (folder: string): string => fs.readFileSync(logPath(folder), 'utf8');

describe('the daemon', function () {
  this.timeout(30_000);

  afterEach(async () => {
    for (const session of sessions.splice(0)) session.dispose();
    await endDaemonsOf(folders);
    folders.clear();
    removeTempFolders();
  });

  it('keeps a cache of its code within its bounds, and none of other versions', async () => {
    const folder = tempFolder();
    const cache = path.join(folder, 'code-cache');
    fs.mkdirSync(path.join(cache, '0.0.1'), { recursive: true });
    fs.mkdirSync(path.join(cache, '0.1.0'));
    const file = fs.openSync(path.join(cache, '0.1.0', 'huge'), 'w');
    fs.ftruncateSync(file, 65 * 1024 * 1024);
    fs.closeSync(file);
    await pidOf(open(folder));
    assert.deepEqual(fs.readdirSync(cache), ['0.1.0']);
    assert.ok(!fs.existsSync(path.join(cache, '0.1.0', 'huge')));
  });

  it('is started by the first who wants it, and shared by the next', async () => {
    const folder = tempFolder();
    const first = open(folder);
    const pid = await pidOf(first);
    const second = open(folder, { client: { name: 'other', version: '0.1.0', kind: 'terminal' } });
    assert.equal(await pidOf(second), pid);
    const status = await second.request('status/get');
    assert.equal(status.sessions.length, 2);
    assert.equal(status.stateFolder, folder);
    const file = readDaemonFile(folder);
    assert.equal(file?.pid, pid);
    assert.equal(file?.version, '0.1.0');
    if (process.platform !== 'win32')
      for (const name of fs.readdirSync(folder))
        assert.equal(fs.statSync(path.join(folder, name)).mode & 0o077, 0, `${name} is private`);
  });

  it('is one, also when many want it at once', async () => {
    const folder = tempFolder();
    const all = Array.from({ length: 4 }, () => open(folder));
    const pids = await Promise.all(all.map(pidOf));
    assert.equal(new Set(pids).size, 1, pids.join(' '));
    await until(() => logOf(folder).split('leaves').length - 1 === 3, 'the losers to leave');
    assert.equal(logOf(folder).split('listens on').length - 1, 1);
    assert.equal((await all[3]!.request('status/get')).sessions.length, 4);
  });

  it('that crashed is started again and nothing in its way stops it', async () => {
    const folder = tempFolder();
    const session = open(folder);
    const pid = await pidOf(session);
    const states: string[] = [];
    session.onDidChangeState((state) => states.push(state.kind));
    const waiting = problemFrom(
      session.request('plan/wait', { id: 'none' }).then(() => session.request('status/get')),
    );
    process.kill(pid, 'SIGKILL');
    await waiting;
    await until(() => session.state.kind === 'connected' && states.length > 0, 'the session to be back');
    assert.notEqual(await pidOf(session), pid);
    assert.equal(states[0], 'reconnecting');
    assert.ok(states.includes('connecting'));
  });

  it('is found behind the note of a dead process, and behind that of a living one that is no daemon', async () => {
    const folder = tempFolder();
    const note = { socket: path.join(folder, 'gone'), version: '0.1.0', protocolVersion: 1, startedAt: 'x' };
    fs.writeFileSync(path.join(folder, 'daemon.sock'), 'left behind');
    writeDaemonFile(folder, { ...note, pid: process.pid });
    assert.equal(findDaemon(folder)?.pid, process.pid);
    assert.ok(await pidOf(open(folder)));
    fs.writeFileSync(path.join(folder, 'daemon.json'), '{"half');
    assert.equal(findDaemon(folder), undefined);
  });

  it('that is older finishes what it runs and is replaced', async () => {
    const folder = tempFolder();
    const older = open(folder, {
      client: { name: 'old window', version: '0.0.1', kind: 'editor' },
      env: { ...process.env, PILOTHOUSE_TEST_VERSION: '0.0.1', PILOTHOUSE_TEST_RUN_MS: '300' },
    });
    const oldPid = await pidOf(older);
    const { plan } = await older.request('request/submit', { text: 'create dev-box' });
    await older.request('plan/approve', { id: plan!.id, digest: plan!.digest });
    const ended = older.request('plan/wait', { id: plan!.id });
    const newer = open(folder);
    const steps: string[] = [];
    newer.onDidChangeState((state) => state.kind === 'connecting' && steps.push(state.message));
    const daemon = await newer.ready();
    assert.equal((await ended).state, 'done');
    assert.equal(daemon.daemon.version, '0.1.0');
    assert.notEqual(daemon.daemon.pid, oldPid);
    assert.match(steps.join('\n'), /Replacing the older daemon \(0\.0\.1\)/);
    await until(
      () => older.state.kind === 'connected' && older.state.daemon.daemon.pid === daemon.daemon.pid,
      'the older window to follow',
    );
  });

  it('ends by itself when nobody uses it, and cleans up', async () => {
    const folder = tempFolder();
    const session = open(folder, { env: { ...process.env, PILOTHOUSE_IDLE_EXIT_MS: '100' } });
    const pid = await pidOf(session);
    await session.request('status/get');
    session.dispose();
    await until(() => !isAlive(pid), 'the daemon to end');
    assert.equal(findDaemon(folder), undefined);
    assert.ok(!fs.existsSync(path.join(folder, 'daemon.json')));
    assert.ok(!fs.existsSync(socketPathOf(folder)));
    const log = logOf(folder);
    assert.match(
      log,
      /active: true[\s\S]*active: false[\s\S]*ending \(idle\)[\s\S]*the house is closed[\s\S]*ended/,
    );
  });

  it('ends in order at SIGTERM', async function () {
    if (process.platform === 'win32') this.skip();
    const folder = tempFolder();
    const session = open(folder, { mayReconnect: false });
    const pid = await pidOf(session);
    process.kill(pid, 'SIGTERM');
    await until(() => !isAlive(pid), 'the daemon to end');
    assert.match(logOf(folder), /SIGTERM came[\s\S]*ending \(signal\)[\s\S]*the house is closed/);
    assert.equal(session.state.kind, 'failed');
  });

  it('that cannot open its house says why, in the log and to who started it', async () => {
    const folder = tempFolder();
    const session = open(folder, {
      env: { ...process.env, PILOTHOUSE_TEST_BREAKS: 'the disk is full' },
      attemptsMax: 1,
    });
    const problem = await problemFrom(session.ready());
    assert.match(`${problem.message} ${problem.fix}`, /daemon\.log|ended/);
    assert.match(logOf(folder), /the daemon cannot run: .*the disk is full/);
  });

  it('that hangs is ended at a person’s word and started anew', async function () {
    if (process.platform === 'win32') this.skip();
    const folder = tempFolder();
    const session = open(folder, { patience: { initializeMs: 200 }, attemptsMax: 1, heartbeatMs: 50 });
    const pid = await pidOf(session);
    process.kill(pid, 'SIGSTOP');
    assert.equal((await problemFrom(session.request('status/get'))).code, 'timed-out');
    await until(() => session.state.kind === 'failed', 'the session to give up');
    assert.ok(isAlive(pid));
    await session.restart();
    assert.notEqual(await pidOf(session), pid);
    assert.ok(!isAlive(pid));
  });

  it('is the only process that is ever ended', async () => {
    const folder = tempFolder();
    const bystander = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    try {
      const note = { socket: 'x', version: '0.1.0', protocolVersion: 1, startedAt: 'x' };
      writeDaemonFile(folder, { ...note, pid: bystander.pid! });
      const problem = await problemFrom(endDaemon(folder));
      assert.equal(problem.code, 'not-allowed');
      assert.ok(isAlive(bystander.pid!));
    } finally {
      bystander.kill('SIGKILL');
    }
  });

  it('refuses a Node that would crash, and options it does not know', async () => {
    const { readOptions, requireNode } = await import('../../daemon/lifecycle/options.ts');
    assert.throws(() => requireNode('20.19.0'), /needs Node 22 or newer; this is Node 20\.19\.0/);
    requireNode('22.0.0');
    assert.throws(() => readOptions(['--frobnicate'], {}), /frobnicate/);
    assert.equal(readOptions(['--state', '/x'], { PILOTHOUSE_STATE: '/y' }).stateFolder, path.resolve('/x'));
  });
});

describe('where a daemon lives', () => {
  afterEach(async () => {
    for (const session of sessions.splice(0)) session.dispose();
    await endDaemonsOf(folders);
    folders.clear();
    removeTempFolders();
  });

  it('is the user’s data folder of the system, or what was given', () => {
    const of = (given: string | undefined, env: Record<string, string>, platform: NodeJS.Platform) =>
      stateFolderOf(given, env, platform, '/home/u');
    assert.equal(of(undefined, {}, 'linux'), '/home/u/.local/share/pilothouse');
    assert.equal(of(undefined, { XDG_DATA_HOME: '/d' }, 'linux'), '/d/pilothouse');
    assert.equal(of(undefined, {}, 'darwin'), '/home/u/Library/Application Support/Pilothouse');
    assert.equal(of(undefined, { PILOTHOUSE_STATE: '/s' }, 'linux'), '/s');
    assert.equal(of('/t', { PILOTHOUSE_STATE: '/s' }, 'linux'), '/t');
  });

  it('has a socket path that every system takes, one for each state folder', () => {
    const deep = `/${'very-long-folder-name/'.repeat(12)}state`;
    assert.equal(socketPathOf('/s', {}, 'linux'), '/s/daemon.sock');
    const runtime = socketPathOf(deep, { XDG_RUNTIME_DIR: '/run/user/1000' }, 'linux');
    assert.match(runtime, /^\/run\/user\/1000\/pilothouse-[0-9a-f]{16}\/s$/);
    assert.notEqual(runtime, socketPathOf(`${deep}2`, { XDG_RUNTIME_DIR: '/run/user/1000' }, 'linux'));
    for (const env of [{}, { XDG_RUNTIME_DIR: deep }])
      assert.ok(Buffer.byteLength(socketPathOf(deep, env, 'linux')) <= 103);
    assert.match(socketPathOf('C:\\x', {}, 'win32'), /^\\\\\.\\pipe\\pilothouse-[0-9a-f]{16}$/);
  });

  it('works from a state folder whose path is too long for a socket', async function () {
    this.timeout(30_000);
    const folder = path.join(tempFolder(), 'long-'.repeat(20), 'state');
    const session = open(folder);
    try {
      assert.equal((await session.ready()).stateFolder, folder);
      const { socket, pid } = readDaemonFile(folder)!;
      assert.ok(!socket.startsWith(folder));
      if (process.platform !== 'win32') assert.equal(fs.statSync(path.dirname(socket)).mode & 0o777, 0o700);
      session.dispose();
      process.kill(pid, 'SIGTERM');
      await until(() => !isAlive(pid), 'the daemon to end');
      fs.rmSync(path.dirname(socket), { recursive: true, force: true });
    } finally {
      session.dispose();
    }
  });
});
