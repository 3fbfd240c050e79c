// Opens an object of the cluster as a person would edit it. Secrets stay on the server. Reads only.

import { stringify } from 'yaml';
import type { Kind } from '../../../../shared/model/kind.ts';
import type { Manifest } from '../../../../shared/model/manifest.ts';
import { ProblemError } from '../../../../shared/model/problem.ts';
import type { Resource } from '../../../../shared/model/resource.ts';
import type { Kubernetes } from '../kubernetes.ts';
import { namedBy } from '../mapping/place.ts';
import { isObjectKind, nounOf, type ObjectKind, pathOfObject } from '../operations/objects.ts';
import type { KubeObject } from '../records/objects.ts';
import { toEditable, versionOf } from './editable.ts';

/** Everything that is an object of the cluster, but secrets. */
export const manifestKinds: readonly Kind[] = [
  'namespace',
  'node',
  'pod',
  'deployment',
  'statefulset',
  'daemonset',
  'replicaset',
  'job',
  'cronjob',
  'service',
  'ingress',
  'hpa',
  'persistent-volume',
  'persistent-volume-claim',
  'configmap',
  'custom-resource',
] satisfies readonly (ObjectKind | 'custom-resource')[];

/** The object as it stands on the server. Throws ProblemError. */
export async function readManifest(
  k8s: Kubernetes,
  resource: Resource,
  signal: AbortSignal,
): Promise<Manifest> {
  const { kind, name } = resource;
  if (!manifestKinds.includes(kind))
    throw new ProblemError({
      code: 'unsupported',
      message:
        kind === 'secret'
          ? 'The content of secrets is never read, so there is nothing to edit.'
          : `There is no manifest of a ${kind}.`,
      fix: 'Ask for its details instead.',
    });
  const noun = isObjectKind(kind) ? nounOf(kind) : String(resource.attributes.type ?? 'custom resource');
  const object = await k8s.cluster.find<KubeObject>({
    path: await pathOf(k8s, resource, signal),
    signal,
    what: `read the ${noun} ${name}`,
  });
  if (!object)
    throw new ProblemError({
      code: 'not-found',
      message: `The ${noun} ${name} is not there any more.`,
      fix: 'Refresh the tree and choose again.',
    });
  const editable = toEditable(object as unknown as Readonly<Record<string, unknown>>);
  return { text: stringify(editable, { lineWidth: 0 }), version: versionOf(object) };
}

async function pathOf(k8s: Kubernetes, { id, kind }: Resource, signal: AbortSignal): Promise<string> {
  const { name, namespace } = namedBy(id);
  if (isObjectKind(kind)) return pathOfObject(k8s, kind, name, namespace, signal);
  return pathOfCustom(k8s, id, signal);
}

/** Custom resources are `namespace/plural.group/name`, or `plural.group/name`; no namespace has a dot. */
async function pathOfCustom(k8s: Kubernetes, id: string, signal: AbortSignal): Promise<string> {
  const parts = id.slice(id.indexOf('/') + 1).split('/');
  const namespace = parts[0]!.includes('.') ? undefined : parts.shift()!;
  const [type, name] = parts as [string, string];
  const plural = type.slice(0, type.indexOf('.'));
  const group = type.slice(type.indexOf('.') + 1);
  const served = await k8s.cluster.call<{ readonly preferredVersion?: { readonly groupVersion?: string } }>({
    path: `/apis/${encodeURIComponent(group)}`,
    signal,
    what: `ask for the versions of ${group}`,
  });
  const version = served.preferredVersion?.groupVersion ?? `${group}/v1`;
  const scope = namespace === undefined ? '' : `/namespaces/${encodeURIComponent(namespace)}`;
  return `/apis/${version}${scope}/${encodeURIComponent(plural)}/${encodeURIComponent(name)}`;
}
