// A real daemon of its own for a suite of this lab: started as a process, asked over its socket, killed where a test
// wants that, and started again over the same state.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type DaemonSession, openSession } from '../../../connect/session.ts';
import { productVersion } from '../../../shared/protocol/version.ts';

const entry = path.resolve(import.meta.dirname, '../../../daemon/main.ts');

export interface WatchedDaemon {
  readonly session: DaemonSession;
  /** SIGKILL, and a new one over the same state. */
  killAndStart(): Promise<void>;
  end(): Promise<void>;
}

export async function startDaemon(
  stateFolder: string,
  env: Readonly<Record<string, string>>,
): Promise<WatchedDaemon> {
  const whole = { ...process.env, ...env };
  let child: ChildProcess;
  let session: DaemonSession;
  const start = async (): Promise<void> => {
    child = spawn(process.execPath, ['--no-warnings', entry, '--state', stateFolder, '--foreground'], {
      env: whole,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let text = '';
    // In the foreground the log goes there.
    child.stderr!.on('data', (data: Buffer) => {
      text += data;
    });
    await waitFor(() => text.includes('listens on'), 120_000);
    session = openSession({
      stateFolder,
      entry,
      env: whole,
      client: { name: 'lab', version: productVersion, kind: 'terminal' },
      mayStart: false,
      mayReconnect: false,
    });
    await session.ready();
  };
  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    session.dispose();
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  };
  await start();
  return {
    get session() {
      return session;
    },
    async killAndStart() {
      await stop('SIGKILL');
      await start();
    },
    end: () => stop('SIGTERM'),
  };
}

/** Waits until `look` gives something; it asks no more often than twice a second. */
export async function waitFor<T>(
  look: () => T | undefined | false | Promise<T | undefined | false>,
  patienceMs: number,
): Promise<T> {
  const deadlineMs = Date.now() + patienceMs;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (Date.now() > deadlineMs) throw new Error(`waited ${patienceMs} ms for ${String(look)}`);
    await sleep(500);
  }
}
