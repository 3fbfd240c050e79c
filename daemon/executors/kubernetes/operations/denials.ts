// What the user of a context may not do, asked of the server before anybody wishes it, so that menus can grey it and say
// why. It asks once for the whole cluster, and only where something is refused there once more for each namespace: for all
// its rules together, or for single things where a server does not tell its rules. What could not be asked is not greyed.
// It is a help to the eye: every plan asks again for the very thing it is about.

import type { Denial } from '../../../../shared/model/connection.ts';
import type { OperationId } from '../../../../shared/model/kind.ts';
import { limits } from '../../../config.ts';
import type { Plural } from '../client/apis.ts';
import { isProblem } from '../client/problems.ts';
import type { Kubernetes } from '../kubernetes.ts';
import { groupOf, refusalOf, type Wish } from './permission.ts';
import { fetchRules, isAllowed } from './rules.ts';

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
  const bound = doubtful.map(({ wish }) => wish).filter(({ plural }) => !unbound.has(plural));
  const refusedIn = bound.length === 0 ? [] : await refusedEach(k8s, bound, names, signal);
  const { config } = await k8s.cluster.signedIn(signal);
  const denials: Denial[] = [];
  for (const { wish, ids } of doubtful) {
    const denied = names.filter((_, index) => refusedIn[index]?.has(wish));
    if (!unbound.has(wish.plural) && denied.length === 0) continue;
    const isEverywhere = unbound.has(wish.plural) || (isAll && denied.length === names.length);
    const place = isEverywhere ? '' : ` in ${listed(denied)}`;
    const reason = `User ${config.userName || 'anonymous'} may not ${wish.verb} ${wish.plural}${place}.`;
    for (const operation of ids)
      denials.push({ operation, reason, ...(isEverywhere ? {} : { namespaces: denied }) });
  }
  return denials;
}

/** What of the wishes is refused in each namespace; a few namespaces are asked at once. */
async function refusedEach(
  k8s: Kubernetes,
  wishes: readonly Wish[],
  names: readonly string[],
  signal: AbortSignal,
): Promise<readonly ReadonlySet<Wish>[]> {
  const apis = await k8s.apis(signal);
  const refused: Set<Wish>[] = names.map(() => new Set());
  let next = 0;
  let singly = 0;
  const ask = async (): Promise<void> => {
    while (next < names.length) {
      const at = next++;
      const namespace = names[at]!;
      const rules = await rulesIn(k8s, namespace, signal);
      if (!rules && ++singly > limits.permissionSinglyMax) continue;
      for (const wish of wishes) {
        const isRefused = rules
          ? !isAllowed(rules, groupOf(apis, wish.plural), wish)
          : (await refusalOf(k8s, { ...wish, namespace }, signal)) !== undefined;
        if (isRefused) refused[at]!.add(wish);
      }
    }
  };
  await Promise.all(Array.from({ length: limits.cloudConcurrency }, ask));
  return refused;
}

async function rulesIn(k8s: Kubernetes, namespace: string, signal: AbortSignal) {
  try {
    return await fetchRules(k8s, namespace, signal);
  } catch (error) {
    if (isProblem(error, 'cloud-forbidden')) return undefined;
    throw error;
  }
}

const namedMax = 5;

function listed(names: readonly string[]): string {
  if (names.length <= namedMax) return names.join(', ');
  return `${names.slice(0, namedMax).join(', ')} and ${names.length - namedMax} more`;
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
