// A model that was learnt on this machine, as people see it. Its weights never leave the daemon.

/** `active` judges; `resting` was in use before; `rejected` was worse than what was in use. */
export type LearntState = 'active' | 'resting' | 'rejected';

/** One version of one model. Times are milliseconds since the epoch. */
export interface LearntModel {
  readonly id: string;
  readonly resource: string;
  /** Counts up for each resource. */
  readonly version: number;
  readonly state: LearntState;
  readonly kind: 'autoencoder';
  readonly createdMs: number;
  /** The data it was learnt from. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly rows: number;
  /** Ids of the series, in the order of the columns. */
  readonly columns: readonly string[];
  /** Widths of the layers, the input first. */
  readonly sizes: readonly number[];
  /** What ran the training: `wasm` or `cpu`. */
  readonly backend: string;
  readonly tookMs: number;
  /** Mean error on the part that it had not seen; 1 is what guessing the mean would reach. */
  readonly validationError: number;
  /** The same of the version that was in use, on the same part. */
  readonly incumbentError?: number;
  /** Error at which a window is a finding. */
  readonly alarmError: number;
  /** Why it was learnt: "first", "a day old", "drift", "asked for". */
  readonly reason: string;
}
