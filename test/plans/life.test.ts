// The life of a plan: from a proposal to its end, and what may end it on the way. The cloud is scripted, journal,
// audit, graph and rules are real.

import assert from 'node:assert/strict';
import type { Plan } from '../../shared/model/plan.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import type { StepDraft } from '../../shared/model/reading.ts';
import {
  ada,
  createFakeCloud,
  createPlanHouse,
  type FakeCloud,
  model,
  never,
  type PlanHouse,
} from './fakeExecutor.ts';

function problem(code: string, words?: RegExp): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof ProblemError, String(error));
    assert.equal(error.problem.code, code, error.message);
    if (words) assert.match(error.message, words);
    return true;
  };
}

describe('plans/life', () => {
  let cloud: FakeCloud;
  let house: PlanHouse;
  beforeEach(() => {
    cloud = createFakeCloud('os');
    for (const name of ['web-1', 'web-2', 'web-3']) cloud.put('vm', name);
    cloud.put('volume', 'data-1', { attributes: { size_gb: 100 } });
    house = createPlanHouse([cloud]);
  });
  afterEach(() => house.dispose());

  const vm = (name: string) => cloud.resources.get(`os:vm/${name}`)!;
  const performed = () =>
    cloud.calls.filter((call) => call.call === 'perform').map((call) => call.target ?? call.operation);
  const stopAll = () => house.propose([house.draft('stop.vm', [vm('web-1'), vm('web-2'), vm('web-3')])]);

  describe('proposing', () => {
    it('makes one step a target, reads each afresh, previews, judges and waits', async () => {
      cloud.change('os:vm/web-2', { status: 'error', name: 'web-2' });
      const plan = await stopAll();
      assert.equal(plan.state, 'proposed');
      assert.deepEqual(
        plan.steps.map((step) => step.title),
        ['Stop VM web-1', 'Stop VM web-2', 'Stop VM web-3'],
      );
      assert.equal(
        plan.steps[1]!.target!.status,
        'error',
        'as it is in the cloud, not as the graph remembered',
      );
      assert.equal(plan.steps[1]!.target!.version, 'v2');
      assert.equal(plan.preview.targetCount, 3);
      assert.equal(plan.preview.undoable, 'full');
      assert.equal(plan.preview.steps[0]!.undo, 'Start VM web-1');
      assert.deepEqual(plan.preview.actingAs[0]!.identity, { user: 'demo', project: 'shop' });
      assert.equal(plan.verdict.effect, 'ask');
      assert.match(plan.digest, /^[0-9a-f]{64}$/);
      assert.deepEqual(performed(), []);
      assert.deepEqual(house.auditEvents(), ['plan.proposed']);
    });

    it('spreads a count into names and fills in defaults', async () => {
      const plan = await house.propose([
        house.draft('create.vm', undefined, { name: 'web', flavor: 'S.4', count: 3 }),
      ]);
      assert.deepEqual(
        plan.steps.map((step) => step.args.name),
        ['web-1', 'web-2', 'web-3'],
      );
      assert.ok(plan.steps.every((step) => step.args.count === undefined));
    });

    it('folds what is relative into what it leads to', async () => {
      const volume = cloud.resources.get('os:volume/data-1')!;
      for (const [args, size] of [
        [{ delta_gb: 50 }, 150],
        [{ factor: 2 }, 200],
        [{ size_gb: 300 }, 300],
      ] as const) {
        const plan = await house.propose([house.draft('resize.volume', [volume], args)]);
        assert.deepEqual(plan.steps[0]!.args, { size_gb: size });
      }
      await assert.rejects(
        house.propose([house.draft('resize.volume', [volume], { delta_gb: 1, factor: 2 })]),
        problem('bad-input'),
      );
      await assert.rejects(
        house.propose([house.draft('resize.volume', [volume], { delta_gb: 'x' })]),
        problem('bad-input'),
      );
    });

    it('merges the arguments a preview settled, before the digest', async () => {
      cloud.script('create.vm', {
        preview: async (_, natural) => ({ ...(await natural()), resolvedArgs: { image: 'ubuntu-22.04' } }),
      });
      const plan = await house.propose([
        house.draft('create.vm', undefined, { name: 'dev-box', flavor: 'S.4' }),
      ]);
      assert.equal(plan.steps[0]!.args.image, 'ubuntu-22.04');
      assert.match(plan.steps[0]!.title, /ubuntu-22.04/);
      await house.approve(plan);
      assert.equal(cloud.calls.find((call) => call.call === 'perform')!.args.image, 'ubuntu-22.04');
    });

    it('says what hangs on what would be interrupted, without the targets themselves', async () => {
      house.discover([
        { from: 'os:volume/data-1', type: 'ATTACHED_TO', to: 'os:vm/web-1' },
        { from: 'os:vm/web-2', type: 'DEPENDS_ON', to: 'os:vm/web-1' },
      ]);
      const plan = await house.propose([house.draft('stop.vm', [vm('web-1'), vm('web-2')])]);
      assert.deepEqual(
        plan.preview.affected.map((one) => one.id),
        ['os:volume/data-1'],
      );
      assert.equal(plan.preview.affectedCount, 1);
    });

    it('ends at once where there is nothing to do', async () => {
      cloud.change('os:vm/web-1', { status: 'stopped' });
      const plan = await house.propose([house.draft('stop.vm', [vm('web-1')])]);
      assert.equal(plan.state, 'done');
      assert.deepEqual(
        plan.runs.map((run) => run.state),
        ['idle'],
      );
      assert.match(plan.outcome!, /nothing to do/);
      assert.deepEqual(performed(), []);
    });

    it('calls a step after what it is really about, and counts what hangs on that', async () => {
      house.discover([{ from: 'os:vm/web-2', type: 'DEPENDS_ON', to: 'os:vm/web-1' }]);
      cloud.script('stop.vm', {
        preview: async (context, natural) => ({
          ...(await natural()),
          about: {
            title: 'Deployment shop/web',
            ids: context.target!.name === 'web-3' ? ['os:vm/web-1'] : [],
          },
        }),
      });
      const one = await house.propose([house.draft('stop.vm', [vm('web-3')])]);
      assert.equal(one.title, 'Stop VM Deployment shop/web');
      assert.deepEqual(
        one.preview.affected.map(({ id }) => id),
        ['os:vm/web-2'],
      );
      const two = await house.propose([house.draft('stop.vm', [vm('web-1'), vm('web-2')])]);
      assert.equal(two.title, 'Stop VM Deployment shop/web, and 1 more');
      assert.equal(two.preview.affectedCount, 0);
    });

    it('blocks what cannot begin in its state, and what a preview blocks or cannot look at', async () => {
      cloud.change('os:vm/web-1', { status: 'deleting' });
      const wrongState = await house.propose([house.draft('stop.vm', [vm('web-1')])]);
      assert.equal(wrongState.state, 'blocked');
      assert.match(wrongState.outcome!, /web-1 is deleting/);
      cloud.script('create.vm', {
        preview: async () => {
          throw new ProblemError({
            code: 'cloud-quota',
            message: 'The quota is full.',
            fix: 'Delete something.',
          });
        },
      });
      const quota = await house.propose([house.draft('create.vm', undefined, { name: 'x', flavor: 'S.4' })]);
      assert.equal(quota.state, 'blocked');
      assert.deepEqual(quota.preview.steps[0]!.notes, [
        { level: 'blocker', message: 'The quota is full.', fix: 'Delete something.' },
      ]);
      await assert.rejects(house.approve(quota), problem('wrong-state'));
    });

    it('adds up what all steps take of a quota, and blocks where it is more than there is', async () => {
      cloud.script('create.vm', {
        preview: async (context) => ({
          effect: `Creates ${String(context.args.name)}.`,
          changes: [],
          notes: [],
          checkedBy: 'checked',
          idle: false,
          quota: [{ what: 'vCPUs', needed: 4, used: 10, limit: 20 }],
        }),
      });
      const draft = house.draft('create.vm', undefined, { name: 'x', flavor: 'S.4', count: 4 });
      const plan = await house.propose([draft]);
      assert.equal(plan.state, 'blocked');
      const blockers = plan.preview.steps.map((step) =>
        step.notes.filter((note) => note.level === 'blocker'),
      );
      assert.deepEqual(
        blockers.map((notes) => notes.length),
        [0, 0, 1, 0],
      );
      assert.match(blockers[2]![0]!.message, /need 12 of 10 free vCPUs/);
      const two = await house.propose([{ ...draft, args: { ...draft.args, count: 2 } }]);
      assert.equal(two.state, 'proposed');
    });

    it('denies what the rules deny, without asking the cloud what it would do', async () => {
      cloud.connection = { ...cloud.connection, mode: 'read-only' };
      const plan = await stopAll();
      assert.equal(plan.state, 'denied');
      assert.match(plan.outcome!, /read-only/);
      assert.equal(
        cloud.calls.some((call) => call.call === 'preview'),
        false,
      );
      await assert.rejects(house.approve(plan), problem('wrong-state'));
      assert.deepEqual(house.auditEvents(), ['plan.denied']);
    });

    it('gives a preview that takes too long a bound', async () => {
      await house.dispose();
      house = createPlanHouse([cloud], { limits: { previewStepTimeoutMs: 20 } });
      cloud.script('stop.vm', { preview: () => new Promise(() => undefined) });
      const plan = await house.propose([house.draft('stop.vm', [vm('web-1')])]);
      assert.equal(plan.state, 'blocked');
      assert.match(plan.outcome!, /took too long/);
    });

    it('can be cancelled', async () => {
      const abort = new AbortController();
      cloud.script('stop.vm', {
        preview: (_, natural) => {
          abort.abort();
          return natural();
        },
      });
      await assert.rejects(
        house.plans.propose(
          { text: 'x', source: 'click', steps: [house.draft('stop.vm', [vm('web-1')])] },
          ada,
          abort.signal,
        ),
        problem('cancelled'),
      );
      assert.deepEqual(house.plans.list(), []);
    });

    it('chooses the only connection that can make something, and asks where there are several', async () => {
      await house.dispose();
      const other = createFakeCloud('other');
      house = createPlanHouse([cloud, other]);
      const draft = house.draft('create.vm', undefined, { name: 'x', flavor: 'S.4' });
      await assert.rejects(house.propose([draft]), problem('bad-input', /OS, OTHER/));
      const plan = await house.propose([draft], ada, { connection: 'other' });
      assert.equal(plan.steps[0]!.connection, 'other');
      other.connection = { ...other.connection, operations: [] };
      assert.equal((await house.propose([draft])).steps[0]!.connection, 'os');
    });

    it('makes a thing in the region that was said, and nowhere else', async () => {
      await house.dispose();
      const other = createFakeCloud('other');
      cloud.connection = { ...cloud.connection, region: 'eu-west-1' };
      other.connection = { ...other.connection, region: 'us-east-1' };
      house = createPlanHouse([cloud, other]);
      const draft = (region: string): StepDraft =>
        house.draft('create.vm', undefined, { name: 'x', flavor: 'S.4', region });
      assert.equal((await house.propose([draft('us-east-1')])).steps[0]!.connection, 'other');
      assert.equal((await house.propose([draft('EU-West-1a')])).steps[0]!.connection, 'os');
      const nowhere = problem('bad-input', /in ap-south-1 here: .*eu-west-1.*us-east-1/);
      await assert.rejects(house.propose([draft('ap-south-1')]), nowhere);
      const chosen = house.propose([draft('us-east-1')], ada, { connection: 'os' });
      await assert.rejects(chosen, problem('bad-input', /in us-east-1 here/));
    });

    it('refuses what its connection cannot do, and says what it can', async () => {
      await assert.rejects(
        house.propose([house.draft('migrate.vm', [vm('web-1')])]),
        (error) =>
          problem('unsupported', /OS cannot do "Migrate VM"/)(error) &&
          /Stop VM/.test((error as ProblemError).problem.fix!),
      );
    });

    const refusals: readonly (readonly [
      string,
      (house: PlanHouse) => Parameters<PlanHouse['propose']>[0],
      string,
      RegExp,
    ])[] = [
      ['nothing', () => [], 'bad-input', /nothing/],
      ['an unknown operation', (h) => [h.draft('explode.vm')], 'bad-input', /no operation/],
      ['a read', (h) => [h.draft('list.vm')], 'bad-input', /only reads/],
      ['no target', (h) => [h.draft('stop.vm')], 'bad-input', /needs something/],
      ['an empty set', (h) => [h.draft('stop.vm', [])], 'bad-input', /Nothing fits/],
      [
        'a wrong kind',
        (h) => [h.draft('stop.vm', [h.clouds[0]!.resources.get('os:volume/data-1')!])],
        'bad-input',
        /is a volume/,
      ],
      [
        'what is not there',
        (h) => [h.draft('stop.vm', [{ ...vm('web-1'), id: 'os:vm/web-9' }])],
        'not-found',
        /web-9/,
      ],
      [
        'an unknown argument',
        (h) => [h.draft('stop.vm', [vm('web-1')], { force: true })],
        'bad-input',
        /force/,
      ],
      [
        'a missing argument',
        (h) => [h.draft('create.volume', undefined, { name: 'x' })],
        'bad-input',
        /size_gb/,
      ],
      [
        'a secret',
        (h) => [h.draft('create.volume', undefined, { name: 'x', size_gb: 1, admin_password: 'y' })],
        'bad-input',
        /secret/,
      ],
      [
        'a count of none',
        (h) => [h.draft('create.vm', undefined, { name: 'x', count: 0 })],
        'bad-input',
        /count/,
      ],
      [
        'too many',
        (h) => Array.from({ length: 6 }, () => h.draft('create.vm', undefined, { name: 'x', count: 100 })),
        'bad-input',
        /500 steps/,
      ],
      [
        'an attach to what is not there',
        (h) => [
          h.draft('attach.volume', [h.clouds[0]!.resources.get('os:volume/data-1')!], { to: 'os:vm/web-9' }),
        ],
        'bad-input',
        /web-9/,
      ],
      [
        'an attach to a wrong kind',
        (h) => [
          h.draft('attach.volume', [h.clouds[0]!.resources.get('os:volume/data-1')!], {
            to: 'os:volume/data-1',
          }),
        ],
        'bad-input',
        /must be a vm/,
      ],
      [
        'a later step',
        (h) => [h.draft('stop.vm', [vm('web-1')], {}, { after: [1] }), h.draft('stop.vm', [vm('web-2')])],
        'bad-input',
        /wait for each other/,
      ],
      [
        'what no step makes',
        (h) => [
          h.draft('stop.vm', [vm('web-1')]),
          h.draft('start.vm', undefined, {}, { target: { kind: 'created', step: 0 } }),
        ],
        'bad-input',
        /no earlier part makes/,
      ],
      ['a yes by sentence', (h) => [h.draft('action.approve')], 'not-allowed', /not by a sentence/],
    ];
    for (const [title, steps, code, words] of refusals)
      it(`refuses ${title}`, async () => {
        await assert.rejects(house.propose(steps(house)), problem(code, words));
        assert.deepEqual(house.plans.list(), []);
      });

    it('refuses where a target is gone by now', async () => {
      const gone = vm('web-1');
      cloud.resources.delete(gone.id);
      await assert.rejects(
        house.propose([house.draft('stop.vm', [gone])]),
        problem('not-found', /web-1 is not there/),
      );
    });

    it('refuses targets that their own filter does not match', async () => {
      const draft = house.draft(
        'stop.vm',
        undefined,
        {},
        {
          target: { kind: 'resources', ids: ['os:vm/web-1'], filter: { kind: 'vm', name: 'web-2' } },
        },
      );
      await assert.rejects(house.propose([draft]), problem('world-moved'));
    });

    it('bounds how many plans may wait, and keeps only so many ended ones', async () => {
      await house.dispose();
      house = createPlanHouse([cloud], { limits: { plansOpenMax: 2, plansKeptMax: 3 } });
      for (let n = 0; n < 6; n++) await house.plans.reject((await stopAll()).id, ada);
      await stopAll();
      assert.equal(house.plans.list().length, 3 + 1);
      await stopAll();
      await assert.rejects(stopAll(), problem('overloaded'));
    });

    it('refuses where the audit cannot be written', async () => {
      house.auditDatabase.pragma('query_only = ON');
      await assert.rejects(stopAll(), problem('audit-unavailable'));
      assert.deepEqual(house.plans.list(), []);
    });
  });

  describe('approving', () => {
    it('is for persons alone', async () => {
      const plan = await house.propose([house.draft('stop.vm', [vm('web-1')])], model);
      for (const how of ['model', 'policy', 'gateway', 'mcp', 'daemon'] as const)
        await assert.rejects(house.approve(plan, { ...ada, how }), problem('not-a-person'));
      assert.equal(house.plans.get(plan.id)!.state, 'proposed');
      assert.deepEqual(performed(), []);
      assert.equal((await house.approve(plan, { ...ada, how: 'terminal' })).state, 'done');
    });

    it('is bound to the digest', async () => {
      const plan = await stopAll();
      await assert.rejects(
        house.plans.approve({ id: plan.id, digest: '0'.repeat(64) }, ada),
        problem('digest-mismatch'),
      );
      const other = await house.propose([house.draft('stop.vm', [vm('web-1')])]);
      await assert.rejects(
        house.plans.approve({ id: plan.id, digest: other.digest }, ada),
        problem('digest-mismatch'),
      );
      assert.deepEqual(performed(), []);
    });

    it('is used once', async () => {
      const plan = await stopAll();
      await house.approve(plan);
      await assert.rejects(house.approve(plan), problem('approval-used'));
      assert.equal(performed().length, 3);
    });

    it('is used once even by two at the same moment', async () => {
      const plan = await stopAll();
      const both = await Promise.allSettled([house.approve(plan), house.approve(plan)]);
      assert.deepEqual(both.map((one) => one.status).sort(), ['fulfilled', 'rejected']);
      assert.equal(performed().length, 3);
    });

    it('expires', async () => {
      const plan = await stopAll();
      house.nowMs += 15 * 60_000;
      await assert.rejects(house.approve(plan), problem('approval-expired'));
      assert.equal(house.plans.get(plan.id)!.state, 'expired');
      assert.deepEqual(performed(), []);
      assert.deepEqual(house.auditEvents(plan.id), ['plan.proposed', 'plan.expired']);
    });

    it('expires when the clock was set back, since nobody can tell how old it is', async () => {
      const plan = await stopAll();
      house.nowMs -= 60 * 60_000;
      await assert.rejects(house.approve(plan), problem('approval-expired'));
      assert.deepEqual(performed(), []);
      house.nowMs += 60 * 60_000;
      await assert.rejects(house.approve(plan), problem('approval-expired'));
      assert.equal(house.audit.verify().ok, true);
    });

    it('stays open when the clock is put right by a little', async () => {
      const plan = await stopAll();
      house.nowMs -= 5_000;
      await house.approve(plan);
      assert.equal(performed().length, 3);
    });

    it('wants the words where the rules want words', async () => {
      cloud.connection = { ...cloud.connection, environment: 'prod' };
      const plan = await house.propose([house.draft('delete.vm', [vm('web-1')])]);
      const request = { id: plan.id, digest: plan.digest };
      await assert.rejects(house.plans.approve(request, ada), problem('wrong-words'));
      for (const typed of ['web-2', 'WEB-1', 'web-1 x', ''])
        await assert.rejects(house.plans.approve({ ...request, typed }, ada), problem('wrong-words'));
      assert.equal(house.plans.get(plan.id)!.state, 'proposed');
      await house.plans.approve({ ...request, typed: ' web-1 ' }, ada);
      assert.equal((await house.plans.ended(plan.id)).state, 'done');
    });

    it('asks the rules again: a mode or environment that changed since is heard', async () => {
      const plan = await house.propose([house.draft('delete.vm', [vm('web-1')])]);
      cloud.connection = { ...cloud.connection, environment: 'prod' };
      await assert.rejects(house.approve(plan), problem('world-moved'));
      cloud.connection = { ...cloud.connection, environment: 'dev', mode: 'read-only' };
      await assert.rejects(house.approve(plan), problem('not-allowed'));
      assert.deepEqual(performed(), []);
    });

    it('does not let two plans have their hands on one thing', async () => {
      let release = (): void => undefined;
      cloud.script('stop.vm', {
        perform: async (_, natural) => {
          await new Promise<void>((resolve) => {
            release = resolve;
          });
          return natural();
        },
      });
      const first = await house.propose([house.draft('stop.vm', [vm('web-1')])]);
      const second = await house.propose([house.draft('reboot.vm', [vm('web-1')])]);
      const ended = house.approve(first);
      await assert.rejects(house.approve(second), problem('wrong-state', /at work on the same thing/));
      while (performed().length === 0) await new Promise((resolve) => setImmediate(resolve));
      release();
      assert.equal((await ended).state, 'done');
    });

    it('runs nothing where the audit cannot note it', async () => {
      const plan = await stopAll();
      house.auditDatabase.pragma('query_only = ON');
      await assert.rejects(house.approve(plan), problem('audit-unavailable'));
      assert.equal(house.plans.get(plan.id)!.state, 'failed');
      assert.deepEqual(performed(), []);
    });

    it('can be a no', async () => {
      const plan = await stopAll();
      await assert.rejects(
        house.plans.reject(plan.id, { ...model, session: 'another' }),
        problem('not-a-person'),
      );
      assert.equal((await house.plans.reject(plan.id, ada)).state, 'rejected');
      await assert.rejects(house.approve(plan), problem('wrong-state'));
      assert.deepEqual(house.auditEvents(plan.id), ['plan.proposed', 'plan.rejected']);
    });
  });

  describe('running', () => {
    it('does every step once, audited before and after, and reads it back', async () => {
      const states: string[] = [];
      house.plans.onDidChange((plan) => states.push(plan.state));
      const plan = await house.approve(await stopAll());
      assert.equal(plan.state, 'done');
      assert.deepEqual(
        plan.runs.map((run) => [run.state, run.observed]),
        Array(3).fill(['done', 'stop.vm: stopped']),
      );
      assert.equal(new Set(cloud.marks).size, 3);
      assert.ok(cloud.marks.every((mark) => /^[a-z0-9-]{1,60}$/.test(mark)));
      assert.deepEqual(house.auditEvents(plan.id), [
        'plan.proposed',
        'plan.approved',
        ...Array(3).fill(['step.before', 'step.after']).flat(),
        'plan.finished',
      ]);
      assert.deepEqual(plan.audit, { from: 1, to: 9 });
      assert.equal(house.audit.verify().ok, true);
      const before = house.audit
        .list({ limit: 100, plan: plan.id })
        .find((record) => record.event === 'step.before')!;
      assert.equal(before.actor.user, 'ada');
      assert.equal(before.actedAs!.identity!.user, 'demo');
      assert.equal(before.digest, plan.digest);
      assert.ok(house.nudges.some((nudge) => nudge.includes('vm')));
      assert.ok(states.indexOf('approved') < states.indexOf('running') && states.at(-1) === 'done');
    });

    it('grants each write for its plan, step and digest', async () => {
      const permits: { plan: string; step: number; digest: string }[] = [];
      cloud.script('stop.vm', {
        perform: async (context, natural) => {
          permits.push(context.permit);
          return natural();
        },
      });
      const plan = await house.approve(await stopAll());
      assert.deepEqual(
        permits.map(({ plan: id, step, digest }) => ({ id, step, digest })),
        [0, 1, 2].map((step) => ({ id: plan.id, step, digest: plan.digest })),
      );
    });

    it('has audit and journal written before the cloud hears of a step', async () => {
      const seen: string[] = [];
      cloud.script('stop.vm', {
        perform: async (context, natural) => {
          const entry = house.journal
            .get(context.permit.plan)!
            .steps.find((step) => step.step === context.permit.step)!;
          seen.push(`${house.auditEvents().at(-1)} ${entry.boundary} ${entry.mark === context.mark}`);
          return natural();
        },
      });
      await house.approve(await stopAll());
      assert.deepEqual(seen, Array(3).fill('step.before intended true'));
    });

    it('stops before the first write where the audit fails, and writes nothing', async () => {
      const plan = await stopAll();
      cloud.script('stop.vm', {
        refresh: async (_, natural) => {
          house.auditDatabase.pragma('query_only = ON');
          return natural();
        },
      });
      const ended = await house.approve(plan);
      assert.equal(ended.state, 'failed');
      assert.match(ended.outcome!, /audit trail cannot be written/);
      assert.deepEqual(performed(), []);
    });

    it('stops after a write that the audit could not note, says so, and makes up for it at the next start', async () => {
      cloud.script('stop.vm', {
        perform: async (_, natural) => {
          house.auditDatabase.pragma('query_only = ON');
          return natural();
        },
      });
      const ended = await house.approve(await stopAll());
      assert.equal(ended.state, 'stopped');
      assert.match(ended.outcome!, /"Stop VM web-1" was done, but the audit could not note it/);
      assert.deepEqual(performed(), ['os:vm/web-1']);
      assert.deepEqual(
        ended.runs.map((run) => run.state),
        ['done', 'skipped', 'skipped'],
      );
      house.restart();
      await house.plans.recover();
      assert.deepEqual(house.auditEvents(ended.id), [
        'plan.proposed',
        'plan.approved',
        'step.before',
        'step.reconciled',
        'plan.finished',
      ]);
      await house.plans.recover();
      assert.equal(house.auditEvents(ended.id).length, 5, 'paid once');
    });

    for (const [title, move, words] of [
      [
        'its status',
        () => cloud.change('os:vm/web-2', { status: 'error', version: 'v1' }),
        /was running and is error now/,
      ],
      ['its version', () => cloud.change('os:vm/web-2', {}), /changed by somebody else/],
      ['its name', () => cloud.change('os:vm/web-2', { name: 'web-9', version: 'v1' }), /is called web-9/],
      ['its being', () => cloud.resources.delete('os:vm/web-2'), /web-2 is not there any more/],
    ] as const)
      it(`stops where a target changed ${title} since the plan was shown`, async () => {
        const plan = await stopAll();
        move();
        const ended = await house.approve(plan);
        assert.equal(ended.state, 'stopped');
        assert.match(ended.outcome!, words);
        assert.deepEqual(performed(), ['os:vm/web-1']);
        assert.deepEqual(
          ended.runs.map((run) => run.state),
          ['done', 'failed', 'skipped'],
        );
      });

    for (const [title, move, words] of [
      ['a new match', () => cloud.put('vm', 'web-4'), /match web-4 now, too/],
      ['a lost match', () => cloud.resources.delete('os:vm/web-3'), /is gone or changed/],
    ] as const)
      it(`stops before the first write at ${title} of the filter`, async () => {
        const ids = [vm('web-1').id, vm('web-2').id];
        const filter = { kind: 'vm', name_glob: 'web-*' };
        const plan = await house.propose([
          house.draft('stop.vm', undefined, {}, { target: { kind: 'resources', ids, filter } }),
        ]);
        move();
        const ended = await house.approve(plan);
        assert.equal(ended.state, 'stopped');
        assert.match(ended.outcome!, words);
        assert.deepEqual(performed(), []);
      });

    it('stops where it would act as somebody else than was shown', async () => {
      const plan = await stopAll();
      cloud.identity = { user: 'demo', project: 'another' };
      const ended = await house.approve(plan);
      assert.equal(ended.state, 'stopped');
      assert.match(ended.outcome!, /not who the plan was shown for/);
      assert.deepEqual(performed(), []);
    });

    it('does not run what is not what was approved', async () => {
      const plan = await stopAll();
      house.journalDatabase
        .prepare("UPDATE plans SET shown = replace(shown, 'os:vm/web-3', 'os:vm/web-9') WHERE id = ?")
        .run(plan.id);
      const ended = await house.approve(plan);
      assert.equal(ended.state, 'failed');
      assert.match(ended.outcome!, /not what was shown/);
      assert.deepEqual(performed(), []);
    });

    it('expects what its own earlier steps changed', async () => {
      const plan = await house.propose([
        house.draft('stop.vm', [vm('web-1')]),
        house.draft('tag.vm', [vm('web-1')], { tags: { team: 'x' } }, { after: [0] }),
        house.draft('start.vm', [vm('web-1')], {}, { after: [1] }),
      ]);
      assert.equal(plan.state, 'proposed', plan.outcome);
      assert.equal((await house.approve(plan)).state, 'done');
    });

    it('does not expect what somebody else changed between its steps', async () => {
      cloud.script('stop.vm', {
        verify: async (_, natural) => {
          const result = await natural();
          cloud.change('os:vm/web-1', { status: 'error' });
          return result;
        },
      });
      const plan = await house.propose([
        house.draft('stop.vm', [vm('web-1')]),
        house.draft('tag.vm', [vm('web-1')], { tags: { team: 'x' } }, { after: [0] }),
      ]);
      const ended = await house.approve(plan);
      assert.equal(ended.state, 'stopped');
      assert.match(ended.outcome!, /was stopped and is error now/);
    });

    it('lets a volume follow the vm it hung on, and waits until it is at rest', async () => {
      cloud.change('os:volume/data-1', { status: 'in-use' });
      house.discover([{ from: 'os:volume/data-1', type: 'ATTACHED_TO', to: 'os:vm/web-1' }]);
      let looks = 0;
      cloud.script('delete.vm', {
        perform: async (_, natural) => {
          cloud.change('os:volume/data-1', { status: 'detaching' });
          return natural();
        },
      });
      cloud.script('delete.volume', {
        refresh: async (_, natural) => {
          if (cloud.marks.length > 0 && ++looks === 3)
            cloud.change('os:volume/data-1', { status: 'available' });
          return natural();
        },
      });
      const plan = await house.propose([
        house.draft('delete.vm', [vm('web-1')]),
        house.draft('delete.volume', [cloud.resources.get('os:volume/data-1')!], {}, { after: [0] }),
      ]);
      assert.equal(plan.state, 'proposed', plan.outcome);
      assert.deepEqual(
        plan.preview.steps[1]!.notes.map((note) => note.level),
        ['warning'],
      );
      const ended = await house.approve(plan);
      assert.equal(ended.state, 'done', ended.outcome);
      assert.equal(cloud.resources.has('os:volume/data-1'), false);
    });

    it('takes a volume that went with its vm for done', async () => {
      house.discover([{ from: 'os:volume/data-1', type: 'ATTACHED_TO', to: 'os:vm/web-1' }]);
      cloud.script('delete.vm', {
        perform: async (_, natural) => {
          cloud.resources.delete('os:volume/data-1');
          return natural();
        },
      });
      const ended = await house.approve(
        await house.propose([
          house.draft('delete.vm', [vm('web-1')]),
          house.draft('delete.volume', [cloud.resources.get('os:volume/data-1')!], {}, { after: [0] }),
        ]),
      );
      assert.deepEqual(
        ended.runs.map((run) => run.state),
        ['done', 'idle'],
      );
      assert.equal(ended.state, 'done');
    });

    it('goes on with what earlier steps make, as target and as argument', async () => {
      const plan = await house.propose([
        house.draft('create.vm', undefined, { name: 'dev-box', flavor: 'S.4' }),
        house.draft('create.volume', undefined, { name: 'disk', size_gb: 10 }),
        house.draft('attach.volume', undefined, { to: '$1' }, { target: { kind: 'created', step: 1 } }),
      ]);
      assert.deepEqual(plan.steps[2]!.after, [0, 1]);
      assert.equal(plan.steps[2]!.title, 'Attach volume disk to dev-box');
      const ended = await house.approve(plan);
      assert.equal(ended.state, 'done', ended.outcome);
      const attach = cloud.calls.find(
        (call) => call.call === 'perform' && call.operation === 'attach.volume',
      )!;
      assert.equal(attach.target, ended.runs[1]!.createdId);
      assert.equal(attach.args.to, ended.runs[0]!.createdId);
    });

    it('checks a step whose target was just made, and stops at a blocker', async () => {
      cloud.script('attach.volume', {
        preview: async (_, natural) => ({
          ...(await natural()),
          notes: [{ level: 'blocker', message: 'Another zone.' }],
        }),
      });
      const ended = await house.approve(
        await house.propose([
          house.draft('create.volume', undefined, { name: 'disk', size_gb: 10 }),
          house.draft(
            'attach.volume',
            undefined,
            { to: 'os:vm/web-1' },
            { target: { kind: 'created', step: 0 } },
          ),
        ]),
      );
      assert.equal(ended.state, 'stopped');
      assert.match(ended.outcome!, /Another zone/);
    });

    it('stops at the first refusal, and begins nothing after it', async () => {
      cloud.script('stop.vm', {
        perform: async (context, natural) => {
          if (context.target!.name === 'web-2')
            throw new ProblemError({ code: 'cloud-forbidden', message: 'You may not.' });
          return natural();
        },
      });
      const ended = await house.approve(await stopAll());
      assert.equal(ended.state, 'failed');
      assert.match(ended.outcome!, /Step 2, "Stop VM web-2": You may not/);
      assert.deepEqual(
        ended.runs.map((run) => run.state),
        ['done', 'failed', 'skipped'],
      );
      assert.equal(
        cloud.calls.some((call) => call.call === 'reconcile'),
        false,
      );
    });

    it('finds a write whose answer was lost, and goes on', async () => {
      cloud.script('create.vm', {
        perform: async (_, natural) => {
          await natural();
          throw new ProblemError({ code: 'cloud-unreachable', message: 'The connection was reset.' });
        },
      });
      const ended = await house.approve(
        await house.propose([house.draft('create.vm', undefined, { name: 'x', flavor: 'S.4' })]),
      );
      assert.equal(ended.state, 'done', ended.outcome);
      assert.equal(ended.runs[0]!.createdId, 'os:vm/vm-1');
      assert.equal(cloud.marks.length, 1);
    });

    it('fails where a lost request was never heard', async () => {
      cloud.script('create.vm', {
        perform: async () => {
          throw new Error('socket hang up');
        },
      });
      const ended = await house.approve(
        await house.propose([house.draft('create.vm', undefined, { name: 'x', flavor: 'S.4' })]),
      );
      assert.equal(ended.state, 'failed');
      assert.equal(ended.runs[0]!.error!.code, 'internal');
      assert.equal(cloud.calls.filter((call) => call.call === 'reconcile').length, 1);
    });

    it('asks a person where nobody can tell', async () => {
      cloud.script('reboot.vm', {
        perform: async () => {
          throw new Error('socket hang up');
        },
        reconcile: async () => ({ found: 'unknown', observed: 'A reboot leaves no trace.' }),
      });
      const plan = await house.propose([
        house.draft('reboot.vm', [vm('web-1')]),
        house.draft('stop.vm', [vm('web-2')]),
      ]);
      const ended = await house.approve(plan);
      assert.equal(ended.state, 'unknown');
      assert.deepEqual(
        ended.runs.map((run) => run.state),
        ['unknown', 'skipped'],
      );
      await assert.rejects(
        house.plans.resolve({ id: plan.id, step: 0, outcome: 'done' }, model),
        problem('not-a-person'),
      );
      await assert.rejects(
        house.plans.resolve({ id: plan.id, step: 1, outcome: 'done' }, ada),
        problem('wrong-state'),
      );
      const settled = await house.plans.resolve({ id: plan.id, step: 0, outcome: 'not-done' }, ada);
      assert.equal(settled.state, 'stopped');
      assert.equal(settled.runs[0]!.state, 'failed');
      assert.deepEqual(house.auditEvents(plan.id).slice(-2), ['step.resolved', 'plan.finished']);
    });

    it('is done where a person says that its last unknown step was', async () => {
      cloud.script('reboot.vm', {
        perform: async () => {
          throw new Error('x');
        },
        reconcile: async () => {
          throw new Error('y');
        },
      });
      const plan = await house.approve(await house.propose([house.draft('reboot.vm', [vm('web-1')])]));
      assert.equal(plan.state, 'unknown');
      assert.equal((await house.plans.resolve({ id: plan.id, step: 0, outcome: 'done' }, ada)).state, 'done');
    });

    it('fails where the cloud said yes and the effect is not seen', async () => {
      cloud.script('stop.vm', {
        verify: async () => ({ verified: false, observed: 'web-1 is still running.' }),
      });
      const ended = await house.approve(await stopAll());
      assert.equal(ended.state, 'failed');
      assert.match(ended.outcome!, /still running/);
      assert.deepEqual(performed(), ['os:vm/web-1']);
    });

    it('gives a step a bound, and does not trust a write that will not let go', async () => {
      await house.dispose();
      house = createPlanHouse([cloud], { limits: { stepTimeoutMs: 20, stepGraceMs: 20 } });
      cloud.script('stop.vm', { perform: () => new Promise(() => undefined) });
      const ended = await house.approve(await house.propose([house.draft('stop.vm', [vm('web-1')])]));
      assert.equal(ended.state, 'unknown', 'it may still happen');
    });

    it('fails where a write was told to stop in time and nothing was done', async () => {
      await house.dispose();
      house = createPlanHouse([cloud], { limits: { stepTimeoutMs: 20 } });
      cloud.script('stop.vm', {
        perform: ({ signal }) =>
          new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
      });
      const ended = await house.approve(await house.propose([house.draft('stop.vm', [vm('web-1')])]));
      assert.equal(ended.state, 'failed');
      assert.match(ended.outcome!, /took too long/);
    });

    it('can be cancelled between steps', async () => {
      const plan = await stopAll();
      cloud.script('stop.vm', {
        verify: async (_, natural) => {
          const seen = await natural();
          void house.plans.cancel(plan.id, ada);
          return seen;
        },
      });
      const ended = await house.approve(plan);
      assert.equal(ended.state, 'cancelled');
      assert.deepEqual(
        ended.runs.map((run) => run.state),
        ['done', 'cancelled', 'cancelled'],
      );
      assert.deepEqual(performed(), ['os:vm/web-1']);
      assert.equal(house.auditEvents(plan.id).includes('plan.cancelled'), true);
    });

    it('can be cancelled inside a step', async () => {
      const plan = await stopAll();
      cloud.script('stop.vm', {
        perform: ({ signal }) =>
          new Promise((_, reject) => {
            signal.addEventListener('abort', () => reject(signal.reason));
            void house.plans.cancel(plan.id, ada);
          }),
      });
      const ended = await house.approve(plan);
      assert.equal(ended.state, 'cancelled');
      assert.deepEqual(
        ended.runs.map((run) => run.state),
        ['cancelled', 'cancelled', 'cancelled'],
      );
      assert.deepEqual(cloud.marks, []);
    });

    it('can be cancelled even where the audit cannot note it', async () => {
      const plan = await stopAll();
      cloud.script('stop.vm', {
        perform: async (_, natural) => {
          house.auditDatabase.pragma('query_only = ON');
          await house.plans.cancel(plan.id, ada);
          return natural();
        },
      });
      const ended = await house.approve(plan);
      assert.deepEqual(performed(), ['os:vm/web-1']);
      assert.notEqual(ended.runs[1]!.state, 'done');
    });

    it('is not cancelled by a program that did not ask for it', async () => {
      const plan = await stopAll();
      await assert.rejects(house.plans.cancel(plan.id, model), problem('not-a-person'));
      await assert.rejects(
        house.plans.cancel(plan.id, { ...model, session: undefined } as never),
        problem('not-a-person'),
      );
      const own = await house.propose([house.draft('stop.vm', [vm('web-1')])], model);
      assert.equal((await house.plans.cancel(own.id, model)).state, 'cancelled');
    });

    it('shows progress, and forgets it at the end', async () => {
      const seen: (string | undefined)[] = [];
      house.plans.onDidChange((plan) => seen.push(plan.runs[0]?.progress));
      cloud.script('stop.vm', {
        perform: async (context, natural) => {
          context.progress('half way password=canary', 0.5);
          return natural();
        },
      });
      const ended = await house.approve(await house.propose([house.draft('stop.vm', [vm('web-1')])]));
      assert.ok(seen.includes('half way password=[redacted]'));
      assert.equal(ended.runs[0]!.progress, undefined);
    });

    it('lets nobody else be hurt by a listener that throws', async () => {
      house.plans.onDidChange(() => {
        throw new Error('a bad listener');
      });
      assert.equal((await house.approve(await stopAll())).state, 'done');
    });

    it('finishes the step under way when the daemon ends, and begins no other', async () => {
      const plan = await stopAll();
      let disposed: Promise<void> | undefined;
      cloud.script('stop.vm', {
        perform: async (_, natural) => {
          disposed = house.plans.dispose();
          return natural();
        },
      });
      const ended = await house.approve(plan);
      await disposed;
      assert.equal(ended.state, 'stopped');
      assert.deepEqual(
        ended.runs.map((run) => run.state),
        ['done', 'skipped', 'skipped'],
      );
    });
  });

  describe('undoing', () => {
    it('proposes the inverse of what was done, last first, and closes the plan when that is done', async () => {
      const plan = await house.approve(await stopAll());
      house.discover();
      assert.equal(plan.canUndo, true);
      const undo = await house.plans.undo(plan.id, ada, never);
      assert.equal(undo.undoes, plan.id);
      assert.deepEqual(
        undo.steps.map((step) => step.title),
        ['Start VM web-3', 'Start VM web-2', 'Start VM web-1'],
      );
      assert.equal(undo.state, 'proposed');
      assert.equal((await house.approve(undo)).state, 'done');
      assert.equal(house.plans.get(plan.id)!.canUndo, false);
      await assert.rejects(house.plans.undo(plan.id, ada, never), problem('wrong-state'));
    });

    it('deletes what was made', async () => {
      const plan = await house.approve(
        await house.propose([house.draft('create.vm', undefined, { name: 'dev-box', flavor: 'S.4' })]),
      );
      house.discover();
      const undo = await house.plans.undo(plan.id, ada, never);
      assert.deepEqual(
        undo.steps.map((step) => [step.operation, step.target!.id]),
        [['delete.vm', plan.runs[0]!.createdId]],
      );
    });

    it('is not offered where nothing takes it back, or nothing was done', async () => {
      const gone = await house.approve(await house.propose([house.draft('delete.vm', [vm('web-1')])]));
      assert.equal(gone.canUndo, false);
      assert.equal(gone.preview.undoable, 'no');
      await assert.rejects(
        house.plans.undo(gone.id, ada, never),
        problem('wrong-state', /cannot be taken back/),
      );
      const idle = await house.propose([house.draft('start.vm', [vm('web-2')])]);
      assert.equal(idle.state, 'done');
      await assert.rejects(house.plans.undo(idle.id, ada, never), problem('wrong-state', /did nothing/));
    });

    it('is offered for the part of a failed plan that was done', async () => {
      cloud.script('stop.vm', {
        perform: async (context, natural) => {
          if (context.target!.name === 'web-2')
            throw new ProblemError({ code: 'cloud-forbidden', message: 'No.' });
          return natural();
        },
      });
      const plan = await house.approve(await stopAll());
      assert.equal(plan.canUndo, true);
      house.discover();
      assert.deepEqual(
        (await house.plans.undo(plan.id, ada, never)).steps.map((step) => step.title),
        ['Start VM web-1'],
      );
    });

    it('follows a sentence', async () => {
      const plan = await house.approve(await stopAll());
      house.discover();
      const undo = await house.propose([house.draft('action.undo')]);
      assert.equal(undo.undoes, plan.id);
      assert.equal((await house.propose([house.draft('action.cancel')])).id, undo.id);
      assert.equal(house.plans.get(undo.id)!.state, 'cancelled');
    });
  });

  it('keeps plans that wait over a restart', async () => {
    const plan = await stopAll();
    house.restart();
    await house.plans.recover();
    assert.deepEqual(house.plans.list({ open: true }), [plan]);
    assert.equal((await house.approve(plan)).state, 'done');
  });

  it('waits for an end, or until the waiting is given up', async () => {
    const plan = await stopAll();
    const abort = new AbortController();
    const wait = house.plans.ended(plan.id, abort.signal);
    abort.abort();
    await assert.rejects(wait, problem('cancelled'));
    await assert.rejects(async () => house.plans.ended('p-nobody'), problem('not-found'));
  });

  it('keeps every secret out of every file', async () => {
    const { readdirSync, readFileSync } = await import('node:fs');
    const canary = 'canary-d41d8cd9';
    cloud.script('stop.vm', {
      preview: async (_, natural) => ({
        ...(await natural()),
        effect: `calls https://u:${canary}@h/`,
        notes: [{ level: 'info', message: `token=${canary}` }],
        changes: [{ field: 'x', after: { adminPass: canary } }],
      }),
      verify: async (_, natural) => ({ ...(await natural()), observed: `saw password: ${canary}` }),
    });
    const plan: Plan = await house.propose([house.draft('stop.vm', [vm('web-1')])], ada, {
      text: `stop web-1 with password ${'='}${canary}`,
    });
    await house.approve(plan);
    for (const name of readdirSync(house.folder))
      assert.equal(readFileSync(`${house.folder}/${name}`).includes(canary), false, name);
    assert.equal(house.logged.join().includes(canary), false);
  });
});
