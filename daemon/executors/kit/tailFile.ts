// Reads on in a log file that others write: from where the last look stopped, whole lines only, so many bytes at once.
// A file that was renamed is read to its end before the one in its place is begun, also where that happened several
// times; one that was cut is read from its beginning. It knows nothing of what the lines say.

import { type FileHandle, open, readdir, stat } from 'node:fs/promises';
import path from 'node:path';

export interface TailPlace {
  readonly inode: number;
  readonly offset: number;
}

export interface TailRead {
  readonly text: string;
  /** Behind the last byte of the text. */
  readonly next: TailPlace;
  readonly more: boolean;
}

export interface TailLimits {
  /** Read at once. */
  readonly bytesMax: number;
  /** Longest line, where it is longer than that. */
  readonly lineBytesMax?: number;
  /** How far from its end a file that was never seen is begun. */
  readonly firstBytesMax: number;
}

/** Renamed files that are looked at, the youngest first. */
const rotatedMax = 50;

/** Throws the error of the file system where the file cannot be read. */
export async function readTail(
  file: string,
  before: TailPlace | undefined,
  bounds: TailLimits,
): Promise<TailRead> {
  const { ino: inode, size } = await stat(file);
  const start = { inode, offset: Math.max(0, size - bounds.firstBytesMax) };
  if (before === undefined) return readPart(file, start, bounds);
  if (before.inode === inode)
    return readPart(file, before.offset <= size ? before : { inode, offset: 0 }, bounds);
  const chain = await rotatedSince(file, before.inode);
  if (chain.length === 0) return readPart(file, start, bounds);
  for (const [i, one] of chain.entries()) {
    const read = await readPart(one.file, i === 0 ? before : { inode: one.inode, offset: 0 }, bounds);
    if (read.text !== '' || read.more) return { ...read, more: true };
  }
  return readPart(file, { inode, offset: 0 }, bounds);
}

async function readPart(file: string, place: TailPlace, bounds: TailLimits): Promise<TailRead> {
  const handle = await open(file, 'r');
  try {
    const { size, ino } = await handle.stat();
    // Renamed in this very moment: it is found under its other name the next time.
    if (ino !== place.inode) return { text: '', next: place, more: true };
    const { bytesMax, lineBytesMax = bytesMax } = bounds;
    const read = await readLines(handle, place.offset, bytesMax);
    const { lines, isFull } =
      read.lines.length === 0 && read.isFull ? await readLines(handle, place.offset, lineBytesMax) : read;
    // A line longer than all that is read at once is nobody's sentence.
    const passed = lines.length === 0 && isFull ? lineBytesMax : lines.length;
    const offset = place.offset + passed;
    return { text: lines.toString('utf8'), next: { ...place, offset }, more: offset < size && isFull };
  } finally {
    await handle.close();
  }
}

/** Whole lines from a place on. */
async function readLines(
  handle: FileHandle,
  offset: number,
  bytesMax: number,
): Promise<{ readonly lines: Buffer; readonly isFull: boolean }> {
  const buffer = Buffer.alloc(bytesMax);
  const { bytesRead } = await handle.read(buffer, 0, bytesMax, offset);
  const end = buffer.subarray(0, bytesRead).lastIndexOf(10) + 1;
  return { lines: buffer.subarray(0, end), isFull: bytesRead === bytesMax };
}

/** The renamed file with this inode and those renamed after it, the oldest first; none where it is gone. */
async function rotatedSince(
  file: string,
  inode: number,
): Promise<readonly { readonly file: string; readonly inode: number }[]> {
  const [folder, name] = [path.dirname(file), path.basename(file)];
  const names = (await readdir(folder)).filter((one) => isRotated(one, name));
  const found = await Promise.all(
    names.map(async (one) => {
      const rotated = path.join(folder, one);
      const known = await stat(rotated).catch(() => undefined);
      return known ? [{ file: rotated, inode: known.ino, mtimeMs: known.mtimeMs }] : [];
    }),
  );
  const ordered = found
    .flat()
    .sort((a, b) => a.mtimeMs - b.mtimeMs)
    .slice(-rotatedMax);
  const at = ordered.findIndex((one) => one.inode === inode);
  return at < 0 ? [] : ordered.slice(at);
}

/** As logrotate names them (`auth.log.1`, `auth.log-20261121`) and lumberjack (`audit-2026-11-21T20-00-00.000.log`). */
function isRotated(one: string, name: string): boolean {
  const { name: stem, ext } = path.parse(name);
  if (one.startsWith(name)) return /^[.-][\d-]+$/.test(one.slice(name.length));
  return (
    one.startsWith(`${stem}-`) &&
    one.endsWith(ext) &&
    /^\d{4}-\d\d-\d\dT[\d.-]+$/.test(one.slice(stem.length + 1, one.length - ext.length))
  );
}
