// Set-up without being asked: the right Node, the packages, the bundles. `start`, `test`, `pilothouse`, `build`
// and `bench` call it first. This file and all it imports run on Node 18; where the machine's Node is too old it
// runs the calling script again with Node 24 and never returns. When all is in place it costs a few milliseconds
// and says nothing; otherwise it says what it does on stderr, never on stdout.

import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder, withLock } from './lib/cache.mjs';
import { isFresh } from './lib/freshness.mjs';
import { fetchNode24, isNodeNewEnough } from './lib/node24.mjs';
import { npm } from './lib/npm.mjs';
import { runInherited } from './lib/run.mjs';
import { say, sayWhile } from './lib/say.mjs';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const installAttemptsMax = 2;

/**
 * @param {string} script `import.meta.url` of the caller
 * @param {{ build?: boolean }} [options] `build: false` where the caller builds by itself
 */
export async function bootstrap(script, options = {}) {
  try {
    if (!isNodeNewEnough()) {
      const node = await fetchNode24();
      process.exit(await runInherited(node, [fileURLToPath(script), ...process.argv.slice(2)]));
    }
    const ownFolder = path.dirname(process.execPath);
    process.env.PATH = `${ownFolder}${path.delimiter}${process.env.PATH ?? ''}`;
    if (!arePackagesInstalled()) await withLock(lockName('install'), installPackages);
    if (options.build !== false && !isFresh(root)) await withLock(lockName('build'), buildBundles);
  } catch (error) {
    say(`Pilothouse could not set itself up: ${error instanceof Error ? error.message : error}`);
    say(`Nothing outside ${root} and ${cacheFolder()} was changed; running the command again continues.`);
    process.exit(1);
  }
}

/**
 * npm writes down what it really installed; comparing that with the lock file needs no stamp of our own, and
 * also holds for a person who ran npm by hand. Optional packages may be for another platform.
 */
function arePackagesInstalled() {
  const wanted = readPackages(path.join(root, 'package-lock.json'));
  const present = readPackages(path.join(root, 'node_modules', '.package-lock.json'));
  if (present === undefined) return false;
  return Object.entries(wanted ?? {}).every(
    ([name, entry]) => name === '' || entry.optional || present[name]?.version === entry.version,
  );
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, optional?: boolean }> | undefined}
 */
function readPackages(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

async function installPackages() {
  for (let attempt = 1; !arePackagesInstalled(); attempt += 1) {
    try {
      await sayWhile('Installing packages', () => npm(['ci', '--ignore-scripts'], { cwd: root }));
      if (!arePackagesInstalled())
        throw new Error('npm ci left node_modules different from package-lock.json');
    } catch (error) {
      if (attempt === installAttemptsMax) throw error;
      say(`That did not work, trying again without the old node_modules: ${error}`);
      fs.rmSync(path.join(root, 'node_modules'), { recursive: true, force: true });
    }
  }
}

/** esbuild is among the packages, so it is loaded only here. */
async function buildBundles() {
  if (isFresh(root)) return;
  const { build } = await import('./build.mjs');
  await sayWhile('Building', () => build());
}

/** Two checkouts do not wait for each other. @param {string} what */
function lockName(what) {
  return `${what}-${createHash('sha256').update(root).digest('hex').slice(0, 12)}`;
}
