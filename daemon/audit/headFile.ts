// A second memory of the newest audit record, outside the database: a small file that is written after every append.
// With it a trail whose last records, or all of them, were taken away, or that was swapped for another, is noticed.
// The file is written after the database, never before, so an honest crash can only leave it behind, not ahead.
// Two slots are written in turn, each with its own check, so that a write cut off in the middle loses neither.

import {
  closeSync,
  existsSync,
  fdatasyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  writeSync,
} from 'node:fs';
import { crc32 } from 'node:zlib';
import type { AuditHead, HeadWitness } from './contract.ts';

const slotBytes = 128;

/** Opens, but does not make, the head file; the first `write` makes it. */
export function openHeadFile(file: string): HeadWitness {
  let descriptor: number | undefined;
  let newest = 0;
  const open = (): number => {
    if (!existsSync(file)) return openSync(file, 'w+', 0o600);
    newest = newestOf(readFileSync(file, 'latin1'))?.seq ?? 0;
    return openSync(file, 'r+');
  };
  return {
    name: file,
    read: () => (existsSync(file) ? readHead(file) : undefined),
    write: (head, durable) => {
      descriptor ??= open();
      // Going back happens only after a person acknowledged a broken end: the other slot must not outlive it.
      if (head.seq < newest) ftruncateSync(descriptor);
      newest = head.seq;
      writeSync(descriptor, slotOf(head), (head.seq % 2) * slotBytes);
      if (durable) fdatasyncSync(descriptor);
    },
    close: () => {
      if (descriptor !== undefined) closeSync(descriptor);
      descriptor = undefined;
    },
  };
}

function slotOf(head: AuditHead): string {
  const text = `${String(head.seq).padStart(16, '0')} ${head.hash}`;
  return `${text} ${checkOf(text)}`.padEnd(slotBytes - 1).concat('\n');
}

function readHead(file: string): AuditHead {
  const newest = newestOf(readFileSync(file, 'latin1'));
  if (!newest) throw new Error(`${file} was altered: it holds no valid head.`);
  return newest;
}

function newestOf(text: string): AuditHead | undefined {
  const heads = [text.slice(0, slotBytes), text.slice(slotBytes)].flatMap(parseSlot);
  return heads.sort((a, b) => b.seq - a.seq)[0];
}

function parseSlot(slot: string): readonly AuditHead[] {
  const match = /^((\d{16}) ([0-9a-f]{64})) ([0-9a-f]{8}) *\n$/.exec(slot);
  if (!match || checkOf(match[1]!) !== match[4]) return [];
  return [{ seq: Number(match[2]), hash: match[3]! }];
}

function checkOf(text: string): string {
  return crc32(text).toString(16).padStart(8, '0');
}
