// Two windows and a terminal on one daemon: whoever says yes first, it is done once, and everybody sees what became of
// it. The daemon and the wire are real.

import assert from 'node:assert/strict';
import type { DaemonSession } from '../../connect/session.ts';
import type { Plan } from '../../shared/model/plan.ts';
import { problemOf } from '../../shared/model/problem.ts';
import { endDaemonsOf } from '../fakes/endDaemons.ts';
import { removeTempFolders, tempFolder } from '../fakes/tempFolder.ts';
import { until } from '../fakes/tick.ts';
import { namesOfVms, openReadyWindow, propose } from './realDaemon.ts';

/** Plans as a window shows them. */
function follow(session: DaemonSession): ReadonlyMap<string, Plan> {
  const plans = new Map<string, Plan>();
  const keep = (plan: Plan): void => void plans.set(plan.id, plan);
  session.subscribe('plans', { onSnapshot: (all) => all.forEach(keep), onChange: keep });
  return plans;
}

describe('two windows on one daemon', function () {
  this.timeout(120_000);
  let state: string;
  let one: DaemonSession;
  let two: DaemonSession;

  beforeEach(async () => {
    state = tempFolder();
    [one, two] = await Promise.all([openReadyWindow(state, 'window 1'), openReadyWindow(state, 'window 2')]);
  });
  afterEach(async () => {
    one?.dispose();
    two?.dispose();
    await endDaemonsOf([state]);
    removeTempFolders();
  });

  it('share it, and each sees what the other proposed', async () => {
    assert.equal((await one.ready()).daemon.pid, (await two.ready()).daemon.pid);
    const seen = follow(two);
    const plan = await propose(one, 'create S.2 VM named box-a');
    await until(() => seen.get(plan.id)?.state === 'proposed', 'the plan in the other window');
    assert.equal(seen.get(plan.id)?.digest, plan.digest);
  });

  it('that both say yes at once get one run, and both see it done', async () => {
    const [inOne, inTwo] = [follow(one), follow(two)];
    for (const name of ['box-a', 'box-b', 'box-c']) {
      const { id, digest } = await propose(one, `create S.2 VM named ${name}`);
      const answers = await Promise.allSettled(
        [one, two].map((window) => window.request('plan/approve', { id, digest })),
      );
      const refused = answers.filter((answer) => answer.status === 'rejected');
      assert.equal(refused.length, 1, 'exactly one yes counts');
      const { code, message } = problemOf(refused[0]!.reason);
      assert.equal(code, 'approval-used', message);
      const ends = await Promise.all([one, two].map((window) => window.request('plan/wait', { id })));
      assert.deepEqual(
        ends.map((plan) => plan.state),
        ['done', 'done'],
      );
      for (const seen of [inOne, inTwo])
        await until(() => seen.get(id)?.state === 'done', 'the end in both windows');
      for (const window of [one, two])
        assert.equal((await namesOfVms(window)).filter((each) => each === name).length, 1);
      const { records } = await two.request('audit/list', { plan: id, limit: 50 });
      const count = (event: string) => records.filter((record) => record.event === event).length;
      assert.deepEqual([count('plan.approved'), count('step.before'), count('step.after')], [1, 1, 1]);
      const approved = records.find((record) => record.event === 'plan.approved')!;
      const winner = answers[0]!.status === 'fulfilled' ? 'window 1' : 'window 2';
      assert.match(approved.actor.client, new RegExp(winner), 'the audit names who said it');
    }
  });

  it('of which one says no and one yes: only the first word counts', async () => {
    const { id, digest } = await propose(one, 'create S.2 VM named box-a');
    await two.request('plan/reject', { id });
    await assert.rejects(one.request('plan/approve', { id, digest }));
    assert.equal((await one.request('plan/get', { id })).state, 'rejected');
    assert.ok(!(await namesOfVms(one)).includes('box-a'));
  });

  it('of which the one that said yes is closed: the run goes on, and the other sees its end', async () => {
    const seen = follow(two);
    const { id, digest } = await propose(one, 'create S.2 VM named box-a');
    await one.request('plan/approve', { id, digest });
    one.dispose();
    await until(() => seen.get(id)?.state === 'done', 'the end in the other window');
    assert.ok((await namesOfVms(two)).includes('box-a'));
  });
});
