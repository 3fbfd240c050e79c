// What a window of one principal usually looks like, as principal components of how windows differ from the mean of
// their principal (one class: only ordinary traffic is learnt). The distance of a window is Mahalanobis' over all
// components, counting only what is more than usual: doing less than usual is no threat. Streaming, a few kilobytes.

import { type EigenSystem, eigenSymmetric } from '../monitor/linear.ts';

/** Sums of outer products of deviations, and the mean of all. Forgets slowly, so that habits may change. */
export interface Usual {
  readonly mean: number[];
  readonly scatter: number[];
  weight: number;
  /** Windows it was learnt from. */
  learnt: number;
}

/** Mean of one principal. */
export interface Own {
  readonly mean: number[];
  weight: number;
}

/** Half of what is known is forgotten after about 1,400 windows. */
const forget = 0.9995;
/** A principal begins with the mean of all, worth so many windows. */
const shrink = 3;
/** Least variance of a component: a count of one among zeros is no miracle. */
const floor = 0.05;

export function newUsual(size: number): Usual {
  return { mean: new Array(size).fill(0), scatter: new Array(size * size).fill(0), weight: 0, learnt: 0 };
}

export function newOwn(size: number): Own {
  return { mean: new Array(size).fill(0), weight: 0 };
}

/** What is expected of a principal: its own mean, drawn towards that of all while little is known of it. */
export function expectedOf(usual: Usual, own: Own | undefined): readonly number[] {
  const weight = own?.weight ?? 0;
  return usual.mean.map((all, i) => (weight * (own?.mean[i] ?? 0) + shrink * all) / (weight + shrink));
}

export function learnUsual(usual: Usual, own: Own, window: readonly number[]): void {
  const size = window.length;
  const expected = expectedOf(usual, own);
  const apart = window.map((value, i) => value - expected[i]!);
  usual.weight = usual.weight * forget + 1;
  usual.learnt++;
  own.weight = Math.min(200, own.weight + 1);
  for (let i = 0; i < size; i++) {
    usual.mean[i]! += (window[i]! - usual.mean[i]!) / usual.weight;
    own.mean[i]! += (window[i]! - own.mean[i]!) / own.weight;
    for (let j = 0; j < size; j++) {
      const at = i * size + j;
      usual.scatter[at] = usual.scatter[at]! * forget + apart[i]! * apart[j]!;
    }
  }
}

/** Squared distance over all components, and how much of it each feature gives. */
export function distanceOf(
  usual: Usual,
  own: Own | undefined,
  window: readonly number[],
): { readonly squared: number; readonly shares: readonly number[] } {
  const size = window.length;
  const expected = expectedOf(usual, own);
  const apart = window.map((value, i) => Math.max(0, value - expected[i]!));
  const { values, vectors } = currentComponents(usual, size);
  const shares = new Array<number>(size).fill(0);
  let squared = 0;
  for (let k = 0; k < size; k++) {
    let along = 0;
    for (let i = 0; i < size; i++) along += vectors[i * size + k]! * apart[i]!;
    const scale = along / (Math.max(0, values[k]!) + floor);
    squared += along * scale;
    for (let i = 0; i < size; i++) shares[i]! += vectors[i * size + k]! * apart[i]! * scale;
  }
  return { squared, shares };
}

/** Components change little with one more window: they are kept while so few were learnt since. */
const staleAfter = 10;
const kept = new WeakMap<Usual, { readonly learnt: number; readonly components: EigenSystem }>();

function currentComponents(usual: Usual, size: number): EigenSystem {
  const before = kept.get(usual);
  const stale = Math.min(staleAfter, usual.learnt / staleAfter);
  if (before && usual.learnt - before.learnt <= stale) return before.components;
  const scatter = Float64Array.from(usual.scatter, (one) => one / Math.max(1, usual.weight));
  const components = eigenSymmetric(scatter, size);
  kept.set(usual, { learnt: usual.learnt, components });
  return components;
}
