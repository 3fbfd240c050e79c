// A chunk: the samples of one series in one hour, compressed as they come. Times are the difference of differences,
// values the changed bits of the one before, both as in Gorilla (Pelkonen et al., VLDB 2015); times are whole
// tenths of a second and values keep four to five digits (`bits.ts`). One pass, append only; it never looks at another series.

import { BitReader, BitWriter, bitsOf, numberOf } from './bits.ts';

/** Sizes of the difference of two differences, in bits, shortest first; the last holds any within one chunk. */
const timeSizes = [3, 9, 18, 32] as const;
/** Times are written in units of this, ms. */
const grainMs = 100;

export interface Samples {
  readonly times: Float64Array;
  readonly values: Float64Array;
}

export class Chunk {
  /** Begin of its hour, ms. */
  readonly startMs: number;
  count = 0;
  lastMs = 0;
  /** Newer than what is on the disk. */
  isDirty = true;
  /** Time of the last sample that is in the roll-ups on the disk; 0: none is. */
  rolledUpMs = 0;
  #delta = 0;
  #bits = 0;
  #lead = -1;
  #length = 0;
  #writer: BitWriter;

  constructor(startMs: number, writer = new BitWriter()) {
    this.startMs = startMs;
    this.#writer = writer;
  }

  /** Takes a chunk up again that was written before. */
  static decode(startMs: number, body: Uint8Array): Chunk {
    const chunk = new Chunk(startMs);
    const { times, values } = decodeSamples(startMs, body);
    for (let i = 0; i < times.length; i++) chunk.append(times[i]!, values[i]!);
    chunk.isDirty = false;
    return chunk;
  }

  /** Appends a sample that is later than the last and within the hour; its time is whole tenths of a second. */
  append(atMs: number, value: number): void {
    const delta = Math.round((atMs - (this.count === 0 ? this.startMs : this.lastMs)) / grainMs);
    this.#writeTime(delta - this.#delta);
    this.#writeValue(bitsOf(value));
    this.#delta = delta;
    this.lastMs = atMs;
    this.count++;
    this.isDirty = true;
  }

  get lastValue(): number {
    return numberOf(this.#bits);
  }

  /** Count, then the bits. */
  encode(): Uint8Array {
    const bits = this.#writer.bytes();
    const body = new Uint8Array(bits.length + 4);
    new DataView(body.buffer).setUint32(0, this.count);
    body.set(bits, 4);
    return body;
  }

  #writeTime(change: number): void {
    if (change === 0) {
      this.#writer.write(0, 1);
      return;
    }
    for (let i = 0; i < timeSizes.length; i++) {
      const size = timeSizes[i]!;
      const half = 2 ** (size - 1);
      if (change >= half || change < -half) continue;
      // One 1 for each size passed over, then a 0 except after the last.
      this.#writer.write((2 ** (i + 1) - 1) * (i < 3 ? 2 : 1), i < 3 ? i + 2 : i + 1);
      this.#writer.write(change >>> 0, size);
      return;
    }
  }

  #writeValue(bits: number): void {
    const changed = (bits ^ this.#bits) >>> 0;
    this.#bits = bits;
    if (changed === 0) {
      this.#writer.write(0, 1);
      return;
    }
    const lead = Math.clz32(changed);
    const tail = 31 - Math.clz32(changed & -changed);
    const fits = this.#lead >= 0 && lead >= this.#lead && tail >= 32 - this.#lead - this.#length;
    // A window that has become much too wide costs more than a new one.
    if (fits && this.#length - (32 - lead - tail) < 10) this.#writer.write(0b10, 2);
    else {
      this.#lead = lead;
      this.#length = 32 - lead - tail;
      this.#writer.write(0b11, 2);
      this.#writer.write(lead, 5);
      this.#writer.write(this.#length - 1, 5);
    }
    this.#writer.write(changed >>> (32 - this.#lead - this.#length), this.#length);
  }
}

/** The samples of a chunk, oldest first. */
export function decodeSamples(startMs: number, body: Uint8Array): Samples {
  const count = new DataView(body.buffer, body.byteOffset, body.byteLength).getUint32(0);
  const reader = new BitReader(body.subarray(4));
  const times = new Float64Array(count);
  const values = new Float64Array(count);
  let atMs = startMs;
  let delta = 0;
  let bits = 0;
  let lead = 0;
  let length = 0;
  for (let i = 0; i < count; i++) {
    delta += readTime(reader);
    atMs += delta * grainMs;
    if (reader.read(1) === 1) {
      if (reader.read(1) === 1) {
        lead = reader.read(5);
        length = reader.read(5) + 1;
      }
      bits = (bits ^ (reader.read(length) << (32 - lead - length))) >>> 0;
    }
    times[i] = atMs;
    values[i] = numberOf(bits);
  }
  return { times, values };
}

function readTime(reader: BitReader): number {
  if (reader.read(1) === 0) return 0;
  let size = 0;
  while (size < timeSizes.length - 1 && reader.read(1) === 1) size++;
  const bits = timeSizes[size]!;
  const value = reader.read(bits);
  return value >= 2 ** (bits - 1) ? value - 2 ** bits : value;
}
