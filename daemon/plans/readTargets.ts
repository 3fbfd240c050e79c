// Reads every target afresh from its cloud before a plan is shown, and settles what depends on what is there now:
// relative arguments, defaults, and the check of all arguments against the catalogue. Reads only.

import type { Arguments, Operation } from '../../shared/model/operation.ts';
import type { PlanStep, StepTarget } from '../../shared/model/plan.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import { isSecretName } from '../../shared/model/redact.ts';
import { parseResourceId, type Resource } from '../../shared/model/resource.ts';
import { requireArguments } from '../catalogue/argumentSchema.ts';
import { stepTitle } from '../catalogue/stepTitle.ts';
import type { HandlerPreview, OperationHandler } from '../executors/contract.ts';
import { deadlineOf, mapBounded, within } from './bounded.ts';
import { foldRelative } from './fold.ts';
import { idsInArgs, type Kit, requireHandler } from './kit.ts';
import type { RoughStep } from './targets.ts';

/** A step with its target as the cloud shows it now and arguments that will not change any more but for a preview's. */
export interface ReadStep {
  readonly step: PlanStep;
  readonly operation: Operation;
  readonly handler: OperationHandler;
  /** The target now; absent for a create and for what an earlier step makes. */
  readonly target?: Resource;
  /** What the preview says that it is really about. */
  readonly about?: HandlerPreview['about'];
}

/** Reads and settles all steps. Throws ProblemError where a target is gone or an argument cannot be. */
export async function readTargets(
  kit: Kit,
  rough: readonly RoughStep[],
  signal: AbortSignal,
): Promise<readonly ReadStep[]> {
  const fresh = await readAll(kit, rough, signal);
  return rough.map((step) => settle(kit, step, step.target && fresh.get(step.target.id), rough));
}

/** Each target once, however many steps it has. */
async function readAll(
  kit: Kit,
  rough: readonly RoughStep[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Resource>> {
  const firsts = new Map(rough.flatMap((step) => (step.target ? [[step.target.id, step] as const] : [])));
  const read = await mapBounded([...firsts.values()], kit.limits.previewConcurrency, async (step) => {
    const known = step.target!;
    const { handler } = requireHandler(kit, step.connection, step.operation);
    const deadline = deadlineOf(kit.limits.previewStepTimeoutMs, signal);
    const now = await within(deadline, `Reading ${known.name}`, (inner) =>
      handler.refresh({ ...contextOf(kit, step.operation, step.args), target: known, signal: inner }),
    );
    if (now) return [known.id, now] as const;
    throw new ProblemError({
      code: 'not-found',
      message: `${known.name} is not there any more.`,
      fix: 'Refresh the tree and choose again.',
    });
  });
  return new Map(read);
}

/** The part of a handler's context that does not change during a step. */
export function contextOf(kit: Kit, operation: Operation, args: Arguments) {
  return {
    operation: operation.id,
    args,
    lookup: (id: string) => kit.graph.get(id),
    progress: () => undefined,
  };
}

function settle(
  kit: Kit,
  rough: RoughStep,
  target: Resource | undefined,
  all: readonly RoughStep[],
): ReadStep {
  const { operation, connection } = rough;
  const takes = operation.args.map((spec) => spec.name);
  refuseSecrets(operation, rough.args);
  const folded = foldRelative(rough.args, takes, target);
  const args = requireArguments(operation, withDefaults(operation, folded));
  requireNamedThings(kit, rough, args);
  const { handler } = requireHandler(kit, connection, operation);
  const targetName =
    target?.name ?? (rough.targetFromStep === undefined ? undefined : nameOfMade(all[rough.targetFromStep]!));
  const step: PlanStep = {
    index: rough.index,
    operation: operation.id,
    title: titleOf(kit, operation, targetName, args, all),
    risk: operation.risk,
    connection,
    ...(target ? { target: targetOf(target) } : {}),
    ...(rough.targetFromStep === undefined ? {} : { targetFromStep: rough.targetFromStep }),
    args,
    after: rough.after,
  };
  return { step, operation, handler, ...(target ? { target } : {}) };
}

/** One line for a step; things that earlier steps make are called by the name they will have. */
export function titleOf(
  kit: Kit,
  operation: Operation,
  targetName: string | undefined,
  args: Arguments,
  all: readonly Pick<RoughStep, 'args' | 'operation'>[],
): string {
  const shown = Object.fromEntries(
    Object.entries(args).map(([name, value]) => {
      const match = typeof value === 'string' ? /^\$step:(\d+)$/.exec(value) : undefined;
      return [name, match ? nameOfMade(all[Number(match[1])]!) : value];
    }),
  );
  return stepTitle(operation, targetName, shown, (id) => kit.graph.get(id)?.name);
}

function nameOfMade(maker: Pick<RoughStep, 'args' | 'operation'>): string {
  return typeof maker.args.name === 'string' ? maker.args.name : `the new ${maker.operation.kind}`;
}

function targetOf(resource: Resource): StepTarget {
  return {
    id: resource.id,
    name: resource.name,
    kind: resource.kind,
    status: resource.status,
    ...(resource.version === undefined ? {} : { version: resource.version }),
    ...(resource.namespace === undefined ? {} : { namespace: resource.namespace }),
    ...(resource.region === undefined ? {} : { region: resource.region }),
  };
}

/** Defaults are written out, so that they are seen and approved like everything else. */
function withDefaults(operation: Operation, args: Arguments): Arguments {
  const missing = operation.args.filter(
    (spec) => spec.default !== undefined && args[spec.name] === undefined && spec.name !== 'count',
  );
  return { ...args, ...Object.fromEntries(missing.map((spec) => [spec.name, spec.default!])) };
}

/** Arguments are shown, journaled and audited: a secret has no place among them. */
function refuseSecrets(operation: Operation, args: Arguments): void {
  const secret = Object.keys(args).find(
    (name) => isSecretName(name) && !operation.args.some((spec) => spec.name === name),
  );
  if (secret === undefined) return;
  throw new ProblemError({
    code: 'bad-input',
    message: `"${secret}" looks like a secret, and Pilothouse takes none.`,
    fix: "Keep it in the cloud's own tools.",
  });
}

/** What an argument names by id must be there, of the right kind, and in the same connection as the step. */
function requireNamedThings(kit: Kit, rough: RoughStep, args: Arguments): void {
  for (const id of idsInArgs({ args }, rough.operation)) {
    const named = kit.graph.get(id);
    const spec = rough.operation.args.find((one) => args[one.name] === id)!;
    if (!named)
      throw bad(
        `${parseResourceId(id)!.path}, named as "${spec.name}", is not there.`,
        'Refresh the tree and choose again.',
      );
    if (spec.refKind && named.kind !== spec.refKind)
      throw bad(
        `"${spec.name}" must be a ${spec.refKind}, and ${named.name} is a ${named.kind}.`,
        'Name another one.',
      );
    if (named.connection !== rough.connection)
      throw bad(
        `${named.name} is in another connection than the rest of the step.`,
        'Name things of one connection.',
      );
  }
}

function bad(message: string, fix: string): ProblemError {
  return new ProblemError({ code: 'bad-input', message, fix });
}
