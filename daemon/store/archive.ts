// One file that holds several: a tar (POSIX ustar) under gzip, so that a backup can be looked into with any tool.
// Written and read as a stream, whatever its size. Reading takes plain files alone, with names that stay in the
// folder they are unpacked to. Used by the backup of the state and nobody else.

import {
  closeSync,
  createReadStream,
  createWriteStream,
  fsyncSync,
  openSync,
  statSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { storeProblem } from './database.ts';

const block = 512;

export interface ArchiveEntry {
  /** Plain file name. */
  readonly name: string;
  readonly path: string;
}

/** Writes the entries, in order, into a new file with mode 0600. */
export async function writeArchive(file: string, entries: readonly ArchiveEntry[]): Promise<void> {
  const target = createWriteStream('', { fd: openSync(file, 'wx', 0o600), flush: true });
  await pipeline(Readable.from(blocksOf(entries)), createGzip(), target);
}

async function* blocksOf(entries: readonly ArchiveEntry[]): AsyncGenerator<Buffer> {
  for (const entry of entries) {
    const { size } = statSync(entry.path);
    yield headerOf(entry.name, size);
    for await (const bytes of createReadStream(entry.path)) yield bytes as Buffer;
    yield Buffer.alloc((block - (size % block)) % block);
  }
  yield Buffer.alloc(2 * block);
}

function headerOf(name: string, size: number): Buffer {
  const header = Buffer.alloc(block);
  const put = (text: string, at: number): void => void header.write(text, at, 'ascii');
  put(name, 0);
  put('0000600\0', 100);
  put('0000000\0', 108);
  put('0000000\0', 116);
  put(`${size.toString(8).padStart(11, '0')}\0`, 124);
  put('00000000000\0', 136);
  put('0', 156);
  put('ustar\x0000', 257);
  put(`${sumOf(header).toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

/** Sum of the header's bytes with its own field as spaces. */
function sumOf(header: Buffer): number {
  let sum = 0;
  for (let at = 0; at < block; at++) sum += at >= 148 && at < 156 ? 32 : header[at]!;
  return sum;
}

/** Unpacks into a folder; gives the names in order. Throws ProblemError where it is not such a file, whole. */
export async function readArchive(file: string, folder: string): Promise<readonly string[]> {
  const unpacker = createUnpacker(file, folder);
  try {
    await pipeline(createReadStream(file), createGunzip(), async (source: AsyncIterable<Buffer>) => {
      for await (const bytes of source) unpacker.take(bytes);
    });
  } catch (error) {
    throw notABackup(file, error);
  } finally {
    unpacker.close();
  }
  if (!unpacker.isOver) throw notABackup(file);
  return unpacker.names;
}

/** Takes the bytes of a tar as they come and writes its files. */
function createUnpacker(file: string, folder: string) {
  const names: string[] = [];
  let open: { readonly descriptor: number; left: number; padding: number } | undefined;
  let rest: Buffer = Buffer.alloc(0);
  let isOver = false;
  /** Writes what belongs to the open file; false where more bytes are needed first. */
  function fill(): boolean {
    if (!open) return true;
    const bytes = rest.subarray(0, open.left);
    if (bytes.length > 0) writeSync(open.descriptor, bytes);
    open.left -= bytes.length;
    rest = rest.subarray(bytes.length);
    if (open.left > 0 || rest.length < open.padding) return false;
    rest = rest.subarray(open.padding);
    close();
    return true;
  }
  function close(): void {
    if (!open) return;
    fsyncSync(open.descriptor);
    closeSync(open.descriptor);
    open = undefined;
  }
  return {
    names,
    get isOver() {
      return isOver;
    },
    take(bytes: Buffer): void {
      rest = Buffer.concat([rest, bytes]);
      while (fill() && rest.length >= block && !isOver) {
        const header = rest.subarray(0, block);
        rest = rest.subarray(block);
        isOver = header.every((byte) => byte === 0);
        if (isOver) return;
        const { name, size } = readHeader(header, file);
        names.push(name);
        const descriptor = openSync(path.join(folder, name), 'wx', 0o600);
        open = { descriptor, left: size, padding: (block - (size % block)) % block };
      }
    },
    close,
  };
}

function readHeader(header: Buffer, file: string): { readonly name: string; readonly size: number } {
  const text = (from: number, to: number): string =>
    header.toString('latin1', from, to).replace(/\0.*$/s, '').trim();
  const name = text(0, 100);
  const size = Number.parseInt(text(124, 136), 8);
  const isSound = Number.parseInt(text(148, 156), 8) === sumOf(header) && text(156, 157) === '0';
  if (!isSound || !/^[a-z][a-zA-Z0-9.-]{0,98}$/.test(name) || !Number.isSafeInteger(size))
    throw notABackup(file);
  return { name, size };
}

export function notABackup(file: string, cause?: unknown): Error {
  return storeProblem(
    `${file} is no whole backup of Pilothouse.`,
    'Give the path of a file that "pilothouse backup" wrote.',
    cause,
  );
}
