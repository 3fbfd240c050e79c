// Watching: asks metric sources in their rhythm, keeps what they say, looks at every sample, and puts what is found into
// incidents. Its files are opened when they are first needed, and while nobody looks nothing runs. It reads clouds only
// through the sources of open connections and never writes to one. Made by main.ts.

import type Database from 'better-sqlite3';
import type { PrometheusServer, TriedServer, WatchStatus } from '../../shared/model/metricSettings.ts';
import { parseResourceId } from '../../shared/model/resource.ts';
import { type SeriesInfo, seriesId as seriesIdOf } from '../../shared/model/series.ts';
import type { AuditTrail } from '../audit/contract.ts';
import { limits } from '../config.ts';
import type { Connections } from '../discovery/contract.ts';
import type { MetricBatch } from '../executors/contract.ts';
import type { StoredGraph } from '../graph/contract.ts';
import type { SeriesStore } from '../series/contract.ts';
import { seriesMigrations } from '../series/migrations.ts';
import { createSeriesStore } from '../series/store.ts';
import type { Migration } from '../store/migrations.ts';
import { createBook, type IncidentBook } from './book.ts';
import { createCapacity } from './capacity.ts';
import type { IncidentChange, Place, Watch } from './contract.ts';
import { createDetectors, type Detectors } from './detectors.ts';
import { createEpisodes } from './episodes.ts';
import { explain, marksOf } from './explain.ts';
import { foresee } from './foresee.ts';
import { createHosts } from './hosts.ts';
import { createIncidentDisk } from './incidentDisk.ts';
import { type Intake, takeIn } from './intake.ts';
import { judgeIncident } from './judge.ts';
import { watchMigrations } from './migrations.ts';
import { createMutes, type MuteBook } from './mutes.ts';
import { nearOf } from './neighbours.ts';
import { reportFindings } from './report.ts';
import { createSampler, type SourceState } from './sampler.ts';
import { openSettings, type Vault } from './settings.ts';

export interface WatchOptions {
  readonly connections: Pick<Connections, 'list' | 'get' | 'executor' | 'onDidChange' | 'rescan'>;
  readonly graph: Pick<StoredGraph, 'get' | 'list' | 'all' | 'relationsOf' | 'historyOf'>;
  readonly audit: Pick<AuditTrail, 'append' | 'list'>;
  readonly vault: Vault;
  readonly tryServer: (
    server: PrometheusServer,
    secret: (name: string) => string | undefined,
    signal: AbortSignal,
  ) => Promise<TriedServer>;
  readonly stateFolder: string;
  /** Opens a database file of the state folder; whoever gave it closes it after `dispose`. */
  readonly open: (name: string, migrations: readonly Migration[]) => Database.Database;
  /** Called about once a minute while something is sampled. */
  readonly onMinute?: () => void;
  readonly now: () => number;
  /** For tests that bring a clock of their own. */
  readonly after?: (delayMs: number, call: () => void) => () => void;
  readonly log: (level: 'debug' | 'info' | 'warn' | 'error', message: string) => void;
}

/** What there is once the files are open. */
interface Rooms {
  readonly store: SeriesStore;
  readonly book: IncidentBook;
  readonly mutes: MuteBook;
  readonly detectors: Detectors;
  readonly look: (batch: Intake['batch']) => void;
  readonly tick: () => void;
}

/** Detectors of this room; their findings end here and nowhere else. */
const seriesDetector = 'series';
const capacityDetector = 'capacity';
const hostDetector = 'host/pca';

export function createWatch(options: WatchOptions): Watch {
  const { now, connections, vault } = options;
  const settings = openSettings(options.stateFolder);
  if (settings.problem !== undefined) options.log('error', settings.problem);
  const listeners = new Set<(change: IncidentChange) => void>();
  let opened: Rooms | undefined;
  let isActive = false;
  const rooms = (): Rooms => {
    opened ??= openRooms(options, (change) => {
      for (const listener of [...listeners]) listener(change);
    });
    return opened;
  };
  const places = placesOf(options);
  const sampler = createSampler({
    ...options,
    take: (from, batch) => take(rooms(), from, batch, now()),
    sinceOf: (from) => newestOf(rooms().store, sourceOf(from)),
    onDidSample: () => maintain(),
  });
  let maintainedMs = 0;
  function maintain(): void {
    const { store, tick } = rooms();
    tick();
    if (now() - maintainedMs < limits.watchMaintainMs) return;
    maintainedMs = now();
    options.onMinute?.();
    store.maintain(settings.settings.storeMegabytesMax * 1_000_000);
  }
  const explainSources = () => ({ ...options, book: rooms().book, nearOf: places.nearOf });
  return {
    series: {
      list: (where) => rooms().store.list(where),
      get: (id) => rooms().store.get(id),
      range: (id, fromMs, toMs, pointsMax) => rooms().store.range(id, fromMs, toMs, pointsMax),
    },
    incidents: {
      list: (query) => rooms().book.list(query),
      get: (id) => rooms().book.get(id),
      details: (id) => explain(rooms().book.require(id), explainSources()),
      judge: (id, says, actor) => judgeIncident(id, says, actor, { ...rooms(), audit: options.audit, now }),
      onDidChange(listener) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
    mutes: {
      list: () => rooms().mutes.list(),
      add: (draft, actor) => rooms().mutes.add(draft, actor),
      remove: (id, actor) => rooms().mutes.remove(id, actor),
    },
    status: (): WatchStatus => {
      const { store, book } = rooms();
      const { series, bytes, rawFromMs, fromMs } = store.size();
      return {
        active: isActive,
        settings: settings.settings,
        sources: sampler.status(),
        store: {
          series,
          bytes,
          bytesMax: settings.settings.storeMegabytesMax * 1_000_000,
          ...(series > 0 && { rawFromMs, fromMs }),
        },
        openIncidents: book.list({ open: true, limit: limits.incidentsKeptMax }).length,
      };
    },
    async configure(more, secrets, actor) {
      vault.put(secrets);
      if (Object.keys(more).length > 0) {
        options.audit.append({
          event: 'metrics.configured',
          actor,
          detail: JSON.parse(
            JSON.stringify({ before: settings.settings, after: { ...settings.settings, ...more } }),
          ),
        });
        settings.set(more);
      }
      await connections.rescan();
      return this.status();
    },
    tryServer: (server, secrets, signal) =>
      options.tryServer(server, (name) => secrets[name] ?? vault.get(name), signal),
    secret: vault.get,
    forecast: (id, horizonMs) =>
      foresee(rooms().store, id, horizonMs, {
        nowMs: now(),
        nameOf: (resource) => places.placeOf(resource).name,
      }),
    marks: (resources, fromMs, toMs) => marksOf(resources, fromMs, toMs, explainSources()),
    report: (detector, drafts) => reportFindings(rooms().book, detector, drafts, now()),
    setActive(active) {
      isActive = active;
      sampler.setActive(active);
      if (!active && opened) opened.store.flush();
    },
    get keepsWatching() {
      return settings.settings.keepWatching;
    },
    async dispose() {
      await sampler.dispose();
      listeners.clear();
      if (!opened) return;
      opened.detectors.save(Number.POSITIVE_INFINITY);
      opened.store.flush();
    },
  };
}

const sourceOf = ({ connection, source }: SourceState): string => `${connection}/${source.name}`;

function newestOf(store: SeriesStore, source: string): number | undefined {
  const own = store.list().filter((series) => series.source === source);
  return own.length === 0 ? undefined : own.reduce((most, { lastMs }) => Math.max(most, lastMs), 0);
}

/** Takes a batch in: what is believed is kept first, and then looked at, unless the source cannot be trusted. */
function take(rooms: Rooms, from: SourceState, batch: MetricBatch, nowMs: number): Intake {
  const intake = takeIn(rooms.store, {
    source: sourceOf(from),
    batch,
    nowMs,
    intervalMs: from.source.intervalMs,
    newestMs: from.newestMs,
  });
  rooms.store.append(intake.batch);
  if (!intake.isSuspect && nowMs >= from.suspectUntilMs) rooms.look(intake.batch);
  return intake;
}

function openRooms(options: WatchOptions, tell: (change: IncidentChange) => void): Rooms {
  const { now, open } = options;
  const { placeOf, nearOf: near } = placesOf(options);
  const store = createSeriesStore({ database: open('series.db', seriesMigrations), now });
  const database = open('watch.db', watchMigrations);
  const mutes = createMutes({ database, audit: options.audit, now, onDidChange: () => book.remute() });
  const disk = createIncidentDisk(database);
  const book = createBook({ disk, now, placeOf, nearOf: near, muteOf: mutes.muteOf });
  book.onDidChange(tell);
  const detectors = createDetectors({ database, store, now });
  const nameOf = (resource: string): string => placeOf(resource).name;
  const endOf = (detector: string) => (series: SeriesInfo, why: string, atMs: number) =>
    book.end({ detector, resource: series.resource, series: series.id }, why, atMs);
  const episodes = createEpisodes({
    store,
    now,
    nameOf,
    wideOf: (id) => 1 + Math.max(0, detectors.shiftOf(id)) / 2,
    raise: (draft) => void book.raise(seriesDetector, draft),
    end: endOf(seriesDetector),
  });
  for (const finding of book.open(seriesDetector)) {
    const number = finding.series && store.numberOf(seriesIdOf(finding.series));
    if (number !== undefined)
      episodes.resume(number, {
        startedMs: finding.startedMs,
        score: finding.confidence,
        ...(finding.usual && { usual: finding.usual }),
      });
  }
  const hosts = createHosts({
    store,
    now,
    nameOf,
    raise: (draft) => void book.raise(hostDetector, draft),
    end: (resource, why, atMs) => book.end({ detector: hostDetector, resource }, why, atMs),
  });
  const capacity = createCapacity({
    reader: store,
    now,
    nameOf,
    raise: (draft) => void book.raise(capacityDetector, draft),
    end: endOf(capacityDetector),
    isOpen: ({ id }) => book.open(capacityDetector).some(({ series }) => series && seriesIdOf(series) === id),
  });
  const look = ({ numbers, times, values }: Intake['batch']): void => {
    for (let i = 0; i < times.length; i++) {
      const [number, atMs, value] = [numbers[i]!, times[i]!, values[i]!];
      episodes.follow(number, atMs, value, detectors.judge(number, atMs, value));
      hosts.feed(number, atMs, value);
    }
  };
  let savedMs = now();
  let isSaving = false;
  const tick = (): void => {
    episodes.sweep();
    hosts.tick();
    capacity.tick();
    if (now() - savedMs >= limits.detectorSaveMs) {
      savedMs = now();
      isSaving = true;
    }
    if (isSaving) isSaving = detectors.save(limits.detectorSavesMax);
  };
  return { store, book, mutes, detectors, look, tick };
}

function placesOf({ graph, connections }: Pick<WatchOptions, 'graph' | 'connections'>) {
  return {
    placeOf(resource: string): Place {
      const known = graph.get(resource);
      const parsed = parseResourceId(resource);
      const connection = known?.connection ?? parsed?.connection ?? '';
      return {
        name: known?.name ?? parsed?.path ?? resource,
        kind: known?.kind ?? '',
        connection,
        environment: connections.get(connection)?.environment ?? 'unknown',
        simulated: known?.simulated === true,
      };
    },
    nearOf: (resource: string) => nearOf(graph, resource),
  };
}
