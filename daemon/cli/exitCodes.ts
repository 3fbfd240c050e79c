// What a script can tell from the exit code.

import type { PlanState } from '../../shared/model/plan.ts';
import type { Problem } from '../../shared/model/problem.ts';

export const exitCodes = {
  done: 0,
  /** A question stands open: a choice, a yes, or a step that only a person can settle. */
  needsAnswer: 2,
  /** Not understood, out of scope, or something this connection cannot do. */
  refused: 3,
  /** By the rules, or by the person. */
  denied: 4,
  failed: 5,
  /** The command line itself was wrong. */
  usage: 64,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export function exitCodeOfPlan(state: PlanState): ExitCode {
  switch (state) {
    case 'done':
      return exitCodes.done;
    case 'proposed':
    case 'approved':
    case 'running':
    case 'unknown':
      return exitCodes.needsAnswer;
    case 'denied':
    case 'rejected':
      return exitCodes.denied;
    case 'blocked':
    case 'expired':
    case 'failed':
    case 'stopped':
    case 'cancelled':
      return exitCodes.failed;
  }
}

export function exitCodeOfProblem({ code }: Pick<Problem, 'code'>): ExitCode {
  if (code === 'unsupported') return exitCodes.refused;
  if (code === 'not-allowed' || code === 'not-a-person') return exitCodes.denied;
  return exitCodes.failed;
}
