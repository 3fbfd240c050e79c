// What discovery reads of the simulated cloud, and what it is told without asking: changes of this process at once,
// transitions when they are over, and commits of other processes when the log of the database grows.

import { watch } from 'node:fs';
import { join } from 'node:path';
import { operableKinds, structuralKinds } from '../../../shared/model/kind.ts';
import type { DiscoveryBatch, DiscoverySource } from '../contract.ts';
import { answer } from './handler.ts';
import { relationsOf, resourceOf } from './translate.ts';
import { sandboxFile, type World } from './world.ts';

const notSimulated = ['metric', 'anomaly', 'alert', 'policy', 'action'];
/** Commits of other processes come in bursts; one look for all of them. */
const settleMs = 30;

export function createSource(world: World, stateFolder: string): DiscoverySource {
  return {
    name: 'everything',
    kinds: [...operableKinds, ...structuralKinds].filter((kind) => !notSimulated.includes(kind)),
    intervalMs: 30_000,
    async read({ signal }) {
      await answer(world, signal);
      return batchOf(world);
    },
    watch: (onBatch, signal) => watchWorld(world, join(stateFolder, `${sandboxFile}-wal`), onBatch, signal),
  };
}

function batchOf(world: World): DiscoveryBatch {
  const things = world.things();
  return {
    mode: 'full',
    resources: [...things.values()].map(resourceOf),
    removed: [],
    relations: [...things.values()].flatMap((thing) => relationsOf(thing, things)),
  };
}

function watchWorld(
  world: World,
  logFile: string,
  onBatch: (batch: DiscoveryBatch) => void,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    let timer: NodeJS.Timeout | undefined;
    let isQueued = false;
    const tell = (): void => {
      if (isQueued) return;
      isQueued = true;
      queueMicrotask(() => {
        isQueued = false;
        if (signal.aborted || !world.isOpen || world.setting('outage') !== undefined) return;
        onBatch(batchOf(world));
        arm();
      });
    };
    const arm = (soonMs?: number): void => {
      clearTimeout(timer);
      if (!world.isOpen) return;
      const dueMs = world.nextDueMs();
      const delayMs = soonMs ?? (dueMs === undefined ? undefined : Math.max(dueMs - world.now(), 5));
      // Node's timers count to 2^31 ms; what is due later is found by the poll.
      if (delayMs !== undefined && delayMs < 2_147_483_647) timer = setTimeout(tell, delayMs).unref();
    };
    const stopHearing = world.onDidChange(tell);
    const stopLog = watchLog(logFile, () => arm(settleMs));
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        stopHearing();
        stopLog();
        resolve();
      },
      { once: true },
    );
    arm();
  });
}

/** A file system that cannot watch is no loss: the poll sees the change later. */
function watchLog(file: string, onChange: () => void): () => void {
  try {
    const watcher = watch(file, { persistent: false }, onChange);
    watcher.on('error', () => watcher.close());
    return () => watcher.close();
  } catch {
    return () => undefined;
  }
}
