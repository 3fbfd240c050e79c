// `npm start`: opens VS Code with Pilothouse in it, ready to be tried. The desktop's `code` where it is installed, else
// VS Code in the browser. Both get the packaged extension installed, as it would come from a marketplace, into folders
// of their own: the person's own editor, its settings and its extensions stay as they are. Inside an editor's remote
// terminal there is only that editor, so there it is installed into that one. `npm start -- ask "…"`, and any other
// word, goes to the terminal's Pilothouse instead. `--no-open` prints the address without opening it.

import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { bootstrap, root } from './bootstrap.mjs';
import { cacheFolder } from './lib/cache.mjs';
import { writeFirstSettings } from './lib/firstSettings.mjs';
import { run } from './lib/run.mjs';
import { say, sayWhile } from './lib/say.mjs';

await bootstrap(import.meta.url);
const words = process.argv.slice(2).filter((word) => word !== '--no-open');
const isToOpen = !process.argv.includes('--no-open');
if (words.length > 0) {
  await import('./pilothouse.mjs');
} else {
  await startEditor().catch((error) => {
    say(`VS Code could not be started: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  });
}

async function startEditor() {
  const home = path.join(cacheFolder(), 'start');
  fs.mkdirSync(home, { recursive: true, mode: 0o700 });
  const vsix = await getPackage(home);
  const workspace = makeWorkspace(home);
  const code = await findDesktopCode();
  if (code !== undefined) return startDesktop(code, home, vsix, workspace);
  if (process.platform === 'win32')
    throw new Error('install VS Code (https://code.visualstudio.com) and run this again.');
  const { startInBrowser } = await import('./lib/startInBrowser.mjs');
  await startInBrowser({ home, vsix, workspace, isToOpen });
}

/** Packaged again only when the bundles are newer. @param {string} home */
async function getPackage(home) {
  const vsix = path.join(home, 'pilothouse.vsix');
  const isNew = (/** @type {string} */ file) =>
    fs.statSync(path.join(root, file)).mtimeMs > fs.statSync(vsix).mtimeMs;
  if (fs.existsSync(vsix) && !['dist/build.json', 'package.json', 'README.md'].some(isNew)) return vsix;
  const { packageExtension } = await import('./package.mjs');
  await sayWhile('Packaging the extension', () => packageExtension(vsix));
  return vsix;
}

/** A first folder to open, which the person may fill; what is there already stays. @param {string} home */
function makeWorkspace(home) {
  const workspace = path.join(home, 'welcome');
  const file = path.join(workspace, 'README.md');
  fs.mkdirSync(workspace, { recursive: true });
  if (!fs.existsSync(file)) fs.copyFileSync(path.join(root, 'scripts', 'lib', 'welcome.md'), file);
  return workspace;
}

/** `code` may be named and yet be no editor that can open a window here, so it is asked first. */
async function findDesktopCode() {
  const hasScreen = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  const isInsideEditor = process.env.VSCODE_IPC_HOOK_CLI !== undefined;
  if (!hasScreen && !isInsideEditor) return undefined;
  const name = process.platform === 'win32' ? 'code.cmd' : 'code';
  return run(name, ['--version'], { timeoutMs: 10_000 }).then(
    () => name,
    () => undefined,
  );
}

/**
 * @param {string} code
 * @param {string} home
 * @param {string} vsix
 * @param {string} workspace
 */
async function startDesktop(code, home, vsix, workspace) {
  const isInsideEditor = process.env.VSCODE_IPC_HOOK_CLI !== undefined;
  const own = [
    '--user-data-dir',
    path.join(home, 'desktop'),
    '--extensions-dir',
    path.join(home, 'desktop-extensions'),
  ];
  const folders = isInsideEditor ? [] : own;
  const asRoot = process.getuid?.() === 0 && !isInsideEditor ? ['--no-sandbox'] : [];
  await sayWhile('Installing the extension', () =>
    run(code, [...folders, ...asRoot, '--install-extension', vsix, '--force']),
  );
  if (!isInsideEditor) writeFirstSettings(path.join(home, 'desktop'));
  if (!isToOpen) return say('Pilothouse is installed.');
  const args = isInsideEditor ? [workspace] : [...folders, ...asRoot, '--new-window', workspace];
  spawn(code, args, { stdio: 'ignore', detached: true, shell: process.platform === 'win32' }).unref();
  say(
    isInsideEditor
      ? 'Pilothouse is in the activity bar (the wheel on the left).'
      : 'VS Code opens with Pilothouse in its side bar.',
  );
}
