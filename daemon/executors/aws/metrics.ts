// What CloudWatch measures, in the shared vocabulary: which of its metrics stands for cpu, network, latency… of each
// kind, and how its numbers become our units. Read for one resource over a time (readers) and for all at their newest
// point (the source the monitor samples). Each series that is asked for costs, so that the source asks seldom and for
// a bounded number.

import type { MetricDataQuery, MetricDataResult } from '@aws-sdk/client-cloudwatch';
import { type MetricName, type MetricSample, metricDocs } from '../../../shared/model/metric.ts';
import { ProblemError } from '../../../shared/model/problem.ts';
import { parseResourceId, type Resource } from '../../../shared/model/resource.ts';
import type { MetricSource, ResourceReaders } from '../contract.ts';
import type { Aws } from './aws.ts';
import { allPages } from './client/services.ts';

interface Series {
  readonly namespace: string;
  readonly name: string;
  readonly stat: 'Average' | 'Sum';
}

/** How one metric of ours is made of CloudWatch's: the values come in the order of `of`, the period in seconds. */
interface Recipe {
  readonly of: readonly Series[];
  readonly value: (values: readonly number[], periodS: number) => number;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const first = (values: readonly number[]): number => values[0]!;
const perSecond = (values: readonly number[], periodS: number): number => sum(values) / periodS;
const megabytesPerSecond = (values: readonly number[], periodS: number): number =>
  sum(values) / 1_000_000 / periodS;
/** Second of the first, in percent; nothing asked means nothing failed. */
const share = ([part = 0, whole = 0]: readonly number[]): number => (whole === 0 ? 0 : (part / whole) * 100);

const series = (namespace: string, name: string, stat: Series['stat']): Series => ({ namespace, name, stat });

type Recipes = Readonly<Partial<Record<MetricName, Recipe>>>;

/** Names are those of each service's page "CloudWatch metrics". */
const byKind: Readonly<Record<string, Recipes>> = {
  vm: {
    cpu: { of: [series('AWS/EC2', 'CPUUtilization', 'Average')], value: first },
    network: {
      of: [series('AWS/EC2', 'NetworkIn', 'Sum'), series('AWS/EC2', 'NetworkOut', 'Sum')],
      value: megabytesPerSecond,
    },
    iops: {
      of: [series('AWS/EC2', 'EBSReadOps', 'Sum'), series('AWS/EC2', 'EBSWriteOps', 'Sum')],
      value: perSecond,
    },
  },
  volume: {
    iops: {
      of: [series('AWS/EBS', 'VolumeReadOps', 'Sum'), series('AWS/EBS', 'VolumeWriteOps', 'Sum')],
      value: perSecond,
    },
  },
  database: {
    cpu: { of: [series('AWS/RDS', 'CPUUtilization', 'Average')], value: first },
    latency: { of: [series('AWS/RDS', 'ReadLatency', 'Average')], value: (values) => first(values) * 1_000 },
    iops: {
      of: [series('AWS/RDS', 'ReadIOPS', 'Average'), series('AWS/RDS', 'WriteIOPS', 'Average')],
      value: sum,
    },
    network: {
      of: [
        series('AWS/RDS', 'NetworkReceiveThroughput', 'Average'),
        series('AWS/RDS', 'NetworkTransmitThroughput', 'Average'),
      ],
      value: (values) => sum(values) / 1_000_000,
    },
  },
  'load-balancer': {
    requests: { of: [series('AWS/ApplicationELB', 'RequestCount', 'Sum')], value: perSecond },
    latency: {
      of: [series('AWS/ApplicationELB', 'TargetResponseTime', 'Average')],
      value: (values) => first(values) * 1_000,
    },
    'error-rate': {
      of: [
        series('AWS/ApplicationELB', 'HTTPCode_Target_5XX_Count', 'Sum'),
        series('AWS/ApplicationELB', 'RequestCount', 'Sum'),
      ],
      value: share,
    },
  },
  deployment: {
    cpu: { of: [series('AWS/ECS', 'CPUUtilization', 'Average')], value: first },
    memory: { of: [series('AWS/ECS', 'MemoryUtilization', 'Average')], value: first },
  },
  service: {
    requests: { of: [series('AWS/Lambda', 'Invocations', 'Sum')], value: perSecond },
    latency: { of: [series('AWS/Lambda', 'Duration', 'Average')], value: first },
    'error-rate': {
      of: [series('AWS/Lambda', 'Errors', 'Sum'), series('AWS/Lambda', 'Invocations', 'Sum')],
      value: share,
    },
  },
};

/** An auto-scaling group is measured by what EC2 says of its instances. */
const scalingGroup: Recipes = {
  cpu: byKind.vm!.cpu,
  network: byKind.vm!.network,
};

function recipesOf(resource: Resource): Recipes {
  const path = parseResourceId(resource.id)?.path ?? '';
  if (resource.kind === 'deployment' && path.startsWith('scaling/')) return scalingGroup;
  return byKind[resource.kind] ?? {};
}

/** What names the resource in CloudWatch. */
export function dimensionsOf(resource: Resource): { Name: string; Value: string }[] {
  const path = parseResourceId(resource.id)?.path ?? '';
  const [service, second = '', third = ''] = path.split('/');
  switch (resource.kind) {
    case 'vm':
      return [{ Name: 'InstanceId', Value: path }];
    case 'volume':
      return [{ Name: 'VolumeId', Value: path }];
    case 'database':
      return [{ Name: 'DBInstanceIdentifier', Value: path }];
    case 'load-balancer':
      return [{ Name: 'LoadBalancer', Value: path }];
    case 'service':
      return [{ Name: 'FunctionName', Value: second }];
    case 'deployment':
      return service === 'ecs'
        ? [
            { Name: 'ClusterName', Value: second },
            { Name: 'ServiceName', Value: third },
          ]
        : [{ Name: 'AutoScalingGroupName', Value: second }];
    default:
      return [];
  }
}

/** CloudWatch keeps minutes for fifteen days, five minutes for two months, hours for longer ("CloudWatch concepts"). */
function periodSOf(fromMs: number, toMs: number, nowMs: number): number {
  const dayMs = 24 * 3_600_000;
  if (nowMs - fromMs > 60 * dayMs) return 3_600;
  return nowMs - fromMs > 15 * dayMs || toMs - fromMs > 2 * dayMs ? 300 : 60;
}

function queriesOf(resource: Resource, recipe: Recipe, periodS: number, prefix: string): MetricDataQuery[] {
  return recipe.of.map(({ namespace, name, stat }, index) => ({
    Id: `${prefix}_${index}`,
    MetricStat: {
      Metric: { Namespace: namespace, MetricName: name, Dimensions: dimensionsOf(resource) },
      Period: periodS,
      Stat: stat,
    },
  }));
}

/** Asks for series; CloudWatch takes five hundred in one question. */
async function fetchSeries(
  aws: Aws,
  queries: readonly MetricDataQuery[],
  span: { readonly fromMs: number; readonly toMs: number },
  signal: AbortSignal,
): Promise<ReadonlyMap<string, readonly (readonly [number, number])[]>> {
  const points = new Map<string, [number, number][]>();
  const results = await allPages(aws.limits.cloudPagesMax, (token) =>
    aws.services.watch.read({ what: 'read the metrics', signal }, async ({ sdk, send }) => {
      const answer = await send(
        new sdk.GetMetricDataCommand({
          MetricDataQueries: [...queries],
          StartTime: new Date(span.fromMs),
          EndTime: new Date(span.toMs),
          ScanBy: 'TimestampAscending',
          ...(token ? { NextToken: token } : {}),
        }),
      );
      return { items: (answer.MetricDataResults ?? []) as MetricDataResult[], next: answer.NextToken };
    }),
  );
  for (const { Id, Timestamps = [], Values = [] } of results) {
    const own = points.get(Id ?? '') ?? [];
    for (const [index, at] of Timestamps.entries()) own.push([at.getTime(), Values[index] ?? Number.NaN]);
    points.set(Id ?? '', own);
  }
  return points;
}

/** Puts the series of one recipe together where all of them have a point. */
function combine(
  recipe: Recipe,
  parts: readonly (readonly (readonly [number, number])[])[],
  periodS: number,
): readonly (readonly [number, number])[] {
  const [lead = [], ...rest] = parts;
  const others = rest.map((part) => new Map(part));
  return lead
    .map(([atMs, value]) => {
      const values = [value, ...others.map((part) => part.get(atMs) ?? 0)];
      return [atMs, recipe.value(values, periodS)] as const;
    })
    .filter(([, value]) => Number.isFinite(value))
    .sort((a, b) => a[0] - b[0]);
}

export function createMetricsReader(aws: Aws): NonNullable<ResourceReaders['metrics']> {
  return async ({ resource, metric, fromMs, toMs, signal }) => {
    const recipe = recipesOf(resource)[metric as MetricName];
    if (!recipe)
      throw new ProblemError({
        code: 'unsupported',
        message: `CloudWatch does not measure ${metric} of a ${resource.kind} by itself.`,
        fix: 'The CloudWatch agent or a source such as Prometheus measures it from inside.',
      });
    const periodS = periodSOf(fromMs, toMs, aws.now());
    const queries = queriesOf(resource, recipe, periodS, 'm');
    const found = await fetchSeries(aws, queries, { fromMs, toMs }, signal);
    const parts = queries.map((query) => found.get(query.Id!) ?? []);
    return { unit: metricDocs[metric as MetricName].unit, points: combine(recipe, parts, periodS) };
  };
}

/** EC2 measures every five minutes unless more is paid for; asking more often brings nothing. */
const sampleEveryMs = 5 * 60_000;
/** A point may come so late. */
const lateMs = 15 * 60_000;
const seriesPerQuestion = 500;

interface Wanted {
  readonly resource: Resource;
  readonly metric: MetricName;
  readonly recipe: Recipe;
  readonly queries: readonly MetricDataQuery[];
}

/** The newest point of every metric of every resource that CloudWatch measures, what runs first. */
export function createMetricSource(aws: Aws): MetricSource {
  const periodS = sampleEveryMs / 1_000;
  return {
    name: 'CloudWatch',
    intervalMs: sampleEveryMs,
    sample: async ({ resources, cursor, signal }) => {
      const { wanted, left } = choose(resources, periodS, aws.limits.awsSeriesMax);
      const nowMs = aws.now();
      const samples: MetricSample[] = [];
      const sinceMs = Number(cursor) || 0;
      let newestMs = sinceMs;
      for (const part of partsOf(wanted)) {
        const queries = part.flatMap((one) => one.queries);
        const found = await fetchSeries(aws, queries, { fromMs: nowMs - lateMs, toMs: nowMs }, signal);
        for (const { resource, metric, recipe, queries: own } of part) {
          const points = combine(
            recipe,
            own.map((query) => found.get(query.Id!) ?? []),
            periodS,
          );
          for (const [atMs, value] of points.filter(([at]) => at > sinceMs)) {
            samples.push({ resource: resource.id, metric, atMs, value });
            newestMs = Math.max(newestMs, atMs);
          }
        }
      }
      const problems =
        left > 0
          ? [
              `${left} series were not asked for: CloudWatch is asked for at most ${aws.limits.awsSeriesMax} at a time.`,
            ]
          : [];
      return { samples, problems, cursor: String(newestMs) };
    },
  };
}

function choose(resources: readonly Resource[], periodS: number, seriesMax: number) {
  const wanted: Wanted[] = [];
  let count = 0;
  let left = 0;
  for (const resource of resources) {
    if (resource.health === 'off') continue;
    for (const [metric, recipe] of Object.entries(recipesOf(resource)) as [MetricName, Recipe][]) {
      if (count + recipe.of.length > seriesMax) {
        left += recipe.of.length;
        continue;
      }
      const queries = queriesOf(resource, recipe, periodS, `m${wanted.length}`);
      wanted.push({ resource, metric, recipe, queries });
      count += recipe.of.length;
    }
  }
  return { wanted, left };
}

/** Questions of at most five hundred series; what belongs together stays together. */
function partsOf(wanted: readonly Wanted[]): readonly (readonly Wanted[])[] {
  const parts: Wanted[][] = [];
  let room = 0;
  for (const one of wanted) {
    if (room < one.queries.length) {
      parts.push([]);
      room = seriesPerQuestion;
    }
    parts.at(-1)!.push(one);
    room -= one.queries.length;
  }
  return parts;
}
