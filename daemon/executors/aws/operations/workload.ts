// scale, restart and roll back of what runs in ECS and of auto-scaling groups, and the stop of a single task. Neither
// service has a dry run: the preview reads what the write would meet. A rollout is found again by what the service
// itself notes: another deployment than the one that was there before.

import type { PreviewNote } from '../../../../shared/model/plan.ts';
import type { Resource } from '../../../../shared/model/resource.ts';
import type { HandlerPreview, OperationHandler, StepContext, WriteContext } from '../../contract.ts';
import { blocker, info, numberArgument, previewOf, warning } from '../../kit/preview.ts';
import { waitFor } from '../../kit/readBack.ts';
import { fetchEcsService } from '../api/others.ts';
import type { Aws } from '../aws.ts';
import { awsIdOf } from '../mapping/place.ts';
import { tail } from '../mapping/workload.ts';
import { changeHandler, deleteHandler } from './recipes.ts';

interface EcsPlace {
  readonly cluster: string;
  readonly service: string;
}

/** Cluster and name of an ECS service; undefined for an auto-scaling group. */
function ecsPlaceOf(id: string): EcsPlace | undefined {
  const [first, cluster, service] = awsIdOf(id).split('/');
  return first === 'ecs' && cluster && service ? { cluster, service } : undefined;
}

const groupOf = (id: string): string => awsIdOf(id).slice('scaling/'.length);

export function scaleDeployment(aws: Aws): OperationHandler {
  const wantedOf = (context: StepContext) => numberArgument(context.args, 'replicas') ?? -1;
  return changeHandler(aws, {
    noun: 'deployment',
    preview: async (now, context) => previewScale(now, wantedOf(context)),
    isDone: (now, context) =>
      now.attributes.replicas === wantedOf(context) &&
      Number(now.attributes.ready ?? 0) === wantedOf(context),
    observe: (now) =>
      `${now.name} wants ${now.attributes.replicas} and has ${now.attributes.ready ?? 0} ready`,
    write: (context, now) => writeScale(aws, context, now, wantedOf(context)),
  });
}

/** Looks for what was asked for to be ready; after that the wish itself is what was read back. */
const readyLooksMax = 15;

/** The wish is what a scale writes; reaching it may take longer than anybody waits. */
export function scaleHandler(aws: Aws): OperationHandler {
  const handler = scaleDeployment(aws);
  return {
    ...handler,
    verify: (context) => {
      let looks = 0;
      return waitFor(aws, context, async () => {
        const now = await handler.refresh(context);
        if (!now) return { kind: 'waiting', observed: 'it is not there' };
        const wanted = numberArgument(context.args, 'replicas');
        const ready = Number(now.attributes.ready ?? 0);
        const observed = `${now.name} wants ${now.attributes.replicas} and has ${ready} ready`;
        const isWished = now.attributes.replicas === wanted;
        looks += 1;
        if (isWished && (ready === wanted || looks >= readyLooksMax))
          return { kind: 'done', verification: { verified: true, observed, resource: now } };
        return { kind: isWished ? 'working' : 'waiting', observed, resource: now };
      });
    },
    reconcile: async (context) => {
      const now = await handler.refresh(context);
      if (!now) return { found: 'unknown', observed: 'it is gone' };
      const wanted = numberArgument(context.args, 'replicas');
      const observed = `${now.name} wants ${now.attributes.replicas}`;
      return { found: now.attributes.replicas === wanted ? 'done' : 'not-done', observed };
    },
  };
}

function previewScale(now: Resource, wanted: number): HandlerPreview {
  const has = Number(now.attributes.replicas ?? 0);
  const noun = ecsPlaceOf(now.id) ? 'tasks' : 'instances';
  if (has === wanted) return previewOf(`Nothing: ${now.name} wants ${has} ${noun} already.`, { idle: true });
  const notes: PreviewNote[] = [];
  const { replicas_min: low, replicas_max: high } = now.attributes;
  if (typeof low === 'number' && wanted < low)
    notes.push(
      blocker(
        `${now.name} keeps at least ${low}.`,
        'Name a larger number, or change the minimum of the group.',
      ),
    );
  if (typeof high === 'number' && wanted > high)
    notes.push(
      blocker(
        `${now.name} keeps at most ${high}.`,
        'Name a smaller number, or change the maximum of the group.',
      ),
    );
  if (wanted === 0) notes.push(warning(`Nothing of ${now.name} runs then.`));
  else if (wanted < has && noun === 'instances')
    notes.push(
      warning(
        `${has - wanted} instances are terminated, with what is on their own disks; the group chooses which.`,
      ),
    );
  if (wanted > has) notes.push(info(`${wanted - has} more ${noun} cost from then on.`));
  return previewOf(`Changes ${now.name} from ${has} to ${wanted} ${noun}.`, {
    changes: [{ field: 'replicas', before: has, after: wanted }],
    notes,
  });
}

async function writeScale(aws: Aws, context: WriteContext, now: Resource, wanted: number): Promise<void> {
  const ask = { what: `scale ${now.name} to ${wanted}`, signal: context.signal };
  const ecs = ecsPlaceOf(now.id);
  if (ecs)
    await aws.services.ecs.write(ask, ({ sdk, send }) =>
      send(new sdk.UpdateServiceCommand({ ...ecs, desiredCount: wanted })),
    );
  else
    await aws.services.scaling.write(ask, ({ sdk, send }) =>
      send(
        new sdk.SetDesiredCapacityCommand({
          AutoScalingGroupName: groupOf(now.id),
          DesiredCapacity: wanted,
          HonorCooldown: false,
        }),
      ),
    );
}

export function restartDeployment(aws: Aws): OperationHandler {
  const handler = changeHandler(aws, {
    noun: 'deployment',
    preview: async (now, context) => {
      if (!ecsPlaceOf(now.id)) return previewRefresh(aws, now, context);
      return previewOf(`Replaces the tasks of ${now.name} one after the other.`, {
        notes: [
          info('ECS starts new tasks before it stops the old ones where the service leaves room for that.'),
          ...(Number(now.attributes.replicas) === 0
            ? [warning('It wants no tasks: there is nothing to replace.')]
            : []),
        ],
      });
    },
    isDone: (now, context) => isRestarted(aws, now, context),
    observe: (now) => `${now.name} has ${now.attributes.ready ?? 0} of ${now.attributes.replicas} ready`,
    write: async ({ signal }, now) => {
      const ask = { what: `restart ${now.name}`, signal };
      const ecs = ecsPlaceOf(now.id);
      if (ecs)
        await aws.services.ecs.write(ask, ({ sdk, send }) =>
          send(new sdk.UpdateServiceCommand({ ...ecs, forceNewDeployment: true })),
        );
      else
        await aws.services.scaling.write(ask, ({ sdk, send }) =>
          send(new sdk.StartInstanceRefreshCommand({ AutoScalingGroupName: groupOf(now.id) })),
        );
    },
  });
  return {
    ...handler,
    // With the refresh a group had last, so that the one that is begun can be told from it.
    refresh: async (context) => {
      const now = await handler.refresh(context);
      if (!now || ecsPlaceOf(now.id)) return now;
      const last = await fetchRefresh(aws, now, context.signal);
      return last
        ? { ...now, attributes: { ...now.attributes, refresh_id: last.InstanceRefreshId ?? '' } }
        : now;
    },
  };
}

async function previewRefresh(aws: Aws, now: Resource, context: StepContext): Promise<HandlerPreview> {
  const last = await fetchRefresh(aws, now, context.signal);
  const isBusy = /Pending|InProgress|Cancelling|RollbackInProgress/.test(last?.Status ?? '');
  return previewOf(`Replaces the ${now.attributes.replicas} instances of ${now.name} one after the other.`, {
    notes: [
      warning(
        'Instances are terminated, with what is on their own disks, and made anew from the launch template.',
      ),
      ...(isBusy
        ? [
            blocker(
              `${now.name} is being refreshed already (${last?.PercentageComplete ?? 0} %).`,
              'Wait until it is done.',
            ),
          ]
        : []),
    ],
  });
}

async function fetchRefresh(aws: Aws, now: Resource, signal: AbortSignal) {
  const answer = await aws.services.scaling.read(
    { what: `read the refreshes of ${now.name}`, signal },
    ({ sdk, send }) =>
      send(
        new sdk.DescribeInstanceRefreshesCommand({ AutoScalingGroupName: groupOf(now.id), MaxRecords: 1 }),
      ),
  );
  return answer.InstanceRefreshes?.[0];
}

/** ECS: another primary deployment than before, and it is through. A group: another refresh than before has begun. */
async function isRestarted(aws: Aws, now: Resource, context: StepContext): Promise<boolean> {
  if (ecsPlaceOf(now.id)) {
    const before = context.target?.attributes.rollout_id;
    const { rollout_id: id, rollout } = now.attributes;
    return before !== undefined && id !== undefined && id !== before && rollout !== 'IN_PROGRESS';
  }
  const last = await fetchRefresh(aws, now, context.signal);
  const before = context.target?.attributes.refresh_id;
  return last !== undefined && last.InstanceRefreshId !== before && !/Fail|Cancel/.test(last.Status ?? '');
}

export function rollbackDeployment(aws: Aws): OperationHandler {
  const revisionOf = (context: StepContext) => numberArgument(context.args, 'to_revision');
  return changeHandler(aws, {
    noun: 'service',
    preview: async (now, context) => {
      const ecs = ecsPlaceOf(now.id);
      if (!ecs)
        return previewOf(`Puts ${now.name} back.`, {
          notes: [
            blocker(
              'An auto-scaling group keeps no revisions.',
              'Set another version of its launch template by hand.',
            ),
          ],
        });
      const revisions = await fetchRevisions(aws, ecs, context.signal);
      const current = Number(now.attributes.revision);
      const wanted = revisionOf(context) ?? revisions.filter((one) => one < current).at(-1);
      if (wanted === current)
        return previewOf(`Nothing: ${now.name} runs revision ${current} already.`, { idle: true });
      const list = revisions.slice(-8).join(', ') || '(there is none)';
      const missing = blocker(
        wanted === undefined
          ? `There is no revision before ${current}.`
          : `There is no active revision ${wanted}.`,
        `Active revisions: ${list}.`,
      );
      return previewOf(`Rolls ${now.name} out with revision ${wanted} instead of ${current}.`, {
        changes: [{ field: 'revision', before: current, after: wanted ?? null }],
        notes: wanted === undefined || !revisions.includes(wanted) ? [missing] : [],
        ...(wanted === undefined ? {} : { resolvedArgs: { to_revision: wanted } }),
      });
    },
    isDone: (now, context) =>
      now.attributes.revision === revisionOf(context) && now.attributes.rollout !== 'IN_PROGRESS',
    observe: (now) => `${now.name} runs revision ${now.attributes.revision}`,
    write: async (context, now) => {
      const ecs = ecsPlaceOf(now.id)!;
      const { family } = await fetchFamily(aws, ecs, context.signal);
      const ask = { what: `roll ${now.name} back`, signal: context.signal };
      await aws.services.ecs.write(ask, ({ sdk, send }) =>
        send(new sdk.UpdateServiceCommand({ ...ecs, taskDefinition: `${family}:${revisionOf(context)}` })),
      );
    },
  });
}

async function fetchFamily(
  aws: Aws,
  { cluster, service }: EcsPlace,
  signal: AbortSignal,
): Promise<{ family: string }> {
  const found = await fetchEcsService(aws, cluster, service, signal);
  return { family: tail(found?.taskDefinition)?.replace(/:\d+$/, '') ?? '' };
}

/** Revisions of the service's family that can be run, oldest first. */
async function fetchRevisions(aws: Aws, ecs: EcsPlace, signal: AbortSignal): Promise<readonly number[]> {
  const { family } = await fetchFamily(aws, ecs, signal);
  const answer = await aws.services.ecs.read({ what: 'read the revisions', signal }, ({ sdk, send }) =>
    send(
      new sdk.ListTaskDefinitionsCommand({
        familyPrefix: family,
        status: 'ACTIVE',
        sort: 'DESC',
        maxResults: 100,
      }),
    ),
  );
  return (answer.taskDefinitionArns ?? [])
    .filter((arn) => tail(arn)?.replace(/:\d+$/, '') === family)
    .map((arn) => Number(/:(\d+)$/.exec(arn)?.[1]))
    .sort((a, b) => a - b);
}

/** delete.pod and restart.pod: a task is stopped; its service starts another, a task without one does not come back. */
export function stopTask(aws: Aws, verb: 'Deletes' | 'Restarts'): OperationHandler {
  return deleteHandler(aws, {
    noun: 'task',
    effect: (target) => `${verb} the task ${target.name}: ECS stops it.`,
    notes: async (target) => {
      const { app } = target.attributes;
      if (app) return [info(`The service ${app} starts another in its place.`)];
      return verb === 'Restarts'
        ? [
            blocker(
              'The task belongs to no service: it would not come back.',
              'Delete it, or run it again by hand.',
            ),
          ]
        : [warning('The task belongs to no service: it does not come back.')];
    },
    write: async (target, { signal, mark }) => {
      const [, cluster, task] = awsIdOf(target.id).split('/');
      await aws.services.ecs.write({ what: `stop the task ${target.name}`, signal }, ({ sdk, send }) =>
        send(new sdk.StopTaskCommand({ cluster, task, reason: `Pilothouse ${mark}` })),
      );
    },
  });
}
