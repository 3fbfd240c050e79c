// Connections: which there are, reading them anew, and what a person says about them. What is said is audited,
// because mode and environment decide how careful the rules are.

import type { Connection } from '../../../shared/model/connection.ts';
import { ProblemError } from '../../../shared/model/problem.ts';
import type { HandlersOf, Services } from '../contract.ts';

export const connectionHandlers: HandlersOf<'connection'> = {
  'connection/list': (_params, { services }) => ({ connections: services.connections.list() }),

  'connection/rescan': async (_params, { services, signal }) => {
    await services.connections.rescan(signal);
    return { connections: services.connections.list() };
  },

  'connection/refresh': async ({ id }, { services, signal }) => {
    requireConnection(id, services);
    await services.connections.refresh(id, signal);
    return requireConnection(id, services);
  },

  'connection/configure': ({ id, mode, environment }, { services, actor }) => {
    const before = requireConnection(id, services);
    services.audit.append({
      event: 'connection.changed',
      actor,
      actedAs: { connection: id },
      detail: {
        before: { mode: before.mode, environment: before.environment },
        after: { mode: mode ?? before.mode, environment: environment ?? before.environment },
      },
    });
    return services.connections.configure(id, {
      ...(mode && { mode }),
      ...(environment && { environment }),
    });
  },
};

function requireConnection(id: string, services: Services): Connection {
  const connection = services.connections.get(id);
  if (connection) return connection;
  throw new ProblemError({
    code: 'not-found',
    message: `There is no connection ${id}.`,
    fix: 'See the list of connections, or look for them anew (Pilothouse: Rescan Connections).',
  });
}
