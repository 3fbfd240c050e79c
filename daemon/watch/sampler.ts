// Asks the metric sources of open connections in their rhythm: each within a budget of time and samples, resting after
// errors, never more than a few at once. One timer for the source that is due first, and none while nobody looks or
// nothing measures. What comes is handed on; nothing is judged here.

import type { MetricSourceStatus } from '../../shared/model/metricSettings.ts';
import { ProblemError, problemOf } from '../../shared/model/problem.ts';
import { limits } from '../config.ts';
import type { Connections } from '../discovery/contract.ts';
import type { Executor, MetricBatch, MetricSource } from '../executors/contract.ts';
import type { GraphReader } from '../graph/contract.ts';
import type { Intake, LeftOut } from './intake.ts';

export interface SamplerOptions {
  readonly connections: Pick<Connections, 'list' | 'executor' | 'onDidChange'>;
  readonly graph: Pick<GraphReader, 'list' | 'all'>;
  readonly now: () => number;
  /** Calls once after so many ms and gives what takes the call back; the system's timers where absent. */
  readonly after?: (delayMs: number, call: () => void) => () => void;
  readonly log: (level: 'debug' | 'info' | 'warn' | 'error', message: string) => void;
  /** Takes a batch in; throws ProblemError where it cannot be kept. */
  readonly take: (from: SourceState, batch: MetricBatch) => Intake;
  /** Time of the newest sample that is kept of a source. */
  readonly sinceOf: (from: SourceState) => number | undefined;
  /** Called after each sampling, for what has to be done now and then. */
  readonly onDidSample: () => void;
}

/** One source and how it fares. */
export interface SourceState {
  readonly connection: string;
  readonly executor: Executor;
  source: MetricSource;
  cursor: string | undefined;
  dueMs: number;
  running: AbortController | undefined;
  errors: number;
  /** The source said that this user may not ask: asking again soon cannot mend that. */
  isRefused: boolean;
  problems: readonly string[];
  /** Until then its clock is not trusted. */
  suspectUntilMs: number;
  lastMs: number | undefined;
  newestMs: number;
  series: number;
  taken: number;
  leftOut: LeftOut;
}

export interface Sampler {
  setActive(active: boolean): void;
  status(): readonly MetricSourceStatus[];
  dispose(): Promise<void>;
}

interface State extends SamplerOptions {
  readonly sources: Map<string, SourceState>;
  readonly running: Set<Promise<void>>;
  readonly after: NonNullable<SamplerOptions['after']>;
  stopTimer: () => void;
  active: boolean;
  disposed: boolean;
}

export function createSampler(options: SamplerOptions): Sampler {
  const state: State = {
    ...options,
    sources: new Map(),
    running: new Set(),
    after: options.after ?? afterByTimer,
    stopTimer: () => undefined,
    active: false,
    disposed: false,
  };
  const stopHearing = options.connections.onDidChange(() => pump(state));
  return {
    setActive(active) {
      if (state.active === active) return;
      state.active = active;
      pump(state);
    },
    status: () => [...state.sources.values()].map((source) => statusOf(source, state)),
    async dispose() {
      state.disposed = true;
      state.active = false;
      stopHearing();
      state.stopTimer();
      for (const source of state.sources.values()) source.running?.abort(new Error('The watch ends'));
      await Promise.allSettled(state.running);
    },
  };
}

/** Never keeps the daemon alive. */
function afterByTimer(delayMs: number, call: () => void): () => void {
  const timer = setTimeout(call, delayMs).unref();
  return () => clearTimeout(timer);
}

/** Starts what is due and sets the one timer for what is due next. */
function pump(state: State): void {
  state.stopTimer();
  state.stopTimer = () => undefined;
  if (!state.active || state.disposed) return;
  refreshSources(state);
  const nowMs = state.now();
  let nextMs = Number.POSITIVE_INFINITY;
  const due = [...state.sources.values()].filter(({ running }) => !running).sort((a, b) => a.dueMs - b.dueMs);
  for (const source of due) {
    const isBusy = state.running.size >= limits.metricSourcesAtOnce;
    if (source.dueMs <= nowMs && !isBusy) start(state, source);
    else if (!isBusy) nextMs = Math.min(nextMs, source.dueMs);
  }
  if (nextMs < Number.POSITIVE_INFINITY)
    state.stopTimer = state.after(Math.max(1, nextMs - nowMs), () => pump(state));
}

/** Sources come and go with their connections; an executor that was replaced has new ones. */
function refreshSources(state: State): void {
  const present = new Set<string>();
  for (const connection of state.connections.list()) {
    if (connection.state !== 'connected' && connection.state !== 'degraded') continue;
    const executor = state.connections.executor(connection.id);
    for (const source of executor?.metricSources ?? []) {
      const key = `${connection.id}/${source.name}`;
      present.add(key);
      const known = state.sources.get(key);
      if (known && known.executor === executor) {
        known.source = source;
        continue;
      }
      known?.running?.abort(new Error('The connection was opened anew'));
      const dueMs = state.now() + limits.metricFirstMs;
      state.sources.set(
        key,
        stateOf({ connection: connection.id, executor: executor!, source, dueMs }, known),
      );
    }
  }
  for (const [key, source] of state.sources) {
    if (present.has(key)) continue;
    source.running?.abort(new Error('The connection was closed'));
    state.sources.delete(key);
  }
}

function stateOf(
  made: Pick<SourceState, 'connection' | 'executor' | 'source' | 'dueMs'>,
  before: SourceState | undefined,
): SourceState {
  return {
    ...made,
    cursor: undefined,
    running: undefined,
    errors: 0,
    isRefused: false,
    problems: [],
    suspectUntilMs: 0,
    lastMs: before?.lastMs,
    newestMs: before?.newestMs ?? Number.NEGATIVE_INFINITY,
    series: 0,
    taken: before?.taken ?? 0,
    leftOut: before?.leftOut ?? {},
  };
}

function start(state: State, source: SourceState): void {
  const abort = new AbortController();
  source.running = abort;
  const work = sample(state, source, abort).finally(() => {
    source.running = undefined;
    state.running.delete(work);
    pump(state);
  });
  state.running.add(work);
}

async function sample(state: State, from: SourceState, abort: AbortController): Promise<void> {
  const begunMs = state.now();
  const stopTimer = state.after(limits.metricTimeoutMs, () => abort.abort(tooSlow()));
  let isMore = false;
  try {
    const { cursor, source } = from;
    const resources =
      source.reach === 'all' ? [...state.graph.all()] : state.graph.list({ connection: from.connection });
    const sinceMs = cursor === undefined ? state.sinceOf(from) : undefined;
    const reading = source.sample({
      resources,
      ...(cursor !== undefined && { cursor }),
      ...(sinceMs !== undefined && { sinceMs }),
      signal: abort.signal,
    });
    const batch = await untilAborted(reading, abort.signal);
    if (state.disposed || !state.sources.has(`${from.connection}/${source.name}`)) return;
    learn(state, from, batch);
    isMore = batch.more === true;
  } catch (error) {
    if (state.disposed) return;
    const { message, code } = problemOf(error);
    from.isRefused = code === 'cloud-forbidden' || code === 'cloud-unauthorized';
    if (from.errors === 0) state.log('warn', `metrics of ${from.connection}/${from.source.name}: ${message}`);
    from.errors++;
    from.problems = [message];
  } finally {
    stopTimer();
    const tookMs = state.now() - begunMs;
    from.dueMs = state.now() + delayOf(from, tookMs, isMore);
    if (!state.disposed) state.onDidSample();
  }
}

function learn(state: State, from: SourceState, batch: MetricBatch): void {
  const intake = state.take(from, batch);
  from.cursor = batch.cursor;
  from.errors = 0;
  from.lastMs = state.now();
  if (Number.isFinite(intake.newestMs)) from.newestMs = Math.max(from.newestMs, intake.newestMs);
  if (intake.isSuspect) from.suspectUntilMs = state.now() + limits.metricDistrustMs;
  if (intake.problems.join() !== from.problems.join())
    for (const problem of intake.problems)
      state.log('info', `metrics of ${from.connection}/${from.source.name}: ${problem}`);
  from.problems = intake.problems;
  from.taken += intake.batch.times.length;
  from.series = new Set(Array.from(intake.batch.numbers)).size || from.series;
  for (const [reason, count] of Object.entries(intake.leftOut) as [keyof LeftOut, number][])
    from.leftOut = { ...from.leftOut, [reason]: (from.leftOut[reason] ?? 0) + count };
}

/** The rhythm of the source, slower where asking it takes long, and resting after errors (doubling, half at random). */
function delayOf({ source, errors, isRefused }: SourceState, tookMs: number, isMore: boolean): number {
  const usual = Math.max(
    source.intervalMs,
    limits.metricIntervalMsMin,
    Math.min(tookMs * limits.metricRestFactor, limits.metricErrorMs),
  );
  if (isRefused && errors > 0) return limits.pollUnauthorizedMs;
  if (errors > 0) {
    const longest = Math.max(limits.metricErrorMs, usual);
    return Math.min(longest, usual * 2 ** Math.min(errors - 1, 10)) * (0.75 + 0.25 * Math.random());
  }
  return isMore
    ? Math.max(limits.metricIntervalMsMin, tookMs * limits.metricRestFactor)
    : Math.max(1, usual - tookMs);
}

function statusOf(from: SourceState, state: State): MetricSourceStatus {
  const { connection, source, errors, problems, lastMs, series, taken, leftOut } = from;
  const isSuspect = from.suspectUntilMs > state.now();
  return {
    connection,
    source: source.name,
    state: !state.active
      ? 'resting'
      : errors > 0
        ? 'failing'
        : isSuspect
          ? 'suspect'
          : lastMs === undefined
            ? 'waiting'
            : 'ok',
    problems,
    intervalMs: source.intervalMs,
    ...(lastMs !== undefined && { lastMs }),
    series,
    taken,
    leftOut,
  };
}

/** A source that ignores its signal must not hold its place for ever. */
function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

function tooSlow(): ProblemError {
  return new ProblemError({
    code: 'timed-out',
    message: `It did not answer within ${limits.metricTimeoutMs / 1_000} seconds.`,
    fix: 'Pilothouse asks again by itself, less often.',
  });
}
