// Figures of a vCenter: what its VMs, hosts and datastores use now (quick statistics, for the monitor), and the past
// from its performance counters (for a question). Percentages are of what the thing has.

import type { MetricName, MetricSample } from '../../../shared/model/metric.ts';
import { ProblemError } from '../../../shared/model/problem.ts';
import { type Resource, resourceId } from '../../../shared/model/resource.ts';
import type { MetricSource, ResourceReaders } from '../contract.ts';
import { child, children, numberAt, type Ref, refOf, textAt, textOf } from './client/node.ts';
import { type ObjectProperties, propertySpec } from './client/vim.ts';
import { element, refElement } from './client/xml.ts';
import { readAll } from './inventory/source.ts';
import { refOfResource } from './operations/task.ts';
import type { Vsphere } from './vsphere.ts';

/** vCenter computes quick statistics every 20 s or so (vSphere Web Services SDK, `QuickStats`). */
const intervalMs = 20_000;

const figures = {
  VirtualMachine: [
    'runtime.powerState',
    'runtime.host',
    'config.hardware.numCPU',
    'config.hardware.memoryMB',
    'summary.quickStats.overallCpuUsage',
    'summary.quickStats.guestMemoryUsage',
  ],
  HostSystem: [
    'summary.hardware.numCpuCores',
    'summary.hardware.cpuMhz',
    'summary.hardware.memorySize',
    'summary.quickStats.overallCpuUsage',
    'summary.quickStats.overallMemoryUsage',
  ],
  Datastore: ['summary.capacity', 'summary.freeSpace'],
} as const;

/** Samples all VMs that run, hosts and datastores in one request. */
export function createMetricSource(vs: Vsphere): MetricSource {
  return {
    name: 'quick statistics',
    intervalMs,
    sample: async ({ signal }) => {
      const types = Object.keys(figures) as (keyof typeof figures)[];
      const specs = types.map((type) => propertySpec(type, figures[type]));
      const found = await readAll(vs.vim, types, specs, signal);
      const mhzOf = new Map(found.map((one) => [one.ref.value, numberOf(one, 'summary.hardware.cpuMhz')]));
      const atMs = vs.now();
      const samples = found.flatMap((one) => sampleOf(vs.connection, one, mhzOf, atMs));
      return { samples, problems: [] };
    },
  };
}

function sampleOf(
  connection: string,
  one: ObjectProperties,
  mhzOf: ReadonlyMap<string, number | undefined>,
  atMs: number,
): readonly MetricSample[] {
  const percent = (resource: string, metric: MetricName, used?: number, of?: number): MetricSample[] =>
    used === undefined || !of ? [] : [{ resource, metric, atMs, value: Math.min(100, (100 * used) / of) }];
  switch (one.ref.type) {
    case 'VirtualMachine': {
      if (textOf(one.properties.get('runtime.powerState')) !== 'poweredOn') return [];
      const id = resourceId(connection, 'vm', one.ref.value);
      const mhz = mhzOf.get(refOf(one.properties.get('runtime.host'))?.value ?? '');
      const cpus = numberOf(one, 'config.hardware.numCPU');
      const usedMb = numberOf(one, 'summary.quickStats.guestMemoryUsage');
      return [
        ...percent(id, 'cpu', numberOf(one, 'summary.quickStats.overallCpuUsage'), product(mhz, cpus)),
        ...percent(id, 'memory', usedMb, numberOf(one, 'config.hardware.memoryMB')),
      ];
    }
    case 'HostSystem': {
      const id = resourceId(connection, 'host', one.ref.value);
      const mhz = numberOf(one, 'summary.hardware.cpuMhz');
      const cores = numberOf(one, 'summary.hardware.numCpuCores');
      const bytes = numberOf(one, 'summary.hardware.memorySize');
      const usedMb = numberOf(one, 'summary.quickStats.overallMemoryUsage');
      return [
        ...percent(id, 'cpu', numberOf(one, 'summary.quickStats.overallCpuUsage'), product(mhz, cores)),
        ...percent(id, 'memory', usedMb, bytes === undefined ? undefined : bytes / 1024 ** 2),
      ];
    }
    default: {
      const size = numberOf(one, 'summary.capacity');
      const free = numberOf(one, 'summary.freeSpace');
      const used = size === undefined || free === undefined ? undefined : size - free;
      return percent(resourceId(connection, 'datastore', one.ref.value), 'disk', used, size);
    }
  }
}

interface Counter {
  readonly group: string;
  readonly name: string;
  readonly unit: string;
  /** What a raw value is multiplied by. */
  readonly factor: number;
}

/** Performance counters by metric (vSphere Web Services SDK, `PerformanceManager`); rollup `average`. */
const counters: Readonly<Partial<Record<string, Counter>>> = {
  cpu: { group: 'cpu', name: 'usage', unit: '%', factor: 0.01 },
  memory: { group: 'mem', name: 'usage', unit: '%', factor: 0.01 },
  network: { group: 'net', name: 'usage', unit: 'MB/s', factor: 0.001024 },
};

/** The past of one metric of a VM or host. */
export function createReaders(vs: Vsphere): ResourceReaders {
  let ids: Promise<ReadonlyMap<string, string>> | undefined;
  return {
    metrics: async ({ resource, metric, fromMs, toMs, signal }) => {
      const counter = counters[metric];
      if (!counter || (resource.kind !== 'vm' && resource.kind !== 'host'))
        throw unmeasured(resource, metric);
      ids ??= counterIds(vs, signal);
      ids.catch(() => (ids = undefined));
      const id = (await ids).get(`${counter.group}.${counter.name}`);
      if (id === undefined) throw unmeasured(resource, metric);
      const points = await queryPerf(vs, refOfResource(resource), id, fromMs, toMs, signal);
      const last = points.at(-1);
      if (!last) throw unmeasured(resource, metric);
      return { unit: counter.unit, points: points.map(([at, raw]) => [at, round(raw * counter.factor)]) };
    },
  };
}

async function queryPerf(
  vs: Vsphere,
  entity: Ref,
  counterId: string,
  fromMs: number,
  toMs: number,
  signal: AbortSignal,
): Promise<readonly (readonly [number, number])[]> {
  const self = await vs.vim.manager('perfManager', signal);
  const spec = element('querySpec', [
    refElement('entity', entity),
    element('startTime', new Date(fromMs).toISOString()),
    element('endTime', new Date(toMs).toISOString()),
    element('maxSample', samplesMax),
    element('metricId', [element('counterId', counterId), element('instance', '')]),
    element('intervalId', intervalOf(toMs - fromMs)),
    element('format', 'normal'),
  ]);
  const request = { method: 'QueryPerf', self, content: [spec], isRead: true, signal };
  const answer = await vs.vim.call({ ...request, what: 'read performance counters' });
  const metric = child(answer, 'returnval');
  const times = children(metric, 'sampleInfo').map((one) => Date.parse(textAt(one, 'timestamp') ?? ''));
  const values = children(child(metric, 'value'), 'value').map((one) => Number(textOf(one)));
  // A value of -1 stands for none.
  return times
    .map((at, index) => [at, values[index] ?? -1] as const)
    .filter(([at, value]) => !Number.isNaN(at) && value >= 0)
    .sort(([a], [b]) => a - b);
}

/** More points than any chart shows. */
const samplesMax = 400;

/** Length of a sample in seconds that the server keeps for a span: real time for an hour, then its roll-ups. */
function intervalOf(spanMs: number): number {
  const hours = spanMs / 3_600_000;
  if (hours <= 1) return 20;
  if (hours <= 24) return 300;
  return hours <= 24 * 7 ? 1_800 : 7_200;
}

async function counterIds(vs: Vsphere, signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
  const self = await vs.vim.manager('perfManager', signal);
  const [found] = await vs.vim.fetch([self], ['perfCounter'], signal);
  const all = children(found?.properties.get('perfCounter'), 'PerfCounterInfo');
  return new Map(
    all
      .filter((one) => textAt(one, 'rollupType') === 'average')
      .map((one) => [
        `${textAt(one, 'groupInfo', 'key')}.${textAt(one, 'nameInfo', 'key')}`,
        String(numberAt(one, 'key')),
      ]),
  );
}

function unmeasured(resource: Resource, metric: string): ProblemError {
  return new ProblemError({
    code: 'unsupported',
    message: `vSphere has no figure for the ${metric} of the ${resource.kind} ${resource.name}.`,
    fix: `Ask for ${Object.keys(counters).join(', ')} of a VM that runs or of a host.`,
  });
}

function numberOf(one: ObjectProperties, path: string): number | undefined {
  const value = Number(textOf(one.properties.get(path)) ?? Number.NaN);
  return Number.isFinite(value) ? value : undefined;
}

function product(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a * b;
}

function round(value: number): number {
  return Number(value.toPrecision(6));
}
