// A shell on a server of one's own by a real sshd, from the command line: the server, user, key and host key that the
// site's file names, the command and its exit code, a host key that is not on file, and what the audit keeps of it.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { AuditRecord } from '../../../shared/model/audit.ts';
import { endDaemon } from '../../vscode/endDaemon.ts';
import { requireLab } from '../lab.ts';
import type { OnPremLab } from './onPremLab.ts';

const cli = path.join(import.meta.dirname, '..', '..', '..', 'daemon', 'cli', 'main.ts');

describe('a shell on a server of one’s own', function () {
  this.timeout(180_000);
  let lab: OnPremLab;
  let folder: string;
  let file: string;

  before(async function () {
    lab = await requireLab('onprem', this);
    folder = await mkdtemp(path.join(os.tmpdir(), 'pilothouse-ssh-'));
    file = path.join(folder, 'onprem.yaml');
    await write({});
  });
  after(async () => {
    if (!folder) return;
    await endDaemon(path.join(folder, 'state'));
    await rm(folder, { recursive: true, force: true });
  });

  async function write(more: object): Promise<void> {
    const host = { host: '127.0.0.1', port: lab.sshPort, user: 'root', identity_file: lab.keys.user };
    const ssh = { hosts: [host], known_hosts: lab.knownHosts, ...more };
    const device = { address: '127.0.0.2', community: 'nobody' };
    const sites = { rack: { environment: 'dev', ssh, snmp: { devices: [device] } } };
    await writeFile(file, JSON.stringify({ sites }), { mode: 0o600 });
  }

  function run([first, ...rest]: readonly [string, ...string[]], typed = '') {
    const child = spawn(process.execPath, [cli, first, '--state', path.join(folder, 'state'), ...rest], {
      env: {
        PATH: process.env.PATH,
        HOME: folder,
        PILOTHOUSE_ONPREM_FILE: file,
        PILOTHOUSE_SANDBOX: 'off',
        PILOTHOUSE_LOCAL: 'off',
        NODE_NO_WARNINGS: '1',
      },
      stdio: 'pipe',
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (data) => (out += String(data)));
    child.stderr.on('data', (data) => (err += String(data)));
    child.stdin.on('error', () => undefined);
    child.stdin.end(typed);
    return new Promise<{ code: number | null; out: string; err: string }>((resolve) =>
      child.on('close', (code) => resolve({ code, out, err })),
    );
  }

  it('opens where the file says, as whom it says, and ends with the exit code', async () => {
    const { code, out, err } = await run(
      ['exec', '127.0.0.1', '--yes'],
      `echo "$USER-$((6*7)) on port" $(echo $SSH_CONNECTION | cut -d' ' -f4); exit 7\n`,
    );
    assert.equal(code, 7, err);
    assert.match(out, new RegExp(`root-42 on port ${lab.sshPort}`));
    assert.match(err, /Runs this machine's own ssh to 127\.0\.0\.1, the host 127\.0\.0\.1 on rack \(dev\)/);
  });

  it('runs one command, each word as it is', async () => {
    const { code, out, err } = await run(['exec', '127.0.0.1', '--yes', '--', 'echo', "it's  $HOME", 'b;c']);
    assert.equal(code, 0, err);
    assert.equal(out, "it's  $HOME b;c\n");
  });

  it('never accepts a host key that is not on file', async () => {
    const empty = path.join(folder, 'empty_known_hosts');
    await writeFile(empty, '');
    // What was read before with the right key is still known; only the shell is tried with the empty file.
    await write({ known_hosts: empty });
    const { code, out, err } = await run(['exec', '127.0.0.1', '--yes'], 'echo inside\n');
    assert.notEqual(code, 0);
    assert.match(err, /Host key verification failed|is error; only what runs/);
    assert.doesNotMatch(out, /inside/);
    await write({});
  });

  it('keeps who was there and how it ended, and never what was typed', async () => {
    const { out } = await run(['audit', 'list', '--json']);
    const value = JSON.parse(out) as readonly AuditRecord[] | { readonly records: readonly AuditRecord[] };
    const records = 'records' in value ? value.records : value;
    const entered = records.filter(({ operation }) => operation === 'enter.host');
    const ends = entered.filter(({ event }) => event === 'terminal.ended').map(({ outcome }) => outcome);
    assert.equal(entered.length, ends.length * 2);
    assert.ok(ends.includes('ended with code 7') && ends.includes('ended with code 0'), ends.join('; '));
    assert.doesNotMatch(out, /6\*7|root-42/);
  });
});
