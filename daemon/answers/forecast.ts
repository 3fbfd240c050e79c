// "Will db-1 run out of disk this week": what the stored series is expected to do, with how sure that is, and a chart.
// Where there is too little history it says so; it never draws a line through nothing.

import type { AnswerBlock } from '../../shared/model/answer.ts';
import { ProblemError, problemOf } from '../../shared/model/problem.ts';
import type { StepDraft } from '../../shared/model/reading.ts';
import type { Resource } from '../../shared/model/resource.ts';
import type { SeriesForecast } from '../../shared/model/series.ts';
import { limits } from '../config.ts';
import type { AnswerSources, StepAnswer } from './answers.ts';
import { isMetric } from './figures.ts';
import { resourcesOf } from './targets.ts';

const defaultHorizonMs = 7 * 86_400_000;

export function answerForecast(step: StepDraft, sources: AnswerSources): StepAnswer {
  const metric = typeof step.args.metric === 'string' ? step.args.metric : 'disk';
  const horizonMs = typeof step.args.horizon_s === 'number' ? step.args.horizon_s * 1_000 : defaultHorizonMs;
  const resources = resourcesOf(step, sources).slice(0, limits.answerForecastsMax);
  const made: SeriesForecast[] = [];
  const problems: ReturnType<typeof problemOf>[] = [];
  for (const resource of resources)
    for (const series of seriesOf(resource, metric, sources))
      try {
        made.push(sources.watch.forecast(series, horizonMs));
      } catch (error) {
        problems.push(problemOf(error));
      }
  if (made.length === 0) throw new ProblemError(problems[0] ?? notMeasured(resources, metric));
  made.sort((a, b) => urgency(a) - urgency(b));
  const first = made[0]!;
  return {
    summary: first.sentence,
    blocks: made.slice(0, limits.answerChartsMax).flatMap((one, index) => blocksOf(one, index, sources)),
    refs: [...new Set(made.map(({ series }) => series.resource))],
    source: `${first.series.source}, stored on this machine; forecast by ${first.methods.map(({ name, weight }) => `${name} ${Math.round(100 * weight)} %`).join(', ')}`,
  };
}

function seriesOf(resource: Resource, metric: string, { watch }: AnswerSources): readonly string[] {
  if (!isMetric(metric)) return [];
  return watch.series.list({ resource: resource.id, metric }).map(({ id }) => id);
}

/** What is full first comes first, then what is highest. */
function urgency({ full, means }: SeriesForecast): number {
  return full?.atMs ?? full?.earliestMs ?? Number.MAX_SAFE_INTEGER - (means.at(-1) ?? 0);
}

function blocksOf(
  made: SeriesForecast,
  index: number,
  { watch, now }: AnswerSources,
): readonly AnswerBlock[] {
  const { series, historyMs } = made;
  const fromMs = now() - historyMs;
  const range = watch.series.range(series.id, fromMs, now(), limits.answerPointsMax);
  const chart: AnswerBlock = {
    kind: 'series',
    title: `${series.metric}${series.part === undefined ? '' : ` ${series.part}`}, past and expected`,
    unit: series.unit,
    points: range ? range.times.map((time, i) => [time, range.means[i]!] as const) : [],
    current: series.lastValue,
    series: series.id,
    forecast: made.times.map((time, i) => [time, made.means[i]!, made.low80[i]!, made.high80[i]!] as const),
    query: `${series.id}, ${Math.round(historyMs / 60_000)} min of history, ${made.times.length} steps ahead`,
  };
  return index === 0 ? [chart] : [{ kind: 'text', text: made.sentence }, chart];
}

function notMeasured(resources: readonly Resource[], metric: string) {
  const names = resources
    .map(({ name }) => name)
    .slice(0, 3)
    .join(', ');
  return {
    code: 'unsupported' as const,
    message:
      resources.length === 0
        ? 'There is nothing of that kind to foresee anything of.'
        : `The ${metric} of ${names} is not measured here yet, so nothing can be foreseen.`,
    fix: 'Connect a source of metrics such as Prometheus, and let it run for a while; see pilothouse metrics.',
  };
}
