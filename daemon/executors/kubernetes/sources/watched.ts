// One collection as a discovery source that is told of changes by the server. A list gives everything and a version;
// the watch goes on from exactly there, so that nothing falls between. A watch that ends is resumed where it was; one
// that is too old to be resumed lists again; one that breaks ends here, and discovery reads until the server is back.
// It keeps no objects: what was seen is handed on and forgotten.

import type { Kind } from '../../../../shared/model/kind.ts';
import { ProblemError } from '../../../../shared/model/problem.ts';
import type { Relation, Resource } from '../../../../shared/model/resource.ts';
import type { DiscoveryBatch, DiscoverySource } from '../../contract.ts';
import type { Plural } from '../client/apis.ts';
import { isProblem } from '../client/problems.ts';
import type { Kubernetes } from '../kubernetes.ts';
import { idOf, type Place } from '../mapping/place.ts';
import type { KubeObject } from '../records/objects.ts';
import { listAllowed } from './listing.ts';
import { followWatch, type WatchEvent } from './watchStream.ts';

export interface WatchedKind<T extends KubeObject> {
  readonly name: string;
  readonly plural: Plural;
  readonly kind: Kind;
  readonly isNamespaced: boolean;
  readonly intervalMs: number;
  readonly metadataOnly?: boolean;
  readonly toResource: (object: T, place: Place) => Resource;
  readonly relationsOf: (object: T, place: Place, resource: Resource) => readonly Relation[];
  /** Told of what is gone, beside the batch. */
  readonly onRemoved?: (id: string) => void;
  /** Told of all that a full list has. */
  readonly onListed?: (ids: ReadonlySet<string>) => void;
  /** Changes that do not come from the server: called with the way in, gives the way out. */
  readonly alsoTold?: (onBatch: (batch: DiscoveryBatch) => void) => () => void;
}

interface State {
  /** Where a watch goes on; undefined before the first list. */
  at: { readonly path: string; readonly resourceVersion: string } | undefined;
  /** Counts lists: a watch that began before the last one begins anew. */
  epoch: number;
  isWatching: boolean;
  /** Ends the stream under way, not the watch. */
  restart: AbortController | undefined;
  /** A list is under way: no event may overtake it. */
  listing: Promise<unknown> | undefined;
  hasRead: boolean;
}

/** Events of so many ms become one batch: a tree need not move more often than it can be seen to. */
const batchMs = 10;

export function watchedSource<T extends KubeObject>(k8s: Kubernetes, kind: WatchedKind<T>): DiscoverySource {
  const state: State = {
    at: undefined,
    epoch: 0,
    isWatching: false,
    restart: undefined,
    listing: undefined,
    hasRead: false,
  };
  k8s.rights.expect(kind.name);
  return {
    name: kind.name,
    kinds: [kind.kind],
    intervalMs: kind.intervalMs,
    read: async ({ cursor, signal }) => {
      if (cursor !== undefined && state.isWatching && cursor === String(state.epoch)) {
        await k8s.requireAlive(signal);
        return { ...noChange, cursor };
      }
      const listing = readAll(k8s, kind, state, signal);
      state.listing = listing.catch(() => undefined);
      return listing;
    },
    watch: (onBatch, signal) => watch(k8s, kind, state, onBatch, signal),
  };
}

const noChange: DiscoveryBatch = { mode: 'changes', resources: [], removed: [], relations: [] };
const nothing: DiscoveryBatch = { mode: 'full', resources: [], removed: [], relations: [] };

async function readAll<T extends KubeObject>(
  k8s: Kubernetes,
  kind: WatchedKind<T>,
  state: State,
  signal: AbortSignal,
): Promise<DiscoveryBatch> {
  // Events must not reach the graph between the moment the list shows and the moment it is taken.
  state.restart?.abort();
  let resources: Resource[] = [];
  let relations: Relation[] = [];
  const found = await listAllowed<T>(
    k8s,
    kind.plural,
    kind.isNamespaced,
    { what: `read the ${kind.name}`, metadataOnly: kind.metadataOnly, signal },
    (items) => {
      if (items.length === 0) {
        resources = [];
        relations = [];
      }
      for (const item of items) {
        const resource = kind.toResource(item, k8s.place);
        resources.push(resource);
        for (const relation of kind.relationsOf(item, k8s.place, resource)) relations.push(relation);
      }
    },
  );
  if (!found) {
    // What could be read before is not gone because it may not be read any more.
    if (state.hasRead) throw lostRight(kind.name, k8s.place.cluster);
    state.at = undefined;
    // An empty tree would look like an empty cluster.
    if (k8s.rights.denied(kind.name)) throw noRights(k8s.place.cluster, await k8s.namespace(signal));
    return nothing;
  }
  k8s.rights.allowed(kind.name);
  kind.onListed?.(new Set(resources.map((one) => one.id)));
  state.at = { path: found.path, resourceVersion: found.resourceVersion };
  state.epoch++;
  state.hasRead = true;
  return { mode: 'full', resources, relations, removed: [], cursor: String(state.epoch) };
}

function noRights(cluster: string, namespace: string): ProblemError {
  return new ProblemError({
    code: 'cloud-forbidden',
    message: `These credentials may read nothing of ${cluster}, neither of all namespaces nor of "${namespace}".`,
    fix: 'Name a namespace that you may read in the context of the kubeconfig, or ask an administrator of the cluster for a role that may list, such as "view".',
  });
}

function lostRight(name: string, cluster: string): ProblemError {
  return new ProblemError({
    code: 'cloud-forbidden',
    message: `These credentials may not read the ${name} of ${cluster} any more.`,
    fix: 'What was read before stands. Ask an administrator of the cluster for a role that allows it.',
  });
}

async function watch<T extends KubeObject>(
  k8s: Kubernetes,
  kind: WatchedKind<T>,
  state: State,
  onBatch: (batch: DiscoveryBatch) => void,
  signal: AbortSignal,
): Promise<void> {
  if (!state.at) return;
  const gather = createGather(kind, k8s.place, onBatch);
  const stopTold = kind.alsoTold?.(onBatch);
  state.isWatching = true;
  try {
    while (!signal.aborted) {
      await state.listing;
      // One more turn, so that the list is in the graph before what came after it.
      await new Promise((resolve) => setImmediate(resolve));
      const ended = await followOnce(k8s, kind, state, gather, signal);
      if (ended === 'over') return;
    }
  } finally {
    state.isWatching = false;
    gather.drop();
    stopTold?.();
  }
}

/** One stream from where the last one ended. `over`: discovery has to read again. */
async function followOnce<T extends KubeObject>(
  k8s: Kubernetes,
  kind: WatchedKind<T>,
  state: State,
  gather: Gather<T>,
  signal: AbortSignal,
): Promise<'again' | 'over'> {
  const { at, epoch } = state;
  if (!at) return 'over';
  const restart = new AbortController();
  state.restart = restart;
  try {
    await followWatch<T>(k8s, {
      ...at,
      metadataOnly: kind.metadataOnly,
      what: `watch the ${kind.name}`,
      signal: AbortSignal.any([signal, restart.signal]),
      onEvent: (event) => {
        if (!restart.signal.aborted && state.epoch === epoch) gather.take(event);
      },
      onVersion: (resourceVersion) => {
        if (!restart.signal.aborted && state.epoch === epoch) state.at = { ...at, resourceVersion };
      },
    });
    return 'again';
  } catch (error) {
    if (signal.aborted) return 'over';
    if (restart.signal.aborted) {
      gather.drop();
      return 'again';
    }
    // Too old to be resumed, or broken: what was missed is read anew. The next read says what is wrong.
    if (!isProblem(error, 'cloud-conflict'))
      k8s.log('debug', `${k8s.place.cluster}: the watch of ${kind.name} ended: ${(error as Error).message}`);
    return 'over';
  } finally {
    if (state.restart === restart) state.restart = undefined;
  }
}

interface Gather<T extends KubeObject> {
  take(event: WatchEvent<T>): void;
  drop(): void;
}

/** Puts events of a few ms together; the last of each object counts. */
function createGather<T extends KubeObject>(
  kind: WatchedKind<T>,
  place: Place,
  onBatch: (batch: DiscoveryBatch) => void,
): Gather<T> {
  let waiting = new Map<string, T | undefined>();
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    timer = undefined;
    const taken = waiting;
    waiting = new Map();
    const resources: Resource[] = [];
    const relations: Relation[] = [];
    const removed: string[] = [];
    for (const [id, object] of taken) {
      if (object === undefined) {
        removed.push(id);
        kind.onRemoved?.(id);
        continue;
      }
      const resource = kind.toResource(object, place);
      resources.push(resource);
      relations.push(...kind.relationsOf(object, place, resource));
    }
    onBatch({ mode: 'changes', resources, relations, removed });
  };
  return {
    take({ type, object }) {
      const { name, namespace } = object.metadata;
      const id = idOf(place, kind.kind, name, namespace);
      waiting.delete(id);
      waiting.set(id, type === 'DELETED' ? undefined : object);
      timer ??= setTimeout(flush, batchMs);
    },
    drop() {
      clearTimeout(timer);
      timer = undefined;
      waiting = new Map();
    },
  };
}
