// Figures of the simulated cloud: believable curves with a day's rhythm, noise and now and then a burst, computed
// from the name of the thing and the time alone. The same question always has the same answer; nothing is stored.

import type { MetricName } from '../../../shared/model/metric.ts';
import { ProblemError } from '../../../shared/model/problem.ts';
import type { Resource } from '../../../shared/model/resource.ts';
import { limits } from '../../config.ts';
import { hashOf } from './machines/machine.ts';

export interface MetricSeries {
  readonly unit: string;
  readonly points: readonly (readonly [number, number])[];
}

interface Shape {
  readonly unit: string;
  /** Lowest and highest usual level. */
  readonly low: number;
  readonly high: number;
  readonly max: number;
  /** How much of the level follows the day, is noise, and comes in bursts. */
  readonly daily: number;
  readonly noise: number;
  readonly burst: number;
  /** Growth a day in parts of the range, starting anew each two weeks: disks and leaks. */
  readonly growth: number;
}

const shapes: Readonly<Record<string, Shape>> = {
  cpu: { unit: '%', low: 12, high: 48, max: 100, daily: 0.7, noise: 0.14, burst: 0.9, growth: 0 },
  memory: { unit: '%', low: 38, high: 71, max: 100, daily: 0.12, noise: 0.03, burst: 0.1, growth: 0.015 },
  disk: { unit: '%', low: 31, high: 66, max: 100, daily: 0, noise: 0.004, burst: 0, growth: 0.04 },
  network: { unit: 'MB/s', low: 0.6, high: 24, max: 1_250, daily: 0.9, noise: 0.2, burst: 1.4, growth: 0 },
  latency: { unit: 'ms', low: 14, high: 62, max: 10_000, daily: 0.4, noise: 0.18, burst: 1.6, growth: 0 },
  'error-rate': { unit: '%', low: 0.02, high: 0.4, max: 100, daily: 0.2, noise: 0.5, burst: 2.5, growth: 0 },
  requests: { unit: '1/s', low: 8, high: 260, max: 1e6, daily: 1, noise: 0.1, burst: 0.6, growth: 0 },
  iops: { unit: '1/s', low: 40, high: 900, max: 1e6, daily: 0.6, noise: 0.25, burst: 1.2, growth: 0 },
};

const measured: Readonly<Partial<Record<Resource['kind'], readonly MetricName[]>>> = {
  vm: ['cpu', 'memory', 'disk', 'network', 'iops'],
  database: ['cpu', 'memory', 'disk', 'network', 'latency', 'iops'],
  volume: ['disk', 'iops'],
  host: ['cpu', 'memory', 'disk', 'network'],
  node: ['cpu', 'memory', 'disk', 'network'],
  cluster: ['cpu', 'memory'],
  namespace: ['cpu', 'memory'],
  pod: ['cpu', 'memory', 'network', 'restarts'],
  deployment: ['cpu', 'memory', 'network', 'requests', 'latency', 'error-rate', 'restarts'],
  statefulset: ['cpu', 'memory', 'network', 'restarts'],
  daemonset: ['cpu', 'memory', 'restarts'],
  'load-balancer': ['requests', 'latency', 'error-rate', 'network'],
  service: ['requests', 'latency', 'error-rate'],
};

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Points of one metric, a minute apart or wider where the span is long. Throws ProblemError where it is not measured. */
export function simulateMetric(
  resource: Resource,
  metric: string,
  fromMs: number,
  toMs: number,
): MetricSeries {
  const metrics: readonly string[] = measured[resource.kind] ?? [];
  if (!metrics.includes(metric))
    throw new ProblemError({
      code: 'unsupported',
      message: `The sandbox does not measure the ${metric} of a ${resource.kind}.`,
      fix:
        metrics.length > 0 ? `It measures ${metrics.join(', ')}.` : 'Ask for a VM, a node or a deployment.',
    });
  if (resource.health === 'off')
    throw new ProblemError({
      code: 'unsupported',
      message: `${resource.name} is ${resource.status}: nothing is measured.`,
      fix: 'Start it first.',
    });
  const bornMs = resource.createdAt === undefined ? fromMs : Date.parse(resource.createdAt);
  const stepMs = Math.max(1, Math.ceil((toMs - fromMs) / (limits.sandboxPointsMax * minuteMs))) * minuteMs;
  const points: (readonly [number, number])[] = [];
  for (let at = Math.ceil(Math.max(fromMs, bornMs) / stepMs) * stepMs; at <= toMs; at += stepMs)
    points.push([at, valueAt(resource, metric, at)]);
  if (points.length === 0 && toMs >= bornMs) points.push([toMs, valueAt(resource, metric, toMs)]);
  return { unit: shapes[metric]?.unit ?? '', points };
}

/** What is measured of a kind; nothing of what is switched off. */
export function simulatedMetrics(resource: Resource): readonly MetricName[] {
  return resource.health === 'off' ? [] : (measured[resource.kind] ?? []);
}

/** The value of a metric that is simulated of the resource's kind, at a moment. */
export function simulatedValue(resource: Resource, metric: MetricName, atMs: number): number {
  return valueAt(resource, metric, atMs);
}

function valueAt(resource: Resource, metric: string, atMs: number): number {
  if (metric === 'restarts') return Number(resource.attributes.restarts ?? 0);
  const shape = shapes[metric]!;
  const seed = `${resource.id} ${metric}`;
  const range = shape.high - shape.low;
  const level = shape.low + range * chance(seed) * 0.6;
  const daily = shape.daily * range * dayShape(atMs) * weekShape(atMs);
  const noise = shape.noise * range * smoothNoise(seed, atMs / (5 * minuteMs));
  const growth = shape.growth * range * ((atMs / dayMs + chance(`${seed} phase`) * 14) % 14);
  const value = level + daily + noise + growth + burst(seed, shape, range, atMs);
  return Number(Math.min(shape.max, Math.max(0, value)).toPrecision(4));
}

/** 0 at night, 1 in the early afternoon UTC. */
function dayShape(atMs: number): number {
  return (1 - Math.cos((2 * Math.PI * ((atMs % dayMs) - 2 * hourMs)) / dayMs)) / 2;
}

/** Weekends are quieter. The epoch was a Thursday. */
function weekShape(atMs: number): number {
  const weekday = (Math.floor(atMs / dayMs) + 4) % 7;
  return weekday === 0 || weekday === 6 ? 0.55 : 1;
}

/** A burst of some minutes in about one hour of two hundred: rare enough that it is worth being noticed. */
function burst(seed: string, shape: Shape, range: number, atMs: number): number {
  const hour = Math.floor(atMs / hourMs);
  if (shape.burst === 0 || chance(`${seed} burst ${hour}`) > 1 / 200) return 0;
  const middle = hour * hourMs + (10 + 40 * chance(`${seed} minute ${hour}`)) * minuteMs;
  const distance = (atMs - middle) / (4 * minuteMs);
  return shape.burst * range * Math.exp(-distance * distance);
}

/** Between -1 and 1, running smoothly from one whole `position` to the next. */
function smoothNoise(seed: string, position: number): number {
  const whole = Math.floor(position);
  const part = position - whole;
  const [from, to] = [chance(`${seed} ${whole}`), chance(`${seed} ${whole + 1}`)];
  return 2 * (from + (to - from) * part * part * (3 - 2 * part)) - 1;
}

/** Between 0 and 1, the same for the same text. FNV-1a leaves close texts close, so the bits are mixed once more. */
function chance(text: string): number {
  let mixed = hashOf(text);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 4_294_967_296;
}
