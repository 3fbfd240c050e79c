// Sentences about plans themselves: "undo that", "cancel it", "approve it". Undo proposes another plan; approve only
// brings the plan to the person, who decides on what is shown; cancel stops a run and needs a person's session.
// Which plan is meant is never guessed: it is named, or it is the last one of this conversation.

import type { Plan } from '../../../shared/model/plan.ts';
import { ProblemError } from '../../../shared/model/problem.ts';
import type { StepDraft } from '../../../shared/model/reading.ts';
import { parseResourceId } from '../../../shared/model/resource.ts';
import type { RequestContext } from '../contract.ts';
import { requirePlan } from './plan.ts';

const planVerbs = ['action.approve', 'action.cancel', 'action.undo'];

export function isAboutPlans(steps: readonly StepDraft[]): boolean {
  return steps.some((step) => planVerbs.includes(step.operation));
}

/** Does what a sentence about plans asks for. Throws ProblemError where it is not clear which plan is meant. */
export async function settlePlanWords(
  steps: readonly StepDraft[],
  conversation: string | undefined,
  request: RequestContext,
): Promise<Plan> {
  const [step] = steps;
  if (!step || steps.length > 1) throw new ProblemError(onlyOne);
  const plan = meantPlan(step, conversation, request);
  const { services, actor, signal, session } = request;
  switch (step.operation) {
    case 'action.undo':
      return services.plans.undo(plan.id, actor, signal);
    case 'action.cancel': {
      if (session.client.kind !== 'editor' && session.client.kind !== 'terminal')
        throw new ProblemError({ code: 'not-a-person', message: 'Only a person may stop a plan.' });
      return services.plans.cancel(plan.id, actor);
    }
    default:
      return plan;
  }
}

function meantPlan(step: StepDraft, conversation: string | undefined, { services }: RequestContext): Plan {
  const named = step.target?.kind === 'resources' ? step.target.ids : [];
  if (named.length > 1) throw new ProblemError(onlyOne);
  const [id] = named;
  if (id !== undefined) return requirePlan(parseResourceId(id)?.path ?? id, services);
  const turns = conversation === undefined ? [] : services.chat.list({ conversation, limit: 20 });
  const last = turns.find((turn) => turn.result.plan)?.result.plan;
  if (last) return last;
  throw new ProblemError({
    code: 'not-found',
    message: 'It is not clear which plan is meant.',
    fix: 'Use the buttons of the plan itself, or `pilothouse plans` and its id.',
  });
}

const onlyOne = {
  code: 'unsupported' as const,
  message: 'Plans are approved, cancelled and undone one at a time.',
  fix: 'Say which one, or use the buttons of each.',
};
