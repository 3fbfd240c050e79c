// A trained autoencoder as numbers: how far a window is from what the network can rebuild of it. Plain loops over typed
// arrays, since one window at a time is what they are fastest at; batches and training belong to the worker. Pure.

/** Weights of a dense network, layer after layer. Hidden layers are ReLU, the last is linear. */
export interface Network {
  /** Width of each layer, the input first: `[32, 16, 4, 16, 32]`. */
  readonly sizes: readonly number[];
  /** One matrix a layer, rows are inputs. */
  readonly kernels: readonly Float32Array[];
  readonly biases: readonly Float32Array[];
}

/** Widths of the network for windows of a width: down to an eighth and up again. */
export function sizesFor(width: number): readonly number[] {
  const middle = Math.max(2, Math.round(width / 2));
  const code = Math.max(2, Math.round(width / 8));
  return [width, middle, code, middle, width];
}

/** Mean squared error of the reconstruction of one window. */
export function reconstructionError(network: Network, window: ArrayLike<number>): number {
  const rebuilt = rebuild(network, window);
  let sum = 0;
  for (let i = 0; i < rebuilt.length; i++) sum += (rebuilt[i]! - window[i]!) ** 2;
  return sum / rebuilt.length;
}

/** Squared error of each cell of a window: what the network did not expect. */
export function cellErrors(network: Network, window: ArrayLike<number>): Float64Array {
  return Float64Array.from(rebuild(network, window), (value, i) => (value - window[i]!) ** 2);
}

function rebuild({ sizes, kernels, biases }: Network, window: ArrayLike<number>): ArrayLike<number> {
  let values = window;
  for (let layer = 0; layer < kernels.length; layer++) {
    const kernel = kernels[layer]!;
    const wide = sizes[layer + 1]!;
    const out = Float64Array.from(biases[layer]!);
    for (let i = 0; i < sizes[layer]!; i++) {
      const value = values[i]!;
      if (value === 0) continue;
      for (let j = 0, at = i * wide; j < wide; j++, at++) out[j]! += value * kernel[at]!;
    }
    if (layer < kernels.length - 1) for (let j = 0; j < wide; j++) if (out[j]! < 0) out[j] = 0;
    values = out;
  }
  return values;
}

/** The network as bytes: the widths as text are kept beside it. */
export function networkToBytes({ kernels, biases }: Network): Buffer {
  const parts = kernels.flatMap((kernel, layer) => [kernel, biases[layer]!]);
  return Buffer.concat(parts.map((part) => Buffer.from(part.buffer, part.byteOffset, part.byteLength)));
}

/** Throws RangeError where the bytes are not those of a network of these widths. */
export function networkFromBytes(sizes: readonly number[], bytes: Buffer): Network {
  const kernels: Float32Array[] = [];
  const biases: Float32Array[] = [];
  let at = 0;
  const take = (count: number): Float32Array => {
    const end = at + 4 * count;
    if (end > bytes.length) throw new RangeError('The weights of a model are cut off.');
    const part = new Float32Array(Uint8Array.prototype.slice.call(bytes, at, end).buffer);
    at = end;
    return part;
  };
  for (let layer = 0; layer + 1 < sizes.length; layer++) {
    kernels.push(take(sizes[layer]! * sizes[layer + 1]!));
    biases.push(take(sizes[layer + 1]!));
  }
  if (at !== bytes.length) throw new RangeError('The weights of a model are too long.');
  return { sizes, kernels, biases };
}
