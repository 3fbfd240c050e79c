// Roll-ups: lowest, mean, highest and count of all samples in a stretch of fixed width, many stretches to a block.
// A row takes nine bytes: the mean as a short float, and how far the ends lie from it, rounded outwards. Pure.

/** Widths that are kept, in ms, and how much one block holds of each. */
export const rollupWidths = [60_000, 600_000, 3_600_000] as const;
export type RollupWidth = (typeof rollupWidths)[number];
export const rowsPerBlock = 720;

export interface Rows {
  readonly times: number[];
  readonly mins: number[];
  readonly means: number[];
  readonly maxs: number[];
  readonly counts: number[];
}

export const emptyRows = (): Rows => ({ times: [], mins: [], means: [], maxs: [], counts: [] });

/** Adds one stretch, or merges it into the last row where that is the same stretch. Must not be earlier. */
export function addRow(
  rows: Rows,
  atMs: number,
  row: { readonly min: number; readonly mean: number; readonly max: number; readonly count: number },
): void {
  const last = rows.times.length - 1;
  if (last < 0 || rows.times[last] !== atMs) {
    rows.times.push(atMs);
    rows.mins.push(row.min);
    rows.means.push(row.mean);
    rows.maxs.push(row.max);
    rows.counts.push(row.count);
    return;
  }
  const count = rows.counts[last]! + row.count;
  rows.means[last] = rows.means[last]! + (row.mean - rows.means[last]!) * (row.count / count);
  rows.mins[last] = Math.min(rows.mins[last]!, row.min);
  rows.maxs[last] = Math.max(rows.maxs[last]!, row.max);
  rows.counts[last] = count;
}

/** Puts samples or rows into stretches of a width, after what is in `into`. */
export function rollUp(
  into: Rows,
  from: {
    readonly times: ArrayLike<number>;
    readonly means: ArrayLike<number>;
    readonly mins?: ArrayLike<number>;
    readonly maxs?: ArrayLike<number>;
    readonly counts?: ArrayLike<number>;
  },
  widthMs: number,
): Rows {
  for (let i = 0; i < from.times.length; i++) {
    const mean = from.means[i]!;
    addRow(into, Math.floor(from.times[i]! / widthMs) * widthMs, {
      mean,
      min: from.mins?.[i] ?? mean,
      max: from.maxs?.[i] ?? mean,
      count: from.counts?.[i] ?? 1,
    });
  }
  return into;
}

const scratch = new DataView(new ArrayBuffer(4));

/** A block as bytes: rows as their distance from the begin of the block, counts, and three short floats. */
export function encodeRows(rows: Rows, startMs: number, widthMs: number): Uint8Array {
  const body = new Uint8Array(4 + rows.times.length * 11);
  const view = new DataView(body.buffer);
  view.setUint16(0, rows.times.length);
  let at = 4;
  let before = -1;
  for (let i = 0; i < rows.times.length; i++) {
    const slot = (rows.times[i]! - startMs) / widthMs;
    at = writeSmall(body, at, slot - before - 1);
    before = slot;
    at = writeSmall(body, at, Math.min(rows.counts[i]!, 0x7fff));
    const mean = rows.means[i]!;
    scratch.setFloat32(0, mean);
    const short = Math.min(scratch.getUint32(0) + 0x80, 0xff7fffff) & 0xffffff00;
    body[at] = short >>> 24;
    body[at + 1] = short >>> 16;
    body[at + 2] = short >>> 8;
    scratch.setUint32(0, short);
    const kept = scratch.getFloat32(0);
    view.setUint16(at + 3, upwards(kept - rows.mins[i]!));
    view.setUint16(at + 5, upwards(rows.maxs[i]! - kept));
    at += 7;
  }
  return body.slice(0, at);
}

export function decodeRows(body: Uint8Array, startMs: number, widthMs: number): Rows {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const count = view.getUint16(0);
  const rows = emptyRows();
  let at = 4;
  let slot = -1;
  for (let i = 0; i < count; i++) {
    const skipped = readSmall(body, at);
    at += skipped < 0x80 ? 1 : 2;
    slot += skipped + 1;
    const samples = readSmall(body, at);
    at += samples < 0x80 ? 1 : 2;
    scratch.setUint32(0, ((body[at]! << 24) | (body[at + 1]! << 16) | (body[at + 2]! << 8)) >>> 0);
    const mean = scratch.getFloat32(0);
    rows.times.push(startMs + slot * widthMs);
    rows.counts.push(samples);
    rows.means.push(mean);
    rows.mins.push(mean - half(view.getUint16(at + 3)));
    rows.maxs.push(mean + half(view.getUint16(at + 5)));
    at += 7;
  }
  return rows;
}

/** 0 to 32,767 in one or two bytes. */
function writeSmall(body: Uint8Array, at: number, value: number): number {
  if (value < 0x80) {
    body[at] = value;
    return at + 1;
  }
  body[at] = 0x80 | (value >>> 8);
  body[at + 1] = value & 0xff;
  return at + 2;
}

function readSmall(body: Uint8Array, at: number): number {
  const first = body[at]!;
  return first < 0x80 ? first : ((first & 0x7f) << 8) | body[at + 1]!;
}

/** The upper half of a 32-bit float that is not below the value; a distance is never negative. */
function upwards(distance: number): number {
  if (!(distance > 0)) return 0;
  scratch.setFloat32(0, distance);
  const bits = scratch.getUint32(0);
  return Math.min((bits + 0xffff) >>> 16, 0x7f7f);
}

function half(bits: number): number {
  scratch.setUint32(0, (bits << 16) >>> 0);
  return scratch.getFloat32(0);
}
