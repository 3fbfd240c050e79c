// The simulated cloud as a source of metrics: the same curves that a question for a figure reads, sampled. What was
// missed is simulated afterwards, a stretch at a time, so that a sandbox that was opened a moment ago has a past.

import type { MetricSample } from '../../../shared/model/metric.ts';
import type { Resource } from '../../../shared/model/resource.ts';
import { limits } from '../../config.ts';
import type { MetricSource } from '../contract.ts';
import { answer } from './handler.ts';
import { simulatedMetrics, simulatedValue } from './metrics.ts';
import type { World } from './world.ts';

const stepMs = 30_000;
/** What one batch brings at most. */
const stretchMs = 30 * 60_000;

export function createMetricSource(world: World): MetricSource {
  return {
    name: 'simulated',
    intervalMs: stepMs,
    async sample({ resources, cursor, sinceMs, signal }) {
      await answer(world, signal);
      const nowMs = Math.floor(world.now() / stepMs) * stepMs;
      const known = cursor === undefined ? (sinceMs ?? 0) : Number(cursor);
      const fromMs = Math.max(known + stepMs, nowMs - limits.sandboxHistoryMs);
      const toMs = Math.min(nowMs, fromMs + stretchMs);
      const samples = resources.flatMap((resource) =>
        samplesOf(resource, Math.ceil(fromMs / stepMs) * stepMs, toMs),
      );
      return {
        samples,
        problems: [],
        cursor: String(Math.max(known, toMs)),
        ...(toMs < nowMs && { more: true }),
      };
    },
  };
}

function samplesOf(resource: Resource, fromMs: number, toMs: number): readonly MetricSample[] {
  const bornMs = resource.createdAt === undefined ? fromMs : Date.parse(resource.createdAt);
  const samples: MetricSample[] = [];
  for (const metric of simulatedMetrics(resource))
    for (let atMs = fromMs; atMs <= toMs; atMs += stepMs)
      if (atMs >= bornMs)
        samples.push({ resource: resource.id, metric, atMs, value: simulatedValue(resource, metric, atMs) });
  return samples;
}
