// The plans as everybody sees them: the journal's entries put together into Plan values, kept at hand, with what only
// lives in memory (progress) laid over them, and told to whoever listens. The journal is always written first; this
// room never is the truth of anything.

import type { Plan, StepRun } from '../../shared/model/plan.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import { hasEnded, type Journal, type JournaledPlan } from './journal.ts';

export interface Book {
  get(id: string): Plan | undefined;
  /** Throws ProblemError `not-found`. */
  require(id: string): Plan;
  list(where?: { readonly limit?: number; readonly open?: boolean }): readonly Plan[];
  /** Reads a plan from the journal again and tells the listeners. */
  reload(id: string): Plan;
  /** Lays progress over a step; forgotten at the next `reload`. Told at most every so often. */
  progress(id: string, step: number, change: Partial<StepRun>): void;
  onDidChange(listener: (plan: Plan) => void): () => void;
  /** Resolves when the plan has ended. Rejects when the signal ends. */
  ended(id: string, signal?: AbortSignal): Promise<Plan>;
}

export interface BookOptions {
  readonly journal: Journal;
  readonly openStates: Parameters<Journal['count']>[0];
  readonly keptMax: number;
  readonly progressIntervalMs: number;
  readonly now: () => number;
  readonly onListenerError: (error: unknown) => void;
}

export function createBook(options: BookOptions): Book {
  const { journal } = options;
  const plans = new Map<string, Plan>();
  const listeners = new Set<(plan: Plan) => void>();
  const toldAtMs = new Map<string, number>();

  function keep(plan: Plan): Plan {
    plans.delete(plan.id);
    plans.set(plan.id, plan);
    for (const [id, old] of plans) {
      if (plans.size <= options.keptMax) break;
      if (hasEnded(old.state)) plans.delete(id);
    }
    return plan;
  }
  function get(id: string): Plan | undefined {
    const known = plans.get(id);
    if (known) return known;
    const entry = journal.get(id);
    return entry && keep(assemble(entry));
  }
  function tell(plan: Plan): void {
    for (const listener of [...listeners]) {
      try {
        listener(plan);
      } catch (error) {
        options.onListenerError(error);
      }
    }
  }
  function require(id: string): Plan {
    const plan = get(id);
    if (plan) return plan;
    throw new ProblemError({
      code: 'not-found',
      message: 'There is no such plan; old ones are forgotten after a while.',
      fix: 'Ask for it again.',
    });
  }
  return {
    get,
    require,
    list: ({ limit = options.keptMax, open = false } = {}) =>
      journal.ids({ limit, ...(open ? { states: options.openStates } : {}) }).flatMap((id) => get(id) ?? []),
    reload: (id) => {
      const entry = journal.get(id);
      if (!entry) throw new Error(`The journal knows no plan ${id}`);
      const plan = keep(assemble(entry));
      if (hasEnded(plan.state)) toldAtMs.delete(id);
      tell(plan);
      return plan;
    },
    progress: (id, step, change) => {
      const plan = plans.get(id);
      if (!plan) return;
      const runs = plan.runs.map((run) => (run.index === step ? { ...run, ...change } : run));
      const next = keep({ ...plan, runs });
      const nowMs = options.now();
      if (nowMs - (toldAtMs.get(id) ?? Number.NEGATIVE_INFINITY) < options.progressIntervalMs) return;
      toldAtMs.set(id, nowMs);
      tell(next);
    },
    onDidChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    ended: (id, signal) => waitForEnd(require(id), listeners, signal),
  };
}

function waitForEnd(
  plan: Plan,
  listeners: Set<(plan: Plan) => void>,
  signal: AbortSignal | undefined,
): Promise<Plan> {
  if (hasEnded(plan.state)) return Promise.resolve(plan);
  return new Promise((resolve, reject) => {
    const finish = (): void => {
      listeners.delete(look);
      signal?.removeEventListener('abort', giveUp);
    };
    const look = (changed: Plan): void => {
      if (changed.id !== plan.id || !hasEnded(changed.state)) return;
      finish();
      resolve(changed);
    };
    const giveUp = (): void => {
      finish();
      reject(new ProblemError({ code: 'cancelled', message: 'The wait was cancelled; the plan goes on.' }));
    };
    if (signal?.aborted) return giveUp();
    listeners.add(look);
    signal?.addEventListener('abort', giveUp, { once: true });
  });
}

/** A Plan out of what the journal holds. Steps that were never begun are pending, or skipped once it has ended. */
export function assemble(entry: JournaledPlan): Plan {
  const { shown, state, ending } = entry;
  const begun = new Map(entry.steps.map((step) => [step.step, step.run]));
  const rest =
    !hasEnded(state) || ['denied', 'blocked', 'rejected', 'expired'].includes(state)
      ? 'pending'
      : state === 'cancelled'
        ? 'cancelled'
        : 'skipped';
  return {
    ...shown,
    state,
    runs: shown.steps.map((step) => begun.get(step.index) ?? { index: step.index, state: rest }),
    ...(ending.approvedBy ? { approvedBy: ending.approvedBy } : {}),
    ...(ending.finishedAt ? { finishedAt: ending.finishedAt } : {}),
    canUndo: ending.canUndo,
    ...(ending.canContinue ? { canContinue: true } : {}),
    ...(ending.audit ? { audit: ending.audit } : {}),
    ...(ending.outcome ? { outcome: ending.outcome } : {}),
  };
}
