// What can be asked of one server beyond the graph: its console log, and cpu, memory, disk operations and network as the
// hypervisor sees them, where this user may ask it (by default only administrators may).

import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { ProblemError } from '../../../shared/model/problem.ts';
import { limits } from '../../config.ts';
import type { ResourceReaders } from '../contract.ts';
import { postServerAction } from './api/compute.ts';
import type { OpenStack } from './api/openStack.ts';
import { type Diagnostics, fetchDiagnostics, sum } from './diagnostics.ts';

/** Between the two looks at a counter, in ms. */
const sampleMs = 1_000;

export function createReaders(os: OpenStack): ResourceReaders {
  return {
    logs: async ({ resource, lines, grep, signal }) => {
      if (resource.kind !== 'vm') throw noReader(`a log of a ${resource.kind}`);
      const wanted = Math.min(Math.max(lines, 1), limits.logLinesMax);
      // With a filter more has to be read than is shown.
      const body = { 'os-getConsoleOutput': { length: grep ? limits.logLinesMax : wanted } };
      const answer = await postServerAction(
        os,
        resource.id,
        body,
        `read the console of ${resource.name}`,
        signal,
      );
      const output = z.object({ output: z.string() }).parse(answer.body).output;
      const all = output
        .split(/\r?\n/)
        .filter((line) => !grep || line.toLowerCase().includes(grep.toLowerCase()));
      if (all.at(-1) === '') all.pop();
      return { text: all.slice(-wanted).join('\n'), truncated: all.length > wanted };
    },
    metrics: async ({ resource, metric, signal }) => {
      const read = metricReaders[metric];
      if (resource.kind !== 'vm' || !read) throw noReader(`${metric} of a ${resource.kind}`);
      const first = await fetchDiagnostics(os, resource.id, signal);
      const startedMs = os.now();
      await sleep(sampleMs, undefined, { signal });
      const second = await fetchDiagnostics(os, resource.id, signal);
      const value = read.value(first, second, (os.now() - startedMs) / 1000);
      if (value === undefined) throw noReader(`${metric} of ${resource.name}`);
      return { unit: read.unit, points: [[os.now(), value]] };
    },
  };
}

type Read = (first: Diagnostics, second: Diagnostics, seconds: number) => number | undefined;

const metricReaders: Readonly<Record<string, { readonly unit: string; readonly value: Read }>> = {
  cpu: {
    unit: '%',
    value: (first, second, seconds) => {
      const nanoseconds =
        sum(second.cpu_details, (cpu) => cpu.time) - sum(first.cpu_details, (cpu) => cpu.time);
      const cpus = second.cpu_details.length;
      return cpus === 0 ? undefined : Math.min(100, Math.max(0, (nanoseconds / 1e9 / seconds / cpus) * 100));
    },
  },
  memory: {
    unit: '%',
    value: (_first, { memory_details: memory }) =>
      memory?.maximum && typeof memory.used === 'number' ? (memory.used / memory.maximum) * 100 : undefined,
  },
  iops: { unit: '1/s', value: (a, b, seconds) => Math.max(0, (diskRequests(b) - diskRequests(a)) / seconds) },
  network: {
    unit: 'MB/s',
    value: (a, b, seconds) => Math.max(0, (nicBytes(b) - nicBytes(a)) / 1e6 / seconds),
  },
};

const diskRequests = (at: Diagnostics) =>
  sum(at.disk_details, (one) => (one.read_requests ?? 0) + (one.write_requests ?? 0));
const nicBytes = (at: Diagnostics) =>
  sum(at.nic_details, (one) => (one.rx_octets ?? 0) + (one.tx_octets ?? 0));

function noReader(what: string): ProblemError {
  return new ProblemError({
    code: 'unsupported',
    message: `OpenStack cannot tell ${what}.`,
    fix: 'Connect a source of metrics such as Prometheus.',
  });
}
