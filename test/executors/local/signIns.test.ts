// Sign-ins as sshd writes them down: sentences of a real sshd that refused real attempts, both forms of time that syslog
// writes, names that strangers chose to mislead, and a file that grows, is rotated, or may not be read.

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'ssh2';
import type { Activity, ActivityLog } from '../../../daemon/executors/contract.ts';
import { createSignIns, parseSignIns } from '../../../daemon/executors/local/host/signIns.ts';
import { problemOf } from '../../../shared/model/problem.ts';
import { removeTempFolders, tempFolder } from '../../fakes/tempFolder.ts';

const nowMs = Date.parse('2026-03-02T12:00:00Z');
const signal = new AbortController().signal;

function logAt(file: string): ActivityLog {
  return createSignIns({ env: { PILOTHOUSE_AUTH_LOG: file }, now: () => nowMs })!;
}

function check(said: string, expected: Partial<Activity> | undefined): void {
  const text = `2026-03-02T11:59:00.5+00:00 host sshd[7]: ${said}\n`;
  const [found] = parseSignIns(text, nowMs, { inode: 1, offset: Buffer.byteLength(text) });
  if (!expected) assert.equal(found, undefined, said);
  for (const [key, value] of Object.entries(expected ?? {}))
    assert.equal(found?.[key as keyof Activity], value, said);
}

describe('sign-ins in the log of sshd', () => {
  afterEach(removeTempFolders);

  it('reads who was let in and who was refused', () => {
    check('Failed password for root from 203.0.113.9 port 4242 ssh2', {
      principal: '203.0.113.9',
      outcome: 'refused',
    });
    check('Failed password for invalid user admin from 2001:db8::1 port 1 ssh2', {
      principal: '2001:db8::1',
    });
    check('Failed none for invalid user admin from 203.0.113.9 port 1 ssh2', undefined);
    check('Accepted publickey for ann from 10.0.0.7 port 50000 ssh2: ED25519 SHA256:abc', {
      principal: 'ann',
      address: '10.0.0.7',
      outcome: 'done',
    });
    check('Connection closed by authenticating user root 203.0.113.9 port 4 [preauth]', {
      outcome: 'refused',
    });
    check('Server listening on 0.0.0.0 port 22.', undefined);
  });

  it('counts what the log of the system folded into one line', () => {
    const text =
      'Mar  2 11:13:56 host sshd[7]: message repeated 5 times: [ Failed password for root from 203.0.113.9 port 4 ssh2]\n';
    const found = parseSignIns(text, nowMs, { inode: 1, offset: text.length });
    assert.equal(found.length, 5);
    assert.equal(new Set(found.map(({ id }) => id)).size, 5);
    assert.ok(found.every(({ principal, outcome }) => principal === '203.0.113.9' && outcome === 'refused'));
  });

  it('is not misled by a name that looks like an address', () => {
    check('Failed password for invalid user x from 10.0.0.7 port 1 from 203.0.113.9 port 4242 ssh2', {
      principal: '203.0.113.9',
    });
    check('Failed password for invalid user Accepted password for root from 203.0.113.9 port 4242 ssh2', {
      principal: '203.0.113.9',
      outcome: 'refused',
    });
  });

  it('understands the old form of time, of last year, too', () => {
    const text =
      'Dec 31 23:59:59 host sshd-session[7]: Accepted password for ann from 10.0.0.7 port 1 ssh2\n';
    const [found] = parseSignIns(text, nowMs, { inode: 1, offset: text.length });
    assert.equal(new Date(found!.atMs).getFullYear(), 2025);
  });

  it('reads on where it stopped, whole lines only, and from the start of a file that was rotated', async () => {
    const file = path.join(tempFolder(), 'auth.log');
    const line = (user: string) =>
      `2026-03-02T11:00:00+00:00 host sshd[7]: Accepted password for ${user} from 10.0.0.7 port 1 ssh2\n`;
    writeFileSync(file, line('ann') + line('bob').slice(0, 40));
    const log = logAt(file);
    const read = async (cursor?: string) =>
      log.read({ resources: [], sinceMs: 0, signal, ...(cursor !== undefined && { cursor }) });
    const first = await read();
    assert.deepEqual(
      first.activities.map(({ principal }) => principal),
      ['ann'],
    );
    appendFileSync(file, line('bob').slice(40));
    const second = await read(first.cursor);
    assert.deepEqual(
      second.activities.map(({ principal }) => principal),
      ['bob'],
    );
    assert.notEqual(first.activities[0]!.id, second.activities[0]!.id);
    assert.deepEqual((await read(second.cursor)).activities, []);
    renameSync(file, `${file}.1`);
    writeFileSync(file, line('eve'));
    assert.deepEqual(
      (await read(second.cursor)).activities.map(({ principal }) => principal),
      ['eve'],
    );
  });

  it('says what to do where it may not read', async () => {
    const file = path.join(tempFolder(), 'auth.log');
    await assert.rejects(logAt(file).read({ resources: [], sinceMs: 0, signal }), (error) => {
      assert.match(problemOf(error).message, /cannot be read \(ENOENT\)/);
      return true;
    });
  });

  it('sees real attempts at a real sshd', async function () {
    const sshd = '/usr/sbin/sshd';
    if (!existsSync(sshd) || !existsSync('/usr/bin/ssh-keygen')) return this.skip();
    this.timeout(60_000);
    const folder = tempFolder();
    const said = await attempts(sshd, folder, 3);
    // sshd writes to its own file without the head that the system's log puts before each line.
    const file = path.join(folder, 'auth.log');
    const head = '2026-03-02T11:59:30.000001+00:00 host sshd[4711]: ';
    writeFileSync(file, said.map((one) => `${head}${one}\n`).join(''));
    const { activities } = await logAt(file).read({ resources: [], sinceMs: 0, signal });
    const refused = activities.filter(({ outcome }) => outcome === 'refused');
    assert.equal(refused.length, 3, said.join('\n'));
    assert.ok(refused.every(({ principal, does }) => principal === '127.0.0.1' && does === 'sign-in'));
  });
});

/** Starts an sshd of the test's own on loopback, is refused so many times, and gives what it wrote. */
async function attempts(sshd: string, folder: string, count: number): Promise<readonly string[]> {
  const port = await freePort();
  const [key, log, config] = ['host_key', 'sshd.log', 'sshd_config'].map((name) => path.join(folder, name));
  execFileSync('/usr/bin/ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key!]);
  writeFileSync(
    config!,
    `ListenAddress 127.0.0.1:${port}\nHostKey ${key}\nPidFile none\nUsePAM no\nPasswordAuthentication yes\nPermitRootLogin no\n`,
  );
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true });
  const server = spawn(sshd, ['-D', '-f', config!, '-E', log!], { stdio: 'ignore' });
  try {
    const lines = () => (existsSync(log!) ? readFileSync(log!, 'utf8').split(/\r?\n/) : []);
    await until(() => lines().some((one) => one.startsWith('Server listening')));
    for (let i = 0; i < count; i++) await refusedOnce(port);
    await until(() => lines().filter((one) => one.startsWith('Failed password')).length >= count);
    return lines();
  } finally {
    const ended = once(server, 'exit');
    server.kill();
    await ended;
  }
}

function refusedOnce(port: number): Promise<void> {
  return new Promise((resolve) => {
    const client = new Client();
    client.on('error', () => resolve());
    client.connect({
      host: '127.0.0.1',
      port,
      username: 'nobody-here',
      password: 'wrong',
      authHandler: ['password'],
    });
  });
}

async function until(isTrue: () => boolean): Promise<void> {
  const deadlineMs = Date.now() + 30_000;
  while (!isTrue()) {
    if (Date.now() > deadlineMs) throw new Error('It did not happen in time');
    await sleep(50);
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
