// Prometheus as a provider: each server a person named is a connection whose resources are its targets and which
// measures the resources of all connections. It only reads.

import type { PrometheusServer } from '../../../shared/model/metricSettings.ts';
import { ProblemError } from '../../../shared/model/problem.ts';
import type { ConnectionCandidate, Executor, ExecutorContext, Provisioner } from '../contract.ts';
import { createClient } from './client.ts';
import { createReaders } from './readers.ts';
import { findServers, settingsFileOf } from './servers.ts';
import { createState, metricSource, targetSource } from './sources.ts';

export const prometheusProvisioner: Provisioner = {
  provider: 'prometheus',
  async find(context) {
    const { servers, problem } = findServers(context);
    return { candidates: servers.map(candidateOf), problems: problem ? [problem] : [] };
  },
  files: (context) => [settingsFileOf(context)],
  open: openServer,
};

const idOf = (server: PrometheusServer): string =>
  server.name === 'prometheus' ? 'prometheus' : `prometheus-${server.name}`;

function candidateOf(server: PrometheusServer): ConnectionCandidate {
  return {
    id: idOf(server),
    provider: 'prometheus',
    name: server.name === 'prometheus' ? 'Prometheus' : `Prometheus ${server.name}`,
    environment: 'unknown',
    simulated: false,
    origin: 'settings of metrics',
  };
}

function openServer(candidate: ConnectionCandidate, context: ExecutorContext): Executor {
  const server = findServers(context).servers.find((one) => idOf(one) === candidate.id);
  if (!server)
    throw new ProblemError({
      code: 'config-invalid',
      message: `The Prometheus server of ${candidate.name} is not in the settings any more.`,
      fix: 'Look for connections anew.',
    });
  const client = createClient(server, context);
  const state = createState(candidate.id, server, client);
  return {
    candidate,
    sources: [targetSource(state)],
    operations: new Map(),
    readers: createReaders(state),
    metricSources: [metricSource(state)],
    async identity(signal) {
      await client.time(signal);
      const { auth } = server;
      return { user: auth?.kind === 'basic' ? auth.user : auth?.kind === 'bearer' ? 'a token' : 'nobody' };
    },
    dispose: async () => client.dispose(),
  };
}
