// Every operation an OpenStack connection can do, one line each, with the services it needs. A new operation is one
// line more here and one handler.

import type { OperationId } from '../../../../shared/model/kind.ts';
import type { OperationHandler } from '../../contract.ts';
import type { OpenStack } from '../api/openStack.ts';
import type { Service } from '../client/catalog.ts';
import { createVm } from './vm/create.ts';
import { deleteVm } from './vm/delete.ts';
import { powerHandler } from './vm/power.ts';

interface Entry {
  readonly id: OperationId;
  readonly needs: readonly Service[];
  readonly handler: (os: OpenStack) => OperationHandler;
}

const entries: readonly Entry[] = [
  { id: 'create.vm', needs: ['compute', 'image', 'network'], handler: createVm },
  { id: 'delete.vm', needs: ['compute'], handler: deleteVm },
  { id: 'start.vm', needs: ['compute'], handler: (os) => powerHandler(os, 'start') },
  { id: 'stop.vm', needs: ['compute'], handler: (os) => powerHandler(os, 'stop') },
  { id: 'suspend.vm', needs: ['compute'], handler: (os) => powerHandler(os, 'suspend') },
  { id: 'resume.vm', needs: ['compute'], handler: (os) => powerHandler(os, 'resume') },
];

/** What can be done here; before the first login all of it, then what the catalog of the cloud allows. */
export function createOperations(os: OpenStack): () => ReadonlyMap<OperationId, OperationHandler> {
  const all = entries.map((entry) => ({ ...entry, made: entry.handler(os) }));
  return () =>
    new Map(
      all
        .filter((entry) => entry.needs.every((service) => os.cloud.has(service) !== false))
        .map((entry) => [entry.id, entry.made]),
    );
}
