// Starts a daemon on its own, so that it outlives the window or terminal that wanted it. Its output goes to its log.
// Starting twice is harmless: the daemon holds a lock, and the loser leaves the field to the winner.

import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { productVersion } from '../shared/protocol/version.ts';
import { type Environment, logPath, makePrivateFolder } from './paths.ts';

export interface StartOptions {
  readonly stateFolder: string;
  /** The daemon's entry: `dist/daemon.cjs`, or `daemon/main.ts` in a checkout. */
  readonly entry: string;
  /** Node, or an editor that is Node with `ELECTRON_RUN_AS_NODE`. Default: this very program. */
  readonly nodePath?: string;
  readonly env?: Environment;
}

export interface StartedDaemon {
  readonly pid: number | undefined;
  /** How it ended, once it has; undefined while it runs. */
  exit():
    | { readonly code: number | null; readonly signal: string | null; readonly error?: string }
    | undefined;
}

/** Spawns a detached daemon and returns at once. `PILOTHOUSE_DAEMON_INSPECT=PORT` opens it to a debugger. */
export function startDaemon(options: StartOptions): StartedDaemon {
  makePrivateFolder(options.stateFolder);
  const env = options.env ?? process.env;
  const log = fs.openSync(logPath(options.stateFolder), 'a', 0o600);
  const inspect = env.PILOTHOUSE_DAEMON_INSPECT;
  const codeCache = prepareCodeCache(options.stateFolder);
  let exit: ReturnType<StartedDaemon['exit']>;
  const child = spawn(
    options.nodePath ?? process.execPath,
    [
      ...(inspect ? [`--inspect=${inspect}`] : []),
      ...heapFlags,
      options.entry,
      '--state',
      options.stateFolder,
    ],
    {
      detached: true,
      stdio: ['ignore', log, log],
      cwd: path.parse(options.stateFolder).root,
      windowsHide: true,
      env: {
        ...env,
        ELECTRON_RUN_AS_NODE: '1',
        NODE_OPTIONS: undefined,
        NODE_NO_WARNINGS: '1',
        NODE_COMPILE_CACHE: codeCache,
        ...allocator(env),
      },
    },
  );
  fs.closeSync(log);
  child.on('error', (error) => {
    exit = { code: null, signal: null, error: error.message };
  });
  child.on('exit', (code, signal) => {
    exit ??= { code, signal };
  });
  child.unref();
  return { pid: child.pid, exit: () => exit };
}

/**
 * A daemon is small and lives long: a small nursery keeps its memory so, and what a long list took is given back when
 * all is quiet (`daemon/discovery/giveBack.ts`), which needs the collector within reach.
 */
export const heapFlags: readonly string[] = ['--max-semi-space-size=1', '--expose-gc'];

/**
 * glibc gives each thread an arena of its own: of a daemon that mostly waits that is memory for nothing (mallopt(3),
 * M_ARENA_MAX). Elsewhere nobody reads it.
 */
export function allocator(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return process.platform === 'linux' ? { MALLOC_ARENA_MAX: env.MALLOC_ARENA_MAX ?? '1' } : {};
}

/** A cache is worth no state: it goes where the disk has less left than this, and begins anew over that size. */
const freeBytesMin = 64 * 1024 * 1024;
const codeCacheBytesMax = 64 * 1024 * 1024;

/**
 * Where Node keeps compiled code, which makes the next start faster; undefined where there is no room for it. That of
 * other versions is removed.
 */
function prepareCodeCache(stateFolder: string): string | undefined {
  const folder = path.join(stateFolder, 'code-cache');
  const own = path.join(folder, productVersion);
  try {
    const { bavail, bsize } = fs.statfsSync(stateFolder);
    const isTight = bavail * bsize + sizeOf(folder) < freeBytesMin;
    if (isTight || sizeOf(own) > codeCacheBytesMax) fs.rmSync(folder, { recursive: true, force: true });
    if (isTight) return undefined;
    fs.mkdirSync(own, { recursive: true, mode: 0o700 });
    for (const name of fs.readdirSync(folder))
      if (name !== productVersion) fs.rmSync(path.join(folder, name), { recursive: true, force: true });
    return own;
  } catch {
    // Without a cache the start only takes longer.
    return undefined;
  }
}

function sizeOf(folder: string): number {
  if (!fs.existsSync(folder)) return 0;
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + fs.statSync(path.join(entry.parentPath, entry.name)).size, 0);
}

/** The last lines of a daemon's log, for the message that says why it did not start. */
export function lastLogLines(stateFolder: string, lines = 5): string {
  try {
    const file = fs.openSync(logPath(stateFolder), 'r');
    try {
      const size = fs.fstatSync(file).size;
      const bytes = Buffer.alloc(Math.min(size, 8_192));
      fs.readSync(file, bytes, 0, bytes.length, size - bytes.length);
      return bytes.toString('utf8').trimEnd().split('\n').slice(-lines).join('\n');
    } finally {
      fs.closeSync(file);
    }
  } catch {
    return '';
  }
}
