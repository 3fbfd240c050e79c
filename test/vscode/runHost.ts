// Runs `test/vscode/host/**/*.test.ts` inside a real extension host: on the desktop build where it can be
// downloaded and shown, else on code-server in a headless Chromium; the tests cannot tell. Decides quickly which of
// the two it is (a machine without network must not wait), bundles the tests for the host's Node, and leaves the
// figures in the file it is told.

import fs from 'node:fs';
import path from 'node:path';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { cacheFolder } from '../../scripts/lib/cache.mjs';
import { installCodeServer } from '../../scripts/lib/codeServer.mjs';

const root = path.resolve(import.meta.dirname, '..', '..');
const bundle = path.join(root, 'dist', 'test-host.cjs');
const releasesUrl = 'https://update.code.visualstudio.com/api/releases/stable';
const askTimeoutMs = 5000;
const downloadTimeoutMs = 5 * 60_000;

export interface HostRun {
  readonly result: string;
  readonly grep?: string | undefined;
}

type Host = { readonly run: (options: HostRun) => Promise<void> } | { readonly missing: string };

/** `chromium` is the browser's path, where there is one. */
export async function prepareHost(chromium: string | undefined): Promise<Host> {
  const desktop = await getDesktop();
  if (desktop !== undefined) return { run: (options) => runIn(desktop, {}, options) };
  if (chromium === undefined) return { missing: 'neither a desktop VS Code nor a Chromium can be had here' };
  if (process.platform === 'win32') return { missing: 'the desktop VS Code cannot be downloaded here' };
  await installCodeServer();
  const wrapper = path.join(import.meta.dirname, 'electronWrapper.ts');
  return { run: (options) => runIn(wrapper, { PILOTHOUSE_CHROMIUM: chromium }, options) };
}

async function runIn(executable: string, env: Record<string, string>, options: HostRun): Promise<void> {
  await bundleTests();
  const hostEnv = {
    PILOTHOUSE_LOCAL: 'off',
    ...env,
    PILOTHOUSE_TEST_RESULT: options.result,
    PILOTHOUSE_TEST_GREP: options.grep ?? '',
  };
  try {
    await runTests({
      vscodeExecutablePath: executable,
      extensionDevelopmentPath: root,
      extensionTestsPath: bundle,
      extensionTestsEnv: hostEnv,
    });
  } catch (error) {
    // Failed tests are in the figures already; a host that never got to them has left none.
    console.error(String(error));
  }
}

/** The path of a desktop VS Code, where there is a screen to show it on and a network to get it from. */
async function getDesktop(): Promise<string | undefined> {
  const hasScreen = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (!hasScreen) return undefined;
  try {
    await fetch(releasesUrl, { method: 'HEAD', signal: AbortSignal.timeout(askTimeoutMs) });
    const cachePath = path.join(cacheFolder(), 'vscode');
    const tooLong = new Promise<never>((_, reject) => {
      setTimeout(
        () => reject(new Error('The download of VS Code took too long.')),
        downloadTimeoutMs,
      ).unref();
    });
    return await Promise.race([downloadAndUnzipVSCode({ cachePath, version: 'stable' }), tooLong]);
  } catch {
    return undefined;
  }
}

/** The host's Node may be older than ours, and loads CommonJS: so the tests are bundled, mocha stays outside. */
async function bundleTests(): Promise<void> {
  const folder = path.join(import.meta.dirname, 'host');
  const tests = fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .sort();
  const loads = tests.map((file) => `await import(${JSON.stringify(`./${file.replaceAll('\\', '/')}`)});`);
  await build({
    entryPoints: [path.join(folder, 'index.ts')],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    sourcemap: 'inline',
    external: ['vscode', 'mocha', 'better-sqlite3'],
    logLevel: 'silent',
    plugins: [
      {
        name: 'host-tests',
        setup(setup) {
          setup.onLoad({ filter: /[\\/]host[\\/]tests\.ts$/ }, () => ({
            contents: `export async function loadTests() { ${loads.join('\n')} }`,
          }));
        },
      },
    ],
  });
}
