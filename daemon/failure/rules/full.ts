// A disk or memory that fills up. A line through the last stretch chooses whom to look at; whether and when it is full,
// and how sure that is, comes from the forecast with its intervals. Memory must also climb steadily and be higher than at
// any time of the day before: what breathes with the day is no leak.

import { formatFigure } from '../../../shared/model/figure.ts';
import type { MetricName } from '../../../shared/model/metric.ts';
import { type SeriesForecast, seriesTitle } from '../../../shared/model/series.ts';
import { spoken } from '../../watch/intake.ts';
import { fullPercent } from '../history.ts';
import { metricOf, recentMs, type SeriesSigns, type Signs } from '../signs.ts';
import { type Line, lineOf, since } from '../trend.ts';
import type { Rule, RuleHit, RuleTools } from './rule.ts';

const hourMs = 3_600_000;
/** Nearest first. */
const horizonsMs = [hourMs, 6 * hourMs, 24 * hourMs, 7 * 24 * hourMs];
/** Below it nothing is foreseen: half empty things fill up and are emptied. */
const levelMin = 25;
/** Share of the movement that a straight line explains where something really grows. */
const fitMin = { disk: 0.5, memory: 0.8 } as const;
/** Half of the 80 % interval, in deviations of a normal distribution. */
const deviationsIn80 = 1.2816;

export const diskRule: Rule = { name: 'disk', judge: (signs, tools) => judge('disk', signs, tools) };
export const memoryRule: Rule = { name: 'memory', judge: (signs, tools) => judge('memory', signs, tools) };

function judge(metric: 'disk' | 'memory', signs: Signs, tools: RuleTools): RuleHit | undefined {
  const hits = metricOf(signs, metric).flatMap((one) => hitOf(metric, one, signs, tools) ?? []);
  return hits.sort((a, b) => b.probability - a.probability)[0];
}

function hitOf(
  metric: 'disk' | 'memory',
  one: SeriesSigns,
  signs: Signs,
  tools: RuleTools,
): RuleHit | undefined {
  const { info } = one;
  if (info.lastValue < levelMin || info.lastValue >= fullPercent) return undefined;
  const found = horizonsMs.map((horizonMs) => ({ horizonMs, line: growthOf(metric, one, signs, horizonMs) }));
  const near = found.find(({ line }) => line !== undefined);
  if (!near) return undefined;
  const foreseen = tools.forecast(info.id, near.horizonMs);
  if (!foreseen?.full) return undefined;
  const probability = fullWithin(foreseen);
  const expectedMs = foreseen.full.atMs;
  const title = seriesTitle(info, signs.resource.name);
  const isPod = signs.failureClass === 'pod' && metric === 'memory';
  return {
    probability,
    horizonMs: near.horizonMs,
    ...(expectedMs !== undefined && { expectedMs }),
    title: `${title} will be full${expectedMs === undefined ? '' : ` in about ${spoken(expectedMs - signs.atMs)}`}${isPod ? ': its container would be killed' : ''}`,
    reasons: [foreseen.sentence, growthSentence(metric, one, near.line!, signs)],
    links: [{ kind: 'series', id: info.id }],
    series: info,
  };
}

/** The line, where it grows and would be full within the time; undefined where it does not. */
function growthOf(
  metric: 'disk' | 'memory',
  { info, recent, day }: SeriesSigns,
  { atMs }: Signs,
  horizonMs: number,
): Line | undefined {
  const fromMs = atMs - horizonMs / 2;
  const line = lineOf(since(horizonMs / 2 <= recentMs ? recent : day, fromMs));
  if (!line || line.slope <= 0 || line.fit < fitMin[metric]) return undefined;
  if (line.end + (1.2 * line.slope * horizonMs) / hourMs < 100) return undefined;
  if (metric === 'memory') {
    const before = day.maxs.filter((_, i) => day.times[i]! < atMs - recentMs / 2);
    // Near the top of a daily rhythm a line runs ahead of what is really there.
    if (before.some((value) => value >= Math.min(line.end, info.lastValue))) return undefined;
  }
  return line;
}

/** Probability that the limit is reached at some step, by the spread of the forecast. */
function fullWithin({ means, high80 }: SeriesForecast): number {
  let most = 0;
  means.forEach((mean, i) => {
    const deviation = Math.max(0.05, (high80[i]! - mean) / deviationsIn80);
    most = Math.max(most, normalAbove((100 - mean) / deviation));
  });
  // A forecast knows nothing of who cleans up.
  return Math.min(0.97, most);
}

/** Upper tail of the normal distribution (logistic approximation of Bowling et al. 2009, error below .0002). */
function normalAbove(deviations: number): number {
  return 1 / (1 + Math.exp(0.07056 * deviations ** 3 + 1.5976 * deviations));
}

function growthSentence(
  metric: MetricName,
  { recent, info }: SeriesSigns,
  line: Line,
  { atMs }: Signs,
): string {
  const first = recent.means[0];
  const rate = `It grows by ${formatFigure(line.slope, '%')} an hour; a straight line explains ${Math.round(100 * line.fit)} % of how ${metric} moved.`;
  if (first === undefined) return rate;
  return `${rate} It was ${formatFigure(first, '%')} ${spoken(atMs - recent.times[0]!)} ago and is ${formatFigure(info.lastValue, '%')} now.`;
}
