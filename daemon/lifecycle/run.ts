// The life of the daemon's process: one at a time, open the house, settle what a crash cut off, listen, and end in
// order. It knows that there are services and clients, not what they do. Called by `main.ts`, which wires the house.

import fs from 'node:fs';
import os from 'node:os';
import { removeDaemonFile, writeDaemonFile } from '../../connect/daemonFile.ts';
import { logPath, makePrivateFolder, socketPathOf } from '../../connect/paths.ts';
import type { Actor } from '../../shared/model/plan.ts';
import { ProblemError, problemOf } from '../../shared/model/problem.ts';
import type { Json } from '../../shared/model/resource.ts';
import { productVersion, protocolVersion } from '../../shared/protocol/version.ts';
import { limits } from '../config.ts';
import type { Plans } from '../plans/contract.ts';
import type { DaemonProcess, DrainReason, Services } from '../rpc/contract.ts';
import { listen, type RpcServer } from '../rpc/server.ts';
import { finishRestore } from '../store/stateKeeper.ts';
import { elect } from './election.ts';
import { watchIdle } from './idle.ts';
import { createLog, type Log } from './logFile.ts';
import { type DaemonOptions, readOptions, requireNode } from './options.ts';

export interface HouseContext {
  readonly stateFolder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly log: Log;
  readonly now: () => number;
}

/** What `main.ts` makes of the rooms. */
export interface House {
  readonly services: Omit<Services, 'daemon' | 'log' | 'now'>;
  /** Whether anybody looks or anything runs: nothing polls otherwise. */
  setActive(active: boolean): void;
  /** A person wants the daemon to watch on while nobody looks: it stays and stays awake. */
  readonly keepsWatching?: boolean;
  /** Ends the rooms in order; plans are at rest by then. */
  close(): Promise<void>;
}

export interface RunOptions {
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly open: (context: HouseContext) => House | Promise<House>;
  /** Version it says it has; tests play older and newer ones. */
  readonly version?: string;
}

/** Runs the daemon until it ends; resolves with the exit code. */
export async function runDaemon(run: RunOptions): Promise<number> {
  let log: Log = (level, message) => void process.stderr.write(`${level} ${message}\n`);
  try {
    requireNode();
    const options = readOptions(run.args, run.env);
    makePrivateFolder(options.stateFolder);
    log = createLog({
      file: logPath(options.stateFolder),
      level: options.logLevel,
      ...(options.foreground && { echo: (line) => void process.stderr.write(line) }),
    });
    logCrashes(log);
    const election = await elect(options.stateFolder);
    if (election.won) return await live(run, options, log, election.release);
    log('info', `process ${process.pid} leaves: process ${election.pid ?? '?'} is the daemon already`);
    return election.pid === undefined ? 1 : 0;
  } catch (error) {
    const { message, fix } = problemOf(error);
    log('error', `the daemon cannot run: ${message}${fix ? ` ${fix}` : ''}`);
    return 1;
  }
}

/** From winning the election to the last breath. */
async function live(run: RunOptions, options: DaemonOptions, log: Log, release: () => void): Promise<number> {
  const { stateFolder } = options;
  const restored = finishRestore(stateFolder, Date.now());
  const house = await run.open({ stateFolder, env: run.env, log, now: Date.now });
  let end: (reason: DrainReason) => void = () => {};
  const ended = new Promise<DrainReason>((resolve) => {
    end = resolve;
  });
  const state = { isDraining: false };
  const daemon = describe(run, stateFolder, state, end);
  const recovered = recover(house.services.plans, log);
  const plans = gated(house.services.plans, recovered);
  const services: Services = { ...house.services, plans, daemon, log, now: Date.now };
  record(services, 'daemon.started');
  if (restored) {
    log('info', `restored the state of ${restored.at}; what was there is kept: ${restored.kept.join(', ')}`);
    record(services, 'state.restored', `The state of ${restored.at} was restored.`, { kept: restored.kept });
  }

  const socket = socketPathOf(stateFolder, run.env);
  const server = await listen(socket, services);
  writeDaemonFile(stateFolder, {
    pid: process.pid,
    socket,
    version: daemon.version,
    protocolVersion,
    startedAt: daemon.startedAt,
  });
  log(
    'info',
    `daemon ${daemon.version} (process ${process.pid}, Node ${process.version}) listens on ${socket}`,
  );

  const stopWatching = watchUse(options.idleExitMs, server, plans, house, () => end('idle'));
  const stopSignals = onSignals(log, () => end('signal'));
  const reason = await ended;
  state.isDraining = true;
  log('info', `ending (${reason})`);
  server.announceDrain(reason);
  if (reason !== 'signal') await runsEnded(plans);
  forceEndAfter(limits.verifyTimeoutMs, log);
  await plans.dispose();
  stopWatching();
  await server.close();
  record(services, 'daemon.stopped', reason);
  await house.close();
  removeDaemonFile(stateFolder, process.pid);
  if (process.platform !== 'win32') fs.rmSync(socket, { force: true });
  stopSignals();
  log('info', 'ended');
  release();
  return 0;
}

function describe(
  run: RunOptions,
  stateFolder: string,
  state: { readonly isDraining: boolean },
  drain: (reason: DrainReason) => void,
): DaemonProcess {
  return {
    version: run.version ?? productVersion,
    pid: process.pid,
    startedAt: new Date().toISOString(),
    stateFolder,
    user: os.userInfo().username,
    get isDraining() {
      return state.isDraining;
    },
    // After this turn, so that who asks gets its answer before the lines are cut.
    drain: (reason) => void setImmediate(() => drain(reason)),
  };
}

async function recover(plans: Plans, log: Log): Promise<void> {
  try {
    await plans.recover();
  } catch (error) {
    log('error', `plans that were cut off could not be settled: ${problemOf(error).message}`);
    throw new ProblemError(
      {
        code: 'wrong-state',
        message: 'Plans that an earlier daemon left behind could not be settled, so nothing new is run.',
        fix: 'See the log (Pilothouse: Show Log), and restart the daemon.',
      },
      error,
    );
  }
}

/** Nothing new runs before what was cut off is settled. */
function gated(plans: Plans, recovered: Promise<void>): Plans {
  recovered.catch(() => {});
  return {
    ...plans,
    async approve(request, actor) {
      await recovered;
      return plans.approve(request, actor);
    },
  };
}

const isRunning = (plans: Plans): boolean =>
  plans.list({ open: true }).some(({ state }) => state === 'approved' || state === 'running');

async function runsEnded(plans: Plans): Promise<void> {
  const running = plans
    .list({ open: true })
    .filter(({ state }) => state === 'approved' || state === 'running');
  await Promise.allSettled(running.map((plan) => plans.ended(plan.id)));
}

/** Lets the rooms rest while nobody looks and nothing runs, and ends the daemon when that lasts. */
function watchUse(
  idleExitMs: number,
  server: RpcServer,
  plans: Plans,
  house: House,
  onIdle: () => void,
): () => void {
  const idle = watchIdle(idleExitMs, onIdle);
  const update = (): void => {
    const isUsed = server.sessions.length > 0 || isRunning(plans) || house.keepsWatching === true;
    house.setActive(isUsed);
    idle.update(isUsed);
  };
  const stopSessions = server.onDidChangeSessions(update);
  const stopPlans = plans.onDidChange(update);
  update();
  return () => {
    stopSessions();
    stopPlans();
    idle.dispose();
  };
}

function onSignals(log: Log, onFirst: () => void): () => void {
  let count = 0;
  const onSignal = (signal: NodeJS.Signals): void => {
    count += 1;
    log('info', `${signal} came`);
    if (count === 1) onFirst();
    else process.exit(1);
  };
  const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, onSignal);
  return () => {
    for (const signal of signals) process.off(signal, onSignal);
  };
}

/** A room that does not let go must not keep a daemon alive that takes no requests; the journal finds what it did. */
function forceEndAfter(ms: number, log: Log): void {
  setTimeout(() => {
    log('error', `still not ended after ${ms} ms: ending by force`);
    process.exit(1);
  }, ms).unref();
}

function record(
  services: Services,
  event: 'daemon.started' | 'daemon.stopped' | 'state.restored',
  outcome?: string,
  more: Readonly<Record<string, Json>> = {},
): void {
  const { daemon, log } = services;
  const actor: Actor = { user: daemon.user, client: `daemon ${daemon.version}`, how: 'daemon' };
  const detail = { version: daemon.version, pid: daemon.pid, ...more };
  try {
    services.audit.append({ event, actor, detail, ...(outcome !== undefined && { outcome }) });
  } catch (error) {
    log('error', `${event} could not be recorded, so nothing will be run: ${problemOf(error).message}`);
  }
}

/** An exception that nobody caught leaves a state that nobody knows: log it and go; the journal survives it. */
function logCrashes(log: Log): void {
  process.on('uncaughtException', (error) => {
    log('error', `crashed: ${error.stack ?? error.message}`);
    process.exit(70);
  });
  process.on('unhandledRejection', (reason) => {
    log(
      'error',
      `a promise broke unheard: ${reason instanceof Error ? (reason.stack ?? reason.message) : reason}`,
    );
  });
}
