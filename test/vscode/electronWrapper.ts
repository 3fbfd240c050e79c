#!/usr/bin/env node
// Stands in for the desktop's `code` binary where only npm is at hand: `@vscode/test-electron` starts it with the
// desktop's flags, and it runs the same tests in the same kind of extension host, on code-server with a headless
// Chromium as the window. The exit code is that of the tests. A built VS Code ignores the test payload and hangs
// without a word unless the smoke-test driver is switched on.

import path from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { chromiumFlags } from '../../scripts/lib/chromium.mjs';
import { startEditor } from './editor.ts';

const runTimeoutMs = 10 * 60_000;
const linesShownMax = 20;

const { values } = parseArgs({
  strict: false,
  allowPositionals: true,
  options: { extensionDevelopmentPath: { type: 'string' }, extensionTestsPath: { type: 'string' } },
});
const extension = path.resolve(String(values.extensionDevelopmentPath));
const tests = path.resolve(String(values.extensionTestsPath));

const editor = await startEditor({ args: ['--vscode-option', 'enable-smoke-test-driver'], env: forwarded() });
const browser = await chromium.launch({
  executablePath: process.env.PILOTHOUSE_CHROMIUM,
  args: chromiumFlags,
  handleSIGINT: false,
});
let code = 1;
const ended = new AbortController();
process.once('SIGINT', () => ended.abort());
process.once('SIGTERM', () => ended.abort());
try {
  code = await runInWindow();
} catch (error) {
  console.error(error, editor.output().slice(-4000));
} finally {
  await browser.close();
  await editor.stop();
}
process.exit(code);

async function runInWindow(): Promise<number> {
  const page = await browser.newPage();
  let settle: (code: number) => void = () => undefined;
  const exit = new Promise<number>((resolve, reject) => {
    settle = resolve;
    const timer = setTimeout(() => reject(new Error('The tests did not end in time.')), runTimeoutMs);
    timer.unref();
    ended.signal.addEventListener('abort', () => reject(new Error('The run was ended from outside.')));
    page.on('crash', () => reject(new Error('The page crashed.')));
  });
  await page.exposeFunction('codeAutomationExit', settle);
  // The window says a lot about itself, errors too; what the tests say begins with a space, as mocha prints. The
  // rest is shown when the run did not go well.
  const said: string[] = [];
  await page.exposeFunction('codeAutomationLog', (type: string, args: readonly unknown[]) => {
    if (/^\s/.test(String(args[0]))) console.log(...args);
    else if (type === 'error' || type === 'warn') said.push(args.join(' '));
  });
  const remote = `vscode-remote://127.0.0.1:${editor.port}`;
  const payload = JSON.stringify([
    ['extensionDevelopmentPath', remote + extension],
    ['extensionTestsPath', remote + tests],
  ]);
  const url = `${editor.url}/?${new URLSearchParams({ folder: editor.workspace, payload })}`;
  await page.goto(url, { waitUntil: 'commit', timeout: runTimeoutMs });
  const exitCode = await exit;
  if (exitCode !== 0) console.log(said.slice(-linesShownMax).join('\n'));
  return exitCode;
}

/** What the caller gave the run by `extensionTestsEnv` reaches the extension host through the server. */
function forwarded(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      name.startsWith('PILOTHOUSE_') && name !== 'PILOTHOUSE_STATE' && value !== undefined
        ? [[name, value]]
        : [],
    ),
  );
}
