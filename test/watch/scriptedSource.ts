// A source of metrics that says what a test wants: values by series and time, and every disaster by name.

import type { Executor, MetricSource } from '../../daemon/executors/contract.ts';
import { createGraph } from '../../daemon/graph/graph.ts';
import type { MetricName } from '../../shared/model/metric.ts';
import type { Relation, Resource } from '../../shared/model/resource.ts';
import { createManualClock } from '../discovery/manualClock.ts';
import { fakeConnection, fakeVm } from '../fakes/resources.ts';
import { openWatch } from '../fakes/watch.ts';
import { normalOf } from '../monitor/synthetic.ts';

export const minuteMs = 60_000;

export interface Script {
  /** Value of a series at a time; undefined: it is not measured then. */
  value: (resource: Resource, metric: MetricName, atMs: number) => number | undefined;
  /** Its clock, ms beside the right one. */
  skewMs: number;
  /** It throws, or never answers. */
  trouble: 'none' | 'throws' | 'hangs';
  readonly metrics: readonly MetricName[];
  samplings: number;
}

/** A graph of machines, a connection that measures them, and the watch over both; time is the test's. */
export function watchHouse(
  options: {
    readonly names?: readonly string[];
    readonly relations?: readonly Relation[];
    readonly metrics?: readonly MetricName[];
  } = {},
) {
  const clock = createManualClock();
  const graph = createGraph({ now: clock.now });
  const vms = (options.names ?? ['web-1']).map((name) => fakeVm(name));
  graph.apply(
    'lab',
    { name: 'vms', kinds: ['vm'] },
    { mode: 'full', resources: vms, removed: [], relations: options.relations ?? [] },
  );
  const normal = normalOf(11);
  const script: Script = {
    value: (_resource, metric) => (metric === 'cpu' ? 20 + 2 * normal() : 40 + normal()),
    skewMs: 0,
    trouble: 'none',
    metrics: options.metrics ?? ['cpu', 'memory'],
    samplings: 0,
  };
  const source: MetricSource = {
    name: 'script',
    intervalMs: 15_000,
    async sample({ resources, signal }) {
      script.samplings++;
      if (script.trouble === 'throws') throw new Error('it is away');
      if (script.trouble === 'hangs')
        await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      const atMs = clock.now() + script.skewMs;
      const samples = resources.flatMap((resource) =>
        script.metrics.flatMap((metric) => {
          const value = script.value(resource, metric, atMs);
          return value === undefined ? [] : [{ resource: resource.id, metric, atMs, value }];
        }),
      );
      return { samples, problems: [] };
    },
  };
  const executor = { metricSources: [source] } as unknown as Executor;
  const connections = {
    list: () => [fakeConnection('lab', { state: 'connected', environment: 'staging' })],
    get: () => fakeConnection('lab', { state: 'connected', environment: 'staging' }),
    executor: () => executor,
    onDidChange: () => () => {},
    rescan: async () => {},
  };
  const start = (stateFolder?: string) => {
    const house = openWatch({
      graph,
      connections,
      now: clock.now,
      after: clock.after,
      ...(stateFolder !== undefined && { stateFolder }),
    });
    house.watch.setActive(true);
    return house;
  };
  const normalValue = script.value;
  return {
    clock,
    graph,
    vms,
    script,
    normalValue,
    start,
    idOf: (name: string) => vms.find((vm) => vm.name === name)!.id,
  };
}
