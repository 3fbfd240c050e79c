// Whether the world is still what the person said yes to: the same identity, the same matches of every filter, and
// each target in the state it was shown in, or in the one an earlier step of the same plan left it in. Asked right
// before a write; anything else stops the run. It only reads.

import type { Plan, PlanStep } from '../../shared/model/plan.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import type { Resource } from '../../shared/model/resource.ts';
import { isTransitional } from '../../shared/model/statuses.ts';
import { canonicalJson } from '../audit/canonical.ts';
import type { OperationHandler } from '../executors/contract.ts';
import { deadlineOf, mapBounded, within } from './bounded.ts';
import { type Kit, neighbourhoodOf, reachOf } from './kit.ts';
import { actingAs } from './previewSteps.ts';
import { contextOf } from './readTargets.ts';

/** What earlier steps of the running plan changed. */
export interface Trace {
  /** Target → what the step left, as it was read back; `gone` where it was deleted. */
  readonly left: Map<string, Resource | 'gone'>;
  /** Things that hang together with what was changed: their state is expected to follow. */
  readonly touched: Set<string>;
  /** What steps read back last, also of what was touched since: enough to read it again before the graph knows it. */
  readonly seen: Map<string, Resource>;
}

export function newTrace(): Trace {
  return { left: new Map(), touched: new Set(), seen: new Map() };
}

/** Notes what a step has its hands on, before it changes the graph. */
export function noteReach(kit: Kit, trace: Trace, step: PlanStep, targetId: string | undefined): void {
  for (const id of [...reachOf(kit, step), ...(targetId === undefined ? [] : [targetId])])
    for (const near of neighbourhoodOf(kit, id)) trace.touched.add(near);
}

/** Before the first write: identity and filters. Throws ProblemError `world-moved`. */
export async function requireSameWorld(kit: Kit, plan: Plan, signal: AbortSignal): Promise<void> {
  for (const shown of plan.preview.actingAs) {
    const now = await actingAs(kit, shown.connection, signal);
    if (whoIs(now.identity) !== whoIs(shown.identity))
      throw moved(`On ${shown.connectionName} you are not who the plan was shown for any more.`);
  }
  if (plan.filters.length === 0) return;
  const places = [...new Set(plan.steps.map((step) => step.connection))];
  await mapBounded(places, kit.limits.previewConcurrency, (place) =>
    within(deadlineOf(kit.limits.previewStepTimeoutMs, signal), 'Reading the connection again', (inner) =>
      kit.connections.refresh(place, inner),
    ),
  );
  for (const { filter, ids } of plan.filters) requireSameMatches(kit, filter, ids);
}

function requireSameMatches(
  kit: Kit,
  filter: Plan['filters'][number]['filter'],
  ids: readonly string[],
): void {
  const before = new Set(ids);
  const now = kit.graph.match(filter);
  const added = now.filter((resource) => !before.has(resource.id));
  const present = new Set(now.map((resource) => resource.id));
  const lost = ids.filter((id) => !present.has(id));
  if (added.length > 0)
    throw moved(
      `Your words match ${added
        .map((one) => one.name)
        .slice(0, 5)
        .join(', ')} now, too.`,
    );
  if (lost.length > 0) throw moved(`${lost.length} of what your words matched is gone or changed.`);
}

function whoIs(identity: Plan['preview']['actingAs'][number]['identity']): string {
  const { user, project, domain, region } = identity ?? { user: '' };
  return canonicalJson({ user, project, domain, region });
}

export type TargetCheck =
  | { readonly kind: 'same'; readonly target: Resource }
  /** An earlier step of the plan has done away with it. */
  | { readonly kind: 'gone-by-plan' };

/** Reads the target right before the write and compares. Throws ProblemError `world-moved`. */
export async function requireSameTarget(
  kit: Kit,
  step: PlanStep,
  target: { readonly id: string; readonly known: Resource | undefined },
  handler: OperationHandler,
  trace: Trace,
  signal: AbortSignal,
): Promise<TargetCheck> {
  const operation = kit.catalogue.get(step.operation)!;
  const left = trace.left.get(target.id);
  const isTouched = left === undefined && trace.touched.has(target.id);
  const read = (known: Resource | undefined) =>
    within(deadlineOf(kit.limits.previewStepTimeoutMs, signal), `Reading "${step.title}" again`, (inner) =>
      handler.refresh({
        ...contextOf(kit, operation, step.args),
        ...(known ? { target: known } : {}),
        signal: inner,
      }),
    );
  let now = await read(target.known);
  if (isTouched) now = await whenSettled(kit, now, read, signal);
  const name = step.target?.name ?? target.known?.name ?? 'the target';
  if (!now) {
    if (left === 'gone' || isTouched) return { kind: 'gone-by-plan' };
    throw moved(`${name} is not there any more.`);
  }
  if (isTouched) return requireStartable(step, now, operation.from, operation.idle);
  const expected = left ?? step.target;
  if (!expected || expected === 'gone') return { kind: 'same', target: now };
  const difference = differenceOf(expected, now);
  if (difference) throw moved(`${name} ${difference}.`);
  return { kind: 'same', target: now };
}

function differenceOf(
  expected: { readonly name: string; readonly status: string; readonly version?: string },
  now: Resource,
): string | undefined {
  if (expected.name !== now.name) return `is called ${now.name} now`;
  if (expected.status !== now.status) return `was ${expected.status} and is ${now.status} now`;
  if (expected.version !== undefined && now.version !== undefined && expected.version !== now.version)
    return 'was changed by somebody else since the plan was shown';
  return undefined;
}

/** What an earlier step touched in passing may be anything it can be begun from. */
function requireStartable(
  step: PlanStep,
  now: Resource,
  from: readonly string[] | undefined,
  idle: readonly string[] | undefined,
): TargetCheck {
  if (!from || from.includes(now.status) || idle?.includes(now.status)) return { kind: 'same', target: now };
  throw moved(`${now.name} is ${now.status}; "${step.title}" needs it to be ${from.join(' or ')}.`);
}

/** Waits until what an earlier step set in motion has come to rest. */
async function whenSettled(
  kit: Kit,
  first: Resource | undefined,
  read: (known: Resource | undefined) => Promise<Resource | undefined>,
  signal: AbortSignal,
): Promise<Resource | undefined> {
  const deadline = deadlineOf(kit.limits.verifyTimeoutMs, signal);
  let now = first;
  while (now && isTransitional(now.status) && !deadline.aborted) {
    await pause(kit.limits.pollFastMs, deadline);
    if (!deadline.aborted) now = await read(now);
  }
  return now;
}

/** Waits, or less where the signal ends. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const timer = setTimeout(finish, ms);
    signal.addEventListener('abort', finish, { once: true });
    if (signal.aborted) finish();
  });
}

function moved(message: string): ProblemError {
  return new ProblemError({
    code: 'world-moved',
    message,
    fix: 'Nothing was done to it. Ask again: the new plan shows what is there now.',
  });
}
