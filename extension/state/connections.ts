// The connections as the daemon last told, and the one the person looks at: sentences without a place are about
// it. The choice is kept for the workspace by the caller.

import type { Connection } from '../../shared/model/connection.ts';
import { createSignal } from '../signal.ts';

export interface ConnectionStore {
  list(): readonly Connection[];
  get(id: string): Connection | undefined;
  /** The chosen one where it is still there; the only one where there is just one. */
  readonly active: Connection | undefined;
  /** `undefined` chooses none: sentences may be about any. */
  choose(id: string | undefined): void;
  replaceAll(connections: readonly Connection[]): void;
  onDidChange(listener: () => void): () => void;
}

/** What to call a connection: its name, with its provider where another has the same, and its id where that is no help. */
export function placeOf(store: Pick<ConnectionStore, 'list'>, id: string): string {
  const known = store.list().find((connection) => connection.id === id);
  if (!known) return id;
  const namesakes = store.list().filter(({ name }) => name === known.name);
  if (namesakes.length === 1) return known.name;
  const isTold = namesakes.filter(({ provider }) => provider === known.provider).length === 1;
  return `${known.name} (${isTold ? known.provider : id})`;
}

export function createConnectionStore(
  chosen: string | undefined,
  keep: (id: string | undefined) => void,
): ConnectionStore {
  let connections: readonly Connection[] = [];
  let choice = chosen;
  const changes = createSignal<void>();
  const get = (id: string) => connections.find((connection) => connection.id === id);
  return {
    list: () => connections,
    get,
    get active() {
      const known = choice === undefined ? undefined : get(choice);
      return known ?? (connections.length === 1 ? connections[0] : undefined);
    },
    choose: (id) => {
      choice = id;
      keep(id);
      changes.fire();
    },
    replaceAll: (next) => {
      connections = [...next].sort((a, b) => a.name.localeCompare(b.name));
      changes.fire();
    },
    onDidChange: changes.on,
  };
}
