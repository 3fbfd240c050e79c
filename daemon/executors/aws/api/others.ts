// The reads of the services beside EC2, with all their pages, as each gives them. An id that is not there is
// undefined, never an error.

import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import type { Cluster, Service, Task } from '@aws-sdk/client-ecs';
import type { LoadBalancer, TagDescription, TargetGroup } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import type { DBInstance, DBSnapshot } from '@aws-sdk/client-rds';
import type { Aws } from '../aws.ts';
import { allPages } from '../client/services.ts';
import { pathOfBalancer, type Target } from '../mapping/balancer.ts';

const marker = (token: string | undefined) => (token ? { Marker: token } : {});
const nextToken = (token: string | undefined) => (token ? { nextToken: token } : {});

export function fetchDatabases(aws: Aws, signal: AbortSignal): Promise<readonly DBInstance[]> {
  return allPages(aws.limits.cloudPagesMax, (token) =>
    aws.services.rds.read({ what: 'read the databases', signal }, async ({ sdk, send }) => {
      const answer = await send(new sdk.DescribeDBInstancesCommand({ MaxRecords: 100, ...marker(token) }));
      return { items: answer.DBInstances ?? [], next: answer.Marker };
    }),
  );
}

export async function fetchDatabase(
  aws: Aws,
  id: string,
  signal: AbortSignal,
): Promise<DBInstance | undefined> {
  const found = await aws.services.rds.find({ what: `read the database ${id}`, signal }, ({ sdk, send }) =>
    send(new sdk.DescribeDBInstancesCommand({ DBInstanceIdentifier: id })),
  );
  return found?.DBInstances?.[0];
}

export function fetchDatabaseSnapshots(aws: Aws, signal: AbortSignal): Promise<readonly DBSnapshot[]> {
  return allPages(aws.limits.cloudPagesMax, (token) =>
    aws.services.rds.read({ what: 'read the snapshots of databases', signal }, async ({ sdk, send }) => {
      const answer = await send(new sdk.DescribeDBSnapshotsCommand({ MaxRecords: 100, ...marker(token) }));
      return { items: answer.DBSnapshots ?? [], next: answer.Marker };
    }),
  );
}

export async function fetchDatabaseSnapshot(
  aws: Aws,
  id: string,
  signal: AbortSignal,
): Promise<DBSnapshot | undefined> {
  const found = await aws.services.rds.find({ what: `read the snapshot ${id}`, signal }, ({ sdk, send }) =>
    send(new sdk.DescribeDBSnapshotsCommand({ DBSnapshotIdentifier: id })),
  );
  return found?.DBSnapshots?.[0];
}

export interface Balancer {
  readonly balancer: LoadBalancer;
  readonly tags: NonNullable<TagDescription['Tags']>;
  readonly targets: readonly Target[];
}

/** Load balancers with their tags and what stands behind them. */
export async function fetchBalancers(
  aws: Aws,
  signal: AbortSignal,
  path?: string,
): Promise<readonly Balancer[]> {
  const all = await allPages(aws.limits.cloudPagesMax, (token) =>
    aws.services.elb.read({ what: 'read the load balancers', signal }, async ({ sdk, send }) => {
      const answer = await send(new sdk.DescribeLoadBalancersCommand(marker(token)));
      return { items: answer.LoadBalancers ?? [], next: answer.NextMarker };
    }),
  );
  const balancers = path ? all.filter((one) => pathOfBalancer(one.LoadBalancerArn!) === path) : all;
  if (balancers.length === 0) return [];
  const groups = await allPages(aws.limits.cloudPagesMax, (token) =>
    aws.services.elb.read({ what: 'read the target groups', signal }, async ({ sdk, send }) => {
      const answer = await send(new sdk.DescribeTargetGroupsCommand(marker(token)));
      return { items: answer.TargetGroups ?? [], next: answer.NextMarker };
    }),
  );
  const tags = await fetchBalancerTags(aws, balancers, signal);
  return Promise.all(
    balancers.map(async (balancer) => ({
      balancer,
      tags: tags.get(balancer.LoadBalancerArn!) ?? [],
      targets: await fetchTargets(aws, balancer.LoadBalancerArn!, groups, signal),
    })),
  );
}

/** ELBv2 tells the tags of at most twenty at a time. */
const tagsPerQuestion = 20;

async function fetchBalancerTags(aws: Aws, balancers: readonly LoadBalancer[], signal: AbortSignal) {
  const tags = new Map<string, NonNullable<TagDescription['Tags']>>();
  for (let at = 0; at < balancers.length; at += tagsPerQuestion) {
    const ResourceArns = balancers.slice(at, at + tagsPerQuestion).map((one) => one.LoadBalancerArn!);
    const answer = await aws.services.elb.read(
      { what: 'read the tags of load balancers', signal },
      ({ sdk, send }) => send(new sdk.DescribeTagsCommand({ ResourceArns })),
    );
    for (const one of answer.TagDescriptions ?? []) tags.set(one.ResourceArn ?? '', one.Tags ?? []);
  }
  return tags;
}

async function fetchTargets(aws: Aws, arn: string, groups: readonly TargetGroup[], signal: AbortSignal) {
  const own = groups.filter((group) => group.LoadBalancerArns?.includes(arn));
  const healths = await Promise.all(
    own.map((group) =>
      aws.services.elb.find({ what: 'read the health of targets', signal }, ({ sdk, send }) =>
        send(new sdk.DescribeTargetHealthCommand({ TargetGroupArn: group.TargetGroupArn })),
      ),
    ),
  );
  return healths.flatMap((answer) =>
    (answer?.TargetHealthDescriptions ?? []).map((one) => ({
      id: one.Target?.Id ?? '',
      health: one.TargetHealth?.State ?? 'unknown',
    })),
  );
}

/** ECS describes at most so many of a kind at a time: clusters, services, tasks. */
const described = { clusters: 100, services: 10, tasks: 100 } as const;

export async function fetchClusters(aws: Aws, signal: AbortSignal): Promise<readonly Cluster[]> {
  const arns = await allPages(aws.limits.cloudPagesMax, (token) =>
    aws.services.ecs.read({ what: 'read the clusters', signal }, async ({ sdk, send }) => {
      const answer = await send(new sdk.ListClustersCommand(nextToken(token)));
      return { items: answer.clusterArns ?? [], next: answer.nextToken };
    }),
  );
  const found = await inParts(arns, described.clusters, (clusters) =>
    aws.services.ecs.read({ what: 'read the clusters', signal }, async ({ sdk, send }) => {
      const answer = await send(new sdk.DescribeClustersCommand({ clusters, include: ['TAGS'] }));
      return answer.clusters ?? [];
    }),
  );
  return found.filter((cluster) => cluster.status !== 'INACTIVE');
}

export async function fetchEcsServices(
  aws: Aws,
  cluster: string,
  signal: AbortSignal,
): Promise<readonly Service[]> {
  const arns = await allPages(aws.limits.cloudPagesMax, (token) =>
    aws.services.ecs.read({ what: 'read the services', signal }, async ({ sdk, send }) => {
      const answer = await send(
        new sdk.ListServicesCommand({ cluster, maxResults: 100, ...nextToken(token) }),
      );
      return { items: answer.serviceArns ?? [], next: answer.nextToken };
    }),
  );
  const found = await inParts(arns, described.services, (services) =>
    describeServices(aws, cluster, services, signal),
  );
  return found.filter((service) => service.status !== 'INACTIVE');
}

export async function fetchEcsService(
  aws: Aws,
  cluster: string,
  name: string,
  signal: AbortSignal,
): Promise<Service | undefined> {
  const found = await aws.services.ecs.find(
    { what: `read the service ${name}`, signal },
    async ({ sdk, send }) =>
      (await send(new sdk.DescribeServicesCommand({ cluster, services: [name], include: ['TAGS'] })))
        .services,
  );
  return found?.find((service) => service.status !== 'INACTIVE');
}

function describeServices(aws: Aws, cluster: string, services: string[], signal: AbortSignal) {
  return aws.services.ecs.read(
    { what: 'read the services', signal },
    async ({ sdk, send }) =>
      (await send(new sdk.DescribeServicesCommand({ cluster, services, include: ['TAGS'] }))).services ?? [],
  );
}

export async function fetchTasks(aws: Aws, cluster: string, signal: AbortSignal): Promise<readonly Task[]> {
  const arns = await allPages(aws.limits.cloudPagesMax, (token) =>
    aws.services.ecs.read({ what: 'read the tasks', signal }, async ({ sdk, send }) => {
      const answer = await send(new sdk.ListTasksCommand({ cluster, maxResults: 100, ...nextToken(token) }));
      return { items: answer.taskArns ?? [], next: answer.nextToken };
    }),
  );
  return inParts(arns, described.tasks, (tasks) =>
    aws.services.ecs.read(
      { what: 'read the tasks', signal },
      async ({ sdk, send }) =>
        (await send(new sdk.DescribeTasksCommand({ cluster, tasks, include: ['TAGS'] }))).tasks ?? [],
    ),
  );
}

export async function fetchTask(
  aws: Aws,
  cluster: string,
  id: string,
  signal: AbortSignal,
): Promise<Task | undefined> {
  const found = await aws.services.ecs.find({ what: `read the task ${id}`, signal }, ({ sdk, send }) =>
    send(new sdk.DescribeTasksCommand({ cluster, tasks: [id], include: ['TAGS'] })),
  );
  return found?.tasks?.[0];
}

export function fetchScalingGroups(
  aws: Aws,
  signal: AbortSignal,
  name?: string,
): Promise<readonly AutoScalingGroup[]> {
  return allPages(aws.limits.cloudPagesMax, (token) =>
    aws.services.scaling.read({ what: 'read the auto-scaling groups', signal }, async ({ sdk, send }) => {
      const answer = await send(
        new sdk.DescribeAutoScalingGroupsCommand({
          MaxRecords: 100,
          ...(name ? { AutoScalingGroupNames: [name] } : {}),
          ...(token ? { NextToken: token } : {}),
        }),
      );
      return { items: answer.AutoScalingGroups ?? [], next: answer.NextToken };
    }),
  );
}

export function fetchFunctions(aws: Aws, signal: AbortSignal): Promise<readonly FunctionConfiguration[]> {
  return allPages(aws.limits.cloudPagesMax, (token) =>
    aws.services.lambda.read({ what: 'read the functions', signal }, async ({ sdk, send }) => {
      const answer = await send(new sdk.ListFunctionsCommand(marker(token)));
      return { items: answer.Functions ?? [], next: answer.NextMarker };
    }),
  );
}

export function fetchAlarms(aws: Aws, signal: AbortSignal): Promise<readonly MetricAlarm[]> {
  return allPages(aws.limits.cloudPagesMax, (token) =>
    aws.services.watch.read({ what: 'read the alarms', signal }, async ({ sdk, send }) => {
      const answer = await send(
        new sdk.DescribeAlarmsCommand({ MaxRecords: 100, ...(token ? { NextToken: token } : {}) }),
      );
      return { items: answer.MetricAlarms ?? [], next: answer.NextToken };
    }),
  );
}

async function inParts<In, Out>(
  items: readonly In[],
  size: number,
  read: (part: In[]) => Promise<readonly Out[]>,
): Promise<readonly Out[]> {
  const parts: In[][] = [];
  for (let at = 0; at < items.length; at += size) parts.push(items.slice(at, at + size));
  return (await Promise.all(parts.map(read))).flat();
}
