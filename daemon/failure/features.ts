// The figures of a look: what models learn from, in one fixed order. A figure that cannot be had is not a number; it is
// never guessed. Pure.

import type { MetricName } from '../../shared/model/metric.ts';
import { flipsIn } from './history.ts';
import { dayMs, failedSince, metricOf, type Signs } from './signs.ts';
import { averageOf, deviationOf, gapsOf, lineOf, medianOf, since } from './trend.ts';

const hourMs = 3_600_000;
/** Percent above which a processor, memory or disk is short. */
const shortPercent = 90;

export interface Feature {
  readonly name: string;
  readonly title: string;
  readonly unit: string;
  of(signs: Signs): number;
}

/** What the rules say, 0 to 1, is the last feature: `lookOf` adds it. */
export const rulesFeature = 'rules';

const measured: readonly Feature[] = [
  level('cpu'),
  level('memory'),
  level('disk'),
  level('error-rate'),
  short('cpu'),
  short('memory'),
  rise('memory'),
  rise('disk'),
  trend('latency'),
  trend('error-rate'),
  trend('iops'),
  trend('cpu'),
  {
    name: 'cpu.spread',
    title: 'spread of cpu over 6 h',
    unit: '%',
    of: (signs) => highest(metricOf(signs, 'cpu').map(({ recent }) => deviationOf(recent.means))),
  },
  {
    name: 'memory.steady',
    title: 'how steadily memory moves one way over 6 h',
    unit: '',
    of: (signs) => highest(metricOf(signs, 'memory').map(({ recent }) => lineOf(recent)?.fit ?? Number.NaN)),
  },
  {
    name: 'gaps',
    title: 'share of the last 6 h without figures',
    unit: '',
    of: (signs) => highest(signs.series.map(({ recent }) => gapsOf(recent, signs.atMs))),
  },
  restarts(1),
  restarts(6),
  restarts(24),
  {
    name: 'failures.week',
    title: 'failures in the last 7 days',
    unit: '',
    of: (signs) => failedSince(signs, signs.atMs - 7 * dayMs, false),
  },
  {
    name: 'failure.ago',
    title: 'hours since the last failure or restart',
    unit: 'h',
    of: ({ failures, atMs }) =>
      failures.length === 0 ? 7 * 24 : Math.min(7 * 24, (atMs - failures.at(-1)!.atMs) / hourMs),
  },
  {
    name: 'flips.day',
    title: 'changes between well and failed in 24 h',
    unit: '',
    of: ({ states, atMs }) => flipsIn(states, atMs - dayMs),
  },
  {
    name: 'warning',
    title: 'its own cloud warns of it',
    unit: '',
    of: ({ resource }) => (resource.health === 'warning' ? 1 : 0),
  },
  {
    name: 'pressure',
    title: 'conditions of pressure',
    unit: '',
    of: ({ resource }) =>
      Array.isArray(resource.attributes.pressure) ? resource.attributes.pressure.length : 0,
  },
  {
    name: 'incidents.open',
    title: 'anomalies going on',
    unit: '',
    of: ({ incidents }) => incidents.filter(({ state }) => state === 'open').length,
  },
  {
    name: 'incidents.week',
    title: 'anomalies in 7 days',
    unit: '',
    of: ({ incidents }) => incidents.length,
  },
  {
    name: 'age',
    title: 'age in days',
    unit: 'd',
    of: ({ resource, atMs }) =>
      resource.createdAt === undefined ? Number.NaN : (atMs - Date.parse(resource.createdAt)) / dayMs,
  },
];

/** All features, in order. */
export const features: readonly Pick<Feature, 'name' | 'title' | 'unit'>[] = [
  ...measured,
  { name: rulesFeature, title: 'what the rules say', unit: '' },
];
export const featureNames: readonly string[] = features.map(({ name }) => name);

/** The figures of a look; `rules` is the highest probability that a rule gives. */
export function figuresOf(signs: Signs, rules: number): Float32Array {
  return Float32Array.from([...measured.map((feature) => feature.of(signs)), rules]);
}

function level(metric: MetricName): Feature {
  return {
    name: `${metric}.level`,
    title: `${metric} over the last hour`,
    unit: '%',
    of: (signs) =>
      highest(
        metricOf(signs, metric).map(({ recent }) => averageOf(since(recent, signs.atMs - hourMs).means)),
      ),
  };
}

function short(metric: MetricName): Feature {
  return {
    name: `${metric}.short`,
    title: `share of 24 h with ${metric} above ${shortPercent} %`,
    unit: '',
    of: (signs) =>
      highest(
        metricOf(signs, metric).map(({ day }) =>
          averageOf(day.means.map((value) => (value > shortPercent ? 1 : 0))),
        ),
      ),
  };
}

function rise(metric: MetricName): Feature {
  return {
    name: `${metric}.rise`,
    title: `rise of ${metric} over 6 h`,
    unit: '%/h',
    of: (signs) => highest(metricOf(signs, metric).map(({ recent }) => lineOf(recent)?.slope ?? Number.NaN)),
  };
}

function trend(metric: MetricName): Feature {
  return {
    name: `${metric}.trend`,
    title: `${metric} of the last hour against the day`,
    unit: 'times',
    of: (signs) => highest(metricOf(signs, metric).map((one) => trendOf(one.recent, one.day, signs.atMs))),
  };
}

/** Middle of the last hour, in times of the middle of the day. */
export function trendOf(
  recent: Parameters<typeof since>[0],
  day: { readonly means: readonly number[] },
  atMs: number,
): number {
  const usual = medianOf(day.means);
  const now = medianOf([...since(recent, atMs - hourMs).means]);
  return usual > 0 && day.means.length >= 30 ? now / usual : Number.NaN;
}

function restarts(hours: number): Feature {
  return {
    name: `restarts.${hours}h`,
    title: `restarts in the last ${hours === 1 ? 'hour' : `${hours} h`}`,
    unit: '',
    of: (signs) => failedSince(signs, signs.atMs - hours * hourMs, true),
  };
}

function highest(values: readonly number[]): number {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.length === 0 ? Number.NaN : Math.max(...known);
}
