// What can be done, and by which connections.

import type { Operation } from '../../../shared/model/operation.ts';
import type { OperationInfo } from '../../../shared/protocol/messages.ts';
import type { HandlersOf, Services } from '../contract.ts';

export const catalogueHandlers: HandlersOf<'catalogue'> = {
  'catalogue/list': (_params, { services }) => {
    const able = connectionsByOperation(services);
    const operations = [...services.catalogue.values()].map((operation) =>
      infoOf(operation, able.get(operation.id) ?? []),
    );
    return { operations };
  },
};

function connectionsByOperation(services: Services): ReadonlyMap<string, readonly string[]> {
  const able = new Map<string, string[]>();
  for (const connection of services.connections.list()) {
    for (const operation of connection.operations) {
      const known = able.get(operation);
      if (known) known.push(connection.id);
      else able.set(operation, [connection.id]);
    }
  }
  return able;
}

function infoOf(operation: Operation, connections: readonly string[]): OperationInfo {
  const { id, verb, kind, risk, title, doc, target, args, words, from, idle, impact } = operation;
  return {
    id,
    verb,
    kind,
    risk,
    title,
    doc,
    target,
    args,
    words,
    impact,
    connections,
    ...(from && { from }),
    ...(idle && { idle }),
  };
}
