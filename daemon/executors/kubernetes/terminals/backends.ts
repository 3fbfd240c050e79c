// What answers behind a resource whose port is carried to this machine: the pod itself, or a ready pod of a workload or
// service, with the port that its container has. It reads only, and never guesses a port that a service does not have.

import { ProblemError } from '../../../../shared/model/problem.ts';
import type { Resource } from '../../../../shared/model/resource.ts';
import type { PortOffer } from '../../../../shared/model/terminal.ts';
import type { Kubernetes } from '../kubernetes.ts';
import { namedBy } from '../mapping/place.ts';
import { isReady } from '../mapping/pod.ts';
import { fetchObject, listObjects } from '../operations/objects.ts';
import { selectorText } from '../operations/rollout.ts';
import type { Pod, PodSpec, Service, Workload } from '../records/objects.ts';

/** Kinds whose ports can be carried. */
export const portKinds = ['pod', 'deployment', 'statefulset', 'daemonset', 'replicaset', 'service'] as const;

export interface Backend {
  readonly namespace: string;
  readonly pod: string;
  readonly port: number;
}

/** Ports that the resource says of itself that it has. Throws ProblemError where it is gone. */
export async function fetchPorts(
  k8s: Kubernetes,
  resource: Resource,
  signal: AbortSignal,
): Promise<readonly PortOffer[]> {
  const found = await fetchObject<Pod & Workload & Service>(k8s, resource.id, signal);
  if (!found) throw gone(resource);
  const { spec = {} } = found.object;
  if (resource.kind === 'service')
    return tcp(found.object as Service).map(({ port, name }) => ({ port, ...(name ? { name } : {}) }));
  return portsOf(resource.kind === 'pod' ? spec : spec.template?.spec).map(({ containerPort, name }) => ({
    port: containerPort,
    ...(name ? { name } : {}),
  }));
}

/** The pod and its port that answer now. Throws ProblemError where none does. */
export async function findBackend(
  k8s: Kubernetes,
  resource: Resource,
  port: number,
  signal: AbortSignal,
): Promise<Backend> {
  const found = await fetchObject(k8s, resource.id, signal);
  if (!found) throw gone(resource);
  const { namespace = '' } = namedBy(resource.id);
  if (resource.kind === 'pod') {
    const pod = found.object as Pod;
    if (pod.status?.phase !== 'Running') throw notRunning(resource, found.resource.status);
    return { namespace, pod: pod.metadata.name, port };
  }
  const service = resource.kind === 'service' ? (found.object as Service) : undefined;
  const target = service && requirePort(service, resource, port).targetPort;
  const labelSelector = service
    ? selectorText({ matchLabels: service.spec?.selector ?? {} })
    : selectorText((found.object as Workload).spec?.selector);
  // Without a selector the query would match every pod there is.
  if (labelSelector === '') throw noPods(resource, `has no selector: its pods are not known`);
  const pods = await listObjects<Pod>(k8s, 'pods', { namespace, labelSelector }, signal);
  const pod = pods
    .filter((one) => one.metadata.deletionTimestamp === undefined && isReady(one))
    .sort((one, other) => one.metadata.name.localeCompare(other.metadata.name))[0];
  if (!pod) throw noPods(resource, `has no pod that is ready (of ${pods.length})`);
  return { namespace, pod: pod.metadata.name, port: portIn(pod, target ?? port, port) };
}

function portsOf(spec: PodSpec | undefined) {
  return (spec?.containers ?? []).flatMap(({ ports = [] }) =>
    ports.filter(({ protocol = 'TCP' }) => protocol === 'TCP'),
  );
}

/** A stream carries nothing else. */
function tcp({ spec }: Service) {
  return (spec?.ports ?? []).filter(({ protocol = 'TCP' }) => protocol === 'TCP');
}

function requirePort(service: Service, { name }: Resource, wanted: number) {
  const ports = tcp(service);
  const found = ports.find(({ port }) => port === wanted);
  if (found) return found;
  throw new ProblemError({
    code: 'bad-input',
    message: `The service ${name} has no port ${wanted}.`,
    fix:
      ports.length === 0
        ? 'It has no port that can be carried; name one of its pods.'
        : `Its ports are: ${ports.map(({ port }) => port).join(', ')}.`,
  });
}

/** A service may call the port of its pods by name. */
function portIn(pod: Pod, target: number | string, asked: number): number {
  if (typeof target === 'number') return target;
  const found = portsOf(pod.spec).find(({ name }) => name === target)?.containerPort;
  if (found !== undefined) return found;
  throw new ProblemError({
    code: 'cloud-invalid',
    message: `Port ${asked} of the service leads to "${target}", and the pod ${pod.metadata.name} has no port of that name.`,
    fix: 'Mend targetPort of the service, or name the pod and its port.',
  });
}

function noPods({ name }: Resource, why: string): ProblemError {
  return new ProblemError({
    code: 'wrong-state',
    message: `${name} ${why}.`,
    fix: 'See its pods and what their logs say.',
  });
}

function notRunning({ name }: Resource, status: string): ProblemError {
  return new ProblemError({
    code: 'wrong-state',
    message: `${name} is ${status}; only what runs takes connections.`,
    fix: 'See what its log says.',
  });
}

function gone({ name }: Resource): ProblemError {
  return new ProblemError({
    code: 'cloud-not-found',
    message: `${name} is not there any more.`,
    fix: 'Refresh the connection and look again.',
  });
}
