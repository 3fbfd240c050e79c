// What the sources, handlers and readers of one connection share: the client, which APIs the server serves, and where
// things belong. Made once a connection by the provisioner; nothing in it reaches out by itself.

import { limits } from '../../config.ts';
import type { ExecutorContext } from '../contract.ts';
import { type Apis, fetchApis } from './client/apis.ts';
import type { Cluster } from './client/cluster.ts';
import type { Place } from './mapping/place.ts';

export interface Kubernetes {
  readonly cluster: Cluster;
  readonly place: Place;
  readonly now: () => number;
  readonly log: ExecutorContext['log'];
  /** Read-back of a write: first and longest pause between two looks, in ms. */
  readonly pollFirstMs: number;
  readonly pollMs: number;
  /** Which APIs are served; asked once and again after a while. */
  apis(signal: AbortSignal): Promise<Apis>;
  /** What was learned last; undefined before the first answer. */
  readonly knownApis: Apis | undefined;
  /** Throws ProblemError where the server does not answer; asked at most every few seconds. */
  requireAlive(signal: AbortSignal): Promise<void>;
  /** Namespace of the context, or `default`. */
  namespace(signal: AbortSignal): Promise<string>;
  readonly rights: ReadRights;
}

/** Which collections these credentials may read, learnt by reading: one that may not be read is no failure, all are. */
export interface ReadRights {
  /** A collection that is going to be read. */
  expect(name: string): void;
  allowed(name: string): void;
  /** Notes that it may not be read; true where none of those expected may. */
  denied(name: string): boolean;
}

function createReadRights(): ReadRights {
  const mayRead = new Map<string, boolean | undefined>();
  return {
    expect: (name) => void mayRead.set(name, undefined),
    allowed: (name) => void mayRead.set(name, true),
    denied: (name) => {
      mayRead.set(name, false);
      return [...mayRead.values()].every((may) => may === false);
    },
  };
}

/** A cluster is seldom upgraded; custom resources come and go by their own source. */
const apisKeptMs = 10 * 60_000;
/** Many sources ask at the same time whether the server lives. */
const aliveKeptMs = 5_000;

export function createKubernetes(
  place: Place,
  cluster: Cluster,
  { now, log }: Pick<ExecutorContext, 'now' | 'log'>,
): Kubernetes {
  const apis = kept(apisKeptMs, now, (signal) => fetchApis(cluster, signal));
  const alive = kept(aliveKeptMs, now, (signal) =>
    cluster.call<unknown>({ path: '/version', signal, what: 'ask whether it is there' }),
  );
  return {
    cluster,
    place,
    now,
    log,
    pollFirstMs: limits.cloudPollFirstMs,
    pollMs: limits.cloudPollMs,
    apis: apis.get,
    get knownApis() {
      return apis.last();
    },
    requireAlive: async (signal) => void (await alive.get(signal)),
    namespace: async (signal) => (await cluster.signedIn(signal)).config.namespace ?? 'default',
    rights: createReadRights(),
  };
}

/** One answer for all who ask within a time; a failure is asked again. */
function kept<T>(keptMs: number, now: () => number, fetch: (signal: AbortSignal) => Promise<T>) {
  let answer: { readonly atMs: number; readonly value: Promise<T> } | undefined;
  let last: T | undefined;
  return {
    last: () => last,
    get: async (signal: AbortSignal): Promise<T> => {
      signal.throwIfAborted();
      if (!answer || now() - answer.atMs > keptMs) {
        // Many wait for this one, so that no single one of them may cancel it; its own time limit holds.
        const value = fetch(AbortSignal.timeout(limits.cloudRequestTimeoutMs));
        answer = { atMs: now(), value };
        value.then(
          (found) => {
            last = found;
          },
          () => {
            if (answer?.value === value) answer = undefined;
          },
        );
      }
      return answer.value;
    },
  };
}
