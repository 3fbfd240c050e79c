// The sandbox when it goes wrong: lost answers, crashes in the middle, failures on demand, a world that others move.
// The crashes are real: a process of its own is killed with SIGKILL.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { limits } from '../../../daemon/config.ts';
import { removeTempFolders, tempFolder } from '../../fakes/tempFolder.ts';
import { type Lab, openLab } from './lab.ts';

const args = { name: 'dev-box', flavor: 'S.4', image: 'ubuntu-24.04', network: 'private' };

describe('executors/sandbox failures', () => {
  let folder: string;
  let lab: Lab;
  beforeEach(async () => {
    folder = tempFolder();
    lab = await openLab(folder);
  });
  afterEach(async () => {
    await lab.close();
    removeTempFolders();
  });
  const boxes = () => lab.control.resources().filter(({ name }) => name === 'dev-box');

  it('finds a write whose answer was lost, and does not write it twice', async () => {
    lab.control.failNext({ kind: 'lose-answer', operation: 'create.vm' });
    await assert.rejects(lab.perform('create.vm', undefined, args, 'm'), /answer of the cloud was lost/);
    const found = await lab.reconcile('create.vm', 'm');
    assert.deepEqual([found.found, found.createdId], ['done', boxes()[0]?.id]);
    assert.equal(await lab.perform('create.vm', undefined, args, 'm'), found.createdId);
    assert.equal(boxes().length, 1);
  });

  it('forgets a mark when no step can be asking for it any more, but never that it has its estate', async () => {
    await lab.perform('stop.vm', 'vm/web-1', {}, 'old');
    await lab.close();
    lab = await openLab(folder, { now: () => Date.now() + limits.sandboxMarksKeptMs + 1_000 });
    await lab.perform('delete.vm', 'vm/web-1', {}, 'new');
    assert.deepEqual(
      lab.control.writes().map(({ mark }) => mark),
      ['new'],
    );
    await lab.close();
    lab = await openLab(folder);
    assert.equal(lab.get('vm/web-1'), undefined);
  });

  it('knows that a request that was lost was not done', async () => {
    lab.control.failNext({ kind: 'lose-request' });
    await assert.rejects(lab.perform('create.vm', undefined, args, 'm'), /did not reach/);
    assert.equal((await lab.reconcile('create.vm', 'm')).found, 'not-done');
    assert.equal(boxes().length, 0);
  });

  it('fails once, only what was asked, with the code that was asked', async () => {
    lab.control.failNext({ kind: 'refuse', operation: 'stop.vm', target: 'web-2', code: 'cloud-conflict' });
    await lab.perform('stop.vm', 'vm/web-1');
    await assert.rejects(
      lab.perform('stop.vm', 'vm/web-2'),
      (error: { problem?: { code: string } }) => error.problem?.code === 'cloud-conflict',
    );
    await lab.perform('stop.vm', 'vm/web-2');
    assert.equal(lab.get('vm/web-2')?.status, 'stopped');
  });

  it('hangs until the step is given up, and has written nothing', async () => {
    lab.control.failNext({ kind: 'hang' });
    const stop = new AbortController();
    const handler = lab.executor.operations.get('stop.vm')!;
    const hanging = handler.perform({
      ...lab.context('stop.vm', 'vm/web-1'),
      signal: stop.signal,
      mark: 'm',
      permit: undefined as never,
    });
    setImmediate(() => stop.abort(new Error('given up')));
    await assert.rejects(hanging, /given up/);
    assert.equal(lab.get('vm/web-1')?.status, 'running');
  });

  it('says what it saw last where a transition never ends', async () => {
    lab.control.failNext({ kind: 'stuck' });
    await lab.perform('stop.vm', 'vm/web-1');
    const step = lab.context('stop.vm', 'vm/web-1');
    const stop = AbortSignal.abort();
    const handler = lab.executor.operations.get('stop.vm')!;
    const waiting = new AbortController();
    const verifying = handler.verify({
      ...step,
      signal: waiting.signal,
      progress: () => waiting.abort(),
      mark: 'm',
      outcome: {},
    });
    assert.deepEqual(await verifying, { verified: false, observed: 'web-1 is stopping' });
    assert.equal(stop.aborted, true);
  });

  it('says why a transition ended in an error', async () => {
    lab.control.failNext({ kind: 'end-in-error' });
    const verified = await lab.run('create.vm', undefined, args);
    assert.equal(verified.verified, false);
    assert.match(verified.observed, /dev-box is in error: A failure on demand/);
    assert.equal(lab.control.resource(verified.createdId!)?.status, 'error');
  });

  it('lets a person rehearse a failure by a tag, and take the tag away again', async () => {
    await lab.run('tag.vm', 'vm/web-1', { tags: { 'sandbox-fault': 'cloud-quota' } });
    await assert.rejects(
      lab.perform('stop.vm', 'vm/web-1'),
      /quota of the project is used up.*failure on demand/i,
    );
    await lab.run('untag.vm', 'vm/web-1', { keys: ['sandbox-fault'] });
    assert.equal((await lab.run('stop.vm', 'vm/web-1')).verified, true);
  });

  it('cannot be made to crash by a tag', async () => {
    await lab.run('tag.vm', 'vm/web-1', { tags: { 'sandbox-fault': 'crash-before' } });
    assert.equal((await lab.run('stop.vm', 'vm/web-1')).verified, true);
  });

  it('answers nothing in an outage, and all again after it', async () => {
    lab.control.setOutage('cloud-unreachable');
    const signal = AbortSignal.timeout(5_000);
    await assert.rejects(lab.executor.identity(signal), /cannot be reached/);
    await assert.rejects(lab.executor.sources[0]!.read({ signal }), /cannot be reached/);
    await assert.rejects(lab.perform('stop.vm', 'vm/web-1'), /cannot be reached/);
    lab.control.setOutage(undefined);
    assert.equal((await lab.run('stop.vm', 'vm/web-1')).verified, true);
  });

  it('refuses what somebody else made impossible meanwhile', async () => {
    const handler = lab.executor.operations.get('stop.vm')!;
    const step = { ...lab.context('stop.vm', 'vm/web-1'), mark: 'm', permit: undefined as never };
    lab.control.change('sandbox:vm/web-1', { status: 'suspended' });
    const fresh = await handler.refresh(step);
    assert.equal(fresh?.status, 'suspended');
    assert.notEqual(fresh?.version, step.target?.version);
    await assert.rejects(handler.perform(step), /web-1 is suspended/);
    lab.control.remove('sandbox:vm/web-1');
    assert.equal(await handler.refresh(step), undefined);
    await assert.rejects(handler.perform(step), /not there any more/);
  });

  for (const [kind, found, count] of [
    ['crash-before', 'not-done', 0],
    ['crash-after', 'done', 1],
  ] as const)
    it(`is killed by ${kind}, and knows afterwards: ${found}`, async () => {
      lab.control.failNext({ kind });
      const child = spawnWriter(folder, ['once', 'm']);
      assert.deepEqual(await once(child, 'exit'), [null, 'SIGKILL']);
      assert.equal((await lab.reconcile('create.vm', 'm')).found, found);
      assert.equal(boxes().length, count);
      const again = spawnWriter(folder, ['once', 'm']);
      assert.deepEqual(await once(again, 'exit'), [0, null], 'the fault happens once');
      assert.equal(boxes().length, 1);
    });

  it('has each write whole or not at all when its process is killed at any moment', async () => {
    for (const killAfterWrites of [1, 4, 9, 15]) {
      const child = spawnWriter(folder, ['loop', `round-${killAfterWrites}`]);
      let answered = 0;
      child.stdout!.on('data', (data: Buffer) => {
        answered += data.toString().split('\n').length - 1;
        if (answered >= killAfterWrites) child.kill('SIGKILL');
      });
      await once(child, 'exit');
      const marks = new Map(lab.control.writes().map((write) => [write.mark, write]));
      const volumes = new Set(
        lab.control
          .resources()
          .filter(({ name }) => name.startsWith('round-'))
          .map(({ id }) => id),
      );
      const created = [...marks.values()]
        .filter(({ operation }) => operation === 'create.volume')
        .map((write) => write.created!);
      const deleted = new Set(
        [...marks.values()]
          .filter(({ operation }) => operation === 'delete.volume')
          .map((write) => write.target),
      );
      assert.deepEqual([...volumes].sort(), created.filter((id) => !deleted.has(id)).sort());
      assert.ok(marks.size >= killAfterWrites, 'what was answered is there');
    }
  });

  it('starts together in two processes and fills the world once', async () => {
    const fresh = tempFolder();
    const children = [spawnWriter(fresh, ['open', '']), spawnWriter(fresh, ['open', ''])];
    for (const [code] of await Promise.all(children.map((child) => once(child, 'exit'))))
      assert.equal(code, 0);
    const both = await openLab(fresh);
    assert.equal(both.control.resources().length, lab.control.resources().length);
    await both.close();
  });
});

function spawnWriter(folder: string, words: readonly string[]) {
  return spawn(process.execPath, [join(import.meta.dirname, 'writer.ts'), folder, ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}
