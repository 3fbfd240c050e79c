// Two starts at once give one daemon: the first to take the lock runs, the others wait until it answers and leave.
// How long is told by the clock that nobody sets: one that is put right meanwhile must not end the wait, nor draw it out.

import net from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findDaemon } from '../../connect/findDaemon.ts';
import { limits } from '../config.ts';
import { takeProcessLock } from '../store/processLock.ts';

export type Election =
  | { readonly won: true; readonly release: () => void }
  /** Another daemon runs and answers. */
  | { readonly won: false; readonly pid: number | undefined };

/**
 * Takes the lock of a state folder. Where another has it, waits for that one to listen, or for the lock to become
 * free because it ended. Gives up after `waitMs`.
 */
export async function elect(stateFolder: string, waitMs: number = limits.startWaitMs): Promise<Election> {
  const deadlineMs = performance.now() + waitMs;
  for (;;) {
    const release = takeProcessLock(path.join(stateFolder, 'daemon.lock'));
    if (release) return { won: true, release };
    const other = findDaemon(stateFolder);
    if (other && (await isListening(other.socket))) return { won: false, pid: other.pid };
    if (performance.now() > deadlineMs) return { won: false, pid: other?.pid };
    await sleep(25);
  }
}

function isListening(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.createConnection(socketPath);
    const end = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(1_000, () => end(false));
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}
