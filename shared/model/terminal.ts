// Ways into a resource beside its operations: a shell in a container, a shell on a machine, a port carried to this
// machine, its console in a browser, its serial console in a terminal. Each is proposed first, with what it means and how
// a person says yes, and opened by that yes once. What is typed and shown in a terminal is never kept.

import type { Connection, Environment, Identity } from './connection.ts';
import type { Resource } from './resource.ts';
import { healthOf } from './statuses.ts';
import type { Verdict } from './verdict.ts';

/**
 * `exec` runs a command in a container; `shell` opens a shell on a machine through the connection; `ssh` runs this
 * machine's own `ssh` towards its address; `forward` carries a port of it to a port of this machine; `console` gives
 * the address of its keyboard and screen for a browser; `serial` is its serial line in a terminal.
 */
export const waysIn = ['exec', 'shell', 'ssh', 'forward', 'console', 'serial'] as const;
export type WayIn = (typeof waysIn)[number];

/** A way that ends in a shell. A serial console ends in a terminal, and has whatever listens on its line. */
export function isShell(way: WayIn): boolean {
  return way === 'exec' || way === 'shell' || way === 'ssh';
}

/** One way into one resource. */
export interface WayOffer {
  readonly way: WayIn;
  /** Containers to choose from, where there are several things inside. */
  readonly containers?: readonly string[];
  /** Ports that the resource is known to have (`forward`); it may have others. */
  readonly ports?: readonly PortOffer[];
}

export interface PortOffer {
  readonly port: number;
  /** What it is for, as its cloud has it: "http". */
  readonly name?: string;
}

/** A terminal or a forward that waits for a person's yes; used once, by the session that asked for it. */
export interface TerminalProposal {
  readonly id: string;
  readonly way: WayIn;
  /** What the tab is called: "web-1". */
  readonly title: string;
  /** One sentence: what would be opened, where, and as whom. */
  readonly effect: string;
  readonly resource: Pick<Resource, 'id' | 'name' | 'kind'>;
  readonly connection: Pick<Connection, 'id' | 'name' | 'environment'>;
  readonly identity?: Identity;
  readonly container?: string;
  readonly command?: readonly string[];
  /** Port of the resource (`forward`). */
  readonly port?: number;
  /** Port of this machine that would be listened on (`forward`), free when it was looked at. */
  readonly localPort?: number;
  /** Why that is not the port that was asked for, one sentence. */
  readonly otherPort?: string;
  readonly verdict: Verdict;
  /** ISO 8601 UTC. */
  readonly expiresAt: string;
}

/** How a terminal ended. */
export interface TerminalEnd {
  /** Exit code of the command, where it is known. */
  readonly exitCode?: number;
  /** Why it ended, one sentence, where it was not the command itself that ended. */
  readonly reason?: string;
}

/** A port of a resource on a port of this machine's loopback. */
export interface Forward {
  /** Of this daemon, for `terminal/stop`. */
  readonly id: string;
  readonly resource: Pick<Resource, 'id' | 'name' | 'kind'>;
  readonly environment: Environment;
  readonly port: number;
  /** Where it listens, always on loopback: 127.0.0.1. */
  readonly localPort: number;
  /** Connections open now, and since the beginning. */
  readonly open: number;
  readonly total: number;
  /** The last connection that could not be carried, one sentence. */
  readonly problem?: string;
  /** Set once it does not listen any more, with the reason. */
  readonly ended?: string;
}

/** What comes of a terminal (bytes in base64, then its end) and of a forward, by the number of its subscription. */
export type TerminalChange =
  | { readonly topic: 'terminal'; readonly data: string }
  | { readonly topic: 'terminal'; readonly end: TerminalEnd }
  | { readonly topic: 'forward'; readonly forward: Forward };

/**
 * The ways that a resource offers as far as its kind, state and connection tell; what is inside of it is asked of its
 * cloud. Empty for what is not running: there is nothing to enter.
 */
export function waysInto(resource: Resource, connection: Connection | undefined): readonly WayIn[] {
  if (!connection) return [];
  const own = ownWaysInto(resource, connection);
  // A service or a rollout under way may well have something behind it that answers; its cloud says when it is asked.
  if (resource.status !== 'running') return mayAnswer(resource) ? own.filter((way) => way === 'forward') : [];
  const hasAddress = resource.kind === 'vm' && !connection.simulated && addressOf(resource) !== undefined;
  return hasAddress && !own.includes('ssh') ? [...own, 'ssh'] : own;
}

/** The ways a resource has whatever its state: its own where it says so, else those of its kind. */
export function ownWaysInto(
  { kind, ways }: Pick<Resource, 'kind' | 'ways'>,
  connection: Pick<Connection, 'ways'> | undefined,
): readonly WayIn[] {
  return ways ?? connection?.ways?.[kind] ?? [];
}

function mayAnswer({ status }: Resource): boolean {
  return healthOf(status) !== 'off' && !['completed', 'succeeded', 'failed', 'deleting'].includes(status);
}

/** The address a machine is reached by from outside where it has one, else the one of its network. */
export function addressOf({ attributes }: Resource): string | undefined {
  const found = [attributes.floating_ip, attributes.ip].find(
    (one) => typeof one === 'string' && /^[\da-f.:]+$/i.test(one),
  );
  return found as string | undefined;
}
