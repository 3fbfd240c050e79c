// `npm run package`: one .vsix for every platform. It is put together in a folder of its own that holds only what
// runs: minified bundles, the pages of the webviews, better-sqlite3 with its ready-made binaries, the texts, and a
// package.json without what only a checkout needs. So nothing slips in by forgetting to ignore it, and an editor
// without a checkout has all it needs. Fails when the file is larger than an extension should be.

import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bootstrap, root } from './bootstrap.mjs';
import { withLock } from './lib/cache.mjs';
import { run } from './lib/run.mjs';

const bytesMax = 15 * 1024 * 1024;
const texts = ['README.md', 'CHANGELOG.md', 'LICENSE'];
const checkoutOnly = ['scripts', 'devDependencies', 'dependencies', 'private', 'type'];

/**
 * @param {string} [file] where to put it; by default `pilothouse-VERSION.vsix` in the checkout
 * @returns {Promise<string>}
 */
export async function packageExtension(file) {
  const manifest = readJson('package.json');
  const target = file ?? path.join(root, `${manifest.name}-${manifest.version}.vsix`);
  await withLock('package', async () => {
    const stage = path.join('dist', 'package');
    fs.rmSync(path.join(root, stage), { recursive: true, force: true });
    const { build } = await import('./build.mjs');
    await build({ outdir: path.join(stage, 'dist'), minify: true });
    for (const text of texts) copy(text, stage);
    copy('media', stage);
    copy(path.join('docs', 'images'), stage);
    for (const named of filesNamedIn(manifest.contributes, manifest.icon)) copy(named, stage);
    copySqlite(stage);
    writeManifest(manifest, stage);
    const vsce = path.join(root, 'node_modules', '@vscode', 'vsce', 'vsce');
    const quiet = ['--no-rewrite-relative-links', '--allow-missing-repository'];
    await run(process.execPath, [vsce, 'package', ...quiet, '--out', target], {
      cwd: path.join(root, stage),
    });
  });
  const { size } = fs.statSync(target);
  if (size > bytesMax) throw new Error(`${target} has ${megabytes(size)}, more than ${megabytes(bytesMax)}`);
  return target;
}

/**
 * vsce asks npm what the production dependencies are. The only one is better-sqlite3, which needs nothing itself
 * when its binary is ready-made.
 * @param {any} manifest
 * @param {string} stage
 */
function writeManifest(manifest, stage) {
  const kept = Object.fromEntries(Object.entries(manifest).filter(([name]) => !checkoutOnly.includes(name)));
  const { version } = readJson('node_modules/better-sqlite3/package.json');
  writeJson(path.join(stage, 'package.json'), {
    ...kept,
    engines: { vscode: manifest.engines.vscode },
    dependencies: { 'better-sqlite3': version },
  });
}

/** Its library and the binaries of all platforms; neither SQLite's source nor the build files. @param {string} stage */
function copySqlite(stage) {
  const from = path.join('node_modules', 'better-sqlite3');
  for (const part of ['lib', 'prebuilds', 'LICENSE']) copy(path.join(from, part), stage);
  const { name, version, main, exports, license } = readJson(path.join(from, 'package.json'));
  writeJson(path.join(stage, from, 'package.json'), { name, version, main, exports, license });
}

/**
 * Icons and texts that the manifest points to.
 * @param {...unknown} values
 * @returns {string[]}
 */
function filesNamedIn(...values) {
  return values.flatMap((value) => {
    if (typeof value === 'object' && value !== null) return filesNamedIn(...Object.values(value));
    const isFile = typeof value === 'string' && /\.\w+$/.test(value) && !path.isAbsolute(value);
    return isFile && fs.existsSync(path.join(root, value)) ? [value] : [];
  });
}

/**
 * @param {string} file
 * @param {string} stage
 */
function copy(file, stage) {
  fs.cpSync(path.join(root, file), path.join(root, stage, file), { recursive: true });
}

/** @param {string} file */
function readJson(file) {
  return JSON.parse(fs.readFileSync(path.join(root, file), 'utf8'));
}

/**
 * @param {string} file
 * @param {unknown} value
 */
function writeJson(file, value) {
  fs.writeFileSync(path.join(root, file), JSON.stringify(value, null, 2));
}

/** @param {number} bytes */
function megabytes(bytes) {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await bootstrap(import.meta.url, { build: false });
  const file = await packageExtension();
  console.log(`${path.relative(root, file)}: ${megabytes(fs.statSync(file).size)}`);
}
