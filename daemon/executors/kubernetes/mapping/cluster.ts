// The cluster itself, its nodes and its namespaces, its volumes and what asks for them, and things of which only the
// name is read (secrets, config maps) in the words of the shared model.

import type { Relation, Resource } from '../../../../shared/model/resource.ts';
import type {
  KubeObject,
  Namespace,
  Node,
  PersistentVolume,
  PersistentVolumeClaim,
} from '../records/objects.ts';
import { parseQuantity, toGb } from '../records/quantity.ts';
import { clusterId, edge, idOf, memberOf, type Place, toResource } from './place.ts';

export function toCluster(place: Place, attributes: Resource['attributes']): Resource {
  return {
    id: clusterId(place),
    connection: place.connection,
    provider: 'kubernetes',
    kind: 'cluster',
    name: place.cluster,
    status: 'healthy',
    health: 'ok',
    cluster: place.cluster,
    tags: {},
    attributes,
  };
}

const troubles = ['MemoryPressure', 'DiskPressure', 'PIDPressure', 'NetworkUnavailable'];

export function toNode(node: Node, place: Place): Resource {
  const { spec = {}, status = {}, metadata } = node;
  const conditions = status.conditions ?? [];
  const ready = conditions.find((one) => one.type === 'Ready');
  const isReady = ready?.status === 'True';
  const unschedulable = spec.unschedulable === true;
  const pressed = conditions.filter((one) => troubles.includes(one.type) && one.status === 'True');
  const labels = metadata.labels ?? {};
  return toResource(place, 'node', node, {
    status: isReady ? 'ready' : 'notready',
    ...(isReady && (unschedulable || pressed.length > 0) ? { health: 'warning' as const } : {}),
    ...(unschedulable ? { providerStatus: `${isReady ? 'Ready' : 'NotReady'},SchedulingDisabled` } : {}),
    zone: labels['topology.kubernetes.io/zone'] ?? labels['failure-domain.beta.kubernetes.io/zone'],
    region: labels['topology.kubernetes.io/region'] ?? labels['failure-domain.beta.kubernetes.io/region'],
    state: `${unschedulable ? 'closed' : 'open'}/${spec.taints?.length ?? 0}`,
    attributes: {
      unschedulable,
      vcpus: parseQuantity(status.capacity?.cpu),
      ram_gb: toGb(status.capacity?.memory),
      pods_max: parseQuantity(status.allocatable?.pods),
      ip: status.addresses?.find((one) => one.type === 'InternalIP')?.address,
      provider_id: spec.providerID,
      system_uuid: status.nodeInfo?.systemUUID?.toLowerCase(),
      flavor: labels['node.kubernetes.io/instance-type'] ?? labels['beta.kubernetes.io/instance-type'],
      kubelet: status.nodeInfo?.kubeletVersion,
      os: status.nodeInfo?.osImage,
      roles: rolesOf(labels),
      ...(isReady ? {} : { reason: ready?.message?.slice(0, 300) }),
      ...(pressed.length > 0 ? { pressure: pressed.map((one) => one.type) } : {}),
    },
  });
}

function rolesOf(labels: Readonly<Record<string, string>>): readonly string[] {
  const prefix = 'node-role.kubernetes.io/';
  return Object.keys(labels).flatMap((name) => (name.startsWith(prefix) ? [name.slice(prefix.length)] : []));
}

export function relationsOfNode(node: Node, place: Place): readonly Relation[] {
  return [memberOf(place, idOf(place, 'node', node.metadata.name), undefined)];
}

export function toNamespace(namespace: Namespace, place: Place): Resource {
  const { conditions = [], phase } = namespace.status ?? {};
  const blocked = conditions.find((one) => one.status === 'True' && one.message);
  return toResource(place, 'namespace', namespace, {
    status: phase === 'Terminating' ? 'deleting' : 'active',
    state: '',
    attributes: { ...(phase === 'Terminating' ? { reason: blocked?.message?.slice(0, 300) } : {}) },
  });
}

export function relationsOfNamespace(namespace: Namespace, place: Place): readonly Relation[] {
  return [memberOf(place, idOf(place, 'namespace', namespace.metadata.name), undefined)];
}

const volumeStatuses: Readonly<Record<string, string>> = {
  Available: 'available',
  Bound: 'in-use',
  Released: 'available',
  Pending: 'pending',
  Failed: 'error',
};

export function toPersistentVolume(volume: PersistentVolume, place: Place): Resource {
  const { spec = {}, status = {} } = volume;
  const { driver, handle } = backingOf(volume);
  return toResource(place, 'persistent-volume', volume, {
    status: volumeStatuses[status.phase ?? ''] ?? 'unknown',
    // What was released keeps the data of the claim that went: nobody gets it by itself.
    ...(status.phase === 'Released' ? { health: 'warning' as const } : {}),
    providerStatus: status.phase,
    state: '',
    attributes: {
      size_gb: toGb(spec.capacity?.storage),
      storage_class: spec.storageClassName,
      reclaim_policy: spec.persistentVolumeReclaimPolicy,
      driver,
      volume_handle: handle,
      claim: spec.claimRef?.name && `${spec.claimRef.namespace}/${spec.claimRef.name}`,
    },
  });
}

/** Which driver keeps it and under which name the cloud below knows it. */
function backingOf({ spec = {} }: PersistentVolume): { readonly driver?: string; readonly handle?: string } {
  if (spec.csi) return { driver: spec.csi.driver, handle: spec.csi.volumeHandle };
  const ebs = spec.awsElasticBlockStore?.volumeID;
  // In-tree: aws://zone/vol-…
  if (ebs) return { driver: 'kubernetes.io/aws-ebs', handle: ebs.split('/').at(-1) };
  if (spec.cinder) return { driver: 'kubernetes.io/cinder', handle: spec.cinder.volumeID };
  if (spec.vsphereVolume)
    return { driver: 'kubernetes.io/vsphere-volume', handle: spec.vsphereVolume.volumePath };
  if (spec.nfs) return { driver: 'kubernetes.io/nfs', handle: `${spec.nfs.server}:${spec.nfs.path}` };
  if (spec.hostPath) return { driver: 'kubernetes.io/host-path', handle: spec.hostPath.path };
  return {};
}

export function relationsOfPersistentVolume(volume: PersistentVolume, place: Place): readonly Relation[] {
  return [memberOf(place, idOf(place, 'persistent-volume', volume.metadata.name), undefined)];
}

export function toClaim(claim: PersistentVolumeClaim, place: Place): Resource {
  const { spec = {}, status = {} } = claim;
  const statuses: Readonly<Record<string, string>> = { Bound: 'in-use', Pending: 'pending', Lost: 'error' };
  return toResource(place, 'persistent-volume-claim', claim, {
    status: statuses[status.phase ?? ''] ?? 'unknown',
    providerStatus: status.phase,
    state: '',
    attributes: {
      size_gb: toGb(status.capacity?.storage ?? spec.resources?.requests?.storage),
      storage_class: spec.storageClassName,
      volume: spec.volumeName,
    },
  });
}

export function relationsOfClaim(claim: PersistentVolumeClaim, place: Place): readonly Relation[] {
  const { name, namespace } = claim.metadata;
  const from = idOf(place, 'persistent-volume-claim', name, namespace);
  const volume = claim.spec?.volumeName;
  return [
    memberOf(place, from, namespace),
    ...(volume ? [edge(from, 'BACKED_BY', idOf(place, 'persistent-volume', volume))] : []),
  ];
}

/** Only the name is known: the values were never asked for. */
export function toNamed(kind: 'secret' | 'configmap', object: KubeObject, place: Place): Resource {
  return toResource(place, kind, object, {
    status: 'active',
    state: object.metadata.resourceVersion,
    attributes: {},
  });
}

export function relationsOfNamed(
  kind: 'secret' | 'configmap',
  object: KubeObject,
  place: Place,
): readonly Relation[] {
  const { name, namespace } = object.metadata;
  return [memberOf(place, idOf(place, kind, name, namespace), namespace)];
}
