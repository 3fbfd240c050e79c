// What still works but worse than usual: answers take several times as long while no more is asked of it, or far more of
// them fail. Many such things mend themselves: it is listed, and reported only where it came true here often enough.

import { formatFigure } from '../../../shared/model/figure.ts';
import type { MetricName } from '../../../shared/model/metric.ts';
import { trendOf } from '../features.ts';
import { metricOf, type SeriesSigns, type Signs } from '../signs.ts';
import { averageOf, medianOf, since } from '../trend.ts';
import type { Rule, RuleHit } from './rule.ts';

const hourMs = 3_600_000;
const horizonMs = 6 * hourMs;
/** Assumptions until some have come due here. */
const assumed = { slow: 0.35, failing: 0.45 } as const;
const timesMin = 3;
const errorsMin = 5;

export const slowRule: Rule = {
  name: 'slow',
  judge(signs) {
    const [worst] = trends(signs, 'latency');
    if (!worst || worst.times < timesMin) return undefined;
    const asked = trends(signs, 'iops')[0]?.times ?? 1;
    // More work is a reason to be slower, not a sign that it fails.
    if (asked > 1.5) return undefined;
    return hitOf(signs, worst, assumed.slow, 'it answers ever more slowly');
  },
};

export const failingRule: Rule = {
  name: 'errors',
  judge(signs) {
    const [worst] = trends(signs, 'error-rate');
    if (!worst || worst.times < timesMin || !(worst.now >= errorsMin)) return undefined;
    return hitOf(signs, worst, assumed.failing, 'more and more of its answers are errors');
  },
};

interface Trend {
  readonly one: SeriesSigns;
  readonly times: number;
  readonly now: number;
}

function trends(signs: Signs, metric: MetricName): readonly Trend[] {
  return metricOf(signs, metric)
    .map((one) => ({
      one,
      times: trendOf(one.recent, one.day, signs.atMs),
      now: averageOf(since(one.recent, signs.atMs - hourMs).means),
    }))
    .filter(({ times }) => !Number.isNaN(times))
    .sort((a, b) => b.times - a.times);
}

function hitOf({ resource }: Signs, { one, times, now }: Trend, probability: number, why: string): RuleHit {
  const { info, day } = one;
  return {
    probability,
    horizonMs,
    title: `${resource.name} may fail: ${why}`,
    reasons: [
      `${info.metric} over the last hour is ${formatFigure(now, info.unit)}, ${formatFigure(times, '')} times the middle of the last 24 h (${formatFigure(medianOf(day.means), info.unit)}).`,
    ],
    links: [{ kind: 'series', id: info.id }],
    series: info,
  };
}
