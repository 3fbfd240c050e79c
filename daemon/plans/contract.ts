// The one door through which anything that changes a cloud has to go, whoever asks.

import type { Actor, Plan } from '../../shared/model/plan.ts';
import type { Evidence, ReadingSource, StepDraft } from '../../shared/model/reading.ts';

export interface Proposal {
  readonly text: string;
  readonly source: ReadingSource;
  readonly steps: readonly StepDraft[];
  readonly evidence?: readonly Evidence[];
  /** Connection for steps that have no target (a create); default: the only one that can do it. */
  readonly connection?: string;
  readonly undoes?: string;
  readonly continues?: string;
  /** Connection of each draft, where they are in several places; wins over `connection`. */
  readonly connections?: readonly string[];
  /** Something a person should know about a draft, by its position; shown in its preview. */
  readonly stepNotes?: ReadonlyMap<number, string>;
}

export interface Plans {
  /** Makes, judges and previews a plan; it waits for a person then. Throws ProblemError where none can be made. */
  propose(proposal: Proposal, actor: Actor, signal: AbortSignal): Promise<Plan>;
  /** A person's yes to what was shown. Starts the run and returns at once with the plan `approved` or `running`. */
  approve(
    request: { readonly id: string; readonly digest: string; readonly typed?: string },
    actor: Actor,
  ): Promise<Plan>;
  reject(id: string, actor: Actor): Promise<Plan>;
  /** Stops a running plan after the current step, or the step itself where that is safe. */
  cancel(id: string, actor: Actor): Promise<Plan>;
  /** A new plan that takes back what this one did. */
  undo(id: string, actor: Actor, signal: AbortSignal): Promise<Plan>;
  /** A new plan that does what is left of this one. */
  continue(id: string, actor: Actor, signal: AbortSignal): Promise<Plan>;
  /** A person says what became of a step that a crash left unknown. */
  resolve(
    request: { readonly id: string; readonly step: number; readonly outcome: 'done' | 'not-done' },
    actor: Actor,
  ): Promise<Plan>;
  get(id: string): Plan | undefined;
  /** Newest first. */
  list(where?: { readonly limit?: number; readonly open?: boolean }): readonly Plan[];
  /** Resolves when the plan has ended. */
  ended(id: string, signal?: AbortSignal): Promise<Plan>;
  onDidChange(listener: (plan: Plan) => void): () => void;
  /** Finds plans that a crash cut off and settles them by reading the cloud. Called once at the start. */
  recover(): Promise<void>;
  /** Waits for the running step to reach a safe point. */
  dispose(): Promise<void>;
}
