// A plan and its life: ordered steps with resolved targets, what they would do, what the rules say, and how it went.
// A step is one operation on one resource; a sentence over many resources becomes many steps, so that every write
// has its own line in the journal and in the audit. A plan is a value: every change of state makes a new one.

import type { Environment, Identity } from './connection.ts';
import type { Kind, OperationId, Provider, Risk } from './kind.ts';
import type { Arguments } from './operation.ts';
import type { Evidence, Filter, ReadingSource } from './reading.ts';
import type { Json } from './resource.ts';
import type { Verdict } from './verdict.ts';

/** A target as it was when the plan was made; the runner compares before it writes. */
export interface StepTarget {
  readonly id: string;
  readonly name: string;
  readonly kind: Kind;
  readonly status: string;
  readonly version?: string;
  readonly namespace?: string;
  readonly region?: string;
}

export interface PlanStep {
  readonly index: number;
  readonly operation: OperationId;
  readonly title: string;
  readonly risk: Risk;
  readonly connection: string;
  /** Absent for a create. */
  readonly target?: StepTarget;
  /** The target is what this earlier step creates. */
  readonly targetFromStep?: number;
  readonly args: Arguments;
  readonly after: readonly number[];
}

/** One thing a preview has to say about a step, worst first when shown. */
export interface PreviewNote {
  readonly level: 'info' | 'warning' | 'blocker';
  readonly message: string;
  /** What to do about it. */
  readonly fix?: string;
  /** Of a blocker: the yes-or-no argument of the operation with which it would be none. */
  readonly liftedBy?: string;
}

/** One field the step would alter. */
export interface FieldChange {
  readonly field: string;
  readonly before?: Json;
  readonly after?: Json;
}

export interface StepPreview {
  readonly index: number;
  /** One sentence of what would happen, in the field's own terms. */
  readonly effect: string;
  readonly changes: readonly FieldChange[];
  readonly notes: readonly PreviewNote[];
  /** `dry-run`: the cloud itself was asked; `checked`: preconditions and quota were read; `none`: neither can be. */
  readonly checkedBy: 'dry-run' | 'checked' | 'none';
  /** Nothing would happen: it is in the wanted state already. */
  readonly idle: boolean;
  /** How it can be taken back, or undefined where it cannot. */
  readonly undo?: string;
}

/** Something that hangs on a target and would notice. */
export interface Affected {
  readonly id: string;
  readonly name: string;
  readonly kind: Kind;
  /** How it hangs there, read towards the target: "attached to web-1". */
  readonly relation: string;
}

export interface ActingAs {
  readonly connection: string;
  readonly connectionName: string;
  readonly provider: Provider;
  readonly environment: Environment;
  readonly simulated: boolean;
  readonly identity?: Identity;
}

export interface Preview {
  readonly steps: readonly StepPreview[];
  readonly targetCount: number;
  /** At most `limits.previewAffectedMax`; `affectedCount` is the whole. */
  readonly affected: readonly Affected[];
  readonly affectedCount: number;
  readonly actingAs: readonly ActingAs[];
  /** `full`: every step can be taken back; `partly`; `no`. */
  readonly undoable: 'full' | 'partly' | 'no';
  /** A blocker stands in at least one step: it cannot be approved. */
  readonly blocked: boolean;
  readonly at: string;
}

/**
 * proposed → approved → running → done | failed | stopped | cancelled | unknown.
 * `denied` by the rules, `blocked` by the preview, `rejected` by the person, `expired` by time.
 * `stopped`: the world had moved or a step surprised; `unknown`: a crash left a step that only a person can settle.
 */
export const planStates = [
  'proposed',
  'denied',
  'blocked',
  'rejected',
  'expired',
  'approved',
  'running',
  'done',
  'failed',
  'stopped',
  'cancelled',
  'unknown',
] as const;
export type PlanState = (typeof planStates)[number];

export const stepStates = [
  'pending',
  'running',
  'done',
  'idle',
  'failed',
  'skipped',
  'cancelled',
  'unknown',
] as const;
export type StepState = (typeof stepStates)[number];

export interface StepRun {
  readonly index: number;
  readonly state: StepState;
  readonly startedAt?: string;
  readonly finishedAt?: string;
  /** Last progress sentence. */
  readonly progress?: string;
  /** 0 to 1 where the cloud tells. */
  readonly fraction?: number;
  /** Id of what the step made. */
  readonly createdId?: string;
  /** What was read back afterwards. */
  readonly observed?: string;
  readonly error?: { readonly code: string; readonly message: string; readonly fix?: string };
}

/** Who asked or approved. `how` is the way in: `editor`, `terminal`, `model`, `policy`, `gateway`, `mcp`. */
export interface Actor {
  readonly user: string;
  readonly client: string;
  readonly how: 'editor' | 'terminal' | 'model' | 'policy' | 'gateway' | 'mcp' | 'daemon';
  readonly session?: string;
}

export interface Plan {
  readonly id: string;
  /** One line: "Create VM dev-box (S.4)". */
  readonly title: string;
  /** What the person typed, or what was clicked. */
  readonly text: string;
  readonly source: ReadingSource;
  readonly evidence: readonly Evidence[];
  readonly steps: readonly PlanStep[];
  /** Filters the targets came from; matched again before the first write. */
  readonly filters: readonly { readonly filter: Filter; readonly ids: readonly string[] }[];
  readonly risk: Risk;
  readonly verdict: Verdict;
  readonly preview: Preview;
  /** SHA-256, hex, over canonical JSON of all that was shown (see `daemon/plans/digest.ts`). */
  readonly digest: string;
  readonly state: PlanState;
  readonly runs: readonly StepRun[];
  readonly requestedBy: Actor;
  readonly approvedBy?: Actor;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly finishedAt?: string;
  /** Plan that this one takes back. */
  readonly undoes?: string;
  /** Plan whose rest this one goes on with. */
  readonly continues?: string;
  /** True where `plan/undo` would make a plan. */
  readonly canUndo: boolean;
  /** True where `plan/continue` would make a plan of the steps that are left. */
  readonly canContinue?: boolean;
  /** First and last audit sequence numbers written for it. */
  readonly audit?: { readonly from: number; readonly to: number };
  /** Why it ended as it did, one sentence. */
  readonly outcome?: string;
}
