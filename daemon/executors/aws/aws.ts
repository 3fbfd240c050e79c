// What every source and handler of one connection shares: its services, where its resources belong, and lists that
// were read a moment ago, so that records can be shown with names. Made once a connection; it reaches out only when
// it is asked.

import type { Identity } from '../../../shared/model/connection.ts';
import type { Limits } from '../../config.ts';
import type { Services } from './client/services.ts';
import type { Place } from './mapping/place.ts';

export interface Aws {
  readonly connection: string;
  readonly services: Services;
  readonly homeFolder: string;
  readonly limits: Limits;
  readonly now: () => number;
  /** Time between two looks at what a write came to, in ms: the first, and where it grows to. */
  readonly pollFirstMs: number;
  readonly pollMs: number;
  /** Who acts, and in which account; asks STS the first time. */
  identity(signal: AbortSignal): Promise<Identity>;
  /** Reads at most once in `listAgeMs` what `key` stands for. */
  keep<T>(key: string, read: () => Promise<T>): Promise<T>;
  /** Makes the next look read again; called after a write. */
  forget(): void;
}

const listAgeMs = 30_000;

export function createAws(options: {
  readonly connection: string;
  readonly services: Services;
  readonly homeFolder: string;
  readonly limits: Limits;
  readonly now: () => number;
}): Aws {
  const { services } = options;
  const kept = new Map<string, { readonly atMs: number; readonly value: Promise<unknown> }>();
  let known: Promise<Identity> | undefined;
  return {
    ...options,
    pollFirstMs: options.limits.cloudPollFirstMs,
    pollMs: options.limits.cloudPollMs,
    async identity(signal) {
      known ??= fetchIdentity(services, signal);
      known.catch(() => {
        known = undefined;
      });
      return known;
    },
    keep<T>(key: string, read: () => Promise<T>): Promise<T> {
      const before = kept.get(key);
      if (before && options.now() - before.atMs < listAgeMs) return before.value as Promise<T>;
      const value = read();
      kept.set(key, { atMs: options.now(), value });
      value.catch(() => kept.delete(key));
      return value;
    },
    forget: () => kept.clear(),
  };
}

async function fetchIdentity(services: Services, signal: AbortSignal): Promise<Identity> {
  const account = await services.account();
  const caller = await services.sts.read({ what: 'ask who acts', signal }, ({ sdk, send }) =>
    send(new sdk.GetCallerIdentityCommand({})),
  );
  const user = userOf(caller.Arn ?? '');
  await services.knowWho(user, caller.Account);
  const isRole = caller.Arn?.includes(':assumed-role/');
  return {
    user,
    project: caller.Account,
    region: account.region,
    ...(isRole ? { roles: [caller.Arn!.split('/')[1]!] } : {}),
  };
}

/** `user/ada`, `assumed-role/ops/session` → `ada`, `ops/session`; the root user is `root`. */
function userOf(arn: string): string {
  const path = arn.split(':').slice(5).join(':');
  return path.replace(/^(user|assumed-role|federated-user)\//, '') || arn;
}

/** Where the resources of the connection belong; asks who acts the first time. */
export async function fetchPlace(aws: Aws, signal: AbortSignal): Promise<Place> {
  const { project, region } = await aws.identity(signal);
  return { connection: aws.connection, region, account: project };
}
