// Finds out what became of one write that did not come to its proper end: a request that failed in between, a time
// out, a cancellation, a crash. It reads the cloud by the step's mark and never writes. What cannot be told is said to
// be unknown: guessing here is how a thing gets made twice.

import type { Plan, PlanStep } from '../../shared/model/plan.ts';
import { type Problem, type ProblemCode, ProblemError } from '../../shared/model/problem.ts';
import { redactText } from '../../shared/model/redact.ts';
import type { Resource } from '../../shared/model/resource.ts';
import type { OperationHandler, Reconciliation, Verification } from '../executors/contract.ts';
import { deadlineOf, within } from './bounded.ts';
import { type Kit, shownProblem } from './kit.ts';
import { contextOf } from './readTargets.ts';
import { pause } from './world.ts';

/** Answers after which nothing can have been done: the cloud looked at the request and refused it whole. */
const definite: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'bad-input',
  'unsupported',
  'not-found',
  'cloud-unauthorized',
  'cloud-forbidden',
  'cloud-quota',
]);

/** Whether a failure says for certain that nothing was done. */
export function isRefusal(error: unknown): boolean {
  return error instanceof ProblemError && definite.has(error.problem.code);
}

export interface CutOff {
  readonly plan: Pick<Plan, 'id'>;
  readonly step: PlanStep;
  readonly args: PlanStep['args'];
  readonly mark: string;
  readonly before?: Resource;
  /** When the write was meant, ms since the epoch: a cloud may take a moment to show what it was told. */
  readonly intendedMs: number;
  /** The cloud answered that it has taken the write. */
  readonly accepted?: { readonly createdId?: string };
}

export type Settled =
  | {
      readonly found: 'done';
      readonly observed: string;
      readonly createdId?: string;
      readonly after?: Resource | 'gone';
    }
  | { readonly found: 'not-done' | 'unknown'; readonly observed: string };

/** How one write ended. */
export type StepOutcome =
  | Extract<Settled, { readonly found: 'done' }>
  /** Nothing was done: the cloud refused, or never heard of it. */
  | { readonly found: 'refused'; readonly problem: Problem }
  /** The cloud took it, and its effect was looked for and not seen. */
  | { readonly found: 'unseen'; readonly observed: string; readonly createdId?: string }
  | { readonly found: 'unknown'; readonly observed: string };

/** Reads what became of it. Never throws. */
export async function settleCutOff(
  kit: Kit,
  cut: CutOff,
  handler: OperationHandler | undefined,
  signal?: AbortSignal,
): Promise<Settled> {
  if (!handler) return { found: 'unknown', observed: 'Its connection is not there, so it cannot be read.' };
  try {
    if (cut.accepted) {
      const verified = await verifyAccepted(kit, cut, handler, signal);
      if (verified) return verified;
    }
    return await reconcile(kit, cut, handler, signal);
  } catch (error) {
    return { found: 'unknown', observed: `It could not be read: ${shownProblem(error).message}` };
  }
}

async function verifyAccepted(
  kit: Kit,
  cut: CutOff,
  handler: OperationHandler,
  signal?: AbortSignal,
): Promise<Settled | undefined> {
  try {
    const verification = await within(
      deadlineOf(kit.limits.reconcileTimeoutMs, signal),
      `Reading back "${cut.step.title}"`,
      (inner) =>
        handler.verify({ ...cutContext(kit, cut, inner), mark: cut.mark, outcome: cut.accepted ?? {} }),
    );
    return verification.verified ? doneOf(verification, cut.accepted?.createdId) : undefined;
  } catch {
    return undefined;
  }
}

/** A write that was read back. */
export function doneOf(
  verification: Verification,
  createdId: string | undefined,
): Extract<Settled, { readonly found: 'done' }> {
  const after = verification.gone ? ('gone' as const) : verification.resource;
  return {
    found: 'done',
    observed: redactText(verification.observed),
    ...(createdId === undefined ? {} : { createdId }),
    ...(after === undefined ? {} : { after }),
  };
}

async function reconcile(
  kit: Kit,
  cut: CutOff,
  handler: OperationHandler,
  signal?: AbortSignal,
): Promise<Settled> {
  const read = (): Promise<Reconciliation> =>
    within(deadlineOf(kit.limits.reconcileTimeoutMs, signal), `Reading "${cut.step.title}"`, (inner) =>
      handler.reconcile({
        ...cutContext(kit, cut, inner),
        mark: cut.mark,
        intendedMs: cut.intendedMs,
      }),
    );
  const found = await readUntilTold(kit, cut, read, signal ?? new AbortController().signal);
  const observed = redactText(found.observed);
  if (found.found === 'done') {
    const createdId = found.createdId ?? cut.accepted?.createdId;
    return { found: 'done', observed, ...(createdId === undefined ? {} : { createdId }) };
  }
  // The cloud said yes and shows nothing of it: that is not the same as not done.
  if (found.found === 'not-done' && cut.accepted) return { found: 'unknown', observed };
  return { found: found.found, observed };
}

/**
 * A cloud may take a moment to show what it was told, and may be in the middle of it: "not done" is believed once
 * that moment is over, and what cannot be told yet is looked at a few times more.
 */
async function readUntilTold(
  kit: Kit,
  cut: CutOff,
  read: () => Promise<Reconciliation>,
  signal: AbortSignal,
): Promise<Reconciliation> {
  let hasRested = false;
  for (let look = 1; ; look++) {
    const found = await read();
    const restMs = cut.intendedMs + kit.limits.reconcileSettleMs - kit.now();
    if (found.found === 'done' || signal.aborted || look >= kit.limits.reconcileLooksMax) return found;
    if (found.found === 'not-done' && (hasRested || restMs <= 0)) return found;
    if (found.found === 'not-done') hasRested = true;
    await pause(
      found.found === 'not-done' ? Math.min(restMs, kit.limits.reconcileSettleMs) : kit.limits.pollFastMs,
      signal,
    );
  }
}

function cutContext(kit: Kit, cut: CutOff, signal: AbortSignal) {
  const operation = kit.catalogue.get(cut.step.operation)!;
  return {
    ...contextOf(kit, operation, cut.args),
    ...(cut.before ? { target: cut.before } : {}),
    signal,
  };
}
