// Foreseeing failures in daily life: every resource that can be watched is looked at now and then, a few in a row and
// never for long; what is foreseen is kept, told to the watch where it is sure enough, and held against what came. Labels
// come by themselves: a look that a failure followed, and one that none followed. It asks no cloud and changes nothing.
// Made by main.ts, which tells it of every minute while something is sampled; its file is opened at the first.

import type Database from 'better-sqlite3';
import type { Incident } from '../../shared/model/finding.ts';
import { type FailureClass, failureClasses, type Prediction } from '../../shared/model/prediction.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import type { Resource } from '../../shared/model/resource.ts';
import type { SeriesForecast } from '../../shared/model/series.ts';
import { limits } from '../config.ts';
import type { GraphReader, StoredGraph } from '../graph/contract.ts';
import type { Migration } from '../store/migrations.ts';
import { createTrouble } from '../store/trouble.ts';
import type { Watch } from '../watch/contract.ts';
import type { Failures } from './contract.ts';
import { figuresOf } from './features.ts';
import { draftsOf } from './findings.ts';
import { isFailed } from './history.ts';
import { createLookBook, type LookBook } from './lookBook.ts';
import { failureMigrations } from './migrations.ts';
import { createModelBook, type ModelBook } from './modelBook.ts';
import { predictionsOf } from './predict.ts';
import { createPredictionBook, type KeptPrediction, type PredictionBook } from './predictionBook.ts';
import { hitsOf } from './rules.ts';
import { isDue, learn } from './school.ts';
import { classOfKind, type SignSources, signsOf } from './signs.ts';

export interface ForeseeingOptions {
  readonly watch: Pick<Watch, 'series' | 'incidents' | 'forecast' | 'report'>;
  readonly graph: Pick<GraphReader, 'get' | 'all'> & Pick<StoredGraph, 'historyOf'>;
  /** Opens a database file of the state folder; whoever gave it closes it after `dispose`. */
  readonly open: (name: string, migrations: readonly Migration[]) => Database.Database;
  readonly now: () => number;
  readonly log: (level: 'debug' | 'info' | 'warn' | 'error', message: string) => void;
}

export interface Foreseeing extends Failures {
  /** Looks at what is due, in the background; never throws. */
  tick(): Promise<void>;
  dispose(): Promise<void>;
}

interface Rooms {
  readonly looks: LookBook;
  readonly predictions: PredictionBook;
  readonly models: ModelBook;
  readonly live: Map<string, readonly KeptPrediction[]>;
}

export function createForeseeing(options: ForeseeingOptions): Foreseeing {
  const { graph, now, log } = options;
  let opened: Rooms | undefined;
  let working: Promise<void> | undefined;
  let isOver = false;
  const rooms = (): Rooms => {
    opened ??= openRooms(options);
    return opened;
  };
  const sweep = createSweep(options, rooms, () => isOver);
  const trouble = createTrouble('foreseeing failures', log);
  const work = async (): Promise<void> => {
    await sweep();
    if (isOver) return;
    options.watch.report('failure', draftsOf(current(rooms(), options), options));
    await learnDue(rooms(), options, () => isOver);
  };
  return {
    list: ({ resource, horizonMs, limit }) =>
      current(rooms(), options)
        .map(({ prediction }) => prediction)
        .filter((one) => resource === undefined || one.resource === resource)
        .filter((one) => horizonMs === undefined || fallsWithin(one, now(), horizonMs))
        .sort((a, b) => b.probability - a.probability)
        .slice(0, limit),
    models: () => rooms().models.list(),
    records: () => rooms().predictions.records(),
    known() {
      const { looks } = rooms();
      const watched = { host: 0, disk: 0, pod: 0 };
      for (const { kind } of graph.all()) {
        const own = classOfKind[kind];
        if (own) watched[own]++;
      }
      const of = (one: FailureClass) => ({ watched: watched[one], failures: looks.failuresOf(one) });
      return { host: of('host'), disk: of('disk'), pod: of('pod') };
    },
    async tick() {
      if (isOver) return;
      working ??= work()
        .then(trouble.isOver, trouble.is)
        .finally(() => {
          working = undefined;
        });
      await working;
    },
    async dispose() {
      isOver = true;
      await working;
    },
  };
}

function openRooms({ open, now }: ForeseeingOptions): Rooms {
  const database = open('failures.db', failureMigrations);
  const predictions = createPredictionBook(database);
  const looks = createLookBook(database);
  looks.prune(now());
  predictions.prune(now());
  const live = new Map<string, readonly KeptPrediction[]>();
  for (const kept of predictions.live()) {
    const own = live.get(kept.prediction.resource) ?? [];
    live.set(kept.prediction.resource, [...own, kept]);
  }
  return { looks, predictions, models: createModelBook(database), live };
}

/** What holds now: of resources that are there and have not failed yet, and not said too long ago. */
function current({ live }: Rooms, { graph, now }: ForeseeingOptions): readonly KeptPrediction[] {
  return [...live.values()].flat().filter(({ prediction }) => {
    const resource = graph.get(prediction.resource);
    return resource && !isFailed(resource) && now() - prediction.madeMs < limits.failureStaleMs;
  });
}

/** Foreseen within a time; a probability of a longer time says nothing of a shorter one, unless it says when. */
function fallsWithin(
  { horizonMs: ownMs, expectedMs }: Prediction,
  nowMs: number,
  horizonMs: number,
): boolean {
  return expectedMs === undefined
    ? ownMs <= Math.max(horizonMs, limits.failureHorizonMs)
    : expectedMs - nowMs <= horizonMs;
}

/** Looks at what is due, for a bounded time, letting others run in between. */
function createSweep(options: ForeseeingOptions, rooms: () => Rooms, isOver: () => boolean) {
  const { graph, now, watch } = options;
  const lookedMs = new Map<string, number>();
  let queue: string[] = [];
  let sources = sourcesOf(options);
  const refill = (): void => {
    for (const id of lookedMs.keys())
      if (!graph.get(id)) {
        lookedMs.delete(id);
        rooms().live.delete(id);
        rooms().predictions.drop(id);
      }
    const due = [...graph.all()].filter(
      ({ id, kind }) => classOfKind[kind] && now() - (lookedMs.get(id) ?? 0) >= limits.failureEveryMs,
    );
    due.sort((a, b) => (lookedMs.get(a.id) ?? 0) - (lookedMs.get(b.id) ?? 0));
    queue = due.map(({ id }) => id);
    if (queue.length > 0) {
      sources = sourcesOf(options);
      rooms().looks.prune(now());
      rooms().predictions.prune(now());
    }
  };
  const forecast = (id: string, horizonMs: number): SeriesForecast | undefined => {
    try {
      return watch.forecast(id, horizonMs);
    } catch (error) {
      if (error instanceof ProblemError) return undefined;
      throw error;
    }
  };
  return async (): Promise<void> => {
    if (queue.length === 0) refill();
    const pause = pausing(limits.failureSliceMs);
    for (let spentMs = 0; queue.length > 0 && spentMs < limits.failureSweepMs && !isOver(); ) {
      const begun = performance.now();
      const id = queue.shift()!;
      lookedMs.set(id, now());
      const resource = graph.get(id);
      if (resource) look(resource, { ...rooms(), sources, forecast, nowMs: now() });
      spentMs += performance.now() - begun;
      await pause();
    }
  };
}

interface LookTools extends Rooms {
  readonly sources: SignSources;
  readonly forecast: (series: string, horizonMs: number) => SeriesForecast | undefined;
  readonly nowMs: number;
}

function look(resource: Resource, tools: LookTools): void {
  const { sources, looks, predictions, models, live, nowMs } = tools;
  const signs = signsOf(resource, nowMs, sources);
  if (!signs) return;
  const fresh = looks.failed(resource.id, signs.failureClass, signs.failures);
  predictions.settle(
    resource.id,
    fresh.map(({ atMs }) => atMs),
    nowMs,
  );
  looks.settle(resource.id, nowMs);
  if (isFailed(resource)) {
    predictions.say(resource.id, [], nowMs);
    live.delete(resource.id);
    return;
  }
  const hits = hitsOf(signs, tools);
  const near = hits.filter(({ horizonMs }) => horizonMs <= limits.failureHorizonMs);
  const figures = figuresOf(signs, near[0]?.probability ?? 0);
  if (nowMs - looks.lastMs(resource.id) >= limits.failureLookMs && isKnown(signs))
    looks.keep({ resource: resource.id, failureClass: signs.failureClass, atMs: nowMs, features: figures });
  const model = models.active(signs.failureClass);
  const said = predictionsOf(signs, hits, figures, { record: predictions.record, model });
  const kept = predictions.say(resource.id, said, nowMs);
  if (kept.length > 0) live.set(resource.id, kept);
  else live.delete(resource.id);
}

/** Something is measured of it, or something happened to it: a look at nothing teaches nothing. */
function isKnown({ series, states }: NonNullable<ReturnType<typeof signsOf>>): boolean {
  return series.length > 0 || states.length > 1;
}

/** Indexes over what is asked of each resource, made once a round. */
function sourcesOf({ watch, graph, now }: ForeseeingOptions): SignSources {
  const series = new Map<string, string[]>();
  for (const { id, resource } of watch.series.list())
    series.set(resource, [...(series.get(resource) ?? []), id]);
  const incidents = new Map<string, Incident[]>();
  const week = watch.incidents.list({
    fromMs: now() - 7 * 24 * 3_600_000,
    limit: limits.incidentsShownMax,
  });
  for (const incident of week) {
    // What was only foreseen here is no sign of its own.
    if (incident.findings.every(({ kind }) => kind === 'failure')) continue;
    for (const id of incident.resources) incidents.set(id, [...(incidents.get(id) ?? []), incident]);
  }
  return {
    series: watch.series,
    graph,
    seriesOf: (id) =>
      (series.get(id) ?? []).map((one) => watch.series.get(one)).filter((one) => one !== undefined),
    incidentsOf: (id) => incidents.get(id) ?? [],
  };
}

async function learnDue(
  { looks, models }: Rooms,
  { now, log }: ForeseeingOptions,
  isOver: () => boolean,
): Promise<void> {
  const wait = pausing(limits.failureSliceMs);
  const pause = async (): Promise<void> => {
    await wait();
    if (isOver()) throw new Error('the daemon ends');
  };
  const school = { looks, models, now, pause };
  for (const one of failureClasses) {
    if (!isDue(one, school)) continue;
    const made = await learn(one, school);
    if (made) log('info', `learnt failures of the class ${one}: ${made.reason}`);
  }
}

/** Lets others run when so much time was spent since the last time. */
function pausing(sliceMs: number): () => Promise<void> {
  let sinceMs = performance.now();
  return async () => {
    if (performance.now() - sinceMs < sliceMs) return;
    await new Promise((resolve) => setImmediate(resolve));
    sinceMs = performance.now();
  };
}
