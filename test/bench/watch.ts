// Measures the whole way of a sample: taken in, kept, judged by the detectors and by the models of hosts. 10,000 series
// of 1,000 hosts in batches as they come every 15 seconds. Share of a core and memory; asserts nothing.
// Run: npm run bench watch.

import { pathToFileURL } from 'node:url';
import type { Executor, MetricSource } from '../../daemon/executors/contract.ts';
import { createGraph } from '../../daemon/graph/graph.ts';
import { metricNames } from '../../shared/model/metric.ts';
import { createManualClock } from '../discovery/manualClock.ts';
import { fakeConnection, fakeVms } from '../fakes/resources.ts';
import { removeTempFolders } from '../fakes/tempFolder.ts';
import { openWatch } from '../fakes/watch.ts';
import { daily, normalOf } from '../monitor/synthetic.ts';
import { rounded } from './figures.ts';

const hosts = 1_000;
const intervalMs = 15_000;
const warmUpMs = 20 * 60_000;
const measuredMs = 30 * 60_000;

/** Figures by name. */
export async function bench(): Promise<Record<string, number>> {
  const clock = createManualClock();
  const graph = createGraph({ now: clock.now });
  graph.apply(
    'lab',
    { name: 'vms', kinds: ['vm'] },
    { mode: 'full', resources: fakeVms(hosts), removed: [], relations: [] },
  );
  const normal = normalOf(1);
  const noise = Float64Array.from({ length: 65_536 }, () => normal());
  let turn = 0;
  let makingMs = 0;
  const source: MetricSource = {
    name: 'bench',
    intervalMs,
    async sample({ resources }) {
      const begun = process.cpuUsage();
      turn++;
      const atMs = clock.now();
      const samples = resources.flatMap(({ id: resource }, host) =>
        metricNames.map((metric, i) => ({
          resource,
          metric,
          atMs,
          value: 40 + 20 * daily(atMs) + 3 * noise[(turn * 31 + host * 977 + i * 13) & 65_535]!,
        })),
      );
      const { user, system } = process.cpuUsage(begun);
      makingMs += (user + system) / 1_000;
      return { samples, problems: [] };
    },
  };
  const executor = { metricSources: [source] } as unknown as Executor;
  const connection = fakeConnection('lab', { state: 'connected' });
  const memoryBefore = process.memoryUsage().rss;
  const { watch, close } = openWatch({
    graph,
    connections: {
      list: () => [connection],
      get: () => connection,
      executor: () => executor,
      onDidChange: () => () => {},
      rescan: async () => {},
    },
    now: clock.now,
    after: clock.after,
  });
  watch.setActive(true);
  await clock.advance(warmUpMs);
  makingMs = 0;
  const before = process.cpuUsage();
  await clock.advance(measuredMs);
  const { user, system } = process.cpuUsage(before);
  const figures = {
    series: watch.series.list().length,
    corePercent: (100 * ((user + system) / 1_000 - makingMs)) / measuredMs,
    megabytes: (process.memoryUsage().rss - memoryBefore) / 1e6,
    incidents: watch.incidents.list({ limit: 1_000 }).length,
  };
  await close();
  removeTempFolders();
  return Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, rounded(value)]));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  for (const [name, value] of Object.entries(await bench()))
    process.stdout.write(`${name.padEnd(28)} ${value}\n`);
