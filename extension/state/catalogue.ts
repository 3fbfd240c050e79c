// The operations as the daemon lists them, looked up the way menus and forms need them: what a connection can do
// with a kind, and whether the state of a resource allows it now. Knows no provider by name.

import type { Resource } from '../../shared/model/resource.ts';
import type { OperationInfo } from '../../shared/protocol/messages.ts';
import { createSignal } from '../signal.ts';

export interface CatalogueStore {
  get(id: string): OperationInfo | undefined;
  /** What a connection can do with resources of a kind; creates not among them. */
  operationsOn(connection: string, kind: string): readonly OperationInfo[];
  /** What a connection can make of a kind. */
  createsOf(connection: string, kind: string): readonly OperationInfo[];
  all(): readonly OperationInfo[];
  replaceAll(operations: readonly OperationInfo[]): void;
  onDidChange(listener: () => void): () => void;
}

export function createCatalogueStore(): CatalogueStore {
  let byId = new Map<string, OperationInfo>();
  let byPlace = new Map<string, readonly OperationInfo[]>();
  const changes = createSignal<void>();
  const inPlace = (connection: string, kind: string) => byPlace.get(`${connection} ${kind}`) ?? [];
  return {
    get: (id) => byId.get(id),
    operationsOn: (connection, kind) =>
      inPlace(connection, kind).filter((operation) => operation.target !== 'none'),
    createsOf: (connection, kind) =>
      inPlace(connection, kind).filter((operation) => operation.target === 'none'),
    all: () => [...byId.values()],
    replaceAll: (operations) => {
      byId = new Map(operations.map((operation) => [operation.id, operation]));
      byPlace = indexByPlace(operations);
      changes.fire();
    },
    onDidChange: changes.on,
  };
}

function indexByPlace(operations: readonly OperationInfo[]): Map<string, readonly OperationInfo[]> {
  const places = new Map<string, OperationInfo[]>();
  for (const operation of operations) {
    for (const connection of operation.connections) {
      const key = `${connection} ${operation.kind}`;
      places.set(key, [...(places.get(key) ?? []), operation]);
    }
  }
  return places;
}

/** Whether the state of a resource allows an operation now; the daemon decides again when it plans. */
export function isAllowedBy(operation: OperationInfo, resource: Pick<Resource, 'status'>): boolean {
  const status = resource.status.toLowerCase();
  if (operation.idle?.includes(status)) return false;
  return operation.from === undefined || operation.from.includes(status);
}
