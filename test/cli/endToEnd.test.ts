// The main job in a terminal, with nothing faked but the cloud: the real command line, the real daemon as a process of
// its own, the sandbox. Also what happens when the daemon is killed, and when two terminals come at once.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { isAlive } from '../../connect/daemonFile.ts';
import { findDaemon } from '../../connect/findDaemon.ts';
import { endDaemonsOf } from '../fakes/endDaemons.ts';
import { removeTempFolders, tempFolder } from '../fakes/tempFolder.ts';
import { until } from '../fakes/tick.ts';

const cli = path.join(import.meta.dirname, '..', '..', 'daemon', 'cli', 'main.ts');
const folders = new Set<string>();

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function newFolder(): string {
  const folder = tempFolder();
  folders.add(folder);
  return folder;
}

function pilothouse(folder: string, args: readonly string[], env: Record<string, string> = {}): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [cli, ...args, '--state', folder], {
      env: {
        PATH: process.env.PATH,
        HOME: folder,
        PILOTHOUSE_SANDBOX_SPEED: 'instant',
        PILOTHOUSE_LOCAL: 'off',
        PILOTHOUSE_IDLE_EXIT_MS: '60000',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk) => {
      out += chunk;
    });
    child.stderr.on('data', (chunk) => {
      err += chunk;
    });
    child.on('close', (code) => resolve({ code, out, err }));
  });
}

const jsonOf = (ran: Ran) => {
  try {
    return JSON.parse(ran.out);
  } catch {
    throw new Error(`no JSON: ${ran.code}\n${ran.out}\n${ran.err}`);
  }
};

describe('the main job in a terminal', function () {
  this.timeout(60_000);

  afterEach(async () => {
    await endDaemonsOf(folders);
    folders.clear();
    removeTempFolders();
  });

  it('creates a VM, shows it, proves it, and takes it back', async () => {
    const folder = newFolder();
    const asked = await pilothouse(folder, ['ask', 'create S.4 VM named dev-box', '--yes', '--json']);
    assert.equal(asked.code, 0, asked.err);
    const { plan, verdict, steps, audit } = jsonOf(asked);
    assert.equal(plan.state, 'done');
    assert.equal(verdict.effect, 'ask');
    assert.equal(steps[0].state, 'done');
    assert.ok(audit.to > audit.from);

    const { resources } = jsonOf(await pilothouse(folder, ['resources', '--json', '--kind', 'vm']));
    const made = resources.find((one: { name: string }) => one.name === 'dev-box');
    assert.equal(made?.id, steps[0].createdId);
    assert.equal(made?.attributes.flavor, 'S.4');
    assert.equal(made?.simulated, true);

    const records = (await pilothouse(folder, ['audit', 'export', '--format', 'jsonl'])).out
      .trim()
      .split('\n');
    const events = records.map((line) => JSON.parse(line)).filter((record) => record.plan === plan.id);
    assert.deepEqual(
      events.map((record) => record.event),
      ['plan.proposed', 'plan.approved', 'step.before', 'step.after', 'plan.finished'],
    );
    assert.ok(events.every((record) => record.actor.how === 'terminal' || record.actor.how === 'daemon'));
    assert.equal((await pilothouse(folder, ['audit', 'verify'])).code, 0);

    const undo = await pilothouse(folder, ['plan', 'undo', plan.id, '--yes']);
    assert.equal(undo.code, 2, 'a delete is never approved by a flag');
    assert.match(undo.err, /--yes does not approve what destroys/);
  });

  it('stops at a surprise, and goes on with the rest when asked', async () => {
    const folder = newFolder();
    const ask = (text: string) => pilothouse(folder, ['ask', text, '--yes', '--json']);
    const tagged = await ask('tag vm web-2 with sandbox-fault=cloud-conflict');
    const asked = await ask('stop web-1, web-2 and dev-1');
    assert.equal(asked.code, 5, asked.out);
    const { plan } = jsonOf(asked);
    assert.equal(plan.canContinue, true);
    assert.equal((await pilothouse(folder, ['plan', 'undo', jsonOf(tagged).plan.id, '--yes'])).code, 0);
    const rest = jsonOf(await pilothouse(folder, ['plan', 'continue', plan.id, '--yes', '--json']));
    assert.equal(rest.plan.state, 'done', JSON.stringify(rest));
    assert.equal(rest.plan.continues, plan.id);
    const { resources } = jsonOf(await pilothouse(folder, ['resources', '--json', '--kind', 'vm']));
    for (const name of ['web-1', 'web-2', 'dev-1'])
      assert.equal(resources.find((one: { name: string }) => one.name === name).status, 'stopped', name);
    assert.equal((await pilothouse(folder, ['plan', 'continue', plan.id, '--yes'])).code, 5, 'only once');
  });

  it('backs its state up and restores it, with the trail whole and the old state kept', async function () {
    // It starts twenty processes, the daemon four times among them.
    this.timeout(180_000);
    const folder = newFolder();
    const file = path.join(folder, 'state.tar.gz');
    const ask = (text: string) => pilothouse(folder, ['ask', text, '--yes', '--json']);
    assert.equal((await ask('create S.2 VM named box-a')).code, 0);
    assert.equal((await pilothouse(folder, ['backup', file])).code, 0);
    assert.equal((await pilothouse(folder, ['backup', file])).code, 5, 'nothing is overwritten');
    assert.equal((await ask('create S.2 VM named box-b')).code, 0);
    assert.equal((await pilothouse(folder, ['restore', file])).code, 2, 'nobody said yes');

    const names = async () => (await pilothouse(folder, ['resources', '--kind', 'vm'])).out;
    const restored = jsonOf(await pilothouse(folder, ['restore', file, '--yes', '--json']));
    assert.equal(restored.audit.ok, true);
    assert.equal(jsonOf(await pilothouse(folder, ['plans', '--json'])).plans.length, 1);
    assert.match(await names(), /box-b/, 'no cloud goes back in time, the simulated one neither');
    assert.ok(fs.readdirSync(folder).some((name) => name.startsWith('audit.db.before-')));
    const trail = await pilothouse(folder, ['audit', 'export', '--format', 'jsonl']);
    assert.match(trail.out, /"event":"state.restored"/);
    assert.equal((await ask('create S.2 VM named box-c')).code, 0, 'it works on');

    await pilothouse(folder, ['daemon', 'stop']);
    fs.writeFileSync(path.join(folder, 'journal.db'), 'rubbish');
    fs.rmSync(path.join(folder, 'journal.db-wal'), { force: true });
    assert.equal((await pilothouse(folder, ['status'])).code, 5, 'a damaged state does not start');
    assert.equal((await pilothouse(folder, ['restore', file, '--yes'])).code, 0);
    assert.match(await names(), /box-a/);
  });

  it('gives the promised exit codes', async () => {
    const folder = newFolder();
    assert.equal((await pilothouse(folder, ['ask', 'list vms'])).code, 0);
    assert.equal((await pilothouse(folder, ['ask', 'create S.4 VM named dev-box'])).code, 2);
    assert.equal((await pilothouse(folder, ['ask', 'write me a poem about the sea'])).code, 3);
    await pilothouse(folder, ['connections', 'set', 'sandbox', '--mode', 'read-only']);
    assert.equal((await pilothouse(folder, ['ask', 'create S.4 VM named dev-box', '--yes'])).code, 4);
    assert.equal((await pilothouse(folder, ['ask', 'list vms', '--connection', 'nowhere'])).code, 5);
    assert.equal((await pilothouse(folder, ['frobnicate'])).code, 64);
  });

  it('shares one daemon between terminals that come at once, and keeps what was there over kill -9', async () => {
    const folder = newFolder();
    const both = await Promise.all([
      pilothouse(folder, ['ask', 'create S.2 VM named box-a', '--yes', '--json']),
      pilothouse(folder, ['status', '--json']),
    ]);
    assert.deepEqual(
      both.map((ran) => ran.code),
      [0, 0],
      both.map((ran) => ran.err).join('\n'),
    );
    const { pid } = findDaemon(folder)!;
    assert.equal(jsonOf(both[1]!).pid, pid);
    process.kill(pid, 'SIGKILL');
    await until(() => !isAlive(pid), 'the daemon to be gone');
    const { plans } = jsonOf(await pilothouse(folder, ['plans', '--json']));
    assert.equal(plans[0].state, 'done');
    assert.equal((await pilothouse(folder, ['audit', 'verify'])).code, 0);
    assert.match((await pilothouse(folder, ['resources'])).out, /box-a/);
    assert.notEqual(findDaemon(folder)?.pid, pid);
  });

  it('ends the daemon when told to', async () => {
    const folder = newFolder();
    assert.match((await pilothouse(folder, ['daemon', 'start'])).out, /runs as process \d+/);
    const { pid } = findDaemon(folder)!;
    assert.match((await pilothouse(folder, ['daemon', 'stop'])).out, /has ended/);
    await until(() => !isAlive(pid), 'the daemon to be gone');
    assert.match((await pilothouse(folder, ['daemon', 'stop'])).out, /No daemon runs/);
    assert.match((await pilothouse(folder, ['daemon', 'log'])).out, /listens on[\s\S]*ended/);
  });

  it('starts a daemon that holds no secret of its environment on disk', async () => {
    const folder = newFolder();
    const canary = 'canary-5b1f9c';
    await pilothouse(folder, ['ask', `tag web-1 with password=${canary}`, '--yes'], { OS_PASSWORD: canary });
    await pilothouse(folder, ['status']);
    await pilothouse(folder, ['daemon', 'stop']);
    const { readdirSync, readFileSync } = await import('node:fs');
    for (const name of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!name.isFile()) continue;
      const file = path.join(name.parentPath, name.name);
      assert.ok(!readFileSync(file).includes(canary), `${file} holds a secret`);
    }
  });
});
