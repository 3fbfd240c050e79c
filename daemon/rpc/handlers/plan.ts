// Plans: the door is `daemon/plans/`; this only opens it to clients. Who may decide is held by the dispatch.

import type { Arguments } from '../../../shared/model/operation.ts';
import type { Plan } from '../../../shared/model/plan.ts';
import { ProblemError } from '../../../shared/model/problem.ts';
import { limits } from '../../config.ts';
import type { HandlersOf, Services } from '../contract.ts';
import { countThatFits } from '../parts.ts';

export const planHandlers: HandlersOf<'plan'> = {
  'plan/propose': ({ operation, targets, args, connection }, { services, actor, signal }) => {
    const title = services.catalogue.get(operation)?.title ?? operation;
    const names = targets.map((id) => services.graph.get(id)?.name ?? id);
    const target = targets.length > 0 ? { kind: 'resources' as const, ids: targets } : undefined;
    const step = { operation, args: args as Arguments, after: [], evidence: [], ...(target && { target }) };
    const text = [title, names.slice(0, 5).join(', ')].filter((part) => part !== '').join(' ');
    return services.plans.propose(
      { text, source: 'click', steps: [step], ...(connection !== undefined && { connection }) },
      actor,
      signal,
    );
  },
  'plan/list': ({ limit, open }, { services }) => {
    const plans = services.plans.list({ limit, open });
    return { plans: plans.slice(0, countThatFits(plans, 0, limits.frameBytesMax / 2)) };
  },
  'plan/get': ({ id }, { services }) => requirePlan(id, services),
  'plan/approve': (request, { services, actor }) => services.plans.approve(request, actor),
  'plan/reject': ({ id }, { services, actor }) => services.plans.reject(id, actor),
  'plan/cancel': ({ id }, { services, actor }) => services.plans.cancel(id, actor),
  'plan/undo': ({ id }, { services, actor, signal }) => services.plans.undo(id, actor, signal),
  'plan/continue': ({ id }, { services, actor, signal }) => services.plans.continue(id, actor, signal),
  'plan/resolve': (request, { services, actor }) => services.plans.resolve(request, actor),
  'plan/wait': async ({ id }, context) => {
    const { plans } = context.services;
    const tell = (plan: Plan): void => {
      if (plan.id === id) context.progress(progressOf(plan), { plan });
    };
    const stop = plans.onDidChange(tell);
    try {
      tell(requirePlan(id, context.services));
      return await plans.ended(id, context.signal);
    } finally {
      stop();
    }
  },
};

/** One plan. Throws ProblemError `not-found`. */
export function requirePlan(id: string, services: Services): Plan {
  const plan = services.plans.get(id);
  if (plan) return plan;
  throw new ProblemError({
    code: 'not-found',
    message: `There is no plan ${id}.`,
    fix: 'See the list of plans.',
  });
}

function progressOf(plan: Plan): string {
  const running = plan.runs.findLast((run) => run.state === 'running');
  if (!running) return plan.outcome ?? `The plan is ${plan.state}.`;
  const title = plan.steps[running.index]?.title ?? plan.title;
  return running.progress ? `${title}: ${running.progress}` : title;
}
