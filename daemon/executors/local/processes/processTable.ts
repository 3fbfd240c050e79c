// The processes as resources, with what each used since the last look. A process is told from a later one of the same
// number by when it was started; one that is seconds old is not listed yet, so that the short-lived ones a busy machine
// makes by the hundred do not fill graph and history.

import os from 'node:os';
import {
  parseResourceId,
  type Relation,
  type Resource,
  resourceId,
} from '../../../../shared/model/resource.ts';
import { limits } from '../../../config.ts';
import type { History } from '../history.ts';
import { hostIdOf } from '../host/hostResource.ts';
import type { Listener } from '../host/listeners.ts';
import type { System } from '../system.ts';
import {
  type ProcessFacts,
  type ProcessRecord,
  readFacts,
  readProcess,
  readProcesses,
  readUsers,
  ticksPerSecond,
} from './readProcesses.ts';

export interface ProcessBatch {
  readonly resources: readonly Resource[];
  readonly relations: readonly Relation[];
}

export interface ProcessTable {
  /** Looks at all processes; with `listeners`, at what they listen on. */
  list(listeners: readonly Listener[]): Promise<ProcessBatch>;
  /** The process of a resource as it is now; undefined where it ended. */
  read(target: Resource): Promise<Resource | undefined>;
  /** Numbers of processes that this one started, directly. */
  childrenOf(pid: number): Promise<readonly number[]>;
  /** Measures all processes into the history. */
  measure(): Promise<void>;
}

export interface ProcessTableOptions {
  readonly system: System;
  readonly connection: string;
  readonly history: History;
  /** Seconds since the epoch at which the machine was started. */
  readonly bootSeconds: number;
  /** Bytes of a page of memory, as rss is counted. */
  readonly pageBytes?: number;
}

interface State extends ProcessTableOptions {
  readonly facts: Map<string, ProcessFacts>;
  users: ReadonlyMap<number, string>;
  before: { readonly atMs: number; readonly ticks: ReadonlyMap<string, number> } | undefined;
  /** The last measuring, so that two askers at once measure once. */
  measuring: Promise<readonly ProcessRecord[]> | undefined;
}

export function createProcessTable(options: ProcessTableOptions): ProcessTable {
  const state: State = {
    ...options,
    facts: new Map(),
    users: new Map(),
    before: undefined,
    measuring: undefined,
  };
  return {
    list: (listeners) => list(state, listeners),
    async read(target) {
      const pid = Number(target.attributes.pid);
      const record = Number.isInteger(pid) ? await readProcess(state.system, pid) : undefined;
      if (!record || pathOf(record) !== parseResourceId(target.id)?.path) return undefined;
      // A zombie has ended; only its parent has not asked how.
      if (record.state === 'Z') return undefined;
      return resourceOf(state, record, await factsOf(state, record), []);
    },
    async childrenOf(pid) {
      const all = await readProcesses(state.system);
      return all.filter(({ parent }) => parent === pid).map((one) => one.pid);
    },
    async measure() {
      await measure(state);
    },
  };
}

function pathOf({ startTicks, pid }: ProcessRecord): string {
  return `${startTicks}-${pid}`;
}

async function list(state: State, listeners: readonly Listener[]): Promise<ProcessBatch> {
  if (state.users.size === 0) state.users = await readUsers();
  const all = await measure(state);
  const nowTicks = (state.system.now() / 1000 - state.bootSeconds) * ticksPerSecond;
  const ageTicksMin = (limits.localProcessAgeMsMin / 1000) * ticksPerSecond;
  const settled = all
    .filter((one) => one.state !== 'Z' && nowTicks - one.startTicks >= ageTicksMin)
    .sort((a, b) => b.rssPages - a.rssPages)
    .slice(0, limits.localProcessesMax);
  const resources = await Promise.all(
    settled.map(async (one) => {
      const ports = listeners.filter(({ pid }) => pid === one.pid).map((l) => `${l.protocol}/${l.port}`);
      return resourceOf(state, one, await factsOf(state, one), ports);
    }),
  );
  const present = new Set(all.map(pathOf));
  for (const key of state.facts.keys()) if (!present.has(key)) state.facts.delete(key);
  return { resources, relations: resources.flatMap((one) => relationsOf(state, one)) };
}

async function factsOf(state: State, record: ProcessRecord): Promise<ProcessFacts> {
  const key = `${pathOf(record)}`;
  const known = state.facts.get(key);
  if (known) return known;
  const facts = await readFacts(state.system, record.pid, record.name);
  state.facts.set(key, facts);
  return facts;
}

function resourceOf(
  state: State,
  record: ProcessRecord,
  facts: ProcessFacts,
  ports: readonly string[],
): Resource {
  const isStopped = record.state === 'T' || record.state === 't';
  return {
    id: resourceId(state.connection, 'process', pathOf(record)),
    connection: state.connection,
    provider: 'local',
    kind: 'process',
    name: `${record.name} (${record.pid})`,
    status: isStopped ? 'suspended' : 'running',
    health: isStopped ? 'off' : 'ok',
    tags: {},
    createdAt: new Date((state.bootSeconds + record.startTicks / ticksPerSecond) * 1000).toISOString(),
    attributes: {
      pid: record.pid,
      parent: record.parent,
      user: state.users.get(facts.uid) ?? String(facts.uid),
      nice: record.nice,
      command: facts.command,
      ...(facts.container ? { container: facts.container } : {}),
      ...(facts.unit ? { unit: facts.unit } : {}),
      ...(ports.length > 0 ? { ports: [...new Set(ports)] } : {}),
    },
  };
}

function relationsOf({ connection }: State, { id, attributes }: Resource): readonly Relation[] {
  const { container, unit } = attributes;
  const within =
    typeof container === 'string'
      ? [{ from: id, type: 'MEMBER_OF' as const, to: resourceId(connection, 'container', container) }]
      : typeof unit === 'string'
        ? [{ from: id, type: 'MEMBER_OF' as const, to: resourceId(connection, 'unit', unit) }]
        : [];
  return [{ from: id, type: 'RUNS_ON', to: hostIdOf(connection) }, ...within];
}

function measure(state: State): Promise<readonly ProcessRecord[]> {
  state.measuring ??= measureOnce(state).finally(() => {
    state.measuring = undefined;
  });
  return state.measuring;
}

/** Processor time since the last look, of all processors; memory of all memory. */
async function measureOnce(state: State): Promise<readonly ProcessRecord[]> {
  const { system, history, connection, pageBytes = 4096 } = state;
  const all = await readProcesses(system);
  const atMs = system.now();
  const { before } = state;
  const seconds = before ? (atMs - before.atMs) / 1000 : 0;
  for (const record of all) {
    const id = resourceId(connection, 'process', pathOf(record));
    history.add(id, 'memory', atMs, (100 * record.rssPages * pageBytes) / os.totalmem());
    const ticks = before?.ticks.get(pathOf(record));
    if (ticks !== undefined && seconds >= 0.2)
      history.add(
        id,
        'cpu',
        atMs,
        (100 * (record.cpuTicks - ticks)) / ticksPerSecond / seconds / os.cpus().length,
      );
  }
  if (!before || seconds >= 0.2)
    state.before = { atMs, ticks: new Map(all.map((one) => [pathOf(one), one.cpuTicks])) };
  return all;
}
