// The dialog and what follows from it, with an editor that is a list of answers: what is sent to the daemon after
// which yes, and that everything but a yes sends nothing.

import assert from 'node:assert/strict';
import { registerHooks } from 'node:module';
import type { PlanDoings } from '../../extension/commands/plans.ts';
import { createPlanStore } from '../../extension/state/plans.ts';
import type { Plan } from '../../shared/model/plan.ts';
import { sampleDigest, samplePlan } from './samples.ts';

interface Asked {
  readonly message: string;
  readonly items: readonly string[];
}
const editor = {
  pressed: undefined as string | undefined,
  typed: undefined as string | undefined,
  asked: [] as Asked[],
  boxes: 0,
};

const typedPlan = samplePlan({
  verdict: {
    effect: 'ask',
    rules: [],
    approval: { kind: 'typed', expected: 'delete 12 vms in prod', why: 'It would delete 12 vms.' },
  },
});

describe('reviewing a plan', () => {
  let createPlanDoings: typeof import('../../extension/commands/plans.ts').createPlanDoings;

  before(async () => {
    Object.assign(globalThis, {
      editorOfTests: {
        window: {
          showWarningMessage: async (message: string, _options: unknown, ...items: string[]) => {
            editor.asked.push({ message, items });
            return editor.pressed;
          },
          showInputBox: async (options: { validateInput: (value: string) => string | undefined }) => {
            editor.boxes += 1;
            assert.equal(options.validateInput('delete 12 vms in prod'), undefined);
            assert.ok(options.validateInput('delete 12 vms'));
            return editor.typed;
          },
        },
      },
    });
    const hooks = registerHooks({
      resolve: (specifier, context, next) =>
        specifier === 'vscode'
          ? { url: 'data:text/javascript,export const window = editorOfTests.window;', shortCircuit: true }
          : next(specifier, context),
    });
    ({ createPlanDoings } = await import('../../extension/commands/plans.ts'));
    hooks.deregister();
  });
  beforeEach(() => {
    Object.assign(editor, { pressed: undefined, typed: undefined, asked: [], boxes: 0 });
  });

  function house(plan: Plan) {
    const sent: { method: string; params: unknown }[] = [];
    const shown: string[] = [];
    const request = async (method: string, params: unknown) => {
      sent.push({ method, params });
      return method === 'plan/undo' ? samplePlan({ id: 'plan-2', undoes: plan.id }) : plan;
    };
    const doings: PlanDoings = createPlanDoings({
      daemon: { request: request as never },
      plans: createPlanStore(),
      showPlan: async ({ id }) => void shown.push(id),
    });
    const approvals = () =>
      sent.filter(({ method }) => method === 'plan/approve').map(({ params }) => params);
    return { doings, sent, shown, approvals };
  }

  it('approves with the digest of the plan that was shown', async () => {
    editor.pressed = 'Approve';
    const { doings, approvals } = house(samplePlan());
    await doings.review('plan-1', sampleDigest);
    assert.deepEqual(approvals(), [{ id: 'plan-1', digest: sampleDigest, typed: undefined }]);
  });

  it('sends nothing when the dialog is closed', async () => {
    const { doings, approvals } = house(samplePlan());
    await doings.review('plan-1', sampleDigest);
    assert.equal(editor.asked.length, 1);
    assert.deepEqual(approvals(), []);
  });

  it('does not even ask when the plan is not the one on the card, and shows it as it is', async () => {
    editor.pressed = 'Approve';
    const { doings, approvals, shown } = house(samplePlan());
    await assert.rejects(doings.review('plan-1', 'another digest'), /not the one that was shown/);
    assert.deepEqual([editor.asked, approvals(), shown], [[], [], ['plan-1']]);
  });

  it('offers no yes for a denied plan, and takes none', async () => {
    editor.pressed = 'Approve';
    const verdict = { effect: 'deny', rules: [], approval: { kind: 'button' } } as const;
    const { doings, approvals } = house(samplePlan({ verdict }));
    await doings.review('plan-1');
    assert.deepEqual(editor.asked[0]?.items, []);
    assert.deepEqual(approvals(), []);
  });

  it('sends what was typed where typing is asked', async () => {
    Object.assign(editor, { pressed: 'Continue…', typed: 'delete 12 vms in prod' });
    const { doings, approvals } = house(typedPlan);
    await doings.review('plan-1');
    assert.deepEqual(approvals(), [{ id: 'plan-1', digest: sampleDigest, typed: 'delete 12 vms in prod' }]);
  });

  for (const typed of [undefined, '', 'yes', 'delete 12 vms in prod ', 'DELETE 12 VMS IN PROD']) {
    it(`sends nothing for ${JSON.stringify(typed)} where other words are asked`, async () => {
      Object.assign(editor, { pressed: 'Continue…', typed });
      const { doings, approvals } = house(typedPlan);
      await doings.review('plan-1');
      assert.equal(editor.boxes, 1);
      assert.deepEqual(approvals(), []);
    });
  }

  it('asks for an undo like for any other plan', async () => {
    const { doings, approvals, shown } = house(samplePlan());
    await doings.act('undo', 'plan-1');
    assert.deepEqual(shown, ['plan-2']);
    assert.equal(editor.asked.length, 1);
    assert.deepEqual(approvals(), []);
  });

  it('tells the daemon what became of a step only when the person says so', async () => {
    const unknown = samplePlan({ state: 'unknown', runs: [{ index: 0, state: 'unknown' }] });
    const { doings, sent } = house(unknown);
    await doings.resolve('plan-1');
    assert.ok(!sent.some(({ method }) => method === 'plan/resolve'));
    editor.pressed = 'It was not done';
    await doings.resolve('plan-1');
    assert.deepEqual(sent.at(-1), {
      method: 'plan/resolve',
      params: { id: 'plan-1', step: 0, outcome: 'not-done' },
    });
    assert.match(editor.asked.at(-1)!.message, /What became of: Stops VM web-0/);
  });
});
