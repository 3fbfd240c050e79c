// What the kubelets themselves count, through the API server (`/api/v1/nodes/NAME/proxy/stats/summary`): the space of
// nodes and claims, the network of nodes and pods, and processor and memory where the cluster has no metrics API for
// them. Only where this user may reach kubelets, which the server is asked first: most may not, and are not bothered
// with it. A few nodes are asked at once, and in a large cluster each in its turn.

import type { MetricName, MetricSample } from '../../../../shared/model/metric.ts';
import { problemOf } from '../../../../shared/model/problem.ts';
import type { Resource } from '../../../../shared/model/resource.ts';
import { limits } from '../../../config.ts';
import type { MetricSource } from '../../contract.ts';
import type { Kubernetes } from '../kubernetes.ts';
import { idOf } from '../mapping/place.ts';
import { refusalOf } from '../operations/permission.ts';
import { boundOf, capacityOf, percent } from './usage.ts';

interface Measured {
  readonly time?: string;
}
interface FileSystem extends Measured {
  readonly usedBytes?: number;
  readonly capacityBytes?: number;
}
interface Figures {
  readonly cpu?: Measured & { readonly usageNanoCores?: number };
  readonly memory?: Measured & { readonly workingSetBytes?: number };
}
interface Network extends Measured {
  readonly rxBytes?: number;
  readonly txBytes?: number;
}
/** The part that is read of `Summary` (k8s.io/kubelet/pkg/apis/stats/v1alpha1). */
export interface Summary {
  readonly node?: Figures & { readonly fs?: FileSystem; readonly network?: Network };
  readonly pods?: readonly {
    readonly podRef: { readonly name: string; readonly namespace: string };
    readonly containers?: readonly Figures[];
    readonly network?: Network;
    readonly volume?: readonly (FileSystem & {
      readonly pvcRef?: { readonly name: string; readonly namespace: string };
    })[];
  }[];
}

const intervalMs = 30_000;
/** Whether kubelets may be reached is asked again after an hour: rights change seldom. */
const askAgainMs = 3_600_000;

/** Bytes of a network as they were counted last. */
type Counters = Map<string, { readonly atMs: number; readonly bytes: number }>;

export function kubeletSource(k8s: Kubernetes): MetricSource {
  const counters: Counters = new Map();
  let next = 0;
  let asked = { atMs: Number.NEGATIVE_INFINITY, isAllowed: false };
  const mayAsk = async (signal: AbortSignal): Promise<boolean> => {
    if (k8s.now() - asked.atMs < askAgainMs) return asked.isAllowed;
    const wish = { verb: 'get', plural: 'nodes', subresource: 'proxy' } as const;
    asked = { atMs: k8s.now(), isAllowed: (await refusalOf(k8s, wish, signal)) === undefined };
    return asked.isAllowed;
  };
  return {
    name: 'kubelets',
    intervalMs,
    async sample({ resources, signal }) {
      // One that is not ready answers late or not at all.
      const nodes = resources.filter(({ kind, status }) => kind === 'node' && status === 'ready');
      if (nodes.length === 0 || !(await mayAsk(signal))) return { samples: [], problems: [] };
      const { hasMetrics } = await k8s.apis(signal);
      const byId = new Map(resources.map((one) => [one.id, one]));
      const turn = nodes.length <= limits.kubeletsPerSample ? nodes : turnOf(nodes, next);
      next = (next + turn.length) % nodes.length;
      const samples: MetricSample[] = [];
      const problems: string[] = [];
      const queue = turn[Symbol.iterator]();
      const work = async (): Promise<void> => {
        for (const node of queue) {
          try {
            const summary = await fetchSummary(k8s, node.name, signal);
            samples.push(...samplesOf(k8s, node, summary, { byId, counters, withUsage: !hasMetrics }));
          } catch (error) {
            signal.throwIfAborted();
            problems.push(problemOf(error).message);
          }
        }
      };
      await Promise.all(Array.from({ length: limits.metricsConcurrency }, work));
      for (const id of counters.keys()) if (!byId.has(id)) counters.delete(id);
      return { samples, problems: [...new Set(problems)].slice(0, 3) };
    },
  };
}

function turnOf(nodes: readonly Resource[], from: number): readonly Resource[] {
  return Array.from({ length: limits.kubeletsPerSample }, (_, i) => nodes[(from + i) % nodes.length]!);
}

function fetchSummary(k8s: Kubernetes, node: string, signal: AbortSignal): Promise<Summary> {
  const path = `/api/v1/nodes/${encodeURIComponent(node)}/proxy/stats/summary`;
  return k8s.cluster.call<Summary>({ path, signal, what: `read what the kubelet of ${node} counts` });
}

interface Reading {
  readonly byId: ReadonlyMap<string, Resource>;
  /** Of the last look; brought up to date. */
  readonly counters: Counters;
  /** Whether processor and memory are read here, too. */
  readonly withUsage: boolean;
}

/** What one kubelet counts, of the resources that are known and that run there. */
export function samplesOf(
  k8s: Pick<Kubernetes, 'place' | 'now'>,
  node: Resource,
  { node: own, pods = [] }: Summary,
  { byId, counters, withUsage }: Reading,
): readonly MetricSample[] {
  const samples: MetricSample[] = [];
  const add = (id: string, metric: MetricName, measured: Measured | undefined, value: number | undefined) => {
    const atMs = Date.parse(measured?.time ?? '') || k8s.now();
    if (value !== undefined && Number.isFinite(value)) samples.push({ resource: id, metric, atMs, value });
  };
  const addNetwork = (id: string, network: Network | undefined): void =>
    add(id, 'network', network, rateOf(id, network, counters, k8s.now()));
  const addUsage = (id: string, figures: readonly Figures[], bound: ReturnType<typeof capacityOf>): void => {
    if (!withUsage) return;
    const cores = total(figures.map(({ cpu }) => cpu?.usageNanoCores)) / 1e9;
    const bytes = total(figures.map(({ memory }) => memory?.workingSetBytes));
    if (bound.cores) add(id, 'cpu', figures[0]?.cpu, percent(cores, bound.cores));
    if (bound.bytes) add(id, 'memory', figures[0]?.memory, percent(bytes, bound.bytes));
  };
  add(node.id, 'disk', own?.fs, shareOf(own?.fs));
  addNetwork(node.id, own?.network);
  if (own) addUsage(node.id, [own], capacityOf(node));
  for (const { podRef, containers = [], network, volume = [] } of pods) {
    for (const { pvcRef, ...space } of volume) {
      const claim = pvcRef && idOf(k8s.place, 'persistent-volume-claim', pvcRef.name, pvcRef.namespace);
      if (claim !== undefined && byId.has(claim)) add(claim, 'disk', space, shareOf(space));
    }
    const pod = byId.get(idOf(k8s.place, 'pod', podRef.name, podRef.namespace));
    // A kubelet goes on counting for a while what has moved or ended.
    if (!pod || pod.attributes.node !== node.name) continue;
    addNetwork(pod.id, network);
    addUsage(pod.id, containers, boundOf(pod, node));
  }
  return samples;
}

/** A sum in which one that is unknown makes the whole unknown, and so does none at all. */
function total(values: readonly (number | undefined)[]): number {
  if (values.length === 0) return Number.NaN;
  return values.reduce<number>((sum, value) => sum + (value ?? Number.NaN), 0);
}

function shareOf(space: FileSystem | undefined): number | undefined {
  const { usedBytes, capacityBytes } = space ?? {};
  return usedBytes === undefined || !capacityBytes ? undefined : percent(usedBytes, capacityBytes);
}

/** MB a second since the last look; none from the first one, over a reset, or where nothing new was counted. */
function rateOf(
  id: string,
  network: Network | undefined,
  counters: Counters,
  nowMs: number,
): number | undefined {
  if (network?.rxBytes === undefined || network.txBytes === undefined) return undefined;
  const now = { atMs: Date.parse(network.time ?? '') || nowMs, bytes: network.rxBytes + network.txBytes };
  const before = counters.get(id);
  counters.set(id, now);
  if (!before || now.atMs <= before.atMs || now.bytes < before.bytes) return undefined;
  return (now.bytes - before.bytes) / 1e6 / ((now.atMs - before.atMs) / 1_000);
}
