// What the daemon can be told when it is started, and what it needs to run at all. Checked before anything else is
// touched.

import { parseArgs } from 'node:util';
import { type Environment, stateFolderOf } from '../../connect/paths.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import { limits } from '../config.ts';
import type { LogLevel } from './logFile.ts';

export interface DaemonOptions {
  readonly stateFolder: string;
  /** Logs to the terminal too and ends with it. */
  readonly foreground: boolean;
  /** How long it stays without clients, in ms. */
  readonly idleExitMs: number;
  readonly logLevel: LogLevel;
}

/** Oldest Node the daemon runs on: better-sqlite3 13 ends older ones with SIGSEGV when a file is opened. */
const nodeMajorMin = 22;

/** Throws ProblemError where this Node cannot run the daemon. */
export function requireNode(version: string = process.versions.node): void {
  if (Number.parseInt(version, 10) >= nodeMajorMin) return;
  throw new ProblemError({
    code: 'unsupported',
    message: `The Pilothouse daemon needs Node ${nodeMajorMin} or newer; this is Node ${version}.`,
    fix: 'Start it from VS Code, which brings its own Node, or through `npm run pilothouse`, which fetches one.',
  });
}

/** Reads the command line. Throws ProblemError for what is not understood. */
export function readOptions(args: readonly string[], env: Environment): DaemonOptions {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        state: { type: 'string' },
        foreground: { type: 'boolean', default: false },
        'idle-exit-ms': { type: 'string' },
      },
    });
    const idleExitMs = Number(values['idle-exit-ms'] ?? env.PILOTHOUSE_IDLE_EXIT_MS ?? limits.idleExitMs);
    return {
      stateFolder: stateFolderOf(values.state, env),
      foreground: values.foreground,
      idleExitMs: Number.isFinite(idleExitMs) && idleExitMs > 0 ? idleExitMs : limits.idleExitMs,
      logLevel: env.PILOTHOUSE_LOG === 'debug' ? 'debug' : 'info',
    };
  } catch (error) {
    throw new ProblemError(
      {
        code: 'bad-input',
        message: `The daemon was started wrongly: ${error instanceof Error ? error.message : String(error)}`,
        fix: 'It takes --state FOLDER, --foreground and --idle-exit-ms N.',
      },
      error,
    );
  }
}
