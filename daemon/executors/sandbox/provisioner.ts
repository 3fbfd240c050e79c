// The sandbox as a provider: a simulated cloud that is always there, clearly marked as simulated, so that a plan can be
// learned and rehearsed without an account. PILOTHOUSE_SANDBOX=off hides it; PILOTHOUSE_SANDBOX_SPEED=10 makes it ten
// times as fast, `instant` immediate. It touches nothing but its own file in the state folder.

import { catalogue } from '../../catalogue/catalogue.ts';
import type {
  ConnectionCandidate,
  Executor,
  ExecutorContext,
  OperationHandler,
  Provisioner,
} from '../contract.ts';
import { type Durations, realisticDurations, scaledDurations } from './durations.ts';
import { answer, createHandler } from './handler.ts';
import { simulateLog } from './logs.ts';
import { machines } from './machines/machines.ts';
import { createMetricSource } from './metricSource.ts';
import { simulateMetric } from './metrics.ts';
import { createSource } from './source.ts';
import { sandboxConnection, sandboxRegion } from './thing.ts';
import { openWorld, type World } from './world.ts';

export const sandboxProvisioner: Provisioner = {
  provider: 'sandbox',
  async find(context) {
    if (context.env.PILOTHOUSE_SANDBOX === 'off') return { candidates: [], problems: [] };
    const candidate: ConnectionCandidate = {
      id: sandboxConnection,
      provider: 'sandbox',
      name: 'Sandbox (simulated)',
      environment: 'sandbox',
      region: sandboxRegion,
      simulated: true,
      origin: 'built in',
    };
    return { candidates: [candidate], problems: [] };
  },
  open: openSandbox,
};

function openSandbox(candidate: ConnectionCandidate, context: ExecutorContext): Executor {
  const world = openWorld({
    stateFolder: context.stateFolder,
    now: context.now,
    durations: durationsOf(context.env.PILOTHOUSE_SANDBOX_SPEED),
  });
  return {
    candidate,
    sources: [createSource(world, context.stateFolder)],
    operations: handlersOf(world),
    readers: {
      async logs({ signal, ...request }) {
        await answer(world, signal);
        return simulateLog(request, world.now());
      },
      async metrics({ resource, metric, fromMs, toMs, signal }) {
        await answer(world, signal);
        return simulateMetric(resource, metric, fromMs, toMs);
      },
    },
    metricSources: [createMetricSource(world)],
    async identity(signal) {
      await answer(world, signal);
      return { user: 'sandbox-operator', project: 'shop', region: sandboxRegion, roles: ['member'] };
    },
    async dispose() {
      world.close();
    },
  };
}

/** The catalogue's operations that the simulated cloud has a machine for, and that its kinds allow. */
function handlersOf(world: World): ReadonlyMap<string, OperationHandler> {
  return new Map(
    [...catalogue.values()].flatMap((operation) => {
      const machine = machines[operation.id];
      return machine ? [[operation.id, createHandler(world, operation, machine)] as const] : [];
    }),
  );
}

/** A factor faster than real; a word it does not know means real. */
function durationsOf(speed: string | undefined): Durations {
  if (speed === 'instant') return scaledDurations(0);
  const factor = Number(speed);
  return Number.isFinite(factor) && factor > 0 ? scaledDurations(1 / factor) : realisticDurations;
}
