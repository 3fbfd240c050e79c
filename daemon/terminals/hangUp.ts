// Finds what a visit has left running on this machine, by the mark in its environment and the name of the container in its
// control group, and tells it to hang up. Both have to fit, so that a process which merely knows a mark is left alone.
// Another user's process refuses it. Where there is no /proc, nothing is found.

import { readdirSync, readFileSync } from 'node:fs';
import { parseResourceId } from '../../shared/model/resource.ts';
import { visitMark } from '../executors/contract.ts';

/** How many were told. */
export function hangUpVisit(visit: string, target: string): number {
  const container = parseResourceId(target)?.path ?? '';
  // What the audit says is data: only what this daemon makes itself is looked for.
  if (!/^[\da-f]{24}$/.test(visit) || !/^[\da-f]{12,}$/.test(container)) return 0;
  return processIds().filter((pid) => {
    try {
      const environment = readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0');
      if (!environment.includes(`${visitMark}=${visit}`)) return false;
      if (!readFileSync(`/proc/${pid}/cgroup`, 'utf8').includes(container)) return false;
      return process.kill(pid, 'SIGHUP');
    } catch {
      return false;
    }
  }).length;
}

function processIds(): readonly number[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}
