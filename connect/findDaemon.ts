// Finds the daemon of a state folder and says what kind of thing is there. It starts nothing and ends nothing but,
// asked for by a person, a daemon of this very state folder that no longer answers.

import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { ProblemError } from '../shared/model/problem.ts';
import { type DaemonFile, isAlive, readDaemonFile } from './daemonFile.ts';

/** The daemon that says it listens for this state folder; undefined where none does or its process is gone. */
export function findDaemon(stateFolder: string): DaemonFile | undefined {
  const file = readDaemonFile(stateFolder);
  return file && isAlive(file.pid) ? file : undefined;
}

/**
 * Ends the daemon of a state folder that does not answer: SIGTERM, then SIGKILL. What ran is found again at the
 * next start. Throws ProblemError where the process is not known to be that daemon, because ids are used again.
 */
export async function endDaemon(stateFolder: string, patienceMs = 5_000): Promise<void> {
  const daemon = findDaemon(stateFolder);
  if (!daemon) return;
  if (!isDaemonOf(daemon.pid, stateFolder))
    throw new ProblemError({
      code: 'not-allowed',
      message: `Process ${daemon.pid} does not look like the daemon of ${stateFolder}, so it is left alone.`,
      fix: `End it yourself if it is (kill ${daemon.pid}), or remove daemon.json from that folder if it is not.`,
    });
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    try {
      process.kill(daemon.pid, signal);
    } catch {
      return;
    }
    for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += 50) {
      if (!isAlive(daemon.pid)) return;
      await sleep(50);
    }
  }
}

/** Whether the command line of a process names this state folder, as that of every daemon started by us does. */
function isDaemonOf(pid: number, stateFolder: string): boolean {
  try {
    const command =
      process.platform === 'linux'
        ? fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
        : process.platform === 'win32'
          ? execFileSync('powershell', [
              '-NoProfile',
              '-Command',
              `(Get-CimInstance Win32_Process -Filter "ProcessId=${pid}").CommandLine`,
            ]).toString()
          : execFileSync('ps', ['-p', String(pid), '-o', 'command=']).toString();
    return command.includes(stateFolder);
  } catch {
    return false;
  }
}
