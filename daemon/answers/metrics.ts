// Figures: the current value, a range, or the top of many. Every figure is read from its source when it is asked
// for; a resource without a figure is named, never counted as zero.

import type { AnswerBlock } from '../../shared/model/answer.ts';
import { ProblemError, problemOf } from '../../shared/model/problem.ts';
import type { StepDraft } from '../../shared/model/reading.ts';
import type { Resource } from '../../shared/model/resource.ts';
import { limits } from '../config.ts';
import type { AnswerSources, StepAnswer } from './answers.ts';
import { pluralOf } from './list.ts';
import { resourcesOf } from './targets.ts';

interface Reading {
  readonly resource: Resource;
  readonly unit: string;
  readonly points: readonly (readonly [number, number])[];
  readonly current: number;
}

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
  const { readings, problems } = await readAll(
    resources,
    metric,
    spanOf(step, sources.now()),
    sources,
    signal,
  );
  if (readings.length === 0) throw new ProblemError(problems[0]!);
  readings.sort((a, b) => b.current - a.current);
  const top = typeof step.args.top === 'number' ? readings.slice(0, step.args.top) : readings;
  const missing = problems.length > 0 ? ` No figure for ${problems.length} of ${resources.length}.` : '';
  const only = top.length === 1 && resources.length === 1 ? top[0]! : undefined;
  return {
    summary: (only ? sentenceOfOne(only, metric) : sentenceOfMany(top, metric)) + missing,
    blocks: only ? [seriesOf(only, metric)] : [tableOfTop(top, metric)],
    refs: top.map((reading) => reading.resource.id),
  };
}

function spanOf(step: StepDraft, nowMs: number): { readonly fromMs: number; readonly toMs: number } {
  const { window_s: window, from, to } = step.args;
  const toMs = typeof to === 'string' ? Date.parse(to) : nowMs;
  if (typeof from === 'string') return { fromMs: Date.parse(from), toMs };
  return { fromMs: toMs - (typeof window === 'number' ? window * 1000 : defaultWindowMs), toMs };
}

async function readAll(
  resources: readonly Resource[],
  metric: string,
  span: { readonly fromMs: number; readonly toMs: number },
  sources: AnswerSources,
  signal: AbortSignal,
) {
  const readings: Reading[] = [];
  const problems: ReturnType<typeof problemOf>[] = [];
  const queue = resources[Symbol.iterator]();
  const work = async (): Promise<void> => {
    for (const resource of queue) {
      try {
        readings.push(await readMetric(resource, metric, span, sources, signal));
      } catch (error) {
        if (signal.aborted) throw error;
        problems.push(problemOf(error));
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limits.metricsConcurrency, resources.length) }, work));
  return { readings, problems };
}

/** Reads one metric of one resource. Throws ProblemError where there is no figure. */
export async function readMetric(
  resource: Resource,
  metric: string,
  span: { readonly fromMs: number; readonly toMs: number },
  sources: Pick<AnswerSources, 'connections'>,
  signal: AbortSignal,
): Promise<Reading> {
  const read = sources.connections.executor(resource.connection)?.readers.metrics;
  const answer = read ? await read({ resource, metric, ...span, signal }) : undefined;
  const last = answer?.points.at(-1);
  if (!answer || !last) {
    throw new ProblemError({
      code: 'unsupported',
      message: `No source has a figure for the ${metric} of ${resource.name}.`,
      fix: `Its connection (${resource.connection}) measures nothing of that kind for a ${resource.kind}.`,
    });
  }
  return { resource, unit: answer.unit, points: answer.points, current: last[1] };
}

/** A figure with its unit, three significant digits: "41.3 %", "1.25 GB". */
export function formatFigure(value: number, unit: string): string {
  const text =
    Math.abs(value) >= 1000 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));
  return unit === '' ? text : `${text} ${unit}`;
}

function sentenceOfOne(reading: Reading, metric: string): string {
  const values = reading.points.map(([, value]) => value);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const format = (value: number) => formatFigure(value, reading.unit);
  const simulated = reading.resource.simulated ? ' (simulated)' : '';
  return `${metric} of ${reading.resource.name} is ${format(reading.current)} now${simulated}; mean ${format(mean)}, highest ${format(Math.max(...values))} over the time shown.`;
}

function sentenceOfMany(readings: readonly Reading[], metric: string): string {
  const first = readings[0]!;
  const noun = pluralOf(first.resource.kind, readings.length);
  return `${readings.length} ${noun} by ${metric}: ${first.resource.name} is highest with ${formatFigure(first.current, first.unit)}.`;
}

function seriesOf(reading: Reading, metric: string): AnswerBlock {
  return {
    kind: 'series',
    title: `${metric} of ${reading.resource.name}`,
    unit: reading.unit,
    points: reading.points,
    current: reading.current,
  };
}

function tableOfTop(readings: readonly Reading[], metric: string): AnswerBlock {
  const rows = readings.map((reading) => ({
    id: reading.resource.id,
    cells: {
      name: reading.resource.name,
      value: formatFigure(reading.current, reading.unit),
      connection: reading.resource.connection,
    },
  }));
  const columns = [
    { key: 'name', title: 'Name' },
    { key: 'value', title: metric },
    { key: 'connection', title: 'Connection' },
  ];
  return { kind: 'table', columns, rows, total: rows.length };
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
