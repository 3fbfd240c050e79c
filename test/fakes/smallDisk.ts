// A disk that can be filled: a tmpfs of a few megabytes. Only root may mount one, and not everywhere; a suite that
// cannot have it is skipped by name.

import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

export interface SmallDisk {
  readonly folder: string;
  /** Leaves so many bytes, and by default not one. */
  fill(leaveBytes?: number): void;
  freeBytes(): number;
  makeRoom(): void;
  /** Takes it away, whoever still has a file open. */
  remove(): void;
}

/** Mounts it over the folder; undefined where that is not allowed. */
export function mountSmallDisk(folder: string, megabytes: number): SmallDisk | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined;
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=700`, 'none', folder], {
      stdio: 'ignore',
    });
  } catch {
    return undefined;
  }
  const ballast = path.join(folder, 'ballast');
  return {
    folder,
    fill: (leaveBytes = 0) => {
      fillFile(ballast);
      if (leaveBytes > 0) fs.truncateSync(ballast, fs.statSync(ballast).size - leaveBytes);
    },
    freeBytes: () => {
      const { bavail, bsize } = fs.statfsSync(folder);
      return bavail * bsize;
    },
    makeRoom: () => fs.rmSync(ballast, { force: true }),
    remove: () => void execFileSync('umount', ['--lazy', folder]),
  };
}

/** Ever smaller pieces, until not one byte fits. */
function fillFile(file: string): void {
  const descriptor = fs.openSync(file, 'a');
  try {
    for (let bytes = 1024 * 1024; bytes > 0; ) {
      try {
        fs.writeSync(descriptor, Buffer.alloc(bytes));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
        bytes = Math.floor(bytes / 2);
      }
    }
  } finally {
    fs.closeSync(descriptor);
  }
}
