// What keeps workloads as they are wanted: pods are started, ended and replaced until as many run as a deployment,
// stateful set or daemon set asks for, in its current revision. Runs inside every change of the world.

import type { Draft } from './draft.ts';
import type { Durations } from './durations.ts';
import { numberOf, type Patch, type Thing } from './thing.ts';

const controllerKinds = ['deployment', 'statefulset', 'daemonset'] as const;

/** One round over all controllers; true where something was changed. */
export function runControllers(draft: Draft, durations: Durations): boolean {
  const before = draft.changeCount;
  for (const kind of controllerKinds) for (const owner of draft.all(kind)) control(draft, owner, durations);
  return draft.changeCount !== before;
}

/** Marks a pod as ending; its controller replaces it. */
export function endPod(draft: Draft, pod: Thing, durations: Durations): void {
  draft.begin(pod.id, { status: 'deleting' }, durations.podStop, { gone: true });
}

function control(draft: Draft, owner: Thing, durations: Durations): void {
  if (owner.due?.outcome.gone) return;
  const pods = draft.all('pod').filter(({ attributes }) => attributes.owner === owner.id);
  const desired = owner.kind === 'daemonset' ? draft.all('node').length : numberOf(owner, 'replicas');
  const step = {
    draft,
    owner,
    pods: pods.filter(({ status }) => status !== 'deleting'),
    all: pods,
    desired,
    durations,
  };
  for (const pod of step.pods)
    if (pod.status === 'pending' && pod.attributes.node === undefined) schedule(draft, owner, pod, durations);
  if (owner.kind === 'statefulset') controlOrdinals(step);
  else controlReplicas(step);
  report(draft, owner.id, desired);
}

interface ControlStep {
  readonly draft: Draft;
  readonly owner: Thing;
  /** Those that are not ending. */
  readonly pods: readonly Thing[];
  readonly all: readonly Thing[];
  readonly desired: number;
  readonly durations: Durations;
}

/** New pods first, old ones end as new ones run; surplus ends, the newest first. */
function controlReplicas({ draft, owner, pods, desired, durations }: ControlStep): void {
  const fresh = pods.filter((pod) => isCurrent(pod, owner));
  const old = pods.filter((pod) => !isCurrent(pod, owner));
  for (let count = fresh.length; count < desired; count++) {
    const hash = (numberOf(owner, 'revision') * 2_654_435_761) >>> 0;
    const unique = (draft.serial() * 40_503 + 4_096) % 1_048_576;
    startPod(
      draft,
      owner,
      `${owner.name}-${hash.toString(16).slice(0, 8)}-${unique.toString(32).padStart(4, '0')}`,
      durations,
    );
  }
  const running = fresh.filter(({ status }) => status === 'running').length;
  const mayStay = Math.max(0, desired - running);
  for (const pod of old.slice(mayStay)) endPod(draft, pod, durations);
  for (const pod of fresh.slice(desired)) endPod(draft, pod, durations);
}

/** Fixed names, replaced one at a time from the highest down. */
function controlOrdinals({ draft, owner, pods, all, desired, durations }: ControlStep): void {
  const names = new Set(all.map(({ name }) => name));
  for (let ordinal = 0; ordinal < desired; ordinal++)
    if (!names.has(`${owner.name}-${ordinal}`)) startPod(draft, owner, `${owner.name}-${ordinal}`, durations);
  for (const pod of pods) if (ordinalOf(pod) >= desired) endPod(draft, pod, durations);
  const wanted = pods.filter((pod) => ordinalOf(pod) < desired).sort((a, b) => ordinalOf(b) - ordinalOf(a));
  const old = wanted.find((pod) => !isCurrent(pod, owner));
  const isCalm =
    all.length === desired && wanted.length === desired && wanted.every(({ status }) => status === 'running');
  if (old && isCalm) endPod(draft, old, durations);
}

function ordinalOf(pod: Thing): number {
  return Number(pod.name.slice(pod.name.lastIndexOf('-') + 1));
}

function isCurrent(pod: Thing, owner: Thing): boolean {
  return pod.attributes.revision === owner.attributes.revision;
}

function startPod(draft: Draft, owner: Thing, name: string, durations: Durations): void {
  const pod = draft.add({
    kind: 'pod',
    name,
    namespace: owner.namespace,
    status: 'pending',
    tags: owner.tags,
    attributes: {
      owner: owner.id,
      image: String(owner.attributes.image ?? ''),
      revision: owner.attributes.revision ?? 1,
      restarts: 0,
      healthy: false,
      ...(owner.attributes.app ? { app: owner.attributes.app } : {}),
    },
  });
  schedule(draft, owner, pod, durations);
}

/** Gives a pod a node, or leaves it waiting for one. */
function schedule(draft: Draft, owner: Thing, pod: Thing, durations: Durations): void {
  const node = freeNode(draft, owner);
  if (!node) return;
  const outcome: Patch = String(pod.attributes.image).includes('broken')
    ? { status: 'error', attributes: { restarts: 3, reason: 'CrashLoopBackOff' } }
    : { status: 'running', attributes: { healthy: true } };
  draft.begin(pod.id, { attributes: { node: node.name } }, durations.podStart, outcome);
}

/** The schedulable node with the fewest pods of the owner, then the fewest pods. */
function freeNode(draft: Draft, owner: Thing): Thing | undefined {
  const load = (node: Thing): number => {
    const pods = draft.all('pod').filter(({ attributes }) => attributes.node === node.name);
    return pods.filter(({ attributes }) => attributes.owner === owner.id).length * 1_000 + pods.length;
  };
  return draft
    .all('node')
    .filter((node) => owner.kind === 'daemonset' || node.attributes.unschedulable !== true)
    .sort((a, b) => load(a) - load(b) || (a.name < b.name ? -1 : 1))[0];
}

/** Writes what the pods come to into their controller. */
function report(draft: Draft, id: string, desired: number): void {
  const owner = draft.get(id)!;
  const pods = draft.all('pod').filter(({ attributes }) => attributes.owner === id);
  const ready = pods.filter(({ status }) => status === 'running').length;
  const isCalm = pods.length === desired && ready === desired && pods.every((pod) => isCurrent(pod, owner));
  const failed = pods.some(({ status }) => status === 'error');
  const status = isCalm ? 'running' : failed ? 'error' : 'pending';
  const { attributes } = owner;
  if (attributes.ready === ready && attributes.healthy === isCalm && owner.status === status) return;
  draft.change(id, {
    status,
    attributes: { ready, healthy: isCalm, ...(owner.kind === 'daemonset' ? { replicas: desired } : {}) },
  });
}
