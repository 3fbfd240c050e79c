// A disk that runs full under the real daemon: what cannot be recorded is not done, every refusal says what to do, and
// when there is room again everything goes on where it was. Needs a disk of its own, which only root can mount.

import assert from 'node:assert/strict';
import type { DaemonSession } from '../../connect/session.ts';
import type { Plan } from '../../shared/model/plan.ts';
import type { Problem } from '../../shared/model/problem.ts';
import { endDaemonsOf } from '../fakes/endDaemons.ts';
import { mountSmallDisk, type SmallDisk } from '../fakes/smallDisk.ts';
import { removeTempFolders, tempFolder } from '../fakes/tempFolder.ts';
import { problemFrom, until } from '../fakes/tick.ts';
import { namesOfVms, openReadyWindow, openWindow, propose } from './realDaemon.ts';

const patienceMs = 60_000;
const isOver = ({ state }: Plan): boolean => state !== 'approved' && state !== 'running';

describe('a full disk', function () {
  this.timeout(120_000);
  let disk: SmallDisk;
  let state: string;
  let windows: DaemonSession[];

  beforeEach(function () {
    const mounted = mountSmallDisk(tempFolder(), 24);
    if (!mounted) return this.skip();
    disk = mounted;
    state = `${disk.folder}/state`;
    windows = [];
  });
  afterEach(async () => {
    for (const window of windows ?? []) window.dispose();
    if (disk) {
      await endDaemonsOf([state]);
      disk.remove();
    }
    removeTempFolders();
  });

  async function open(): Promise<DaemonSession> {
    const window = await openReadyWindow(state, 'window');
    windows.push(window);
    return window;
  }
  function assertSaysSpace({ code, message, fix }: Omit<Problem, 'code'> & { readonly code: string }): void {
    assert.ok(code === 'store-unavailable' || code === 'audit-unavailable', `${code}: ${message}`);
    assert.match(`${message} ${fix}`, /full|space/);
    assert.ok(fix, message);
  }

  async function countBoxes(window: DaemonSession, indexes: readonly number[]): Promise<readonly number[]> {
    const names = await namesOfVms(window);
    return indexes.map((index) => names.filter((name) => name === `box-${index}`).length);
  }

  it('stops every change before it begins, says so, and lets it be made when there is room', async () => {
    const window = await open();
    const plan = await propose(window, 'create S.2 VM named box-a');
    const before = (await window.request('connection/list')).connections.find(({ id }) => id === 'sandbox')!;
    disk.fill();

    assertSaysSpace(await problemFrom(window.request('plan/approve', { id: plan.id, digest: plan.digest })));
    assert.equal((await window.request('plan/get', { id: plan.id })).state, 'proposed');
    const refused = await window.request('request/submit', { text: 'create S.2 VM named box-b' });
    assert.equal(refused.plan, undefined, 'a plan that cannot be kept is not shown for approval');
    assertSaysSpace(refused.problem!);
    assertSaysSpace(
      await problemFrom(window.request('connection/configure', { id: 'sandbox', mode: 'read-only' })),
    );
    assert.ok((await window.request('audit/verify')).ok);

    disk.makeRoom();
    const { connections } = await window.request('connection/list');
    assert.equal(connections.find(({ id }) => id === 'sandbox')?.mode, before.mode, 'nothing was half done');
    assert.ok(!(await namesOfVms(window)).includes('box-a'));
    await window.request('plan/approve', { id: plan.id, digest: plan.digest });
    assert.equal((await window.request('plan/wait', { id: plan.id })).state, 'done');
    const names = await namesOfVms(window);
    assert.deepEqual(
      ['box-a', 'box-b'].map((name) => names.filter((one) => one === name).length),
      [1, 0],
    );
    assert.deepEqual((await window.request('audit/verify')).ok, true);
  });

  it('keeps answering questions, and says what it cannot keep of the talk', async () => {
    const window = await open();
    const talk = { conversation: 'c-1' };
    await window.request('request/submit', { text: 'list vms', context: talk });
    disk.fill();
    const asked = await window.request('request/submit', { text: 'show web-1', context: talk });
    assert.equal(asked.reading.kind, 'query');
    assert.ok(asked.answer, 'the question itself is answered');
    assert.equal(asked.turn, undefined);
    assert.match(`${asked.notice?.message} ${asked.notice?.fix}`, /not be in the history.*space.*Free/);
    const alias = { words: 'my box', target: 'sandbox:vm/web-1' };
    assertSaysSpace(await problemFrom(window.request('alias/set', alias)));

    disk.makeRoom();
    await window.request('alias/set', alias);
    const again = await window.request('request/submit', { text: 'show my box', context: talk });
    assert.equal(again.notice, undefined);
    const { turns } = await window.request('chat/list', talk);
    assert.deepEqual(
      turns.map(({ text }) => text),
      ['show my box', 'list vms'],
    );
  });

  for (const kilobytes of [112, 176])
    it(`in the middle of a run loses and doubles nothing, and the rest can be done later (${kilobytes} kB)`, async () => {
      const window = await open();
      const indexes = [0, 1, 2, 3, 4, 5];
      const plan = await propose(window, indexes.map((n) => `create S.1 VM named box-${n}`).join(' and '));
      const { pid } = (await window.ready()).daemon;
      // Enough to begin with, too little to come to the end.
      disk.fill(kilobytes * 1024);
      await window.request('plan/approve', { id: plan.id, digest: plan.digest });
      await until(
        async () => disk.freeBytes() <= 8_192 || isOver(await window.request('plan/get', { id: plan.id })),
        'the disk to be full or the plan at its end',
        patienceMs,
      );
      window.dispose();
      process.kill(pid, 'SIGKILL');
      disk.makeRoom();

      const next = await open();
      const ended = await until(
        async () => {
          const now = await next.request('plan/get', { id: plan.id });
          return isOver(now) && now;
        },
        'the plan to be settled',
        patienceMs,
      );
      const made = await countBoxes(next, indexes);
      for (const index of indexes)
        assert.equal(
          made[index],
          Number(ended.runs[index]?.state === 'done'),
          `box-${index}: ${ended.outcome}`,
        );
      if (ended.canContinue) {
        const rest = await next.request('plan/continue', { id: plan.id });
        await next.request('plan/approve', { id: rest.id, digest: rest.digest });
        assert.equal((await next.request('plan/wait', { id: rest.id })).state, 'done');
        assert.deepEqual(await countBoxes(next, indexes), [1, 1, 1, 1, 1, 1]);
      }
      const verified = await next.request('audit/verify');
      assert.ok(verified.ok, JSON.stringify(verified));
    });

  it('at the start is told as what it is, at once, and the next start goes on', async () => {
    const window = await open();
    const plan = await propose(window, 'create S.2 VM named box-a');
    const pid = (await window.ready()).daemon.pid;
    window.dispose();
    process.kill(pid, 'SIGKILL');
    disk.fill();
    const refused = openWindow(state, 'window');
    windows.push(refused);
    const problem = await problemFrom(refused.ready());
    assertSaysSpace(problem);
    assert.match(problem.message, /daemon cannot run/);
    refused.dispose();

    disk.makeRoom();
    const next = await open();
    assert.ok((await next.request('audit/verify')).ok);
    await next.request('plan/approve', { id: plan.id, digest: plan.digest });
    assert.equal((await next.request('plan/wait', { id: plan.id })).state, 'done');
  });
});
