// Where a figure comes from: the stored series where they cover the time that is asked for, else the source itself.
// A figure always carries its unit, where it was read, and the question behind it. It never makes one up.

import { type MetricName, metricNames } from '../../shared/model/metric.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import type { Resource } from '../../shared/model/resource.ts';
import { limits } from '../config.ts';
import type { AnswerSources } from './answers.ts';

export interface Reading {
  readonly resource: Resource;
  readonly part?: string;
  readonly unit: string;
  readonly points: readonly (readonly [number, number])[];
  readonly current: number;
  /** When the newest point was measured. */
  readonly atMs: number;
  /** Id of the stored series, where it is one. */
  readonly series?: string;
  /** Who measured it. */
  readonly source: string;
  readonly query: string;
}

export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** What a figure needs to know. */
export type FigureSources = Pick<AnswerSources, 'connections' | 'watch'>;

/** One metric of one resource, each part of it by itself, the highest first. Throws ProblemError where there is no figure. */
export async function readFigures(
  resource: Resource,
  metric: string,
  span: Span,
  sources: FigureSources,
  signal: AbortSignal,
): Promise<readonly Reading[]> {
  const stored = storedFigures(resource, metric, span, sources);
  if (stored.length > 0 && stored.every((one) => covers(one, span))) return stored;
  const asked = await askSource(resource, metric, span, sources, signal).catch((error: unknown) => {
    if (stored.length > 0 && !signal.aborted) return undefined;
    throw error;
  });
  if (!asked) {
    if (stored.length > 0) return stored;
    throw noFigure(resource, metric);
  }
  // What is stored is finer and of the same source; what was asked for may go further back.
  const isLonger =
    stored.length === 0 || asked.points[0]![0] < stored[0]!.points[0]![0] - (span.toMs - span.fromMs) / 10;
  return isLonger && stored.length <= 1 ? [asked] : stored;
}

/** The part that is highest now. */
export async function readFigure(
  resource: Resource,
  metric: string,
  span: Span,
  sources: FigureSources,
  signal: AbortSignal,
): Promise<Reading> {
  return (await readFigures(resource, metric, span, sources, signal))[0]!;
}

function storedFigures(
  resource: Resource,
  metric: string,
  span: Span,
  { watch }: FigureSources,
): readonly Reading[] {
  if (!isMetric(metric)) return [];
  return watch.series
    .list({ resource: resource.id, metric })
    .flatMap((series): readonly Reading[] => {
      const range = watch.series.range(series.id, span.fromMs, span.toMs, limits.answerPointsMax);
      if (!range || range.times.length === 0) return [];
      const width = range.widthMs === 0 ? 'each sample' : `mean of each ${spokenWidth(range.widthMs)}`;
      return [
        {
          resource,
          ...(series.part !== undefined && { part: series.part }),
          unit: series.unit,
          points: range.times.map((time, i) => [time, range.means[i]!] as const),
          current: range.means.at(-1)!,
          atMs: range.times.at(-1)!,
          series: series.id,
          source: `${series.source}, stored on this machine`,
          query: `${series.id} from ${isoOf(span.fromMs)} to ${isoOf(span.toMs)}, ${width}`,
        },
      ];
    })
    .sort((a, b) => b.current - a.current);
}

/** Whether what is stored begins where the question does, but for a fifth, and ends where it ends. */
function covers({ points, atMs }: Reading, { fromMs, toMs }: Span): boolean {
  const length = toMs - fromMs;
  return points[0]![0] <= fromMs + length / 5 && atMs >= toMs - Math.max(length / 5, 3 * 60_000);
}

async function askSource(
  resource: Resource,
  metric: string,
  span: Span,
  { connections }: FigureSources,
  signal: AbortSignal,
): Promise<Reading | undefined> {
  const read = connections.executor(resource.connection)?.readers.metrics;
  const answer = read ? await read({ resource, metric, ...span, signal }) : undefined;
  const last = answer?.points.at(-1);
  if (!answer || !last) return undefined;
  return {
    resource,
    unit: answer.unit,
    points: answer.points,
    current: last[1],
    atMs: last[0],
    source: `${resource.connection}, asked just now`,
    query: `${metric} of ${resource.id} from ${isoOf(span.fromMs)} to ${isoOf(span.toMs)}`,
  };
}

function noFigure(resource: Resource, metric: string): ProblemError {
  return new ProblemError({
    code: 'unsupported',
    message: `No source has a figure for the ${metric} of ${resource.name}.`,
    fix: `Its connection (${resource.connection}) measures nothing of that kind for a ${resource.kind}.`,
  });
}

export function isMetric(name: string): name is MetricName {
  return (metricNames as readonly string[]).includes(name);
}

function spokenWidth(ms: number): string {
  return ms < 3_600_000 ? `${ms / 60_000} min` : `${ms / 3_600_000} h`;
}

const isoOf = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
