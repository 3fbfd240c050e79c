// A shell in a real container, as a person at a terminal opens it: yes first, bytes both ways, size, exit code, and
// nothing left running when the window goes away. The audit says who was in there, and never what was typed.

import assert from 'node:assert/strict';
import { openTerminal } from '../../../connect/terminal.ts';
import { resourceId } from '../../../shared/model/resource.ts';
import type { TerminalEnd } from '../../../shared/model/terminal.ts';
import { requireLab } from '../lab.ts';
import { visit } from '../visit.ts';
import { type LocalPerson, openLocalPerson } from './person.ts';
import type { PodmanLab } from './podmanLab.ts';

describe('a shell in a container of this machine', function () {
  this.timeout(120_000);
  let lab: PodmanLab;
  let person: LocalPerson;
  let id: string;

  before(async function () {
    lab = await requireLab('podman', this);
    const made = await lab.make('shell-web', 'while true; do sleep 1; done');
    id = resourceId('local', 'container', made.id);
    person = await openLocalPerson(lab.env);
  });
  after(async () => {
    await person?.dispose();
    await lab?.remove('shell-web');
  });

  it('asks first, and says where and as whom', async () => {
    const proposal = await person.session.request('terminal/propose', { id, way: 'exec' });
    assert.match(proposal.effect, /Opens a shell in the container shell-web on This machine/);
    assert.equal(proposal.verdict.effect, 'ask');
    assert.equal(proposal.verdict.approval.kind, 'button');
  });

  it('shows what is typed, takes a size, and tells the exit code', async () => {
    const shell = await visit(person.session, { id, way: 'exec' });
    shell.type('echo $((6*7))-in-here; cat /etc/hostname\r');
    await shell.shows('42-in-here');
    shell.terminal.resize(101, 33);
    await shell.until(async () => {
      shell.type('stty size\r');
      return /33 101/.test(shell.text());
    });
    shell.type('exit 7\r');
    assert.deepEqual(await shell.ended, { exitCode: 7 });
  });

  it('runs one command', async () => {
    const one = await visit(person.session, { id, way: 'exec', command: ['echo', 'only this'] });
    assert.deepEqual(await one.ended, { exitCode: 0 });
    assert.match(one.text(), /only this/);
  });

  it('ends what runs in there when the window closes it', async () => {
    const shell = await visit(person.session, { id, way: 'exec', command: ['sleep', '98765'] });
    await shell.until(async () => (await lab.processes('shell-web')).includes('98765'));
    shell.terminal.close();
    await shell.until(async () => !(await lab.processes('shell-web')).includes('98765'));
  });

  it('holds back what comes faster than it is shown', async () => {
    const proposal = await person.session.request('terminal/propose', {
      id,
      way: 'exec',
      command: [
        'sh',
        '-c',
        'i=0; while [ $i -lt 40000 ]; do echo "line $i of many"; i=$((i+1)); done; echo THE-END',
      ],
    });
    let bytes = 0;
    let tail = '';
    const ended = await new Promise<TerminalEnd>((resolve, reject) => {
      openTerminal(
        person.session,
        { proposal: proposal.id, columns: 80, rows: 24 },
        {
          onBytes: (part) => {
            bytes += part.length;
            tail = (tail + Buffer.from(part).toString()).slice(-100);
          },
          onEnd: resolve,
        },
      ).catch(reject);
    });
    assert.deepEqual(ended, { exitCode: 0 });
    assert.ok(bytes > 600_000, String(bytes));
    assert.match(tail, /THE-END/);
  });

  it('says that a command is not there', async () => {
    const wrong = visit(person.session, { id, way: 'exec', command: ['no-such-program'] });
    const said = await wrong.then(
      async (open) => JSON.stringify([await open.ended, open.text()]),
      (error: Error) => error.message,
    );
    assert.match(said, /no-such-program|12[67]/);
  });

  it('does not open in what is stopped', async () => {
    const made = await lab.make('shell-off', 'sleep 1', { start: false });
    await person.refresh();
    const off = resourceId('local', 'container', made.id);
    await assert.rejects(
      person.session.request('terminal/propose', { id: off, way: 'exec' }),
      /shell-off is .*; only what runs can be entered/,
    );
    await lab.remove('shell-off');
  });

  it('is refused where the connection is read-only', async () => {
    await person.session.request('connection/configure', { id: 'local', mode: 'read-only' });
    const { verdict, id: proposal } = await person.session.request('terminal/propose', { id, way: 'exec' });
    assert.equal(verdict.effect, 'deny');
    await assert.rejects(
      person.session.request('terminal/open', { proposal, columns: 80, rows: 24 }),
      /is set to read-only/,
    );
    await person.session.request('connection/configure', { id: 'local', mode: 'confirm' });
  });

  it('leaves nothing running where its daemon was killed, and has an end in the audit', async () => {
    const shell = await visit(person.session, { id, way: 'exec', command: ['sleep', '98766'] });
    await shell.until(async () => (await lab.processes('shell-web')).includes('98766'));
    const { state } = person.session;
    assert.ok(state.kind === 'connected');
    process.kill(state.daemon.daemon.pid, 'SIGKILL');
    assert.match((await shell.ended).reason ?? '', /connection to the Pilothouse daemon has ended/);
    await person.session.ready();
    const { records } = await person.session.request('audit/list', {
      limit: 1,
      operation: 'enter.container',
    });
    assert.match(records[0]?.outcome ?? '', /what it had left running was told to hang up/);
    assert.equal(records[0]?.target, id);
    await shell.until(async () => !(await lab.processes('shell-web')).includes('98766'));
  });

  it('keeps who was in there, and never what was typed', async () => {
    const { records } = await person.session.request('audit/list', {
      limit: 1_000,
      operation: 'enter.container',
    });
    const opened = records.filter(({ event }) => event === 'terminal.opened');
    const ended = records.filter(({ event }) => event === 'terminal.ended');
    assert.equal(opened.length, ended.length);
    assert.ok(ended.some(({ detail }) => detail?.exitCode === 7));
    assert.ok(ended.some(({ outcome }) => outcome === 'It was closed.'));
    assert.equal(opened[0]?.target, id);
    assert.equal(opened[0]?.actor.how, 'terminal');
    assert.ok(!JSON.stringify(records).includes('in-here'));
    assert.equal((await person.session.request('audit/verify', {})).ok, true);
  });
});
