// Finds a Chromium for the editor suites. The order: what `PILOTHOUSE_CHROMIUM` names, a browser of the machine,
// one that Playwright keeps. Only on Debian, as root, and only when none of these is there, it is installed from
// apt, and that is said aloud: it is the one thing a test run changes on a machine. Where there is none, the
// answer is a reason, which names the skipped suites.

import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { run } from './run.mjs';
import { say, sayWhile } from './say.mjs';

const aptTimeoutMs = 10 * 60_000;

/** What a browser in a container without a screen, a GPU or a network needs to stay quiet. */
export const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** @returns {Promise<{ path: string } | { missing: string }>} */
export async function getChromium() {
  const found = findChromium();
  if (found !== undefined) return { path: found };
  if (!isDebianRoot())
    return { missing: 'no Chromium on this machine (install it, or name one in PILOTHOUSE_CHROMIUM)' };
  try {
    await installFromApt();
  } catch (error) {
    say(String(error));
    return { missing: 'no Chromium on this machine, and apt could not install it' };
  }
  const installed = findChromium();
  return installed === undefined ? { missing: 'apt installed no usable Chromium' } : { path: installed };
}

function findChromium() {
  const candidates = [
    process.env.PILOTHOUSE_CHROMIUM,
    ...['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'].map(
      (name) => `/usr/bin/${name}`,
    ),
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    path.join(
      process.env.PROGRAMFILES ?? 'C:\\Program Files',
      'Google',
      'Chrome',
      'Application',
      'chrome.exe',
    ),
    chromium.executablePath(),
  ];
  return candidates.find((file) => file !== undefined && file !== '' && fs.existsSync(file));
}

function isDebianRoot() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  try {
    execFileSync('apt-get', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

async function installFromApt() {
  say(
    'The editor suites need a browser: installing Debian\'s package "chromium" with apt-get (system-wide).',
  );
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const wait = ['-o', 'DPkg::Lock::Timeout=300'];
  const options = { env, timeoutMs: aptTimeoutMs };
  await sayWhile('Installing Chromium', async () => {
    await run('apt-get', [...wait, '-qq', 'update'], options);
    const fonts = ['fonts-dejavu-core'];
    await run(
      'apt-get',
      [...wait, '-qq', '-y', '--no-install-recommends', 'install', 'chromium', ...fonts],
      options,
    );
  });
}
