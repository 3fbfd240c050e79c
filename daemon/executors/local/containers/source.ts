// The containers of all engines that answer, and the engine of each. Details of a container are asked again only when
// an event speaks of it or its state in the list is another; a list that cannot be read takes nothing for gone.

import { z } from 'zod';
import { ProblemError, problemOf } from '../../../../shared/model/problem.ts';
import { parseResourceId, type Relation, type Resource } from '../../../../shared/model/resource.ts';
import { limits } from '../../../config.ts';
import type { DiscoveryBatch, DiscoverySource } from '../../contract.ts';
import { hostIdOf } from '../host/hostResource.ts';
import { createEngine, type Engine } from './engine.ts';
import type { EnginePlace } from './findEngines.ts';
import {
  type ContainerItem,
  type ContainerRecord,
  containerItem,
  containerRecord,
  engineEvent,
} from './records.ts';
import { containerResource } from './translate.ts';

export interface Containers {
  readonly source: DiscoverySource;
  /** The engine that has the container. Throws ProblemError where there is none any more. */
  engineOf(target: Resource): Engine;
  /** One container as it is now; undefined where it is gone. */
  read(target: Resource, signal: AbortSignal): Promise<Resource | undefined>;
}

export interface ContainersOptions {
  readonly connection: string;
  /** Looks where engines listen, each time: one may be started later. Throws ProblemError. */
  readonly find: () => readonly EnginePlace[];
  readonly log: (level: 'info' | 'warn', message: string) => void;
}

interface State extends ContainersOptions {
  readonly engines: Map<string, Engine>;
  /** Engines that answered once: from then on their silence is a failure, not an absence. */
  readonly answered: Set<string>;
  readonly warned: Set<string>;
  readonly details: Map<string, { readonly seen: string; readonly record: ContainerRecord }>;
}

export function createContainers(options: ContainersOptions): Containers {
  const state: State = {
    ...options,
    engines: new Map(),
    answered: new Set(),
    warned: new Set(),
    details: new Map(),
  };
  return {
    source: {
      name: 'containers',
      kinds: ['container'],
      intervalMs: 10_000,
      read: ({ signal }) => readAll(state, signal),
      watch: (onBatch, signal) => watch(state, onBatch, signal),
    },
    engineOf: (target) => requireEngine(state, target),
    async read(target, signal) {
      const id = parseResourceId(target.id)?.path ?? '';
      const record = await inspect(requireEngine(state, target), id, signal);
      if (!record) return undefined;
      state.details.delete(id);
      return containerResource(state.connection, String(target.attributes.engine), record);
    },
  };
}

function engineAt(state: State, socket: string): Engine {
  const engine = state.engines.get(socket) ?? createEngine(socket);
  state.engines.set(socket, engine);
  return engine;
}

function requireEngine(state: State, target: Resource): Engine {
  const { engine } = target.attributes;
  if (typeof engine === 'string') return engineAt(state, engine);
  throw new ProblemError({
    code: 'not-found',
    message: `It is not known which container engine has ${target.name}.`,
    fix: 'Refresh this machine and ask again.',
  });
}

async function readAll(state: State, signal: AbortSignal): Promise<DiscoveryBatch> {
  const resources: Resource[] = [];
  const present = new Set<string>();
  for (const { socket, isNamed } of state.find()) {
    try {
      const records = await readEngine(state, engineAt(state, socket), signal);
      state.answered.add(socket);
      for (const record of records) {
        present.add(record.Id);
        resources.push(containerResource(state.connection, socket, record));
      }
    } catch (error) {
      if (signal.aborted || isNamed || state.answered.has(socket)) throw error;
      warnOnce(state, socket, error);
    }
  }
  for (const id of state.details.keys()) if (!present.has(id)) state.details.delete(id);
  requireStillThere(state);
  const relations: readonly Relation[] = resources.map(({ id }) => ({
    from: id,
    type: 'RUNS_ON',
    to: hostIdOf(state.connection),
  }));
  return { mode: 'full', resources, removed: [], relations };
}

/** An engine that answered before and whose socket is gone: it was stopped, and its containers are not known to be gone. */
function requireStillThere(state: State): void {
  const there = new Set(state.find().map(({ socket }) => socket));
  const lost = [...state.answered].find((socket) => !there.has(socket));
  if (lost === undefined) return;
  throw new ProblemError({
    code: 'cloud-unreachable',
    message: `The container engine at ${lost} does not run any more.`,
    fix: 'Start it again to see and move its containers; what was read before stands until then.',
  });
}

/** A socket nobody answers on, or that is not for this user, is no failure of this machine. */
function warnOnce(state: State, socket: string, error: unknown): void {
  if (state.warned.has(socket)) return;
  state.warned.add(socket);
  const { message, fix } = problemOf(error);
  state.log('warn', `${message} ${fix ?? ''}`.trim());
}

async function readEngine(
  state: State,
  engine: Engine,
  signal: AbortSignal,
): Promise<readonly ContainerRecord[]> {
  const items = await engine.read(
    { path: '/containers/json', query: { all: 'true' }, what: 'list containers', signal },
    z.array(containerItem),
  );
  const records: ContainerRecord[] = [];
  const queue = items.slice(0, limits.localContainersMax)[Symbol.iterator]();
  const work = async (): Promise<void> => {
    for (const item of queue) {
      const record = await detailsOf(state, engine, item, signal);
      if (record) records.push(record);
    }
  };
  await Promise.all(Array.from({ length: limits.cloudConcurrency }, work));
  return records;
}

async function detailsOf(
  state: State,
  engine: Engine,
  item: ContainerItem,
  signal: AbortSignal,
): Promise<ContainerRecord | undefined> {
  // "Up 3 minutes" changes all the time and says nothing; "(healthy)" and "Exited (1)" do.
  const seen = `${item.State} ${(item.Status ?? '').match(/\([^)]*\)/g)?.join(' ') ?? ''} ${item.Names?.join() ?? ''}`;
  const known = state.details.get(item.Id);
  if (known?.seen === seen) return known.record;
  const record = await inspect(engine, item.Id, signal);
  if (record) state.details.set(item.Id, { seen, record });
  return record;
}

async function inspect(
  engine: Engine,
  id: string,
  signal: AbortSignal,
): Promise<ContainerRecord | undefined> {
  try {
    const request = {
      path: `/containers/${encodeURIComponent(id)}/json`,
      what: 'read the container',
      signal,
    };
    return await engine.read(request, containerRecord);
  } catch (error) {
    if (error instanceof ProblemError && error.problem.code === 'cloud-not-found') return undefined;
    throw error;
  }
}

/** Events of all engines that answer; each burst of them is one reading. Ends when one of the streams does. */
async function watch(
  state: State,
  onBatch: (batch: DiscoveryBatch) => void,
  signal: AbortSignal,
): Promise<void> {
  const sockets = state.find().filter(({ socket }) => state.answered.has(socket));
  if (sockets.length === 0) return;
  const ended = new AbortController();
  const either = AbortSignal.any([signal, ended.signal]);
  let timer: NodeJS.Timeout | undefined;
  const tell = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      readAll(state, either).then(
        (batch) => !either.aborted && onBatch(batch),
        () => ended.abort(),
      );
    }, limits.localEventsSettleMs).unref();
  };
  const query = { filters: JSON.stringify({ type: ['container'] }) };
  const streams = sockets.map(({ socket }) =>
    engineAt(state, socket).follow(
      { path: '/events', query, what: 'follow its events', signal: either },
      (value) => {
        const event = engineEvent.safeParse(value);
        if (!event.success || /^exec_|^health_status|^top$/.test(event.data.Action ?? '')) return;
        state.details.delete(event.data.Actor?.ID ?? event.data.id ?? '');
        tell();
      },
    ),
  );
  await Promise.race(streams.map((stream) => stream.catch(() => undefined)));
  clearTimeout(timer);
  ended.abort();
  await Promise.allSettled(streams);
}
