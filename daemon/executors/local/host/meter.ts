// Measures the machine: from /proc on Linux, from what Node knows elsewhere. Rates come from two looks; the first look
// is taken when the meter is made, so that a question asked later needs no wait. It keeps one look, and no history.

import { readFile, statfs } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MetricName } from '../../../../shared/model/metric.ts';
import type { System } from '../system.ts';
import {
  type CpuTimes,
  parseCpuTimes,
  parseDiskOperations,
  parseLoad,
  parseMemoryPercent,
  parseMounts,
  parseNetworkBytes,
} from './procFigures.ts';

export interface HostFigure {
  readonly metric: MetricName;
  /** The mount point, for `disk`. */
  readonly part?: string;
  readonly value: number;
}

export interface HostFigures {
  readonly atMs: number;
  readonly figures: readonly HostFigure[];
  /** What could not be measured and why. */
  readonly problems: readonly string[];
}

export interface HostMeter {
  measure(signal?: AbortSignal): Promise<HostFigures>;
  /** What this platform does not tell. */
  readonly missing: readonly MetricName[];
}

interface Look {
  readonly atMs: number;
  readonly cpu?: CpuTimes;
  readonly networkBytes?: number;
  readonly diskOperations?: number;
}

/** Rates over less than this are mostly noise: /proc counts processor time in hundredths of a second. */
const lookMsMin = 200;

export function createHostMeter(system: System): HostMeter {
  const isLinux = system.platform === 'linux';
  let before: Promise<Look> = look(system);
  before.catch(() => undefined);
  return {
    missing: missingOn(system.platform),
    async measure(signal) {
      const first = await before;
      const waitMs = lookMsMin - (system.now() - first.atMs);
      if (waitMs > 0) await sleep(waitMs, undefined, { signal });
      const second = await look(system);
      before = Promise.resolve(second);
      const problems: string[] = [];
      const figures = [
        ...rates(first, second),
        ...(await memory(system)),
        ...(await load(system)),
        ...(await disks(system, problems)),
      ];
      if (!isLinux)
        problems.push(`Network and disk traffic of this machine are not measured on ${system.platform}.`);
      return { atMs: second.atMs, figures, problems };
    },
  };
}

function missingOn(platform: NodeJS.Platform): readonly MetricName[] {
  if (platform === 'linux') return [];
  return platform === 'win32' ? ['network', 'iops', 'load'] : ['network', 'iops'];
}

async function look(system: System): Promise<Look> {
  if (system.platform !== 'linux') return { atMs: system.now(), cpu: cpuTimesOfNode() };
  const read = (name: string): Promise<string> =>
    readFile(path.join(system.procFolder, name), 'utf8').catch(() => '');
  const [stat, netDev, diskstats] = await Promise.all([read('stat'), read('net/dev'), read('diskstats')]);
  return {
    atMs: system.now(),
    cpu: parseCpuTimes(stat),
    ...(netDev === '' ? {} : { networkBytes: parseNetworkBytes(netDev) }),
    ...(diskstats === '' ? {} : { diskOperations: parseDiskOperations(diskstats) }),
  };
}

function cpuTimesOfNode(): CpuTimes {
  let busy = 0;
  let total = 0;
  for (const { times } of os.cpus()) {
    const used = times.user + times.nice + times.sys + times.irq;
    busy += used;
    total += used + times.idle;
  }
  return { busy, total };
}

function rates(first: Look, second: Look): readonly HostFigure[] {
  const seconds = (second.atMs - first.atMs) / 1000;
  const found: HostFigure[] = [];
  const add = (metric: MetricName, value: number): void => {
    if (Number.isFinite(value) && value >= 0) found.push({ metric, value });
  };
  if (first.cpu && second.cpu && second.cpu.total > first.cpu.total)
    add('cpu', (100 * (second.cpu.busy - first.cpu.busy)) / (second.cpu.total - first.cpu.total));
  if (first.networkBytes !== undefined && second.networkBytes !== undefined)
    add('network', (second.networkBytes - first.networkBytes) / seconds / 1e6);
  if (first.diskOperations !== undefined && second.diskOperations !== undefined)
    add('iops', (second.diskOperations - first.diskOperations) / seconds);
  return found;
}

async function memory(system: System): Promise<readonly HostFigure[]> {
  const meminfo =
    system.platform === 'linux'
      ? await readFile(path.join(system.procFolder, 'meminfo'), 'utf8').catch(() => '')
      : '';
  const value = parseMemoryPercent(meminfo) ?? (100 * (os.totalmem() - os.freemem())) / os.totalmem();
  return [{ metric: 'memory', value }];
}

/** Windows has no load average; Node says zero there, which is not a figure. */
async function load(system: System): Promise<readonly HostFigure[]> {
  if (system.platform === 'win32') return [];
  const text =
    system.platform === 'linux'
      ? await readFile(path.join(system.procFolder, 'loadavg'), 'utf8').catch(() => '')
      : '';
  return [{ metric: 'load', value: parseLoad(text) ?? os.loadavg()[0] ?? Number.NaN }];
}

/** Space of each file system as df(1) counts it: used of what is not reserved. */
async function disks(system: System, problems: string[]): Promise<readonly HostFigure[]> {
  const places = await mountsOf(system);
  const found: HostFigure[] = [];
  for (const part of places) {
    try {
      const { blocks, bfree, bavail } = await statfs(part);
      const used = blocks - bfree;
      if (used + bavail > 0) found.push({ metric: 'disk', part, value: (100 * used) / (used + bavail) });
    } catch (error) {
      problems.push(`The space of ${part} could not be read: ${(error as Error).message}.`);
    }
  }
  return found;
}

/** Mount points that hold data. */
export async function mountsOf(system: System): Promise<readonly string[]> {
  if (system.platform === 'win32') return ['C:\\'];
  if (system.platform !== 'linux') return ['/'];
  const mounts = await readFile(path.join(system.procFolder, 'mounts'), 'utf8').catch(() => '');
  const found = parseMounts(mounts);
  return found.length > 0 ? found : ['/'];
}
