// Where a daemon keeps its state and where it listens. Extension, terminal and daemon compute the same answers from
// the same environment. The socket stands in a folder that only its user can enter; nobody else's folder is used.

import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ProblemError } from '../shared/model/problem.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Longest path of a Unix socket in bytes that all systems take: macOS has 104 with the ending NUL, Linux 108. */
const socketPathBytesMax = 103;

/** State folder: `--state`, else `PILOTHOUSE_STATE`, else the user's data folder of this system. Absolute. */
export function stateFolderOf(
  given: string | undefined,
  env: Environment = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = os.homedir(),
): string {
  const wanted = given || env.PILOTHOUSE_STATE;
  if (wanted) return path.resolve(wanted);
  switch (platform) {
    case 'win32':
      return path.join(env.LOCALAPPDATA || path.join(home, 'AppData', 'Local'), 'Pilothouse');
    case 'darwin':
      return path.join(home, 'Library', 'Application Support', 'Pilothouse');
    default:
      return path.join(env.XDG_DATA_HOME || path.join(home, '.local', 'share'), 'pilothouse');
  }
}

/** Where the daemon of this state folder listens: inside it, or, where that path is too long, in the user's runtime folder. */
export function socketPathOf(
  stateFolder: string,
  env: Environment = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  const hash = createHash('sha256').update(stateFolder).digest('hex').slice(0, 16);
  if (platform === 'win32') return `\\\\.\\pipe\\pilothouse-${hash}`;
  const inside = path.join(stateFolder, 'daemon.sock');
  if (Buffer.byteLength(inside) <= socketPathBytesMax) return inside;
  const runtime = env.XDG_RUNTIME_DIR || path.join('/tmp', `pilothouse-${os.userInfo().uid}`);
  const outside = path.join(runtime, `pilothouse-${hash}`, 's');
  return Buffer.byteLength(outside) <= socketPathBytesMax
    ? outside
    : path.join('/tmp', `pilothouse-${os.userInfo().uid}`, `pilothouse-${hash}`, 's');
}

export function daemonFilePath(stateFolder: string): string {
  return path.join(stateFolder, 'daemon.json');
}

export function logPath(stateFolder: string): string {
  return path.join(stateFolder, 'daemon.log');
}

/**
 * Makes a folder that only its user can enter, or closes one of the user's to others.
 * Throws ProblemError where it belongs to somebody else or is not a folder.
 */
export function makePrivateFolder(folder: string): void {
  try {
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (process.platform === 'win32') return;
    const stat = fs.lstatSync(folder);
    const isLink = stat.isSymbolicLink();
    const real = isLink ? fs.statSync(folder) : stat;
    if (!real.isDirectory() || real.uid !== os.userInfo().uid)
      throw new Error('it is not a folder of this user');
    if ((real.mode & 0o077) !== 0) fs.chmodSync(folder, 0o700);
  } catch (error) {
    throw new ProblemError(
      {
        code: 'store-unavailable',
        message: `The folder ${folder} cannot be used: ${error instanceof Error ? error.message : String(error)}.`,
        fix: 'Give another folder with --state or PILOTHOUSE_STATE, or make this one yours.',
      },
      error,
    );
  }
}
