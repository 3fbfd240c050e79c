// Gives memory back once much was read. A list of thousands is text, then objects, then a few fields of them; V8 keeps
// the room all that took, scattered, and in a process that then only waits its own timer may never ask for it back. So
// when reading has become quiet, V8 is asked once. It does nothing where the process was not started with `--expose-gc`
// (see `connect/startDaemon.ts`), and never stops a large heap, where that would be felt. Called by connections.ts.

import v8 from 'node:v8';
import { limits } from '../config.ts';
import type { Clock } from './clock.ts';

export interface GiveBack {
  /** So many resources came, changed or went. */
  note(count: number): void;
  dispose(): void;
}

/** What the process can be asked; a test brings its own. */
export interface Heap {
  /** In bytes: taken from the system, and used of it (with what is not collected yet). */
  size(): { readonly taken: number; readonly used: number };
  /** Stops everything for some 5 ms a MB that lives. Undefined: it was not exposed. */
  readonly collect: (() => void) | undefined;
}

const { gc } = globalThis;
const ownHeap: Heap = {
  size() {
    const { total_heap_size: taken, used_heap_size: used } = v8.getHeapStatistics();
    return { taken, used };
  },
  // This flavour compacts and gives pages back; an ordinary collection leaves them scattered and taken.
  collect: gc && (() => gc({ type: 'major', execution: 'sync', flavor: 'last-resort' })),
};

export function createGiveBack(clock: Clock, heap: Heap = ownHeap): GiveBack {
  const { collect } = heap;
  if (!collect) return { note: () => undefined, dispose: () => undefined };
  let floor = heap.size().taken;
  let lastMs = Number.NEGATIVE_INFINITY;
  let noted = 0;
  let stopTimer: (() => void) | undefined;
  const wait = (): void => {
    noted = 0;
    stopTimer = clock.after(limits.memoryQuietMs, look);
  };
  const look = (): void => {
    stopTimer = undefined;
    if (noted > limits.memoryQuietChangesMax) wait();
    else if (isWorthIt()) {
      collect();
      floor = heap.size().taken;
      lastMs = clock.now();
    }
  };
  const isWorthIt = (): boolean => {
    const { taken, used } = heap.size();
    return (
      clock.now() - lastMs >= limits.memoryReturnEveryMs &&
      taken - floor >= limits.memorySlackBytes &&
      used <= limits.memoryReturnHeapBytesMax
    );
  };
  return {
    note(count) {
      if (!stopTimer) wait();
      noted += count;
    },
    dispose: () => stopTimer?.(),
  };
}
