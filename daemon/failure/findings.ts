// Predictions that are sure enough, as findings of the watch: one for each resource, the surest. What the watch over
// capacities says of the same series already is not said a second time.

import type { Severity } from '../../shared/model/finding.ts';
import { seriesId } from '../../shared/model/series.ts';
import { limits } from '../config.ts';
import type { FindingDraft, Watch } from '../watch/contract.ts';
import type { KeptPrediction } from './predictionBook.ts';

const soonMs = 3_600_000;

export function draftsOf(
  kept: readonly KeptPrediction[],
  { watch, now }: { readonly watch: Pick<Watch, 'incidents' | 'series'>; readonly now: () => number },
): readonly FindingDraft[] {
  const said = capacitySeries(watch);
  const surest = new Map<string, KeptPrediction>();
  for (const one of kept) {
    const { prediction } = one;
    if (
      !prediction.isReported ||
      prediction.links.some(({ kind, id }) => kind === 'series' && isSaid(prediction.method, id, said))
    )
      continue;
    const before = surest.get(prediction.resource);
    if (!before || before.prediction.probability < prediction.probability)
      surest.set(prediction.resource, one);
  }
  return [...surest.values()].map((one) => draftOf(one, watch, now()));
}

const isSaid = (method: string, series: string, said: ReadonlySet<string>): boolean =>
  (method === 'rule:disk' || method === 'rule:memory') && said.has(series);

function capacitySeries({ incidents }: Pick<Watch, 'incidents'>): ReadonlySet<string> {
  const open = incidents.list({ open: true, limit: limits.incidentsKeptMax });
  return new Set(
    open.flatMap(({ findings }) =>
      findings.flatMap(({ kind, series, endedMs }) =>
        kind === 'capacity' && series && endedMs === undefined ? [seriesId(series)] : [],
      ),
    ),
  );
}

function draftOf(
  { prediction, sinceMs }: KeptPrediction,
  { series }: Pick<Watch, 'series'>,
  nowMs: number,
): FindingDraft {
  const { resource, probability, title, reasons, record, expectedMs, links, method } = prediction;
  // Of a rule the series is what it is about; of a model it is only one of its reasons.
  const about = method.startsWith('rule:') ? links.find(({ kind }) => kind === 'series') : undefined;
  const info = about && series.get(about.id);
  const isSoon = expectedMs !== undefined && expectedMs - nowMs < soonMs;
  const severity: Severity = isSoon && probability >= 0.9 ? 'critical' : 'warning';
  return {
    kind: 'failure',
    resource,
    ...(info && {
      series: {
        resource: info.resource,
        metric: info.metric,
        ...(info.part !== undefined && { part: info.part }),
      },
      unit: info.unit,
      value: info.lastValue,
    }),
    severity,
    confidence: probability,
    title,
    reasons: [...reasons, record],
    startedMs: sinceMs,
  };
}
