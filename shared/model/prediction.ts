// What is likely to fail, as people see it: which resource, how likely within which time, and why. A prediction is never
// a command: it proposes nothing and does nothing. Times are milliseconds since the epoch.

import type { Kind } from './kind.ts';
import type { LearntState } from './learnt.ts';

/** What is foreseen together, because it fails in the same ways: one model each. */
export const failureClasses = ['host', 'disk', 'pod'] as const;
export type FailureClass = (typeof failureClasses)[number];

/** One thing that speaks for a failure, or against it. */
export interface FailureFactor {
  readonly name: string;
  /** "restarts in the last 6 h". */
  readonly title: string;
  readonly value: number;
  /** What it is where nothing fails: 1 of 10 values lies below, half, 1 of 10 above. */
  readonly usual?: { readonly low: number; readonly middle: number; readonly high: number };
  /** How much it moves the logarithm of the odds. */
  readonly weight: number;
}

/** Something to go to that shows it. */
export interface PredictionLink {
  readonly kind: 'series' | 'resource' | 'incident';
  readonly id: string;
}

export interface Prediction {
  readonly resource: string;
  readonly resourceName: string;
  readonly resourceKind: Kind;
  readonly connection: string;
  readonly failureClass: FailureClass;
  /** What says so: `rule:restarts` or `model:pod@3`. */
  readonly method: string;
  /** 0 to 1: that it fails within the horizon. */
  readonly probability: number;
  readonly horizonMs: number;
  /** When, where that can be said. */
  readonly expectedMs?: number;
  /** One sentence. */
  readonly title: string;
  /** One sentence each, the most telling first. */
  readonly reasons: readonly string[];
  /** By a model only: what weighed most. */
  readonly factors: readonly FailureFactor[];
  readonly links: readonly PredictionLink[];
  /** How good predictions of this method were so far, in one sentence. */
  readonly record: string;
  /** Sure enough to be a finding. */
  readonly isReported: boolean;
  readonly simulated: boolean;
  readonly madeMs: number;
}

/** How well something told what fails from what does not, on what it had not seen. */
export interface FailureScore {
  /** Area under the ROC curve: .5 is guessing. */
  readonly auc: number;
  /** Average precision: the share that fails is guessing. */
  readonly averagePrecision: number;
  /** At the alarm, where there is one. */
  readonly precision?: number;
  readonly recall?: number;
}

/** One version of the model of one class. */
export interface FailureModel {
  readonly id: string;
  readonly failureClass: FailureClass;
  readonly version: number;
  readonly state: LearntState;
  readonly method: 'logistic' | 'boosted';
  readonly createdMs: number;
  /** The looks it was learnt from and tried on. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly rows: number;
  /** Failures that followed within the horizon, each counted once. */
  readonly failures: number;
  readonly horizonMs: number;
  /** The newest part, which nothing was learnt from. */
  readonly heldBack: {
    readonly rows: number;
    readonly failed: number;
    readonly model: FailureScore;
    readonly rules: FailureScore;
    /** The version that was in use. */
    readonly incumbent?: FailureScore;
  };
  /** Probability from which it reports; absent: its alarms were not right often enough on the newest part. */
  readonly alarm?: number;
  readonly tookMs: number;
  /** Why it is in use or not, in one sentence. */
  readonly reason: string;
}

/** What became of the predictions of one method that have come due. */
export interface FailureRecord {
  readonly method: string;
  readonly hits: number;
  readonly misses: number;
  /** Failures that the probabilities promised. */
  readonly expected: number;
}
