// What a tree item says of itself to the `when` clauses of the menus in package.json, which are generated from the
// catalogue: `;resource;kind:vm;stop.vm;-start.vm;`. An operation that the state forbids stands there with a minus,
// so that its entry is shown greyed instead of missing. Pure; used by the tree and by the generator's test.

import type { Connection, Denial } from '../../shared/model/connection.ts';
import type { Resource } from '../../shared/model/resource.ts';
import { isShell, ownWaysInto, type WayIn, waysInto } from '../../shared/model/terminal.ts';
import type { OperationInfo } from '../../shared/protocol/messages.ts';
import { isAllowedBy } from '../state/catalogue.ts';

/**
 * Of a resource: its kind, whether it can be opened as YAML, whether a shell or a console of it can be opened or a
 * port of it forwarded, and what its connection can do with it.
 */
export function contextOfResource(
  resource: Resource,
  operations: readonly OperationInfo[],
  connection?: Connection,
): string {
  const denied = new Set(denialsOf(resource, connection).map(({ operation }) => operation));
  const parts = operations.map((operation) =>
    isAllowedBy(operation, resource) && !denied.has(operation.id) ? operation.id : `-${operation.id}`,
  );
  const yaml = connection?.manifests?.includes(resource.kind) ? ['yaml'] : [];
  return join(['resource', `kind:${resource.kind}`, ...yaml, ...entriesOf(resource, connection), ...parts]);
}

/** What the identity of its connection may not do with a resource. */
export function denialsOf(
  resource: Pick<Resource, 'kind' | 'namespace'>,
  connection: Pick<Connection, 'denied'> | undefined,
): readonly Denial[] {
  return (connection?.denied ?? []).filter(
    ({ operation, namespaces }) =>
      operation.endsWith(`.${resource.kind}`) &&
      (namespaces === undefined || namespaces.includes(resource.namespace ?? '')),
  );
}

/** Greyed where it has a way in, but not as it is now: it does not run, or nothing may be changed. */
function entriesOf(resource: Resource, connection: Connection | undefined): readonly string[] {
  const open = waysInto(resource, connection);
  const known = ownWaysInto(resource, connection);
  return Object.entries(entries).flatMap(([entry, isWay]) => {
    const isOpen = open.some(isWay);
    if (isOpen && connection?.mode !== 'read-only') return [entry];
    return isOpen || known.some(isWay) ? [`-${entry}`] : [];
  });
}

const entries: Readonly<Record<string, (way: WayIn) => boolean>> = {
  shell: isShell,
  forward: (way) => way === 'forward',
  console: (way) => way === 'console',
  serial: (way) => way === 'serial',
};

/** Of a heading: the kind and what can be made of it. */
export function contextOfKind(kind: string, creates: readonly OperationInfo[]): string {
  return join(['kind', `kind:${kind}`, ...creates.map((operation) => operation.id)]);
}

/** Of a connection: whether it is read-only. */
export function contextOfConnection(mode: string): string {
  return join(['connection', `mode:${mode}`]);
}

function join(parts: readonly string[]): string {
  return `;${parts.join(';')};`;
}

/** `when` clause that holds where an item offers an operation, be it greyed. */
export function whenOffered(operation: string): string {
  return `viewItem =~ /;-?${literal(operation)};/`;
}

/** `enablement` of a command: on an item only where the state allows it, and always from the palette. */
export function whenAllowed(operation: string): string {
  return `!viewItem || viewItem =~ /;${literal(operation)};/`;
}

/** `when` clause for items that are something. */
export function whenIs(part: string): string {
  return `viewItem =~ /;${literal(part)};/`;
}

function literal(text: string): string {
  return text.replaceAll('.', '\\.');
}
