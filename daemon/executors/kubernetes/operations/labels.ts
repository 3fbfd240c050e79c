// Labels are what the shared model calls tags: set and removed one by one, the others stay.

import type { Arguments } from '../../../../shared/model/operation.ts';
import type { OperationHandler } from '../../contract.ts';
import { tagsArgument, warning } from '../../kit/preview.ts';
import type { Kubernetes } from '../kubernetes.ts';
import type { KubeObject } from '../records/objects.ts';
import type { Found } from './objects.ts';
import { changeHandler, mergePatch } from './recipes.ts';

export const labelledKinds = [
  'deployment',
  'statefulset',
  'daemonset',
  'pod',
  'service',
  'configmap',
  'job',
  'cronjob',
  'namespace',
  'node',
] as const;

export function labelHandler(k8s: Kubernetes, which: 'tag' | 'untag'): OperationHandler {
  const labelsOf = (args: Arguments): Readonly<Record<string, string | null>> =>
    which === 'tag' ? tagsArgument(args) : Object.fromEntries(keysOf(args).map((key) => [key, null]));
  return changeHandler<KubeObject>(k8s, {
    change: async (now, { args }) => {
      const labels = labelsOf(args);
      const names = Object.keys(labels).join(', ');
      return {
        write: { method: 'PATCH', contentType: mergePatch, body: { metadata: { labels } } },
        effect:
          which === 'tag'
            ? `Sets the labels ${names} of ${now.resource.name}.`
            : `Removes the labels ${names} of ${now.resource.name}.`,
        notes: selectedNotes(now, labels),
      };
    },
    isWanted: ({ metadata }, { args }) =>
      Object.entries(labelsOf(args)).every(([name, value]) => (metadata.labels?.[name] ?? null) === value),
  });
}

function keysOf({ keys }: Arguments): readonly string[] {
  return Array.isArray(keys) ? keys.map(String) : [];
}

/** A pod or a node that loses a label may leave what selects it. */
function selectedNotes({ kind, object, resource }: Found, labels: Readonly<Record<string, string | null>>) {
  if (kind !== 'pod' && kind !== 'node') return [];
  const altered = Object.entries(labels).filter(
    ([name, value]) => object.metadata.labels?.[name] !== undefined && object.metadata.labels[name] !== value,
  );
  if (altered.length === 0) return [];
  const names = altered.map(([name]) => name).join(', ');
  return [
    warning(
      kind === 'pod'
        ? `${resource.name} is found by its labels: with another ${names} it may leave its service and its controller.`
        : `Pods may be bound to ${resource.name} by its labels: with another ${names} they may find no place any more.`,
    ),
  ];
}
