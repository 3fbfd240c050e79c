// The one door to everything that changes a cloud, put together: proposing, a person's yes or no, running, undoing,
// settling. It decides nothing itself; each of those is a file beside it. Made once by `main.ts`, which calls
// `recover` when the connections are there and `dispose` before anything it stands on.

import type { Actor, Plan } from '../../shared/model/plan.ts';
import { limits } from '../config.ts';
import { approve, auditApproval } from './approve.ts';
import { appendAudit } from './auditing.ts';
import { createBook } from './book.ts';
import { continuationOf } from './continuing.ts';
import type { Plans, Proposal } from './contract.ts';
import { controlOf } from './controls.ts';
import { endPlan, endUnbegun } from './ending.ts';
import { createExpiry } from './expiry.ts';
import { openStates } from './journal.ts';
import { type Kit, requirePerson, requireState, shownProblem } from './kit.ts';
import type { PlansOptions } from './options.ts';
import { propose } from './propose.ts';
import { recoverPlans, retryUnknown } from './recover.ts';
import { resolve } from './resolve.ts';
import { runPlan } from './runner.ts';
import { requireUndoDrafts } from './undo.ts';

interface Running {
  readonly cancel: AbortController;
  readonly ended: Promise<void>;
}

export function createPlans(options: PlansOptions): Plans {
  const kit = kitOf(options);
  const running = new Map<string, Running>();
  const draining = new AbortController();
  const expiry = createExpiry(kit);
  const unwatch = watchConnections(kit);

  function start(plan: Plan): void {
    const cancel = new AbortController();
    const ended = runPlan(kit, plan.id, { cancelled: cancel.signal, draining: draining.signal }).finally(() =>
      running.delete(plan.id),
    );
    running.set(plan.id, { cancel, ended });
  }
  function approveAndStart(request: Parameters<Plans['approve']>[0], actor: Actor): Plan {
    expiry.look();
    const plan = approve(kit, request, actor);
    try {
      auditApproval(kit, plan);
    } catch (error) {
      endPlan(kit, plan.id, { state: 'failed', outcome: shownProblem(error).message });
      throw error;
    }
    kit.fault('plan.approved');
    start(plan);
    return kit.book.require(plan.id);
  }
  function cancel(id: string, actor: Actor): Plan {
    const plan = kit.book.require(id);
    requireOwnOrPerson(plan, actor, 'cancel this plan');
    requireState(plan, ['proposed', 'approved', 'running'], 'cancelled');
    // Stopping comes first: it must not wait for an audit that cannot be written.
    running.get(id)?.cancel.abort();
    const entry = { event: 'plan.cancelled', actor, detail: { title: plan.title, was: plan.state } } as const;
    if (plan.state === 'proposed')
      return endUnbegun(kit, plan, 'cancelled', entry, `${actor.user} cancelled it.`);
    try {
      appendAudit(kit, plan, entry);
    } catch (error) {
      kit.log(
        'error',
        `that ${actor.user} cancelled plan ${id} cannot be noted: ${shownProblem(error).message}`,
      );
    }
    return kit.book.require(id);
  }
  async function undo(id: string, actor: Actor, signal: AbortSignal): Promise<Plan> {
    const plan = kit.book.require(id);
    const steps = requireUndoDrafts(kit, kit.journal.get(id)!);
    return propose(kit, { text: `Undo: ${plan.title}`, source: 'click', steps, undoes: id }, actor, signal);
  }
  async function goOn(id: string, actor: Actor, signal: AbortSignal): Promise<Plan> {
    kit.book.require(id);
    return propose(kit, await continuationOf(kit, kit.journal.get(id)!, signal), actor, signal);
  }
  async function proposeOrControl(proposal: Proposal, actor: Actor, signal: AbortSignal): Promise<Plan> {
    expiry.look();
    const control = controlOf(kit, proposal.steps);
    if (control?.kind === 'undo') return undo(control.plan, actor, signal);
    if (control?.kind === 'cancel') return cancel(control.plan, actor);
    const plan = await propose(kit, proposal, actor, signal);
    expiry.look();
    return plan;
  }
  return {
    propose: proposeOrControl,
    approve: async (request, actor) => approveAndStart(request, actor),
    reject: async (id, actor) => reject(kit, id, actor),
    cancel: async (id, actor) => cancel(id, actor),
    undo,
    continue: goOn,
    resolve: async (request, actor) => resolve(kit, request, actor),
    get: (id) => kit.book.get(id),
    list: (where) => kit.book.list(where),
    ended: (id, signal) => kit.book.ended(id, signal),
    onDidChange: (listener) => kit.book.onDidChange(listener),
    recover: async () => {
      expiry.look();
      await recoverPlans(kit);
    },
    dispose: async () => {
      draining.abort();
      unwatch();
      expiry.dispose();
      await Promise.all([...running.values()].map((one) => one.ended));
    },
  };
}

function kitOf(options: PlansOptions): Kit {
  const bounds = { ...limits, ...options.limits };
  return {
    journal: options.journal,
    audit: options.audit,
    catalogue: options.catalogue,
    graph: options.graph,
    connections: options.connections,
    now: options.now,
    log: options.log,
    limits: bounds,
    roleOf: options.roleOf ?? (() => 'admin'),
    fault: (point, step) => options.onFaultPoint?.(point, step),
    book: createBook({
      journal: options.journal,
      openStates,
      keptMax: bounds.plansCachedMax,
      progressIntervalMs: bounds.planProgressIntervalMs,
      now: options.now,
      onListenerError: (error) =>
        options.log('error', `a listener of plans failed: ${shownProblem(error).message}`),
    }),
  };
}

function reject(kit: Kit, id: string, actor: Actor): Plan {
  const plan = kit.book.require(id);
  requireOwnOrPerson(plan, actor, 'reject this plan');
  requireState(plan, ['proposed'], 'rejected');
  const entry = { event: 'plan.rejected', actor, detail: { title: plan.title } } as const;
  return endUnbegun(kit, plan, 'rejected', entry, `${actor.user} said no.`);
}

/** A program may take back what it asked for itself, and nothing else. */
function requireOwnOrPerson(plan: Plan, actor: Actor, what: string): void {
  const isOwn = actor.session !== undefined && plan.requestedBy.session === actor.session;
  if (!isOwn) requirePerson(actor, what);
}

/** A connection that has come back may tell what became of a step that nobody knew of. */
function watchConnections(kit: Kit): () => void {
  let connected = new Set<string>();
  return kit.connections.onDidChange((connections) => {
    const now = connections.filter((one) => one.state === 'connected').map((one) => one.id);
    for (const id of now)
      if (!connected.has(id))
        retryUnknown(kit, id).catch((error) => kit.log('error', shownProblem(error).message));
    connected = new Set(now);
  });
}
