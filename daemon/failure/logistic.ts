// Logistic regression with an L2 penalty, by Newton's steps (iteratively reweighted least squares), on standardised
// columns. What is not known counts as usual. Pure; training lets others run between its passes.

import { solvePositive } from '../monitor/linear.ts';

/** Rows of equal width; a value that is not a number is not known. */
export interface Table {
  readonly rows: readonly ArrayLike<number>[];
  /** 1 where it failed. */
  readonly failed: ArrayLike<number>;
}

/** Lets others run now and then: call it between passes. */
export type Pause = () => Promise<void>;

export interface LogisticModel {
  readonly kind: 'logistic';
  readonly means: readonly number[];
  /** 0 for a column that never moved. */
  readonly deviations: readonly number[];
  readonly weights: readonly number[];
  readonly bias: number;
}

const penalty = 1;
const stepsMax = 25;
/** Deviations beyond which a column says no more. */
const cellMax = 5;

export async function trainLogistic({ rows, failed }: Table, pause: Pause): Promise<LogisticModel> {
  const { means, deviations } = standardsOf(rows);
  const width = means.length;
  const cells = rows.map((row) => cellsOf({ means, deviations }, row));
  await pause();
  // The last weight is the bias, which is not penalised.
  const weights = new Float64Array(width + 1);
  for (let step = 0; step < stepsMax; step++) {
    const moved = newtonStep(cells, failed, weights);
    await pause();
    if (moved < 1e-6) break;
  }
  return {
    kind: 'logistic',
    means,
    deviations,
    weights: [...weights.subarray(0, width)],
    bias: weights[width]!,
  };
}

/** Logarithm of the odds, and what each column adds to it. */
export function judgeLogistic(
  model: LogisticModel,
  row: ArrayLike<number>,
): { readonly logit: number; readonly parts: Float64Array } {
  const parts = cellsOf(model, row).map((cell, k) => cell * model.weights[k]!);
  return { logit: model.bias + parts.reduce((sum, part) => sum + part, 0), parts };
}

export function probabilityOf(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

function newtonStep(
  cells: readonly Float64Array[],
  failed: ArrayLike<number>,
  weights: Float64Array,
): number {
  const size = weights.length;
  const last = size - 1;
  const curvature = new Float64Array(size * size);
  const slope = new Float64Array(size);
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i]!;
    let logit = weights[last]!;
    for (let k = 0; k < last; k++) logit += cell[k]! * weights[k]!;
    const p = probabilityOf(logit);
    const off = (failed[i] ? 1 : 0) - p;
    const weight = Math.max(p * (1 - p), 1e-6);
    for (let j = 0; j < size; j++) {
      const cj = j === last ? 1 : cell[j]!;
      if (cj === 0) continue;
      slope[j]! += off * cj;
      for (let k = 0; k <= j; k++) curvature[j * size + k]! += weight * cj * (k === last ? 1 : cell[k]!);
    }
  }
  for (let k = 0; k < size; k++) {
    slope[k]! -= k === last ? 0 : penalty * weights[k]!;
    curvature[k * size + k]! += k === last ? 1e-6 : penalty;
  }
  const step = solvePositive(curvature, slope, size);
  let moved = 0;
  for (let k = 0; k < size; k++) {
    // Bounded steps: a table that can be told apart perfectly must not run away.
    const by = Math.max(-2, Math.min(2, step[k]!));
    weights[k]! += by;
    moved = Math.max(moved, Math.abs(by));
  }
  return moved;
}

function standardsOf(rows: readonly ArrayLike<number>[]): Pick<LogisticModel, 'means' | 'deviations'> {
  const width = rows[0]?.length ?? 0;
  const means: number[] = [];
  const deviations: number[] = [];
  for (let k = 0; k < width; k++) {
    let [count, sum, squares] = [0, 0, 0];
    for (const row of rows) {
      if (Number.isNaN(row[k]!)) continue;
      count++;
      sum += row[k]!;
    }
    const mean = count === 0 ? 0 : sum / count;
    for (const row of rows) if (!Number.isNaN(row[k]!)) squares += (row[k]! - mean) ** 2;
    const deviation = count === 0 ? 0 : Math.sqrt(squares / count);
    means.push(mean);
    deviations.push(deviation > 1e-9 * Math.max(1, Math.abs(mean)) ? deviation : 0);
  }
  return { means, deviations };
}

function cellsOf(
  { means, deviations }: Pick<LogisticModel, 'means' | 'deviations'>,
  row: ArrayLike<number>,
): Float64Array {
  return Float64Array.from(means, (mean, k) => {
    const value = row[k]!;
    if (deviations[k] === 0 || Number.isNaN(value)) return 0;
    return Math.max(-cellMax, Math.min(cellMax, (value - mean) / deviations[k]!));
  });
}
