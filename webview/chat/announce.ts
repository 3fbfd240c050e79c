// What a screen reader is told when a turn changes: one short sentence, so that the whole card is not read again
// at every step. Pure.

import type { Plan } from '../../shared/model/plan.ts';
import type { PanelTurn } from '../../shared/panel/chat.ts';
import { isApprovable, labelOfState } from '../../shared/panel/planText.ts';

/** The sentence for a turn as it is now; empty where there is nothing new to say. */
export function announcementOf(turn: PanelTurn): string {
  if (turn.state === 'waiting') return 'Working on it.';
  if (turn.problem) return turn.problem.message;
  if (turn.plan) return announcementOfPlan(turn.plan);
  if (turn.answer) return turn.answer.summary;
  if (turn.reading?.kind === 'clarify')
    return `${turn.reading.question} ${turn.reading.candidates.length} choices.`;
  if (turn.reading?.kind === 'refuse') return turn.reading.message;
  return '';
}

export function announcementOfPlan(plan: Plan): string {
  if (isApprovable(plan)) return `Plan ready for review: ${plan.title}.`;
  if (plan.state === 'running') {
    const step = plan.runs.find((run) => run.state === 'running');
    return step
      ? `${plan.title}: step ${step.index + 1} of ${plan.steps.length}. ${step.progress ?? ''}`.trim()
      : `${plan.title}: running.`;
  }
  return `${plan.title}: ${labelOfState(plan.state)}. ${plan.outcome ?? ''}`.trim();
}
