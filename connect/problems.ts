// What to tell a person of a daemon that cannot be reached, each with the way out. Sentences name the process and
// the log, because those are what the way out needs.

import fs from 'node:fs';
import type { Problem } from '../shared/model/problem.ts';
import type { DaemonFile } from './daemonFile.ts';
import { logPath } from './paths.ts';
import { lastLogLines, type StartedDaemon } from './startDaemon.ts';

export function notRunning(stateFolder: string): Problem {
  return {
    code: 'disconnected',
    message: `No Pilothouse daemon runs for ${stateFolder}.`,
    fix: 'Any other command starts one, as does `pilothouse daemon start`.',
  };
}

export function hangs(file: DaemonFile, stateFolder: string): Problem {
  return {
    code: 'timed-out',
    message: `The Pilothouse daemon (process ${file.pid}) is there but does not answer.`,
    fix: `Restart it (Pilothouse: Restart Daemon, or \`pilothouse daemon stop --force\`): what it ran is found again. Its log is ${logPath(stateFolder)}.`,
  };
}

export function forbidden(file: DaemonFile): Problem {
  return {
    code: 'not-allowed',
    message: `The daemon's socket ${file.socket} may not be opened by this user.`,
    fix: 'Use a state folder of your own (--state or PILOTHOUSE_STATE).',
  };
}

export function diedAtStart(
  stateFolder: string,
  exit: NonNullable<ReturnType<StartedDaemon['exit']>>,
): Problem {
  if (isDiskFull(stateFolder)) return diskFull(stateFolder);
  const how = exit.error ?? (exit.signal ? `signal ${exit.signal}` : `exit code ${exit.code}`);
  const log = lastLogLines(stateFolder, 3);
  return {
    code: 'disconnected',
    message: `The Pilothouse daemon ended as soon as it was started (${how}).`,
    fix: `Its log ${logPath(stateFolder)} says why${log ? `; it ends with:\n${log}` : '.'}`,
  };
}

export function didNotStart(stateFolder: string, patienceMs: number): Problem {
  return {
    code: 'timed-out',
    message: `The Pilothouse daemon was started and did not answer within ${patienceMs / 1000} s.`,
    fix: `Look at its log ${logPath(stateFolder)} and try again.`,
  };
}

export function didNotDrain(file: DaemonFile, stateFolder: string): Problem {
  return {
    code: 'draining',
    message: `The older daemon (process ${file.pid}, version ${file.version}) still finishes what it runs.`,
    fix: `Wait for its plans to end and try again, or stop it (\`pilothouse daemon stop --force\`). Its log is ${logPath(stateFolder)}.`,
  };
}

export function keepsEnding(stateFolder: string, times: number): Problem {
  if (isDiskFull(stateFolder)) return diskFull(stateFolder);
  return {
    code: 'disconnected',
    message: `The Pilothouse daemon ended ${times} times in a row, so it is not started again by itself.`,
    fix: `Its log ${logPath(stateFolder)} says why; then restart it (Pilothouse: Restart Daemon).`,
  };
}

/** Less than this and a daemon that ended may not even have been able to say why. */
const freeBytesMin = 256 * 1024;

function isDiskFull(stateFolder: string): boolean {
  try {
    const { bavail, bsize } = fs.statfsSync(stateFolder);
    return bavail * bsize < freeBytesMin;
  } catch {
    return false;
  }
}

/** It needs a person: no further try would end otherwise. */
function diskFull(stateFolder: string): Problem {
  return {
    code: 'store-unavailable',
    message: `The Pilothouse daemon cannot run: there is no space left on the disk of ${stateFolder}.`,
    fix: 'Free some disk space, then start it again (Pilothouse: Restart Daemon, or any command). Nothing is lost.',
  };
}

export const wasStopped: Problem = {
  code: 'disconnected',
  message: 'The Pilothouse daemon was stopped.',
  fix: 'Start it again when you want it (Pilothouse: Restart Daemon, or any command in the terminal).',
};

export const sessionEnded: Problem = {
  code: 'disconnected',
  message: 'This session with the daemon has ended.',
};
