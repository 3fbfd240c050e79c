// Cuts lists into parts that fit the wire. Sizes are measured, not guessed, because one resource may be a hundred
// times another. An item that fits no frame by itself is made smaller by its topic, never dropped.

import { limits } from '../config.ts';

/** How many items from `start` on fit a part of `bytesMax` bytes of JSON; at least one, where one is left. */
export function countThatFits<T>(
  items: readonly T[],
  start: number,
  bytesMax: number = limits.snapshotPartBytesMax,
): number {
  let bytes = 0;
  let count = 0;
  for (let i = start; i < items.length; i++) {
    bytes += jsonBytes(items[i]) + 1;
    if (count > 0 && bytes > bytesMax) break;
    count++;
  }
  return count;
}

/** Length of a value as JSON in UTF-8. */
export function jsonBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
