// What a person reads before their yes. Each of these sentences may be the one that keeps somebody from a wrong
// delete, so each is held by itself.

import assert from 'node:assert/strict';
import { confirmTextOf } from '../../extension/dialogs/confirmText.ts';
import { samplePlan, sampleStep, sampleStepPreview } from './samples.ts';

const prod = {
  connection: 'os-prod',
  connectionName: 'Acme production',
  provider: 'openstack',
  environment: 'prod',
  simulated: false,
  identity: { user: 'alice', domain: 'Default', project: 'shop', region: 'RegionOne' },
} as const;

describe('the text of the confirmation dialog', () => {
  it('asks with the place, never only a name', () => {
    assert.equal(confirmTextOf(samplePlan()).message, 'Stop VM web-0 in Sandbox (sandbox)?');
  });

  it('names connection, provider, environment, identity, project and region', () => {
    const base = samplePlan();
    const plan = samplePlan({ preview: { ...base.preview, actingAs: [prod] } });
    const { message, detail } = confirmTextOf(plan);
    assert.equal(message, 'Stop VM web-0 in Acme production (prod)?');
    assert.ok(
      detail.includes(
        'Connection Acme production (openstack), environment prod, as alice (Default) · project shop · region RegionOne',
      ),
      detail,
    );
    assert.ok(!detail.includes('SIMULATED'));
  });

  it('says of the sandbox that nothing real is touched', () => {
    assert.ok(confirmTextOf(samplePlan()).detail.includes('SIMULATED, nothing real is touched'));
  });

  it('says what each step would do, to what, in which state', () => {
    assert.ok(
      confirmTextOf(samplePlan()).detail.includes(
        '1. Stops VM web-0 [VM web-0, running] (status: running → stopped)',
      ),
    );
  });

  it('says in which namespace, for another may have one of the same name', () => {
    const target = {
      id: 'k8s:deployment/shop/web',
      name: 'web',
      kind: 'deployment',
      status: 'running',
      namespace: 'shop',
    } as const;
    const few = confirmTextOf(
      samplePlan({ steps: [sampleStep(0, { operation: 'stop.deployment', target })] }),
    );
    assert.ok(few.detail.includes('[deployment web in namespace shop, running]'), few.detail);
    const steps = Array.from({ length: 9 }, (_, index) =>
      sampleStep(index, {
        operation: 'stop.deployment',
        target: { ...target, id: `k8s:deployment/shop/${index}`, name: `web-${index}` },
      }),
    );
    const many = confirmTextOf(samplePlan({ steps }));
    assert.ok(many.detail.includes('• stop 9 deployments: shop/web-0, shop/web-1'), many.detail);
  });

  it('writes out what would turn the sentence around a name', () => {
    const title = 'Stop VM \u202egnp.exe';
    const { message, detail } = confirmTextOf(
      samplePlan({
        title,
        steps: [sampleStep(0, { target: { ...sampleStep(0).target!, name: '\u202egnp.exe' } })],
      }),
    );
    assert.equal(message, 'Stop VM [U+202E]gnp.exe in Sandbox (sandbox)?');
    assert.ok(detail.includes('[VM [U+202E]gnp.exe, running]'), detail);
  });

  it('says how many, what hangs on it and how it is undone', () => {
    const base = samplePlan();
    const affected = [
      { id: 'sandbox:volume/a', name: 'data', kind: 'volume', relation: 'attached to web-0' },
    ] as const;
    const { detail } = confirmTextOf(
      samplePlan({ preview: { ...base.preview, affected, affectedCount: 4 } }),
    );
    assert.ok(detail.includes('Touches 1 resource. 1 step: 1 VM.'), detail);
    assert.ok(detail.includes('Hangs on it: volume data (attached to web-0) and 3 more.'), detail);
    assert.ok(detail.includes('Can be undone: start VM web-0 again'), detail);
  });

  it('says plainly what cannot be undone', () => {
    const base = samplePlan();
    const { detail } = confirmTextOf(samplePlan({ preview: { ...base.preview, undoable: 'no' } }));
    assert.ok(detail.includes('Cannot be undone.'));
  });

  it('sums up more than eight steps with counts, and still names some', () => {
    const { detail } = confirmTextOf(samplePlan({}, 12));
    assert.ok(
      detail.includes('• stop 12 VMs: web-0, web-1, web-2, web-3, web-4, web-5, web-6, web-7 and 4 more'),
      detail,
    );
    assert.ok(!detail.includes('web-11'));
  });

  it('keeps different operations apart when it sums up', () => {
    const steps = [
      ...Array.from({ length: 9 }, (_, index) => sampleStep(index)),
      sampleStep(9, { operation: 'delete.vm' }),
    ];
    const { detail } = confirmTextOf(samplePlan({ steps }));
    assert.ok(detail.includes('• stop 9 VMs'), detail);
    assert.ok(detail.includes('• delete 1 VM: web-9'), detail);
  });

  it('shows warnings with what to do, and once', () => {
    const base = samplePlan({}, 2);
    const note = { level: 'warning', message: 'It serves users now.', fix: 'Drain it first.' } as const;
    const preview = {
      ...base.preview,
      steps: [0, 1].map((index) => sampleStepPreview(index, { notes: [note] })),
    };
    const { detail } = confirmTextOf({ ...base, preview });
    assert.equal(detail.split('⚠ It serves users now. Drain it first.').length, 2);
  });

  it('says when a step could not be checked', () => {
    const base = samplePlan();
    const preview = { ...base.preview, steps: [sampleStepPreview(0, { checkedBy: 'none' })] };
    assert.ok(confirmTextOf({ ...base, preview }).detail.includes('Not every step could be checked'));
  });

  it('shows the beginning of the digest that would be sent', () => {
    assert.ok(confirmTextOf(samplePlan()).detail.endsWith('Plan digest a1b2c3d4'));
  });

  it('offers a button where a button is enough', () => {
    const { approve, typed } = confirmTextOf(samplePlan());
    assert.deepEqual([approve, typed], ['Approve', undefined]);
  });

  it('says exactly what to type where typing is asked', () => {
    const approval = {
      kind: 'typed',
      expected: 'delete 12',
      why: 'It destroys more than 3 resources.',
    } as const;
    const plan = samplePlan({ verdict: { effect: 'ask', rules: [], approval } });
    const { approve, typed } = confirmTextOf(plan);
    assert.equal(approve, 'Continue…');
    assert.equal(typed?.expected, 'delete 12');
    assert.ok(typed?.prompt.includes('Type “delete 12” to approve: Stop VM web-0 in Sandbox (sandbox)'));
  });

  it('gives a denied plan no button, and the rule with its reason', () => {
    const rules = [{ rule: 'read-only', effect: 'deny', reason: 'Nothing may be changed here.' }] as const;
    const text = confirmTextOf(
      samplePlan({ verdict: { effect: 'deny', rules, approval: { kind: 'button' } } }),
    );
    assert.equal(text.approve, undefined);
    assert.equal(text.typed, undefined);
    assert.ok(text.message.endsWith('this cannot be approved'));
    assert.ok(text.detail.startsWith('Denied by rule read-only: Nothing may be changed here.'));
  });

  it('gives a blocked plan no button, and what stands in the way', () => {
    const base = samplePlan();
    const note = { level: 'blocker', message: 'The quota is full.', fix: 'Delete something.' } as const;
    const preview = { ...base.preview, blocked: true, steps: [sampleStepPreview(0, { notes: [note] })] };
    const text = confirmTextOf({ ...base, preview });
    assert.equal(text.approve, undefined);
    assert.ok(text.detail.startsWith('Blocked: The quota is full. Delete something.'));
  });

  for (const state of ['approved', 'running', 'done', 'expired', 'rejected', 'unknown'] as const) {
    it(`gives a plan that is ${state} no button`, () => {
      const text = confirmTextOf(samplePlan({ state }));
      assert.equal(text.approve, undefined);
      assert.ok(text.detail.startsWith(`The plan is ${state}`));
    });
  }
});
