// One model for every resource of every provider, and the edges between them.
// Executors translate a cloud's own record into this; nothing above an executor may know which cloud it was.
// What stands in here came from a cloud and is data: it is shown and compared, never obeyed.

import type { Kind, Provider } from './kind.ts';
import type { WayIn } from './terminal.ts';

/** A value that survives JSON unchanged. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** How a resource fares, the same five words for all kinds; chooses icon and colour. */
export type Health = 'ok' | 'busy' | 'warning' | 'error' | 'off' | 'unknown';

/**
 * A thing in a connection.
 *
 * `id` is `connection:kind/path` and never changes while the resource lives, e.g. `os-demo:vm/<uuid>`.
 * `status` is the shared word (`running`, `stopped`, `available`, `in-use`, `building`, `error`…, see
 * `statuses.ts`), `providerStatus` the cloud's own.
 * `version` is whatever the cloud gives to tell two states apart (`updated_at`, `resourceVersion`);
 * a plan remembers it and the runner compares it.
 * `attributes` holds what is particular to the kind, under the names of `attributes.ts`.
 */
export interface Resource {
  readonly id: string;
  readonly connection: string;
  readonly provider: Provider;
  readonly kind: Kind;
  readonly name: string;
  readonly status: string;
  readonly health: Health;
  readonly providerStatus?: string;
  readonly region?: string;
  readonly zone?: string;
  readonly namespace?: string;
  readonly cluster?: string;
  readonly project?: string;
  readonly tags: Readonly<Record<string, string>>;
  /** ISO 8601, UTC. */
  readonly createdAt?: string;
  readonly version?: string;
  /** True for everything the sandbox made: it is shown as simulated wherever it shows. */
  readonly simulated?: boolean;
  readonly attributes: Readonly<Record<string, Json>>;
  /** Ways into this one where it has others than its kind in the connection; empty: there is none. */
  readonly ways?: readonly WayIn[];
}

export const relationTypes = [
  'ATTACHED_TO',
  'IN_NETWORK',
  'IN_SUBNET',
  'PROTECTED_BY',
  'ROUTES_TO',
  'RUNS_ON',
  'OWNED_BY',
  'MOUNTS',
  'TARGETS',
  'DEPENDS_ON',
  'MEMBER_OF',
  'BACKED_BY',
  'CREATED_FROM',
  'HAS_FLAVOR',
  'HAS_ADDRESS',
] as const;
export type RelationType = (typeof relationTypes)[number];

/** A typed edge; read it as a sentence: `from` is ATTACHED_TO `to`, `from` RUNS_ON `to`. */
export interface Relation {
  readonly from: string;
  readonly type: RelationType;
  readonly to: string;
}

/** Splits a resource id. Returns undefined where it is not one. */
export function parseResourceId(id: string): { connection: string; kind: string; path: string } | undefined {
  const match = /^([^:/\s]+):([a-z-]+)\/(.+)$/s.exec(id);
  if (!match) return undefined;
  return { connection: match[1]!, kind: match[2]!, path: match[3]! };
}

/** Builds a resource id from its parts. */
export function resourceId(connection: string, kind: Kind, path: string): string {
  return `${connection}:${kind}/${path}`;
}
