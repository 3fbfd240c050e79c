// What can be asked of a thing of this machine beyond what the graph knows: logs of containers and units, figures of
// the host, of processes and of containers. A question brings a fresh figure, and the history brings those before.

import os from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { type MetricName, metricDocs, metricNames } from '../../../shared/model/metric.ts';
import { ProblemError, problemOf } from '../../../shared/model/problem.ts';
import type { Resource } from '../../../shared/model/resource.ts';
import { limits } from '../../config.ts';
import type { MetricBatch, MetricSource, ResourceReaders } from '../contract.ts';
import { lastLines, readContainerLog } from './containers/logs.ts';
import type { Containers } from './containers/source.ts';
import { type ContainerFigures, readContainerStats } from './containers/stats.ts';
import type { History } from './history.ts';
import type { HostMeter } from './host/meter.ts';
import type { ProcessTable } from './processes/processTable.ts';
import type { System } from './system.ts';
import { readJournal } from './units/systemctl.ts';

export interface Measuring {
  readonly system: System;
  readonly history: History;
  readonly meter: HostMeter;
  readonly table: ProcessTable;
  readonly containers: Containers;
  readonly hostId: string;
}

/** What is measured of which kind. */
const measured: Readonly<Partial<Record<Resource['kind'], readonly MetricName[]>>> = {
  host: ['cpu', 'memory', 'disk', 'network', 'iops', 'load'],
  process: ['cpu', 'memory'],
  container: ['cpu', 'memory', 'network', 'restarts'],
};

export function createReaders(measuring: Measuring): ResourceReaders {
  return {
    async logs({ resource, lines, grep, sinceMs, signal }) {
      if (resource.kind === 'container')
        return readContainerLog(measuring.containers.engineOf(resource), {
          resource,
          lines,
          grep,
          sinceMs,
          signal,
        });
      if (resource.kind === 'unit') {
        const asked = grep === undefined ? lines + 1 : limits.logLinesMax;
        const text = await readJournal(measuring.system, {
          name: resource.name,
          lines: asked,
          sinceMs,
          signal,
        });
        return lastLines(text, lines, grep);
      }
      throw new ProblemError({
        code: 'unsupported',
        message: `This machine keeps no log of a ${resource.kind}.`,
        fix: 'Ask for the log of a container or of a systemd unit.',
      });
    },
    async metrics({ resource, metric, fromMs, toMs, signal }) {
      const name = requireMeasured(resource, metric, measuring);
      // "Until now" means the figure that is taken for the question, too.
      const isUntilNow = toMs >= measuring.system.now() - limits.localFreshMs;
      await refresh(measuring, resource, signal);
      const untilMs = isUntilNow ? Math.max(toMs, measuring.system.now()) : toMs;
      const points = measuring.history.points(resource.id, name, fromMs, untilMs);
      return { unit: metricDocs[name].unit, points };
    },
  };
}

function requireMeasured(resource: Resource, metric: string, { meter, system }: Measuring): MetricName {
  const names = measured[resource.kind] ?? [];
  const name = metricNames.find((one) => one === metric);
  if (name && names.includes(name) && !(resource.kind === 'host' && meter.missing.includes(name))) {
    if (resource.health !== 'off' && resource.status !== 'failed') return name;
    throw new ProblemError({
      code: 'unsupported',
      message: `${resource.name} is ${resource.status}: nothing is measured.`,
      fix: 'Start it first.',
    });
  }
  throw new ProblemError({
    code: 'unsupported',
    message: `The ${metric} of a ${resource.kind} is not measured on ${system.platform}.`,
    fix: names.length > 0 ? `Ask for ${names.join(', ')}.` : 'Ask for the host, a process or a container.',
  });
}

/** Measures the one thing now, where its last figure is older than a moment. */
async function refresh(measuring: Measuring, resource: Resource, signal: AbortSignal): Promise<void> {
  const { history, system } = measuring;
  const last = history.latest(resource.id, 'cpu') ?? history.latest(resource.id, 'memory');
  if (last && system.now() - last[0] < limits.localFreshMs) return;
  if (resource.kind === 'host') await measureHost(measuring, signal);
  else if (resource.kind === 'process') await measureProcesses(measuring, resource);
  else if (resource.kind === 'container') await measureContainer(measuring, resource, signal);
}

/** Two looks where there was none before: a rate needs both. */
async function measureProcesses({ table, history }: Measuring, resource: Resource): Promise<void> {
  await table.measure();
  if (history.latest(resource.id, 'cpu')) return;
  await sleep(limits.localLookMs);
  await table.measure();
}

/** Measures the host into the history; gives what could not be measured. */
export async function measureHost(measuring: Measuring, signal?: AbortSignal): Promise<readonly string[]> {
  const { atMs, figures, problems } = await measuring.meter.measure(signal);
  for (const { metric, part, value } of figures) {
    if (part !== undefined) measuring.history.add(measuring.hostId, `${metric} ${part}`, atMs, value);
    // Of several file systems the root is what is meant where none is named.
    if (
      part === undefined ||
      part === '/' ||
      figures.filter((one) => one.metric === metric)[0]?.part === part
    )
      measuring.history.add(measuring.hostId, metric, atMs, value);
  }
  return problems;
}

/** Docker looks twice by itself; podman once, so that the rate comes from two of our own looks. */
async function measureContainer(
  measuring: Measuring,
  resource: Resource,
  signal: AbortSignal,
): Promise<void> {
  const look = async (): Promise<void> => {
    const engine = measuring.containers.engineOf(resource);
    noteContainer(
      measuring,
      resource,
      await readContainerStats(engine, resource, signal, measuring.system.now),
    );
  };
  await look();
  if (measuring.history.latest(resource.id, 'cpu')) return;
  await sleep(limits.localLookMs, undefined, { signal });
  await look();
}

function noteContainer({ history }: Measuring, { id, attributes }: Resource, found: ContainerFigures): void {
  const { atMs, figures, cpuNs, networkBytes } = found;
  const perSecond = (counter: string, value: number | undefined): number | undefined => {
    if (value === undefined) return undefined;
    const before = history.latest(id, counter);
    history.add(id, counter, atMs, value);
    return before && atMs > before[0] && value >= before[1]
      ? ((value - before[1]) / (atMs - before[0])) * 1000
      : undefined;
  };
  for (const { metric, value } of figures) history.add(id, metric, atMs, value);
  history.add(id, 'restarts', atMs, Number(attributes.restarts ?? 0));
  const cpus = typeof attributes.cpus === 'number' ? attributes.cpus : os.cpus().length;
  const busyNs = perSecond('cpu ns', cpuNs);
  if (busyNs !== undefined && !figures.some(({ metric }) => metric === 'cpu'))
    history.add(id, 'cpu', atMs, (100 * busyNs) / 1e9 / cpus);
  const bytes = perSecond('network bytes', networkBytes);
  if (bytes !== undefined) history.add(id, 'network', atMs, bytes / 1e6);
}

/** What the monitor asks in its own rhythm. */
export function createMetricSource(measuring: Measuring): MetricSource {
  return {
    name: 'this machine',
    intervalMs: 5_000,
    async sample({ resources, signal }): Promise<MetricBatch> {
      const atMs = measuring.system.now();
      const problems: string[] = [];
      const wanted = new Set(resources.map(({ kind }) => kind));
      if (wanted.has('host')) problems.push(...(await measureHost(measuring, signal)));
      if (wanted.has('process')) await measuring.table.measure();
      for (const resource of resources) {
        if (resource.kind !== 'container' || resource.status !== 'running') continue;
        await measureContainer(measuring, resource, signal).catch((error: unknown) => {
          if (signal.aborted) throw error;
          problems.push(problemOf(error).message);
        });
      }
      const samples = resources.flatMap((resource) => samplesOf(measuring, resource, atMs));
      return { samples, problems };
    },
  };
}

function samplesOf({ history }: Measuring, { id, kind }: Resource, sinceMs: number) {
  return (measured[kind] ?? []).flatMap((metric) => {
    const last = history.latest(id, metric);
    return last && last[0] >= sinceMs ? [{ resource: id, metric, atMs: last[0], value: last[1] }] : [];
  });
}
