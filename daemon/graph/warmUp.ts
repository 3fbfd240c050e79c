// Brings back what an earlier daemon knew: a page of the disk at a time, between other work, so that a daemon with a
// large graph starts as fast as one without. Whoever asks before it is done waits for the rest. Used by the graph.

import { limits } from '../config.ts';
import type { GraphDisk, LoadedResource } from './disk.ts';

export interface WarmUp {
  /** All is there when it returns. Cheap when it was there before. */
  finish(): void;
  dispose(): void;
}

export interface WarmUpPorts {
  /** Gets each resource once, in order of ids. */
  take(page: readonly LoadedResource[]): void;
  /** Called once, after the last. */
  onDone(): void;
  /** What the disk refused. The graph is a cache: it goes on with what was read, and the clouds tell the rest. */
  onProblem(error: unknown): void;
}

/** Begins with the next turn of the process. */
export function startWarmUp(disk: Pick<GraphDisk, 'page'>, ports: WarmUpPorts): WarmUp {
  let after = '';
  let isDone = false;
  let timer: NodeJS.Timeout | undefined;
  const end = (): void => {
    isDone = true;
    clearTimeout(timer);
    ports.onDone();
  };
  const readPage = (): void => {
    try {
      const page = disk.page(after, limits.graphLoadPage);
      ports.take(page);
      after = page.at(-1)?.resource.id ?? after;
      if (page.length < limits.graphLoadPage) end();
    } catch (error) {
      isDone = true;
      ports.onProblem(error);
    }
  };
  const next = (): void => {
    timer = setTimeout(() => {
      readPage();
      if (!isDone) next();
    }, 0).unref();
  };
  next();
  return {
    finish() {
      while (!isDone) readPage();
    },
    dispose() {
      isDone = true;
      clearTimeout(timer);
    },
  };
}
