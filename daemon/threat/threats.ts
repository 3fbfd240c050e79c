// Threats in daily life: the own audit trail is looked at when a record was added, the activity logs of connections in
// their rhythm while somebody looks; what is found is handed to the watch. One timer for what is due first and none where
// nothing is. It reads only, and what a person says of a finding moves what is told of that principal from then on.

import type Database from 'better-sqlite3';
import type { Incident } from '../../shared/model/finding.ts';
import { problemOf } from '../../shared/model/problem.ts';
import type { AuditTrail } from '../audit/contract.ts';
import { limits } from '../config.ts';
import type { Connections } from '../discovery/contract.ts';
import type { ActivityLog } from '../executors/contract.ts';
import type { GraphReader } from '../graph/contract.ts';
import type { Migration } from '../store/migrations.ts';
import type { Watch } from '../watch/contract.ts';
import { heed } from './cases.ts';
import type { Threats } from './contract.ts';
import { createThreatDisk, type ThreatDisk } from './disk.ts';
import { principalId } from './explain.ts';
import { createFollower, type Follower, type LogSource } from './follower.ts';
import type { Said } from './logModel.ts';
import { threatMigrations } from './migrations.ts';
import type { TrailContext } from './ownTrail.ts';
import { connectionSource, trailId, trailSource } from './sources.ts';

export const threatDetector = 'threat';

export interface ThreatOptions {
  readonly audit: Pick<AuditTrail, 'export' | 'head' | 'list'> & {
    onDidAppend(listener: () => void): () => void;
  };
  readonly connections: Pick<Connections, 'list' | 'executor' | 'onDidChange'>;
  readonly graph: Pick<GraphReader, 'list'>;
  readonly watch: Pick<Watch, 'report'> & { readonly incidents: Pick<Watch['incidents'], 'onDidChange'> };
  readonly riskOf: TrailContext['riskOf'];
  /** Opens a database file of the state folder; whoever gave it closes it after `dispose`. */
  readonly open: (name: string, migrations: readonly Migration[]) => Database.Database;
  readonly now: () => number;
  /** For tests that bring a clock of their own. */
  readonly after?: (delayMs: number, call: () => void) => () => void;
  readonly log: (level: 'debug' | 'info' | 'warn' | 'error', message: string) => void;
}

export interface KeptThreats extends Threats {
  /** While nobody looks nothing is read and no timer runs. Starts at rest. */
  setActive(active: boolean): void;
  /** Reads what is due now; for tests, and for who cannot wait. Never throws. */
  look(): Promise<void>;
  dispose(): Promise<void>;
}

interface Followed {
  readonly follower: Follower;
  /** Absent: looked at when it says that something was added. */
  readonly activityLog?: ActivityLog;
  dueMs: number;
}

interface State extends ThreatOptions {
  readonly logs: Map<string, Followed>;
  disk: ThreatDisk | undefined;
  readonly after: NonNullable<ThreatOptions['after']>;
  stopTimer: () => void;
  working: Promise<void> | undefined;
  readonly abort: AbortController;
  active: boolean;
  hasReported: boolean;
}

export function createThreats(options: ThreatOptions): KeptThreats {
  const state: State = {
    ...options,
    logs: new Map(),
    disk: undefined,
    after: options.after ?? afterByTimer,
    stopTimer: () => undefined,
    working: undefined,
    abort: new AbortController(),
    active: false,
    hasReported: false,
  };
  const stops = [
    options.audit.onDidAppend(() => {
      const trail = state.logs.get(trailId);
      if (!trail || !state.active) return;
      trail.dueMs = Math.min(trail.dueMs, state.now() + limits.threatSettleMs);
      schedule(state);
    }),
    options.connections.onDidChange(() => state.active && schedule(state)),
    options.watch.incidents.onDidChange(({ upserts }) => hear(state, upserts)),
  ];
  return {
    status: () => [...state.logs.values()].map(({ follower }) => follower.status()),
    setActive(active) {
      if (state.active === active) return;
      state.active = active;
      // What was added while nobody looked is read when somebody does.
      const trail = state.logs.get(trailId);
      if (active && trail) trail.dueMs = state.now() + limits.threatSettleMs;
      schedule(state);
    },
    look: () => work(state),
    async dispose() {
      for (const stop of stops) stop();
      state.stopTimer();
      state.active = false;
      state.abort.abort(new Error('The daemon ends'));
      await state.working;
      for (const { follower } of state.logs.values()) follower.save(true);
    },
  };
}

function schedule(state: State): void {
  state.stopTimer();
  state.stopTimer = () => undefined;
  if (!state.active || state.abort.signal.aborted) return;
  if (state.logs.size === 0) {
    state.stopTimer = state.after(limits.threatSettleMs, () => void work(state));
    return;
  }
  refreshLogs(state);
  const dueMs = [...state.logs.values()].reduce(
    (least, one) => Math.min(least, nextOf(one)),
    Number.POSITIVE_INFINITY,
  );
  if (dueMs === Number.POSITIVE_INFINITY) return;
  const delayMs = Math.min(2 ** 31 - 1, Math.max(1, dueMs - state.now()));
  state.stopTimer = state.after(delayMs, () => void work(state));
}

/** Never keeps the daemon alive. */
function afterByTimer(delayMs: number, call: () => void): () => void {
  const timer = setTimeout(call, delayMs).unref();
  return () => clearTimeout(timer);
}

/** When a log is to be looked at next: something was added, or something that is told is over. */
function nextOf({ dueMs, follower }: Followed): number {
  let next = dueMs;
  for (const { lastMs } of follower.log.cases.values()) next = Math.min(next, lastMs + limits.threatOpenMs);
  return next;
}

/** One look at a time; never throws. */
function work(state: State): Promise<void> {
  state.working ??= lookAtDue(state)
    .catch((error) => state.log('warn', `threats: ${problemOf(error).message}`))
    .finally(() => {
      state.working = undefined;
      schedule(state);
    });
  return state.working;
}

async function lookAtDue(state: State): Promise<void> {
  refreshLogs(state);
  let isChanged = !state.hasReported;
  for (const one of [...state.logs.values()]) {
    if (state.abort.signal.aborted) return;
    if (one.dueMs <= state.now() && (await lookAt(state, one))) isChanged = true;
    if (one.follower.expire()) isChanged = true;
  }
  if (isChanged) report(state);
}

async function lookAt(state: State, one: Followed): Promise<boolean> {
  const { follower, activityLog } = one;
  const { source } = follower;
  one.dueMs = activityLog ? state.now() + activityLog.intervalMs : Number.POSITIVE_INFINITY;
  try {
    const signal = AbortSignal.any([state.abort.signal, AbortSignal.timeout(limits.discoveryReadTimeoutMs)]);
    const isChanged = await follower.catchUp(signal);
    follower.fail(undefined);
    return isChanged;
  } catch (error) {
    if (state.abort.signal.aborted) return false;
    const { message } = problemOf(error);
    if (follower.problem === undefined) state.log('warn', `${source.name}: ${message}`);
    follower.fail(message);
    one.dueMs = state.now() + limits.threatErrorMs;
    return false;
  }
}

/** Logs come and go with their connections; what was learnt of one stays on the disk. */
function refreshLogs(state: State): void {
  state.disk ??= createThreatDisk(state.open('threat.db', threatMigrations));
  const add = (source: LogSource, activityLog?: ActivityLog): void => {
    if (state.logs.size > limits.connectionsMax) return;
    const follower = createFollower(source, state.disk!, state.now);
    state.logs.set(source.id, { follower, ...(activityLog && { activityLog }), dueMs: state.now() });
  };
  if (!state.logs.has(trailId)) add(trailSource(state.audit, state.riskOf));
  const present = new Set([trailId]);
  for (const connection of state.connections.list()) {
    if (connection.state !== 'connected' && connection.state !== 'degraded') continue;
    const log = state.connections.executor(connection.id)?.activityLog;
    if (!log) continue;
    const source = connectionSource(connection, log, state.graph, state.now);
    present.add(source.id);
    if (state.logs.get(source.id)?.activityLog === log) continue;
    state.logs.get(source.id)?.follower.save(true);
    state.logs.delete(source.id);
    add(source, log);
  }
  for (const [id, { follower }] of state.logs)
    if (!present.has(id)) {
      follower.save(true);
      state.logs.delete(id);
    }
}

function report(state: State): void {
  state.hasReported = true;
  state.watch.report(
    threatDetector,
    [...state.logs.values()].flatMap(({ follower }) =>
      [...follower.log.cases.values()].map(({ draft }) => draft),
    ),
  );
}

/** A word about an incident is a word about every principal in it. */
function hear(state: State, incidents: readonly Incident[]): void {
  for (const { id, verdict, findings } of incidents) {
    if (!verdict) continue;
    const threats = findings.filter(({ detector }) => detector === threatDetector);
    for (const resource of new Set(threats.map((one) => one.resource)))
      tell(state, resource, { incident: id, is: verdict.is });
  }
}

function tell(state: State, resource: string, said: Said): void {
  for (const { follower } of state.logs.values()) {
    const { log } = follower;
    for (const name of log.state.principals.keys()) {
      if (principalId(log.connection, name) !== resource) continue;
      heed(log, name, said);
      follower.save(true);
      break;
    }
  }
  // Not within the change that is being told: the watch hears of it right after.
  queueMicrotask(() => report(state));
}
