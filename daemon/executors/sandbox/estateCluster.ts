// The cluster of the estate: three nodes, the shop in production and staging, what it stands on and what runs at
// night. Pods are not listed here: the controllers start them, as they would in a cluster.

import type { Draft } from './draft.ts';

const dayMs = 86_400_000;

/** kind, namespace, name, replicas, image, app. */
const workloads: readonly (readonly ['deployment' | 'statefulset', string, string, number, string])[] = [
  ['deployment', 'prod', 'web', 3, 'shop/web:1.8.2'],
  ['deployment', 'prod', 'api', 2, 'shop/api:4.1.0'],
  ['statefulset', 'prod', 'search', 2, 'shop/search:8.4'],
  ['deployment', 'staging', 'web', 1, 'shop/web:1.9.0-rc1'],
  ['deployment', 'staging', 'api', 1, 'shop/api:4.2.0-rc2'],
];

export function seedCluster(draft: Draft): void {
  const createdMs = draft.nowMs - 250 * dayMs;
  const cluster = 'shop';
  draft.add({
    kind: 'cluster',
    name: cluster,
    status: 'healthy',
    createdMs,
    attributes: { version: '1.34' },
  });
  for (const name of ['node-1', 'node-2', 'node-3'])
    draft.add({
      kind: 'node',
      name,
      status: 'ready',
      zone: 'sim-1a',
      createdMs,
      attributes: { unschedulable: false, vcpus: 8, ram_gb: 32 },
    });
  for (const name of ['prod', 'staging', 'kube-system'])
    draft.add({ kind: 'namespace', name, createdMs, tags: name === 'kube-system' ? {} : { env: name } });
  for (const [kind, namespace, name, replicas, image] of workloads)
    seedWorkload(draft, kind, namespace, name, {
      replicas,
      image,
      images: [image.replace(/:.*/, ':1.0.0'), image],
      revision: 2,
    });
  seedWorkload(draft, 'daemonset', 'kube-system', 'kube-proxy', {
    replicas: 3,
    image: 'kube-proxy:1.34',
    images: ['kube-proxy:1.34'],
    revision: 1,
  });
  seedAround(draft, createdMs);
}

function seedWorkload(
  draft: Draft,
  kind: 'deployment' | 'statefulset' | 'daemonset',
  namespace: string,
  name: string,
  attributes: {
    readonly replicas: number;
    readonly image: string;
    readonly images: readonly string[];
    readonly revision: number;
  },
): void {
  const tags: Readonly<Record<string, string>> =
    namespace === 'kube-system' ? { app: name } : { app: name, env: namespace };
  draft.add({
    kind,
    name,
    namespace,
    status: 'running',
    tags,
    createdMs: draft.nowMs - 180 * dayMs,
    attributes: { ...attributes, app: name, ready: attributes.replicas, healthy: true },
  });
  const owner = draft.find(kind, `sandbox:${kind}/${namespace}/${name}`)!;
  for (let index = 0; index < attributes.replicas; index++)
    draft.add({
      kind: 'pod',
      name:
        kind === 'statefulset'
          ? `${name}-${index}`
          : `${name}-${['7f9c6d5b8', '5d4f8b96c'][index % 2]}-${(draft.serial() * 40_503 + 700_000).toString(32)}`,
      namespace,
      status: 'running',
      tags,
      createdMs: draft.nowMs - (3 + index) * dayMs,
      attributes: {
        owner: owner.id,
        image: attributes.image,
        revision: attributes.revision,
        restarts: index === 1 ? 2 : 0,
        healthy: true,
        app: name,
        node: `node-${(index % 3) + 1}`,
      },
    });
}

function seedAround(draft: Draft, createdMs: number): void {
  for (const [namespace, name, port] of [
    ['prod', 'web', 80],
    ['prod', 'api', 8080],
    ['staging', 'web', 80],
  ] as const)
    draft.add({
      kind: 'service',
      name,
      namespace,
      createdMs,
      tags: { env: namespace, app: name },
      attributes: { port, app: name },
    });
  draft.add({
    kind: 'ingress',
    name: 'shop',
    namespace: 'prod',
    createdMs,
    tags: { env: 'prod' },
    attributes: { service: 'web' },
  });
  for (const [namespace, name] of [
    ['prod', 'web-config'],
    ['staging', 'web-config'],
  ] as const)
    draft.add({
      kind: 'configmap',
      name,
      namespace,
      createdMs,
      tags: { env: namespace },
      attributes: { used_by: 'web' },
    });
  draft.add({
    kind: 'cronjob',
    name: 'nightly-backup',
    namespace: 'prod',
    createdMs,
    tags: { env: 'prod' },
    attributes: { suspended: false, schedule: '30 2 * * *', image: 'shop/backup:2.0' },
  });
}
