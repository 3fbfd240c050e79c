// Says in a few milliseconds whether `dist` still matches its sources. A build leaves a list of the files it read
// with their sizes and times; the bundles are fresh while every one of them is as it was and no entry has come or
// gone. Packages are covered by the lock file, so node_modules is not walked. Runs on Node 18, without esbuild.

import fs from 'node:fs';
import path from 'node:path';

const listFile = path.join('dist', 'build.json');

/** Inputs that no bundler reports. */
const alwaysRead = ['package-lock.json', 'scripts/build.mjs'];

/** @param {string} root */
export function isFresh(root) {
  try {
    const list = JSON.parse(fs.readFileSync(path.join(root, listFile), 'utf8'));
    if (list.webviews.join() !== findWebviews(root).join()) return false;
    return Object.entries(list.inputs).every(([file, seen]) => describe(root, file) === seen);
  } catch {
    return false;
  }
}

/**
 * @param {string} root
 * @param {readonly string[]} inputs relative to root
 */
export function writeBuildList(root, inputs) {
  const own = inputs.filter((file) => !file.includes('node_modules') && fs.existsSync(path.join(root, file)));
  const entries = [...own, ...alwaysRead].map((file) => [file, describe(root, file)]);
  const list = { webviews: findWebviews(root), inputs: Object.fromEntries(entries) };
  fs.writeFileSync(path.join(root, listFile), JSON.stringify(list));
}

/** Every folder of `webview/` with a `main.ts` is a page of its own. @param {string} root */
export function findWebviews(root) {
  return fs
    .readdirSync(path.join(root, 'webview'), { withFileTypes: true })
    .filter(
      (entry) => entry.isDirectory() && fs.existsSync(path.join(root, 'webview', entry.name, 'main.ts')),
    )
    .map((entry) => entry.name)
    .sort();
}

/**
 * @param {string} root
 * @param {string} file
 */
function describe(root, file) {
  const { size, mtimeMs } = fs.statSync(path.join(root, file));
  return `${size} ${mtimeMs}`;
}
