// The main job from a terminal against a real OpenStack, by the bundle that ships: a sentence, the plan, a yes, the
// server, the proof, and the way back. What the cloud has is counted past everything that is tested.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { AuditRecord } from '../../../shared/model/audit.ts';
import { requireLab } from '../lab.ts';
import type { OpenstackLab } from './openstackLab.ts';
import { openPerson, type Person } from './person.ts';

const cli = join(import.meta.dirname, '..', '..', '..', 'dist', 'cli.cjs');

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

describe('the main job in a terminal on a real OpenStack', function () {
  this.timeout(300_000);
  let lab: OpenstackLab;
  let person: Person;

  before(async function () {
    lab = await requireLab('openstack', this);
    person = await openPerson(lab, `term${process.pid}`);
  });
  after(async function () {
    this.timeout(180_000);
    await person?.dispose();
  });

  function run(...args: readonly string[]): Promise<Ended> {
    const child = spawn(process.execPath, [cli, ...args, '--state', person.state], {
      env: { ...process.env, ...person.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (data) => (out += String(data)));
    child.stderr.on('data', (data) => (err += String(data)));
    return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err })));
  }
  async function json<T>(...args: readonly string[]): Promise<T> {
    const { out, err } = await run(...args, '--json');
    try {
      return JSON.parse(out) as T;
    } catch {
      return assert.fail(`not JSON: ${out}\n${err}`);
    }
  }

  it('finds the cloud where its own tools keep it', async () => {
    const { code, out } = await run('connections');
    assert.equal(code, 0);
    assert.match(out, /dev-lab\s+connected/);
    assert.ok(!out.includes(person.project.password));
  });

  it('asks first: without a yes nothing is made, and the script learns it', async () => {
    const { code, out } = await run('ask', 'Create S.4 VM named dev-box');
    assert.equal(code, 2);
    assert.match(out, /dev-box/);
    assert.deepEqual(await person.servers(), []);
  });

  it('creates the server after a yes, and reads it back', async () => {
    const { code, out } = await run('ask', 'Create S.4 VM named dev-box', '--yes');
    assert.equal(code, 0, out);
    const servers = await person.servers();
    assert.deepEqual(
      servers.map(({ name, status }) => [name, status]),
      [['dev-box', 'ACTIVE']],
    );
    assert.ok(
      Object.keys(servers[0]!.metadata).some((key) => key.startsWith('pilothouse')),
      'the write carries its mark',
    );
  });

  it('shows it among the resources', async () => {
    const { resources } = await json<{
      readonly resources: readonly {
        readonly name: string;
        readonly status: string;
        readonly kind: string;
      }[];
    }>('resources');
    const box = resources.find((one) => one.kind === 'vm' && one.name === 'dev-box');
    assert.equal(box?.status, 'running');
  });

  it('carries out a plan of several steps in order', async () => {
    const { code, out } = await run(
      'ask',
      'create a 2 GB volume named data-1, attach it to dev-box, then tag dev-box with team=ops',
      '--yes',
    );
    assert.equal(code, 0, out);
    const { volumes } = await person.project.session.require<{
      volumes: readonly { readonly name: string; readonly size: number; readonly status: string }[];
    }>('volumev3', 'GET', '/volumes/detail');
    assert.deepEqual(
      volumes.map(({ name, size, status }) => [name, size, status]),
      [['data-1', 2, 'in-use']],
    );
    assert.equal((await person.servers())[0]?.metadata.team, 'ops');
  });

  it('never destroys with a mere --yes', async () => {
    const { code } = await run('ask', 'delete dev-box', '--yes');
    assert.notEqual(code, 0);
    assert.equal((await person.servers()).length, 1);
  });

  it('proves who did what, as whom, in a chain that verifies', async () => {
    const { out } = await run('audit', 'export', '--format', 'jsonl');
    const records = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as AuditRecord);
    const made = records.find((record) => record.event === 'step.after' && record.operation === 'create.vm');
    assert.equal(made?.outcome, 'done');
    assert.equal(made?.actor.how, 'terminal');
    assert.equal(made?.actedAs?.identity?.user, person.project.user);
    assert.equal(made?.actedAs?.identity?.project, person.project.project);
    const approved = records.find((record) => record.event === 'plan.approved' && record.plan === made?.plan);
    assert.equal(approved?.digest, made?.digest);
    const order = records.filter((record) => record.plan === made?.plan).map((record) => record.event);
    assert.ok(order.indexOf('step.before') < order.indexOf('step.after'));
    assert.equal((await run('audit', 'verify')).code, 0);
    assert.ok(!out.includes(person.project.password));
  });

  it('says what a full quota means before anything is made', async () => {
    const { code, out, err } = await run('ask', 'create 9 S.8 vms named flood', '--yes');
    assert.notEqual(code, 0);
    assert.match(out + err, /quota does not suffice for all steps/i);
    assert.equal((await person.servers()).length, 1);
  });

  it('says what to do about a wrong password, and keeps it to itself', async () => {
    const other = await openPersonWithWrongPassword();
    const child = spawn(process.execPath, [cli, 'connections', '--state', other.state], {
      env: { ...process.env, ...other.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    child.stdout.on('data', (data) => (out += String(data)));
    await new Promise((resolve) => child.on('close', resolve));
    await other.dispose();
    assert.match(out, /password/i);
    assert.ok(!out.includes('not-the-word'));
  });

  async function openPersonWithWrongPassword(): Promise<Person> {
    const other = await openPerson(lab, `wrong${process.pid}`);
    await other.writeClouds({ password: 'not-the-word' });
    return other;
  }
});
