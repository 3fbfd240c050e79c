// Which steps go side by side, and what holds then: everything is looked at before anything is begun, what is begun
// is followed to its end, and what is not certain to be independent keeps its order.

import assert from 'node:assert/strict';
import { catalogue } from '../../daemon/catalogue/catalogue.ts';
import { createGraph } from '../../daemon/graph/graph.ts';
import { wavesOf } from '../../daemon/plans/waves.ts';
import type { PlanStep, StepTarget } from '../../shared/model/plan.ts';
import { ada, createFakeCloud, createPlanHouse, type FakeCloud, type PlanHouse } from './fakeExecutor.ts';

describe('plans/waves', () => {
  const cloud = createFakeCloud('os');
  const graph = createGraph();
  const things = [
    ...['a', 'b', 'c', 'd', 'e', 'f'].map((name) => cloud.put('vm', name)),
    ...['v1', 'v2'].map((name) => cloud.put('volume', name)),
  ];
  graph.apply(
    'os',
    { name: 'all', kinds: ['vm', 'volume'] },
    {
      mode: 'full',
      resources: things,
      removed: [],
      relations: [{ from: 'os:volume/v1', type: 'ATTACHED_TO', to: 'os:vm/a' }],
    },
  );
  /** "stop.vm a" or "create.vm - {…}"; `after 0` waits for the first. */
  function steps(...lines: readonly string[]): readonly PlanStep[] {
    return lines.map((line, index) => {
      const [operation, name, args = '{}', after] = line.split(' ');
      const kind = operation!.split('.')[1] as StepTarget['kind'];
      const target = { id: `os:${kind}/${name}`, name: name!, kind, status: 'running' };
      return {
        index,
        operation: operation!,
        title: line,
        risk: 'change',
        connection: 'os',
        ...(name === '-' ? {} : name === '$' ? { targetFromStep: 0 } : { target }),
        args: JSON.parse(args),
        after: after === undefined ? [] : [Number(after)],
      };
    });
  }
  const cases: readonly (readonly [why: string, lines: readonly string[], waves: string])[] = [
    ['the same on different things', ['stop.vm a', 'stop.vm b', 'stop.vm c'], '0 1 2'],
    [
      'no more than the bound',
      ['stop.vm a', 'stop.vm b', 'stop.vm c', 'stop.vm d', 'stop.vm e'],
      '0 1 2 3 | 4',
    ],
    ['the same thing twice', ['tag.vm a', 'tag.vm a'], '0 | 1'],
    ['different operations', ['stop.vm a', 'delete.vm b'], '0 | 1'],
    ['what is only away for a moment', ['reboot.vm a', 'reboot.vm b'], '0 | 1'],
    ['resizes', ['resize.vm a {"flavor":"S"}', 'resize.vm b {"flavor":"S"}'], '0 | 1'],
    ['migrations', ['migrate.vm a', 'migrate.vm b'], '0 | 1'],
    ['rebuilds', ['rebuild.vm a', 'rebuild.vm b'], '0 | 1'],
    [
      'what is made of the same things',
      [
        'create.vm - {"name":"x","network":"os:network/n"}',
        'create.vm - {"name":"y","network":"os:network/n"}',
      ],
      '0 1',
    ],
    ['two of one name', ['create.vm - {"name":"x"}', 'create.vm - {"name":"x"}'], '0 | 1'],
    ['a step that waits for the other', ['create.vm - {"name":"x"}', 'create.vm - {"name":"y"} 0'], '0 | 1'],
    [
      'volumes of one machine',
      ['attach.volume v1 {"to":"os:vm/a"}', 'attach.volume v2 {"to":"os:vm/a"}'],
      '0 | 1',
    ],
    [
      'volumes of different machines',
      ['attach.volume v1 {"to":"os:vm/b"}', 'attach.volume v2 {"to":"os:vm/c"}'],
      '0 1',
    ],
    [
      'what hangs on the other',
      ['attach.volume v1 {"to":"os:vm/b"}', 'attach.volume v2 {"to":"os:vm/a"}'],
      '0 | 1',
    ],
    ['any free address', ['assign-ip.vm a {"ip":"any"}', 'assign-ip.vm b {"ip":"any"}'], '0 | 1'],
    ['what is still to be made', ['create.vm - {"name":"x"}', 'stop.vm $', 'stop.vm b'], '0 | 1 | 2'],
  ];
  for (const [why, lines, expected] of cases)
    it(`${why}: ${expected}`, () => {
      const waves = wavesOf({ catalogue, graph }, steps(...lines), 4);
      assert.equal(waves.map((wave) => wave.map((step) => step.index).join(' ')).join(' | '), expected);
    });

  describe('side by side', () => {
    let fake: FakeCloud;
    let house: PlanHouse;
    beforeEach(() => {
      fake = createFakeCloud('os');
      for (const name of ['web-1', 'web-2', 'web-3', 'web-4', 'web-5', 'web-6']) fake.put('vm', name);
      house = createPlanHouse([fake], { limits: { stepsTogetherMax: 4 } });
    });
    afterEach(() => house.dispose());
    const stopAll = () => house.propose([house.draft('stop.vm', [...fake.resources.values()])]);
    const performed = () => fake.calls.filter((one) => one.call === 'perform').map((one) => one.target);
    const statesOf = (id: string) => house.plans.get(id)!.runs.map((run) => run.state);

    it('has as many under way as the bound, no more, and all of them done once', async () => {
      let now = 0;
      let most = 0;
      fake.script('stop.vm', {
        perform: async (_, natural) => {
          most = Math.max(most, ++now);
          await new Promise((resolve) => setImmediate(resolve));
          now -= 1;
          return natural();
        },
      });
      const ended = await house.approve(await stopAll());
      assert.equal(ended.state, 'done');
      assert.equal(most, 4);
      assert.equal(new Set(performed()).size, 6);
      assert.equal(performed().length, 6);
      assert.ok(house.audit.verify().ok);
    });

    it('begins none of them where one is not as it was shown', async () => {
      const plan = await stopAll();
      fake.change('os:vm/web-3', {});
      const ended = await house.approve(plan);
      assert.equal(ended.state, 'stopped');
      assert.match(ended.outcome!, /web-3 was changed by somebody else/);
      assert.deepEqual(performed(), []);
      assert.deepEqual(statesOf(plan.id), ['skipped', 'skipped', 'failed', 'skipped', 'skipped', 'skipped']);
    });

    it('follows the others to their end where one is refused, and begins nothing more', async () => {
      fake.script('stop.vm', {
        perform: async ({ target }, natural) => {
          if (target!.name === 'web-2') throw new Error('no');
          await new Promise((resolve) => setImmediate(resolve));
          return natural();
        },
      });
      const plan = await stopAll();
      const ended = await house.approve(plan);
      assert.equal(ended.state, 'failed');
      assert.deepEqual(statesOf(plan.id), ['done', 'failed', 'done', 'done', 'skipped', 'skipped']);
      const finished = house.auditEvents(plan.id).filter((event) => event === 'step.after');
      assert.equal(finished.length, 4);
    });

    it('is unknown as a whole where one is, though another failed', async () => {
      fake.script('stop.vm', {
        perform: async ({ target }, natural) => {
          if (target!.name === 'web-1' || target!.name === 'web-3') throw new Error('lost');
          return natural();
        },
        reconcile: async ({ target }) => ({
          found: target!.name === 'web-3' ? 'unknown' : 'not-done',
          observed: 'looked',
        }),
      });
      house.restart({ limits: { stepsTogetherMax: 4, reconcileLooksMax: 1 } });
      const plan = await stopAll();
      const ended = await house.approve(plan);
      assert.equal(ended.state, 'unknown');
      assert.deepEqual(statesOf(plan.id).slice(0, 4), ['failed', 'done', 'unknown', 'done']);
      const settled = await house.plans.resolve({ id: plan.id, step: 2, outcome: 'not-done' }, ada);
      assert.equal(settled.state, 'stopped');
      assert.equal(settled.canContinue, true);
    });

    it('settles all that were under way when it was cut off', async () => {
      let begun = 0;
      const reached = new Promise<void>((resolve) =>
        fake.script('stop.vm', {
          perform: async ({ target }, natural) => {
            if (target!.name !== 'web-4') await natural();
            if (++begun === 4) resolve();
            return new Promise(() => undefined);
          },
        }),
      );
      const plan = await stopAll();
      const { approval } = plan.verdict;
      const typed = approval.kind === 'typed' ? { typed: approval.expected } : {};
      await house.plans.approve({ id: plan.id, digest: plan.digest, ...typed }, ada);
      await reached;
      house.restart();
      await house.plans.recover();
      assert.deepEqual(statesOf(plan.id), ['done', 'done', 'done', 'failed', 'skipped', 'skipped']);
      assert.equal(house.plans.get(plan.id)!.state, 'stopped');
      assert.ok(house.audit.verify().ok);
    });
  });
});
