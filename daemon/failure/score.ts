// How well scores tell what fails from what does not. Pure; equal scores count as equal, so that a constant is worth
// nothing.

import type { FailureScore } from '../../shared/model/prediction.ts';

/** Area under the ROC curve by ranks (Mann and Whitney); .5 where one of the classes is missing. */
export function aucOf(scores: ArrayLike<number>, failed: ArrayLike<number>): number {
  const order = ordered(scores);
  let positives = 0;
  let rankSum = 0;
  for (let at = 0; at < order.length; ) {
    let end = at;
    while (end < order.length && scores[order[end]!] === scores[order[at]!]) end++;
    // Descending order: the middle rank of the ties, counted from the lowest.
    const rank = order.length - (at + end - 1) / 2;
    for (let i = at; i < end; i++)
      if (failed[order[i]!]) {
        positives++;
        rankSum += rank;
      }
    at = end;
  }
  const negatives = order.length - positives;
  if (positives === 0 || negatives === 0) return 0.5;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}

/** Average precision: precision at each step of recall. 0 where nothing failed. */
export function averagePrecisionOf(scores: ArrayLike<number>, failed: ArrayLike<number>): number {
  let sum = 0;
  let before = 0;
  eachThreshold(scores, failed, ({ hits, alarms }) => {
    sum += (hits - before) * (hits / alarms);
    before = hits;
  });
  return before === 0 ? 0 : sum / before;
}

/** Lowest threshold from which alarms are right often enough, with so many of them; undefined where there is none. */
export function alarmOf(
  scores: ArrayLike<number>,
  failed: ArrayLike<number>,
  precisionMin: number,
  alarmsMin: number,
): number | undefined {
  let found: number | undefined;
  eachThreshold(scores, failed, ({ hits, alarms, threshold }) => {
    if (alarms >= alarmsMin && hits / alarms >= precisionMin) found = threshold;
  });
  return found;
}

/** All figures of some scores, precision and recall at a threshold where one is given. */
export function scoreOf(
  scores: ArrayLike<number>,
  failed: ArrayLike<number>,
  threshold?: number,
): FailureScore {
  const base = { auc: aucOf(scores, failed), averagePrecision: averagePrecisionOf(scores, failed) };
  if (threshold === undefined) return base;
  let [hits, alarms, positives] = [0, 0, 0];
  for (let i = 0; i < scores.length; i++) {
    if (failed[i]) positives++;
    if (scores[i]! < threshold) continue;
    alarms++;
    if (failed[i]) hits++;
  }
  return {
    ...base,
    precision: alarms === 0 ? 0 : hits / alarms,
    recall: positives === 0 ? 0 : hits / positives,
  };
}

interface Step {
  readonly threshold: number;
  /** At or above the threshold. */
  readonly alarms: number;
  readonly hits: number;
}

/** Every different score as a threshold, the highest first. */
function eachThreshold(
  scores: ArrayLike<number>,
  failed: ArrayLike<number>,
  visit: (step: Step) => void,
): void {
  const order = ordered(scores);
  let hits = 0;
  for (let at = 0; at < order.length; at++) {
    if (failed[order[at]!]) hits++;
    const threshold = scores[order[at]!]!;
    if (at + 1 < order.length && scores[order[at + 1]!] === threshold) continue;
    visit({ threshold, alarms: at + 1, hits });
  }
}

function ordered(scores: ArrayLike<number>): Uint32Array {
  return Uint32Array.from({ length: scores.length }, (_, i) => i).sort((a, b) => scores[b]! - scores[a]!);
}
