// Collects the graph's changes and writes them to disk in batches. The graph never waits for it.

import { limits } from '../config.ts';
import { createTrouble } from '../store/trouble.ts';
import type { DiskChange, GraphDisk } from './disk.ts';

export interface DiskWriter {
  add(change: DiskChange): void;
  flush(): void;
  dispose(): void;
}

/** Collects changes and writes them together. A disk that refuses is said once and tried again with the next. */
export function createDiskWriter(
  disk: GraphDisk,
  now: () => number,
  log: (level: 'info' | 'warn', message: string) => void,
): DiskWriter {
  const trouble = createTrouble('The graph could not be written to disk', log);
  let pending: DiskChange[] = [];
  let timer: NodeJS.Timeout | undefined;
  let writtenUntilPrune = 0;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (pending.length === 0) return;
    try {
      disk.write(pending);
      writtenUntilPrune += pending.length;
      pending = [];
      trouble.isOver();
      if (writtenUntilPrune > limits.graphPendingMax) {
        disk.prune(now());
        writtenUntilPrune = 0;
      }
    } catch (error) {
      trouble.is(error);
      pending = lastOfEach(pending);
    }
  };
  return {
    add(change) {
      pending.push(change);
      if (pending.length >= limits.graphPendingMax) flush();
      else timer ??= setTimeout(flush, limits.graphFlushMs).unref();
    },
    flush,
    dispose: flush,
  };
}

/** What cannot be written is kept as the last state of each resource, which the graph itself bounds. */
function lastOfEach(pending: readonly DiskChange[]): DiskChange[] {
  return [...new Map(pending.map((change) => [change.id, change])).values()];
}
