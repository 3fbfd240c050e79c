// Pods in the words of the shared model: the one status a person looks for (as kubectl's STATUS column reads it out of
// phase and containers), where it runs, whose it is and what it mounts.

import type { Relation, Resource } from '../../../../shared/model/resource.ts';
import type { Container, ContainerStatus, OwnerReference, Pod, PodSpec } from '../records/objects.ts';
import { parseQuantity } from '../records/quantity.ts';
import { appOf, edge, idOf, memberOf, type Place, toResource } from './place.ts';
import { share } from './share.ts';

/** Waiting reasons that are a step of a normal start. */
const starting: ReadonlySet<string> = new Set(['ContainerCreating', 'PodInitializing']);

export function toPod(pod: Pod, place: Place): Resource {
  const { status, providerStatus } = statusOf(pod);
  const containers = pod.status?.containerStatuses ?? [];
  const ready = isReady(pod);
  const controller = controllerOf(pod, place);
  const { metadata } = pod;
  return toResource(place, 'pod', pod, {
    status,
    providerStatus,
    ...(status === 'running' && !ready ? { health: 'warning' as const } : {}),
    state: '',
    attributes: {
      app: share(appOf(metadata.labels)),
      image: share(imagesOf(pod.spec)),
      node: share(pod.spec?.nodeName),
      ip: pod.status?.podIP,
      owner: share(controller),
      cpus: limitOf(pod.spec, 'cpu'),
      ram_gb: toGbOf(limitOf(pod.spec, 'memory')),
      restarts: containers.reduce((sum, one) => sum + (one.restartCount ?? 0), 0),
      healthy: status === 'completed' ? undefined : ready,
      ...(status === 'error' || status === 'failed' || status === 'pending' ? { reason: reasonOf(pod) } : {}),
    },
  });
}

/** What all containers together may use; undefined where one of them has no limit. */
function limitOf(spec: PodSpec | undefined, what: 'cpu' | 'memory'): number | undefined {
  let sum = 0;
  for (const { resources } of spec?.containers ?? []) {
    const limit = parseQuantity(resources?.limits?.[what]);
    if (limit === undefined) return undefined;
    sum += limit;
  }
  return sum;
}

function toGbOf(bytes: number | undefined): number | undefined {
  return bytes === undefined ? undefined : Math.round((bytes / 2 ** 30) * 1000) / 1000;
}

export function relationsOfPod(pod: Pod, place: Place): readonly Relation[] {
  const { namespace, name } = pod.metadata;
  const from = idOf(place, 'pod', name, namespace);
  const relations = [memberOf(place, from, namespace)];
  const owner = pod.metadata.ownerReferences?.find((one) => one.controller);
  const ownerId = owner && idOfOwner(owner, namespace, place);
  if (ownerId) relations.push(edge(from, 'OWNED_BY', share(ownerId)));
  if (pod.spec?.nodeName)
    relations.push(edge(from, 'RUNS_ON', share(idOf(place, 'node', pod.spec.nodeName))));
  relations.push(...mountsOf(from, pod.spec, namespace, place));
  return relations;
}

/** Kind of the shared model for what may own something. */
const ownerKinds = {
  ReplicaSet: 'replicaset',
  Deployment: 'deployment',
  StatefulSet: 'statefulset',
  DaemonSet: 'daemonset',
  Job: 'job',
  CronJob: 'cronjob',
  Node: 'node',
} as const;

export function idOfOwner(
  owner: OwnerReference,
  namespace: string | undefined,
  place: Place,
): string | undefined {
  const kind = ownerKinds[owner.kind as keyof typeof ownerKinds] as
    | (typeof ownerKinds)[keyof typeof ownerKinds]
    | undefined;
  if (kind === undefined) return undefined;
  return idOf(place, kind, owner.name, kind === 'node' ? undefined : namespace);
}

/** Id of what a person calls the owner: the deployment, not the replica set between. */
function controllerOf(pod: Pod, place: Place): string | undefined {
  const owner = pod.metadata.ownerReferences?.find((one) => one.controller);
  if (!owner) return undefined;
  const hash = pod.metadata.labels?.['pod-template-hash'];
  if (owner.kind === 'ReplicaSet' && hash && owner.name.endsWith(`-${hash}`))
    return idOf(place, 'deployment', owner.name.slice(0, -hash.length - 1), pod.metadata.namespace);
  return idOfOwner(owner, pod.metadata.namespace, place);
}

export function isReady(pod: Pod): boolean {
  return pod.status?.conditions?.some((one) => one.type === 'Ready' && one.status === 'True') ?? false;
}

function statusOf(pod: Pod): { readonly status: string; readonly providerStatus?: string } {
  const { phase = 'Unknown', reason } = pod.status ?? {};
  if (phase === 'Succeeded') return { status: 'completed', providerStatus: phase };
  if (phase === 'Failed') return { status: 'failed', providerStatus: reason ?? phase };
  const trouble = troubleOf(pod);
  if (trouble) return { status: 'error', providerStatus: trouble };
  if (phase === 'Running') return { status: 'running' };
  if (phase === 'Pending') return { status: 'pending', providerStatus: reason };
  return { status: 'unknown', providerStatus: reason ?? phase };
}

/** What keeps a container from running, as kubectl shows it: CrashLoopBackOff, ImagePullBackOff, OOMKilled… */
export function troubleOf(pod: Pod): string | undefined {
  for (const one of statusesOf(pod)) {
    const waiting = one.state?.waiting?.reason;
    if (waiting && !starting.has(waiting)) return waiting;
    const { terminated } = one.state ?? {};
    if (terminated && terminated.exitCode !== 0 && terminated.exitCode !== undefined)
      return terminated.reason ?? `ExitCode:${terminated.exitCode}`;
  }
  return undefined;
}

function reasonOf(pod: Pod): string | undefined {
  for (const one of statusesOf(pod)) {
    const message = one.state?.waiting?.message;
    if (message) return message.slice(0, 300);
    const last = one.lastState?.terminated;
    if (last?.reason) return `${one.name}: ${last.reason}, exit code ${last.exitCode ?? 'unknown'}`;
  }
  const blocked = pod.status?.conditions?.find((one) => one.status === 'False' && one.message);
  return (pod.status?.message ?? blocked?.message)?.slice(0, 300);
}

function statusesOf(pod: Pod): readonly ContainerStatus[] {
  return [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];
}

/** The image of one container, or `name=image` of each where there are several. */
export function imagesOf(spec: PodSpec | undefined): string | undefined {
  const containers = spec?.containers ?? [];
  if (containers.length <= 1) return containers[0]?.image;
  return containers.map(({ name, image }) => `${name}=${image ?? ''}`).join(', ');
}

/** What a pod (or a template of pods) takes its files and variables from. */
export function mountsOf(
  from: string,
  spec: PodSpec | undefined,
  namespace: string | undefined,
  place: Place,
): readonly Relation[] {
  const mounted = new Map<string, 'configmap' | 'secret' | 'persistent-volume-claim'>();
  const add = (kind: 'configmap' | 'secret' | 'persistent-volume-claim', name: string | undefined): void => {
    if (name) mounted.set(idOf(place, kind, name, namespace), kind);
  };
  for (const volume of spec?.volumes ?? []) {
    add('configmap', volume.configMap?.name);
    add('secret', volume.secret?.secretName);
    add('persistent-volume-claim', volume.persistentVolumeClaim?.claimName);
    for (const source of volume.projected?.sources ?? []) {
      // Every pod gets this one; it says nothing.
      if (source.configMap?.name !== 'kube-root-ca.crt') add('configmap', source.configMap?.name);
      add('secret', source.secret?.name);
    }
  }
  for (const container of [...(spec?.initContainers ?? []), ...(spec?.containers ?? [])])
    addVariables(container, add);
  return [...mounted.keys()].map((to) => edge(from, 'MOUNTS', share(to)));
}

function addVariables(
  { env, envFrom }: Container,
  add: (kind: 'configmap' | 'secret', name: string | undefined) => void,
): void {
  for (const one of envFrom ?? []) {
    add('configmap', one.configMapRef?.name);
    add('secret', one.secretRef?.name);
  }
  for (const one of env ?? []) {
    add('configmap', one.valueFrom?.configMapKeyRef?.name);
    add('secret', one.valueFrom?.secretKeyRef?.name);
  }
}
