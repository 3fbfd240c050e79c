// VS Code for the browser, from npm: code-server is the real server, workbench and extension host, and the only
// VS Code that npm has. It is installed once into the cache folder (about a minute, 800 MB), never into the
// checkout. Its own install scripts compile for minutes and need a C++ compiler and Kerberos headers; all that is
// missed is the log files and a watchdog, for which two small files stand in. Callers: `npm start`, editor suites.

import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { cached } from './cache.mjs';
import { fetchNode24 } from './node24.mjs';
import { npm } from './npm.mjs';
import { endGroup, run, signalGroup } from './run.mjs';
import { sayWhile } from './say.mjs';

const version = '4.139.1';
/** Raised when an installed copy must be made anew. */
const recipe = 2;
/** C++ addons that are not compiled, and what takes their place. */
const standIns = { '@vscode/spdlog': 'plainLog.cjs', '@vscode/native-watchdog': 'plainWatchdog.cjs' };
const startTimeoutMs = 60_000;

/**
 * @typedef {object} CodeServer
 * @property {string} node the Node it runs with
 * @property {string} entry
 */

/** @returns {Promise<CodeServer>} */
export async function installCodeServer() {
  const node = process.versions.node.startsWith('24.') ? process.execPath : await fetchNode24();
  const folder = await cached(`code-server-${version}-${recipe}`, (target) =>
    sayWhile(
      `Installing VS Code for the browser from npm (code-server ${version}, about a minute, once)`,
      async () => {
        await npm(['install', '--prefix', target, '--save-exact', `code-server@${version}`], {
          cwd: target,
          node,
        });
        const vscode = path.join(target, 'node_modules', 'code-server', 'lib', 'vscode');
        for (const cwd of [vscode, path.join(vscode, 'extensions')]) {
          await npm(['install', '--omit=dev', '--no-save'], { cwd, node });
        }
        for (const [name, file] of Object.entries(standIns)) {
          const target = path.join(vscode, 'node_modules', name, 'index.js');
          fs.copyFileSync(path.join(import.meta.dirname, file), target);
        }
        await run(node, [entryIn(target), '--version'], {
          cwd: target,
          env: quietEnv(target),
          timeoutMs: startTimeoutMs,
        });
      },
    ),
  );
  return { node, entry: entryIn(folder) };
}

/**
 * @param {CodeServer} server
 * @param {{ vsix: string, userData: string, extensions: string }} options
 */
export async function installExtension(server, options) {
  fs.mkdirSync(options.userData, { recursive: true });
  await run(
    server.node,
    [server.entry, ...folders(options), '--install-extension', options.vsix, '--force'],
    {
      env: quietEnv(options.userData),
      timeoutMs: startTimeoutMs,
    },
  );
}

/**
 * Starts a server and waits until it listens. It asks nobody for a password: give it a `socket` in a private
 * folder and put a gate in front, or a loopback port in a test that lives for seconds.
 * @param {CodeServer} server
 * @param {{ userData: string, extensions: string, socket?: string, env?: NodeJS.ProcessEnv, args?: readonly string[] }} options
 * @returns {Promise<{ url: string, port: number, output: () => string, stop: () => Promise<void> }>}
 */
export async function startCodeServer(server, options) {
  fs.mkdirSync(options.userData, { recursive: true });
  const listen = options.socket ? ['--socket', options.socket] : ['--bind-addr', '127.0.0.1:0'];
  const args = [
    server.entry,
    ...folders(options),
    '--auth',
    'none',
    ...listen,
    ...quietArgs,
    ...(options.args ?? []),
  ];
  const child = spawn(server.node, args, {
    env: { ...quietEnv(options.userData), ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  });
  // It is in a process group of its own, so it would live on when this process is ended in the middle.
  const endNow = () => signalGroup(child, 'SIGKILL');
  process.once('exit', endNow);
  const stop = async () => {
    await endGroup(child);
    process.off('exit', endNow);
  };
  let output = '';
  const listening = new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`VS Code's server did not start in time\n${output}`)),
      startTimeoutMs,
    );
    const read = (/** @type {Buffer} */ chunk) => {
      output = (output + chunk).slice(-200_000);
      const found = /HTTP server listening on (\S+)/.exec(output);
      if (found === null) return;
      clearTimeout(timer);
      resolve(found[1]);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`VS Code's server ended with ${code} before it listened\n${output}`));
    });
    child.on('error', reject);
  });
  try {
    const address = String(await listening).replace(/\/$/, '');
    return {
      url: address,
      port: options.socket ? 0 : Number(new URL(address).port),
      output: () => output,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

const quietArgs = [
  '--disable-telemetry',
  '--disable-update-check',
  '--disable-workspace-trust',
  '--disable-getting-started-override',
  '--ignore-last-opened',
];

/**
 * Without `--config` it would write into the home folder, and without the rest look for an extension gallery.
 * @param {{ userData: string, extensions: string }} options
 */
function folders(options) {
  const config = path.join(options.userData, 'code-server.yaml');
  return ['--config', config, '--user-data-dir', options.userData, '--extensions-dir', options.extensions];
}

/**
 * The editor's processes must not take themselves for children of another editor, or of npm.
 * @param {string} home where code-server may keep its own small files
 * @returns {NodeJS.ProcessEnv}
 */
function quietEnv(home) {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|VSCODE_|ELECTRON_|NODE_OPTIONS$|PORT$|PASSWORD$)/.test(name),
  );
  return {
    ...Object.fromEntries(kept),
    EXTENSIONS_GALLERY: '{"serviceUrl":""}',
    CODE_SERVER_CONFIG: path.join(home, 'code-server.yaml'),
  };
}

/** @param {string} folder */
function entryIn(folder) {
  return path.join(folder, 'node_modules', 'code-server', 'out', 'node', 'entry.js');
}
