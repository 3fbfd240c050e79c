// From what the daemon answered to what the panel shows: a turn with the names of everything it speaks of, without a
// secret that was refused, and with its plan as it is now. Pure.

import type { Reading } from '../../shared/model/reading.ts';
import type { PanelTurn } from '../../shared/panel/chat.ts';
import type { SubmitResult } from '../../shared/protocol/messages.ts';
import type { PlanStore } from '../state/plans.ts';
import type { ResourceStore } from '../state/resources.ts';
import { namesOf } from './context.ts';

interface Sources {
  readonly plans: Pick<PlanStore, 'get'>;
  readonly resources: Pick<ResourceStore, 'get'>;
}

/** The turn of an answer. */
export function answered(
  key: string,
  text: string,
  at: string,
  result: SubmitResult,
  { plans, resources }: Sources,
): PanelTurn {
  const { answer, problem, notice, usage, turn, aliasOffer } = result;
  const reading = withoutSecret(result.reading);
  if (reading !== result.reading)
    return { key, text: reading.text, at, turn, state: 'answered', reading, names: {} };
  const plan = result.plan && (plans.get(result.plan.id) ?? result.plan);
  const names = namesOf(resources, reading, plan, answer);
  const came = { reading, plan, answer, problem, notice, usage, aliasOffer, names };
  return { key, text, at, turn, state: 'answered', ...came };
}

/** A sentence that was refused because it held a secret is shown no more, as the daemon keeps it no more. */
function withoutSecret(reading: Reading): Reading {
  return reading.kind === 'refuse' && reading.reason === 'secret'
    ? { ...reading, text: '[removed]' }
    : reading;
}

export function withPlan(turn: PanelTurn, plans: Pick<PlanStore, 'get'>): PanelTurn {
  const plan = turn.plan && plans.get(turn.plan.id);
  return plan ? { ...turn, plan } : turn;
}
