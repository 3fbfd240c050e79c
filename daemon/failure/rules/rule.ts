// What a rule is: it looks at the signs of one resource and either says nothing or says that a failure is likely, how
// likely, within which time, and why, with figures. A new rule is a file here and a line in `rules.ts`.

import type { PredictionLink } from '../../../shared/model/prediction.ts';
import type { SeriesForecast, SeriesInfo } from '../../../shared/model/series.ts';
import type { Signs } from '../signs.ts';

export interface RuleHit {
  /** 0 to 1, before what became of earlier ones is taken into account. */
  readonly probability: number;
  readonly horizonMs: number;
  readonly expectedMs?: number;
  readonly title: string;
  readonly reasons: readonly string[];
  readonly links: readonly PredictionLink[];
  /** The series it is about, where it is about one. */
  readonly series?: SeriesInfo;
}

export interface RuleTools {
  /** Undefined where there is too little history. */
  readonly forecast: (series: string, horizonMs: number) => SeriesForecast | undefined;
}

export interface Rule {
  readonly name: string;
  judge(signs: Signs, tools: RuleTools): RuleHit | undefined;
}

/**
 * Probability that something that happened `count` times in a window happens again within a time, where it comes at
 * random: the predictive distribution of a Poisson process whose rate is not known (negative binomial), with a weak
 * belief beforehand that it is rare, worth one more window in which almost nothing happened.
 */
export function againWithin(count: number, windowMs: number, horizonMs: number): number {
  const believed = { count: 0.1, windowMs };
  const seenMs = windowMs + believed.windowMs;
  return 1 - (seenMs / (seenMs + horizonMs)) ** (count + believed.count);
}
