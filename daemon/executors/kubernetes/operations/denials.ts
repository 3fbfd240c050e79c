// What the user of a context may not do, asked of the server before anybody wishes it, so that menus can grey it and say
// why. It asks once for the whole cluster, and only for what is refused there once more for each of the first
// namespaces. It is a help to the eye: every plan asks again for the very thing it is about.

import type { Denial } from '../../../../shared/model/connection.ts';
import type { OperationId } from '../../../../shared/model/kind.ts';
import { limits } from '../../../config.ts';
import type { Plural } from '../client/apis.ts';
import type { Kubernetes } from '../kubernetes.ts';
import { refusalOf, type Wish } from './permission.ts';

/** An operation and the kind of object it writes. */
export interface Needing {
  readonly id: OperationId;
  readonly needs: Plural;
}

const unbound: ReadonlySet<Plural> = new Set<Plural>(['nodes', 'namespaces']);
/** Operations that write something else than what they are named after. */
const others: Readonly<Record<OperationId, Pick<Wish, 'verb' | 'plural'> | undefined>> = {
  'restart.pod': { verb: 'delete', plural: 'pods' },
  'run.cronjob': { verb: 'create', plural: 'jobs' },
};

/** How the others write, where they do not patch. */
const verbs: Readonly<Record<string, Wish['verb'] | undefined>> = { delete: 'delete', rollback: 'update' };

/** Operations that are refused, each with the reason; nothing of what cannot be asked. Throws ProblemError. */
export async function fetchDenials(
  k8s: Kubernetes,
  operations: readonly Needing[],
  signal: AbortSignal,
): Promise<readonly Denial[]> {
  const wishes = new Map<string, { readonly wish: Wish; readonly ids: OperationId[] }>();
  for (const { id, needs } of operations) {
    const wish = wishFor(id, needs);
    if (!wish) continue;
    const key = `${wish.verb} ${wish.plural}`;
    const known = wishes.get(key) ?? { wish, ids: [] };
    known.ids.push(id);
    wishes.set(key, known);
  }
  const all = [...wishes.values()];
  const refused = await Promise.all(all.map(({ wish }) => refusalOf(k8s, wish, signal)));
  const doubtful = all.filter((_, index) => refused[index]);
  if (doubtful.length === 0) return [];
  const { names, isAll } = await namespacesOf(k8s, signal);
  const { config } = await k8s.cluster.signedIn(signal);
  const denials: Denial[] = [];
  for (const { wish, ids } of doubtful) {
    const denied = unbound.has(wish.plural) ? [] : await deniedIn(k8s, wish, names, signal);
    if (denied === undefined) continue;
    const isEverywhere = unbound.has(wish.plural) || (isAll && denied.length === names.length);
    const place = isEverywhere ? '' : ` in ${denied.join(', ')}`;
    const reason = `User ${config.userName || 'anonymous'} may not ${wish.verb} ${wish.plural}${place}.`;
    for (const operation of ids)
      denials.push({ operation, reason, ...(isEverywhere ? {} : { namespaces: denied }) });
  }
  return denials;
}

/** Names of those in which it is refused; undefined where in none. */
async function deniedIn(
  k8s: Kubernetes,
  wish: Wish,
  names: readonly string[],
  signal: AbortSignal,
): Promise<readonly string[] | undefined> {
  const refused = await Promise.all(names.map((namespace) => refusalOf(k8s, { ...wish, namespace }, signal)));
  const denied = names.filter((_, index) => refused[index]);
  return denied.length > 0 ? denied : undefined;
}

/** The first namespaces, and whether these are all; where they may not be listed, the one of the context. */
async function namespacesOf(
  k8s: Kubernetes,
  signal: AbortSignal,
): Promise<{ readonly names: readonly string[]; readonly isAll: boolean }> {
  const most = limits.permissionNamespacesMax;
  const request = {
    path: '/api/v1/namespaces',
    query: { limit: most + 1 },
    signal,
    what: 'list namespaces',
  };
  try {
    const { items = [] } = await k8s.cluster.call<{
      readonly items?: readonly { readonly metadata?: { readonly name?: string } }[];
    }>(request);
    const names = items.flatMap(({ metadata }) => metadata?.name ?? []);
    return { names: names.slice(0, most), isAll: names.length <= most };
  } catch (error) {
    if (signal.aborted) throw error;
    return { names: [await k8s.namespace(signal)], isAll: false };
  }
}

function wishFor(id: OperationId, needs: Plural): Wish | undefined {
  if (id.startsWith('create.') || id.startsWith('apply.')) return undefined;
  const verb = verbs[id.split('.')[0]!] ?? 'patch';
  return others[id] ?? { verb, plural: needs };
}
