// What the next start makes of a plan that was cut off, with a cloud that says what the script says. The real kills
// are in test/scenarios; here stand the answers a real cloud cannot be made to give.

import assert from 'node:assert/strict';
import type { Plan } from '../../shared/model/plan.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import { ada, createFakeCloud, createPlanHouse, type FakeCloud, type PlanHouse } from './fakeExecutor.ts';

describe('plans/recover', () => {
  let cloud: FakeCloud;
  let house: PlanHouse;
  let plan: Plan;
  beforeEach(async () => {
    cloud = createFakeCloud('os');
    cloud.put('vm', 'web-1');
    cloud.put('vm', 'web-2');
    house = createPlanHouse([cloud]);
    plan = await house.propose([house.draft('stop.vm', [...cloud.resources.values()])]);
  });
  afterEach(() => house.dispose());

  /** Begins the plan, and ends the daemon while the cloud is at `call` of the first step. */
  async function cutOffIn(call: 'perform' | 'verify', more: { heard?: boolean } = {}): Promise<void> {
    const reached = new Promise<void>((resolve) =>
      cloud.script('stop.vm', {
        [call]: async (_: unknown, natural: () => Promise<unknown>) => {
          if (more.heard) await natural();
          resolve();
          return new Promise(() => undefined);
        },
      }),
    );
    await house.plans.approve({ id: plan.id, digest: plan.digest }, ada);
    await reached;
    cloud.script('stop.vm', { perform: (_, natural) => natural(), verify: (_, natural) => natural() });
    cloud.calls.length = 0;
    house.restart();
  }
  const states = () => house.plans.get(plan.id)!.runs.map((run) => run.state);
  const calls = () => cloud.calls.map((call) => call.call);

  it('finds a write that was done, stops there and says what is left', async () => {
    await cutOffIn('perform', { heard: true });
    await house.plans.recover();
    const found = house.plans.get(plan.id)!;
    assert.deepEqual(states(), ['done', 'skipped']);
    assert.equal(found.state, 'stopped');
    assert.match(found.outcome!, /1 of 2 steps are done/);
    assert.equal(found.canUndo, true);
    assert.equal(calls().includes('perform'), false, 'recovery never writes');
    assert.deepEqual(house.auditEvents(plan.id).slice(-2), ['step.reconciled', 'plan.finished']);
  });

  it('finds a write that was never heard', async () => {
    await cutOffIn('perform');
    await house.plans.recover();
    assert.deepEqual(states(), ['failed', 'skipped']);
    assert.match(house.plans.get(plan.id)!.outcome!, /before anything was changed/);
    assert.equal(house.plans.get(plan.id)!.canUndo, false);
  });

  it('gives a cloud a moment to show what it was told before it says not done', async () => {
    await cutOffIn('perform');
    house.restart({ limits: { reconcileSettleMs: 30 } });
    let looks = 0;
    cloud.script('stop.vm', {
      reconcile: async () =>
        ++looks === 1
          ? { found: 'not-done', observed: 'nothing yet' }
          : { found: 'done', observed: 'there it is' },
    });
    await house.plans.recover();
    assert.deepEqual(states(), ['done', 'skipped']);
  });

  it('waits while the cloud is in the middle of it', async () => {
    await cutOffIn('perform', { heard: true });
    let looks = 0;
    cloud.script('stop.vm', {
      reconcile: async (_, natural) =>
        ++looks < 5 ? { found: 'unknown', observed: 'web-1 is stopping' } : natural(),
    });
    await house.plans.recover();
    assert.deepEqual(states(), ['done', 'skipped']);
  });

  it('asks a person where the cloud cannot tell', async () => {
    await cutOffIn('perform');
    cloud.script('stop.vm', { reconcile: async () => ({ found: 'unknown', observed: 'No trace.' }) });
    await house.plans.recover();
    assert.equal(house.plans.get(plan.id)!.state, 'unknown');
    assert.deepEqual(
      house.plans.list({ open: true }).map((one) => one.id),
      [plan.id],
    );
    await house.plans.resolve({ id: plan.id, step: 0, outcome: 'done' }, ada);
    assert.deepEqual(states(), ['done', 'skipped']);
    assert.equal(house.plans.get(plan.id)!.state, 'stopped');
  });

  it('asks while its connection is away, and finds out when it comes back', async () => {
    await cutOffIn('perform', { heard: true });
    cloud.connection = { ...cloud.connection, state: 'failed' };
    await house.plans.recover();
    assert.equal(house.plans.get(plan.id)!.state, 'unknown');
    assert.match(house.plans.get(plan.id)!.runs[0]!.observed!, /connection is not there/);
    cloud.connection = { ...cloud.connection, state: 'connected' };
    const settled = new Promise<Plan>((resolve) =>
      house.plans.onDidChange((changed) => changed.state === 'stopped' && resolve(changed)),
    );
    house.announceConnections();
    assert.deepEqual(
      (await settled).runs.map((run) => run.state),
      ['done', 'skipped'],
    );
  });

  it('finds out at a later start, too', async () => {
    await cutOffIn('perform', { heard: true });
    cloud.script('stop.vm', {
      reconcile: async () => {
        throw new ProblemError({ code: 'cloud-unreachable', message: 'No route.' });
      },
    });
    await house.plans.recover();
    assert.equal(house.plans.get(plan.id)!.state, 'unknown');
    cloud.script('stop.vm', { reconcile: (_, natural) => natural() });
    house.restart();
    await house.plans.recover();
    assert.equal(house.plans.get(plan.id)!.state, 'stopped');
    assert.deepEqual(states(), ['done', 'skipped']);
  });

  it('reads back what the cloud had accepted', async () => {
    await cutOffIn('verify');
    await house.plans.recover();
    assert.deepEqual(states(), ['done', 'skipped']);
    assert.deepEqual(calls(), ['verify']);
  });

  it('does not take an accepted write that shows nothing for not done', async () => {
    await cutOffIn('verify');
    cloud.script('stop.vm', {
      verify: async () => ({ verified: false, observed: 'still running' }),
      reconcile: async () => ({ found: 'not-done', observed: 'still running' }),
    });
    await house.plans.recover();
    assert.equal(house.plans.get(plan.id)!.state, 'unknown');
  });

  it('settles nothing while the audit cannot be written, and does at the next start', async () => {
    await cutOffIn('perform', { heard: true });
    house.auditDatabase.pragma('query_only = ON');
    await house.plans.recover();
    assert.equal(house.plans.get(plan.id)!.state, 'running');
    assert.ok(house.logged.some((line) => /cannot be settled/.test(line)));
    house.restart();
    await house.plans.recover();
    assert.deepEqual(states(), ['done', 'skipped']);
    assert.equal(house.auditEvents(plan.id).filter((event) => event === 'step.reconciled').length, 1);
  });

  it('lets plans expire that got too old while it was away', async () => {
    house.nowMs += 60 * 60_000;
    house.restart();
    await house.plans.recover();
    assert.equal(house.plans.get(plan.id)!.state, 'expired');
  });
});
