// The main job on this machine: a sentence, the plan, a yes, a real container or process, what was read back, the
// audit trail, and the way back. What there is is asked of the engine and the kernel, past everything that is tested.

import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import os from 'node:os';
import { eventually } from '../../executors/local/machine.ts';
import { requireLab } from '../lab.ts';
import { type LocalPerson, openLocalPerson } from './person.ts';
import type { PodmanLab } from './podmanLab.ts';

const forever = 'trap "exit 0" TERM; echo started; while :; do sleep 1 & wait $!; done';

describe('the main job on this machine', function () {
  this.timeout(120_000);
  let lab: PodmanLab;
  let person: LocalPerson;
  const children: ChildProcess[] = [];

  before(async function () {
    lab = await requireLab('podman', this);
    for (const name of ['shop-web', 'shop-cache', 'shop-old']) await lab.make(name, forever);
    person = await openLocalPerson(lab.env);
  });
  after(async () => {
    for (const child of children) child.kill('SIGKILL');
    await person?.dispose();
    for (const name of ['shop-web', 'shop-cache', 'shop-old', 'shop-late']) await lab?.remove(name);
  });

  it('is connected without a credential, as the user of the machine', async () => {
    const { connections } = await person.session.request('connection/list', {});
    assert.deepEqual(
      connections.map(({ id, state, identity }) => [id, state, identity?.user]),
      [['local', 'connected', os.userInfo().username]],
    );
  });

  it('lists containers', async () => {
    const { answer } = await person.ask('list containers');
    const table = answer?.blocks.find((block) => block.kind === 'table');
    const names = table?.rows.map(({ cells }) => cells.name);
    for (const name of ['shop-web', 'shop-cache', 'shop-old']) assert.ok(names?.includes(name), name);
  });

  it('answers for the processor of this machine', async () => {
    const { answer } = await person.ask("what's the current CPU?");
    assert.match(answer?.summary ?? '', new RegExp(`^cpu of ${os.hostname()} is [\\d.]+ % now`));
    assert.match(answer?.source ?? '', /^(?:This machine|local)\b/);
  });

  it('shows the log of a container', async () => {
    const { answer } = await person.ask('logs of container shop-web');
    assert.match(JSON.stringify(answer?.blocks), /started/);
  });

  it('measures a container', async () => {
    const { answer, problem } = await person.ask('memory of container shop-web');
    assert.match(answer?.summary ?? problem?.message ?? '', /^memory of shop-web is [\d.]+ % now/);
    const cpu = await person.ask('cpu of container shop-web');
    assert.match(cpu.answer?.summary ?? '', /^cpu of shop-web is [\d.]+ % now/);
  });

  it('asks first: nothing is stopped without a yes', async () => {
    const plan = await person.plan('stop container shop-web');
    assert.equal(plan.state, 'proposed');
    assert.equal((await lab.see('shop-web'))?.status, 'running');
    await person.session.request('plan/reject', { id: plan.id });
  });

  it('stops a container, and undo starts it again', async () => {
    const stopped = await person.carryOut('stop container shop-web');
    assert.equal((await lab.see('shop-web'))?.status, 'exited');
    assert.match(stopped.runs[0]?.observed ?? '', /shop-web is (stopped|failed)/);
    await person.undo(stopped);
    assert.equal((await lab.see('shop-web'))?.status, 'running');
  });

  it('starts what was stopped', async () => {
    await person.carryOut('stop container shop-cache');
    await person.carryOut('start container shop-cache');
    assert.equal((await lab.see('shop-cache'))?.status, 'running');
  });

  it('restarts a container: it runs since later', async () => {
    const before = await lab.see('shop-web');
    await person.carryOut('restart container shop-web');
    const after = await lab.see('shop-web');
    assert.equal(after?.status, 'running');
    assert.notEqual(after?.startedAt, before?.startedAt);
  });

  it('pauses a container, and undo lets it go on', async () => {
    const paused = await person.carryOut('pause container shop-web');
    assert.equal((await lab.see('shop-web'))?.status, 'paused');
    await person.undo(paused);
    assert.equal((await lab.see('shop-web'))?.status, 'running');
  });

  it('limits the memory of a container, and says what this engine forgets', async () => {
    const plan = await person.plan('limit container shop-web to 64 MB');
    assert.match(JSON.stringify(plan.preview.steps), /podman before version 5 forgets this limit/);
    const ended = await person.approve(plan);
    assert.equal(ended.state, 'done', ended.outcome);
    assert.match(ended.runs[0]?.observed ?? '', /may use 0.0625 GB/);
  });

  it('removes a stopped container after it was typed, and not a running one', async () => {
    const running = await person.plan('delete container shop-old');
    assert.equal(running.state, 'blocked');
    assert.match(JSON.stringify(running.preview), /removes only what is stopped/);
    await person.carryOut('stop container shop-old');
    const plan = await person.plan('delete container shop-old');
    assert.equal(plan.verdict.approval.kind, 'typed');
    const ended = await person.approve(plan);
    assert.equal(ended.state, 'done', ended.outcome);
    assert.equal(ended.canUndo, false);
    assert.equal(await lab.see('shop-old'), undefined);
    await eventually('the container to be gone from the graph', async () =>
      (await person.resource('container', 'shop-old')) === undefined ? true : undefined,
    );
  });

  it('ends and renices a process, and undo renices it back', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    children.push(child);
    const name = await eventually('the process in the graph', async () => {
      await person.refresh();
      const { resources } = await person.session.request('resource/list', { kind: 'process', limit: 1_000 });
      return resources.find(({ attributes }) => attributes.pid === child.pid)?.name;
    });
    assert.match(name, new RegExp(`\\(${child.pid}\\)$`));
    const before = os.getPriority(child.pid);
    const reniced = await person.carryOut(`renice process ${child.pid} to 12`);
    assert.equal(os.getPriority(child.pid), 12);
    if (process.getuid?.() === 0) {
      await person.undo(reniced);
      assert.equal(os.getPriority(child.pid), before);
    }
    const ended = once(child, 'exit');
    await person.carryOut(`kill process ${child.pid}`);
    assert.equal((await ended)[1], 'SIGTERM');
  });

  it('sees what somebody else starts without being asked', async () => {
    await lab.make('shop-late', forever);
    await eventually('the new container in the graph', () => person.resource('container', 'shop-late'));
  });

  it('stops at the first surprise: the container was stopped after the plan was shown', async () => {
    const plan = await person.plan('restart container shop-late');
    await lab.remove('shop-late');
    const ended = await person.approve(plan);
    assert.notEqual(ended.state, 'done');
    assert.match(ended.outcome ?? '', /shop-late is not there any more/);
  });

  it('proves who did what, in a chain that verifies', async () => {
    const { records } = await person.session.request('audit/list', { limit: 1_000 });
    for (const operation of [
      'stop.container',
      'start.container',
      'restart.container',
      'suspend.container',
      'resize.container',
      'delete.container',
      'renice.process',
      'delete.process',
    ]) {
      const events = records.filter((record) => record.operation === operation).map(({ event }) => event);
      assert.ok(events.includes('step.before') && events.includes('step.after'), operation);
    }
    const done = records.find((record) => record.event === 'step.after');
    assert.equal(done?.actedAs?.identity?.user, os.userInfo().username);
    assert.equal(done?.actor.how, 'terminal');
    assert.equal((await person.session.request('audit/verify', {})).ok, true);
  });
});
