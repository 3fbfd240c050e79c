// Nova's diagnostics as a source of metrics: processor, memory, network and disk operations of each running server, as
// its hypervisor counts them, where this user may ask (by default only administrators may; then it says so once and
// rests). Counters become rates between two samplings; a counter that was reset makes no rate. A few servers are asked
// at once, and in a large project each in its turn, so that no sampling asks for more than the budget.

import type { MetricSample } from '../../../shared/model/metric.ts';
import { problemOf } from '../../../shared/model/problem.ts';
import type { Resource } from '../../../shared/model/resource.ts';
import { limits } from '../../config.ts';
import type { MetricSource } from '../contract.ts';
import type { OpenStack } from './api/openStack.ts';
import { type Diagnostics, fetchDiagnostics, sum } from './diagnostics.ts';

const intervalMs = 30_000;

interface Counters {
  readonly atMs: number;
  readonly cpuNs: number;
  readonly cpus: number;
  readonly netBytes: number;
  readonly diskRequests: number;
}

/** Counters of each server as they were, and whose turn is next. */
interface Cursor {
  readonly counters: Readonly<Record<string, Counters>>;
  readonly next: number;
}

export function createMetricSource(os: OpenStack): MetricSource {
  return {
    name: 'diagnostics',
    intervalMs,
    async sample({ resources, cursor, signal }) {
      const before = parseCursor(cursor);
      const running = resources.filter(({ kind, status }) => kind === 'vm' && status === 'running');
      const turn = takeTurn(running, before.next, limits.novaServersPerSample);
      const samples: MetricSample[] = [];
      const counters: Record<string, Counters> = { ...before.counters };
      const failures: unknown[] = [];
      const queue = turn[Symbol.iterator]();
      const work = async (): Promise<void> => {
        for (const vm of queue) {
          try {
            const now = await fetchDiagnostics(os, vm.id, signal);
            const counted = countersOf(now, os.now());
            samples.push(...samplesOf(vm, now, counters[vm.id], counted));
            counters[vm.id] = counted;
          } catch (error) {
            signal.throwIfAborted();
            // Who may not ask of one server may not ask of any.
            if (problemOf(error).code === 'cloud-forbidden') throw error;
            failures.push(error);
          }
        }
      };
      await Promise.all(Array.from({ length: limits.metricsConcurrency }, work));
      // Where no server may be asked, none of them will be in half a minute: the watch rests.
      if (turn.length > 0 && failures.length === turn.length) throw failures[0];
      const present = new Set(running.map(({ id }) => id));
      const kept = Object.fromEntries(Object.entries(counters).filter(([id]) => present.has(id)));
      return {
        samples,
        problems: [...new Set(failures.map((error) => problemOf(error).message))].slice(0, 3),
        cursor: JSON.stringify({
          counters: kept,
          next: (before.next + turn.length) % Math.max(1, running.length),
        }),
      };
    },
  };
}

function takeTurn(all: readonly Resource[], next: number, countMax: number): readonly Resource[] {
  if (all.length <= countMax) return all;
  return Array.from({ length: countMax }, (_, i) => all[(next + i) % all.length]!);
}

function countersOf(now: Diagnostics, atMs: number): Counters {
  return {
    atMs,
    cpuNs: sum(now.cpu_details, ({ time }) => time),
    cpus: now.cpu_details.length,
    netBytes: sum(now.nic_details, ({ rx_octets, tx_octets }) => (rx_octets ?? 0) + (tx_octets ?? 0)),
    diskRequests: sum(
      now.disk_details,
      ({ read_requests, write_requests }) => (read_requests ?? 0) + (write_requests ?? 0),
    ),
  };
}

function samplesOf(
  vm: Resource,
  now: Diagnostics,
  before: Counters | undefined,
  counted: Counters,
): readonly MetricSample[] {
  const { atMs } = counted;
  const at = (metric: MetricSample['metric'], value: number): MetricSample => ({
    resource: vm.id,
    metric,
    atMs,
    value,
  });
  const samples: MetricSample[] = [];
  const { maximum, used } = now.memory_details ?? {};
  if (maximum && typeof used === 'number') samples.push(at('memory', (100 * used) / maximum));
  const seconds = before ? (atMs - before.atMs) / 1_000 : 0;
  if (!before || seconds <= 0) return samples;
  const rate = (key: 'cpuNs' | 'netBytes' | 'diskRequests'): number | undefined =>
    counted[key] >= before[key] ? (counted[key] - before[key]) / seconds : undefined;
  const [cpu, network, iops] = [rate('cpuNs'), rate('netBytes'), rate('diskRequests')];
  if (cpu !== undefined && counted.cpus > 0) samples.push(at('cpu', Math.min(100, cpu / 1e7 / counted.cpus)));
  if (network !== undefined && now.nic_details.length > 0) samples.push(at('network', network / 1e6));
  if (iops !== undefined && now.disk_details.length > 0) samples.push(at('iops', iops));
  return samples;
}

function parseCursor(text: string | undefined): Cursor {
  return text === undefined ? { counters: {}, next: 0 } : (JSON.parse(text) as Cursor);
}
