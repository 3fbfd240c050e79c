// Cron jobs: suspended, resumed, and run at once beside their schedule.

import { createHash } from 'node:crypto';
import type { OperationHandler, StepContext } from '../../contract.ts';
import { info, requireTarget, warning } from '../../kit/preview.ts';
import type { Look } from '../../kit/readBack.ts';
import type { Kubernetes } from '../kubernetes.ts';
import { markKey } from '../mapping/place.ts';
import type { CronJob, Job } from '../records/objects.ts';
import { lastWarning } from './evidence.ts';
import { type Found, fetchObject, uidOf } from './objects.ts';
import { changeHandler, createHandler, done, type Making, mergePatch, moved } from './recipes.ts';

export function suspendHandler(k8s: Kubernetes, suspend: boolean): OperationHandler {
  return changeHandler<CronJob>(k8s, {
    change: async ({ resource: { name }, object }) => ({
      write: { method: 'PATCH', contentType: mergePatch, body: { spec: { suspend } } },
      effect: suspend
        ? `Suspends ${name}: it starts no new jobs (${object.spec?.schedule ?? 'no schedule'}).`
        : `Resumes ${name}: it starts jobs again (${object.spec?.schedule ?? 'no schedule'}).`,
      notes: suspend
        ? [info('A job that runs already goes on.')]
        : [warning('A run that was missed while it was suspended may be started at once.')],
    }),
    isWanted: ({ spec }) => (spec?.suspend === true) === suspend,
  });
}

/** The name of a job may have 63 characters, and its pods get five and a dash more. */
const nameCharactersMax = 57;

export function runCronJobHandler(k8s: Kubernetes): OperationHandler {
  const make = async (context: StepContext, mark?: string): Promise<Making> => {
    const target = requireTarget(context);
    const found = await fetchObject<CronJob>(k8s, target.id, context.signal);
    if (!found || uidOf(found.resource) !== uidOf(target))
      throw moved(`${target.name} is not there any more.`);
    const { metadata, spec, apiVersion = 'batch/v1' } = found.object;
    const suffix = `-manual-${hashOf(mark ?? 'preview')}`;
    const name = `${metadata.name.slice(0, nameCharactersMax - suffix.length)}${suffix}`;
    const template = spec?.jobTemplate;
    return {
      kind: 'job',
      name,
      namespace: metadata.namespace,
      manifest: {
        apiVersion: 'batch/v1',
        kind: 'Job',
        metadata: {
          name,
          namespace: metadata.namespace,
          labels: template?.metadata?.labels,
          annotations: {
            ...template?.metadata?.annotations,
            'cronjob.kubernetes.io/instantiate': 'manual',
            ...(mark ? { [markKey]: mark } : {}),
          },
          ownerReferences: [
            { apiVersion, kind: 'CronJob', name: metadata.name, uid: metadata.uid, controller: true },
          ],
        },
        spec: template?.spec,
      },
    };
  };
  const handler = createHandler(k8s, {
    make,
    describe: async (context) => ({
      effect: `Starts a job from ${requireTarget(context).name} now, beside its schedule.`,
      notes: [info('The name of the job is chosen when it is started.')],
    }),
    look: (now, context) => lookAtJob(k8s, now, context.signal),
    markOf: ({ metadata }) => metadata.annotations?.[markKey],
  });
  return handler;
}

/** A job that has started has done what was asked; one that failed at once has not. */
export async function lookAtJob(k8s: Kubernetes, now: Found<Job>, signal: AbortSignal): Promise<Look> {
  const { name, status } = now.resource;
  if (status === 'failed') {
    const said = await lastWarning(k8s, now.object, signal);
    return {
      kind: 'failed',
      observed: `the job ${name} failed${said ? `: ${said}` : ''}`,
      resource: now.resource,
    };
  }
  const { active = 0, succeeded = 0 } = now.object.status ?? {};
  if (active > 0 || succeeded > 0 || status === 'completed') return done(now, `the job ${name} is ${status}`);
  return { kind: 'working', observed: `the job ${name} has no pod yet`, resource: now.resource };
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 6);
}
