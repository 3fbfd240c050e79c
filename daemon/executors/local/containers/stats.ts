// Figures of one container from its engine: processor and memory of what it may use, network traffic. The formulas are
// those of `docker stats` (docker/cli, command/container/stats_helpers.go).

import os from 'node:os';
import type { MetricName } from '../../../../shared/model/metric.ts';
import { parseResourceId, type Resource } from '../../../../shared/model/resource.ts';
import type { Engine } from './engine.ts';
import { type ContainerStats, containerStats } from './records.ts';

export interface ContainerFigures {
  readonly atMs: number;
  readonly figures: readonly { readonly metric: MetricName; readonly value: number }[];
  /** Since the start, for rates: processor time in ns, bytes received and sent. */
  readonly cpuNs?: number;
  readonly networkBytes?: number;
}

export async function readContainerStats(
  engine: Engine,
  resource: Resource,
  signal: AbortSignal,
  now: () => number,
): Promise<ContainerFigures> {
  const id = encodeURIComponent(parseResourceId(resource.id)?.path ?? '');
  const stats = await engine.read(
    {
      path: `/containers/${id}/stats`,
      query: { stream: 'false' },
      what: `measure ${resource.name}`,
      signal,
    },
    containerStats,
  );
  const cpus = resource.attributes.cpus;
  return figuresOf(stats, now(), typeof cpus === 'number' ? cpus : undefined);
}

/** `cpus` is what it may use at most; without it, all processors. */
export function figuresOf(stats: ContainerStats, atMs: number, cpus?: number): ContainerFigures {
  const figures: { metric: MetricName; value: number }[] = [];
  const cpu = cpuPercent(stats, cpus);
  if (cpu !== undefined) figures.push({ metric: 'cpu', value: cpu });
  const { usage, limit, stats: parts } = stats.memory_stats ?? {};
  // Pages of files that could be dropped at once are not counted (cgroup v2, then v1).
  const cache = parts?.inactive_file ?? parts?.total_inactive_file ?? 0;
  const bound = limit && limit < os.totalmem() * 4 ? limit : os.totalmem();
  if (usage) figures.push({ metric: 'memory', value: (100 * Math.max(0, usage - cache)) / bound });
  const networks = Object.values(stats.networks ?? {});
  const networkBytes = networks.reduce((sum, one) => sum + (one.rx_bytes ?? 0) + (one.tx_bytes ?? 0), 0);
  const cpuNs = stats.cpu_stats?.cpu_usage?.total_usage ?? undefined;
  return {
    atMs,
    figures,
    ...(cpuNs === undefined ? {} : { cpuNs }),
    ...(networks.length > 0 ? { networkBytes } : {}),
  };
}

function cpuPercent(
  { cpu_stats: now, precpu_stats: before }: ContainerStats,
  cpus?: number,
): number | undefined {
  const used = (now?.cpu_usage?.total_usage ?? Number.NaN) - (before?.cpu_usage?.total_usage ?? Number.NaN);
  const system = (now?.system_cpu_usage ?? Number.NaN) - (before?.system_cpu_usage ?? Number.NaN);
  const online = now?.online_cpus || os.cpus().length;
  if (!Number.isFinite(used) || !(system > 0) || !before?.system_cpu_usage) return undefined;
  // `system` is the time of all processors together.
  return Math.max(0, (100 * used * online) / system / (cpus ?? online));
}
