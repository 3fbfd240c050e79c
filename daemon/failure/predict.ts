// From signs to predictions: what the rules say, corrected by what became of their earlier words, and what the model of
// the class says where one is in use. A model speaks in place of the rules it was found better than; a forecast of a disk
// or memory stands by itself, because it is arithmetic on that very series. Pure.

import { formatFigure } from '../../shared/model/figure.ts';
import type { FailureFactor, FailureRecord, Prediction } from '../../shared/model/prediction.ts';
import { limits } from '../config.ts';
import { features, rulesFeature } from './features.ts';
import type { UsableModel } from './modelBook.ts';
import type { NamedHit } from './rules.ts';
import type { Signs } from './signs.ts';
import { judgeFailure } from './trainer.ts';

/** A prediction with the probability before its correction, which the record is kept of. */
export type RawPrediction = Prediction & { readonly raw: number };

/** Predictions that a record begins with, as if they had come true as often as promised. */
const believed = 4;
const factorsMax = 4;
/** Rules that a model never speaks for. */
const standing = new Set(['disk', 'memory']);

export interface PredictSources {
  readonly record: (method: string) => FailureRecord;
  readonly model: UsableModel | undefined;
}

export function predictionsOf(
  signs: Signs,
  hits: readonly NamedHit[],
  figures: Float32Array,
  { record, model }: PredictSources,
): readonly RawPrediction[] {
  const byRules = hits.map((hit) => byRule(signs, hit, record(`rule:${hit.rule}`)));
  if (!model) return byRules.filter(isListed);
  const covered = (hit: NamedHit): boolean =>
    !standing.has(hit.rule) && hit.horizonMs <= model.about.horizonMs;
  const spoken = hits.filter(covered);
  return [byModel(signs, spoken, figures, model), ...byRules.filter((_, i) => !covered(hits[i]!))].filter(
    isListed,
  );
}

const isListed = ({ probability }: Prediction): boolean => probability >= limits.failureListPercent / 100;

function baseOf({ resource, failureClass, atMs, incidents }: Signs, links: Prediction['links']) {
  const open = incidents.filter(({ state }) => state === 'open').slice(0, 3);
  return {
    resource: resource.id,
    resourceName: resource.name,
    resourceKind: resource.kind,
    connection: resource.connection,
    failureClass,
    links: [...links, ...open.map(({ id }) => ({ kind: 'incident' as const, id }))],
    simulated: resource.simulated === true,
    madeMs: atMs,
  };
}

function byRule(signs: Signs, hit: NamedHit, record: FailureRecord): RawPrediction {
  const { rule, horizonMs, expectedMs, title, reasons, links } = hit;
  const probability = corrected(hit.probability, record);
  return {
    ...baseOf(signs, links),
    method: `rule:${rule}`,
    raw: hit.probability,
    probability,
    horizonMs,
    ...(expectedMs !== undefined && { expectedMs }),
    title,
    reasons,
    factors: [],
    record: ruleRecord(record),
    isReported: probability >= limits.failureReportPercent / 100,
  };
}

/** The promised probability, times how often such promises were kept here. */
export function corrected(probability: number, { hits, expected }: FailureRecord): number {
  return Math.max(0.01, Math.min(0.99, (probability * (hits + believed)) / (expected + believed)));
}

function ruleRecord({ hits, misses }: FailureRecord): string {
  const due = hits + misses;
  return due === 0
    ? 'No prediction of this rule has come due here yet: the probability is its assumption.'
    : `Of ${due} predictions of this rule that came due here, ${hits} came true (${percent(hits / due)}).`;
}

function byModel(
  signs: Signs,
  spoken: readonly NamedHit[],
  figures: Float32Array,
  { about, trained }: UsableModel,
): RawPrediction {
  const { probability, parts } = judgeFailure(trained, figures);
  const factors = factorsOf(figures, parts, trained.usual);
  const hours = Math.round(about.horizonMs / 3_600_000);
  const told = spoken.flatMap(({ reasons }) => reasons.slice(0, 1));
  return {
    ...baseOf(signs, linksOf(signs, factors)),
    method: `model:${about.id}`,
    raw: probability,
    probability,
    horizonMs: about.horizonMs,
    title: `${signs.resource.name} is likely to fail within ${hours} h (${percent(probability)})`,
    reasons: [...factors.filter(({ name }) => name !== rulesFeature).map(factorSentence), ...told],
    factors,
    record: modelRecord(about),
    isReported: about.alarm !== undefined && probability >= about.alarm,
  };
}

/** What speaks most for a failure. */
function factorsOf(
  figures: Float32Array,
  parts: Float64Array,
  usual: UsableModel['trained']['usual'],
): readonly FailureFactor[] {
  return features
    .map(({ name, title }, k): FailureFactor => {
      const [low, middle, high] = usual[k] ?? [0, 0, 0];
      return { name, title, value: figures[k]!, usual: { low, middle, high }, weight: parts[k]! };
    })
    .filter(({ weight, value }) => weight > 0.05 && !Number.isNaN(value))
    .sort((a, b) => b.weight - a.weight)
    .slice(0, factorsMax);
}

function factorSentence({ name, title, value, usual }: FailureFactor): string {
  const unit = features.find((one) => one.name === name)?.unit ?? '';
  const plain = `${title}: ${formatFigure(value, unit)}`;
  if (!usual) return `${plain}.`;
  return usual.low === usual.high
    ? `${plain}, usually ${formatFigure(usual.middle, unit)} where nothing fails.`
    : `${plain}, usually ${formatFigure(usual.low, unit)} to ${formatFigure(usual.high, unit)} where nothing fails.`;
}

function linksOf({ resource, series }: Signs, factors: readonly FailureFactor[]): Prediction['links'] {
  const metrics = new Set(factors.map(({ name }) => name.split('.')[0]));
  const shown = series.filter(({ info }) => metrics.has(info.metric)).slice(0, factorsMax);
  return [
    { kind: 'resource', id: resource.id },
    ...shown.map(({ info }) => ({ kind: 'series' as const, id: info.id })),
  ];
}

function modelRecord({ heldBack, alarm, id, failures }: UsableModel['about']): string {
  const { model, rules } = heldBack;
  const than = `average precision ${model.averagePrecision.toFixed(2)}, the rules ${rules.averagePrecision.toFixed(2)}`;
  const tried = `Model ${id}, of ${failures} failures; on the newest ${heldBack.rows} looks, ${heldBack.failed} of them before a failure, which it had not seen: ${than}`;
  return alarm === undefined
    ? `${tried}. Its alarms were not right often enough there, so that it only lists.`
    : `${tried}; of its alarms ${percent(model.precision ?? 0)} were right, and ${percent(model.recall ?? 0)} of these looks had one.`;
}

const percent = (share: number): string => `${Math.round(100 * share)} %`;
