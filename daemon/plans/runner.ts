// Carries out an approved plan, step by step or wave by wave (`waves.ts`), and is the only code that can grant a write. Before each write it looks
// whether the world is still the one that was shown, tells the audit, and notes its intent in the journal; after it,
// it reads the effect back and tells both again. It stops at the first surprise and never goes on by guessing.
// Started by an approval alone; what a crash cuts off is settled by `recover.ts`.

import type { Plan, PlanStep } from '../../shared/model/plan.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import { redactText } from '../../shared/model/redact.ts';
import type { StepContext, WriteOutcome } from '../executors/contract.ts';
import { grantWrite } from '../executors/permit.ts';
import { appendAudit, stepEntry } from './auditing.ts';
import { deadlineOf, isAbort, within } from './bounded.ts';
import { digestOf } from './digest.ts';
import { endPlan, type PlanEnd } from './ending.ts';
import { type Kit, markOf, shownProblem } from './kit.ts';
import { type Prepared, prepareStep } from './prepare.ts';
import type { Run } from './run.ts';
import { type CutOff, doneOf, isRefusal, type StepOutcome, settleCutOff } from './settling.ts';
import { kindsOf, settleStep } from './stepEnd.ts';
import { wavesOf } from './waves.ts';
import { newTrace, noteReach, requireSameWorld } from './world.ts';

/** Carries the plan out to its end. Never throws: how it ended is in the journal. */
export async function runPlan(
  kit: Kit,
  id: string,
  signals: { readonly cancelled: AbortSignal; readonly draining: AbortSignal },
): Promise<void> {
  const plan = kit.book.require(id);
  const run: Run = { kit, plan, trace: newTrace(), made: new Map(), ...signals };
  let end: PlanEnd;
  try {
    end = await carryOut(run);
  } catch (error) {
    const problem = shownProblem(error);
    kit.log('error', `plan ${id} stopped: ${problem.message}`);
    end =
      problem.code === 'cancelled' && run.cancelled.aborted
        ? cancelledEnd
        : { state: problem.code === 'world-moved' ? 'stopped' : 'failed', outcome: problem.message };
  }
  endPlan(kit, id, end);
}

async function carryOut(run: Run): Promise<PlanEnd> {
  const { kit, plan } = run;
  requireUnaltered(kit, plan);
  if (run.cancelled.aborted) return cancelledEnd;
  if (!kit.journal.move(plan.id, 'running', {}))
    throw new ProblemError({ code: 'wrong-state', message: 'The plan is not approved.' });
  kit.book.reload(plan.id);
  kit.fault('plan.running');
  await requireSameWorld(kit, plan, run.cancelled);
  for (const wave of wavesOf(kit, plan.steps, kit.limits.stepsTogetherMax)) {
    const end = await runWave(run, wave);
    if (end) return end;
  }
  kit.fault('plan.ending');
  return {
    state: 'done',
    outcome: plan.steps.length === 1 ? 'Done.' : `All ${plan.steps.length} steps are done.`,
  };
}

/**
 * Runs the steps of a wave side by side. All their targets are read and compared before any of them is begun: where
 * one surprises, none is. Once begun, each is followed to its end, whatever becomes of the others.
 */
async function runWave(run: Run, wave: readonly PlanStep[]): Promise<PlanEnd | undefined> {
  if (run.cancelled.aborted) return cancelledEnd;
  if (run.draining.aborted) return shutDownEnd;
  const looked = await Promise.all(wave.map((step) => lookBefore(run, step)));
  const stops = looked.flatMap((one) => (one.kind === 'stopped' ? [stopBefore(run, one.step, one)] : []));
  if (stops.length > 0) return worstOf(stops);
  const begun = await Promise.allSettled(
    looked.map((one) => (one.kind === 'stopped' ? undefined : beginStep(run, one.step, one.prepared))),
  );
  const broken = begun.find((one) => one.status === 'rejected');
  if (broken) throw broken.reason;
  return worstOf(begun.flatMap((one) => (one.status === 'fulfilled' && one.value ? [one.value] : [])));
}

type Looked =
  /** Without `prepared` there is nothing to do. */
  | { readonly kind: 'ready'; readonly step: PlanStep; readonly prepared?: Prepared }
  | { readonly kind: 'stopped'; readonly step: PlanStep; readonly error: unknown };

async function lookBefore(run: Run, step: PlanStep): Promise<Looked> {
  try {
    const prepared = await prepareStep(run, step);
    return { kind: 'ready', step, ...(prepared ? { prepared } : {}) };
  } catch (error) {
    return { kind: 'stopped', step, error };
  }
}

/** Of several surprises the one that wants a person most; among equals the first. */
function worstOf(ends: readonly PlanEnd[]): PlanEnd | undefined {
  const order: readonly PlanEnd['state'][] = ['unknown', 'failed', 'stopped', 'cancelled'];
  return order.map((state) => ends.find((end) => end.state === state)).find((end) => end !== undefined);
}

const shutDownEnd: PlanEnd = {
  state: 'stopped',
  outcome: 'Pilothouse was shut down; the rest was not begun.',
};
const cancelledEnd: PlanEnd = { state: 'cancelled', outcome: 'It was cancelled; the rest was not begun.' };

/** What stands in the journal must be what the person said yes to, to the letter. */
function requireUnaltered(kit: Kit, plan: Plan): void {
  const entry = kit.journal.get(plan.id);
  if (entry && digestOf(entry.shown) === plan.digest && entry.shown.digest === plan.digest) return;
  throw new ProblemError({
    code: 'digest-mismatch',
    message: 'What is in the journal is not what was shown and approved. Nothing was done.',
    fix: 'Run "pilothouse audit verify", and ask again.',
  });
}

/** Runs one step. Gives how the plan ends where it ends with it, or undefined where it goes on. */
async function beginStep(
  run: Run,
  step: PlanStep,
  prepared: Prepared | undefined,
): Promise<PlanEnd | undefined> {
  const { kit, plan } = run;
  const mark = markOf(plan.id, step.index);
  let isAudited = false;
  try {
    if (!prepared) return noteIdle(run, step, mark);
    const facts = factsOf(prepared);
    appendAudit(
      kit,
      plan,
      stepEntry(plan, step, { event: 'step.before', actor: plan.approvedBy!, mark, facts }),
    );
    isAudited = true;
    kit.fault('step.audited-before', step.index);
    return await writeStep(run, step, mark, prepared);
  } catch (error) {
    return stopBefore(run, step, { error, isAudited });
  }
}

function factsOf(prepared: Prepared) {
  return { args: prepared.context.args, ...(prepared.before ? { before: prepared.before } : {}) };
}

function noteIdle(run: Run, step: PlanStep, mark: string): undefined {
  const observed = 'There was nothing to do.';
  run.kit.journal.note(run.plan.id, step.index, mark, {
    run: { index: step.index, state: 'idle', finishedAt: nowOf(run.kit), observed },
  });
  run.kit.book.reload(run.plan.id);
}

/** Nothing was written for this step, and nothing will be. */
function stopBefore(
  run: Run,
  step: PlanStep,
  stop: { readonly error: unknown; readonly isAudited?: boolean },
): PlanEnd {
  const { kit, plan } = run;
  // A write was meant already: what became of it is not for this function to say.
  if (kit.journal.get(plan.id)?.steps.some((entry) => entry.step === step.index)) throw stop.error;
  const problem = shownProblem(stop.error);
  if (problem.code === 'cancelled' && run.cancelled.aborted) return cancelledEnd;
  const facts = {
    run: { index: step.index, state: 'failed' as const, finishedAt: nowOf(kit), error: problem },
  };
  if (stop.isAudited)
    appendAudit(
      kit,
      plan,
      stepEntry(plan, step, { event: 'step.after', actor: plan.approvedBy!, outcome: 'not begun', facts }),
    );
  kit.journal.note(plan.id, step.index, markOf(plan.id, step.index), facts);
  kit.book.reload(plan.id);
  return { state: problem.code === 'audit-unavailable' ? 'failed' : 'stopped', outcome: problem.message };
}

/** From intent to outcome: the only place where a write is granted. */
async function writeStep(
  run: Run,
  step: PlanStep,
  mark: string,
  prepared: Prepared,
): Promise<PlanEnd | undefined> {
  const { kit, plan } = run;
  const facts = {
    ...factsOf(prepared),
    run: { index: step.index, state: 'running' as const, startedAt: nowOf(kit) },
  };
  const intendedMs = kit.now();
  noteReach(kit, run.trace, step, prepared.before?.id);
  kit.journal.intend(plan.id, step.index, mark, facts, intendedMs);
  kit.book.reload(plan.id);
  kit.fault('step.intended', step.index);
  const outcome = await performAndVerify(run, prepared, { plan, step, mark, intendedMs, ...facts });
  kit.fault('step.verified-unnoted', step.index);
  return settleStep(run, { step, mark, facts, outcome });
}

async function performAndVerify(run: Run, prepared: Prepared, cut: CutOff): Promise<StepOutcome> {
  const { kit, plan } = run;
  const { step, mark } = cut;
  const permit = grantWrite(plan.id, step.index, plan.digest);
  let written: WriteOutcome;
  try {
    written = await performWithin(run, step, (signal, progress) =>
      prepared.handler.perform({ ...prepared.context, progress, signal, mark, permit }),
    );
  } catch (error) {
    return afterFailure(kit, cut, prepared, error);
  }
  kit.fault('step.performed-unnoted', step.index);
  const { createdId } = written;
  kit.journal.advance(plan.id, step.index, 'performed', createdId === undefined ? {} : { createdId });
  kit.fault('step.performed', step.index);
  kit.connections.nudge(step.connection, kindsOf(run, step));
  return verifyStep(run, prepared, { ...cut, accepted: written });
}

/** Reads the effect back. Where that cannot be done in time, the write is looked for by its mark. */
async function verifyStep(run: Run, prepared: Prepared, cut: CutOff): Promise<StepOutcome> {
  const { kit } = run;
  const outcome = cut.accepted ?? {};
  const signal = deadlineOf(kit.limits.verifyTimeoutMs, run.cancelled);
  const progress = progressOf(run, cut.step);
  try {
    const verification = await within(signal, `Reading back "${cut.step.title}"`, (inner) =>
      prepared.handler.verify({ ...prepared.context, progress, signal: inner, mark: cut.mark, outcome }),
    );
    if (verification.verified) return doneOf(verification, outcome.createdId);
    return { found: 'unseen', observed: redactText(verification.observed), ...outcome };
  } catch (error) {
    kit.log('warn', `plan ${run.plan.id} step ${cut.step.index}: ${shownProblem(error).message}`);
    const settled = await settleCutOff(kit, cut, prepared.handler);
    return settled.found === 'done' ? settled : { found: 'unknown', observed: settled.observed };
  }
}

/** A request failed in between: unless the cloud refused it whole, what it did is read from the cloud. */
async function afterFailure(kit: Kit, cut: CutOff, prepared: Prepared, error: unknown): Promise<StepOutcome> {
  const problem = shownProblem(error);
  kit.log('warn', `plan ${cut.plan.id} step ${cut.step.index}: ${problem.message}`);
  if (isRefusal(error)) return { found: 'refused', problem };
  const settled = await settleCutOff(kit, cut, prepared.handler);
  if (settled.found === 'done') return settled;
  // What did not let go may still happen, whatever the cloud shows now.
  if (settled.found === 'not-done' && !(error instanceof StillUnderWay)) return { found: 'refused', problem };
  return { found: 'unknown', observed: `${problem.message} ${settled.observed}` };
}

/** A write that was told to stop and did not let go in time. */
class StillUnderWay extends ProblemError {}

/** Performs with a deadline. Once told to stop it has a little time to let go. */
async function performWithin(
  run: Run,
  step: PlanStep,
  act: (signal: AbortSignal, progress: StepContext['progress']) => Promise<WriteOutcome>,
): Promise<WriteOutcome> {
  const { kit } = run;
  const signal = deadlineOf(kit.limits.stepTimeoutMs, run.cancelled);
  const work = act(signal, progressOf(run, step));
  try {
    return await within(signal, `"${step.title}"`, () => work);
  } catch (error) {
    if (!signal.aborted) throw error;
    // It may have come to its end while it was told to stop: then that is how it ended.
    const grace = deadlineOf(kit.limits.stepGraceMs);
    try {
      return await within(grace, `"${step.title}"`, () => work);
    } catch (late) {
      if (grace.aborted) throw new StillUnderWay(shownProblem(error));
      throw isAbort(late) ? error : late;
    }
  }
}

function progressOf(run: Run, step: PlanStep): StepContext['progress'] {
  return (message, fraction) =>
    run.kit.book.progress(run.plan.id, step.index, {
      progress: redactText(message),
      ...(fraction === undefined ? {} : { fraction: Math.min(1, Math.max(0, fraction)) }),
    });
}

function nowOf(kit: Kit): string {
  return new Date(kit.now()).toISOString();
}
