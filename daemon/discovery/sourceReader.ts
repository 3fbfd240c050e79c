// Reads one source of one connection into the graph, by polling and, where the source can, by watching. A failed
// read takes nothing for gone. A read that a write or a watched change overtook is read again before it counts, so
// that the tree does not jump back. It has no timer of its own: the connection asks it when it is due.

import { type Problem, ProblemError, problemOf } from '../../shared/model/problem.ts';
import { isTransitional } from '../../shared/model/statuses.ts';
import { limits } from '../config.ts';
import type { DiscoveryBatch, DiscoverySource } from '../executors/contract.ts';
import type { GraphWriter } from '../graph/contract.ts';
import { untilAborted } from './bounded.ts';
import type { Clock } from './clock.ts';
import { nextDelayMs } from './rhythm.ts';

export interface SourceReaderOptions {
  readonly connection: string;
  readonly source: DiscoverySource;
  readonly graph: GraphWriter;
  readonly clock: Clock;
  readonly random: () => number;
  /** Ends everything. */
  readonly lifetime: AbortSignal;
  readonly limit: <T>(work: () => Promise<T>) => Promise<T>;
  /** Called when a read or a watch ended or brought something: it may be due at another time now. */
  readonly onDidMove: () => void;
}

export interface SourceReader {
  readonly source: DiscoverySource;
  readonly dueMs: number;
  readonly isReading: boolean;
  readonly problem: Problem | undefined;
  /** When it was last read without an error. */
  readonly readAtMs: number | undefined;
  /** Reads now (or waits for a place); never rejects, `problem` tells. */
  read(): Promise<void>;
  /** Reads everything anew, beginning now; never rejects. */
  readInFull(): Promise<void>;
  nudge(): void;
  /** Starts or ends watching where the source can. */
  setWatching(wanted: boolean): void;
}

interface State {
  cursor: string | undefined;
  dueMs: number;
  reading: Promise<void> | undefined;
  /** Something newer than the read under way is known. */
  overtaken: boolean;
  nudgedUntilMs: number;
  unchanged: number;
  errors: number;
  problem: Problem | undefined;
  readAtMs: number | undefined;
  wantsWatch: boolean;
  watch: AbortController | undefined;
}

export function createSourceReader(options: SourceReaderOptions): SourceReader {
  const { source, clock } = options;
  const state: State = {
    cursor: undefined,
    dueMs: clock.now(),
    reading: undefined,
    overtaken: false,
    nudgedUntilMs: 0,
    unchanged: 0,
    errors: 0,
    problem: undefined,
    readAtMs: undefined,
    wantsWatch: false,
    watch: undefined,
  };
  const read = (): Promise<void> => {
    state.reading ??= options
      .limit(() => readOnce(state, options))
      .finally(() => {
        state.reading = undefined;
        plan(state, options);
        if (state.problem === undefined) watch(state, options);
        options.onDidMove();
      });
    return state.reading;
  };
  return {
    source,
    get dueMs() {
      return state.dueMs;
    },
    get isReading() {
      return state.reading !== undefined;
    },
    get problem() {
      return state.problem;
    },
    get readAtMs() {
      return state.readAtMs;
    },
    read,
    async readInFull() {
      await state.reading;
      state.cursor = undefined;
      await read();
    },
    nudge() {
      state.overtaken = true;
      state.nudgedUntilMs = clock.now() + limits.pollNudgeMs;
      state.dueMs = Math.min(state.dueMs, clock.now());
    },
    setWatching(wanted) {
      state.wantsWatch = wanted;
      if (!wanted) state.watch?.abort();
      else if (state.readAtMs !== undefined && state.problem === undefined) watch(state, options);
    },
  };
}

async function readOnce(state: State, options: SourceReaderOptions): Promise<void> {
  try {
    let batch = await fetchBatch(state, options);
    // Once is enough: what moves all the time must be shown as well as it can be.
    if (state.overtaken) batch = await fetchBatch(state, options);
    const change = options.graph.apply(options.connection, options.source, batch);
    state.cursor = batch.cursor;
    state.unchanged = change ? 0 : state.unchanged + 1;
    state.errors = 0;
    state.problem = undefined;
    state.readAtMs = options.clock.now();
  } catch (error) {
    if (options.lifetime.aborted) return;
    // What the cursor stood for may be lost with the failure: read in full next time.
    state.cursor = undefined;
    state.errors++;
    state.problem = problemOf(error);
  }
}

async function fetchBatch(state: State, options: SourceReaderOptions): Promise<DiscoveryBatch> {
  state.overtaken = false;
  const timeout = new AbortController();
  const stopTimer = options.clock.after(limits.discoveryReadTimeoutMs, () =>
    timeout.abort(
      new ProblemError({
        code: 'timed-out',
        message: `No answer came within ${limits.discoveryReadTimeoutMs / 1000} seconds.`,
        fix: 'Check the network and the cloud; Pilothouse tries again by itself.',
      }),
    ),
  );
  const signal = AbortSignal.any([options.lifetime, timeout.signal]);
  try {
    return await untilAborted(options.source.read({ cursor: state.cursor, signal }), signal);
  } finally {
    stopTimer();
  }
}

function plan(state: State, options: SourceReaderOptions): void {
  const { source, graph, clock, connection } = options;
  const nowMs = clock.now();
  const delayMs = nextDelayMs(
    {
      intervalMs: source.intervalMs,
      nudgedMs: Math.max(0, state.nudgedUntilMs - nowMs),
      transitional: source.kinds.some((kind) =>
        graph.list({ connection, kind }).some((resource) => isTransitional(resource.status)),
      ),
      unchanged: state.unchanged,
      watching: state.watch !== undefined,
      errors: state.errors,
      problem: state.problem?.code,
    },
    limits,
    options.random,
  );
  state.dueMs = nowMs + (state.overtaken ? Math.min(delayMs, limits.pollFastMs) : delayMs);
}

/** Watches until it ends by itself, is not wanted any more, or the connection closes. The next good read restarts it. */
function watch(state: State, options: SourceReaderOptions): void {
  const { source, clock, graph, connection } = options;
  if (!source.watch || !state.wantsWatch || state.watch || options.lifetime.aborted) return;
  const own = new AbortController();
  state.watch = own;
  // What moved between the read and the start of watching is caught by one more read.
  state.dueMs = clock.now() + limits.pollFastMs;
  const signal = AbortSignal.any([options.lifetime, own.signal]);
  const onBatch = (batch: DiscoveryBatch): void => {
    if (signal.aborted) return;
    state.overtaken = state.reading !== undefined;
    try {
      graph.apply(connection, source, batch);
    } catch (error) {
      state.problem = problemOf(error);
      own.abort();
    }
    options.onDidMove();
  };
  const ended = (): void => {
    state.watch = undefined;
    if (options.lifetime.aborted) return;
    if (!state.reading) plan(state, options);
    options.onDidMove();
  };
  source.watch(onBatch, signal).then(ended, ended);
}
