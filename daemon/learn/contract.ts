// Models that were learnt here, as the rest of the daemon sees them: what each was learnt from, how good it was on what it
// had not seen, and which version is in use. Times are milliseconds since the epoch.

import type { LearntModel } from '../../shared/model/learnt.ts';
import type { Actor } from '../../shared/model/plan.ts';

export interface Models {
  /** All versions, by resource, the newest first. */
  list(resource?: string): readonly LearntModel[];
  /**
   * Puts a version into use; the one before rests. Throws ProblemError `not-found`, or `wrong-state` where it is in use
   * already.
   */
  promote(id: string, actor: Actor): LearntModel;
  /** Puts the version before back into use. Throws ProblemError `not-found` or `wrong-state` where there is none. */
  rollBack(resource: string, actor: Actor): LearntModel;
  /** Learns anew from what is stored now. Throws ProblemError `unsupported` where there is too little. */
  train(resource: string, actor: Actor): Promise<LearntModel>;
}
