// Foreseeing failures as the rest of the daemon sees it: what is likely to fail and why, what became of earlier
// predictions, and the models that were learnt. It reads the graph and the stored series, asks no cloud and changes
// nothing. Times are milliseconds since the epoch.

import type { FailureClass, FailureModel, FailureRecord, Prediction } from '../../shared/model/prediction.ts';

export interface PredictionQuery {
  readonly resource?: string;
  /** Only what fails within this time from now. */
  readonly horizonMs?: number;
  readonly limit: number;
}

export interface Failures {
  /** The most likely first. */
  list(query: PredictionQuery): readonly Prediction[];
  /** All versions, by class, the newest first. */
  models(): readonly FailureModel[];
  records(): readonly FailureRecord[];
  /** What has been looked at, and how many failures are known, by class: whether silence means anything. */
  known(): Readonly<Record<FailureClass, { readonly watched: number; readonly failures: number }>>;
}
