// The files connections are found in: what they were when they were read, and a call when one of them changes. It
// watches the folders that hold them (an editor replaces a file, it does not write into it) and reads none of them.

import { type FSWatcher, statSync, watch } from 'node:fs';
import path from 'node:path';
import { limits } from '../config.ts';
import type { Clock } from './clock.ts';

/** A path that a person reads, with `~`, as the system reads it; undefined where it is not one. */
export function absoluteOf(origin: string, homeFolder: string): string | undefined {
  if (origin === '~' || origin.startsWith('~/')) return path.join(homeFolder, origin.slice(1));
  return path.isAbsolute(origin) ? origin : undefined;
}

/** Changes whenever one of the files does, comes or goes. */
export function fingerprintOf(files: readonly string[]): string {
  return files
    .map((file) => {
      const stat = statSync(file, { throwIfNoEntry: false, bigint: true });
      return stat ? `${file} ${stat.mtimeNs} ${stat.size} ${stat.ino}` : `${file} -`;
    })
    .join('\n');
}

/** Calls `onChange` some quiet time after one of the files changed. Folders that are not there are not watched. */
export function watchFiles(files: readonly string[], clock: Clock, onChange: () => void): () => void {
  const byFolder = new Map<string, Set<string>>();
  for (const file of files) {
    const folder = path.dirname(file);
    byFolder.set(folder, (byFolder.get(folder) ?? new Set()).add(path.basename(file)));
  }
  let stopTimer = (): void => undefined;
  const watchers: FSWatcher[] = [];
  for (const [folder, names] of byFolder) {
    try {
      const watcher = watch(folder, { persistent: false }, (_, name) => {
        if (name !== null && !names.has(name)) return;
        stopTimer();
        stopTimer = clock.after(limits.filesSettleMs, onChange);
      });
      // A folder that goes away ends its watcher; the next rescan sets up anew.
      watcher.on('error', () => watcher.close());
      watchers.push(watcher);
    } catch {
      // Not there, or no watches left: a rescan still sees the change.
    }
  }
  return () => {
    stopTimer();
    for (const watcher of watchers) watcher.close();
  };
}
