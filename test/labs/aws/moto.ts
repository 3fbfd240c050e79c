// Starts one moto: a process of its own on a port of its own, with nothing in it but what AWS gives every account.
// A suite that starts its own shares nothing with any other; the lab itself is one more that stays. It can be frozen
// in the middle of its work, as an endpoint that takes connections and says nothing.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
export const labFolder = join(process.env.PILOTHOUSE_LABS_FOLDER ?? join(cache, 'pilothouse-labs'), 'aws');

const startTimeoutMs = 60_000;
const program = 'import sys; from moto.server import main; main(sys.argv[1:])';

export interface Moto {
  readonly endpoint: string;
  readonly pid: number;
  /** Stops answering, with every connection open, until `thaw`. */
  freeze(): void;
  thaw(): void;
  dispose(): Promise<void>;
}

/** Starts one and waits until it answers. A detached one outlives this process. */
export async function startMoto(options: { readonly detached?: boolean } = {}): Promise<Moto> {
  const port = await freePort();
  const child = spawn(
    '/usr/bin/python3',
    ['-W', 'ignore', '-c', program, '-H', '127.0.0.1', '-p', `${port}`],
    {
      detached: options.detached ?? false,
      stdio: 'ignore',
      env: {
        PATH: '/usr/bin:/bin',
        HOME: labFolder,
        PYTHONPATH: join(labFolder, 'root/usr/lib/python3/dist-packages'),
        // A handful of public images with their makers, instead of some thousand.
        MOTO_AMIS_PATH: join(import.meta.dirname, 'images.json'),
        AWS_ACCESS_KEY_ID: 'testing',
        AWS_SECRET_ACCESS_KEY: 'testing',
      },
    },
  );
  const endpoint = `http://127.0.0.1:${port}`;
  await untilReady(child, endpoint);
  if (options.detached) child.unref();
  return {
    endpoint,
    pid: child.pid!,
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    dispose: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Whether a moto answers there. */
export async function isAnswering(endpoint: string): Promise<boolean> {
  try {
    return (await fetch(`${endpoint}/moto-api/data.json`, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
}

async function untilReady(child: ChildProcess, endpoint: string): Promise<void> {
  const deadlineMs = Date.now() + startTimeoutMs;
  while (Date.now() < deadlineMs) {
    if (await isAnswering(endpoint)) return;
    if (child.exitCode !== null) throw new Error(`moto ended with ${child.exitCode} while it started`);
    await sleep(100);
  }
  child.kill('SIGKILL');
  throw new Error('moto did not answer in time');
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
