// How the daemon fares.

import { protocolVersion } from '../../../shared/protocol/version.ts';
import type { HandlersOf } from '../contract.ts';

export const statusHandlers: HandlersOf<'status'> = {
  'status/get': (_params, context) => {
    const { services } = context;
    const { daemon } = services;
    return {
      version: daemon.version,
      protocolVersion,
      pid: daemon.pid,
      node: process.version,
      startedAt: daemon.startedAt,
      uptimeMs: services.now() - Date.parse(daemon.startedAt),
      rssBytes: process.memoryUsage.rss(),
      stateFolder: daemon.stateFolder,
      sessions: context.sessions().map(({ id, client, queuedBytes, requests }) => ({
        id,
        client: `${client.name} ${client.version}`,
        kind: client.kind,
        queuedBytes,
        requests,
      })),
      connections: services.connections.list(),
      resources: services.graph.size,
      openPlans: services.plans.list({ open: true }).length,
      auditHead: services.audit.head,
      draining: daemon.isDraining,
    };
  },
};
