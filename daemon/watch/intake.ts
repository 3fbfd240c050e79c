// The door for samples: what a source says is data and is looked at before it is believed. What is not a number or
// cannot be, comes twice, from the past or from the future is left out and counted; a source whose clock cannot be
// trusted is named, and nothing is concluded from it. It stores nothing and does not judge whether a value is usual.

import { type MetricSample, metricDocs } from '../../shared/model/metric.ts';
import type { MetricSourceStatus } from '../../shared/model/metricSettings.ts';
import { limits } from '../config.ts';
import type { MetricBatch } from '../executors/contract.ts';
import type { SampleBatch, SeriesStore } from '../series/contract.ts';

export type LeftOut = { -readonly [K in keyof MetricSourceStatus['leftOut']]: number };

export interface Intake {
  readonly batch: SampleBatch;
  readonly leftOut: LeftOut;
  /** What is wrong with the source, one sentence each. */
  readonly problems: readonly string[];
  /** Its times make no sense: nothing may be concluded from this batch. */
  readonly isSuspect: boolean;
  /** Time of the newest sample of the batch that does not lie in the future. */
  readonly newestMs: number;
}

export interface IntakeRequest {
  /** `connection/source`. */
  readonly source: string;
  readonly batch: MetricBatch;
  readonly nowMs: number;
  readonly intervalMs: number;
  /** The newest time the source gave before, in this process. */
  readonly newestMs: number;
}

type Verdict = keyof LeftOut | { readonly number: number; readonly value: number };

/** How far a rate may lie outside of what can be by rounding and extrapolation alone, in the unit of its metric. */
const roundingMax = 1;

/** Looks at a batch and registers its series. */
export function takeIn(store: SeriesStore, request: IntakeRequest): Intake {
  const numbers: number[] = [];
  const times: number[] = [];
  const values: number[] = [];
  const leftOut: LeftOut = {};
  const seen = new Map<number, number>();
  const samples = [...request.batch.samples.slice(0, limits.metricSamplesMax)].sort(
    (a, b) => a.atMs - b.atMs,
  );
  const over = request.batch.samples.length - samples.length;
  if (over > 0) leftOut['too-many'] = over;
  for (const sample of samples) {
    const verdict = judge(store, sample, request, seen);
    if (typeof verdict === 'string') {
      leftOut[verdict] = (leftOut[verdict] ?? 0) + 1;
      continue;
    }
    seen.set(verdict.number, Math.round(sample.atMs));
    numbers.push(verdict.number);
    times.push(Math.round(sample.atMs));
    values.push(verdict.value);
  }
  const newestMs = newestOf(samples, Number.POSITIVE_INFINITY);
  const clock = clockProblem(newestMs, leftOut, request);
  return {
    batch: { numbers, times, values },
    leftOut,
    problems: [...(clock === undefined ? [] : [clock]), ...valueProblems(leftOut), ...request.batch.problems],
    isSuspect: clock !== undefined,
    newestMs: newestOf(samples, request.nowMs + limits.metricFutureMs),
  };
}

function newestOf(samples: readonly MetricSample[], untilMs: number): number {
  return samples.reduce(
    (most, { atMs }) => (Number.isFinite(atMs) && atMs <= untilMs ? Math.max(most, atMs) : most),
    Number.NEGATIVE_INFINITY,
  );
}

function judge(
  store: SeriesStore,
  sample: MetricSample,
  { source, nowMs }: IntakeRequest,
  seen: ReadonlyMap<number, number>,
): Verdict {
  if (!Number.isFinite(sample.value) || Math.abs(sample.value) > limits.metricValueMax) return 'not-a-number';
  if (!Number.isFinite(sample.atMs)) return 'not-a-number';
  const value = possible(sample);
  if (value === undefined) return 'impossible';
  if (sample.atMs > nowMs + limits.metricFutureMs) return 'future';
  if (sample.atMs < nowMs - limits.seriesRawKeptMs) return 'back-in-time';
  const number = store.register(keyOf(sample), metricDocs[sample.metric].unit, source);
  if (number === undefined) return 'too-many';
  const known = store.info(number);
  // What one source measures no other one measures too: figures of two would be one line that jumps.
  if (known.source !== source && nowMs - known.lastMs < limits.metricTakeoverMs) return 'twice';
  if (sample.atMs <= (seen.get(number) ?? 0)) return 'twice';
  return sample.atMs <= known.lastMs ? 'twice' : { number, value };
}

/**
 * The value, or the limit of its metric where it lies only just outside; nothing where it cannot be. Such values come
 * from counters that jump: two machines under one name, a clock or a virtual machine that was set back.
 */
function possible({ metric, value }: MetricSample): number | undefined {
  const doc = metricDocs[metric];
  const most = 'most' in doc ? doc.most : Number.POSITIVE_INFINITY;
  if (value < -roundingMax || value > most + roundingMax) return undefined;
  return Math.min(most, Math.max(0, value));
}

function keyOf({ resource, metric, part }: MetricSample) {
  return { resource, metric, ...(part !== undefined && { part }) };
}

/** What is wrong with the clock of a source, if anything. */
function clockProblem(newestMs: number, leftOut: LeftOut, request: IntakeRequest): string | undefined {
  const { nowMs, intervalMs, batch } = request;
  if (leftOut.future) {
    const ahead = newestMs - nowMs;
    return `Its clock is ${spoken(ahead)} ahead of this machine's: ${leftOut.future} samples were left out.`;
  }
  if (!Number.isFinite(newestMs) || batch.more) return undefined;
  if (newestMs < request.newestMs - limits.metricBackMs)
    return `Its time jumped back by ${spoken(request.newestMs - newestMs)}: what it says is left out until it has caught up.`;
  const late = nowMs - newestMs;
  if (late > Math.max(limits.metricLateMs, 4 * intervalMs))
    return `Its newest sample is ${spoken(late)} old.`;
  return undefined;
}

function valueProblems(leftOut: LeftOut): readonly string[] {
  const broken = leftOut['not-a-number'];
  const { impossible } = leftOut;
  const many = leftOut['too-many'];
  return [
    ...(broken ? [`${broken} of its values ${broken === 1 ? 'is not a number' : 'are not numbers'}.`] : []),
    ...(impossible
      ? [`${impossible} of its values cannot be (less than nothing, or more than all) and were left out.`]
      : []),
    ...(many ? [`${many} samples were left out: there are more than are kept.`] : []),
  ];
}

/** "40 s", "12 min", "3 h". */
export function spoken(ms: number): string {
  const seconds = Math.round(Math.abs(ms) / 1_000);
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.round(seconds / 3_600)} h`;
  return `${Math.round(seconds / 86_400)} days`;
}
