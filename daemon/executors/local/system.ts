// The machine as this folder sees it: where /proc is, what time it is, and how a command of the system is run. Tests
// put a folder of their own in the place of /proc. It decides nothing and keeps nothing.

import { execFile } from 'node:child_process';
import { ProblemError } from '../../../shared/model/problem.ts';
import { limits } from '../../config.ts';

export interface System {
  readonly platform: NodeJS.Platform;
  /** `/proc`, or a folder like it. */
  readonly procFolder: string;
  readonly now: () => number;
  /** Output of a command that ended with 0. Throws CommandError, or ProblemError where it is not there. */
  run(file: string, args: readonly string[], signal?: AbortSignal): Promise<string>;
}

/** A command that ended with another code than 0. */
export class CommandError extends Error {
  readonly code: number;
  readonly said: string;
  constructor(file: string, code: number, said: string) {
    super(`${file} ended with ${code}: ${said}`);
    this.name = 'CommandError';
    this.code = code;
    this.said = said;
  }
}

/** The machine this daemon runs on. */
export function thisSystem(now: () => number): System {
  return { platform: process.platform, procFolder: '/proc', now, run };
}

function run(file: string, args: readonly string[], signal?: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = {
      timeout: limits.localCommandTimeoutMs,
      maxBuffer: limits.localCommandBytesMax,
      env: { ...process.env, LC_ALL: 'C.UTF-8', SYSTEMD_COLORS: '0' },
      signal,
    };
    execFile(file, [...args], options, (error, stdout, stderr) => {
      if (!error) resolve(stdout);
      else if (typeof error.code === 'number')
        reject(new CommandError(file, error.code, String(stderr || stdout).trim()));
      else if (error.code === 'ENOENT') reject(notThere(file));
      else reject(error);
    });
  });
}

function notThere(file: string): ProblemError {
  return new ProblemError({
    code: 'unsupported',
    message: `${file} is not on this machine.`,
    fix: `Install ${file}, or leave out what needs it.`,
  });
}
