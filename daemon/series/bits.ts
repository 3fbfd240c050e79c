// Numbers as bits: a growing buffer that is written and read bit by bit, and the short form of a value. Pure; used by
// the chunks of the series store only.

/** Bits of a 32-bit float that are kept: sign, exponent and 15 of the mantissa. The error stays below 1 in 65,000. */
const keptMask = 0xffffff00;
const scratch = new DataView(new ArrayBuffer(8));

/** A value as 32 bits, rounded to what is kept. */
export function bitsOf(value: number): number {
  scratch.setFloat32(0, value);
  const bits = scratch.getUint32(0);
  // To the nearest: a carry into the exponent is the right result.
  return ((bits + 0x80) & keptMask) >>> 0;
}

export function numberOf(bits: number): number {
  scratch.setUint32(0, bits);
  return scratch.getFloat32(0);
}

/** What a value is after it was stored: readers and detectors see the same. */
export function storedValue(value: number): number {
  return numberOf(bitsOf(value));
}

export class BitWriter {
  #bytes: Uint8Array;
  #bit = 0;

  constructor(bytesFirst = 64) {
    this.#bytes = new Uint8Array(bytesFirst);
  }

  /** Goes on after bits that were written before. */
  static from(bytes: Uint8Array, bits: number): BitWriter {
    const writer = new BitWriter(Math.max(64, bytes.length));
    writer.#bytes.set(bytes);
    writer.#bit = bits;
    return writer;
  }

  get bits(): number {
    return this.#bit;
  }

  /** Appends the lowest `count` (1 to 32) bits of a value. */
  write(value: number, count: number): void {
    let left = count;
    if (this.#bit + count > this.#bytes.length * 8) this.#grow();
    while (left > 0) {
      const free = 8 - (this.#bit & 7);
      const taken = Math.min(free, left);
      const part = (value >>> (left - taken)) & ((1 << taken) - 1);
      this.#bytes[this.#bit >> 3]! |= part << (free - taken);
      this.#bit += taken;
      left -= taken;
    }
  }

  /** A copy of what was written. */
  bytes(): Uint8Array {
    return this.#bytes.slice(0, (this.#bit + 7) >> 3);
  }

  #grow(): void {
    const wider = new Uint8Array(Math.ceil(this.#bytes.length * 1.5) + 8);
    wider.set(this.#bytes);
    this.#bytes = wider;
  }
}

export class BitReader {
  #bytes: Uint8Array;
  #bit = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** The next `count` (1 to 32) bits as a number without sign. */
  read(count: number): number {
    let left = count;
    let value = 0;
    while (left > 0) {
      const free = 8 - (this.#bit & 7);
      const taken = Math.min(free, left);
      const part = (this.#bytes[this.#bit >> 3]! >>> (free - taken)) & ((1 << taken) - 1);
      value = ((value << taken) | part) >>> 0;
      this.#bit += taken;
      left -= taken;
    }
    return value;
  }
}
