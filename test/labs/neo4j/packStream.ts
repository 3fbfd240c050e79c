// PackStream and the chunks of Bolt, as far as the tests need them: values to bytes and back, after the public
// specification of Bolt. Whole numbers are bigints and floats are numbers, so that one is never taken for the other.
// Used by the front of the Neo4j lab and by the fake peers of the driver.

/** A structure: a message, or a node, a relation, a path. */
export class Structure {
  readonly tag: number;
  readonly fields: readonly Packed[];
  constructor(tag: number, fields: readonly Packed[]) {
    this.tag = tag;
    this.fields = fields;
  }
}
export type Packed =
  | null
  | boolean
  | bigint
  | number
  | string
  | Uint8Array
  | readonly Packed[]
  | { readonly [key: string]: Packed }
  | Structure;
export type PackedMap = { readonly [key: string]: Packed };

/** Tags of the messages. */
export const messages = {
  init: 0x01,
  goodbye: 0x02,
  reset: 0x0f,
  run: 0x10,
  begin: 0x11,
  commit: 0x12,
  rollback: 0x13,
  discard: 0x2f,
  pull: 0x3f,
  success: 0x70,
  record: 0x71,
  ignored: 0x7e,
  failure: 0x7f,
} as const;

export function pack(value: Packed): Buffer {
  if (value === null) return Buffer.from([0xc0]);
  if (typeof value === 'boolean') return Buffer.from([value ? 0xc3 : 0xc2]);
  if (typeof value === 'bigint') return packWhole(value);
  if (typeof value === 'number') {
    const bytes = Buffer.alloc(9);
    bytes[0] = 0xc1;
    bytes.writeDoubleBE(value, 1);
    return bytes;
  }
  if (typeof value === 'string') {
    const bytes = Buffer.from(value);
    return Buffer.concat([head(bytes.length, 0x80, 0xd0), bytes]);
  }
  if (value instanceof Uint8Array) return Buffer.concat([head(value.length, undefined, 0xcc), value]);
  if (value instanceof Structure)
    return Buffer.concat([Buffer.from([0xb0 | value.fields.length, value.tag]), ...value.fields.map(pack)]);
  if (Array.isArray(value)) return Buffer.concat([head(value.length, 0x90, 0xd4), ...value.map(pack)]);
  const entries = Object.entries(value as PackedMap);
  return Buffer.concat([
    head(entries.length, 0xa0, 0xd8),
    ...entries.flatMap(([key, inner]) => [pack(key), pack(inner)]),
  ]);
}

function packWhole(value: bigint): Buffer {
  if (value >= -16n && value < 128n) return Buffer.from([Number(BigInt.asUintN(8, value))]);
  const bytes = Buffer.alloc(9);
  bytes[0] = 0xcb;
  bytes.writeBigInt64BE(value, 1);
  return bytes;
}

/** `tiny` has its length in the marker up to 15; `sized` is followed by one, two or four bytes of it. */
function head(length: number, tiny: number | undefined, sized: number): Buffer {
  if (tiny !== undefined && length < 16) return Buffer.from([tiny | length]);
  const bytes = Buffer.alloc(5);
  bytes[0] = sized + 2;
  bytes.writeUInt32BE(length, 1);
  return bytes;
}

export function unpack(bytes: Buffer): Packed {
  let at = 0;
  const take = (count: number): Buffer => {
    at += count;
    return bytes.subarray(at - count, at);
  };
  const lengthOf = (width: number): number => take(width).readUIntBE(0, width);
  const text = (length: number): string => take(length).toString('utf8');
  const list = (length: number): Packed[] => Array.from({ length }, read);
  const map = (length: number): PackedMap =>
    Object.fromEntries(Array.from({ length }, () => [read() as string, read()]));
  function read(): Packed {
    const marker = take(1)[0]!;
    const low = marker & 0x0f;
    if (marker < 0x80) return BigInt(marker);
    if (marker >= 0xf0) return BigInt(marker) - 256n;
    switch (marker & 0xf0) {
      case 0x80:
        return text(low);
      case 0x90:
        return list(low);
      case 0xa0:
        return map(low);
      case 0xb0:
        return new Structure(take(1)[0]!, list(low));
    }
    return readSized(marker);
  }
  function readSized(marker: number): Packed {
    switch (marker) {
      case 0xc0:
        return null;
      case 0xc1:
        return take(8).readDoubleBE(0);
      case 0xc2:
      case 0xc3:
        return marker === 0xc3;
      case 0xc8:
      case 0xc9:
      case 0xca:
        return BigInt(take(2 ** (marker - 0xc8)).readIntBE(0, 2 ** (marker - 0xc8)));
      case 0xcb:
        return take(8).readBigInt64BE(0);
    }
    const width = 2 ** (marker & 0x03);
    switch (marker & 0xfc) {
      case 0xcc:
        return take(lengthOf(width));
      case 0xd0:
        return text(lengthOf(width));
      case 0xd4:
        return list(lengthOf(width));
      case 0xd8:
        return map(lengthOf(width));
    }
    throw new Error(`PackStream has no marker 0x${marker.toString(16)}`);
  }
  return read();
}

/** A message in chunks, with the two zeros that end it. */
export function frame(message: Structure): Buffer {
  const bytes = pack(message);
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += 0xffff) {
    const part = bytes.subarray(at, at + 0xffff);
    const size = Buffer.alloc(2);
    size.writeUInt16BE(part.length);
    parts.push(size, part);
  }
  return Buffer.concat([...parts, Buffer.alloc(2)]);
}

/** Takes bytes as they come and gives the whole messages in them. */
export function createUnframer(): (bytes: Buffer) => readonly Structure[] {
  let waiting: Buffer = Buffer.alloc(0);
  let parts: Buffer[] = [];
  return (bytes) => {
    waiting = Buffer.concat([waiting, bytes]);
    const found: Structure[] = [];
    while (waiting.length >= 2 && waiting.length >= 2 + waiting.readUInt16BE(0)) {
      const size = waiting.readUInt16BE(0);
      parts.push(waiting.subarray(2, 2 + size));
      waiting = waiting.subarray(2 + size);
      if (size > 0) continue;
      const whole = Buffer.concat(parts);
      parts = [];
      // A message of nothing keeps a line awake.
      if (whole.length > 0) found.push(unpack(whole) as Structure);
    }
    return found;
  };
}
