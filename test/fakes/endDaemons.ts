// Ends the daemons that a test started, by the state folder on their command line, also those still starting.

import fs from 'node:fs';
import { isAlive, readDaemonFile } from '../../connect/daemonFile.ts';
import { until } from './tick.ts';

/** For `afterEach`, before the folders are removed. */
export async function endDaemonsOf(stateFolders: Iterable<string>): Promise<void> {
  for (const folder of stateFolders) {
    for (const pid of daemonsOf(folder)) {
      if (pid === process.pid || !isAlive(pid)) continue;
      process.kill(pid, 'SIGKILL');
      await until(() => !isAlive(pid), `daemon ${pid} to be gone`);
    }
  }
}

function daemonsOf(folder: string): readonly number[] {
  const noted = readDaemonFile(folder)?.pid;
  if (process.platform !== 'linux') return noted === undefined ? [] : [noted];
  return fs
    .readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => commandOf(pid).includes(`--state\0${folder}\0`))
    .map(Number);
}

function commandOf(pid: string): string {
  try {
    return `${fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8')}\0`;
  } catch {
    return '';
  }
}
