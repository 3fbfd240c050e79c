// Learns what fails from looks whose end is known, oldest to newest: the first part teaches two kinds of models, the
// next chooses between them and makes their scores probabilities (Platt 1999), the newest decides whether the one chosen
// is better than the rules. Between the parts a whole horizon is left out, so that no failure is in two of them. Pure,
// but for letting others run.

import type { FailureScore } from '../../shared/model/prediction.ts';
import { limits } from '../config.ts';
import { type BoostedModel, judgeBoosted, trainBoosted } from './boosted.ts';
import {
  judgeLogistic,
  type LogisticModel,
  type Pause,
  probabilityOf,
  type Table,
  trainLogistic,
} from './logistic.ts';
import { alarmOf, averagePrecisionOf, scoreOf } from './score.ts';

/** One look at one resource, with what came of it. */
export interface Look {
  readonly atMs: number;
  readonly features: ArrayLike<number>;
  readonly failed: boolean;
}

export interface TrainedModel {
  readonly model: LogisticModel | BoostedModel;
  /** The probability is that of `scale * logit + shift`. */
  readonly scale: number;
  readonly shift: number;
  /** Of each feature where nothing failed: 1 in 10 below, the middle, 1 in 10 above. */
  readonly usual: readonly (readonly [number, number, number])[];
}

export interface Training {
  readonly trained: TrainedModel;
  readonly alarm?: number;
  readonly model: FailureScore;
  readonly rules: FailureScore;
  readonly incumbent?: FailureScore;
  readonly rows: number;
  readonly failed: number;
  readonly isBetter: boolean;
}

export interface TrainOptions {
  /** Left out between the parts, ms. */
  readonly horizonMs: number;
  /** What the rules say of a look, 0 to 1. */
  readonly rulesOf: (look: Look) => number;
  /** From where the rules would report. */
  readonly rulesAlarm: number;
  readonly incumbent?: TrainedModel;
  readonly pause: Pause;
}

/** Where the parts end, as shares of the looks. */
const parts = [0.6, 0.8] as const;
/** Average precision by which it must be better than the rules. */
const margin = 0.02;
/** No probability below it is an alarm. */
const alarmMin = 0.5;

/** Undefined where one of the parts has too few failures to say anything. */
export async function learnFailures(
  looks: readonly Look[],
  options: TrainOptions,
): Promise<Training | undefined> {
  const split = splitInTime(looks, options.horizonMs);
  if (!split) return undefined;
  const { teach, choose, test } = split;
  const candidates = [
    await trainLogistic(teach, options.pause),
    await trainBoosted(teach, choose, options.pause),
  ];
  const chosen = candidates
    .map((model) => ({ model, logits: choose.rows.map((row) => judgeBy(model, row).logit) }))
    .sort(
      (a, b) => averagePrecisionOf(b.logits, choose.failed) - averagePrecisionOf(a.logits, choose.failed),
    )[0]!;
  const { scale, shift } = plattOf(chosen.logits, choose.failed);
  const trained: TrainedModel = { model: chosen.model, scale, shift, usual: usualOf(teach) };
  await options.pause();
  return compare(trained, split, options, test);
}

/** Probability of a failure within the horizon, and what each feature adds to the logarithm of its odds. */
export function judgeFailure(
  { model, scale, shift }: TrainedModel,
  features: ArrayLike<number>,
): { readonly probability: number; readonly parts: Float64Array } {
  const { logit, parts } = judgeBy(model, features);
  return { probability: probabilityOf(scale * logit + shift), parts: parts.map((part) => part * scale) };
}

type Dated = Table & { readonly looks: readonly Look[] };

function compare(
  trained: TrainedModel,
  { choose }: Split,
  { rulesOf, rulesAlarm, incumbent }: TrainOptions,
  test: Dated,
): Training {
  const judged = (by: TrainedModel, { rows }: Table) => rows.map((row) => judgeFailure(by, row).probability);
  const found = alarmOf(
    judged(trained, choose),
    choose.failed,
    limits.failurePrecisionPercent / 100,
    limits.failureAlarmsMin,
  );
  // What is rather unlikely is no alarm, however well it is told apart.
  const threshold = found === undefined ? undefined : Math.max(found, alarmMin);
  const model = scoreOf(judged(trained, test), test.failed, threshold);
  const isRight = (model.precision ?? 0) >= limits.failurePrecisionPercent / 100;
  const alarm = isRight ? threshold : undefined;
  const rules = scoreOf(test.looks.map(rulesOf), test.failed, rulesAlarm);
  const before = incumbent && scoreOf(judged(incumbent, test), test.failed);
  const isBetter =
    model.averagePrecision > rules.averagePrecision + margin &&
    (!before || model.averagePrecision >= before.averagePrecision);
  return {
    trained,
    ...(alarm !== undefined && { alarm }),
    model,
    rules,
    ...(before && { incumbent: before }),
    rows: test.rows.length,
    failed: countOf(test.failed),
    isBetter,
  };
}

function judgeBy(model: TrainedModel['model'], row: ArrayLike<number>) {
  return model.kind === 'logistic' ? judgeLogistic(model, row) : judgeBoosted(model, row);
}

interface Split {
  readonly teach: Dated;
  readonly choose: Dated;
  readonly test: Dated;
}

function splitInTime(looks: readonly Look[], horizonMs: number): Split | undefined {
  const ordered = [...looks].sort((a, b) => a.atMs - b.atMs);
  const [firstMs, secondMs] = parts.map((share) => ordered[Math.floor(share * ordered.length)]?.atMs ?? 0);
  const between = (fromMs: number, toMs: number): Dated =>
    tableOf(ordered.filter(({ atMs }) => atMs >= fromMs && atMs < toMs));
  const split = {
    teach: between(Number.NEGATIVE_INFINITY, firstMs! - horizonMs),
    choose: between(firstMs!, secondMs! - horizonMs),
    test: between(secondMs!, Number.POSITIVE_INFINITY),
  };
  const isEnough = Object.values(split).every(({ failed }) => {
    const positives = countOf(failed);
    return positives >= limits.failurePartMin && positives < failed.length;
  });
  return isEnough ? split : undefined;
}

function tableOf(looks: readonly Look[]): Dated {
  return {
    looks,
    rows: looks.map(({ features }) => features),
    failed: Uint8Array.from(looks, ({ failed }) => (failed ? 1 : 0)),
  };
}

function countOf(failed: ArrayLike<number>): number {
  let count = 0;
  for (let i = 0; i < failed.length; i++) if (failed[i]) count++;
  return count;
}

/** Fits scale and shift of the logits by Newton's steps, with Platt's softened targets. */
function plattOf(logits: readonly number[], failed: ArrayLike<number>) {
  const positives = countOf(failed);
  const high = (positives + 1) / (positives + 2);
  const low = 1 / (logits.length - positives + 2);
  let [scale, shift] = [1, 0];
  for (let step = 0; step < 50; step++) {
    let [ga, gb, haa, hab, hbb] = [0, 0, 1e-6, 0, 1e-6];
    logits.forEach((logit, i) => {
      const p = probabilityOf(scale * logit + shift);
      const off = (failed[i] ? high : low) - p;
      const weight = Math.max(p * (1 - p), 1e-9);
      ga += off * logit;
      gb += off;
      haa += weight * logit * logit;
      hab += weight * logit;
      hbb += weight;
    });
    const determinant = haa * hbb - hab * hab;
    if (!(determinant > 1e-12)) break;
    const by = (value: number): number => Math.max(-1, Math.min(1, value));
    const [da, db] = [by((hbb * ga - hab * gb) / determinant), by((haa * gb - hab * ga) / determinant)];
    scale += da;
    shift += db;
    if (Math.abs(da) + Math.abs(db) < 1e-7) break;
  }
  // A score that points the wrong way is worth nothing; it is never turned round.
  return { scale: Math.max(0, scale), shift };
}

function usualOf({ rows, failed }: Table): TrainedModel['usual'] {
  const width = rows[0]?.length ?? 0;
  return Array.from({ length: width }, (_, k) => {
    const fine = rows.flatMap((row, i) => (failed[i] || Number.isNaN(row[k]!) ? [] : [row[k]!]));
    fine.sort((a, b) => a - b);
    const at = (share: number): number => fine[Math.floor(share * (fine.length - 1))] ?? 0;
    return [at(0.1), at(0.5), at(0.9)] as const;
  });
}
