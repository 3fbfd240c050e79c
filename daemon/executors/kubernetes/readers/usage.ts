// What pods and nodes use, as the metrics API of the cluster tells (metrics-server or another that serves it). A pod's
// share is of its limit where it has one, else of its node. Clusters without that API are measured by their kubelets
// (`kubelets.ts`), where this user may ask them.

import type { MetricSample } from '../../../../shared/model/metric.ts';
import { ProblemError } from '../../../../shared/model/problem.ts';
import type { Resource } from '../../../../shared/model/resource.ts';
import type { MetricBatch, MetricSource, ResourceReaders } from '../../contract.ts';
import type { Kubernetes } from '../kubernetes.ts';
import { idOf, namedBy } from '../mapping/place.ts';
import type { KubeObject, List } from '../records/objects.ts';
import { parseQuantity } from '../records/quantity.ts';

interface Usage {
  readonly cpu?: string;
  readonly memory?: string;
}
interface PodMetrics extends KubeObject {
  readonly timestamp?: string;
  readonly containers?: readonly { readonly usage?: Usage }[];
}
interface NodeMetrics extends KubeObject {
  readonly timestamp?: string;
  readonly usage?: Usage;
}

const root = '/apis/metrics.k8s.io/v1beta1';
/** metrics-server measures every 15 s by default; asking more often brings the same again. */
const intervalMs = 15_000;

export interface Amount {
  readonly cores: number;
  readonly bytes: number;
}

export function usageSource(k8s: Kubernetes): MetricSource {
  return {
    name: 'metrics API',
    intervalMs,
    sample: async ({ resources, signal }) => {
      const [pods, nodes] = await Promise.all([
        fetchAll<PodMetrics>(k8s, 'pods', signal),
        fetchAll<NodeMetrics>(k8s, 'nodes', signal),
      ]);
      return toBatch(k8s, resources, pods, nodes);
    },
  };
}

function toBatch(
  k8s: Kubernetes,
  resources: readonly Resource[],
  pods: readonly PodMetrics[],
  nodes: readonly NodeMetrics[],
): MetricBatch {
  const byId = new Map(resources.map((one) => [one.id, one]));
  const samples: MetricSample[] = [];
  for (const node of nodes) {
    const resource = byId.get(idOf(k8s.place, 'node', node.metadata.name));
    if (resource)
      samples.push(...samplesOf(resource, amountOf([node.usage]), capacityOf(resource), node.timestamp, k8s));
  }
  for (const pod of pods) {
    const resource = byId.get(idOf(k8s.place, 'pod', pod.metadata.name, pod.metadata.namespace));
    if (!resource) continue;
    const node = byId.get(idOf(k8s.place, 'node', String(resource.attributes.node)));
    const used = amountOf((pod.containers ?? []).map((one) => one.usage));
    samples.push(...samplesOf(resource, used, boundOf(resource, node), pod.timestamp, k8s));
  }
  // One that was never restarted says nothing, and most never are.
  for (const { kind, id, attributes } of resources)
    if (kind === 'pod' && typeof attributes.restarts === 'number' && attributes.restarts > 0)
      samples.push({ resource: id, metric: 'restarts', atMs: k8s.now(), value: attributes.restarts });
  return { samples, problems: [] };
}

function samplesOf(
  resource: Resource,
  used: Amount,
  bound: Partial<Amount>,
  timestamp: string | undefined,
  k8s: Kubernetes,
): readonly MetricSample[] {
  const measuredMs = Date.parse(timestamp ?? '');
  const atMs = Number.isNaN(measuredMs) ? k8s.now() : measuredMs;
  return [
    ...(bound.cores
      ? [{ resource: resource.id, metric: 'cpu' as const, atMs, value: percent(used.cores, bound.cores) }]
      : []),
    ...(bound.bytes
      ? [{ resource: resource.id, metric: 'memory' as const, atMs, value: percent(used.bytes, bound.bytes) }]
      : []),
  ];
}

/** In hundredths of a percent, as far as the figures carry. */
export function percent(used: number, bound: number): number {
  return Math.round((used / bound) * 10_000) / 100;
}

function amountOf(usages: readonly (Usage | undefined)[]): Amount {
  return {
    cores: usages.reduce((sum, one) => sum + (parseQuantity(one?.cpu) ?? 0), 0),
    bytes: usages.reduce((sum, one) => sum + (parseQuantity(one?.memory) ?? 0), 0),
  };
}

/** What a node has. */
export function capacityOf({ attributes }: Resource): Partial<Amount> {
  return {
    ...(typeof attributes.vcpus === 'number' ? { cores: attributes.vcpus } : {}),
    ...(typeof attributes.ram_gb === 'number' ? { bytes: attributes.ram_gb * 2 ** 30 } : {}),
  };
}

/** What a pod may use: its limits, else what its node has. */
export function boundOf(pod: Resource, node: Resource | undefined): Partial<Amount> {
  const { cpus, ram_gb: memory } = pod.attributes;
  return {
    ...(node ? capacityOf(node) : {}),
    ...(typeof cpus === 'number' ? { cores: cpus } : {}),
    ...(typeof memory === 'number' ? { bytes: memory * 2 ** 30 } : {}),
  };
}

async function fetchAll<T>(
  k8s: Kubernetes,
  what: 'pods' | 'nodes',
  signal: AbortSignal,
): Promise<readonly T[]> {
  const list = await k8s.cluster.call<List<T>>({
    path: `${root}/${what}`,
    signal,
    what: `measure the ${what}`,
  });
  return list.items ?? [];
}

/** The present figure of one pod or node; a cluster keeps no history of its own. */
export async function readUsage(
  k8s: Kubernetes,
  { resource, metric, signal }: Parameters<NonNullable<ResourceReaders['metrics']>>[0],
): Promise<{ readonly unit: string; readonly points: readonly (readonly [number, number])[] }> {
  const apis = await k8s.apis(signal);
  const { name, namespace } = namedBy(resource.id);
  const isMeasured =
    (metric === 'cpu' || metric === 'memory') && (resource.kind === 'pod' || resource.kind === 'node');
  if (!apis.hasMetrics || !isMeasured)
    throw new ProblemError({
      code: 'unsupported',
      message: apis.hasMetrics
        ? `The metrics API tells no ${metric} of a ${resource.kind}.`
        : `${k8s.place.cluster} serves no metrics API.`,
      fix: 'Install metrics-server, or connect a source of metrics such as Prometheus.',
    });
  const path = `${root}${namespace ? `/namespaces/${encodeURIComponent(namespace)}` : ''}/${resource.kind}s/${encodeURIComponent(name)}`;
  const found = await k8s.cluster.call<PodMetrics & NodeMetrics>({ path, signal, what: `measure ${name}` });
  const used = amountOf(
    resource.kind === 'node' ? [found.usage] : (found.containers ?? []).map((one) => one.usage),
  );
  const isCpu = metric === 'cpu';
  const bound = resource.kind === 'node' ? capacityOf(resource) : boundOf(resource, undefined);
  const limit = isCpu ? bound.cores : bound.bytes;
  const atMs = Date.parse(found.timestamp ?? '') || k8s.now();
  if (limit) return { unit: '%', points: [[atMs, percent(isCpu ? used.cores : used.bytes, limit)]] };
  // Without a limit there is nothing to be a share of.
  return isCpu
    ? { unit: 'cores', points: [[atMs, used.cores]] }
    : { unit: 'MiB', points: [[atMs, Math.round(used.bytes / 2 ** 20)]] };
}
