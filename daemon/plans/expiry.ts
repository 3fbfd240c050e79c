// A plan that nobody approves in time expires: what it showed gets older by the minute. One timer for the plan that
// expires next, none where none waits, so that an idle daemon sleeps.

import type { Actor, Plan } from '../../shared/model/plan.ts';
import { endUnbegun } from './ending.ts';
import { type Kit, shownProblem } from './kit.ts';

const daemonActor: Actor = { user: 'pilothouse', client: 'daemon', how: 'daemon' };

/** Clocks are put right by a little all the time; more than this is a clock that was set back. */
const clockStepMs = 60_000;

/**
 * A plan may be approved from when it was made until it expires. One that was made in the future is due, too: the
 * machine's clock was set back, and nobody can tell how old it is.
 */
export function isDue(plan: Pick<Plan, 'createdAt' | 'expiresAt'>, nowMs: number): boolean {
  return Date.parse(plan.expiresAt) <= nowMs || nowMs < Date.parse(plan.createdAt) - clockStepMs;
}

export interface Expiry {
  /** Lets expire what is due, and sets the timer for the next. */
  look(): void;
  dispose(): void;
}

export function createExpiry(kit: Kit): Expiry {
  let timer: NodeJS.Timeout | undefined;
  function look(): void {
    clearTimeout(timer);
    timer = undefined;
    let next = Number.POSITIVE_INFINITY;
    for (const id of kit.journal.ids({ states: ['proposed'], limit: kit.limits.plansOpenMax })) {
      const plan = kit.book.get(id)!;
      if (isDue(plan, kit.now())) expire(kit, id);
      else next = Math.min(next, Date.parse(plan.expiresAt));
    }
    if (next === Number.POSITIVE_INFINITY) return;
    timer = setTimeout(look, Math.min(next - kit.now() + 1, kit.limits.planExpiryMs));
    timer.unref();
  }
  return { look, dispose: () => clearTimeout(timer) };
}

function expire(kit: Kit, id: string): void {
  const plan = kit.book.require(id);
  const entry = { event: 'plan.expired', actor: daemonActor, detail: { title: plan.title } } as const;
  try {
    endUnbegun(kit, plan, 'expired', entry, 'Nobody approved it in time.');
  } catch (error) {
    // It stays proposed and cannot be approved any more; the next look tries again.
    kit.log('error', `that plan ${id} expired cannot be noted: ${shownProblem(error).message}`);
  }
}
