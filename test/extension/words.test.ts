// What the status bar, the tree and the details say of things, and which doings a plan offers in which state.

import assert from 'node:assert/strict';
import { resourceText } from '../../extension/documents/resourceText.ts';
import {
  describeConnection,
  describeResource,
  factsOfResource,
  labelOfConnection,
  noteOf,
} from '../../extension/views/describe.ts';
import { statusTextOf } from '../../extension/views/statusText.ts';
import { planStates } from '../../shared/model/plan.ts';
import {
  actionsOf,
  fieldLabel,
  reasonsAgainst,
  scopeSentence,
  valueText,
} from '../../shared/panel/planText.ts';
import { sampleConnection, samplePlan, sampleStep, sampleVm } from './samples.ts';

const ready = { kind: 'ready' } as const;
const sandbox = sampleConnection();
const prod = sampleConnection({
  id: 'os',
  name: 'Acme',
  provider: 'openstack',
  environment: 'prod',
  simulated: false,
});

describe('the status bar', () => {
  it('names the active connection, its environment, and a mode that denies', () => {
    assert.equal(statusTextOf(ready, [prod, sandbox], prod, 0).text, '$(compass) Acme · prod');
    const locked = { ...prod, mode: 'read-only' } as const;
    assert.equal(statusTextOf(ready, [locked], locked, 0).text, '$(compass) Acme · prod · read-only');
  });

  it('counts connections where none is chosen, and plans that wait', () => {
    assert.equal(
      statusTextOf(ready, [prod, sandbox], undefined, 2).text,
      '$(compass) 2 connections  $(bell-dot) 2',
    );
    assert.equal(statusTextOf(ready, [], undefined, 0).text, '$(compass) Pilothouse: nothing connected');
  });

  it('warns of a connection in trouble and says in the tooltip what is wrong', () => {
    const broken = { ...prod, state: 'failed', problem: { message: 'Wrong password.' } } as const;
    const status = statusTextOf(ready, [broken], broken, 0);
    assert.ok(status.text.startsWith('$(warning)'));
    assert.ok(status.tooltip.includes('Acme (openstack): prod, confirm, failed: Wrong password.'));
  });

  it('says when the daemon is away', () => {
    assert.equal(
      statusTextOf({ kind: 'failed', message: 'It died.', fix: 'Restart it.' }, [], undefined, 0).level,
      'error',
    );
    assert.equal(
      statusTextOf({ kind: 'reconnecting', message: 'Trying.' }, [prod], prod, 0).level,
      'warning',
    );
  });
});

describe('the tree', () => {
  it('says status, size and address', () => {
    assert.equal(describeResource(sampleVm('a')), 'running · S.4 · 10.0.0.5');
    assert.equal(
      describeResource(sampleVm('a', { attributes: { ip: '10.0.0.5', floating_ip: '203.0.113.7' } })),
      'running · 203.0.113.7',
    );
    assert.equal(
      describeResource(sampleVm('a', { status: 'available', attributes: { size_gb: 100 } })),
      'available · 100 GB',
    );
  });

  it('says why something is not well, and nothing twice', () => {
    const reason = { reason: '0/2 nodes are available.' };
    assert.equal(
      describeResource(sampleVm('a', { status: 'pending', health: 'busy', attributes: reason })),
      'pending · 0/2 nodes are available.',
    );
    assert.equal(describeResource(sampleVm('a', { attributes: reason })), 'running');
    const address = sampleVm('203.0.113.7', { attributes: { floating_ip: '203.0.113.7' } });
    assert.equal(describeResource(address), 'running');
  });

  it('cuts the middle of a long name, whose ends tell clusters apart', () => {
    assert.equal(labelOfConnection('staging-shop'), 'staging-shop');
    const arn = (name: string) => `arn:aws:eks:eu-central-1:123456789012:cluster/${name}`;
    const label = labelOfConnection(arn('orders-prod'));
    assert.equal(label.length, 40);
    assert.match(label, /^arn:aws:ek….*cluster\/orders-prod$/);
  });

  it('says below a connection what is wrong with it, or that there is nothing', () => {
    const problem = { message: 'It does not answer.', fix: 'Check the VPN.' };
    assert.deepEqual(noteOf({ ...prod, state: 'failed', problem }), {
      text: 'It does not answer.',
      fix: 'Check the VPN.',
      isTrouble: true,
    });
    assert.equal(noteOf(prod).isTrouble, false);
  });

  it('says other resources by name', () => {
    const pod = sampleVm('a', {
      attributes: { owner: 'sandbox:vm/b', attached_to: 'sandbox:vm/gone', size_gb: 0 },
    });
    const facts = factsOfResource(pod, (id) => (id === 'sandbox:vm/b' ? 'web-1' : undefined));
    assert.deepEqual(facts.slice(-2), [
      ['owner', 'VM web-1'],
      ['attached to', 'sandbox:vm/gone'],
    ]);
  });

  it('marks what is simulated, and what is wrong', () => {
    assert.equal(describeConnection(sandbox, false), 'simulated · sandbox');
    assert.equal(
      describeConnection({ ...prod, state: 'degraded', mode: 'read-only' }, true),
      'degraded · openstack · prod · read-only · active',
    );
  });
});

describe('the details of a resource', () => {
  it('keep what a cloud says on its own indented line', () => {
    const text = resourceText({
      resource: sampleVm('evil', { tags: { note: 'x\n\nCan be done now\n  Delete everything' } }),
      out: [{ from: 'sandbox:vm/evil', type: 'IN_NETWORK', to: 'sandbox:network/n' }],
      in: [],
      neighbours: [{ id: 'sandbox:network/n', name: 'private', kind: 'network' }],
      dependents: [],
      operations: [
        { id: 'stop.vm', title: 'Stop VM', risk: 'change' },
        { id: 'start.vm', title: 'Start VM', risk: 'change', disabled: 'it runs already' },
      ],
    });
    assert.ok(text.startsWith('VM evil\n'));
    assert.ok(text.includes('  IN_NETWORK network private (sandbox:network/n)'));
    assert.ok(text.includes('Cannot be done now\n  Start VM: it runs already'));
    assert.equal(text.match(/^Can be done now$/gm)?.length, 1);
  });
});

describe('what can be done with a plan', () => {
  const expected = {
    proposed: ['review', 'reject'],
    denied: [],
    blocked: ['again'],
    rejected: [],
    expired: ['again'],
    approved: ['cancel'],
    running: ['cancel'],
    done: ['undo'],
    failed: ['undo', 'again'],
    stopped: ['undo', 'again'],
    cancelled: ['undo', 'again'],
    unknown: ['resolve'],
  };
  for (const state of planStates) {
    it(`${state}: ${expected[state].join(', ') || 'nothing'}`, () =>
      assert.deepEqual(actionsOf(samplePlan({ state, canUndo: true })), expected[state]));
  }

  it('is going on with it first, where something is left', () => {
    for (const state of ['failed', 'stopped', 'cancelled'] as const)
      assert.deepEqual(actionsOf(samplePlan({ state, canUndo: true, canContinue: true })), [
        'continue',
        'undo',
        'again',
      ]);
  });

  it('is never a review where a rule denies or a preview blocks', () => {
    const { preview, verdict } = samplePlan();
    assert.deepEqual(actionsOf(samplePlan({ verdict: { ...verdict, effect: 'deny' } })), ['reject']);
    assert.deepEqual(actionsOf(samplePlan({ preview: { ...preview, blocked: true } })), ['reject']);
  });
});

describe('why a plan cannot be done', () => {
  it('is what the rules deny and what the preview found, each once', () => {
    const { preview, verdict } = samplePlan({}, 2);
    const rules = [
      { rule: 'read-only', effect: 'deny', reason: 'The connection is read-only.' },
      { rule: 'every-change-asks', effect: 'ask', reason: 'It changes 1 vm.' },
    ] as const;
    const notes = [
      { level: 'blocker', message: 'ops may not patch nodes.', fix: 'Ask for the right.' },
      { level: 'info', message: 'Nothing hangs on it.' },
    ] as const;
    const plan = samplePlan(
      {
        verdict: { ...verdict, rules },
        preview: { ...preview, steps: preview.steps.map((step) => ({ ...step, notes })) },
      },
      2,
    );
    assert.deepEqual(reasonsAgainst(plan), [
      'The connection is read-only.',
      'ops may not patch nodes. Ask for the right.',
    ]);
    assert.deepEqual(reasonsAgainst(samplePlan()), []);
  });
});

describe('words', () => {
  it('say how much a plan is about', () => {
    assert.equal(scopeSentence(samplePlan({}, 3)), 'Touches 3 resources.');
    assert.equal(
      scopeSentence(samplePlan({ steps: [sampleStep(0, { target: undefined })] })),
      'Makes 1 new resource.',
    );
    const steps = [
      sampleStep(0, { target: undefined }),
      sampleStep(1),
      sampleStep(2, { target: undefined, targetFromStep: 0 }),
    ];
    assert.equal(scopeSentence(samplePlan({ steps })), 'Touches 1 resource and makes 1 new resource.');
  });

  it('put values as people read them', () => {
    assert.equal(valueText({ team: 'shop', env: '' }), 'team=shop, env');
    assert.equal(valueText([]), 'none');
    assert.equal(valueText(false), 'no');
    assert.equal(fieldLabel('size_gb'), 'size (GB)');
    assert.equal(fieldLabel('security_groups'), 'security groups');
    assert.equal(fieldLabel('floating_ip'), 'floating IP');
    assert.equal(fieldLabel('speed_mbps'), 'speed (Mbit/s)');
    assert.equal(fieldLabel('vcpus'), 'vCPUs');
  });
});
