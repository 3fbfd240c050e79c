// Starts one simulated vCenter: a process of its own on a port of its own. A suite that starts its own shares nothing
// with any other. It can be frozen in the middle of its work, as a server that takes connections and says nothing.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
export const labFolder = join(
  process.env.PILOTHOUSE_LABS_FOLDER ?? join(cache, 'pilothouse-labs'),
  'vsphere',
);

const startTimeoutMs = 30_000;
export const labUser = 'ops@lab.test';
export const labPassword = 'lab-Secret-9';

export interface Vcsim {
  /** `127.0.0.1:PORT`. */
  readonly host: string;
  readonly pid: number;
  /** Stops answering, with every connection open, until `thaw`. */
  freeze(): void;
  thaw(): void;
  dispose(): Promise<void>;
}

/** Starts one and waits until it listens. A detached one outlives this process. */
export async function startVcsim(options: { readonly detached?: boolean } = {}): Promise<Vcsim> {
  const child = spawn(
    join(labFolder, 'vcsim'),
    ['-listen', '127.0.0.1:0', '-user', labUser, '-password', labPassword],
    { detached: options.detached ?? false, stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const host = await addressOf(child);
  if (options.detached) {
    child.stdout.destroy();
    child.unref();
  }
  return {
    host,
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

async function addressOf(child: ChildProcess): Promise<string> {
  const signal = AbortSignal.timeout(startTimeoutMs);
  const lines = createInterface({ input: child.stdout! });
  try {
    const [line] = await Promise.race([
      once(lines, 'line', { signal }),
      once(child, 'exit', { signal }).then(() => assertNever()),
    ]);
    const host = /^up (\S+)$/.exec(String(line))?.[1];
    if (!host) throw new Error(`the simulator said: ${String(line)}`);
    return host;
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
}

function assertNever(): never {
  throw new Error('the simulator ended while it started');
}
