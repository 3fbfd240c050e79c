// How far a rollout is, and why it does not go on: read out of the workload, its pods and what the cluster says about
// them. Used wherever an operation waits for pods.

import type { Look } from '../../kit/readBack.ts';
import type { Kubernetes } from '../kubernetes.ts';
import { isReady, troubleOf } from '../mapping/pod.ts';
import { isRolledOut, progressOf, stuckReason, type WorkloadKind } from '../mapping/workload.ts';
import type { Pod, Selector, Workload } from '../records/objects.ts';
import { lastWarning } from './evidence.ts';
import { type Found, listObjects } from './objects.ts';
import { done } from './recipes.ts';

/** Reasons that do not go away by waiting a little: the new pods cannot run as they are. */
const hopeless = /^(ImagePullBackOff|InvalidImageName|CreateContainerConfigError|CrashLoopBackOff)$/;
/** A pod is given so long to come right, in ms. */
const patienceMs = 20_000;

export function workloadKindOf({ kind }: Found): WorkloadKind {
  return kind as WorkloadKind;
}

/** Waits for every copy to be there, new and ready; fails where the cluster says that this will not be. */
export async function lookAtRollout(
  k8s: Kubernetes,
  now: Found<Workload>,
  signal: AbortSignal,
): Promise<Look> {
  const kind = workloadKindOf(now);
  const { name } = now.resource;
  const { wanted, ready, updated, existing } = progressOf(kind, now.object);
  if (isRolledOut(kind, now.object))
    return done(now, wanted === 0 ? `${name} is scaled to none` : `${name} has ${ready} of ${wanted} ready`);
  if (now.object.spec?.paused)
    return done(now, `${name} has taken it; its rollout is paused and goes on when it is resumed`);
  const observed = describeProgress(name, { wanted, ready, updated, existing });
  const reason = stuckReason(now.object) ?? (await podTrouble(k8s, now.object, signal));
  if (reason === undefined) return { kind: 'working', observed, resource: now.resource };
  return { kind: 'failed', observed: `${observed}: ${reason}`, resource: now.resource };
}

function describeProgress(
  name: string,
  { wanted, ready, updated, existing }: Readonly<Record<'wanted' | 'ready' | 'updated' | 'existing', number>>,
): string {
  const old = existing - updated;
  const more = old > 0 ? `, ${old} old ${old === 1 ? 'one is' : 'ones are'} left` : '';
  return `${name} has ${ready} of ${wanted} ready, ${updated} up to date${more}`;
}

/** What keeps one of its pods from running for good. */
async function podTrouble(
  k8s: Kubernetes,
  workload: Workload,
  signal: AbortSignal,
): Promise<string | undefined> {
  const pods = await podsOf(k8s, workload, signal);
  for (const pod of pods) {
    const trouble = troubleOf(pod);
    const ageMs = k8s.now() - Date.parse(pod.metadata.creationTimestamp ?? '');
    if (!trouble || !hopeless.test(trouble) || isReady(pod) || !(ageMs > patienceMs)) continue;
    const said = await lastWarning(k8s, pod, signal);
    return `pod ${pod.metadata.name}: ${trouble}${said ? ` (${said})` : ''}`;
  }
  return undefined;
}

/** Pods that its selector finds. */
export function podsOf(
  k8s: Kubernetes,
  { metadata, spec }: Workload,
  signal: AbortSignal,
): Promise<readonly Pod[]> {
  const labelSelector = selectorText(spec?.selector);
  if (labelSelector === '') return Promise.resolve([]);
  return listObjects<Pod>(k8s, 'pods', { namespace: metadata.namespace, labelSelector }, signal);
}

/** A selector as a query takes it. */
export function selectorText(selector: Selector | undefined): string {
  const labels = Object.entries(selector?.matchLabels ?? {}).map(([name, value]) => `${name}=${value}`);
  const expressions = (selector?.matchExpressions ?? []).map(({ key, operator, values }) => {
    switch (operator) {
      case 'In':
        return `${key} in (${(values ?? []).join(',')})`;
      case 'NotIn':
        return `${key} notin (${(values ?? []).join(',')})`;
      case 'DoesNotExist':
        return `!${key}`;
      default:
        return key;
    }
  });
  return [...labels, ...expressions].join(',');
}
