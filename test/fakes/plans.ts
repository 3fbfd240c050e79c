// Plans in memory, with the life a test gives them: propose makes one, approve runs it when the test says so.

import { createHash } from 'node:crypto';
import type { Plans, Proposal } from '../../daemon/plans/contract.ts';
import type { Actor, Plan } from '../../shared/model/plan.ts';
import { ProblemError } from '../../shared/model/problem.ts';

export interface FakePlans extends Plans {
  /** Everything that was asked for, with who asked. */
  readonly calls: readonly { readonly call: string; readonly actor?: Actor; readonly request?: unknown }[];
  /** Changes a plan, as a run would. */
  set(id: string, change: Partial<Plan>): Plan;
  /** What `propose` makes of a proposal, beside the usual. */
  shape: (proposal: Proposal) => Partial<Plan>;
  /** What `approve` makes of a plan; default: done at once. */
  run: (plan: Plan) => void;
}

const ends = new Set([
  'done',
  'failed',
  'stopped',
  'cancelled',
  'rejected',
  'expired',
  'denied',
  'blocked',
  'unknown',
]);

export function fakePlans(): FakePlans {
  const calls: { call: string; actor?: Actor; request?: unknown }[] = [];
  const all = new Map<string, Plan>();
  const listeners = new Set<(plan: Plan) => void>();
  const set = (id: string, change: Partial<Plan>): Plan => {
    const plan = { ...require(id), ...change };
    all.set(id, plan);
    for (const listener of [...listeners]) listener(plan);
    return plan;
  };
  const require = (id: string): Plan => {
    const plan = all.get(id);
    if (!plan) throw new ProblemError({ code: 'not-found', message: `There is no plan ${id}.` });
    return plan;
  };
  const note = (call: string, actor?: Actor, request?: unknown): void => {
    calls.push({ call, ...(actor && { actor }), ...(request !== undefined && { request }) });
  };
  const plans: FakePlans = {
    calls,
    set,
    shape: () => ({}),
    run: (plan) => {
      const runs = plan.steps.map(({ index }) => ({ index, state: 'done' as const, observed: 'it is so' }));
      set(plan.id, { state: 'done', runs, outcome: 'All steps are done.', audit: { from: 1, to: 4 } });
    },
    async propose(proposal, actor) {
      note('propose', actor, proposal);
      const plan = makePlan(`p${all.size + 1}`, proposal, actor, plans.shape(proposal));
      all.set(plan.id, plan);
      return set(plan.id, {});
    },
    async approve({ id, digest, typed }, actor) {
      note('approve', actor, { id, digest, typed });
      const plan = require(id);
      if (plan.digest !== digest)
        throw new ProblemError({ code: 'digest-mismatch', message: 'The plan is not what was shown.' });
      const { approval } = plan.verdict;
      if (approval.kind === 'typed' && typed !== approval.expected)
        throw new ProblemError({ code: 'wrong-words', message: 'That is not what was to be typed.' });
      const running = set(id, { state: 'running', approvedBy: actor });
      setImmediate(() => plans.run(running));
      return running;
    },
    async reject(id, actor) {
      note('reject', actor, id);
      return set(id, { state: 'rejected', outcome: 'It was rejected.' });
    },
    async cancel(id, actor) {
      note('cancel', actor, id);
      return set(id, { state: 'cancelled', outcome: 'It was cancelled.' });
    },
    async continue(id, actor) {
      note('continue', actor, id);
      const plan = require(id);
      const rest = {
        ...plan,
        id: `${id}-rest`,
        state: 'proposed' as const,
        continues: id,
        title: `Continue ${plan.title}`,
      };
      all.set(rest.id, rest);
      return set(rest.id, {});
    },
    async undo(id, actor) {
      note('undo', actor, id);
      const plan = require(id);
      const undone = {
        ...plan,
        id: `${id}-undo`,
        state: 'proposed' as const,
        undoes: id,
        title: `Undo ${plan.title}`,
      };
      all.set(undone.id, undone);
      return set(undone.id, {});
    },
    async resolve(request, actor) {
      note('resolve', actor, request);
      return set(request.id, { state: 'done' });
    },
    get: (id) => all.get(id),
    list: (where) =>
      [...all.values()]
        .reverse()
        .filter((plan) => !where?.open || ['proposed', 'approved', 'running', 'unknown'].includes(plan.state))
        .slice(0, where?.limit),
    ended: (id, signal) =>
      new Promise((resolve, reject) => {
        const look = (plan: Plan): void => {
          if (plan.id !== id || !ends.has(plan.state)) return;
          listeners.delete(look);
          resolve(plan);
        };
        listeners.add(look);
        signal?.addEventListener('abort', () => {
          listeners.delete(look);
          reject(new DOMException('aborted', 'AbortError'));
        });
        look(require(id));
      }),
    onDidChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    recover: async () => note('recover'),
    dispose: async () => note('dispose'),
  };
  return plans;
}

function makePlan(id: string, proposal: Proposal, actor: Actor, more: Partial<Plan>): Plan {
  const steps = proposal.steps.flatMap((step, index) => {
    const ids = step.target?.kind === 'resources' ? step.target.ids : [undefined];
    return ids.map((target) => ({
      index,
      operation: step.operation,
      title: `${step.operation} ${target ?? ''}`.trim(),
      risk: 'change' as const,
      connection: proposal.connection ?? 'lab',
      ...(target !== undefined && {
        target: { id: target, name: target.split('/')[1] ?? target, kind: 'vm' as const, status: 'running' },
      }),
      args: step.args,
      after: step.after,
    }));
  });
  const plan: Plan = {
    id,
    title: proposal.text,
    text: proposal.text,
    source: proposal.source,
    evidence: proposal.evidence ?? [],
    steps,
    filters: [],
    risk: 'change',
    verdict: { effect: 'ask', rules: [], approval: { kind: 'button' } },
    preview: {
      steps: steps.map(({ index, title }) => ({
        index,
        effect: `Would ${title}`,
        changes: [],
        notes: [],
        checkedBy: 'checked',
        idle: false,
      })),
      targetCount: steps.length,
      affected: [],
      affectedCount: 0,
      actingAs: [
        {
          connection: 'lab',
          connectionName: 'lab',
          provider: 'sandbox',
          environment: 'dev',
          simulated: true,
          identity: { user: 'demo', project: 'demo' },
        },
      ],
      undoable: 'full',
      blocked: false,
      at: '2026-11-20T10:00:00.000Z',
    },
    digest: createHash('sha256').update(id).digest('hex'),
    state: 'proposed',
    runs: steps.map(({ index }) => ({ index, state: 'pending' })),
    requestedBy: actor,
    createdAt: new Date(Date.UTC(2026, 10, 20, 10, 0, Number(id.slice(1)) || 0)).toISOString(),
    expiresAt: '2026-11-20T10:15:00.000Z',
    canUndo: true,
    ...more,
  };
  return plan;
}
