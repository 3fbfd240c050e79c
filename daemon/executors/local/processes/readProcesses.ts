// The processes of a Linux machine out of /proc, as proc(5) describes it. Threads of the kernel are left out. What does
// not change in the life of a process is read once; a process that ends while it is read is simply not there.

import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { redactText } from '../../../../shared/model/redact.ts';
import { limits } from '../../../config.ts';
import type { System } from '../system.ts';

export interface ProcessRecord {
  readonly pid: number;
  readonly parent: number;
  readonly name: string;
  /** One letter, as ps(1) shows it: R, S, D, Z, T… */
  readonly state: string;
  readonly nice: number;
  /** Ticks since the start of the machine; with the pid it tells one process from all others. */
  readonly startTicks: number;
  /** Processor time used, in ticks. */
  readonly cpuTicks: number;
  readonly rssPages: number;
}

export interface ProcessFacts {
  readonly uid: number;
  /** Without what looks like a secret. */
  readonly command: string;
  /** 64 hexadecimal digits, where it runs in a container. */
  readonly container?: string;
  /** `nginx.service`, where systemd started it as one. */
  readonly unit?: string;
}

/** proc(5): ticks are hundredths of a second on every platform Node runs on. */
export const ticksPerSecond = 100;

/** One line of /proc/PID/stat; the name stands in brackets and may hold any character. */
export function parseProcessStat(text: string): ProcessRecord | undefined {
  const open = text.indexOf('(');
  const close = text.lastIndexOf(')');
  if (open < 0 || close < open) return undefined;
  const fields = text.slice(close + 2).split(' ');
  const at = (index: number): number => Number(fields[index]);
  const record = {
    pid: Number(text.slice(0, open).trim()),
    name: text.slice(open + 1, close),
    state: fields[0] ?? '?',
    parent: at(1),
    cpuTicks: at(11) + at(12),
    nice: at(16),
    startTicks: at(19),
    rssPages: at(21),
  };
  return Number.isFinite(record.pid + record.parent + record.startTicks) ? record : undefined;
}

/** One process; undefined where there is none of that number. */
export async function readProcess(system: System, pid: number): Promise<ProcessRecord | undefined> {
  const text = await readFile(path.join(system.procFolder, String(pid), 'stat'), 'utf8').catch(() => '');
  return parseProcessStat(text);
}

/** All processes but the kernel's own threads (children of kthreadd, number 2). */
export async function readProcesses(system: System): Promise<readonly ProcessRecord[]> {
  if (system.platform !== 'linux') return [];
  const names = await readdir(system.procFolder);
  const found = await Promise.all(
    names.filter((name) => /^\d+$/.test(name)).map((name) => readProcess(system, Number(name))),
  );
  return found
    .filter((one) => one !== undefined)
    .filter(({ pid, parent, name }) => !isKernel(pid, parent, name));
}

function isKernel(pid: number, parent: number, name: string): boolean {
  return name === 'kthreadd' || (parent === 2 && pid !== 1) || (parent === 0 && pid === 2);
}

/** What does not change in the life of a process. */
export async function readFacts(system: System, pid: number, name: string): Promise<ProcessFacts> {
  const read = (file: string): Promise<string> =>
    readFile(path.join(system.procFolder, String(pid), file), 'utf8').catch(() => '');
  const [status, cmdline, cgroup] = await Promise.all([read('status'), read('cmdline'), read('cgroup')]);
  const uid = Number(/^Uid:\s+(\d+)/m.exec(status)?.[1] ?? -1);
  const command = cmdline.replaceAll('\0', ' ').trim().slice(0, limits.localCommandLineCharactersMax);
  const container = /([0-9a-f]{64})/.exec(cgroup)?.[1];
  const unit = /\/([^/\s]+\.service)(?:\/|$)/m.exec(cgroup)?.[1];
  return {
    uid,
    command: command === '' ? `[${name}]` : redactText(command),
    ...(container ? { container } : {}),
    ...(unit && !container ? { unit } : {}),
  };
}

/** Names of users by number, from /etc/passwd; a number without a name stands for itself. */
export async function readUsers(file = '/etc/passwd'): Promise<ReadonlyMap<number, string>> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return new Map(
    text.split('\n').flatMap((line) => {
      const [name, , uid] = line.split(':');
      return name && uid !== undefined && uid !== '' ? [[Number(uid), name] as const] : [];
    }),
  );
}
