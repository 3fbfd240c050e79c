// Child processes for the scripts: one that is waited for and read (`run`), one that takes over the terminal
// (`runInherited`), and the end of a whole process group (`endGroup`). A failed command becomes an error that
// carries the last lines it printed. stdin is never handed to a child that is only read, so nothing here waits
// for a keyboard that is not there.

import { spawn } from 'node:child_process';
import fs from 'node:fs';

const tailChars = 16_000;

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number }} [options]
 * @returns {Promise<string>} what it wrote to stdout
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: needsShell(command),
    });
    let stdout = '';
    let tail = '';
    const timer =
      options.timeoutMs === undefined
        ? undefined
        : setTimeout(() => child.kill('SIGKILL'), options.timeoutMs);
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
      tail = (tail + chunk).slice(-tailChars);
    });
    child.stderr.on('data', (chunk) => {
      tail = (tail + chunk).slice(-tailChars);
    });
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (code === 0) resolve(stdout);
      else reject(new Error(`${command} ${args.join(' ')} ended with ${signal ?? code}\n${tail.trim()}`));
    });
  });
}

/**
 * Runs a command on this terminal and waits. Ctrl-C reaches the child by itself; this process stays to hand on
 * the child's exit code. With `output`, a file, what it prints goes there instead, and it has no keyboard.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, output?: string }} [options]
 * @returns {Promise<number>} exit code; 128 + n where a signal ended it
 */
export function runInherited(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const file = options.output === undefined ? undefined : fs.openSync(options.output, 'a');
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: file === undefined ? 'inherit' : ['ignore', file, file],
      shell: needsShell(command),
    });
    if (file !== undefined) fs.closeSync(file);
    const ignore = () => {};
    const pass = () => child.kill('SIGTERM');
    process.on('SIGINT', ignore);
    process.on('SIGTERM', pass);
    process.on('SIGHUP', pass);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      process.off('SIGINT', ignore);
      process.off('SIGTERM', pass);
      process.off('SIGHUP', pass);
      resolve(code ?? 128 + (signal === 'SIGINT' ? 2 : signal === 'SIGTERM' ? 15 : 9));
    });
  });
}

/**
 * Ends a child that was started `detached` together with everything it started: first asking, then not.
 * @param {import('node:child_process').ChildProcess} child
 * @param {number} [graceMs]
 */
export async function endGroup(child, graceMs = 3000) {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  signalGroup(child, 'SIGTERM');
  const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), graceMs);
  await gone;
  clearTimeout(timer);
  signalGroup(child, 'SIGKILL');
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
export function signalGroup(child, signal) {
  try {
    if (process.platform === 'win32' || child.pid === undefined) child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // Gone already, which is what was wanted.
  }
}

/** Windows starts `.cmd` files only through its shell. @param {string} command */
function needsShell(command) {
  return process.platform === 'win32' && /\.(cmd|bat)$/i.test(command);
}
