// Every source of a Kubernetes connection, one entry each. A new kind is one entry more here.

import { ProblemError } from '../../../../shared/model/problem.ts';
import type { DiscoverySource } from '../../contract.ts';
import type { Kubernetes } from '../kubernetes.ts';
import {
  relationsOfClaim,
  relationsOfNamed,
  relationsOfNamespace,
  relationsOfNode,
  relationsOfPersistentVolume,
  toClaim,
  toCluster,
  toNamed,
  toNamespace,
  toNode,
  toPersistentVolume,
} from '../mapping/cluster.ts';
import {
  relationsOfAutoscaler,
  relationsOfIngress,
  relationsOfService,
  toAutoscaler,
  toIngress,
  toService,
} from '../mapping/network.ts';
import { idOf } from '../mapping/place.ts';
import { relationsOfPod, toPod } from '../mapping/pod.ts';
import {
  relationsOfCronJob,
  relationsOfJob,
  relationsOfWorkload,
  toCronJob,
  toJob,
  toWorkload,
  type WorkloadKind,
} from '../mapping/workload.ts';
import type { Pod, Service, Workload } from '../records/objects.ts';
import { customSource } from './custom.ts';
import { createSelections, type Selections } from './selections.ts';
import { watchedSource } from './watched.ts';

/** How often a kind is worth reading where it is not watched, in ms. */
const rhythm = { often: 10_000, sometimes: 20_000, seldom: 60_000, rarely: 300_000 } as const;

export function createSources(k8s: Kubernetes): readonly DiscoverySource[] {
  const selections = createSelections();
  return [
    clusterSource(k8s),
    watchedSource(k8s, {
      name: 'namespaces',
      plural: 'namespaces',
      kind: 'namespace',
      isNamespaced: false,
      intervalMs: rhythm.sometimes,
      toResource: toNamespace,
      relationsOf: relationsOfNamespace,
    }),
    watchedSource(k8s, {
      name: 'nodes',
      plural: 'nodes',
      kind: 'node',
      isNamespaced: false,
      intervalMs: rhythm.often,
      toResource: toNode,
      relationsOf: relationsOfNode,
    }),
    ...(['deployment', 'statefulset', 'daemonset', 'replicaset'] as const).map((kind) =>
      workloadSource(k8s, kind, selections),
    ),
    podSource(k8s, selections),
    watchedSource(k8s, {
      name: 'jobs',
      plural: 'jobs',
      kind: 'job',
      isNamespaced: true,
      intervalMs: rhythm.often,
      toResource: toJob,
      relationsOf: relationsOfJob,
    }),
    watchedSource(k8s, {
      name: 'cron jobs',
      plural: 'cronjobs',
      kind: 'cronjob',
      isNamespaced: true,
      intervalMs: rhythm.sometimes,
      toResource: toCronJob,
      relationsOf: relationsOfCronJob,
    }),
    serviceSource(k8s, selections),
    watchedSource(k8s, {
      name: 'ingresses',
      plural: 'ingresses',
      kind: 'ingress',
      isNamespaced: true,
      intervalMs: rhythm.sometimes,
      toResource: toIngress,
      relationsOf: relationsOfIngress,
    }),
    watchedSource(k8s, {
      name: 'autoscalers',
      plural: 'horizontalpodautoscalers',
      kind: 'hpa',
      isNamespaced: true,
      intervalMs: rhythm.sometimes,
      toResource: toAutoscaler,
      relationsOf: relationsOfAutoscaler,
    }),
    ...(['configmap', 'secret'] as const).map((kind) =>
      watchedSource(k8s, {
        name: kind === 'secret' ? 'secrets' : 'config maps',
        plural: `${kind}s`,
        kind,
        isNamespaced: true,
        intervalMs: rhythm.seldom,
        metadataOnly: true,
        toResource: (object, place) => toNamed(kind, object, place),
        relationsOf: (object, place) => relationsOfNamed(kind, object, place),
      }),
    ),
    watchedSource(k8s, {
      name: 'persistent volumes',
      plural: 'persistentvolumes',
      kind: 'persistent-volume',
      isNamespaced: false,
      intervalMs: rhythm.sometimes,
      toResource: toPersistentVolume,
      relationsOf: relationsOfPersistentVolume,
    }),
    watchedSource(k8s, {
      name: 'volume claims',
      plural: 'persistentvolumeclaims',
      kind: 'persistent-volume-claim',
      isNamespaced: true,
      intervalMs: rhythm.sometimes,
      toResource: toClaim,
      relationsOf: relationsOfClaim,
    }),
    customSource(k8s, rhythm.seldom),
  ];
}

/** The cluster itself, with its version; says so where it is too old for what this executor speaks. */
function clusterSource(k8s: Kubernetes): DiscoverySource {
  return {
    name: 'cluster',
    kinds: ['cluster'],
    intervalMs: rhythm.rarely,
    read: async ({ signal }) => {
      const apis = await k8s.apis(signal);
      const { config } = await k8s.cluster.signedIn(signal);
      if (apis.versionOf('deployments') === undefined)
        throw new ProblemError({
          code: 'unsupported',
          message: `${k8s.place.cluster} runs ${apis.serverVersion}, which does not serve apps/v1.`,
          fix: 'Deployments and what belongs to them need Kubernetes 1.9 or newer.',
        });
      const attributes = {
        version: apis.serverVersion,
        server: config.server.host,
        metrics: apis.hasMetrics,
      };
      return { mode: 'full', resources: [toCluster(k8s.place, attributes)], relations: [], removed: [] };
    },
  };
}

function workloadSource(k8s: Kubernetes, kind: WorkloadKind, selections: Selections): DiscoverySource {
  const isSelected = kind !== 'replicaset';
  return watchedSource<Workload>(k8s, {
    name: `${kind}s`,
    plural: `${kind}s`,
    kind,
    isNamespaced: true,
    intervalMs: rhythm.often,
    toResource: (object, place) => toWorkload(kind, object, place),
    relationsOf: (object, place, resource) => {
      if (isSelected)
        selections.setWorkload(
          resource.id,
          object.metadata.namespace ?? '',
          object.spec?.template?.metadata?.labels ?? {},
        );
      return relationsOfWorkload(kind, object, place);
    },
    ...(isSelected
      ? {
          onRemoved: selections.removeWorkload,
          onListed: (ids) => selections.keepWorkloads(idOf(k8s.place, kind, ''), ids),
        }
      : {}),
  });
}

/** A pod without a controller is selected by itself; the others are by the labels of their workload. */
function podSource(k8s: Kubernetes, selections: Selections): DiscoverySource {
  return watchedSource<Pod>(k8s, {
    name: 'pods',
    plural: 'pods',
    kind: 'pod',
    isNamespaced: true,
    intervalMs: rhythm.often,
    toResource: toPod,
    relationsOf: (pod, place, resource) => {
      if (pod.metadata.ownerReferences === undefined)
        selections.setWorkload(resource.id, pod.metadata.namespace ?? '', pod.metadata.labels ?? {});
      return relationsOfPod(pod, place);
    },
    onRemoved: selections.removeWorkload,
    onListed: (ids) => selections.keepWorkloads(idOf(k8s.place, 'pod', ''), ids),
  });
}

function serviceSource(k8s: Kubernetes, selections: Selections): DiscoverySource {
  return watchedSource<Service>(k8s, {
    name: 'services',
    plural: 'services',
    kind: 'service',
    isNamespaced: true,
    intervalMs: rhythm.sometimes,
    toResource: toService,
    relationsOf: (service, place, resource) =>
      selections.setService(resource, service.spec?.selector ?? {}, relationsOfService(service, place)),
    onRemoved: selections.removeService,
    alsoTold: (onBatch) => {
      let timer: NodeJS.Timeout | undefined;
      const tell = (): void => {
        timer = undefined;
        const touched = selections.takeTouched();
        if (touched.resources.length > 0) onBatch({ mode: 'changes', removed: [], ...touched });
      };
      const soon = (): void => {
        timer ??= setTimeout(tell, 20);
      };
      selections.onDidTouch = soon;
      soon();
      return () => {
        clearTimeout(timer);
        selections.onDidTouch = undefined;
      };
    },
  });
}
