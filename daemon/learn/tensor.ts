// TensorFlow.js, as far as it is used: an autoencoder is trained, and many windows are judged at once. It runs in the
// worker alone and is loaded there; the backend that really runs is named in every answer, because a WebAssembly that
// does not load falls back to the plain one without a word.

import path from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import {
  fused,
  getBackend,
  mean,
  ready,
  setBackend,
  squaredDifference,
  type Tensor,
  type Tensor2D,
  tensor1d,
  tensor2d,
  tidy,
  train,
} from '@tensorflow/tfjs-core';
import { initializers, layers, type Sequential, sequential } from '@tensorflow/tfjs-layers';
import { type Network, sizesFor } from './network.ts';

export interface Lesson {
  /** Windows one after the other. */
  readonly windows: Float32Array;
  readonly width: number;
  /** Share of the windows, the last ones, that are only looked at. */
  readonly holdBack: number;
  readonly epochsMax: number;
  /** Epochs without getting better after which it ends. */
  readonly patience: number;
  readonly budgetMs: number;
  readonly seed: number;
}

export interface Lecture {
  readonly network: Network;
  /** Mean error on what was held back, epoch by epoch. */
  readonly losses: readonly number[];
  /** Errors of the windows that were held back, in their order, by the network that is returned. */
  readonly heldBack: Float32Array;
  readonly backend: string;
  readonly tookMs: number;
}

const batchSize = 256;
const learningRate = 0.004;
/** Windows that are judged at once: large enough for the backend, small enough for its memory. */
const judgeBatch = 8_192;

/** Chooses the fastest backend that works: WebAssembly, else the plain one. Gives its name. */
export async function prepare(): Promise<string> {
  // In the bundle the WebAssembly lies beside it; from sources the package finds its own.
  if (path.extname(import.meta.filename) === '.cjs') setWasmPaths(`${import.meta.dirname}${path.sep}`);
  if (!(await setBackend('wasm').catch(() => false))) await setBackend('cpu');
  await ready();
  return getBackend();
}

/** Trains until it gets no better on what was held back, the epochs are over, or the time is. */
export async function teach(lesson: Lesson): Promise<Lecture> {
  const begunMs = performance.now();
  const backend = await prepare();
  const count = lesson.windows.length / lesson.width;
  const held = Math.max(1, Math.round(count * lesson.holdBack));
  const split = (count - held) * lesson.width;
  const model = build(lesson);
  const learnt = shuffled(lesson.windows.subarray(0, split), lesson.width, lesson.seed);
  const inputs = tensor2d(learnt, [count - held, lesson.width]);
  const heldBack = lesson.windows.subarray(split);
  let best: { readonly network: Network; readonly errors: Float32Array; readonly loss: number } | undefined;
  const losses: number[] = [];
  for (let epoch = 0, worse = 0; epoch < lesson.epochsMax && worse <= lesson.patience; epoch++) {
    await model.fit(inputs, inputs, { batchSize, epochs: 1, shuffle: false, verbose: 0 });
    const network = networkOf(model, sizesFor(lesson.width));
    const errors = judge(network, heldBack);
    const loss = errors.reduce((sum, error) => sum + error, 0) / errors.length;
    losses.push(loss);
    worse = best && loss > best.loss * 0.995 ? worse + 1 : 0;
    if (!best || loss < best.loss) best = { network, errors, loss };
    if (performance.now() - begunMs > lesson.budgetMs) break;
  }
  inputs.dispose();
  model.dispose();
  return {
    network: best!.network,
    losses,
    heldBack: best!.errors,
    backend,
    tookMs: performance.now() - begunMs,
  };
}

/** Error of every window, in batches on the backend. Call `prepare` first. */
export function judge(network: Network, windows: Float32Array): Float32Array {
  const width = network.sizes[0]!;
  const count = windows.length / width;
  const errors = new Float32Array(count);
  const weights = network.kernels.map((kernel, layer) => ({
    kernel: tensor2d(kernel, [network.sizes[layer]!, network.sizes[layer + 1]!]),
    bias: tensor1d(network.biases[layer]!),
  }));
  for (let at = 0; at < count; at += judgeBatch) {
    const rows = Math.min(judgeBatch, count - at);
    // The tensor leaves `tidy`, not its data: `tidy` would look for tensors in every number of it.
    const batch = tidy(() => {
      const input = tensor2d(windows.subarray(at * width, (at + rows) * width), [rows, width]);
      let values: Tensor = input;
      weights.forEach(({ kernel, bias }, layer) => {
        const activation = layer < weights.length - 1 ? 'relu' : 'linear';
        values = fused.matMul({ a: values as Tensor2D, b: kernel, bias, activation });
      });
      return mean(squaredDifference(values, input), 1);
    });
    errors.set(batch.dataSync(), at);
    batch.dispose();
  }
  for (const { kernel, bias } of weights) {
    kernel.dispose();
    bias.dispose();
  }
  return errors;
}

function build({ width, seed }: Lesson): Sequential {
  const model = sequential();
  const sizes = sizesFor(width);
  sizes.slice(1).forEach((units, layer) => {
    const isLast = layer === sizes.length - 2;
    model.add(
      layers.dense({
        units,
        activation: isLast ? 'linear' : 'relu',
        kernelInitializer: initializers.glorotUniform({ seed: seed + layer }),
        ...(layer === 0 ? { inputShape: [width] } : {}),
      }),
    );
  });
  model.compile({ optimizer: train.adam(learningRate), loss: 'meanSquaredError' });
  return model;
}

function networkOf(model: Sequential, sizes: readonly number[]): Network {
  const arrays = model.getWeights().map((weight) => Float32Array.from(weight.dataSync()));
  return {
    sizes,
    kernels: arrays.filter((_, i) => i % 2 === 0),
    biases: arrays.filter((_, i) => i % 2 === 1),
  };
}

/** Windows in another order, the same for the same seed (Fisher and Yates; Park and Miller's generator). */
function shuffled(windows: Float32Array, width: number, seed: number): Float32Array {
  const count = windows.length / width;
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  let state = (seed % 2_147_483_646) + 1;
  for (let i = count - 1; i > 0; i--) {
    state = (state * 48_271) % 2_147_483_647;
    const j = state % (i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  const out = new Float32Array(windows.length);
  order.forEach((from, to) => {
    out.set(windows.subarray(from * width, (from + 1) * width), to * width);
  });
  return out;
}
