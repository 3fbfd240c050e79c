// One open connection: who we are there, its sources and their rhythm, and what its state is in words. It keeps one
// timer for the source that is due first, and none while nobody looks. It never writes to a cloud.

import type { Connection, Denial, Identity } from '../../shared/model/connection.ts';
import { type Problem, ProblemError, problemOf } from '../../shared/model/problem.ts';
import { limits } from '../config.ts';
import type { Executor } from '../executors/contract.ts';
import type { GraphWriter } from '../graph/contract.ts';
import { createLimiter, untilAborted } from './bounded.ts';
import type { Clock } from './clock.ts';
import { nextDelayMs } from './rhythm.ts';
import type { ConnectionSettings } from './settings.ts';
import { createSourceReader, type SourceReader } from './sourceReader.ts';
import { stateOf } from './state.ts';

export interface OpenConnectionOptions {
  readonly executor: Executor;
  readonly graph: GraphWriter;
  readonly clock: Clock;
  readonly random: () => number;
  readonly onDidChange: () => void;
}

export interface OpenConnection {
  readonly executor: Executor;
  describe(settings: ConnectionSettings): Connection;
  setActive(active: boolean): void;
  nudge(kinds: readonly string[]): void;
  /** Reads everything once. Throws ProblemError where nothing of it could be read. */
  refresh(signal?: AbortSignal): Promise<void>;
  /** Stops reading. The executor stays open: a step may still use it; whoever opened it disposes it. */
  close(): Promise<void>;
}

interface State {
  identity: Identity | undefined;
  identityProblem: Problem | undefined;
  identityErrors: number;
  identityDueMs: number;
  /** What the identity may not do, as it was told last. */
  denied: readonly Denial[];
  asking: Promise<void> | undefined;
  active: boolean;
  stopTimer: () => void;
  /** Made when the identity is known: which sources there are may depend on what the cloud offers. */
  readers: readonly SourceReader[];
}

export function openConnection(options: OpenConnectionOptions): OpenConnection {
  const { executor, graph, clock } = options;
  const lifetime = new AbortController();
  const limit = createLimiter(limits.discoveryConcurrency);
  const state: State = {
    identity: undefined,
    identityProblem: undefined,
    identityErrors: 0,
    identityDueMs: clock.now(),
    denied: [],
    asking: undefined,
    active: false,
    stopTimer: () => undefined,
    readers: [],
  };
  const onDidMove = (): void => {
    if (lifetime.signal.aborted) return;
    pump(state, ask, clock);
    options.onDidChange();
  };
  const createReaders = (): readonly SourceReader[] =>
    executor.sources.map((source) =>
      createSourceReader({
        connection: executor.candidate.id,
        source,
        graph,
        clock,
        random: options.random,
        lifetime: lifetime.signal,
        limit,
        onDidMove,
      }),
    );
  const ask = (): Promise<void> => {
    state.asking ??= askIdentity(state, options, lifetime.signal).finally(() => {
      state.asking = undefined;
      if (state.identity && state.readers.length === 0) {
        state.readers = createReaders();
        for (const reader of state.readers) reader.setWatching(state.active);
        void askDenials(state, options, lifetime.signal);
      }
      onDidMove();
    });
    return state.asking;
  };
  return {
    executor,
    describe: (settings) => describe(executor, graph, state, settings),
    setActive(active) {
      state.active = active;
      for (const reader of state.readers) reader.setWatching(active);
      pump(state, ask, clock);
    },
    nudge(kinds) {
      for (const reader of state.readers)
        if (reader.source.kinds.some((kind) => kinds.includes(kind))) reader.nudge();
      pump(state, ask, clock);
    },
    async refresh(signal) {
      const reading = refresh(state, ask).finally(() => void askDenials(state, options, lifetime.signal));
      await (signal ? untilAborted(reading, signal) : reading);
    },
    async close() {
      state.active = false;
      state.stopTimer();
      lifetime.abort(new Error('The connection was closed'));
      await Promise.allSettled([
        state.asking,
        ...state.readers.map((reader) => reader.isReading && reader.read()),
      ]);
    },
  };
}

/** Starts what is due and sets the one timer for what is due next. */
function pump(state: State, ask: () => Promise<void>, clock: Clock): void {
  state.stopTimer();
  state.stopTimer = () => undefined;
  if (!state.active) return;
  const nowMs = clock.now();
  let nextMs = Number.POSITIVE_INFINITY;
  const consider = (isBusy: boolean, dueMs: number, start: () => Promise<void>): void => {
    if (isBusy) return;
    if (dueMs <= nowMs) void start();
    else nextMs = Math.min(nextMs, dueMs);
  };
  if (!state.identity) consider(state.asking !== undefined, state.identityDueMs, ask);
  else for (const reader of state.readers) consider(reader.isReading, reader.dueMs, reader.read);
  if (nextMs < Number.POSITIVE_INFINITY)
    state.stopTimer = clock.after(nextMs - nowMs, () => pump(state, ask, clock));
}

async function askIdentity(
  state: State,
  options: OpenConnectionOptions,
  lifetime: AbortSignal,
): Promise<void> {
  const timeout = new AbortController();
  const stopTimer = options.clock.after(limits.discoveryReadTimeoutMs, () => timeout.abort(timedOut()));
  const signal = AbortSignal.any([lifetime, timeout.signal]);
  try {
    state.identity = await untilAborted(options.executor.identity(signal), signal);
    state.identityProblem = undefined;
    state.identityErrors = 0;
  } catch (error) {
    state.identityProblem = problemOf(error);
    state.identityErrors++;
    const mood = {
      intervalMs: limits.pollSlowMs,
      nudgedMs: 0,
      transitional: false,
      unchanged: 0,
      watching: false,
      errors: state.identityErrors,
      problem: state.identityProblem.code,
    };
    state.identityDueMs = options.clock.now() + nextDelayMs(mood, limits, options.random);
  } finally {
    stopTimer();
  }
}

/** What may not be done is a help to the eye: where it cannot be told, nothing is greyed and plans say it. */
async function askDenials(
  state: State,
  options: OpenConnectionOptions,
  lifetime: AbortSignal,
): Promise<void> {
  if (!state.identity || !options.executor.denials) return;
  const timeout = new AbortController();
  const stopTimer = options.clock.after(limits.discoveryReadTimeoutMs, () => timeout.abort(timedOut()));
  const signal = AbortSignal.any([lifetime, timeout.signal]);
  try {
    const denied = await untilAborted(options.executor.denials(signal), signal);
    const isSame = JSON.stringify(denied) === JSON.stringify(state.denied);
    state.denied = denied;
    if (!isSame && !lifetime.aborted) options.onDidChange();
  } catch {
    // It is asked again at the next refresh.
  } finally {
    stopTimer();
  }
}

async function refresh(state: State, ask: () => Promise<void>): Promise<void> {
  if (!state.identity) await ask();
  if (!state.identity) throw new ProblemError(state.identityProblem!);
  const { readers } = state;
  await Promise.all(readers.map((reader) => reader.readInFull()));
  const problems = readers.flatMap(({ problem }) => problem ?? []);
  if (problems.length > 0 && problems.length === readers.length) throw new ProblemError(problems[0]!);
}

function timedOut(): ProblemError {
  return new ProblemError({
    code: 'timed-out',
    message: `The cloud did not say who we are within ${limits.discoveryReadTimeoutMs / 1000} seconds.`,
    fix: 'Check the network and the address of the cloud; Pilothouse tries again by itself.',
  });
}

function describe(
  executor: Executor,
  graph: GraphWriter,
  state: State,
  settings: ConnectionSettings,
): Connection {
  const { candidate } = executor;
  return {
    id: candidate.id,
    provider: candidate.provider,
    name: candidate.name,
    environment: settings.environment ?? candidate.environment,
    mode: settings.mode ?? 'confirm',
    ...stateOf(state.identity !== undefined, state.identityProblem, state.readers),
    simulated: candidate.simulated,
    region: state.identity?.region ?? candidate.region,
    identity: state.identity,
    origin: candidate.origin,
    operations: [...executor.operations.keys()],
    ...(state.denied.length > 0 ? { denied: state.denied } : {}),
    ...(executor.terminals ? { ways: executor.terminals.kinds } : {}),
    ...(executor.manifests ? { manifests: executor.manifests.kinds } : {}),
    resourceCount: graph.countOf(candidate.id),
  };
}
