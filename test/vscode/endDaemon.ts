// Ends the daemon that serves one state folder of a test, however it got there. The daemon is made to outlive the
// editor, so a test that started one must end it, and only that one: it is found by the state folder in its own
// environment or arguments, never by its name alone. Where processes cannot be listed it ends itself when idle.

import fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const graceMs = 3000;
const pollMs = 50;

export async function endDaemon(state: string): Promise<void> {
  const pids = findByState(state);
  for (const pid of pids) signal(pid, 'SIGTERM');
  const deadline = Date.now() + graceMs;
  while (pids.some((pid) => signal(pid, 0)) && Date.now() < deadline) await sleep(pollMs);
  for (const pid of pids) signal(pid, 'SIGKILL');
}

function findByState(state: string): number[] {
  if (process.platform !== 'linux') return [];
  return fs
    .readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((name) => {
      const words = read(`/proc/${name}/cmdline`).split('\0');
      const isDaemon = words.some((word) => /daemon(\.cjs|[\\/]main\.ts)$/.test(word));
      const env = read(`/proc/${name}/environ`).split('\0');
      return isDaemon && (words.includes(state) || env.includes(`PILOTHOUSE_STATE=${state}`));
    })
    .map(Number);
}

function read(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** True while the process is there. */
function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}
