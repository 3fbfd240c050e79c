// A lasting session with the daemon of a state folder, for a window or a terminal: it connects, starts the daemon
// where none runs, comes back by itself when the line is lost, and says all the while what is going on. Requests
// wait for the line; those that were under way when it was lost fail, because nobody knows whether they were heard.
// It never repeats a request by itself and never ends a process unless a person asks for a restart.

import { type Problem, ProblemError, problemOf } from '../shared/model/problem.ts';
import type { Client, RequestArguments } from '../shared/protocol/client.ts';
import type {
  ClientNotifications,
  InitializeResult,
  Method,
  ResultOf,
  ServerNotifications,
  Topic,
} from '../shared/protocol/messages.ts';
import {
  type SubscribeOptions,
  type Subscription,
  subscribe,
  type TopicHandlers,
} from '../shared/protocol/subscribe.ts';
import { attempt, type ClientInfo, type Patience, usualPatience } from './attempt.ts';
import { endDaemon } from './findDaemon.ts';
import { keepsEnding, sessionEnded, wasStopped } from './problems.ts';
import type { StartOptions } from './startDaemon.ts';

export type SessionState =
  | { readonly kind: 'connecting'; readonly message: string }
  | { readonly kind: 'connected'; readonly daemon: InitializeResult }
  /** The line was lost; it is tried again in `retryInMs`. */
  | {
      readonly kind: 'reconnecting';
      readonly message: string;
      readonly problem: Problem;
      readonly retryInMs: number;
    }
  /** It needs a person: `retry()` or `restart()`. */
  | { readonly kind: 'failed'; readonly problem: Problem }
  | { readonly kind: 'closed' };

export interface SessionOptions extends StartOptions {
  readonly client: ClientInfo;
  /** Default true: a daemon is started where none runs. */
  readonly mayStart?: boolean;
  /** Default true: a lost line is opened again. A terminal's command ends instead. */
  readonly mayReconnect?: boolean;
  readonly patience?: Partial<Patience>;
  /** Waits before each new attempt, in ms; the last one counts for all after it, up to `attemptsMax`. */
  readonly backoffMs?: readonly number[];
  /** Attempts in a row before a person is asked. */
  readonly attemptsMax?: number;
  /** How often a daemon with requests under way is asked for a sign of life, in ms. */
  readonly heartbeatMs?: number;
}

export interface DaemonSession {
  readonly state: SessionState;
  onDidChangeState(listener: (state: SessionState) => void): () => void;
  /** Resolves when connected; rejects with ProblemError when it has failed or is closed. */
  ready(): Promise<InitializeResult>;
  /** Waits for the line where it is being opened. Rejects with ProblemError only. */
  request<M extends Method>(method: M, ...rest: RequestArguments<M>): Promise<ResultOf<M>>;
  notify<N extends keyof ClientNotifications>(method: N, params: ClientNotifications[N]): void;
  /** Survives reconnection: each new line begins with a new whole. */
  subscribe<T extends Topic>(topic: T, handlers: TopicHandlers[T], options?: SubscribeOptions): Subscription;
  /** Survives reconnection. */
  onNotification<N extends keyof ServerNotifications>(
    method: N,
    listener: (params: ServerNotifications[N]) => void,
  ): () => void;
  /** Tries again now. */
  retry(): void;
  /** A person's wish: ends the daemon of this state folder, by force where it hangs, and starts it anew. */
  restart(): Promise<void>;
  dispose(): void;
}

const usualBackoffMs = [50, 250, 1_000, 3_000, 10_000];
/** A line that lasted less than this counts as one more failed attempt, so that a daemon that keeps dying is left alone. */
const steadyMs = 10_000;

/** Opens a session at once; `state` and `onDidChangeState` say how it goes. */
export function openSession(options: SessionOptions): DaemonSession {
  const patience = { ...usualPatience, ...options.patience };
  const backoffMs = options.backoffMs ?? usualBackoffMs;
  const attemptsMax = options.attemptsMax ?? 8;
  const stateListeners = new Set<(state: SessionState) => void>();
  /** Run on each new line: subscriptions and notification listeners attach themselves. */
  const attachers = new Set<(client: Client) => void>();
  let state: SessionState = { kind: 'connecting', message: 'Connecting to the Pilothouse daemon…' };
  let client: Client | undefined;
  let attempts = 0;
  let abort = new AbortController();
  let retryTimer: NodeJS.Timeout | undefined;
  let isBusy = false;
  let wasStoppedByPerson = false;

  function setState(next: SessionState): void {
    state = next;
    for (const listener of [...stateListeners]) listener(next);
  }

  async function connect(): Promise<void> {
    if (isBusy || client || state.kind === 'closed') return;
    isBusy = true;
    clearTimeout(retryTimer);
    abort = new AbortController();
    const { signal } = abort;
    const onStep = (message: string): void => {
      if (!signal.aborted) setState({ kind: 'connecting', message });
    };
    if (state.kind === 'failed') onStep('Connecting to the Pilothouse daemon…');
    try {
      const mayStart = options.mayStart ?? true;
      const connected = await attempt({ ...options, patience, mayStart, signal, onStep });
      isBusy = false;
      if (signal.aborted) connected.client.close();
      else hold(connected.client, connected.daemon);
    } catch (error) {
      isBusy = false;
      if (!signal.aborted) afterFailure(problemOf(error));
    }
  }

  function hold(next: Client, daemon: InitializeResult): void {
    client = next;
    wasStoppedByPerson = false;
    const openedAtMs = performance.now();
    next.onNotification('session/didDrain', ({ reason }) => {
      wasStoppedByPerson = reason === 'stop';
    });
    const stopHeartbeat = beat(next, options.heartbeatMs ?? 15_000);
    next.onClose((problem) => {
      stopHeartbeat();
      if (client !== next) return;
      client = undefined;
      if (performance.now() - openedAtMs > steadyMs) attempts = 0;
      if (state.kind !== 'closed') afterFailure(wasStoppedByPerson ? wasStopped : problem);
    });
    if (client !== next) return;
    for (const attach of [...attachers]) attach(next);
    setState({ kind: 'connected', daemon });
  }

  function afterFailure(problem: Problem): void {
    attempts += 1;
    if (problem === wasStopped || options.mayReconnect === false || !isPassing(problem)) {
      setState({ kind: 'failed', problem });
    } else if (attempts >= attemptsMax) {
      const keeps = problem.code === 'disconnected';
      setState({ kind: 'failed', problem: keeps ? keepsEnding(options.stateFolder, attempts) : problem });
    } else {
      const retryInMs = backoffMs[Math.min(attempts, backoffMs.length) - 1] ?? 0;
      const message = `${problem.message} Trying again…`;
      retryTimer = setTimeout(() => void connect(), retryInMs);
      setState({ kind: 'reconnecting', message, problem, retryInMs });
    }
  }

  /** Resolves at the first state that settles. */
  function settled(): Promise<Client> {
    return new Promise((resolve, reject) => {
      const look = (): boolean => {
        if (client && state.kind === 'connected') resolve(client);
        else if (state.kind === 'failed') reject(new ProblemError(state.problem));
        else if (state.kind === 'closed') reject(new ProblemError(sessionEnded));
        else return false;
        return true;
      };
      if (look()) return;
      const listener = (): void => {
        if (look()) stateListeners.delete(listener);
      };
      stateListeners.add(listener);
    });
  }

  function drop(): void {
    abort.abort();
    clearTimeout(retryTimer);
    const old = client;
    client = undefined;
    old?.close();
    isBusy = false;
  }

  void connect();
  return {
    get state() {
      return state;
    },
    onDidChangeState(listener) {
      stateListeners.add(listener);
      return () => stateListeners.delete(listener);
    },
    async ready() {
      await settled();
      if (state.kind !== 'connected') throw new ProblemError(sessionEnded);
      return state.daemon;
    },
    async request(method, ...rest) {
      const open = client && !client.closed ? client : await settled();
      return open.request(method, ...rest);
    },
    notify(method, params) {
      client?.notify(method, params);
    },
    subscribe(topic, handlers, subscribeOptions) {
      let current: Subscription | undefined;
      const attach = (next: Client): void => {
        current = subscribe(next, topic, handlers, subscribeOptions);
      };
      attachers.add(attach);
      if (client) attach(client);
      return {
        dispose() {
          attachers.delete(attach);
          current?.dispose();
        },
      };
    },
    onNotification(method, listener) {
      let stop: (() => void) | undefined;
      const attach = (next: Client): void => {
        stop = next.onNotification(method, listener);
      };
      attachers.add(attach);
      if (client) attach(client);
      return () => {
        attachers.delete(attach);
        stop?.();
      };
    },
    retry() {
      attempts = 0;
      clearTimeout(retryTimer);
      void connect();
    },
    async restart() {
      drop();
      attempts = 0;
      setState({ kind: 'connecting', message: 'Restarting the Pilothouse daemon…' });
      try {
        await endDaemon(options.stateFolder);
      } catch (error) {
        setState({ kind: 'failed', problem: problemOf(error) });
        throw error;
      }
      await connect();
    },
    dispose() {
      if (state.kind === 'closed') return;
      setState({ kind: 'closed' });
      drop();
      stateListeners.clear();
      attachers.clear();
    },
  };
}

/** Problems that time may mend; the others need a person. */
function isPassing(problem: Problem): boolean {
  return problem.code === 'disconnected' || problem.code === 'timed-out' || problem.code === 'overloaded';
}

/** Cuts a line whose daemon gives no sign of life while requests wait for it. */
function beat(client: Client, everyMs: number): () => void {
  let isWaiting = false;
  const timer = setInterval(() => {
    if (isWaiting || client.pending === 0) return;
    isWaiting = true;
    client
      .request('status/get', {}, { timeoutMs: everyMs })
      .catch((error: unknown) => {
        if (problemOf(error).code === 'timed-out') client.close(problemOf(error));
      })
      .finally(() => {
        isWaiting = false;
      });
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}
