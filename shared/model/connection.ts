// A connection: one account, project or cluster of a provider, with an identity, a scope, an environment and a mode.
// Connections are found where their own tools keep them (clouds.yaml, profiles, kubeconfig); Pilothouse never
// asks for a credential again and never stores one.

import type { Kind, OperationId, Provider } from './kind.ts';
import type { WayIn } from './terminal.ts';

/** `read-only` denies every change; `confirm` asks a person for every change. */
export type ConnectionMode = 'read-only' | 'confirm';

/** What a person calls the place: decides how careful the rules are. `unknown` is treated like `prod`. */
export const environments = ['prod', 'staging', 'test', 'dev', 'sandbox', 'unknown'] as const;
export type Environment = (typeof environments)[number];

export type ConnectionState = 'connecting' | 'connected' | 'degraded' | 'failed';

/** Who Pilothouse acts as in a cloud. Shown before every yes and written into every audit record. */
export interface Identity {
  /** User, role or service account as the cloud names it. */
  readonly user: string;
  /** Project, account or cluster the credentials are scoped to. */
  readonly project?: string;
  readonly domain?: string;
  readonly region?: string;
  readonly roles?: readonly string[];
}

/** An operation that the identity may not carry out, as the cloud itself says. A help to the eye: plans ask again. */
export interface Denial {
  readonly operation: OperationId;
  /** Only in these namespaces; absent: everywhere. */
  readonly namespaces?: readonly string[];
  /** One sentence. */
  readonly reason: string;
}

export interface Connection {
  readonly id: string;
  readonly provider: Provider;
  /** What the person reads, e.g. the name in clouds.yaml. */
  readonly name: string;
  readonly environment: Environment;
  readonly mode: ConnectionMode;
  readonly state: ConnectionState;
  readonly simulated: boolean;
  readonly region?: string;
  readonly identity?: Identity;
  /** Where it was found, e.g. `~/.config/openstack/clouds.yaml`. */
  readonly origin: string;
  /** Operations its executor can carry out. */
  readonly operations: readonly OperationId[];
  /** Of these, what the identity may not do. Absent: all of it may be done, or the cloud does not tell beforehand. */
  readonly denied?: readonly Denial[];
  /** Kinds whose resources can be opened as YAML and edited. Absent: it knows no manifests. */
  readonly manifests?: readonly Kind[];
  /** Ways into resources of a kind: shells and ports. Absent where it has none. */
  readonly ways?: Readonly<Partial<Record<Kind, readonly WayIn[]>>>;
  /** What is wrong and what to do, where state is degraded or failed. */
  readonly problem?: { readonly message: string; readonly fix?: string };
  readonly resourceCount: number;
  /** When the whole was last read without an error, ISO 8601 UTC. */
  readonly readAt?: string;
}
