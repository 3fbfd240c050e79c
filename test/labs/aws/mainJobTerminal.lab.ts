// The main job from a terminal against AWS, by the bundle that ships: a sentence, the plan, a yes, the thing, the proof
// in the audit, and the way back where there is one. What the account has is counted past everything that is tested.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { AuditRecord } from '../../../shared/model/audit.ts';
import { requireLab } from '../lab.ts';
import { textOf } from './awsApi.ts';
import { openPerson, type Person, secretKey } from './person.ts';

const cli = join(import.meta.dirname, '..', '..', '..', 'dist', 'cli.cjs');

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

describe('the main job in a terminal on AWS', function () {
  this.timeout(180_000);
  let person: Person;

  before(async function () {
    person = await openPerson(await requireLab('aws', this));
    await person.api.query('rds', 'CreateDBInstance', {
      DBInstanceIdentifier: 'orders',
      Engine: 'postgres',
      DBInstanceClass: 'db.t3.medium',
      AllocatedStorage: 20,
      MasterUsername: 'admin1',
      MasterUserPassword: 'open-sesame',
    });
  });
  after(() => person?.dispose());

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

  /** The last plan that was carried out, as the terminal named it. */
  let last = '';

  /** A sentence with its yes; fails with all that was said where it did not come to its end. */
  async function ask(sentence: string): Promise<void> {
    const { code, out, err } = await run('ask', sentence, '--yes');
    assert.equal(code, 0, `${sentence}\n${out}\n${err}`);
    last = /plan undo (\S+)/.exec(out)?.[1] ?? '';
  }

  /** Takes the last plan back by the command the terminal told. */
  async function undo(): Promise<void> {
    assert.notEqual(last, '', 'the terminal says how to take it back');
    const { code, out, err } = await run('plan', 'undo', last, '--yes');
    assert.equal(code, 0, `${out}\n${err}`);
  }
  const vm = async (name: string) => (await person.api.instances()).find((one) => one.name === name);
  const typeOf = async (id: string) =>
    textOf(await person.api.query('ec2', 'DescribeInstances', { 'InstanceId.1': id }), 'instanceType');

  it('finds the profile where its own tools keep it, and shows no secret', async () => {
    const { code, out } = await run('connections');
    assert.equal(code, 0);
    assert.match(out, /aws-dev-lab\.eu-central-1\s+connected/);
    assert.ok(!out.includes(secretKey));
  });

  it('asks first: without a yes nothing is made', async () => {
    const { code, out } = await run('ask', 'Create t3.micro VM named dev-box');
    assert.equal(code, 2, out);
    assert.deepEqual(await person.api.instances(), []);
  });

  it('creates an instance after a yes, reads it back, and marks it', async () => {
    await ask('Create t3.micro VM named dev-box');
    assert.equal((await vm('dev-box'))?.state, 'running');
    assert.match(await person.api.query('ec2', 'DescribeInstances'), /<key>pilothouse-mark<\/key>/);
  });

  it('stops it, and the undo starts it again', async () => {
    await ask('stop dev-box');
    assert.equal((await vm('dev-box'))?.state, 'stopped');
    await undo();
    assert.equal((await vm('dev-box'))?.state, 'running');
  });

  it('resizes it with its stop and start, and back', async () => {
    await ask('resize dev-box to t3.small');
    const { id } = (await vm('dev-box'))!;
    assert.equal(await typeOf(id), 't3.small');
    await undo();
    assert.equal(await typeOf(id), 't3.micro');
    assert.equal((await vm('dev-box'))?.state, 'running');
  });

  it('carries out a plan of three steps in order', async () => {
    await ask('create a 2 GB volume named data-1, attach it to dev-box, then tag dev-box with team=ops');
    const disk = (await person.api.volumes()).find((one) => one.name === 'data-1');
    assert.equal(disk?.attachedTo, (await vm('dev-box'))?.id);
    assert.match(await person.api.query('ec2', 'DescribeTags'), /<key>team<\/key>/);
  });

  it('snapshots a volume', async () => {
    await ask('snapshot data-1 named before-change');
    assert.match(await person.api.query('ec2', 'DescribeSnapshots', { 'Owner.1': 'self' }), /before-change/);
  });

  it('opens a port, and the undo closes it', async () => {
    await ask('create security group named web-sg');
    await ask('open tcp port 8443 from 10.0.0.0/8 on web-sg');
    const groups = () => person.api.query('ec2', 'DescribeSecurityGroups', { 'GroupName.1': 'web-sg' });
    assert.match(await groups(), /<fromPort>8443<\/fromPort>/);
    await undo();
    assert.ok(!/<fromPort>8443<\/fromPort>/.test(await groups()));
  });

  it('stops a database, and the undo starts it', async () => {
    const status = async () =>
      textOf(await person.api.query('rds', 'DescribeDBInstances'), 'DBInstanceStatus');
    await ask('stop database orders');
    assert.equal(await status(), 'stopped');
    await undo();
    assert.equal(await status(), 'available');
  });

  it('never destroys with a mere --yes', async () => {
    const { code } = await run('ask', 'delete dev-box', '--yes');
    assert.notEqual(code, 0);
    assert.equal((await vm('dev-box'))?.state, 'running');
  });

  it('proves who did what, as whom in which account, in a chain that verifies', async () => {
    const { out } = await run('audit', 'export', '--format', 'jsonl');
    const records = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as AuditRecord);
    for (const operation of [
      'create.vm',
      'stop.vm',
      'start.vm',
      'resize.vm',
      'create.volume',
      'attach.volume',
      'snapshot.volume',
      'open-port.security-group',
      'stop.database',
    ]) {
      const made = records.find((record) => record.event === 'step.after' && record.operation === operation);
      assert.equal(made?.outcome, 'done', operation);
      assert.equal(made?.actor.how, 'terminal');
      assert.equal(made?.actedAs?.identity?.project, '123456789012');
      assert.equal(made?.actedAs?.identity?.region, 'eu-central-1');
      const order = records.filter((record) => record.plan === made?.plan).map((record) => record.event);
      assert.ok(order.indexOf('step.before') < order.indexOf('step.after'));
    }
    assert.equal((await run('audit', 'verify')).code, 0);
    assert.ok(!out.includes(secretKey));
  });
});
