// Deleting: by name, bound to the uid and the version that were shown, so that a namesake is never hit. It says what
// goes along and what holds it back, and waits until it is gone.

import type { PreviewNote } from '../../../../shared/model/plan.ts';
import { ProblemError } from '../../../../shared/model/problem.ts';
import type { HandlerPreview, OperationHandler, StepContext, WriteContext } from '../../contract.ts';
import { blocker, info, isNote, previewOf, requireTarget, warning } from '../../kit/preview.ts';
import type { Look } from '../../kit/readBack.ts';
import { waitFor } from '../../kit/readBack.ts';
import { settling } from '../../kit/settling.ts';
import type { Plural } from '../client/apis.ts';
import { isProblem } from '../client/problems.ts';
import type { Kubernetes } from '../kubernetes.ts';
import { toPod } from '../mapping/pod.ts';
import type { KubeObject, List, Pod, Workload } from '../records/objects.ts';
import { metadataList } from '../sources/listing.ts';
import { type Found, fetchTarget, listObjects, nounOf, pluralOf, uidOf } from './objects.ts';
import { refusalOf } from './permission.ts';
import { conflictTriesMax, moved, orBlocker } from './recipes.ts';
import { podsOf } from './rollout.ts';

export interface DeleteRecipe {
  readonly effect?: (name: string) => string;
  /** What stands against it. */
  readonly notes?: (now: Found, context: StepContext) => Promise<readonly PreviewNote[]>;
  /** Called when the object is gone: what has to follow. */
  readonly afterwards?: (context: StepContext) => Promise<Look | undefined>;
}

export function deleteHandler(k8s: Kubernetes, recipe: DeleteRecipe = {}): OperationHandler {
  /** The very thing that was shown, or nothing: a namesake is another thing. */
  const read = async (context: StepContext): Promise<Found | undefined> => {
    const found = await fetchTarget(k8s, context);
    return found && uidOf(found.resource) === uidOf(requireTarget(context)) ? found : undefined;
  };
  return settling(k8s, {
    preview: (context) => previewDelete(k8s, recipe, read, context),
    refresh: async (context) => (await fetchTarget(k8s, context))?.resource,
    perform: async (context) => {
      await remove(k8s, context, read);
      return {};
    },
    verify: (context) =>
      waitFor(k8s, context, async () => {
        const { name } = requireTarget(context);
        const now = await read(context);
        if (now) return lookAtLeaving(now);
        const left = await recipe.afterwards?.(context);
        if (left && left.kind !== 'done') return left;
        const observed =
          left?.kind === 'done' ? `${name} is gone; ${left.verification.observed}` : `${name} is gone`;
        return { kind: 'done', verification: { verified: true, observed, gone: true } };
      }),
    reconcile: async (context) => {
      const { name } = requireTarget(context);
      const now = await read(context);
      if (!now) return { found: 'done', observed: `${name} is gone` };
      if (now.object.metadata.deletionTimestamp !== undefined)
        return { found: 'done', observed: `${name} is being deleted` };
      return { found: 'not-done', observed: `${name} is ${now.resource.status}` };
    },
  });
}

async function previewDelete(
  k8s: Kubernetes,
  recipe: DeleteRecipe,
  read: (context: StepContext) => Promise<Found | undefined>,
  context: StepContext,
  attempt = 1,
): Promise<HandlerPreview> {
  const { name, status } = requireTarget(context);
  const now = await read(context);
  if (!now) return previewOf(`Nothing: ${name} is gone already.`, { idle: true });
  if (now.object.metadata.deletionTimestamp !== undefined)
    return previewOf(`Nothing: ${name} is being deleted already.`, { idle: true });
  const wish = {
    verb: 'delete',
    plural: pluralOf(now.kind),
    namespace: now.resource.namespace,
    name,
  } as const;
  const refusal = await refusalOf(k8s, wish, context.signal);
  const tried = refusal ? undefined : await orBlocker(() => send(k8s, now, context, true));
  // Its status moved between reading and trying.
  if (tried?.kind === 'blocked' && tried.code === 'cloud-conflict' && attempt < conflictTriesMax)
    return previewDelete(k8s, recipe, read, context, attempt + 1);
  const notes = await Promise.all([alongNotes(k8s, now, context), recipe.notes?.(now, context) ?? []]);
  return previewOf(recipe.effect?.(name) ?? `Deletes the ${nounOf(now.kind)} ${name}.`, {
    changes: [{ field: 'status', before: status, after: 'gone' }],
    notes: [...[refusal, tried?.kind === 'blocked' ? tried.note : undefined].filter(isNote), ...notes.flat()],
    checkedBy: refusal ? 'checked' : 'dry-run',
  });
}

function lookAtLeaving({ object, resource }: Found): Look {
  const { name } = resource;
  const { deletionTimestamp, finalizers = [] } = object.metadata;
  if (deletionTimestamp === undefined)
    return { kind: 'waiting', observed: `${name} is still there`, resource };
  const waits = finalizers.length > 0 ? `, waiting for ${finalizers.join(', ')}` : '';
  const reason = typeof resource.attributes.reason === 'string' ? ` (${resource.attributes.reason})` : '';
  return { kind: 'working', observed: `${name} is being deleted${waits}${reason}`, resource };
}

async function remove(
  k8s: Kubernetes,
  context: WriteContext,
  read: (context: StepContext) => Promise<Found | undefined>,
): Promise<void> {
  const target = requireTarget(context);
  for (let attempt = 0; attempt < conflictTriesMax; attempt++) {
    const now = await read(context);
    if (!now || now.object.metadata.deletionTimestamp !== undefined) return;
    if (target.version !== undefined && now.resource.version !== target.version)
      throw moved(`${target.name} was changed by somebody else since the plan was shown.`);
    try {
      await send(k8s, now, context, false);
      return;
    } catch (error) {
      if (isProblem(error, 'cloud-not-found')) return;
      // Its status moved between reading and writing.
      if (!isProblem(error, 'cloud-conflict')) throw error;
    }
  }
  throw new ProblemError({
    code: 'cloud-conflict',
    message: `${target.name} changes too fast to be deleted as it was shown.`,
    fix: 'Look at what changes it, and ask again.',
  });
}

/** Dependents follow on the server's side, as with kubectl. */
function send(k8s: Kubernetes, now: Found, { signal }: StepContext, isDry: boolean): Promise<unknown> {
  const { uid, resourceVersion } = now.object.metadata;
  return k8s.cluster.call({
    method: 'DELETE',
    path: now.path,
    body: {
      kind: 'DeleteOptions',
      apiVersion: 'v1',
      propagationPolicy: 'Background',
      preconditions: { uid, resourceVersion },
      ...(isDry ? { dryRun: ['All'] } : {}),
    },
    harmless: isDry,
    signal,
    what: `delete the ${nounOf(now.kind)} ${now.resource.name}`,
  });
}

/** What goes along with it, and what keeps it. */
async function alongNotes(
  k8s: Kubernetes,
  now: Found,
  context: StepContext,
): Promise<readonly PreviewNote[]> {
  const { finalizers = [] } = now.object.metadata;
  const held = finalizers.filter((one) => one !== 'kubernetes' && !one.startsWith('foreground'));
  const notes: PreviewNote[] = [];
  if (held.length > 0) notes.push(info(`It goes only when ${held.join(', ')} let it go.`));
  switch (now.kind) {
    case 'deployment':
    case 'statefulset':
    case 'daemonset':
      notes.push(...(await podNotes(k8s, now as Found<Workload>, context)));
      break;
    case 'namespace':
      notes.push(...(await contentNotes(k8s, now, context)));
      break;
    case 'pod':
      if (now.object.metadata.ownerReferences === undefined)
        notes.push(warning('No controller owns this pod: it does not come back.'));
      break;
    default:
      break;
  }
  return notes;
}

async function podNotes(
  k8s: Kubernetes,
  now: Found<Workload>,
  { signal }: StepContext,
): Promise<readonly PreviewNote[]> {
  const pods = await podsOf(k8s, now.object, signal);
  if (pods.length === 0) return [];
  const kept = now.kind === 'statefulset' ? ' Its volumes stay.' : '';
  return [info(`Its ${pods.length} ${pods.length === 1 ? 'pod goes' : 'pods go'} with it.${kept}`)];
}

const contents: readonly (readonly [Plural, string])[] = [
  ['pods', 'pods'],
  ['deployments', 'deployments'],
  ['statefulsets', 'stateful sets'],
  ['services', 'services'],
  ['persistentvolumeclaims', 'volume claims'],
  ['configmaps', 'config maps'],
  ['secrets', 'secrets'],
];
const systemNamespaces = ['kube-system', 'kube-public', 'kube-node-lease', 'default'];

async function contentNotes(
  k8s: Kubernetes,
  now: Found,
  { signal }: StepContext,
): Promise<readonly PreviewNote[]> {
  const { name } = now.resource;
  const counts = await Promise.all(
    contents.map(async ([plural, words]) => {
      const count = await countIn(k8s, plural, name, signal);
      return count > 0 ? [`${count} ${words}`] : [];
    }),
  );
  const all = counts.flat();
  return [
    ...(systemNamespaces.includes(name)
      ? [
          blocker(
            `${name} belongs to the cluster itself.`,
            'Delete what is in it one by one, if that is meant.',
          ),
        ]
      : []),
    all.length > 0
      ? warning(`Everything in it goes with it: ${all.join(', ')}.`)
      : info('There is nothing in it that people make.'),
  ];
}

async function countIn(
  k8s: Kubernetes,
  plural: Plural,
  namespace: string,
  signal: AbortSignal,
): Promise<number> {
  const apis = await k8s.apis(signal);
  if (apis.versionOf(plural) === undefined) return 0;
  try {
    const list = await k8s.cluster.call<List<KubeObject>>({
      path: apis.pathOf(plural, namespace),
      query: { limit: 1 },
      accept: metadataList,
      signal,
      what: `count the ${plural} of ${namespace}`,
    });
    return (list.items?.length ?? 0) + (list.metadata?.remainingItemCount ?? 0);
  } catch (error) {
    if (isProblem(error, 'cloud-forbidden')) return 0;
    throw error;
  }
}

/** Restart of a pod: deleted, so that its controller makes another; it is over when that one is ready. */
export function restartPodHandler(k8s: Kubernetes): OperationHandler {
  return deleteHandler(k8s, {
    effect: (name) => `Deletes the pod ${name}, so that its controller starts another in its place.`,
    notes: async ({ object, resource }) =>
      object.metadata.ownerReferences?.some((one) => one.controller)
        ? []
        : [blocker(`No controller would bring ${resource.name} back.`, 'Delete it, if that is meant.')],
    afterwards: (context) => lookAtSuccessor(k8s, context),
  });
}

/** Whether the controller of a pod that went has as many ready as it wants. */
async function lookAtSuccessor(k8s: Kubernetes, context: StepContext): Promise<Look | undefined> {
  const owner = requireTarget(context).attributes.owner;
  if (typeof owner !== 'string') return undefined;
  const found = await fetchTarget<Workload>(k8s, {
    ...context,
    target: { ...requireTarget(context), id: owner },
  });
  if (!found) return undefined;
  const { name, attributes } = found.resource;
  const observed = `${name} has ${String(attributes.ready)} of ${String(attributes.replicas)} ready`;
  if (attributes.ready === undefined || Number(attributes.ready) >= Number(attributes.replicas))
    return { kind: 'done', verification: { verified: true, observed } };
  return { kind: 'working', observed };
}

/** A workload is gone when its pods are, too. */
export function deleteWorkloadHandler(k8s: Kubernetes): OperationHandler {
  return deleteHandler(k8s, {
    afterwards: async (context) => {
      const target = requireTarget(context);
      const pods = await ownPods(k8s, target.id, context);
      if (pods.length === 0) return undefined;
      return {
        kind: 'working',
        observed: `${target.name} is gone, ${pods.length} of its pods are ending`,
      };
    },
  });
}

/** Pods that name the workload as their owner, as far as the labels of the target lead to them. */
async function ownPods(k8s: Kubernetes, id: string, context: StepContext): Promise<readonly Pod[]> {
  const { namespace } = requireTarget(context);
  const pods = await listObjects<Pod>(k8s, 'pods', { namespace }, context.signal);
  return pods.filter((pod) => toPod(pod, k8s.place).attributes.owner === id);
}
