// One object of the cluster, as it is now, of any kind an operation may be about: where it is read and written, and
// what it is in the shared model. By name and uid: a namesake that was made since is not the one that was meant.

import { ProblemError } from '../../../../shared/model/problem.ts';
import { parseResourceId, type Resource } from '../../../../shared/model/resource.ts';
import type { StepContext } from '../../contract.ts';
import { requireTarget } from '../../kit/preview.ts';
import type { Plural } from '../client/apis.ts';
import type { Kubernetes } from '../kubernetes.ts';
import { toClaim, toNamed, toNamespace, toNode, toPersistentVolume } from '../mapping/cluster.ts';
import { toAutoscaler, toIngress, toService } from '../mapping/network.ts';
import { namedBy, type Place } from '../mapping/place.ts';
import { toPod } from '../mapping/pod.ts';
import { toCronJob, toJob, toWorkload } from '../mapping/workload.ts';
import type { KubeObject, List } from '../records/objects.ts';
import { metadataOne } from '../sources/listing.ts';

interface KindEntry {
  readonly plural: Plural;
  /** As people write it: "stateful set". */
  readonly noun: string;
  /** Its content stays on the server. */
  readonly metadataOnly?: boolean;
  readonly toResource: (object: never, place: Place) => Resource;
}

const entries = {
  namespace: { plural: 'namespaces', noun: 'namespace', toResource: toNamespace },
  node: { plural: 'nodes', noun: 'node', toResource: toNode },
  pod: { plural: 'pods', noun: 'pod', toResource: toPod },
  deployment: {
    plural: 'deployments',
    noun: 'deployment',
    toResource: (object: never, place: Place) => toWorkload('deployment', object, place),
  },
  statefulset: {
    plural: 'statefulsets',
    noun: 'stateful set',
    toResource: (object: never, place: Place) => toWorkload('statefulset', object, place),
  },
  daemonset: {
    plural: 'daemonsets',
    noun: 'daemon set',
    toResource: (object: never, place: Place) => toWorkload('daemonset', object, place),
  },
  replicaset: {
    plural: 'replicasets',
    noun: 'replica set',
    toResource: (object: never, place: Place) => toWorkload('replicaset', object, place),
  },
  job: { plural: 'jobs', noun: 'job', toResource: toJob },
  cronjob: { plural: 'cronjobs', noun: 'cron job', toResource: toCronJob },
  service: { plural: 'services', noun: 'service', toResource: toService },
  ingress: { plural: 'ingresses', noun: 'ingress', toResource: toIngress },
  hpa: { plural: 'horizontalpodautoscalers', noun: 'autoscaler', toResource: toAutoscaler },
  'persistent-volume': {
    plural: 'persistentvolumes',
    noun: 'persistent volume',
    toResource: toPersistentVolume,
  },
  'persistent-volume-claim': {
    plural: 'persistentvolumeclaims',
    noun: 'volume claim',
    toResource: toClaim,
  },
  configmap: {
    plural: 'configmaps',
    noun: 'config map',
    metadataOnly: true,
    toResource: (object: never, place: Place) => toNamed('configmap', object, place),
  },
  secret: {
    plural: 'secrets',
    noun: 'secret',
    metadataOnly: true,
    toResource: (object: never, place: Place) => toNamed('secret', object, place),
  },
} as const satisfies Readonly<Record<string, KindEntry>>;
export type ObjectKind = keyof typeof entries;

/** Kinds by the name that the API has for many of them. */
export const kindsByPlural: ReadonlyMap<string, ObjectKind> = new Map(
  Object.entries(entries).map(([kind, { plural }]) => [plural, kind as ObjectKind]),
);

export function nounOf(kind: ObjectKind): string {
  return entries[kind].noun;
}

export function pluralOf(kind: ObjectKind): Plural {
  return entries[kind].plural;
}

export function isObjectKind(kind: string): kind is ObjectKind {
  return kind in entries;
}

/** Undefined where nothing of that plural is read. */
export function kindOfPlural(plural: string): ObjectKind | undefined {
  return (Object.keys(entries) as ObjectKind[]).find((kind) => entries[kind].plural === plural);
}

/** An object with its resource. */
export interface Found<T extends KubeObject = KubeObject> {
  readonly object: T;
  readonly resource: Resource;
  readonly kind: ObjectKind;
  /** Of the object itself. */
  readonly path: string;
}

export function toFound<T extends KubeObject>(
  k8s: Kubernetes,
  kind: ObjectKind,
  path: string,
  object: T,
): Found<T> {
  return { object, path, kind, resource: entries[kind].toResource(object as never, k8s.place) };
}

/** Content type in which an object of the kind is to be answered. */
export function acceptOf(kind: ObjectKind): string | undefined {
  return 'metadataOnly' in entries[kind] ? metadataOne : undefined;
}

export async function pathOfObject(
  k8s: Kubernetes,
  kind: ObjectKind,
  name: string,
  namespace: string | undefined,
  signal: AbortSignal,
): Promise<string> {
  const apis = await k8s.apis(signal);
  if (apis.versionOf(entries[kind].plural) === undefined)
    throw new ProblemError({
      code: 'unsupported',
      message: `${k8s.place.cluster} (${apis.serverVersion}) has no ${entries[kind].noun}s in a version that Pilothouse speaks.`,
      fix: 'Use kubectl of the version of the cluster for this.',
    });
  return `${apis.pathOf(entries[kind].plural, namespace)}/${encodeURIComponent(name)}`;
}

/** The object behind a resource's id; undefined where nothing of that name is there. */
export async function fetchObject<T extends KubeObject>(
  k8s: Kubernetes,
  id: string,
  signal: AbortSignal,
): Promise<Found<T> | undefined> {
  const kind = parseResourceId(id)?.kind ?? '';
  if (!isObjectKind(kind)) return undefined;
  const { name, namespace } = namedBy(id);
  const path = await pathOfObject(k8s, kind, name, namespace, signal);
  const what = `read the ${entries[kind].noun} ${name}`;
  const object = await k8s.cluster.find<T>({ path, accept: acceptOf(kind), signal, what });
  return object && toFound(k8s, kind, path, object);
}

/** The target of a step as it is now. */
export function fetchTarget<T extends KubeObject>(
  k8s: Kubernetes,
  context: Pick<StepContext, 'target' | 'signal'> & StepContext,
): Promise<Found<T> | undefined> {
  return fetchObject<T>(k8s, requireTarget(context).id, context.signal);
}

export interface Within {
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
}

/** All objects of a collection that fit; for the few things a handler looks at. */
export async function listObjects<T extends KubeObject>(
  k8s: Kubernetes,
  plural: Plural,
  { namespace, ...query }: Within,
  signal: AbortSignal,
): Promise<readonly T[]> {
  const apis = await k8s.apis(signal);
  if (apis.versionOf(plural) === undefined) return [];
  const found: T[] = [];
  let token: string | undefined;
  do {
    const list: List<T> = await k8s.cluster.call<List<T>>({
      path: apis.pathOf(plural, namespace),
      query: { ...query, limit: 500, continue: token },
      signal,
      what: `read the ${plural}`,
    });
    found.push(...(list.items ?? []));
    token = list.metadata?.continue || undefined;
  } while (token !== undefined);
  return found;
}

/** The object's uid out of a resource's version. */
export function uidOf(resource: Resource): string {
  return (resource.version ?? '').split('/')[0]!;
}
