// Deployments, stateful sets, daemon sets and replica sets, jobs and cron jobs in the words of the shared model.

import type { Relation, Resource } from '../../../../shared/model/resource.ts';
import type { CronJob, Job, Workload } from '../records/objects.ts';
import { appOf, edge, idOf, memberOf, type Place, toResource } from './place.ts';
import { idOfOwner, imagesOf, mountsOf } from './pod.ts';

export type WorkloadKind = 'deployment' | 'statefulset' | 'daemonset' | 'replicaset';

/** How many are wanted and how far it is, the same for all kinds. */
export interface Progress {
  readonly wanted: number;
  readonly ready: number;
  readonly updated: number;
  /** All that exist, old ones too. */
  readonly existing: number;
  /** The controller has seen what is wanted. */
  readonly isSeen: boolean;
}

export function progressOf(kind: WorkloadKind, object: Workload): Progress {
  const { spec = {}, status = {}, metadata } = object;
  const isSeen = (status.observedGeneration ?? 0) >= (metadata.generation ?? 0);
  if (kind === 'daemonset') {
    const wanted = status.desiredNumberScheduled ?? 0;
    const updated = status.updatedNumberScheduled ?? 0;
    return { wanted, ready: status.numberReady ?? 0, updated, existing: wanted, isSeen };
  }
  const wanted = spec.replicas ?? 1;
  const isOneRevision = kind === 'statefulset' && status.currentRevision === status.updateRevision;
  return {
    wanted,
    ready: status.readyReplicas ?? 0,
    // A stateful set that is not rolling counts none as updated in some versions.
    updated: kind === 'replicaset' || isOneRevision ? (status.replicas ?? 0) : (status.updatedReplicas ?? 0),
    existing: status.replicas ?? 0,
    isSeen,
  };
}

/** Every copy is there, new and ready. */
export function isRolledOut(kind: WorkloadKind, object: Workload): boolean {
  const { wanted, ready, updated, existing, isSeen } = progressOf(kind, object);
  if (!isSeen) return false;
  const isOnDelete = object.spec?.updateStrategy?.type === 'OnDelete';
  return ready >= wanted && existing === wanted && (updated >= wanted || isOnDelete);
}

/** Why a rollout does not go on, in the controller's own words; undefined where it does. */
export function stuckReason(object: Workload): string | undefined {
  const conditions = object.status?.conditions ?? [];
  const late = conditions.find((one) => one.type === 'Progressing' && one.status === 'False');
  const failing = conditions.find((one) => one.type === 'ReplicaFailure' && one.status === 'True');
  return failing?.message ?? late?.message;
}

export function toWorkload(kind: WorkloadKind, object: Workload, place: Place): Resource {
  const { wanted, ready } = progressOf(kind, object);
  const { metadata, spec = {} } = object;
  const stuck = stuckReason(object);
  return toResource(place, kind, object, {
    status: statusOf(kind, object, stuck),
    attributes: {
      app: appOf(spec.template?.metadata?.labels) ?? appOf(metadata.labels),
      image: imagesOf(spec.template?.spec),
      replicas: wanted,
      ready,
      healthy: isRolledOut(kind, object),
      revision: revisionOf(object),
      ...(spec.paused ? { paused: true } : {}),
      ...(kind === 'replicaset' ? { owner: ownerOf(object, place) } : {}),
      ...(stuck ? { reason: stuck.slice(0, 300) } : {}),
    },
  });
}

function statusOf(kind: WorkloadKind, object: Workload, stuck: string | undefined): string {
  if (stuck !== undefined) return 'error';
  if (isRolledOut(kind, object)) return progressOf(kind, object).wanted === 0 ? 'stopped' : 'running';
  // A replica set of an earlier revision is empty and stays so.
  return 'pending';
}

/** Number of the revision; deployments keep it in an annotation. */
export function revisionOf({ metadata }: Workload): number | undefined {
  const text = metadata.annotations?.['deployment.kubernetes.io/revision'];
  return text === undefined ? undefined : Number(text);
}

export function relationsOfWorkload(kind: WorkloadKind, object: Workload, place: Place): readonly Relation[] {
  const { namespace, name } = object.metadata;
  const from = idOf(place, kind, name, namespace);
  const owner = kind === 'replicaset' ? ownerOf(object, place) : undefined;
  return [
    memberOf(place, from, namespace),
    ...(owner ? [edge(from, 'OWNED_BY', owner)] : []),
    ...(kind === 'replicaset' ? [] : mountsOf(from, object.spec?.template?.spec, namespace, place)),
  ];
}

function ownerOf({ metadata }: Workload | Job, place: Place): string | undefined {
  const owner = metadata.ownerReferences?.find((one) => one.controller);
  return owner && idOfOwner(owner, metadata.namespace, place);
}

export function toJob(job: Job, place: Place): Resource {
  const { spec = {}, status = {} } = job;
  const failed = status.conditions?.find((one) => one.type === 'Failed' && one.status === 'True');
  const done = status.conditions?.some((one) => one.type === 'Complete' && one.status === 'True');
  const word = failed ? 'failed' : done ? 'completed' : spec.suspend ? 'suspended' : 'running';
  return toResource(place, 'job', job, {
    status: word,
    state: '',
    attributes: {
      app: appOf(job.metadata.labels),
      image: imagesOf(spec.template?.spec),
      owner: ownerOf(job, place),
      completions: `${status.succeeded ?? 0} of ${spec.completions ?? 1}`,
      ...(failed ? { reason: failed.message ?? failed.reason } : {}),
    },
  });
}

export function relationsOfJob(job: Job, place: Place): readonly Relation[] {
  const from = idOf(place, 'job', job.metadata.name, job.metadata.namespace);
  const owner = ownerOf(job, place);
  return [
    memberOf(place, from, job.metadata.namespace),
    ...(owner ? [edge(from, 'OWNED_BY', owner)] : []),
    ...mountsOf(from, job.spec?.template?.spec, job.metadata.namespace, place),
  ];
}

export function toCronJob(cronJob: CronJob, place: Place): Resource {
  const { spec = {}, status = {} } = cronJob;
  const suspended = spec.suspend === true;
  return toResource(place, 'cronjob', cronJob, {
    status: suspended ? 'suspended' : 'active',
    // Old servers count no generations of cron jobs.
    state: cronJob.metadata.generation ?? `${spec.schedule}/${suspended}`,
    attributes: {
      app: appOf(cronJob.metadata.labels),
      image: imagesOf(spec.jobTemplate?.spec?.template?.spec),
      schedule: spec.schedule,
      suspended,
      last_run: status.lastScheduleTime,
      running: status.active?.length,
    },
  });
}

export function relationsOfCronJob(cronJob: CronJob, place: Place): readonly Relation[] {
  const { name, namespace } = cronJob.metadata;
  const from = idOf(place, 'cronjob', name, namespace);
  const spec = cronJob.spec?.jobTemplate?.spec?.template?.spec;
  return [memberOf(place, from, namespace), ...mountsOf(from, spec, namespace, place)];
}
