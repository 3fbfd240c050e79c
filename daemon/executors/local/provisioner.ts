// This machine as a provider: its figures, processes, systemd services and containers. It needs no credential and is
// always there; PILOTHOUSE_LOCAL=off hides it. What a platform does not tell is left out and said, never guessed.

import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { OperationId } from '../../../shared/model/kind.ts';
import type { Resource } from '../../../shared/model/resource.ts';
import { catalogue } from '../../catalogue/catalogue.ts';
import { limits } from '../../config.ts';
import type {
  ConnectionCandidate,
  DiscoverySource,
  Executor,
  ExecutorContext,
  OperationHandler,
  Provisioner,
} from '../contract.ts';
import { type Deed, handlerOf } from '../kit/deed.ts';
import { containerTerminals } from './containers/exec.ts';
import { findEngines } from './containers/findEngines.ts';
import { containerDeeds } from './containers/operations.ts';
import { createContainers } from './containers/source.ts';
import { createHistory } from './history.ts';
import { hostIdOf, hostResource } from './host/hostResource.ts';
import { createListenerReader, type ListenerReader } from './host/listeners.ts';
import { createHostMeter } from './host/meter.ts';
import { parseBootSeconds } from './host/procFigures.ts';
import { createSignIns } from './host/signIns.ts';
import { killing, renicing } from './processes/operations.ts';
import { createProcessTable, type ProcessTable } from './processes/processTable.ts';
import { createMetricSource, createReaders, type Measuring, measureHost } from './readers.ts';
import { type System, thisSystem } from './system.ts';
import { hasSystemd } from './units/systemctl.ts';
import { unitDeeds, unitSource } from './units/units.ts';

export const localProvisioner: Provisioner = {
  provider: 'local',
  async find(context) {
    if (context.env.PILOTHOUSE_LOCAL === 'off') return { candidates: [], problems: [] };
    const candidate: ConnectionCandidate = {
      id: 'local',
      provider: 'local',
      name: 'This machine',
      environment: 'unknown',
      simulated: false,
      origin: 'built in',
    };
    return { candidates: [candidate], problems: [] };
  },
  open: openMachine,
};

function openMachine(candidate: ConnectionCandidate, context: ExecutorContext): Executor {
  const connection = candidate.id;
  const system = thisSystem(context.now);
  const hostId = hostIdOf(connection);
  const history = createHistory((resource) =>
    resource === hostId ? limits.localPointsMax : limits.localThingPointsMax,
  );
  const containers = createContainers({
    connection,
    find: () => findEngines({ env: context.env, homeFolder: context.homeFolder, userId: os.userInfo().uid }),
    log: context.log,
  });
  const table = createProcessTable({ system, connection, history, bootSeconds: bootSecondsOf(system) });
  const measuring: Measuring = { system, history, meter: createHostMeter(system), table, containers, hostId };
  const listeners = createListenerReader(system);
  const deeds = new Map<OperationId, Deed>(containerDeeds(containers));
  const sources: DiscoverySource[] = [hostSource(measuring, connection, listeners), containers.source];
  if (system.platform === 'linux') {
    sources.push(processSource(table, listeners));
    deeds.set('delete.process', killing(table, system));
    deeds.set('renice.process', renicing(table));
  }
  if (hasSystemd()) {
    sources.push(unitSource(connection, system));
    for (const [id, deed] of unitDeeds(connection, system)) deeds.set(id, deed);
  }
  const activityLog = createSignIns(context);
  return {
    candidate,
    sources,
    operations: handlersOf(deeds),
    readers: createReaders(measuring),
    metricSources: [createMetricSource(measuring)],
    ...(activityLog && { activityLog }),
    terminals: containerTerminals(containers),
    identity: async () => ({ user: os.userInfo().username, project: os.hostname() }),
    dispose: async () => undefined,
  };
}

function handlersOf(deeds: ReadonlyMap<OperationId, Deed>): ReadonlyMap<OperationId, OperationHandler> {
  return new Map([...deeds].map(([id, deed]) => [id, handlerOf(catalogue.get(id)!, deed)]));
}

/** Each reading is a look at the figures, too: that makes the history while somebody looks. */
function hostSource(measuring: Measuring, connection: string, listeners: ListenerReader): DiscoverySource {
  return {
    name: 'host',
    kinds: ['host'],
    intervalMs: 5_000,
    async read({ signal }) {
      const problems = await measureHost(measuring, signal);
      const more: Resource['attributes'] = problems.length > 0 ? { not_measured: problems } : {};
      const host = hostResource(connection, await listeners.read(), more);
      return { mode: 'full', resources: [host], removed: [], relations: [] };
    },
  };
}

function processSource(table: ProcessTable, listeners: ListenerReader): DiscoverySource {
  return {
    name: 'processes',
    kinds: ['process'],
    intervalMs: 10_000,
    async read() {
      const { resources, relations } = await table.list(await listeners.read());
      return { mode: 'full', resources, removed: [], relations };
    },
  };
}

function bootSecondsOf(system: System): number {
  try {
    const seconds = parseBootSeconds(readFileSync(path.join(system.procFolder, 'stat'), 'utf8'));
    if (seconds !== undefined) return seconds;
  } catch {
    // Not a Linux: what Node knows is as good.
  }
  return Math.floor(Date.now() / 1000 - os.uptime());
}
