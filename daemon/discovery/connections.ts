// The connections of this daemon: found where their own tools keep them, opened, read while somebody looks, and
// described. A place that cannot be read takes no connection away; a changed file opens its connections anew.
// Called by main.ts, which hands in the providers, the graph and a database opened with `connectionMigrations`.

import type Database from 'better-sqlite3';
import type { Connection } from '../../shared/model/connection.ts';
import type { Provider } from '../../shared/model/kind.ts';
import { ProblemError, problemOf } from '../../shared/model/problem.ts';
import { limits } from '../config.ts';
import type { Executor, ExecutorContext, Provisioner } from '../executors/contract.ts';
import type { GraphWriter } from '../graph/contract.ts';
import { untilAborted } from './bounded.ts';
import { type Clock, systemClock } from './clock.ts';
import type { Connections } from './contract.ts';
import { absoluteOf, fingerprintOf, watchFiles } from './files.ts';
import { type Findings, findConnections, unopened } from './finder.ts';
import { createGiveBack } from './giveBack.ts';
import { type OpenConnection, openConnection } from './openConnection.ts';
import { createSettingsStore, type SettingsStore } from './settings.ts';

export interface ConnectionsOptions {
  readonly provisioners: readonly Provisioner[];
  readonly context: ExecutorContext;
  readonly graph: GraphWriter;
  readonly database: Database.Database;
  readonly clock?: Clock;
  /** In [0, 1), for jitter. */
  readonly random?: () => number;
}

interface Opened {
  readonly connection: OpenConnection;
  readonly provider: Provider;
  /** What the candidate and the files it came from were when it was opened. */
  readonly basis: string;
}

interface House {
  readonly options: ConnectionsOptions;
  readonly clock: Clock;
  readonly settings: SettingsStore;
  readonly opened: Map<string, Opened>;
  readonly retired: Set<Executor>;
  readonly listeners: Set<(connections: readonly Connection[]) => void>;
  readonly changed: () => void;
  unreadable: readonly Connection[];
  active: boolean;
  disposed: boolean;
  stopWatching: () => void;
}

export function createConnections(options: ConnectionsOptions): Connections {
  const house: House = {
    options,
    clock: options.clock ?? systemClock,
    settings: createSettingsStore(options.database),
    opened: new Map(),
    retired: new Set(),
    listeners: new Set(),
    changed: () => announce(),
    unreadable: [],
    active: false,
    disposed: false,
    stopWatching: () => undefined,
  };
  const list = (): readonly Connection[] => [
    ...[...house.opened].map(([id, { connection }]) => connection.describe(house.settings.get(id))),
    ...house.unreadable,
  ];
  const announce = createAnnouncer(house, list);
  const rescan = createRescan(house);
  const giveBack = createGiveBack(house.clock);
  const stopHearing = options.graph.onDidChange(({ upserts, removes }) => {
    announce();
    giveBack.note(upserts.length + removes.length);
  });
  const require = (id: string): OpenConnection => {
    const found = house.opened.get(id);
    if (!found) throw notFound(id);
    return found.connection;
  };
  return {
    list,
    get: (id) => list().find((connection) => connection.id === id),
    executor: (id) => house.opened.get(id)?.connection.executor,
    rescan: (signal) => (signal ? untilAborted(rescan('failed too'), signal) : rescan('failed too')),
    refresh: (id, signal) => Promise.resolve().then(() => require(id).refresh(signal)),
    nudge: (id, kinds) => house.opened.get(id)?.connection.nudge(kinds),
    configure(id, settings) {
      const connection = require(id);
      house.settings.set(id, settings);
      announce();
      return connection.describe(house.settings.get(id));
    },
    onDidChange(listener) {
      house.listeners.add(listener);
      return () => void house.listeners.delete(listener);
    },
    setActive(active) {
      if (house.active === active || house.disposed) return;
      house.active = active;
      for (const { connection } of house.opened.values()) connection.setActive(active);
      if (active) void rescan('changed');
      else house.stopWatching();
    },
    async dispose() {
      house.disposed = true;
      house.listeners.clear();
      stopHearing();
      giveBack.dispose();
      house.stopWatching();
      const executors = [
        ...house.retired,
        ...[...house.opened.values()].map((one) => one.connection.executor),
      ];
      await Promise.allSettled([...house.opened.values()].map(({ connection }) => connection.close()));
      await Promise.allSettled(executors.map((executor) => executor.dispose()));
    },
  };
}

/** Tells listeners once for all that happens in one turn, and only where something they can see is different. */
function createAnnouncer(house: House, list: () => readonly Connection[]): () => void {
  let isDue = false;
  let told = '';
  return () => {
    if (isDue || house.disposed) return;
    isDue = true;
    queueMicrotask(() => {
      isDue = false;
      const connections = list();
      const visible = JSON.stringify(connections.map((connection) => ({ ...connection, readAt: undefined })));
      if (visible === told || house.disposed) return;
      told = visible;
      for (const listener of [...house.listeners]) listener(connections);
    });
  };
}

/** What a scan opens anew: what was found differently, or, where a person asks, also what failed. */
type Reopening = 'changed' | 'failed too';

/** One scan at a time; who asks while one runs gets the next one, since theirs may have begun too early. */
function createRescan(house: House): (reopening: Reopening) => Promise<void> {
  let running: Promise<void> | undefined;
  let next: { reopening: Reopening; readonly done: Promise<void> } | undefined;
  const start = (reopening: Reopening): Promise<void> => {
    running = scan(house, reopening, () => void rescan('changed')).finally(() => {
      running = undefined;
    });
    return running;
  };
  const rescan = (reopening: Reopening): Promise<void> => {
    if (!running) return start(reopening);
    if (next) {
      if (reopening === 'failed too') next.reopening = reopening;
      return next.done;
    }
    const done = running.then(() => {
      const wanted = next!.reopening;
      next = undefined;
      return start(wanted);
    });
    next = { reopening, done };
    return done;
  };
  return rescan;
}

async function scan(house: House, reopening: Reopening, rescan: () => void): Promise<void> {
  const { provisioners, context } = house.options;
  // Read before looking: a file that changes meanwhile differs from this and is opened anew next time.
  const prints = new Map(provisioners.map((one) => [one, fingerprintOf(one.files?.(context) ?? [])]));
  const found = await findConnections(provisioners, context);
  if (house.disposed) return;
  const broken = found.candidates.flatMap(
    (each) => adopt(house, each, prints.get(each.provisioner) ?? '', reopening) ?? [],
  );
  house.unreadable = [...found.unreadable, ...broken];
  dropMissing(house, found);
  house.stopWatching();
  if (house.active) house.stopWatching = watchFiles(filesOf(house), house.clock, rescan);
  house.changed();
}

/** Where connections were found, and where they could be. */
function filesOf(house: House): readonly string[] {
  const { context, provisioners } = house.options;
  const origins = [...house.opened.values()].map(({ connection }) => connection.executor.candidate.origin);
  return [
    ...new Set([
      ...provisioners.flatMap((provisioner) => provisioner.files?.(context) ?? []),
      ...origins.flatMap((origin) => absoluteOf(origin, context.homeFolder) ?? []),
    ]),
  ];
}

/** Opens what is new or has to be opened anew; gives what cannot be opened, with the reason. */
function adopt(
  house: House,
  { candidate, provisioner }: Findings['candidates'][number],
  print: string,
  reopening: Reopening,
): Connection | undefined {
  const origin = absoluteOf(candidate.origin, house.options.context.homeFolder);
  const basis = [JSON.stringify(candidate), print, fingerprintOf(origin ? [origin] : [])].join('\n');
  const before = house.opened.get(candidate.id);
  if (before) {
    // Credentials may have been mended where nothing here can see it: a person who asks gets another try.
    const retry = reopening === 'failed too' && before.connection.describe({}).state === 'failed';
    if (before.basis === basis && !retry) return undefined;
    house.opened.delete(candidate.id);
    close(house, candidate.id, before);
  }
  const { context, graph, random = Math.random } = house.options;
  try {
    const executor = provisioner.open(candidate, context);
    const connection = openConnection({
      executor,
      graph,
      clock: house.clock,
      random,
      onDidChange: house.changed,
    });
    house.opened.set(candidate.id, { connection, provider: provisioner.provider, basis });
    if (house.active) connection.setActive(true);
    return undefined;
  } catch (error) {
    return { ...unopened(candidate), problem: problemOf(error) };
  }
}

/** Forgets what is gone, but only of providers whose places could all be read. */
function dropMissing(house: House, found: Findings): void {
  const { graph, provisioners } = house.options;
  const present = new Set(found.candidates.map(({ candidate }) => candidate.id));
  const registered = new Set(provisioners.map(({ provider }) => provider));
  const isGone = (id: string, provider: Provider): boolean =>
    !present.has(id) && (found.complete.has(provider) || !registered.has(provider));
  for (const [id, opened] of house.opened)
    if (isGone(id, opened.provider)) {
      house.opened.delete(id);
      close(house, id, opened);
    }
  const known = new Map<string, Provider>();
  for (const resource of graph.all()) known.set(resource.connection, resource.provider);
  for (const [id, provider] of known) if (isGone(id, provider)) graph.removeConnection(id);
}

/** Stops reading at once; the executor lives on for a step that may still use it. */
function close(house: House, id: string, { connection }: Opened): void {
  const { executor } = connection;
  house.options.context.log('info', `The connection ${id} was closed or is opened anew.`);
  void connection.close();
  house.retired.add(executor);
  house.clock.after(limits.executorRetireMs, () => {
    house.retired.delete(executor);
    void executor.dispose().catch(() => undefined);
  });
}

function notFound(id: string): ProblemError {
  return new ProblemError({
    code: 'not-found',
    message: `There is no connection "${id}".`,
    fix: 'Choose one from the list of connections (connection/list).',
  });
}
