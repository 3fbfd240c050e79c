// Manifests: what a resource is in its cloud's own words, and what a text comes to. What such a text means only the
// executor knows; applying one is an operation like any other and goes through the plans.

import { ProblemError } from '../../../shared/model/problem.ts';
import type { Executor } from '../../executors/contract.ts';
import type { HandlersOf, Services } from '../contract.ts';
import { requireResource } from './resource.ts';

export const manifestHandlers: HandlersOf<'manifest'> = {
  'manifest/read': ({ id }, { services, signal }) => {
    const resource = requireResource(id, services);
    const read = services.connections.executor(resource.connection)?.readers.manifest;
    if (!read) throw without(resource.connection);
    return read({ resource, signal });
  },
  'manifest/check': ({ connection, text, base }, { services }) =>
    requireManifests(connection, services).check(text, base),
};

function requireManifests(connection: string, services: Services): NonNullable<Executor['manifests']> {
  const manifests = services.connections.executor(connection)?.manifests;
  if (manifests) return manifests;
  throw without(connection);
}

function without(connection: string): ProblemError {
  return new ProblemError({
    code: 'unsupported',
    message: `The connection ${connection} knows no manifests.`,
    fix: 'Ask for the details of the resource instead.',
  });
}
