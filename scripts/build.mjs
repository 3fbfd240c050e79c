// Bundles the rooms for shipping: `dist/extension.cjs`, `dist/daemon.cjs`, `dist/cli.cjs`, and one script and style
// sheet for each webview, with the codicons beside them. Development bundles carry source maps; the package's are
// minified. Type checking is not done here (`npm run check`). A missing entry file is an error, not a smaller
// build. Called by the bootstrap, by `package.mjs`, and as `npm run build [-- --watch]`.

import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from './bootstrap.mjs';
import { editorApiPlugin } from './lib/editorApi.mjs';
import { findWebviews, writeBuildList } from './lib/freshness.mjs';
import { plainScriptPlugin } from './lib/plainScript.mjs';

/**
 * Each bundle for Node: entry, output, what stays outside (it is there at run time, or is native), and plugins of
 * its own.
 *
 * @typedef {{ entry: string, out: string, external: string[], plugins?: import('esbuild').Plugin[] }} NodeBundle
 * @type {readonly NodeBundle[]}
 */
const nodeBundles = [
  { entry: 'extension/main.ts', out: 'extension.cjs', external: ['vscode'], plugins: [editorApiPlugin] },
  { entry: 'daemon/main.ts', out: 'daemon.cjs', external: ['better-sqlite3'] },
  { entry: 'daemon/cli/main.ts', out: 'cli.cjs', external: ['better-sqlite3'] },
];

/**
 * Parts of the daemon that are heavy and seldom needed: a file of their own, read when they are first imported. The
 * entry is a module that is only ever reached by a dynamic `import()`. Of packages that ship ES modules, too, only
 * what is used comes along.
 */
const lazyBundles = [
  { entry: 'daemon/executors/aws/sdk.ts', out: 'aws.cjs' },
  { entry: 'daemon/executors/kubernetes/client/kubeConfig.ts', out: 'kubeconfig.cjs' },
  { entry: 'daemon/assistant/openAiSdk.ts', out: 'openai.cjs' },
  { entry: 'daemon/executors/onprem/clients.ts', out: 'onprem.cjs' },
  { entry: 'daemon/neo4j/driver.ts', out: 'neo4j.cjs' },
  // A thread of its own, started by its file.
  { entry: 'daemon/learn/worker.ts', out: 'learn.cjs' },
];

/** CommonJS has no `import.meta`; the bundles get what stands for it. */
const importMeta = {
  banner: { js: "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
  define: {
    'import.meta.url': 'importMetaUrl',
    'import.meta.dirname': '__dirname',
    'import.meta.filename': '__filename',
  },
};

/**
 * @param {{ outdir?: string, minify?: boolean, watch?: boolean }} [options] `outdir` is relative to the checkout
 */
export async function build(options = {}) {
  const esbuild = await import('esbuild');
  const outdir = options.outdir ?? 'dist';
  const minify = options.minify ?? false;
  const bundles = [...nodeBundles.map(nodeOptions), ...lazyBundles.map(lazyOptions), ...webviewOptions()].map(
    (bundle) => ({
      ...bundle,
      outfile: path.join(root, outdir, bundle.outfile),
      absWorkingDir: root,
      bundle: true,
      metafile: true,
      minify,
      sourcemap: !minify,
      legalComments: /** @type {const} */ ('none'),
      logLevel: /** @type {const} */ ('silent'),
    }),
  );
  copyCodicons(path.join(root, outdir, 'webview'));
  copyTensorBackend(path.join(root, outdir));
  if (options.watch) {
    for (const bundle of bundles) await (await esbuild.context({ ...bundle, logLevel: 'info' })).watch();
    return;
  }
  const results = await Promise.all(bundles.map((bundle) => esbuild.build(bundle)));
  const inputs = results.flatMap((result) => Object.keys(result.metafile?.inputs ?? {}));
  if (outdir === 'dist') writeBuildList(root, [...new Set(inputs)].sort());
}

/** @param {NodeBundle} bundle */
function nodeOptions(bundle) {
  return {
    entryPoints: [bundle.entry],
    outfile: bundle.out,
    external: bundle.external,
    platform: /** @type {const} */ ('node'),
    format: /** @type {const} */ ('cjs'),
    target: 'node22',
    plugins: [...(bundle.plugins ?? []), lazyPlugin, plainScriptPlugin],
    ...importMeta,
  };
}

/** @param {(typeof lazyBundles)[number]} bundle */
function lazyOptions({ entry, out }) {
  // ssh2 tries native helpers and does without them.
  const options = nodeOptions({ entry, out, external: ['*.node'] });
  return { ...options, plugins: [plainScriptPlugin], mainFields: ['module', 'main'] };
}

/** Leaves the imports of lazy bundles to run time. @type {import('esbuild').Plugin} */
const lazyPlugin = {
  name: 'lazy bundles',
  setup(build) {
    build.onResolve({ filter: /^\./, namespace: 'file' }, (imported) => {
      if (imported.kind !== 'dynamic-import') return undefined;
      const file = path.relative(root, path.resolve(imported.resolveDir, imported.path));
      const lazy = lazyBundles.find(({ entry }) => path.normalize(entry) === file);
      return lazy ? { path: `./${lazy.out}`, external: true } : undefined;
    });
  },
};

function webviewOptions() {
  return findWebviews(root).map((name) => ({
    entryPoints: [`webview/${name}/main.ts`],
    outfile: path.join('webview', `${name}.js`),
    platform: /** @type {const} */ ('browser'),
    format: /** @type {const} */ ('iife'),
    target: 'es2022',
    loader: { '.ttf': /** @type {const} */ ('dataurl'), '.svg': /** @type {const} */ ('dataurl') },
  }));
}

/**
 * The WebAssembly of TensorFlow.js, beside the bundle that loads it. The build with threads does not work in Node.
 * @param {string} folder
 */
function copyTensorBackend(folder) {
  const source = path.join(root, 'node_modules', '@tensorflow', 'tfjs-backend-wasm', 'wasm-out');
  for (const file of ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm'])
    fs.copyFileSync(path.join(source, file), path.join(folder, file));
}

/** @param {string} folder */
function copyCodicons(folder) {
  const source = path.join(root, 'node_modules', '@vscode', 'codicons', 'dist');
  fs.mkdirSync(folder, { recursive: true });
  for (const file of ['codicon.css', 'codicon.ttf'])
    fs.copyFileSync(path.join(source, file), path.join(folder, file));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { bootstrap } = await import('./bootstrap.mjs');
  await bootstrap(import.meta.url, { build: false });
  await build({ watch: process.argv.includes('--watch'), minify: process.argv.includes('--minify') });
}
