// What runs in ECS and what Auto Scaling keeps: ECS clusters, services and tasks as cluster, deployment and pod; an
// auto-scaling group as a deployment of instances; Lambda functions as services. The kinds are those whose operations
// fit: a deployment is what is scaled and rolled out, whatever runs in it.

import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import type { Cluster, Service, Task } from '@aws-sdk/client-ecs';
import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import { type Relation, type Resource, resourceId } from '../../../../shared/model/resource.ts';
import { edgesOf, iso, type Place, tagsOf, toResource } from './place.ts';

/** Last part of an ARN: `arn:…:cluster/web` → `web`. */
export function tail(arn: string | undefined): string | undefined {
  return arn?.split('/').at(-1);
}

const ecsTags = (tags: readonly { readonly key?: string; readonly value?: string }[] | undefined) =>
  tagsOf(tags?.map(({ key, value }) => ({ Key: key, Value: value })));

export function toCluster(cluster: Cluster, place: Place): Resource {
  const status = (cluster.status ?? 'ACTIVE').toLowerCase();
  return toResource(place, 'cluster', cluster.clusterName!, {
    name: cluster.clusterName,
    status: status === 'provisioning' ? 'creating' : status,
    providerStatus: cluster.status,
    tags: ecsTags(cluster.tags),
    attributes: {
      services: cluster.activeServicesCount,
      tasks_running: cluster.runningTasksCount,
      tasks_pending: cluster.pendingTasksCount,
      nodes: cluster.registeredContainerInstancesCount,
    },
  });
}

/** What a service shows while it follows its wish is busy; a rollout that failed is an error. */
function statusOfService(service: Service): string {
  if (service.status === 'DRAINING') return 'deleting';
  const rollout = service.deployments?.find((one) => one.status === 'PRIMARY')?.rolloutState;
  if (rollout === 'FAILED') return 'failed';
  const isSettled =
    (service.runningCount ?? 0) === (service.desiredCount ?? 0) && !(service.pendingCount ?? 0);
  return isSettled ? 'running' : 'pending';
}

export function toEcsService(service: Service, place: Place): Resource {
  const cluster = tail(service.clusterArn)!;
  const primary = service.deployments?.find((one) => one.status === 'PRIMARY');
  return toResource(place, 'deployment', `ecs/${cluster}/${service.serviceName}`, {
    name: service.serviceName,
    status: statusOfService(service),
    providerStatus: service.status,
    namespace: cluster,
    cluster,
    tags: ecsTags(service.tags),
    createdAt: iso(service.createdAt),
    attributes: {
      replicas: service.desiredCount,
      ready: service.runningCount,
      type: 'ECS service',
      image: tail(service.taskDefinition),
      revision: Number(/:(\d+)$/.exec(service.taskDefinition ?? '')?.[1]) || undefined,
      rollout: primary?.rolloutState,
      rollout_id: primary?.id,
      launch_type: service.launchType,
    },
  });
}

export function relationsOfEcsService(service: Service, place: Place): readonly Relation[] {
  const cluster = tail(service.clusterArn)!;
  const network = service.networkConfiguration?.awsvpcConfiguration;
  const from = resourceId(place.connection, 'deployment', `ecs/${cluster}/${service.serviceName}`);
  return edgesOf(place, from, [
    ['MEMBER_OF', 'cluster', cluster],
    ...(network?.subnets ?? []).map((id) => ['IN_SUBNET', 'subnet', id] as const),
    ...(network?.securityGroups ?? []).map((id) => ['PROTECTED_BY', 'security-group', id] as const),
  ]);
}

export function toTask(task: Task, place: Place): Resource {
  const cluster = tail(task.clusterArn)!;
  const id = tail(task.taskArn)!;
  const status = (task.lastStatus ?? 'UNKNOWN').toLowerCase();
  const words: Readonly<Record<string, string>> = {
    running: 'running',
    stopped: 'stopped',
    provisioning: 'creating',
    pending: 'pending',
    activating: 'starting',
    deactivating: 'stopping',
    stopping: 'stopping',
    deprovisioning: 'deleting',
  };
  return toResource(place, 'pod', `ecs/${cluster}/${id}`, {
    name: id,
    status: words[status] ?? status,
    providerStatus: task.lastStatus,
    zone: task.availabilityZone,
    namespace: cluster,
    cluster,
    tags: ecsTags(task.tags),
    createdAt: iso(task.createdAt),
    attributes: {
      app: ownerOfTask(task),
      healthy: task.healthStatus === 'UNKNOWN' ? undefined : task.healthStatus === 'HEALTHY',
      image: task.containers?.[0]?.image,
      type: 'ECS task',
      fault: task.stoppedReason,
    },
  });
}

/** Tasks of a service say so in their group: `service:web`. */
function ownerOfTask(task: Task): string | undefined {
  return /^service:(.+)$/.exec(task.group ?? '')?.[1];
}

export function relationsOfTask(task: Task, place: Place): readonly Relation[] {
  const cluster = tail(task.clusterArn)!;
  const owner = ownerOfTask(task);
  const subnet = task.attachments
    ?.flatMap((one) => one.details ?? [])
    .find((one) => one.name === 'subnetId')?.value;
  return edgesOf(place, resourceId(place.connection, 'pod', `ecs/${cluster}/${tail(task.taskArn)}`), [
    ['OWNED_BY', 'deployment', owner && `ecs/${cluster}/${owner}`],
    ['MEMBER_OF', 'cluster', cluster],
    ['IN_SUBNET', 'subnet', subnet],
  ]);
}

export function toScalingGroup(group: AutoScalingGroup, place: Place): Resource {
  const inService = (group.Instances ?? []).filter((one) => one.LifecycleState === 'InService');
  const wanted = group.DesiredCapacity ?? 0;
  const isBeingDeleted = /delete/i.test(group.Status ?? '');
  return toResource(place, 'deployment', `scaling/${group.AutoScalingGroupName}`, {
    name: group.AutoScalingGroupName,
    status: isBeingDeleted ? 'deleting' : inService.length === wanted ? 'running' : 'pending',
    providerStatus: group.Status,
    tags: tagsOf(group.Tags),
    createdAt: iso(group.CreatedTime),
    attributes: {
      replicas: wanted,
      ready: inService.length,
      replicas_min: group.MinSize,
      replicas_max: group.MaxSize,
      type: 'auto-scaling group',
      suspended_processes: (group.SuspendedProcesses ?? []).map((one) => one.ProcessName ?? ''),
    },
  });
}

export function relationsOfScalingGroup(group: AutoScalingGroup, place: Place): readonly Relation[] {
  const from = resourceId(place.connection, 'deployment', `scaling/${group.AutoScalingGroupName}`);
  const subnets = (group.VPCZoneIdentifier ?? '').split(',').map((id) => id.trim());
  return edgesOf(
    place,
    from,
    subnets.map((id) => ['IN_SUBNET', 'subnet', id || undefined] as const),
  );
}

export function toFunction(lambda: FunctionConfiguration, place: Place): Resource {
  const state = (lambda.State ?? 'Active').toLowerCase();
  const words: Readonly<Record<string, string>> = {
    inactive: 'stopped',
    failed: 'failed',
    pending: 'pending',
  };
  return toResource(place, 'service', `lambda/${lambda.FunctionName}`, {
    name: lambda.FunctionName,
    status: words[state] ?? 'active',
    providerStatus: lambda.State,
    createdAt: iso(lambda.LastModified),
    attributes: {
      type: 'Lambda function',
      runtime: lambda.Runtime,
      memory_mb: lambda.MemorySize,
      timeout_s: lambda.Timeout,
      fault: lambda.StateReason,
    },
  });
}

export function relationsOfFunction(lambda: FunctionConfiguration, place: Place): readonly Relation[] {
  const network = lambda.VpcConfig;
  return edgesOf(place, resourceId(place.connection, 'service', `lambda/${lambda.FunctionName}`), [
    ['IN_NETWORK', 'network', network?.VpcId],
    ...(network?.SubnetIds ?? []).map((id) => ['IN_SUBNET', 'subnet', id] as const),
    ...(network?.SecurityGroupIds ?? []).map((id) => ['PROTECTED_BY', 'security-group', id] as const),
  ]);
}
