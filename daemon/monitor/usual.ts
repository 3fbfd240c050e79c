// What is usual for a series, from its own past, and whether a value lies outside of it far enough to matter to a
// person. A detector says that something is surprising; this says whether anybody would call it trouble. Pure.

import type { MetricName } from '../../shared/model/metric.ts';

export interface Usual {
  /** 1 and 99 of 100 values lie below; the middle one. */
  readonly low: number;
  readonly middle: number;
  readonly high: number;
  /** Values it was made of. */
  readonly count: number;
}

interface Weight {
  /** Directions that can be trouble. */
  readonly up: boolean;
  readonly down: boolean;
  /** Least distance from usual, in the unit of the metric, that anybody would look at. */
  readonly step: number;
  /** Least distance as a share of the middle value. */
  readonly share: number;
  /** Level at which it endangers what runs there. */
  readonly danger?: number;
}

/**
 * What matters of each metric. The steps are what an engineer on call would look at (a processor that goes from 1 to 4 %
 * is surprising and nobody's business); the levels of danger are the usual alert rules of node-exporter's mixin
 * (90 % memory, 95 % disk) and the 1 and 5 % error budgets of the SRE workbook.
 */
const weights: Readonly<Record<MetricName, Weight>> = {
  cpu: { up: true, down: true, step: 12, share: 0.3, danger: 95 },
  memory: { up: true, down: true, step: 8, share: 0.12, danger: 93 },
  disk: { up: true, down: false, step: 4, share: 0.04, danger: 92 },
  network: { up: true, down: true, step: 0.5, share: 1, danger: undefined },
  latency: { up: true, down: false, step: 15, share: 0.5, danger: undefined },
  'error-rate': { up: true, down: false, step: 1, share: 0.5, danger: 5 },
  requests: { up: true, down: true, step: 2, share: 0.6, danger: undefined },
  iops: { up: true, down: false, step: 50, share: 1, danger: undefined },
  restarts: { up: true, down: false, step: 1, share: 0, danger: undefined },
  load: { up: true, down: false, step: 1, share: 1, danger: undefined },
};

/** Room beside the usual range, as a share of its width: a range of a day does not hold all of next day. */
const room = 0.15;

/** The usual range of some values; undefined where there are too few to say. */
export function usualOf(values: ArrayLike<number>, countMin: number): Usual | undefined {
  if (values.length < countMin) return undefined;
  const sorted = Float64Array.from(values).sort();
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))]!;
  return { low: at(0.01), middle: at(0.5), high: at(0.99), count: sorted.length };
}

/**
 * How far a value lies outside of what is usual: 0 inside or where nobody would mind, 1 at the line, more beyond. `wide`
 * is how much wider than usual the line is drawn (feedback moves it).
 */
export function outside(usual: Usual, metric: MetricName, value: number, wide = 1): number {
  const weight = weights[metric];
  const off = value - usual.middle;
  if (off > 0 ? !weight.up : !weight.down) return 0;
  const edge = off > 0 ? usual.high - usual.middle : usual.middle - usual.low;
  const line = Math.max(
    edge + room * (usual.high - usual.low),
    weight.step,
    weight.share * Math.abs(usual.middle),
  );
  const far = Math.abs(off) / (line * wide);
  return far >= 1 ? far : 0;
}

/** Whether a value endangers what runs there, whatever is usual. */
export function isDangerous(metric: MetricName, value: number): boolean {
  const { danger } = weights[metric];
  return danger !== undefined && value >= danger;
}
