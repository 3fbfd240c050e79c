// The plans as the daemon last told: open ones first, newest first. They live in the daemon, so that closing the
// window loses none. Bounded: the oldest ended ones are let go.

import type { Plan } from '../../shared/model/plan.ts';
import { isOpen } from '../../shared/panel/planText.ts';
import { createSignal } from '../signal.ts';

const plansKept = 500;

export interface PlanStore {
  get(id: string): Plan | undefined;
  /** Open ones first, then the others; each newest first. */
  list(): readonly Plan[];
  readonly openCount: number;
  replaceAll(plans: readonly Plan[]): void;
  put(plan: Plan): void;
  /** Told the plan that changed, or undefined where all may have. */
  onDidChange(listener: (plan: Plan | undefined) => void): () => void;
}

export function createPlanStore(): PlanStore {
  const byId = new Map<string, Plan>();
  const changes = createSignal<Plan | undefined>();
  const list = () => [...byId.values()].sort(compare);
  const trim = () => {
    if (byId.size <= plansKept) return;
    for (const plan of list().slice(plansKept)) if (!isOpen(plan)) byId.delete(plan.id);
  };
  return {
    get: (id) => byId.get(id),
    list,
    get openCount() {
      return [...byId.values()].filter(isOpen).length;
    },
    replaceAll: (plans) => {
      byId.clear();
      for (const plan of plans) byId.set(plan.id, plan);
      trim();
      changes.fire(undefined);
    },
    put: (plan) => {
      byId.set(plan.id, plan);
      trim();
      changes.fire(plan);
    },
    onDidChange: changes.on,
  };
}

function compare(a: Plan, b: Plan): number {
  return Number(isOpen(b)) - Number(isOpen(a)) || b.createdAt.localeCompare(a.createdAt);
}
