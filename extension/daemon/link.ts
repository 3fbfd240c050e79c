// The extension's line to the daemon as everything else here sees it: requests that wait while it is being
// started or found again, topics that are followed over reconnects, and what is going on in words. Finding,
// starting and coming back are the work of `connect/`.

import {
  type DaemonSession,
  openSession,
  type SessionOptions,
  type SessionState,
} from '../../connect/session.ts';
import type { Problem } from '../../shared/model/problem.ts';
import type { DaemonState } from '../../shared/panel/chat.ts';
import type { Client } from '../../shared/protocol/client.ts';
import type { Topic } from '../../shared/protocol/messages.ts';
import type { TopicHandlers } from '../../shared/protocol/subscribe.ts';
import { createSignal } from '../signal.ts';

export interface DaemonLink {
  readonly state: DaemonState;
  onDidChangeState(listener: (state: DaemonState) => void): () => void;
  /** Waits while the daemon starts or is being found again; rejects with ProblemError only. */
  readonly request: Client['request'];
  /** The line itself, connected, for what lives and ends with it (terminals). Rejects with ProblemError. */
  session(): Promise<DaemonSession>;
  /** Follows a topic for ever: each new connection begins with a new whole. */
  follow<T extends Topic>(topic: T, handlers: TopicHandlers[T]): void;
  /** A person's wish: ends the daemon that is there, if any, and starts a new one. */
  restart(): Promise<void>;
  dispose(): void;
}

const starting: DaemonState = { kind: 'starting', message: 'Connecting to the Pilothouse daemon…' };

/**
 * `log` is told every change of state. The session is opened right after the window has gone on: starting a process
 * is nothing an activation should wait for.
 */
export function openDaemonLink(options: SessionOptions, log: (line: string) => void): DaemonLink {
  const changes = createSignal<DaemonState>();
  const followers: ((session: DaemonSession) => void)[] = [];
  let wasReady = false;
  let isDisposed = false;
  let mayStart = options.mayStart ?? true;
  let session: DaemonSession | undefined;
  const opening = new Promise<DaemonSession>((resolve) => {
    setImmediate(() => {
      if (!isDisposed) resolve(session ?? open());
    });
  });

  function open(): DaemonSession {
    const opened = openSession({ ...options, mayStart });
    session = opened;
    opened.onDidChangeState((state) => {
      if (state.kind === 'closed' || opened !== session) return;
      wasReady ||= state.kind === 'connected';
      log(logLine(state));
      changes.fire(stateOf(state, wasReady));
    });
    for (const follow of followers) follow(opened);
    return opened;
  }

  return {
    get state() {
      return session ? stateOf(session.state, wasReady) : starting;
    },
    onDidChangeState: changes.on,
    request: async (method, ...rest) => (session ?? (await opening)).request(method, ...rest),
    session: async () => {
      const current = session ?? (await opening);
      await current.ready();
      return current;
    },
    follow: (topic, handlers) => {
      const onProblem = ({ message }: Problem) => log(`${topic}: ${message}`);
      const follow = (to: DaemonSession) => void to.subscribe(topic, handlers, { onProblem });
      followers.push(follow);
      if (session) follow(session);
    },
    restart: async () => {
      const current = session ?? (await opening);
      if (mayStart) return current.restart();
      mayStart = true;
      current.dispose();
      await open().restart();
    },
    dispose: () => {
      isDisposed = true;
      session?.dispose();
    },
  };
}

function stateOf(state: SessionState, wasReady: boolean): DaemonState {
  switch (state.kind) {
    case 'connected':
      return { kind: 'ready' };
    case 'connecting':
      return { kind: wasReady ? 'reconnecting' : 'starting', message: state.message };
    case 'reconnecting':
      return { kind: 'reconnecting', message: state.message };
    case 'failed':
      return { kind: 'failed', message: state.problem.message, fix: state.problem.fix };
    case 'closed':
      return { kind: 'failed', message: 'This window has let go of the daemon.' };
  }
}

function logLine(state: SessionState): string {
  switch (state.kind) {
    case 'connected':
      return `Connected to daemon ${state.daemon.daemon.version} (process ${state.daemon.daemon.pid}), state in ${state.daemon.stateFolder}`;
    case 'connecting':
    case 'reconnecting':
      return state.message;
    case 'failed':
      return `${state.problem.message} ${state.problem.fix ?? ''}`;
    case 'closed':
      return 'Closed';
  }
}
