// A short memory of figures: the last points of each metric of each resource, so that "the last ten minutes" has an
// answer. It lives in memory only, is bounded, and forgets what was not measured for long.

import { limits } from '../../config.ts';

export type Point = readonly [number, number];

export interface History {
  add(resource: string, metric: string, atMs: number, value: number): void;
  /** Points of a metric within a range, oldest first. */
  points(resource: string, metric: string, fromMs: number, toMs: number): readonly Point[];
  latest(resource: string, metric: string): Point | undefined;
}

interface Series {
  readonly points: Point[];
}

/** Makes an empty memory; the newest `pointsMax` points of a series stay, of at most `localSeriesMax` series. */
export function createHistory(pointsMaxOf: (resource: string) => number): History {
  const all = new Map<string, Series>();
  const keyOf = (resource: string, metric: string): string => `${resource}\n${metric}`;
  return {
    add(resource, metric, atMs, value) {
      if (!Number.isFinite(value)) return;
      const key = keyOf(resource, metric);
      const series = all.get(key) ?? { points: [] };
      // What was measured last stands last, so that what is dropped is what was not measured for longest.
      all.delete(key);
      all.set(key, series);
      const before = series.points.at(-1);
      if (before && before[0] >= atMs) return;
      series.points.push([atMs, Math.round(value * 1000) / 1000]);
      const surplus = series.points.length - pointsMaxOf(resource);
      if (surplus > 0) series.points.splice(0, surplus);
      if (all.size > limits.localSeriesMax) all.delete(all.keys().next().value!);
    },
    points: (resource, metric, fromMs, toMs) =>
      (all.get(keyOf(resource, metric))?.points ?? []).filter(([at]) => at >= fromMs && at <= toMs),
    latest: (resource, metric) => all.get(keyOf(resource, metric))?.points.at(-1),
  };
}
