// What a plan would do, before anybody says yes: each step's own preview from the cloud (its dry run where it has
// one), what hangs on the targets, whether it can be undone, and as whom it would act. It only reads. A preview that
// fails does not hide the plan; it stands in it as a blocker, and a blocked plan cannot be approved.

import type { Arguments, Operation } from '../../shared/model/operation.ts';
import type { ActingAs, Affected, Preview, PreviewNote, StepPreview } from '../../shared/model/plan.ts';
import { redactJson, redactText } from '../../shared/model/redact.ts';
import type { Json } from '../../shared/model/resource.ts';
import { settleArguments } from '../catalogue/argumentSchema.ts';
import { stepTitle } from '../catalogue/stepTitle.ts';
import type { HandlerPreview, QuotaUse } from '../executors/contract.ts';
import { deadlineOf, mapBounded, within } from './bounded.ts';
import { type Kit, neighbourhoodOf, reachOf, requireHandler, shownProblem } from './kit.ts';
import { contextOf, type ReadStep, titleOf } from './readTargets.ts';

export interface Previewed {
  /** The steps with the arguments that the previews settled. */
  readonly steps: readonly ReadStep[];
  readonly preview: Preview;
}

/** Previews all steps. `ask` false makes no request for the steps: a plan that is denied needs none. */
export async function previewSteps(
  kit: Kit,
  steps: readonly ReadStep[],
  options: { readonly ask: boolean; readonly signal: AbortSignal },
): Promise<Previewed> {
  const touched = touchedByEarlier(kit, steps);
  const previewed = await mapBounded(steps, kit.limits.previewConcurrency, (step) =>
    previewOne(kit, step, { ...options, waits: touched.has(step.step.index) }),
  );
  const settled = previewed.map(({ read }) => titled(kit, read, steps));
  const previews = withQuotaSums(previewed, settled);
  const affected = affectedBy(kit, settled);
  const actingAs = await actingAsOf(kit, settled, options.signal);
  return {
    steps: settled,
    preview: {
      steps: previews,
      targetCount: new Set(
        settled.map(({ step }) => step.target?.id ?? `step ${step.targetFromStep ?? step.index}`),
      ).size,
      affected: affected.slice(0, kit.limits.previewAffectedMax),
      affectedCount: affected.length,
      actingAs,
      undoable: undoableOf(previews),
      blocked: previews.some((one) => one.notes.some((note) => note.level === 'blocker')),
      at: new Date(kit.now()).toISOString(),
    },
  };
}

/** Steps whose target an earlier step of the plan makes or changes: what holds of it now will not hold then. */
export function touchedByEarlier(kit: Kit, steps: readonly Pick<ReadStep, 'step'>[]): ReadonlySet<number> {
  const waiting = new Set<number>();
  const reached = new Set<string>();
  for (const { step } of steps) {
    if (step.targetFromStep !== undefined || (step.target && reached.has(step.target.id)))
      waiting.add(step.index);
    for (const id of reachOf(kit, step)) for (const near of neighbourhoodOf(kit, id)) reached.add(near);
  }
  return waiting;
}

interface OneOptions {
  readonly ask: boolean;
  readonly waits: boolean;
  readonly signal: AbortSignal;
}

interface PreviewedStep {
  readonly read: ReadStep;
  readonly preview: StepPreview;
  readonly quota: readonly QuotaUse[];
}

/** Blocks the first step at which what it and all before it take is more than its connection allows. */
function withQuotaSums(
  previewed: readonly PreviewedStep[],
  steps: readonly ReadStep[],
): readonly StepPreview[] {
  const taken = new Map<string, number>();
  const said = new Set<string>();
  return previewed.map(({ preview, quota }, at) => {
    const over = quota.flatMap((use) => {
      const key = `${steps[at]!.step.connection} ${use.what}`;
      const before = taken.get(key) ?? 0;
      taken.set(key, before + use.needed);
      const isOverTogether = use.limit >= 0 && use.used + before + use.needed > use.limit;
      if (!isOverTogether || said.has(key) || use.used + use.needed > use.limit) return [];
      said.add(key);
      return [sumNote(use, before + use.needed)];
    });
    return over.length === 0 ? preview : { ...preview, notes: [...over, ...preview.notes] };
  });
}

function sumNote({ what, used, limit }: QuotaUse, needed: number): PreviewNote {
  return {
    level: 'blocker',
    message: `The quota does not suffice for all steps: up to this one they need ${needed} of ${Math.max(0, limit - used)} free ${what} (${used} of ${limit} in use).`,
    fix: 'Ask for fewer or smaller ones, delete what is not needed, or have the quota raised.',
  };
}

async function previewOne(kit: Kit, read: ReadStep, options: OneOptions): Promise<PreviewedStep> {
  const { step } = read;
  const isDeferred = step.targetFromStep !== undefined || Object.values(step.args).some(isMade);
  if (!options.ask || isDeferred) return { read, preview: unasked(kit, read, isDeferred), quota: [] };
  const asked = await askHandler(kit, read, options);
  const args = settleArguments(read.operation, step.args, asked.resolvedArgs);
  const settled = { ...read, step: { ...step, args }, ...(asked.about && { about: asked.about }) };
  const idle = !options.waits && (asked.idle || isIdle(read));
  const notes = [...asked.notes, ...(idle ? [] : statusNotes(read))].map((note) =>
    options.waits ? softened(note) : note,
  );
  const undo = undoText(kit, settled);
  return {
    read: settled,
    quota: idle ? [] : (asked.quota ?? []),
    preview: {
      index: step.index,
      effect: redactText(asked.effect),
      changes: redactJson(asked.changes as unknown as Json) as unknown as StepPreview['changes'],
      notes: notes.map(cleanNote).sort((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level)),
      checkedBy: asked.checkedBy,
      idle,
      ...(undo === undefined ? {} : { undo }),
    },
  };
}

const levels: readonly PreviewNote['level'][] = ['blocker', 'warning', 'info'];

async function askHandler(kit: Kit, read: ReadStep, options: OneOptions): Promise<HandlerPreview> {
  const { step, operation, handler, target } = read;
  const deadline = deadlineOf(kit.limits.previewStepTimeoutMs, options.signal);
  try {
    return await within(deadline, `Looking what "${step.title}" would do`, (signal) =>
      handler.preview({ ...contextOf(kit, operation, step.args), ...(target ? { target } : {}), signal }),
    );
  } catch (error) {
    if (options.signal.aborted) throw error;
    const problem = shownProblem(error);
    const note: PreviewNote = {
      level: 'blocker',
      message: problem.message,
      ...(problem.fix ? { fix: problem.fix } : {}),
    };
    return { effect: step.title, changes: [], notes: [note], checkedBy: 'none', idle: false };
  }
}

function isMade(value: Json): boolean {
  return typeof value === 'string' && value.startsWith('$step:');
}

function unasked(kit: Kit, read: ReadStep, isDeferred: boolean): StepPreview {
  const undo = undoText(kit, read);
  const notes: readonly PreviewNote[] = isDeferred
    ? [
        {
          level: 'info',
          message: 'It goes on with what an earlier step makes, so it is checked when that is there.',
        },
      ]
    : [];
  return {
    index: read.step.index,
    effect: read.step.title,
    changes: [],
    notes,
    checkedBy: 'none',
    idle: false,
    ...(undo === undefined ? {} : { undo }),
  };
}

/** Nothing to do by the catalogue's own words; an argument could still change something. */
function isIdle({ operation, target }: ReadStep): boolean {
  return (
    target !== undefined && operation.args.length === 0 && (operation.idle ?? []).includes(target.status)
  );
}

function statusNotes({ operation, target, step }: ReadStep): readonly PreviewNote[] {
  if (!target || !operation.from || operation.from.includes(target.status)) return [];
  return [
    {
      level: 'blocker',
      message: `${target.name} is ${target.status}; "${operation.title}" needs it to be ${operation.from.join(' or ')}.`,
      fix: `Wait until it is, or bring it there first, then ask for "${step.title}" again.`,
    },
  ];
}

/** What stands in the way now may be out of it when the earlier step is done; it is looked at again then. */
function softened(note: PreviewNote): PreviewNote {
  return note.level === 'blocker'
    ? { level: 'warning', message: `${note.message} It is checked again after the step before.` }
    : note;
}

function cleanNote(note: PreviewNote): PreviewNote {
  return {
    level: note.level,
    message: redactText(note.message),
    ...(note.fix === undefined ? {} : { fix: redactText(note.fix) }),
    ...(note.liftedBy === undefined ? {} : { liftedBy: note.liftedBy }),
  };
}

function titled(kit: Kit, read: ReadStep, all: readonly ReadStep[]): ReadStep {
  const makers = all.map(({ step, operation }) => ({ args: step.args, operation }));
  const made = read.step.targetFromStep;
  const name =
    read.about?.title ??
    read.target?.name ??
    (made === undefined ? undefined : String(makers[made]!.args.name ?? ''));
  return {
    ...read,
    step: { ...read.step, title: titleOf(kit, read.operation, name, read.step.args, makers) },
  };
}

/** How a step would be taken back, in words, where its connection can do that. */
function undoText(kit: Kit, { operation, step, target }: ReadStep): string | undefined {
  const draft = operation.undo?.({
    ...(target ? { before: target } : {}),
    ...(operation.target === 'none' || step.target
      ? { createdId: `${step.connection}:${operation.kind}/new` }
      : {}),
    args: step.args,
  });
  const inverse = draft && kit.catalogue.get(draft.operation);
  if (!draft || !inverse || !canDo(kit, step.connection, inverse)) return undefined;
  const isMadeHere = draft.target?.endsWith('/new') === true && !target?.id.endsWith('/new');
  const name = isMadeHere ? String(step.args.name ?? `the new ${inverse.kind}`) : target?.name;
  return stepTitle(inverse, name, draft.args as Arguments, (id) => kit.graph.get(id)?.name);
}

function canDo(kit: Kit, connection: string, operation: Operation): boolean {
  try {
    requireHandler(kit, connection, operation);
    return true;
  } catch {
    return false;
  }
}

function undoableOf(previews: readonly StepPreview[]): Preview['undoable'] {
  const acting = previews.filter((one) => !one.idle);
  const count = acting.filter((one) => one.undo !== undefined).length;
  if (count === 0) return 'no';
  return count === acting.length ? 'full' : 'partly';
}

/** What hangs on what would be interrupted or lost, nearest first; the targets themselves are not counted. */
function affectedBy(kit: Kit, steps: readonly ReadStep[]): readonly Affected[] {
  const targets = new Set(steps.flatMap(({ step }) => (step.target ? [step.target.id] : [])));
  const found = new Map<string, { readonly affected: Affected; readonly depth: number }>();
  for (const { operation, step, about } of steps) {
    if (!step.target || (operation.impact === 'none' && operation.risk !== 'destroy')) continue;
    const roots = about ? about.ids : [step.target.id];
    for (const { resource, relation, depth } of roots.flatMap((id) => kit.graph.dependentsOf(id))) {
      if (targets.has(resource.id) || (found.get(resource.id)?.depth ?? Number.POSITIVE_INFINITY) <= depth)
        continue;
      found.set(resource.id, {
        affected: { id: resource.id, name: resource.name, kind: resource.kind, relation },
        depth,
      });
    }
  }
  return [...found.values()].sort((a, b) => a.depth - b.depth).map((one) => one.affected);
}

async function actingAsOf(
  kit: Kit,
  steps: readonly ReadStep[],
  signal: AbortSignal,
): Promise<readonly ActingAs[]> {
  const ids = [...new Set(steps.map(({ step }) => step.connection))];
  return mapBounded(ids, kit.limits.previewConcurrency, (id) => actingAs(kit, id, signal));
}

/** Who a connection acts as right now, asked of the cloud. Throws ProblemError with the fix. */
export async function actingAs(kit: Kit, id: string, signal: AbortSignal): Promise<ActingAs> {
  const connection = kit.connections.get(id)!;
  const executor = kit.connections.executor(id)!;
  const deadline = deadlineOf(kit.limits.previewStepTimeoutMs, signal);
  const identity = await within(deadline, `Asking ${connection.name} who you are there`, (inner) =>
    executor.identity(inner),
  );
  return {
    connection: id,
    connectionName: connection.name,
    provider: connection.provider,
    environment: connection.environment,
    simulated: connection.simulated,
    identity,
  };
}
