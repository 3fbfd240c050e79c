// Making a namespace, a deployment and a job. What was not named is chosen by a stated rule and shown; the plan's mark
// goes into an annotation, so that a half-done create is found again.

import type { OperationHandler, StepContext } from '../../contract.ts';
import { info, numberArgument, textArgument } from '../../kit/preview.ts';
import type { Kubernetes } from '../kubernetes.ts';
import { markKey, namedBy } from '../mapping/place.ts';
import type { KubeObject } from '../records/objects.ts';
import { lookAtJob } from './cronjob.ts';
import { checkQuota } from './quota.ts';
import { createHandler, done, type Making } from './recipes.ts';
import { lookAtRollout } from './rollout.ts';

const markOf = ({ metadata }: KubeObject): string | undefined => metadata.annotations?.[markKey];

function annotationsOf(mark: string | undefined) {
  return mark ? { annotations: { [markKey]: mark } } : {};
}

export function createNamespaceHandler(k8s: Kubernetes): OperationHandler {
  return createHandler(k8s, {
    make: async ({ args }, mark) => {
      const name = textArgument(args, 'name') ?? '';
      const metadata = { name, ...annotationsOf(mark) };
      return { kind: 'namespace', name, manifest: { apiVersion: 'v1', kind: 'Namespace', metadata } };
    },
    describe: async (_context, { name }) => ({ effect: `Makes the namespace ${name}.` }),
    look: async (now) =>
      now.resource.status === 'active'
        ? done(now, `the namespace ${now.resource.name} is active`)
        : { kind: 'working', observed: `the namespace ${now.resource.name} is ${now.resource.status}` },
    markOf,
  });
}

/** The namespace that was named, by name or id; else that of the context. */
async function namespaceOf(k8s: Kubernetes, { args, signal }: StepContext): Promise<string> {
  const named = textArgument(args, 'namespace');
  return named === undefined ? k8s.namespace(signal) : namedBy(named).name;
}

function chosenNamespace({ args }: StepContext, namespace: string) {
  if (textArgument(args, 'namespace') === namespace) return {};
  const note = info(`No namespace was named: ${namespace}, that of the kubeconfig, is taken.`);
  return {
    resolvedArgs: { namespace },
    notes: textArgument(args, 'namespace') === undefined ? [note] : [],
  };
}

export function createDeploymentHandler(k8s: Kubernetes): OperationHandler {
  const make = async (context: StepContext, mark?: string): Promise<Making> => {
    const namespace = await namespaceOf(k8s, context);
    const name = textArgument(context.args, 'name') ?? '';
    const labels = { app: name };
    return {
      kind: 'deployment',
      name,
      namespace,
      manifest: {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name, namespace, labels, ...annotationsOf(mark) },
        spec: {
          replicas: numberArgument(context.args, 'replicas') ?? 1,
          selector: { matchLabels: labels },
          template: { metadata: { labels }, spec: podSpec(context, name) },
        },
      },
    };
  };
  return createHandler(k8s, {
    make,
    describe: async (context, { name, namespace = '' }) => {
      const replicas = numberArgument(context.args, 'replicas') ?? 1;
      const objects = { 'count/deployments.apps': 1 };
      const spec = podSpec(context, name);
      const check = await checkQuota(k8s, namespace, spec, replicas, context.signal, objects);
      const chosen = chosenNamespace(context, namespace);
      const image = textArgument(context.args, 'image');
      return {
        effect: `Runs ${replicas} ${replicas === 1 ? 'copy' : 'copies'} of ${image} as the deployment ${name} in ${namespace}.`,
        ...chosen,
        notes: [...check.notes, ...(chosen.notes ?? [])],
        quota: check.quota,
      };
    },
    look: (now, { signal }) => lookAtRollout(k8s, now, signal),
    markOf,
  });
}

function podSpec({ args }: StepContext, name: string) {
  const command = textArgument(args, 'command');
  return {
    containers: [
      {
        // A container's name is shorter than that of a deployment may be, and has no dots.
        name: name.replaceAll('.', '-').slice(0, 63).replace(/-+$/, ''),
        image: textArgument(args, 'image') ?? '',
        ...(command ? { command: ['/bin/sh', '-c', command] } : {}),
      },
    ],
  };
}

export function createJobHandler(k8s: Kubernetes): OperationHandler {
  const make = async (context: StepContext, mark?: string): Promise<Making> => {
    const namespace = await namespaceOf(k8s, context);
    const name = textArgument(context.args, 'name') ?? '';
    return {
      kind: 'job',
      name,
      namespace,
      manifest: {
        apiVersion: 'batch/v1',
        kind: 'Job',
        metadata: { name, namespace, labels: { app: name }, ...annotationsOf(mark) },
        spec: {
          backoffLimit: 3,
          template: {
            metadata: { labels: { app: name } },
            spec: { restartPolicy: 'Never', ...podSpec(context, name) },
          },
        },
      },
    };
  };
  return createHandler(k8s, {
    make,
    describe: async (context, { name, namespace = '' }) => {
      const check = await checkQuota(k8s, namespace, podSpec(context, name), 1, context.signal);
      const chosen = chosenNamespace(context, namespace);
      return {
        effect: `Runs ${textArgument(context.args, 'image')} once as the job ${name} in ${namespace}; it is tried four times.`,
        ...chosen,
        notes: [...check.notes, ...(chosen.notes ?? [])],
        quota: check.quota,
      };
    },
    look: (now, { signal }) => lookAtJob(k8s, now, signal),
    markOf,
  });
}
