// Believable model objects for the tests of extension and panels: one call makes a whole one, a patch changes what
// the test is about.

import type { Connection } from '../../shared/model/connection.ts';
import type { Plan, PlanStep, StepPreview } from '../../shared/model/plan.ts';
import type { Resource } from '../../shared/model/resource.ts';
import type { OperationInfo } from '../../shared/protocol/messages.ts';

export function sampleConnection(patch: Partial<Connection> = {}): Connection {
  return {
    id: 'sandbox',
    provider: 'sandbox',
    name: 'Sandbox',
    environment: 'sandbox',
    mode: 'confirm',
    state: 'connected',
    simulated: true,
    identity: { user: 'you', project: 'learning', region: 'here' },
    origin: 'built in',
    operations: ['create.vm', 'start.vm', 'stop.vm', 'delete.vm', 'resize.volume'],
    resourceCount: 3,
    ...patch,
  };
}

export function sampleVm(name: string, patch: Partial<Resource> = {}): Resource {
  const connection = patch.connection ?? 'sandbox';
  return {
    id: `${connection}:vm/${name}`,
    connection,
    provider: 'sandbox',
    kind: 'vm',
    name,
    status: 'running',
    health: 'ok',
    tags: {},
    attributes: { flavor: 'S.4', ip: '10.0.0.5' },
    ...patch,
  };
}

export function sampleOperation(id: string, patch: Partial<OperationInfo> = {}): OperationInfo {
  const [verb, kind] = id.split('.') as [string, string];
  return {
    id,
    verb,
    kind,
    risk: verb === 'delete' ? 'destroy' : 'change',
    title: `${verb} ${kind}`,
    doc: 'Does it.',
    target: verb === 'create' ? 'none' : 'many',
    args: [],
    words: [verb],
    impact: 'none',
    connections: ['sandbox'],
    ...patch,
  };
}

export function sampleStep(index: number, patch: Partial<PlanStep> = {}): PlanStep {
  return {
    index,
    operation: 'stop.vm',
    title: `Stop VM web-${index}`,
    risk: 'change',
    connection: 'sandbox',
    target: { id: `sandbox:vm/web-${index}`, name: `web-${index}`, kind: 'vm', status: 'running' },
    args: {},
    after: [],
    ...patch,
  };
}

export function sampleStepPreview(index: number, patch: Partial<StepPreview> = {}): StepPreview {
  return {
    index,
    effect: `Stops VM web-${index}`,
    changes: [{ field: 'status', before: 'running', after: 'stopped' }],
    notes: [],
    checkedBy: 'checked',
    idle: false,
    undo: `Start VM web-${index} again`,
    ...patch,
  };
}

export const sampleDigest = 'a1b2c3d4'.repeat(8);

/** A plan of `count` stops that waits for a person. */
export function samplePlan(patch: Partial<Plan> = {}, count = 1): Plan {
  const steps = Array.from({ length: count }, (_, index) => sampleStep(index));
  return {
    id: 'plan-1',
    title: count === 1 ? 'Stop VM web-0' : `Stop ${count} VMs`,
    text: count === 1 ? 'stop web-0' : 'stop all web servers',
    source: 'embedded',
    evidence: [],
    steps,
    filters: [],
    risk: 'change',
    verdict: {
      effect: 'ask',
      rules: [{ rule: 'every-change-asks', effect: 'ask', reason: 'Every change needs a person.' }],
      approval: { kind: 'button' },
    },
    preview: {
      steps: steps.map((step) => sampleStepPreview(step.index)),
      targetCount: count,
      affected: [],
      affectedCount: 0,
      actingAs: [
        {
          connection: 'sandbox',
          connectionName: 'Sandbox',
          provider: 'sandbox',
          environment: 'sandbox',
          simulated: true,
          identity: { user: 'you', project: 'learning', region: 'here' },
        },
      ],
      undoable: 'full',
      blocked: false,
      at: '2026-11-20T10:00:00.000Z',
    },
    digest: sampleDigest,
    state: 'proposed',
    runs: [],
    requestedBy: { user: 'alice', client: 'vscode', how: 'editor' },
    createdAt: '2026-11-20T10:00:00.000Z',
    expiresAt: '2026-11-20T10:15:00.000Z',
    canUndo: false,
    ...patch,
  };
}
