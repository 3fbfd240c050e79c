// What a Prometheus server can tell of one of its own targets for a time that is not stored here: the same rules, asked
// over the whole time.

import { type MetricName, metricDocs } from '../../../shared/model/metric.ts';
import { ProblemError } from '../../../shared/model/problem.ts';
import { limits } from '../../config.ts';
import type { ResourceReaders } from '../contract.ts';
import { rulesOf, windowed } from './rules.ts';
import type { ServerState } from './sources.ts';

export function createReaders(state: ServerState): ResourceReaders {
  return {
    async metrics({ resource, metric, fromMs, toMs, signal }) {
      const rules = rulesOf(state.server).filter((rule) => rule.metric === metric);
      const step = Math.max(1, Math.ceil((toMs - fromMs) / 1_000 / limits.prometheusReadPoints));
      for (const rule of rules) {
        const query = windowed(rule.query, state.scrapeSeconds, step);
        const range = { from: Math.floor(fromMs / 1_000), to: Math.floor(toMs / 1_000), step };
        const found = await state.client.queryRange(query, range, signal);
        const own = found.filter(({ labels }) =>
          resource.id.endsWith(`/${labels.job ?? ''}/${labels.instance ?? ''}`),
        );
        if (own.length !== 1) continue;
        const points = own[0]!.points.map(([seconds, value]) => [seconds * 1_000, Number(value)] as const);
        return {
          unit: metricDocs[metric as MetricName].unit,
          points: points.filter(([, value]) => Number.isFinite(value)),
        };
      }
      throw new ProblemError({
        code: 'unsupported',
        message: `The Prometheus server ${state.server.name} has no single line for the ${metric} of ${resource.name}.`,
        fix: 'See which series are kept of it (pilothouse series), or add a rule to the settings of metrics.',
      });
    },
  };
}
