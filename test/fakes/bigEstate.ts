// A large made-up estate for benches and for tests of size: workloads on nodes on machines, with networks, volumes and
// services around them, five relations to a resource on average. The same seed gives the same estate.

import type { Kind } from '../../shared/model/kind.ts';
import type { Relation, RelationType, Resource } from '../../shared/model/resource.ts';

export interface Estate {
  readonly resources: readonly Resource[];
  readonly relations: readonly Relation[];
}

const shares: readonly (readonly [Kind, number])[] = [
  ['network', 0.002],
  ['security-group', 0.005],
  ['vm', 0.1],
  ['node', 0.013],
  ['namespace', 0.002],
  ['deployment', 0.05],
  ['replicaset', 0.05],
  ['configmap', 0.05],
  ['volume', 0.12],
  ['service', 0.05],
  ['ingress', 0.008],
  ['pod', 0.55],
];

/** `resourceCount` resources and five times as many relations, for the connection `big`. */
export function bigEstate(resourceCount: number, seed = 1): Estate {
  const random = randomOf(seed);
  const byKind = new Map<Kind, string[]>();
  const resources: Resource[] = [];
  for (const [kind, share] of shares) {
    const count = Math.max(1, Math.round(resourceCount * share));
    byKind.set(
      kind,
      Array.from({ length: count }, (_, index) => {
        const made = resourceOf(kind, index);
        resources.push(made);
        return made.id;
      }),
    );
  }
  const pick = (kind: Kind): string => {
    const ids = byKind.get(kind)!;
    return ids[Math.floor(random() * ids.length)]!;
  };
  const relations: Relation[] = [];
  const join = (from: string, type: RelationType, to: string) => relations.push({ from, type, to });
  for (const pod of byKind.get('pod')!) {
    join(pod, 'RUNS_ON', pick('node'));
    join(pod, 'OWNED_BY', pick('replicaset'));
    join(pod, 'MEMBER_OF', pick('namespace'));
    join(pod, 'MOUNTS', pick('configmap'));
    join(pod, 'MOUNTS', pick('volume'));
    join(pick('service'), 'TARGETS', pod);
  }
  for (const vm of byKind.get('vm')!) {
    join(vm, 'IN_NETWORK', pick('network'));
    join(vm, 'PROTECTED_BY', pick('security-group'));
    join(vm, 'PROTECTED_BY', pick('security-group'));
  }
  for (const volume of byKind.get('volume')!) join(volume, 'ATTACHED_TO', pick('vm'));
  for (const node of byKind.get('node')!) join(node, 'BACKED_BY', pick('vm'));
  for (const set of byKind.get('replicaset')!) join(set, 'OWNED_BY', pick('deployment'));
  for (const ingress of byKind.get('ingress')!) join(ingress, 'ROUTES_TO', pick('service'));
  while (relations.length < resourceCount * 5) join(pick('deployment'), 'DEPENDS_ON', pick('service'));
  return { resources, relations };
}

function resourceOf(kind: Kind, index: number): Resource {
  const uid = `${index.toString(16).padStart(8, '0')}-4a1c-4b7d-9e2f-${(index * 7919).toString(16).padStart(12, '0')}`;
  return {
    id: `big:${kind}/${uid}`,
    connection: 'big',
    provider: 'sandbox',
    kind,
    name: `${kind}-${index}`,
    status: index % 50 === 0 ? 'error' : 'running',
    health: index % 50 === 0 ? 'error' : 'ok',
    providerStatus: 'ACTIVE',
    region: `region-${index % 4}`,
    zone: `zone-${index % 12}`,
    tags: { env: ['prod', 'staging', 'dev'][index % 3]!, role: `role-${index % 17}` },
    createdAt: '2026-10-11T10:00:00Z',
    version: String(100_000 + index),
    attributes: {
      image: 'registry.example/app:1.4.2',
      ip: `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`,
      restarts: index % 5,
      node: `node-${index % 97}`,
    },
  };
}

/** mulberry32, public domain (Tommy Ettinger). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
