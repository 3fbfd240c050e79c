// The note a daemon leaves in its state folder: process, socket, version. It is written when the daemon listens and
// removed when it ends; a note without a living process is stale. Written by the daemon, read by everybody else.

import fs from 'node:fs';
import { daemonFilePath } from './paths.ts';

export interface DaemonFile {
  readonly pid: number;
  readonly socket: string;
  readonly version: string;
  readonly protocolVersion: number;
  /** ISO 8601 UTC. */
  readonly startedAt: string;
}

/** Writes the note in one step, so that nobody reads half of it. */
export function writeDaemonFile(stateFolder: string, file: DaemonFile): void {
  const target = daemonFilePath(stateFolder);
  const draft = `${target}.${process.pid}`;
  fs.writeFileSync(draft, `${JSON.stringify(file)}\n`, { mode: 0o600 });
  fs.renameSync(draft, target);
}

/** The note, or undefined where there is none that can be read. */
export function readDaemonFile(stateFolder: string): DaemonFile | undefined {
  let value: Partial<DaemonFile>;
  try {
    value = JSON.parse(fs.readFileSync(daemonFilePath(stateFolder), 'utf8'));
  } catch {
    return undefined;
  }
  const { pid, socket, version, protocolVersion, startedAt } = value;
  if (!Number.isSafeInteger(pid) || (pid ?? 0) <= 0 || typeof socket !== 'string') return undefined;
  return {
    pid: pid!,
    socket,
    version: String(version),
    protocolVersion: Number(protocolVersion),
    startedAt: String(startedAt),
  };
}

/** Removes the note where it is still this process's. */
export function removeDaemonFile(stateFolder: string, pid: number): void {
  if (readDaemonFile(stateFolder)?.pid === pid) fs.rmSync(daemonFilePath(stateFolder), { force: true });
}

/** Whether a process of this id runs; one of another user counts. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
