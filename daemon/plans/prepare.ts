// Gets one step of a running plan ready: fills in what earlier steps made, reads the target again, and decides whether
// there is anything to do. It only reads; what it throws stops the plan before the step is begun.

import type { PlanStep } from '../../shared/model/plan.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import type { Resource } from '../../shared/model/resource.ts';
import type { OperationHandler, StepContext } from '../executors/contract.ts';
import { deadlineOf, within } from './bounded.ts';
import { requireHandler } from './kit.ts';
import { contextOf } from './readTargets.ts';
import type { Run } from './run.ts';
import { makerIn } from './targets.ts';
import { requireSameTarget } from './world.ts';

/** What a step needs to be performed. */
export interface Prepared {
  readonly handler: OperationHandler;
  readonly context: Omit<StepContext, 'signal' | 'progress'>;
  readonly before?: Resource;
}

/** Undefined where there is nothing to do. Throws ProblemError where the plan must stop. */
export async function prepareStep(run: Run, step: PlanStep): Promise<Prepared | undefined> {
  const { kit, trace } = run;
  const operation = kit.catalogue.get(step.operation)!;
  const { handler } = requireHandler(kit, step.connection, operation);
  const args = filledIn(run, step);
  const context = {
    ...contextOf(kit, operation, args),
    lookup: (each: string) => lookup(run, each),
  };
  const id = step.target?.id ?? madeTarget(run, step);
  if (id === undefined) return { handler, context };
  const target = { id, known: lookup(run, id) };
  const check = await requireSameTarget(kit, step, target, handler, trace, run.cancelled);
  if (check.kind === 'gone-by-plan') {
    if (operation.becomes?.includes('gone')) return undefined;
    throw moved(`${step.title}: its target went with a step before.`);
  }
  const ready = { handler, context: { ...context, target: check.target }, before: check.target };
  if (isIdleNow(run, step, check.target)) return undefined;
  if (wasDeferred(step)) await requireNoBlocker(run, step, ready);
  return ready;
}

/** What is known of a resource: what a step of this plan left wins over the graph, which follows later. */
export function lookup(run: Run, id: string): Resource | undefined {
  const left = run.trace.left.get(id);
  return left === 'gone' ? undefined : (left ?? run.kit.graph.get(id) ?? run.trace.seen.get(id));
}

function filledIn(run: Run, step: PlanStep): PlanStep['args'] {
  const entries = Object.entries(step.args).map(([name, value]) => {
    const maker = makerIn(value);
    return [name, maker === undefined ? value : requireMade(run, maker)] as const;
  });
  return Object.fromEntries(entries);
}

function madeTarget(run: Run, step: PlanStep): string | undefined {
  return step.targetFromStep === undefined ? undefined : requireMade(run, step.targetFromStep);
}

function requireMade(run: Run, maker: number): string {
  const id = run.made.get(maker);
  if (id !== undefined) return id;
  throw moved(`What step ${maker + 1} was to make is not there.`);
}

function isIdleNow(run: Run, step: PlanStep, target: Resource): boolean {
  const operation = run.kit.catalogue.get(step.operation)!;
  const isFollowing = run.trace.left.has(target.id) || run.trace.touched.has(target.id);
  if (!isFollowing) return run.plan.preview.steps[step.index]!.idle;
  return operation.args.length === 0 && (operation.idle ?? []).includes(target.status);
}

/** Its preview could not be made before its target was: it is made now, and a blocker stops the plan. */
function wasDeferred(step: PlanStep): boolean {
  return (
    step.targetFromStep !== undefined ||
    Object.values(step.args).some((value) => makerIn(value) !== undefined)
  );
}

async function requireNoBlocker(run: Run, step: PlanStep, ready: Prepared): Promise<void> {
  const deadline = deadlineOf(run.kit.limits.previewStepTimeoutMs, run.cancelled);
  const preview = await within(deadline, `Looking what "${step.title}" would do`, (signal) =>
    ready.handler.preview({ ...ready.context, progress: () => undefined, signal }),
  );
  const blocker = preview.notes.find((note) => note.level === 'blocker');
  if (blocker) throw moved(`${step.title}: ${blocker.message}`);
}

function moved(message: string): ProblemError {
  return new ProblemError({
    code: 'world-moved',
    message,
    fix: 'Nothing was done for this step. Ask for the rest again.',
  });
}
