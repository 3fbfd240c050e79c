// Figures: the current value, a range, or the top of many. Every figure is read from its source when it is asked
// for; a resource without a figure is named, never counted as zero.

import type { AnswerBlock } from '../../shared/model/answer.ts';
import { formatFigure } from '../../shared/model/figure.ts';
import { ProblemError, problemOf } from '../../shared/model/problem.ts';
import type { StepDraft } from '../../shared/model/reading.ts';
import type { Resource } from '../../shared/model/resource.ts';
import { limits } from '../config.ts';
import type { AnswerSources, StepAnswer } from './answers.ts';
import { type Reading, readFigures, type Span } from './figures.ts';
import { pluralOf } from './list.ts';
import { resourcesOf } from './targets.ts';

const defaultWindowMs = 60 * 60_000;

export async function answerMetrics(
  step: StepDraft,
  sources: AnswerSources,
  signal: AbortSignal,
): Promise<StepAnswer> {
  const metric = typeof step.args.metric === 'string' ? step.args.metric : 'cpu';
  const resources = resourcesOf(step, sources);
  if (resources.length === 0) throw nothingToMeasure(step);
  if (resources.length > limits.metricsResourcesMax) throw tooMany(resources.length);
  const span = spanOf(step, sources.now());
  const { figures, problems } = await readAll(resources, metric, span, sources, signal);
  if (figures.length === 0) throw new ProblemError(problems[0]!);
  const missing = problems.length > 0 ? ` No figure for ${problems.length} of ${resources.length}.` : '';
  const about = { metric, span, aggregate: aggregateOf(step) };
  const answer =
    resources.length === 1
      ? answerOne(figures[0]!, about, sources)
      : answerMany(figures, about, step, sources);
  return { ...answer, summary: answer.summary + missing };
}

interface About {
  readonly metric: string;
  readonly span: Span;
  readonly aggregate: Aggregate | undefined;
}

/** One resource: what it is now, over the time, and a chart of each of its parts. */
function answerOne(parts: readonly Reading[], about: About, sources: AnswerSources): StepAnswer {
  const first = parts[0]!;
  return {
    summary: sentenceOfOne(first, about),
    blocks: parts.slice(0, limits.answerChartsMax).map((part) => seriesOf(part, about, sources)),
    refs: [first.resource.id],
    source: sourceOf([first], sources.now()),
  };
}

/** Many: the highest first, by environment where there are several, and charts where they are few. */
function answerMany(
  figures: readonly (readonly Reading[])[],
  about: About,
  step: StepDraft,
  sources: AnswerSources,
): StepAnswer {
  const value = (reading: Reading): number => figureOf(reading, about.aggregate);
  const readings = figures.map((parts) => parts[0]!).sort((a, b) => value(b) - value(a));
  const top = typeof step.args.top === 'number' ? readings.slice(0, step.args.top) : readings;
  const groups = byEnvironment(readings, value, sources);
  const blocks: AnswerBlock[] = [
    ...(groups === undefined ? [] : [{ kind: 'text', text: groups } as const]),
    tableOfTop(top, about),
    ...(top.length <= limits.answerChartsMax ? top.map((reading) => seriesOf(reading, about, sources)) : []),
  ];
  return {
    summary: sentenceOfMany(top, about),
    blocks,
    refs: top.map((reading) => reading.resource.id),
    source: sourceOf(top, sources.now()),
  };
}

export function spanOf(step: StepDraft, nowMs: number): Span {
  const { window_s: window, from, to } = step.args;
  const toMs = typeof to === 'string' ? Date.parse(to) : nowMs;
  if (typeof from === 'string') return { fromMs: Date.parse(from), toMs };
  return { fromMs: toMs - (typeof window === 'number' ? window * 1000 : defaultWindowMs), toMs };
}

async function readAll(
  resources: readonly Resource[],
  metric: string,
  span: Span,
  sources: AnswerSources,
  signal: AbortSignal,
) {
  const figures: (readonly Reading[])[] = [];
  const problems: ReturnType<typeof problemOf>[] = [];
  const queue = resources[Symbol.iterator]();
  const work = async (): Promise<void> => {
    for (const resource of queue) {
      try {
        figures.push(await readFigures(resource, metric, span, sources, signal));
      } catch (error) {
        if (signal.aborted) throw error;
        problems.push(problemOf(error));
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limits.metricsConcurrency, resources.length) }, work));
  return { figures, problems };
}

const aggregates = ['avg', 'max', 'min', 'sum', 'p50', 'p95', 'p99'] as const;
type Aggregate = (typeof aggregates)[number];
const spokenAggregate: Readonly<Record<Aggregate, string>> = {
  avg: 'on average',
  max: 'at most',
  min: 'at least',
  sum: 'in sum',
  p50: 'in the middle (p50)',
  p95: 'at p95',
  p99: 'at p99',
};

function aggregateOf(step: StepDraft): Aggregate | undefined {
  return aggregates.find((one) => one === step.args.agg);
}

/** What a reading counts for: how its values are put together where that was asked for, else the newest. */
function figureOf({ points, current }: Reading, aggregate: Aggregate | undefined): number {
  const values = points.map(([, value]) => value).sort((a, b) => a - b);
  const sum = values.reduce((total, value) => total + value, 0);
  switch (aggregate) {
    case undefined:
      return current;
    case 'avg':
      return sum / values.length;
    case 'max':
      return values.at(-1)!;
    case 'min':
      return values[0]!;
    case 'sum':
      return sum;
    case 'p50':
    case 'p95':
    case 'p99':
      return values[
        Math.min(values.length - 1, Math.ceil((Number(aggregate.slice(1)) / 100) * values.length) - 1)
      ]!;
  }
}

/** "staging vs prod": the mean of each environment, where the things that were measured are in more than one. */
function byEnvironment(
  readings: readonly Reading[],
  value: (reading: Reading) => number,
  sources: AnswerSources,
): string | undefined {
  const groups = new Map<string, number[]>();
  for (const reading of readings) {
    const { resource } = reading;
    const name = resource.tags.env ?? sources.connections.get(resource.connection)?.environment ?? 'unknown';
    groups.set(name, [...(groups.get(name) ?? []), value(reading)]);
  }
  if (groups.size < 2) return undefined;
  const means = [...groups]
    .map(([name, values]) => ({
      name,
      count: values.length,
      mean: values.reduce((a, b) => a + b, 0) / values.length,
    }))
    .sort((a, b) => b.mean - a.mean);
  const unit = readings[0]!.unit;
  return `By environment, on average: ${means.map(({ name, count, mean }) => `${name} ${formatFigure(mean, unit)} (${count})`).join(', ')}.`;
}

function sentenceOfOne(reading: Reading, { metric, aggregate }: About): string {
  const values = reading.points.map(([, value]) => value);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const format = (value: number) => formatFigure(value, reading.unit);
  const simulated = reading.resource.simulated ? ' (simulated)' : '';
  const name = `${metricOf(reading, metric)} of ${reading.resource.name}`;
  if (aggregate)
    return `${name} is ${format(figureOf(reading, aggregate))} ${spokenAggregate[aggregate]} over the time shown${simulated}, ${format(reading.current)} now.`;
  return `${name} is ${format(reading.current)} now${simulated}; mean ${format(mean)}, highest ${format(Math.max(...values))} over the time shown.`;
}

function sentenceOfMany(readings: readonly Reading[], { metric, aggregate }: About): string {
  const first = readings[0]!;
  const noun = pluralOf(first.resource.kind, readings.length);
  const how = aggregate ? ` ${spokenAggregate[aggregate]}` : '';
  const figure = (reading: Reading) => formatFigure(figureOf(reading, aggregate), reading.unit);
  if (readings.length === 2)
    return `${metric}: ${readings.map((one) => `${one.resource.name} ${figure(one)}`).join(', ')}${how}; ${first.resource.name} is higher by ${formatFigure(figureOf(first, aggregate) - figureOf(readings[1]!, aggregate), first.unit)}.`;
  return `${readings.length} ${noun} by ${metric}: ${first.resource.name} is highest with ${figure(first)}${how}.`;
}

const metricOf = ({ part }: Reading, metric: string): string =>
  part === undefined ? metric : `${metric} ${part}`;

/** A small chart with the incidents of the time shaded. */
export function seriesOf(
  reading: Reading,
  { metric, span }: Pick<About, 'metric' | 'span'>,
  { watch, now }: Pick<AnswerSources, 'watch' | 'now'>,
): AnswerBlock {
  const bands = watch
    .marks([reading.resource.id], span.fromMs, span.toMs)
    .filter(({ kind }) => kind === 'incident')
    .map(({ fromMs, toMs, title }) => ({ fromMs, toMs: toMs ?? now(), title }));
  return {
    kind: 'series',
    title: `${metricOf(reading, metric)} of ${reading.resource.name}`,
    unit: reading.unit,
    points: reading.points,
    current: reading.current,
    ...(reading.series !== undefined && { series: reading.series }),
    ...(bands.length > 0 && { bands }),
    query: reading.query,
  };
}

function tableOfTop(readings: readonly Reading[], { metric, aggregate }: About): AnswerBlock {
  const rows = readings.slice(0, limits.answerRowsMax).map((reading) => ({
    id: reading.resource.id,
    cells: {
      name: reading.resource.name,
      value: formatFigure(figureOf(reading, aggregate), reading.unit),
      connection: reading.resource.connection,
    },
  }));
  const columns = [
    { key: 'name', title: 'Name' },
    { key: 'value', title: aggregate ? `${metric}, ${aggregate}` : metric },
    { key: 'connection', title: 'Connection' },
  ];
  return { kind: 'table', columns, rows, total: readings.length };
}

/** Who measured it and how old the newest of it is. */
export function sourceOf(readings: readonly Reading[], nowMs: number): string {
  const origins = [...new Set(readings.map(({ source }) => source))].slice(0, 3);
  const newest = readings.reduce((most, { atMs }) => Math.max(most, atMs), 0);
  const age = Math.max(0, Math.round((nowMs - newest) / 1000));
  return `${origins.join('; ')}; newest ${age < 120 ? `${age} s` : `${Math.round(age / 60)} min`} ago`;
}

function nothingToMeasure(step: StepDraft): ProblemError {
  const kind = step.operation.split('.')[1] ?? 'resource';
  return new ProblemError({
    code: 'not-found',
    message: `There is no ${kind} to measure.`,
    fix: 'List the resources to see what is there.',
  });
}

function tooMany(count: number): ProblemError {
  return new ProblemError({
    code: 'bad-input',
    message: `That would read figures of ${count} resources; at most ${limits.metricsResourcesMax} are read for one question.`,
    fix: 'Narrow it: name an environment, a namespace or a connection.',
  });
}
