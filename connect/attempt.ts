// One attempt to reach the daemon of a state folder: find it or start it, connect, say who we are, and replace it
// where it is older than we are. It ends with an open client or a ProblemError that says what to do. It never ends
// a process; a daemon that hangs is left to a person's word. Its waits run by the clock that nobody sets.

import { setTimeout as sleep } from 'node:timers/promises';
import { ProblemError, problemOf } from '../shared/model/problem.ts';
import { type Client, createClient, type Transport } from '../shared/protocol/client.ts';
import type { InitializeResult, ParamsOf } from '../shared/protocol/messages.ts';
import { compareVersions, protocolVersion, protocolVersionMin } from '../shared/protocol/version.ts';
import type { DaemonFile } from './daemonFile.ts';
import { findDaemon } from './findDaemon.ts';
import { didNotDrain, didNotStart, diedAtStart, forbidden, hangs, notRunning } from './problems.ts';
import { ConnectError, connectSocket } from './socketTransport.ts';
import { type StartedDaemon, type StartOptions, startDaemon } from './startDaemon.ts';

export type ClientInfo = ParamsOf<'session/initialize'>['client'];

/** How patient an attempt is, in ms. */
export interface Patience {
  readonly connectMs: number;
  readonly initializeMs: number;
  readonly startMs: number;
  /** For an older daemon to finish what it runs and end. */
  readonly drainMs: number;
  /** Between two looks for a daemon that is starting or ending. */
  readonly lookMs: number;
}
export const usualPatience: Patience = {
  connectMs: 2_000,
  initializeMs: 8_000,
  startMs: 20_000,
  drainMs: 15 * 60_000,
  lookMs: 15,
};

export interface AttemptOptions extends StartOptions {
  readonly client: ClientInfo;
  readonly patience: Patience;
  /** False: only a daemon that runs already will do. */
  readonly mayStart: boolean;
  readonly signal: AbortSignal;
  /** What is going on, for people. */
  readonly onStep: (message: string) => void;
}

export interface Connected {
  readonly client: Client;
  readonly daemon: InitializeResult;
}

/** Reaches a daemon that speaks our protocol. Rejects with ProblemError, or with the signal's reason. */
export async function attempt(options: AttemptOptions): Promise<Connected> {
  const { stateFolder, patience, signal } = options;
  let started: { readonly daemon: StartedDaemon; readonly deadlineMs: number } | undefined;
  for (;;) {
    signal.throwIfAborted();
    const file = findDaemon(stateFolder);
    const reached = file && (await tryDaemon(file, options));
    if (reached === 'replaced') started = undefined;
    else if (reached) return reached;
    if (!started) {
      if (!options.mayStart) throw new ProblemError(notRunning(stateFolder));
      options.onStep('Starting the Pilothouse daemon…');
      started = { daemon: startDaemon(options), deadlineMs: performance.now() + patience.startMs };
    }
    const exit = started.daemon.exit();
    if (exit && (exit.error !== undefined || exit.code !== 0))
      throw new ProblemError(diedAtStart(stateFolder, exit));
    if (performance.now() > started.deadlineMs)
      throw new ProblemError(didNotStart(stateFolder, patience.startMs));
    await sleep(patience.lookMs, undefined, { signal });
  }
}

/** Undefined where nobody listens (any more); `replaced` where an older one has made room. */
async function tryDaemon(
  file: DaemonFile,
  options: AttemptOptions,
): Promise<Connected | 'replaced' | undefined> {
  const transport = await openSocket(file, options);
  if (!transport) return undefined;
  const client = createClient(transport);
  try {
    const daemon = await initialize(client, file, options);
    if (!mustReplace(daemon, options.client)) return { client, daemon };
    options.onStep(`Replacing the older daemon (${daemon.daemon.version}): it finishes what it runs…`);
    await client.request('session/drain', { reason: 'replace' }, { signal: options.signal });
    await waitUntilGone(file, options);
    return 'replaced';
  } catch (error) {
    client.close();
    const { code } = problemOf(error);
    if (code === 'disconnected') return undefined;
    if (code !== 'draining') throw error;
    options.onStep('The daemon is ending: it finishes what it runs…');
    await waitUntilGone(file, options);
    return 'replaced';
  }
}

async function openSocket(file: DaemonFile, options: AttemptOptions): Promise<Transport | undefined> {
  try {
    return await connectSocket(file.socket, options.patience.connectMs);
  } catch (error) {
    if (!(error instanceof ConnectError)) throw error;
    if (error.failure === 'refused') return undefined;
    throw new ProblemError(
      error.failure === 'forbidden' ? forbidden(file) : hangs(file, options.stateFolder),
      error,
    );
  }
}

async function initialize(
  client: Client,
  file: DaemonFile,
  options: AttemptOptions,
): Promise<InitializeResult> {
  const params = { protocolVersion, client: options.client, capabilities: [] };
  const { signal } = options;
  try {
    return await client.request('session/initialize', params, {
      timeoutMs: options.patience.initializeMs,
      signal,
    });
  } catch (error) {
    if (problemOf(error).code !== 'timed-out') throw error;
    throw new ProblemError(hangs(file, options.stateFolder), error);
  }
}

/**
 * A daemon older than its client makes room: by product version, or by a protocol that is no longer spoken. Only a
 * person's client replaces it; others use an older one while the protocol allows.
 */
function mustReplace(daemon: InitializeResult, own: ClientInfo): boolean {
  const isPerson = own.kind === 'editor' || own.kind === 'terminal';
  if (daemon.protocolVersion < protocolVersionMin) return true;
  return isPerson && compareVersions(daemon.daemon.version, own.version) < 0;
}

async function waitUntilGone(file: DaemonFile, options: AttemptOptions): Promise<void> {
  const deadlineMs = performance.now() + options.patience.drainMs;
  while (findDaemon(options.stateFolder)?.pid === file.pid) {
    if (performance.now() > deadlineMs) throw new ProblemError(didNotDrain(file, options.stateFolder));
    await sleep(options.patience.lookMs, undefined, { signal: options.signal });
  }
}
