// Runs npm with the Node that is right for what is installed: npm under an old Node quietly picks older versions
// of packages. The npm used is the one that started us, or the one that belongs to the machine's Node. Install
// scripts never run. The registry, proxies and certificates are the user's own configuration.

import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { run } from './run.mjs';

const installTimeoutMs = 15 * 60_000;

/**
 * @param {readonly string[]} args
 * @param {{ cwd: string, node?: string }} options `node`: the Node that runs npm, this one by default
 */
export async function npm(args, options) {
  const node = options.node ?? process.execPath;
  const env = { ...process.env, PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH ?? ''}` };
  const quiet = ['--ignore-scripts', '--no-fund', '--no-audit', '--loglevel', 'error'];
  await run(node, [findNpm(), ...args, ...quiet], {
    cwd: options.cwd,
    env,
    timeoutMs: installTimeoutMs,
  }).catch((error) => {
    throw new Error(`npm ${args[0]} did not work: ${essence(String(error.message ?? error))}`);
  });
}

/** npm ends many complaints with its whole manual. @param {string} complaint */
function essence(complaint) {
  const lines = complaint.split('\n').flatMap((line) => /^npm error (.+)/.exec(line)?.[1] ?? []);
  const end = lines.findIndex((line) => /^(Clean install a project|Usage:)/.test(line));
  return lines.length === 0 ? complaint : lines.slice(0, end === -1 ? undefined : end).join('\n  ');
}

function findNpm() {
  const near = path.dirname(process.execPath);
  const candidates = [
    process.env.npm_execpath,
    path.join(near, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    path.join(near, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    npmOnPath(),
  ];
  for (const file of candidates) {
    if (file !== undefined && path.basename(file) === 'npm-cli.js' && fs.existsSync(file)) return file;
  }
  throw new Error('npm was not found. Install npm (it comes with Node.js) and run this again.');
}

function npmOnPath() {
  try {
    const command = process.platform === 'win32' ? 'where' : 'which';
    const found = execFileSync(command, ['npm'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    const file = fs.realpathSync(found.split(/\r?\n/)[0] ?? '');
    const besideWindows = path.join(path.dirname(file), 'node_modules', 'npm', 'bin', 'npm-cli.js');
    return path.basename(file) === 'npm-cli.js' ? file : besideWindows;
  } catch {
    return undefined;
  }
}
