// Going on with the rest of a plan: what was done stays out, what was made is used, the rest is asked for afresh, and
// it is done once, whoever says yes when.

import assert from 'node:assert/strict';
import type { Plan } from '../../shared/model/plan.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import {
  ada,
  createFakeCloud,
  createPlanHouse,
  type FakeCloud,
  model,
  never,
  type PlanHouse,
} from './fakeExecutor.ts';

describe('plans/continue', () => {
  let cloud: FakeCloud;
  let house: PlanHouse;
  beforeEach(() => {
    cloud = createFakeCloud('os');
    for (const name of ['web-1', 'web-2', 'web-3']) cloud.put('vm', name);
    house = createPlanHouse([cloud]);
  });
  afterEach(() => house.dispose());

  const vms = () => [...cloud.resources.values()].filter((one) => one.kind === 'vm');
  const performed = () => cloud.calls.filter((one) => one.call === 'perform').map((one) => one.target);
  const goOn = (id: string) => house.plans.continue(id, ada, never);
  const refused = (words: RegExp) => (error: unknown) => {
    assert.ok(error instanceof ProblemError, String(error));
    assert.match(error.message, words);
    return true;
  };

  /** Stops at the second of three. */
  async function stopped(): Promise<Plan> {
    const plan = await house.propose([house.draft('stop.vm', vms())]);
    cloud.change('os:vm/web-2', {});
    const ended = await house.approve(plan);
    assert.equal(ended.state, 'stopped');
    assert.equal(ended.canContinue, true);
    return ended;
  }

  it('proposes what is left, previewed afresh, linked to the plan it goes on with', async () => {
    const plan = await stopped();
    const rest = await goOn(plan.id);
    assert.equal(rest.state, 'proposed');
    assert.equal(rest.continues, plan.id);
    assert.notEqual(rest.digest, plan.digest);
    assert.deepEqual(
      rest.steps.map((step) => [step.target!.name, step.target!.version]),
      [
        ['web-2', 'v2'],
        ['web-3', 'v1'],
      ],
    );
    assert.match(rest.preview.steps[0]!.notes[0]!.message, /^It was tried before: web-2 was changed/);
    assert.deepEqual(rest.preview.steps[1]!.notes, []);
    const ended = await house.approve(rest);
    assert.equal(ended.state, 'done');
    assert.deepEqual(performed(), ['os:vm/web-1', 'os:vm/web-2', 'os:vm/web-3']);
    assert.equal(house.plans.get(plan.id)!.canContinue, undefined);
    await assert.rejects(goOn(plan.id), refused(/went on with this one already/));
  });

  it('is approved as everything is: by a person, and once for all who asked', async () => {
    const plan = await stopped();
    const [first, second] = [await goOn(plan.id), await goOn(plan.id)];
    await assert.rejects(
      house.plans.approve({ id: first.id, digest: first.digest }, model),
      refused(/Only a person/),
    );
    await house.approve(first);
    await assert.rejects(
      house.plans.approve({ id: second.id, digest: second.digest }, ada),
      refused(/gone on with already/),
    );
    assert.equal(performed().length, 3);
  });

  it('stays possible where the new plan was turned down', async () => {
    const plan = await stopped();
    await house.plans.reject((await goOn(plan.id)).id, ada);
    assert.equal(house.plans.get(plan.id)!.canContinue, true);
    assert.equal((await house.approve(await goOn(plan.id))).state, 'done');
  });

  it('goes on with what went on, and stopped too', async () => {
    const plan = await stopped();
    const rest = await goOn(plan.id);
    cloud.change('os:vm/web-3', {});
    const again = await house.approve(rest);
    assert.equal(again.state, 'stopped');
    const last = await goOn(again.id);
    assert.deepEqual(
      last.steps.map((step) => step.target!.name),
      ['web-3'],
    );
    assert.equal((await house.approve(last)).state, 'done');
    assert.equal(performed().length, 3);
  });

  it('uses what was made before, as a target and as an argument', async () => {
    const plan = await house.propose([
      house.draft('create.vm', undefined, { name: 'app', flavor: 'S.1' }),
      house.draft('create.volume', undefined, { name: 'data', size_gb: 1 }),
      house.draft('attach.volume', undefined, { to: '$1' }, { target: { kind: 'created', step: 1 } }),
      house.draft('tag.vm', undefined, { tags: { a: 'b' } }, { target: { kind: 'created', step: 0 } }),
    ]);
    cloud.script('create.volume', {
      perform: async () => {
        throw new ProblemError({ code: 'cloud-quota', message: 'full' });
      },
    });
    const failed = await house.approve(plan);
    assert.equal(failed.state, 'failed');
    cloud.script('create.volume', { perform: (_, natural) => natural() });
    const rest = await goOn(failed.id);
    const app = failed.runs[0]!.createdId!;
    assert.deepEqual(
      rest.steps.map((step) => [step.operation, step.target?.id ?? step.targetFromStep, step.args.to]),
      [
        ['create.volume', undefined, undefined],
        ['attach.volume', 0, app],
        ['tag.vm', app, undefined],
      ],
    );
    const ended = await house.approve(rest);
    assert.equal(ended.state, 'done', ended.outcome);
    assert.equal(vms().filter((one) => one.name === 'app').length, 1);
  });

  it('leaves out what somebody has deleted meanwhile', async () => {
    const plan = await house.propose([house.draft('delete.vm', vms())]);
    cloud.change('os:vm/web-2', {});
    const ended = await house.approve(plan);
    assert.equal(ended.state, 'stopped');
    cloud.resources.delete('os:vm/web-2');
    const rest = await goOn(plan.id);
    assert.deepEqual(
      rest.steps.map((step) => step.target!.name),
      ['web-3'],
    );
    cloud.resources.delete('os:vm/web-3');
    await assert.rejects(goOn(plan.id), refused(/Nothing of this plan is left/));
  });

  it('does not make a thing again that was made and came out wrong', async () => {
    cloud.script('create.vm', {
      verify: async () => ({ verified: false, observed: 'it is in error' }),
    });
    const plan = await house.propose([
      house.draft('create.vm', undefined, { name: 'app', flavor: 'S.1' }),
      house.draft('create.vm', undefined, { name: 'db', flavor: 'S.1' }),
    ]);
    const failed = await house.approve(plan);
    assert.equal(failed.state, 'failed');
    assert.equal(failed.canContinue, undefined);
    await assert.rejects(goOn(plan.id), refused(/made something that did not come about/));
  });

  it('goes on after a cancellation and after a crash', async () => {
    const plan = await house.propose([house.draft('stop.vm', vms())]);
    cloud.script('stop.vm', {
      verify: async (_, natural) => {
        await house.plans.cancel(plan.id, ada);
        return natural();
      },
    });
    const cancelled = await house.approve(plan);
    assert.equal(cancelled.state, 'cancelled');
    cloud.script('stop.vm', { verify: (_, natural) => natural() });
    const rest = await goOn(plan.id);
    const reached = new Promise<void>((resolve) =>
      cloud.script('stop.vm', {
        perform: async (_, natural) => {
          await natural();
          resolve();
          return new Promise(() => undefined);
        },
      }),
    );
    await house.plans.approve({ id: rest.id, digest: rest.digest }, ada);
    await reached;
    cloud.script('stop.vm', { perform: (_, natural) => natural() });
    house.restart();
    await house.plans.recover();
    const cut = house.plans.get(rest.id)!;
    assert.equal(cut.state, 'stopped');
    assert.equal(cut.canContinue, true);
    assert.equal(house.plans.get(plan.id)!.canContinue, undefined, 'used up by the approval, crash or not');
    assert.equal((await house.approve(await goOn(rest.id))).state, 'done');
    assert.deepEqual(performed(), ['os:vm/web-1', 'os:vm/web-2', 'os:vm/web-3']);
  });

  it('is not offered where all was done, or nothing was begun', async () => {
    const done = await house.approve(await house.propose([house.draft('stop.vm', [vms()[0]!])]));
    assert.equal(done.canContinue, undefined);
    await assert.rejects(goOn(done.id), refused(/This plan is done; there is nothing/));
    const rejected = await house.propose([house.draft('stop.vm', [vms()[1]!])]);
    await house.plans.reject(rejected.id, ada);
    await assert.rejects(goOn(rejected.id), refused(/nothing to go on with/));
  });
});
