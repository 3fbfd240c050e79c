// A small estate whose truth the test knows: a real store of series, a real graph with its history, real files; time is
// the test's, and every minute the foreseeing is told.

import type Database from 'better-sqlite3';
import { createForeseeing, type Foreseeing } from '../../daemon/failure/failure.ts';
import { createGraph } from '../../daemon/graph/graph.ts';
import { graphMigrations } from '../../daemon/graph/migrations.ts';
import { seriesMigrations } from '../../daemon/series/migrations.ts';
import { createSeriesStore } from '../../daemon/series/store.ts';
import { openDatabase } from '../../daemon/store/database.ts';
import type { Migration } from '../../daemon/store/migrations.ts';
import type { FindingDraft, Watch } from '../../daemon/watch/contract.ts';
import { foresee } from '../../daemon/watch/foresee.ts';
import type { MetricName } from '../../shared/model/metric.ts';
import type { Resource } from '../../shared/model/resource.ts';
import { fakeVm } from '../fakes/resources.ts';

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;

export type Figure = (atMs: number) => number;

export function fakePod(name: string, more: Partial<Resource> = {}): Resource {
  return fakeVm(name, { id: `lab:pod/${name}`, kind: 'pod', attributes: { restarts: 0 }, ...more });
}

export function openEstate(stateFolder: string, startMs = Date.UTC(2026, 0, 5)) {
  let nowMs = startMs;
  const now = (): number => nowMs;
  const databases: Database.Database[] = [];
  const open = (name: string, migrations: readonly Migration[]): Database.Database => {
    const database = openDatabase({ file: `${stateFolder}/${name}`, durability: 'normal', migrations });
    databases.push(database);
    return database;
  };
  const store = createSeriesStore({ database: open('series.db', seriesMigrations), now });
  const graph = createGraph({ database: open('graph.db', graphMigrations), now });
  let reported: readonly FindingDraft[] = [];
  const watch = {
    series: store,
    incidents: { list: () => [] },
    forecast: (id: string, horizonMs: number) =>
      foresee(store, id, horizonMs, { nowMs, nameOf: (resource) => graph.get(resource)?.name ?? resource }),
    report: (_detector: string, drafts: readonly FindingDraft[]) => {
      reported = drafts;
    },
  } as unknown as Pick<Watch, 'series' | 'incidents' | 'forecast' | 'report'>;
  const foreseeing: Foreseeing = createForeseeing({
    watch,
    graph,
    open,
    now,
    log: (level, message) => {
      if (level === 'warn' || level === 'error') throw new Error(message);
    },
  });
  const figures = new Map<string, { readonly number: number; readonly figure: Figure }>();
  const resources = new Map<string, Resource>();
  const tell = (): void => {
    for (const kind of ['pod', 'vm', 'node'] as const)
      graph.apply(
        'lab',
        { name: kind, kinds: [kind] },
        {
          mode: 'full',
          resources: [...resources.values()].filter((one) => one.kind === kind),
          removed: [],
          relations: [],
        },
      );
    graph.flush();
  };
  return {
    foreseeing,
    watch,
    now,
    get reported() {
      return reported;
    },
    put(resource: Resource) {
      resources.set(resource.id, resource);
      tell();
    },
    remove(id: string) {
      resources.delete(id);
      for (const key of figures.keys()) if (key.startsWith(`${id}#`)) figures.delete(key);
      tell();
    },
    measure(resource: string, metric: MetricName, figure: Figure, part?: string) {
      const number = store.register(
        { resource, metric, ...(part !== undefined && { part }) },
        '%',
        'lab/test',
      )!;
      figures.set(`${resource}#${metric}#${part ?? ''}`, { number, figure });
    },
    /** Minutes go by; each is measured and looked at. */
    async pass(ms: number, each?: (atMs: number) => void) {
      for (const untilMs = nowMs + ms; nowMs < untilMs; ) {
        nowMs += minuteMs;
        each?.(nowMs);
        const all = [...figures.values()];
        store.append({
          numbers: all.map(({ number }) => number),
          times: all.map(() => nowMs),
          values: all.map(({ figure }) => figure(nowMs)),
        });
        await foreseeing.tick();
      }
    },
    async close() {
      await foreseeing.dispose();
      store.flush();
      graph.dispose();
      for (const database of databases) database.close();
    },
  };
}
