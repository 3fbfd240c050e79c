// The folder outside the checkout where big downloads live (Node 24, the browser's VS Code), and the lock that
// lets two commands run at once. An entry appears under its name only when it is complete: it is made in a
// folder beside it and renamed, so a cut-off install is never taken for a finished one. A lock whose owner has
// died is taken over. Nothing here knows what is installed.

import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { say } from './say.mjs';

const lockWaitMsMax = 15 * 60_000;
const installAttemptsMax = 3;

/** Root of everything we keep outside the checkout; `PILOTHOUSE_CACHE` moves it. */
export function cacheFolder() {
  const home = os.homedir();
  const base =
    process.platform === 'win32'
      ? (process.env.LOCALAPPDATA ?? path.join(home, 'AppData', 'Local'))
      : process.platform === 'darwin'
        ? path.join(home, 'Library', 'Caches')
        : (process.env.XDG_CACHE_HOME ?? path.join(home, '.cache'));
  return process.env.PILOTHOUSE_CACHE ?? path.join(base, 'pilothouse');
}

/**
 * The path of a finished entry of the cache, made by `make` where it is missing. `make` gets an empty folder;
 * when it fails, the next attempt gets a fresh one.
 * @param {string} name
 * @param {(folder: string) => Promise<void>} make
 * @returns {Promise<string>}
 */
export async function cached(name, make) {
  const finished = path.join(cacheFolder(), name);
  if (fs.existsSync(finished)) return finished;
  return withLock(name, async () => {
    for (let attempt = 1; !fs.existsSync(finished); attempt += 1) {
      const folder = path.join(cacheFolder(), `.making-${name}-${randomBytes(4).toString('hex')}`);
      fs.mkdirSync(folder, { recursive: true });
      try {
        await make(folder);
        fs.renameSync(folder, finished);
      } catch (error) {
        fs.rmSync(folder, { recursive: true, force: true });
        if (attempt === installAttemptsMax) throw error;
        say(`That did not work, trying again in a fresh folder: ${firstLines(error)}`);
      }
    }
    return finished;
  });
}

/**
 * Runs `work` while no other process of this user does the same.
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(name, work) {
  const folder = path.join(cacheFolder(), 'locks');
  fs.mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${name}.lock`);
  const deadline = Date.now() + lockWaitMsMax;
  let hasSaid = false;
  while (!tryLock(file)) {
    if (Date.now() > deadline)
      throw new Error(`Another command holds ${file} for too long; remove it if none runs.`);
    if (!hasSaid) say('Waiting for another Pilothouse command that prepares the same thing …');
    hasSaid = true;
    await sleep(200);
  }
  try {
    return await work();
  } finally {
    fs.rmSync(file, { force: true });
  }
}

/** @param {string} file */
function tryLock(file) {
  try {
    fs.writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
  }
  removeIfOwnerDied(file);
  return false;
}

/**
 * Two waiters may both see the dead owner, and the slower one could remove the faster one's new lock. So the
 * file is moved aside first and put back when it turns out to belong to somebody alive.
 * @param {string} file
 */
function removeIfOwnerDied(file) {
  if (isAlive(readPid(file))) return;
  const aside = `${file}.${process.pid}`;
  try {
    fs.renameSync(file, aside);
  } catch {
    return;
  }
  if (isAlive(readPid(aside))) fs.linkSync(aside, file);
  fs.rmSync(aside, { force: true });
}

/** @param {string} file */
function readPid(file) {
  try {
    return Number(fs.readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** A lock just created may still be empty: that owner counts as alive. @param {number | undefined} pid */
function isAlive(pid) {
  if (!pid) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/** @param {unknown} error */
function firstLines(error) {
  return String(error instanceof Error ? error.message : error)
    .split('\n')
    .slice(0, 6)
    .join('\n  ');
}
