// Gradient boosted trees for two classes: shallow trees on binned columns, fitted to the logarithm of the odds by second
// order steps (Friedman 2001; Chen and Guestrin 2016). What is not known goes the way of the lowest values. It stops when
// it gets no better on the part held back for that. Pure; training lets others run between its trees.

import { type Pause, probabilityOf, type Table } from './logistic.ts';

/** One tree in columns; a node with `feature` -1 is a leaf. Every node has a value, so that each split can be told. */
export interface Tree {
  readonly feature: readonly number[];
  /** Values up to it, and those not known, go left. */
  readonly threshold: readonly number[];
  readonly left: readonly number[];
  readonly right: readonly number[];
  readonly value: readonly number[];
}

export interface BoostedModel {
  readonly kind: 'boosted';
  readonly base: number;
  readonly trees: readonly Tree[];
}

const depthMax = 4;
const treesMax = 150;
const rate = 0.1;
const binsMax = 48;
const penalty = 1;
/** Least second order weight of a leaf: keeps it from learning single rows by heart. */
const leafWeightMin = 1;
const patience = 15;

/** Columns cut into bins: bin 0 is what is not known, `edges[k][b - 1]` is the highest value of bin b. */
interface Binned {
  readonly edges: readonly Float64Array[];
  readonly bins: readonly Uint8Array[];
}

export async function trainBoosted(train: Table, held: Table, pause: Pause): Promise<BoostedModel> {
  const binned = binsOf(train.rows);
  await pause();
  const count = train.rows.length;
  let positives = 0;
  for (let i = 0; i < count; i++) if (train.failed[i]) positives++;
  const base = Math.log((positives + 0.5) / (count - positives + 0.5));
  const logits = new Float64Array(count).fill(base);
  const heldLogits = new Float64Array(held.rows.length).fill(base);
  const trees: Tree[] = [];
  let best = { loss: lossOf(heldLogits, held.failed), trees: 0 };
  while (trees.length < treesMax && trees.length - best.trees < patience) {
    const tree = growTree(binned, train, logits);
    trees.push(tree);
    for (let i = 0; i < count; i++) logits[i]! += leafValue(tree, train.rows[i]!);
    for (let i = 0; i < heldLogits.length; i++) heldLogits[i]! += leafValue(tree, held.rows[i]!);
    const loss = lossOf(heldLogits, held.failed);
    if (loss < best.loss - 1e-5) best = { loss, trees: trees.length };
    await pause();
  }
  return { kind: 'boosted', base, trees: trees.slice(0, best.trees) };
}

/** Logarithm of the odds, and what the splits on each column add to it (Saabas 2014). */
export function judgeBoosted(
  model: BoostedModel,
  row: ArrayLike<number>,
): { readonly logit: number; readonly parts: Float64Array } {
  const parts = new Float64Array(row.length);
  let logit = model.base;
  for (const tree of model.trees) {
    logit += tree.value[0]!;
    for (let node = 0; tree.feature[node]! >= 0; ) {
      const feature = tree.feature[node]!;
      const next = nextOf(tree, node, row);
      parts[feature]! += tree.value[next]! - tree.value[node]!;
      logit += tree.value[next]! - tree.value[node]!;
      node = next;
    }
  }
  return { logit, parts };
}

function nextOf(tree: Tree, node: number, row: ArrayLike<number>): number {
  const value = row[tree.feature[node]!]!;
  return value > tree.threshold[node]! ? tree.right[node]! : tree.left[node]!;
}

function leafValue(tree: Tree, row: ArrayLike<number>): number {
  let node = 0;
  while (tree.feature[node]! >= 0) node = nextOf(tree, node, row);
  return tree.value[node]!;
}

function lossOf(logits: Float64Array, failed: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < logits.length; i++) {
    const p = Math.min(1 - 1e-9, Math.max(1e-9, probabilityOf(logits[i]!)));
    sum -= Math.log(failed[i] ? p : 1 - p);
  }
  return logits.length === 0 ? 0 : sum / logits.length;
}

function binsOf(rows: readonly ArrayLike<number>[]): Binned {
  const width = rows[0]?.length ?? 0;
  const edges: Float64Array[] = [];
  const bins: Uint8Array[] = [];
  for (let k = 0; k < width; k++) {
    const known = Float64Array.from(rows, (row) => row[k]!)
      .filter((value) => !Number.isNaN(value))
      .sort();
    const cuts = new Set<number>();
    for (let b = 1; b <= binsMax; b++)
      if (known.length > 0) cuts.add(known[Math.ceil((b * known.length) / binsMax) - 1]!);
    const own = Float64Array.from(cuts);
    edges.push(own);
    bins.push(Uint8Array.from(rows, (row) => binOf(own, row[k]!)));
  }
  return { edges, bins };
}

function binOf(edges: Float64Array, value: number): number {
  if (Number.isNaN(value)) return 0;
  let [low, high] = [0, edges.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= edges[middle]!) high = middle;
    else low = middle + 1;
  }
  return low + 1;
}

interface Growing {
  readonly feature: number[];
  readonly threshold: number[];
  readonly left: number[];
  readonly right: number[];
  readonly value: number[];
}

interface Sums {
  readonly slope: number;
  readonly weight: number;
}

function growTree(binned: Binned, { rows, failed }: Table, logits: Float64Array): Tree {
  const slopes = new Float64Array(rows.length);
  const weights = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const p = probabilityOf(logits[i]!);
    slopes[i] = (failed[i] ? 1 : 0) - p;
    weights[i] = p * (1 - p);
  }
  const tree: Growing = { feature: [], threshold: [], left: [], right: [], value: [] };
  const grow = (own: Uint32Array, depth: number): number => {
    const all = sumsOf(own, slopes, weights);
    const node = tree.feature.length;
    tree.feature.push(-1);
    tree.threshold.push(0);
    tree.left.push(-1);
    tree.right.push(-1);
    tree.value.push((rate * all.slope) / (all.weight + penalty));
    const split = depth < depthMax ? splitOf(binned, own, slopes, weights, all) : undefined;
    if (!split) return node;
    const column = binned.bins[split.feature]!;
    tree.feature[node] = split.feature;
    tree.threshold[node] = binned.edges[split.feature]![split.bin - 1]!;
    tree.left[node] = grow(
      own.filter((i) => column[i]! <= split.bin),
      depth + 1,
    );
    tree.right[node] = grow(
      own.filter((i) => column[i]! > split.bin),
      depth + 1,
    );
    return node;
  };
  grow(
    Uint32Array.from(rows, (_, i) => i),
    0,
  );
  return tree;
}

function splitOf(
  { edges, bins }: Binned,
  own: Uint32Array,
  slopes: Float64Array,
  weights: Float64Array,
  all: Sums,
): { readonly feature: number; readonly bin: number } | undefined {
  const gainOf = ({ slope, weight }: Sums): number => slope ** 2 / (weight + penalty);
  let best: { readonly feature: number; readonly bin: number } | undefined;
  let gainMax = 1e-6;
  const slope = new Float64Array(binsMax + 2);
  const weight = new Float64Array(binsMax + 2);
  for (let feature = 0; feature < bins.length; feature++) {
    slope.fill(0);
    weight.fill(0);
    const column = bins[feature]!;
    for (const i of own) {
      slope[column[i]!]! += slopes[i]!;
      weight[column[i]!]! += weights[i]!;
    }
    const left = { slope: slope[0]!, weight: weight[0]! };
    for (let bin = 1; bin < edges[feature]!.length; bin++) {
      left.slope += slope[bin]!;
      left.weight += weight[bin]!;
      const right = { slope: all.slope - left.slope, weight: all.weight - left.weight };
      if (left.weight < leafWeightMin || right.weight < leafWeightMin) continue;
      const gain = gainOf(left) + gainOf(right) - gainOf(all);
      if (gain <= gainMax) continue;
      gainMax = gain;
      best = { feature, bin };
    }
  }
  return best;
}

function sumsOf(own: Uint32Array, slopes: Float64Array, weights: Float64Array): Sums {
  let [slope, weight] = [0, 0];
  for (const i of own) {
    slope += slopes[i]!;
    weight += weights[i]!;
  }
  return { slope, weight };
}
