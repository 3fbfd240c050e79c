// A plan under way, as the files that carry it out hand it to each other.

import type { Plan } from '../../shared/model/plan.ts';
import type { Kit } from './kit.ts';
import type { Trace } from './world.ts';

/** One plan being carried out. */
export interface Run {
  readonly kit: Kit;
  readonly plan: Plan;
  readonly trace: Trace;
  /** What steps made, by step. */
  readonly made: Map<number, string>;
  /** Ends when a person cancels. */
  readonly cancelled: AbortSignal;
  /** Ends when the daemon wants to end: the step under way is finished, nothing new begun. */
  readonly draining: AbortSignal;
}
