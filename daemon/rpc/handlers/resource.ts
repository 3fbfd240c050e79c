// Resources: pages of them, one in full, and what its log says. What can be done with one is said with the reason
// where it cannot, so that a menu explains itself.

import type { Connection } from '../../../shared/model/connection.ts';
import type { Operation } from '../../../shared/model/operation.ts';
import { ProblemError } from '../../../shared/model/problem.ts';
import type { Resource } from '../../../shared/model/resource.ts';
import type { ResourceDetails } from '../../../shared/protocol/messages.ts';
import { readLog } from '../../answers/logs.ts';
import { limits } from '../../config.ts';
import type { HandlersOf, Services } from '../contract.ts';
import { countThatFits } from '../parts.ts';
import { historyOf } from './graph.ts';

export const resourceHandlers: HandlersOf<'resource'> = {
  'resource/list': ({ connection, kind, text, limit, after }, { services }) => {
    const wanted = text?.toLowerCase();
    const found = services.graph
      .list({ ...(connection !== undefined && { connection }), ...(kind !== undefined && { kind }) })
      .filter((resource) => wanted === undefined || hasText(resource, wanted))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    const start = after === undefined ? 0 : found.findIndex((resource) => resource.id > after);
    const rest = start < 0 ? [] : found.slice(start, start + limit);
    const resources = rest.slice(0, countThatFits(rest, 0, limits.frameBytesMax / 2));
    const isLast = start < 0 || start + resources.length >= found.length;
    const next = isLast ? undefined : resources.at(-1)?.id;
    return { resources, total: found.length, ...(next !== undefined && { next }) };
  },

  'resource/get': ({ id }, { services }) => detailsOf(requireResource(id, services), services),

  'resource/history': ({ id, limit }, { services }) => historyOf(id, limit, services),

  'resource/logs': async ({ id, lines, grep, since, previous, part }, { services, signal }) =>
    readLog(requireResource(id, services), services, {
      lines: Math.min(lines, limits.logLinesMax),
      ...(grep !== undefined && { grep }),
      ...(since !== undefined && { sinceMs: Date.parse(since) }),
      ...(previous !== undefined && { previous }),
      ...(part !== undefined && { part }),
      signal,
    }),

  'resource/logParts': async ({ id }, { services, signal }) => {
    const resource = requireResource(id, services);
    const parts = services.connections.executor(resource.connection)?.readers.logParts;
    return { parts: parts ? await parts({ resource, signal }) : [] };
  },
};

/** A resource that is known. Throws ProblemError `not-found`. */
export function requireResource(id: string, services: Services): Resource {
  const resource = services.graph.get(id);
  if (resource) return resource;
  throw new ProblemError({
    code: 'not-found',
    message: `There is no ${id} (any more).`,
    fix: 'Refresh the connection and look again.',
  });
}

function hasText(resource: Resource, wanted: string): boolean {
  return (
    resource.name.toLowerCase().includes(wanted) ||
    resource.id.toLowerCase().includes(wanted) ||
    resource.status.toLowerCase().includes(wanted)
  );
}

function detailsOf(resource: Resource, services: Services): ResourceDetails {
  const { out, in: incoming } = services.graph.relationsOf(resource.id);
  const others = new Set([...out.map((edge) => edge.to), ...incoming.map((edge) => edge.from)]);
  const neighbours = [...others].flatMap((id) => {
    const other = services.graph.get(id);
    return other ? [{ id, name: other.name, kind: other.kind }] : [];
  });
  const dependents = services.graph.dependentsOf(resource.id).map(({ resource: other, relation }) => ({
    id: other.id,
    name: other.name,
    kind: other.kind,
    relation,
  }));
  return {
    resource,
    out,
    in: incoming,
    neighbours,
    dependents,
    operations: operationsOn(resource, services),
  };
}

function operationsOn(resource: Resource, services: Services): ResourceDetails['operations'] {
  const connection = services.connections.get(resource.connection);
  const able = new Set(connection?.operations ?? []);
  return [...services.catalogue.values()]
    .filter(({ kind, target, id }) => kind === resource.kind && target !== 'none' && able.has(id))
    .map((operation) => {
      const isReadOnly = connection?.mode === 'read-only' && operation.risk !== 'read';
      const disabled = isReadOnly
        ? `${connection.name} is read-only.`
        : (whyDenied(operation, resource, connection) ?? whyNot(operation, resource));
      const { id, title, risk } = operation;
      return { id, title, risk, ...(disabled !== undefined && { disabled }) };
    });
}

/** What the cloud says that this identity may not do. */
function whyDenied(
  { id }: Operation,
  { namespace }: Resource,
  connection: Connection | undefined,
): string | undefined {
  const isHere = (namespaces: readonly string[] | undefined) =>
    namespaces === undefined || namespaces.includes(namespace ?? '');
  return connection?.denied?.find(({ operation, namespaces }) => operation === id && isHere(namespaces))
    ?.reason;
}

function whyNot(operation: Operation, resource: Resource): string | undefined {
  if (operation.idle?.includes(resource.status)) return `It is ${resource.status} already.`;
  if (operation.from && !operation.from.includes(resource.status))
    return `It is ${resource.status}; this needs ${operation.from.join(' or ')}.`;
  return undefined;
}
