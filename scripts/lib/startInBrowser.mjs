// Serves VS Code to this machine's browser until Ctrl-C. Folders, secret and port stay the same from one start to the
// next, so that an open tab comes back by itself and the layout is remembered. The address is handed to the browser
// through a file that only its user can read, because a command line can be read by everybody on the machine.

import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { installCodeServer, installExtension, startCodeServer } from './codeServer.mjs';
import { writeFirstSettings } from './firstSettings.mjs';
import { openGate } from './gate.mjs';
import { say, sayWhile } from './say.mjs';

const wantedPort = 8290;

/**
 * @param {{ home: string, vsix: string, workspace: string, isToOpen: boolean }} options
 */
export async function startInBrowser(options) {
  const folders = {
    userData: path.join(options.home, 'user'),
    extensions: path.join(options.home, 'extensions'),
  };
  const server = await installCodeServer();
  writeFirstSettings(folders.userData);
  await installIfNew(server, { ...folders, vsix: options.vsix });
  const socket = path.join(options.home, `${process.pid}.sock`);
  const running = await sayWhile('Starting VS Code', () => startCodeServer(server, { ...folders, socket }));
  const gate = await openGate({
    socket,
    secret: getSecret(options.home),
    port: wantedPort,
    home: `/?${new URLSearchParams({ folder: options.workspace })}`,
  });
  say('');
  say(`  Pilothouse is open for you alone at  ${gate.url}`);
  say('  Ctrl-C ends it.');
  if (options.isToOpen) openInBrowser(options.home, gate.url);
  await untilTold();
  gate.stop();
  await running.stop();
  fs.rmSync(socket, { force: true });
}

/**
 * @param {import('./codeServer.mjs').CodeServer} server
 * @param {{ vsix: string, userData: string, extensions: string }} options
 */
async function installIfNew(server, options) {
  const stamp = path.join(options.extensions, '.pilothouse');
  const { size, mtimeMs } = fs.statSync(options.vsix);
  const wanted = `${size} ${mtimeMs}`;
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === wanted) return;
  await sayWhile('Installing the extension', () => installExtension(server, options));
  fs.writeFileSync(stamp, wanted);
}

/** @param {string} home */
function getSecret(home) {
  const file = path.join(home, 'secret');
  if (!fs.existsSync(file)) fs.writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600 });
  return fs.readFileSync(file, 'utf8');
}

/**
 * @param {string} home
 * @param {string} url
 */
function openInBrowser(home, url) {
  const hasScreen = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (!hasScreen) return;
  const page = path.join(home, 'open.html');
  const html = `<!doctype html><meta http-equiv="refresh" content="0;url=${url.replaceAll('&', '&amp;')}">`;
  fs.writeFileSync(page, html, { mode: 0o600 });
  const command = process.platform === 'darwin' ? 'open' : 'xdg-open';
  const child = spawn(command, [page], { stdio: 'ignore', detached: true });
  child.on('error', () => say('  (no browser could be opened from here; open the address yourself)'));
  child.unref();
}

/** @returns {Promise<void>} */
function untilTold() {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => resolve());
  });
}
