// The rest of a plan that stopped, failed or was cut off, as drafts for a new plan: what was done is left out, what
// was not done is asked for again as it was shown, and what earlier steps made stands in place of "what step 1 makes".
// It makes drafts; they go through the same door as everything else, with a fresh reading, preview and approval.

import type { PlanStep } from '../../shared/model/plan.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import type { StepDraft } from '../../shared/model/reading.ts';
import { knownArguments } from '../catalogue/argumentSchema.ts';
import { deadlineOf, mapBounded, within } from './bounded.ts';
import type { Proposal } from './contract.ts';
import type { JournaledPlan, StepEntry } from './journal.ts';
import type { Kit } from './kit.ts';
import { makerIn } from './targets.ts';

const continuable: readonly string[] = ['failed', 'stopped', 'cancelled'];

/** Whether a plan that ended in `state` leaves something that could be gone on with. */
export function canContinue(entry: JournaledPlan, state: string): boolean {
  return continuable.includes(state) && remainingOf(entry).length > 0 && madeAndFailed(entry) === undefined;
}

/** What to propose so that the rest is done. Throws ProblemError where there is no rest, or no certain one. */
export async function continuationOf(
  kit: Kit,
  entry: JournaledPlan,
  signal: AbortSignal,
): Promise<Proposal & { readonly continues: string }> {
  requireContinuable(entry);
  await readAgain(kit, entry, signal);
  const rest = remainingOf(entry).filter((step) => !isGoneAlready(kit, step));
  if (rest.length === 0) throw problem('Nothing of this plan is left to do.', 'Look at what is there now.');
  const position = new Map(rest.map((step, index) => [step.index, index]));
  const steps = rest.map((step) => draftOf(kit, entry, step, position));
  return {
    text: `Continue: ${entry.shown.text}`,
    source: 'click',
    steps,
    connections: rest.map((step) => step.connection),
    stepNotes: new Map(rest.flatMap((step, index) => noteOf(entry, step, index))),
    continues: entry.shown.id,
  };
}

/** Throws where the plan cannot be gone on with, also where another plan did so already. */
export function requireContinuable(entry: JournaledPlan): void {
  if (entry.ending.canContinue) return;
  const failed = madeAndFailed(entry);
  if (failed)
    throw problem(
      `"${entry.shown.steps[failed.step]!.title}" made something that did not come about as it should.`,
      'Look at it first and delete it or mend it, then ask for the rest in words.',
    );
  throw problem(
    continuable.includes(entry.state) && remainingOf(entry).length > 0
      ? 'Another plan went on with this one already.'
      : `This plan is ${entry.state}; there is nothing to go on with.`,
    'Look at the list of plans.',
  );
}

/** Steps that were neither done nor found to need nothing. */
function remainingOf(entry: JournaledPlan): readonly PlanStep[] {
  const over = new Set(
    entry.steps.filter(({ run }) => run.state === 'done' || run.state === 'idle').map((step) => step.step),
  );
  return entry.shown.steps.filter((step) => !over.has(step.index));
}

/** A step that left a thing behind and failed: doing it again would make a second one. */
function madeAndFailed(entry: JournaledPlan): StepEntry | undefined {
  return entry.steps.find((step) => step.run.state === 'failed' && step.createdId !== undefined);
}

/** The graph may not know yet what the plan made before it was cut off. */
async function readAgain(kit: Kit, entry: JournaledPlan, signal: AbortSignal): Promise<void> {
  const places = [...new Set(remainingOf(entry).map((step) => step.connection))];
  await mapBounded(places, kit.limits.previewConcurrency, (place) =>
    within(deadlineOf(kit.limits.previewStepTimeoutMs, signal), 'Reading the connection again', (inner) =>
      kit.connections.refresh(place, inner),
    ),
  );
}

function isGoneAlready(kit: Kit, step: PlanStep): boolean {
  const isDelete = kit.catalogue.get(step.operation)?.becomes?.includes('gone') === true;
  return isDelete && step.target !== undefined && kit.graph.get(step.target.id) === undefined;
}

function draftOf(
  kit: Kit,
  entry: JournaledPlan,
  step: PlanStep,
  position: ReadonlyMap<number, number>,
): StepDraft {
  const args = Object.fromEntries(
    Object.entries(knownArguments(kit.catalogue.get(step.operation)!, step.args)).map(([name, value]) => {
      const maker = makerIn(value);
      if (maker === undefined) return [name, value];
      const again = position.get(maker);
      return [name, again === undefined ? requireMade(entry, maker) : `$${again + 1}`];
    }),
  );
  return {
    operation: step.operation,
    ...targetOf(entry, step, position),
    args,
    after: step.after.flatMap((before) => position.get(before) ?? []),
    evidence: [],
  };
}

function targetOf(
  entry: JournaledPlan,
  step: PlanStep,
  position: ReadonlyMap<number, number>,
): Pick<StepDraft, 'target'> {
  if (step.target) return { target: { kind: 'resources', ids: [step.target.id] } };
  if (step.targetFromStep === undefined) return {};
  const again = position.get(step.targetFromStep);
  return again === undefined
    ? { target: { kind: 'resources', ids: [requireMade(entry, step.targetFromStep)] } }
    : { target: { kind: 'created', step: again } };
}

function requireMade(entry: JournaledPlan, maker: number): string {
  const id = entry.steps.find((step) => step.step === maker)?.createdId;
  if (id !== undefined) return id;
  throw problem(
    `What "${entry.shown.steps[maker]!.title}" made is not known, and a later step needs it.`,
    'Ask for the rest in words, naming it.',
  );
}

/** What a person should know of a step that was tried before. */
function noteOf(entry: JournaledPlan, step: PlanStep, index: number): readonly (readonly [number, string])[] {
  const before = entry.steps.find((one) => one.step === step.index)?.run;
  if (before?.state !== 'failed' || !before.error) return [];
  return [[index, `It was tried before: ${before.error.message}`]];
}

function problem(message: string, fix: string): ProblemError {
  return new ProblemError({ code: 'wrong-state', message, fix });
}
