// The lab of the chaos model: installs the inference engine into the labs' cache (85 MB from the npm registry, once)
// and starts the server. It brings no weights from anywhere: they are random and made on the spot.

import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { LabDefinition, LabStatus, Report } from '../labDefinition.ts';

export interface ModelDescription {
  /** Base address of the OpenAI-compatible endpoint. */
  readonly baseUrl: string;
  readonly model: string;
}

interface Running {
  readonly pid: number;
  readonly port: number;
}

const engineVersion = '3.22.1';
const installTimeoutMs = 5 * 60_000;
const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
const folder = join(process.env.PILOTHOUSE_LABS_FOLDER ?? join(cache, 'pilothouse-labs'), 'model');
const runningFile = join(folder, 'running.json');

export const modelLab: LabDefinition<ModelDescription> = {
  title: 'a language model of random weights behind an OpenAI-compatible endpoint',
  async up(report) {
    const startedMs = Date.now();
    const now = await status();
    if (now.kind === 'ready') return { ...now, tookMs: 0 };
    if (process.platform !== 'linux' || process.arch !== 'x64')
      return { kind: 'impossible', reason: 'the engine is brought for Linux on x64 only' };
    try {
      await install(report);
      const { port } = await start();
      return { kind: 'ready', lab: describe(port), tookMs: Date.now() - startedMs };
    } catch (error) {
      return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
    }
  },
  async down(report, { wipe }) {
    const running = readRunning();
    if (running) {
      try {
        process.kill(running.pid);
      } catch {
        report('the model was not running');
      }
    }
    rmSync(runningFile, { force: true });
    if (wipe) rmSync(folder, { recursive: true, force: true });
  },
  status,
};

async function status(): Promise<LabStatus<ModelDescription>> {
  const running = readRunning();
  if (!running) return { kind: 'down' };
  try {
    await fetch(`${describe(running.port).baseUrl}/models`, { signal: AbortSignal.timeout(2_000) });
    return { kind: 'ready', lab: describe(running.port) };
  } catch {
    return { kind: 'down' };
  }
}

function describe(port: number): ModelDescription {
  return { baseUrl: `http://127.0.0.1:${port}/v1`, model: 'random' };
}

function readRunning(): Running | undefined {
  return existsSync(runningFile) ? (JSON.parse(readFileSync(runningFile, 'utf8')) as Running) : undefined;
}

async function install(report: Report): Promise<void> {
  if (existsSync(join(folder, 'installed'))) return;
  report('installing the inference engine');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"private":true}\n');
  const packages = [`node-llama-cpp@${engineVersion}`, `@node-llama-cpp/linux-x64@${engineVersion}`];
  await promisify(execFile)(
    'npm',
    ['install', '--ignore-scripts', '--omit=optional', '--no-audit', '--no-fund', ...packages],
    {
      cwd: folder,
      timeout: installTimeoutMs,
    },
  );
  writeFileSync(join(folder, 'installed'), `${engineVersion}\n`);
}

function start(): Promise<Running> {
  const server = join(import.meta.dirname, 'server.ts');
  const child = spawn(process.execPath, ['--no-warnings', server, folder], {
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the model's server ended with ${code}`)));
    child.stdout.once('data', (data: Buffer) => {
      const running = { pid: child.pid!, port: Number(String(data).trim()) };
      writeFileSync(runningFile, JSON.stringify(running));
      child.removeAllListeners('exit');
      child.stdout.destroy();
      child.unref();
      resolve(running);
    });
  });
}
