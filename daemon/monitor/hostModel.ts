// Detection over all metrics of one host or service: what is usual together is learned from a training part (the
// principal components of the standardised values, and of their changes from row to row), and each later row is told
// how far it lies outside, in units of what each component does (Mahalanobis over all components; Shyu et al. 2003).
// Against plain Mahalanobis it saturates: no single component and no single row may speak for the whole. Streaming and
// causal when scoring; it keeps one row and one mean. Called per host by the monitor and by the batch commands.

import { covariance, eigenSymmetric } from './linear.ts';

/** Numbers that shape the model; shared by all hosts. */
export const hostKnobs = {
  /** Standard deviations beyond which a column says no more. */
  columnMax: 20,
  /** Squared distance beyond which a component says no more; a column that was constant and moves counts as much. */
  componentMax: 50,
  /** Added to each eigenvalue, so that a component that hardly ever moved is not trusted blindly. */
  eigenFloor: 0.01,
  /** Rows over which the distance is averaged. */
  smoothRows: 4,
  /** Share of training rows that lie below the line of a finding. */
  alarmQuantile: 0.999,
} as const;

/** Components below this part of the unit variance carry no information (a copy of other columns). */
const eigenMin = 1e-9;

export interface Components {
  readonly size: number;
  readonly values: Float64Array;
  readonly vectors: Float64Array;
}

export interface HostModel {
  readonly means: Float64Array;
  /** 0 for a column that was constant in training. */
  readonly deviations: Float64Array;
  readonly levels: Components;
  readonly changes: Components;
  /** Smoothed distance that maps to a score of one half. */
  readonly alarmDistance: number;
}

/** Learns what is usual from rows of equal width; cells that are not numbers count as usual. Throws on fewer than 2 rows. */
export function trainHost(rows: readonly Float64Array[]): HostModel {
  const size = rows[0]?.length ?? 0;
  if (rows.length < 2 || size === 0) throw new RangeError('A model of a host needs at least two rows.');
  const { means, deviations } = measureColumns(rows, size);
  const standard = rows.map((row) => standardise(row, means, deviations));
  const steps = standard.slice(1).map((row, i) => row.map((value, k) => value - standard[i]![k]!));
  const draft: HostModel = {
    means,
    deviations,
    levels: componentsOf(standard, size),
    changes: componentsOf(steps, size),
    alarmDistance: 1,
  };
  const scorer = hostDistances(draft);
  const distances = Float64Array.from(rows, (row) => scorer(row)).sort();
  const line = distances[Math.floor(hostKnobs.alarmQuantile * (distances.length - 1))]!;
  return { ...draft, alarmDistance: Math.max(line, 1e-9) };
}

/** Scores rows one after the other, from 0 to 1, each from itself and earlier ones; 0.5 and above is a finding. */
export function hostScorer(model: HostModel): (row: Float64Array) => number {
  const distance = hostDistances(model);
  return (row) => {
    const far = distance(row);
    return far / (far + model.alarmDistance);
  };
}

/**
 * The plain baseline to compare with: squared components of the standardised row, each divided by its eigenvalue, in
 * all. Unbounded.
 */
export function mahalanobis(model: HostModel): (row: Float64Array) => number {
  return (row) =>
    distanceIn(model.levels, centred(row, model.means, model.deviations, Number.POSITIVE_INFINITY), {
      floor: 0,
      most: Number.POSITIVE_INFINITY,
    });
}

function hostDistances(model: HostModel): (row: Float64Array) => number {
  const { levels, changes, means, deviations } = model;
  const limits = { floor: hostKnobs.eigenFloor, most: hostKnobs.componentMax };
  const change = new Float64Array(levels.size);
  let before: Float64Array | undefined;
  let smooth = 0;
  let rows = 0;
  return (row) => {
    const now = standardise(row, means, deviations);
    for (let k = 0; k < change.length; k++) change[k] = before ? now[k]! - before[k]! : 0;
    before = now;
    const far =
      distanceIn(levels, now, limits) + distanceIn(changes, change, limits) + wokenColumns(row, model);
    rows++;
    smooth += (far - smooth) / Math.min(rows, hostKnobs.smoothRows);
    return smooth;
  };
}

/** What columns that were constant in training and are not now add. */
function wokenColumns(row: Float64Array, { means, deviations }: HostModel): number {
  let sum = 0;
  for (let k = 0; k < row.length; k++) {
    const off = Math.abs(row[k]! - means[k]!);
    if (deviations[k] === 0 && off > 1e-9 * Math.max(1, Math.abs(means[k]!))) sum += hostKnobs.componentMax;
  }
  return sum;
}

function distanceIn(
  { size, values, vectors }: Components,
  row: Float64Array,
  limits: { readonly floor: number; readonly most: number },
): number {
  let sum = 0;
  for (let k = 0; k < size; k++) {
    const value = values[k]!;
    if (value <= eigenMin) continue;
    let along = 0;
    for (let i = 0; i < size; i++) along += vectors[i * size + k]! * row[i]!;
    sum += Math.min(limits.most, (along * along) / (value + limits.floor));
  }
  return sum;
}

function componentsOf(rows: readonly Float64Array[], size: number): Components {
  return { size, ...eigenSymmetric(covariance(rows, size), size) };
}

function standardise(row: Float64Array, means: Float64Array, deviations: Float64Array): Float64Array {
  return centred(row, means, deviations, hostKnobs.columnMax);
}

function centred(
  row: Float64Array,
  means: Float64Array,
  deviations: Float64Array,
  most: number,
): Float64Array {
  return Float64Array.from(means, (mean, k) => {
    const off = (row[k]! - mean) / deviations[k]!;
    return deviations[k]! > 0 && !Number.isNaN(off) ? Math.max(-most, Math.min(most, off)) : 0;
  });
}

function measureColumns(
  rows: readonly Float64Array[],
  size: number,
): { readonly means: Float64Array; readonly deviations: Float64Array } {
  const means = new Float64Array(size);
  const deviations = new Float64Array(size);
  for (let k = 0; k < size; k++) {
    const column = rows.map((row) => row[k]!).filter(Number.isFinite);
    const count = Math.max(1, column.length);
    const mean = column.reduce((sum, value) => sum + value, 0) / count;
    const variance = column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count;
    means[k] = mean;
    deviations[k] = variance > 1e-24 * Math.max(1, mean * mean) ? Math.sqrt(variance) : 0;
  }
  return { means, deviations };
}
