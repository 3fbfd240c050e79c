// What would take a plan back: the inverse of every step that was done, the last one first, from what the journal kept
// of each target before the write. It makes drafts; they go through the same door as everything else, and the person
// sees what is there now, not what was.

import { ProblemError } from '../../shared/model/problem.ts';
import type { StepDraft } from '../../shared/model/reading.ts';
import { knownArguments } from '../catalogue/argumentSchema.ts';
import type { JournaledPlan, StepEntry } from './journal.ts';
import { type Kit, requireHandler } from './kit.ts';

/** Drafts that take back what was done; empty where nothing can be. */
export function undoDraftsOf(kit: Kit, entry: JournaledPlan): readonly StepDraft[] {
  return entry.steps
    .filter((step) => step.run.state === 'done')
    .sort((a, b) => b.step - a.step)
    .flatMap((step) => draftOf(kit, entry, step))
    .map((draft, position) => ({ ...draft, after: position === 0 ? [] : [position - 1] }));
}

function draftOf(kit: Kit, entry: JournaledPlan, done: StepEntry): readonly StepDraft[] {
  const step = entry.shown.steps[done.step]!;
  const draft = kit.catalogue.get(step.operation)?.undo?.({
    ...(done.before ? { before: done.before } : {}),
    ...(done.createdId === undefined ? {} : { createdId: done.createdId }),
    args: done.args ?? step.args,
  });
  const inverse = draft && kit.catalogue.get(draft.operation);
  if (!draft || !inverse) return [];
  try {
    requireHandler(kit, step.connection, inverse);
  } catch {
    return [];
  }
  const args = knownArguments(inverse, draft.args);
  const target =
    draft.target === undefined ? {} : { target: { kind: 'resources' as const, ids: [draft.target] } };
  return [{ operation: draft.operation, ...target, args, after: [], evidence: [] }];
}

/** The drafts, or a ProblemError that says why there are none. */
export function requireUndoDrafts(kit: Kit, entry: JournaledPlan): readonly StepDraft[] {
  const drafts = undoDraftsOf(kit, entry);
  if (drafts.length > 0 && entry.ending.canUndo) return drafts;
  const done = entry.steps.some((step) => step.run.state === 'done');
  throw new ProblemError({
    code: 'wrong-state',
    message: done
      ? 'What this plan did cannot be taken back.'
      : 'This plan did nothing that could be taken back.',
    fix: 'Say what should happen instead.',
  });
}
