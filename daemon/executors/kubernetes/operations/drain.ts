// Draining a node as kubectl does: it is cordoned, then every pod that would start elsewhere is evicted, and budgets are
// respected: a pod whose budget allows no disruption is asked for again until it does or the patience is over. Pods of
// daemon sets stay. What would be lost for good stops it beforehand, and what blocks it is named.

import type { PreviewNote } from '../../../../shared/model/plan.ts';
import { ProblemError } from '../../../../shared/model/problem.ts';
import type { HandlerPreview, OperationHandler, StepContext, WriteContext } from '../../contract.ts';
import { pause } from '../../kit/pause.ts';
import {
  blocker,
  info,
  isNote,
  previewOf,
  previewOfGone,
  requireTarget,
  warning,
} from '../../kit/preview.ts';
import { waitFor } from '../../kit/readBack.ts';
import { settling, UnsettledError } from '../../kit/settling.ts';
import { isProblem } from '../client/problems.ts';
import type { Kubernetes } from '../kubernetes.ts';
import type { Node, Pod } from '../records/objects.ts';
import { cordonHandler } from './cordon.ts';
import { type Found, fetchObject, listObjects } from './objects.ts';
import { refusalOf } from './permission.ts';
import { orBlocker } from './recipes.ts';

/** So long without a single pod leaving, and it is given up, in ms: longer than a pod usually takes to start. */
const patienceMs = 120_000;
/** Pause between two rounds, in ms (kubectl waits 5 s after a refusal). */
const roundMs = 2_000;
const namedMax = 8;

interface Sorted {
  /** Would start elsewhere. */
  readonly movable: readonly Pod[];
  /** Nobody brings them back. */
  readonly orphans: readonly Pod[];
  /** Of daemon sets, or of the node itself. */
  readonly staying: readonly Pod[];
}

export function drainHandler(k8s: Kubernetes): OperationHandler {
  const cordon = cordonHandler(k8s, true);
  return settling(k8s, {
    preview: (context) => preview(k8s, context),
    refresh: cordon.refresh,
    perform: async (context) => {
      await cordon.perform(context);
      // From here on the node's version is another one, by our own doing.
      await evictAll(k8s, context);
      return {};
    },
    verify: (context) =>
      waitFor(k8s, context, async () => {
        const { name } = requireTarget(context);
        const node = await fetchObject<Node>(k8s, requireTarget(context).id, context.signal);
        if (!node) return { kind: 'failed', observed: `${name} is gone` };
        const left = leaving(sort(await podsOn(k8s, name, context.signal)), context);
        const observed = `${name} is cordoned, ${describeCount(left.length)} left to move`;
        if (left.length > 0) return { kind: 'working', observed, resource: node.resource };
        if (!node.object.spec?.unschedulable)
          return {
            kind: 'failed',
            observed: `${name} was uncordoned by somebody else`,
            resource: node.resource,
          };
        const done = { verified: true, observed: `${name} is drained`, resource: node.resource };
        return { kind: 'done', verification: done };
      }),
    reconcile: async (context) => {
      const { name } = requireTarget(context);
      const node = await fetchObject<Node>(k8s, requireTarget(context).id, context.signal);
      if (!node) return { found: 'unknown', observed: `${name} is gone` };
      if (!node.object.spec?.unschedulable) return { found: 'not-done', observed: `${name} takes pods` };
      const left = leaving(sort(await podsOn(k8s, name, context.signal)), context);
      if (left.length === 0) return { found: 'done', observed: `${name} is drained` };
      const isCordonedBefore = requireTarget(context).attributes.unschedulable === true;
      const observed = `${name} is cordoned, ${describeCount(left.length)} still on it`;
      return { found: isCordonedBefore && left.every(isUntouched) ? 'not-done' : 'unknown', observed };
    },
  });
}

async function preview(k8s: Kubernetes, context: StepContext): Promise<HandlerPreview> {
  const { id } = requireTarget(context);
  const node = await fetchObject<Node>(k8s, id, context.signal);
  if (!node) return previewOfGone(context, 'node');
  const { name } = node.resource;
  const sorted = sort(await podsOn(k8s, name, context.signal));
  const pods = leaving(sorted, context);
  const isClosed = node.object.spec?.unschedulable === true;
  if (isClosed && pods.length === 0 && sorted.orphans.length === 0)
    return previewOf(`Nothing: ${name} is cordoned and empty already.`, { idle: true });
  const refusals = await Promise.all([
    isClosed ? undefined : refusalOf(k8s, { verb: 'patch', plural: 'nodes', name }, context.signal),
    pods.length === 0
      ? undefined
      : refusalOf(k8s, { verb: 'create', plural: 'pods', subresource: 'eviction' }, context.signal),
  ]);
  const stops = refusals.filter(isNote);
  const tried = stops.length > 0 ? [] : await tryEvictions(k8s, pods, context);
  return previewOf(`Cordons ${name} and moves ${describeCount(pods.length)} away.`, {
    changes: isClosed ? [] : [{ field: 'spec.unschedulable', before: false, after: true }],
    notes: [...stops, ...lossNotes(sorted, context), ...tried, ...(await roomNotes(k8s, node, context))],
    checkedBy: stops.length > 0 ? 'checked' : 'dry-run',
  });
}

/** What is lost for good, and what stays. */
function lossNotes({ orphans, movable, staying }: Sorted, context: StepContext): readonly PreviewNote[] {
  const notes: PreviewNote[] = [];
  if (orphans.length > 0)
    notes.push(
      isForced(context)
        ? warning(`${namesOf(orphans)} will be gone for good: no controller brings them back.`)
        : blocker(
            `${namesOf(orphans)} would not come back: no controller owns them.`,
            'Delete them first, or drain by force.',
          ),
    );
  const scratch = movable.filter((pod) => pod.spec?.volumes?.some((volume) => volume.emptyDir));
  if (scratch.length > 0)
    notes.push(warning(`${namesOf(scratch)} lose what they keep in an emptyDir volume.`));
  if (staying.length > 0)
    notes.push(info(`${describeCount(staying.length)} of daemon sets stay on the node.`));
  return notes;
}

/** Each eviction is tried without effect: the server says which budgets and rights stand against it. */
async function tryEvictions(
  k8s: Kubernetes,
  pods: readonly Pod[],
  context: StepContext,
): Promise<readonly PreviewNote[]> {
  const tried = await Promise.all(
    pods.map(async (pod) => ({ pod, result: await orBlocker(() => evict(k8s, pod, context, true)) })),
  );
  const blocked = new Map<string, Pod[]>();
  const notes: PreviewNote[] = [];
  for (const { pod, result } of tried) {
    if (result.kind === 'blocked') notes.push(result.note);
    else if (typeof result.value === 'object')
      blocked.set(result.value.reason, [...(blocked.get(result.value.reason) ?? []), pod]);
  }
  for (const [reason, held] of blocked)
    notes.push(
      warning(
        `A disruption budget holds ${namesOf(held)} now: ${reason} It is waited for, and given up after ${patienceMs / 60_000} minutes without a pod leaving.`,
        'Scale the workload up first, or change its budget.',
      ),
    );
  return notes;
}

/** Pods need another node to go to. */
async function roomNotes(
  k8s: Kubernetes,
  now: Found<Node>,
  { signal }: StepContext,
): Promise<readonly PreviewNote[]> {
  const nodes = await listObjects<Node>(k8s, 'nodes', {}, signal).catch(() => undefined);
  const others = nodes?.filter(
    (one) =>
      one.metadata.uid !== now.object.metadata.uid &&
      !one.spec?.unschedulable &&
      one.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True'),
  );
  if (!others || others.length > 0) return [];
  return [warning('No other node takes pods: what is moved away waits until there is one.')];
}

async function evictAll(k8s: Kubernetes, context: WriteContext): Promise<void> {
  const { name } = requireTarget(context);
  let movedAtMs = k8s.now();
  let leftBefore = Number.POSITIVE_INFINITY;
  for (;;) {
    const sorted = sort(await podsOn(k8s, name, context.signal));
    if (sorted.orphans.length > 0 && !isForced(context))
      throw new ProblemError({
        code: 'world-moved',
        message: `${namesOf(sorted.orphans)} came to ${name} meanwhile and would not come back. The node is cordoned.`,
        fix: 'Delete them first, or drain by force.',
      });
    const left = leaving(sorted, context);
    if (left.length === 0) return;
    if (left.length < leftBefore) movedAtMs = k8s.now();
    leftBefore = left.length;
    const held = await evictRound(k8s, left.filter(isUntouched), context);
    context.progress(
      held.size > 0
        ? `${describeCount(left.length)} left on ${name}; ${[...held.keys()][0]}`
        : `${describeCount(left.length)} left on ${name}`,
    );
    if (k8s.now() - movedAtMs > patienceMs) throw stuck(name, left, held);
    await pause(left.every((pod) => !isUntouched(pod)) ? roundMs / 4 : roundMs, context.signal);
  }
}

/** Asks for all evictions once; gives what held back which pods. */
async function evictRound(
  k8s: Kubernetes,
  pods: readonly Pod[],
  context: WriteContext,
): Promise<ReadonlyMap<string, readonly Pod[]>> {
  const held = new Map<string, Pod[]>();
  for (const pod of pods) {
    const result = await evict(k8s, pod, context, false);
    if (typeof result === 'object') held.set(result.reason, [...(held.get(result.reason) ?? []), pod]);
  }
  return held;
}

function stuck(name: string, left: readonly Pod[], held: ReadonlyMap<string, readonly Pod[]>): ProblemError {
  const why =
    held.size > 0
      ? [...held].map(([reason, pods]) => `${namesOf(pods)}: ${reason}`).join(' ')
      : `${namesOf(left)} do not come to an end.`;
  return new ProblemError({
    code: 'cloud-conflict',
    message: `${name} is cordoned, and ${describeCount(left.length)} could not be moved away. ${why}`,
    fix: 'Scale the workload up or change its budget, then drain again; or uncordon the node.',
  });
}

/** Evicts one pod, or tries to. A budget that forbids it is an answer, not an error. */
async function evict(
  k8s: Kubernetes,
  pod: Pod,
  { signal }: StepContext,
  isDry: boolean,
): Promise<'evicted' | 'gone' | { readonly reason: string }> {
  const { name, namespace = '', uid } = pod.metadata;
  const apis = await k8s.apis(signal);
  if (apis.evictionVersion === undefined)
    throw new ProblemError({
      code: 'unsupported',
      message: `${k8s.place.cluster} (${apis.serverVersion}) has no evictions, so budgets could not be respected.`,
      fix: 'Delete the pods one by one.',
    });
  try {
    await k8s.cluster.call({
      method: 'POST',
      path: `${apis.pathOf('pods', namespace)}/${encodeURIComponent(name)}/eviction`,
      body: {
        apiVersion: apis.evictionVersion,
        kind: 'Eviction',
        metadata: { name, namespace },
        deleteOptions: { preconditions: { uid }, ...(isDry ? { dryRun: ['All'] } : {}) },
      },
      harmless: isDry,
      signal,
      what: `evict the pod ${name}`,
    });
    return 'evicted';
  } catch (error) {
    // An answer that got lost is no harm: the next round reads which pods are left.
    if (error instanceof UnsettledError) return 'evicted';
    if (isProblem(error, 'cloud-not-found') || isProblem(error, 'cloud-conflict')) return 'gone';
    // Its namespace is being deleted, and the pod goes with it (kubectl waits for that, too).
    if (isProblem(error, 'cloud-forbidden') && /being terminated/.test(error.problem.message)) return 'gone';
    if (!isProblem(error, 'cloud-throttled')) throw error;
    return { reason: `${/It says: (.*)$/s.exec(error.problem.message)?.[1] ?? error.problem.message}` };
  }
}

function podsOn(k8s: Kubernetes, node: string, signal: AbortSignal): Promise<readonly Pod[]> {
  return listObjects<Pod>(k8s, 'pods', { fieldSelector: `spec.nodeName=${node}` }, signal);
}

function sort(pods: readonly Pod[]): Sorted {
  const movable: Pod[] = [];
  const orphans: Pod[] = [];
  const staying: Pod[] = [];
  for (const pod of pods) {
    const owner = pod.metadata.ownerReferences?.find((one) => one.controller);
    const isOver = pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';
    if (pod.metadata.annotations?.['kubernetes.io/config.mirror'] !== undefined) staying.push(pod);
    else if (owner?.kind === 'DaemonSet') staying.push(pod);
    else if (owner || isOver) movable.push(pod);
    else orphans.push(pod);
  }
  return { movable, orphans, staying };
}

function leaving({ movable, orphans }: Sorted, context: StepContext): readonly Pod[] {
  return isForced(context) ? [...movable, ...orphans] : movable;
}

function isForced({ args }: StepContext): boolean {
  return args.force === true;
}

function isUntouched(pod: Pod): boolean {
  return pod.metadata.deletionTimestamp === undefined;
}

function describeCount(count: number): string {
  return count === 1 ? '1 pod' : `${count} pods`;
}

function namesOf(pods: readonly Pod[]): string {
  const names = pods.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
  const more = names.length - namedMax;
  return names.slice(0, namedMax).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
