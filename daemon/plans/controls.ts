// Sentences about plans themselves: "undo that", "cancel it", "approve the plan". Undoing proposes, cancelling ends,
// and approving is refused: a yes belongs where what it does is in front of the eyes, never in a line of text.

import type { Plan } from '../../shared/model/plan.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import type { StepDraft } from '../../shared/model/reading.ts';
import { parseResourceId } from '../../shared/model/resource.ts';
import type { Kit } from './kit.ts';

export type Control =
  | { readonly kind: 'undo'; readonly plan: string }
  | { readonly kind: 'cancel'; readonly plan: string };

/** What drafts about plans come to; undefined for all other drafts. Throws ProblemError where they cannot be followed. */
export function controlOf(kit: Kit, drafts: readonly StepDraft[]): Control | undefined {
  const draft = drafts.find((one) => one.operation.startsWith('action.'));
  if (!draft) return undefined;
  if (drafts.length > 1)
    throw bad('A plan cannot both do things and speak of other plans.', 'Say it in two sentences.');
  switch (draft.operation) {
    case 'action.undo':
      return {
        kind: 'undo',
        plan: planOf(kit, draft, (plan) => plan.canUndo, 'There is nothing that could be taken back.'),
      };
    case 'action.cancel':
      return {
        kind: 'cancel',
        plan: planOf(
          kit,
          draft,
          (plan) => ['proposed', 'approved', 'running'].includes(plan.state),
          'There is nothing to cancel.',
        ),
      };
    case 'action.approve':
      throw new ProblemError({
        code: 'not-allowed',
        message: 'A plan is approved where all of it is shown, not by a sentence.',
        fix: 'Open it in the list of pending plans and confirm it there.',
      });
    default:
      throw bad(`"${draft.operation}" is not something a plan can do.`, 'Ask for it on its own.');
  }
}

/** The plan that is named; without a name the newest one that fits, where there is just that one thing to mean. */
function planOf(kit: Kit, draft: StepDraft, fits: (plan: Plan) => boolean, none: string): string {
  const named = draft.target?.kind === 'resources' ? draft.target.ids : [];
  if (named.length > 1) throw bad('That names several plans.', 'Name one.');
  if (named[0] !== undefined) return kit.book.require(parseResourceId(named[0])?.path ?? named[0]).id;
  const newest = kit.book.list({ limit: kit.limits.plansCachedMax }).find(fits);
  if (newest) return newest.id;
  throw new ProblemError({ code: 'wrong-state', message: none, fix: 'Look at the list of plans.' });
}

function bad(message: string, fix: string): ProblemError {
  return new ProblemError({ code: 'bad-input', message, fix });
}
