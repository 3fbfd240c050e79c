// What watching found: findings, each by one detector on one resource, and incidents, which put findings that belong
// together into one. An incident is the `anomaly` of the language (`an-12`). Nothing in here is a command: a finding
// proposes nothing and does nothing. Times are milliseconds since the epoch.

import type { Environment } from './connection.ts';
import type { Kind } from './kind.ts';
import type { MetricName } from './metric.ts';
import type { SeriesKey, TimeMark } from './series.ts';

export const severities = ['info', 'warning', 'critical'] as const;
export type Severity = (typeof severities)[number];

/**
 * `series`: one series left its usual course. `host`: the metrics of one resource no longer go together as usual.
 * `capacity`: something will be full. `failure`: something is likely to fail. `threat`: somebody does what nobody here
 * does.
 */
export const findingKinds = ['series', 'host', 'capacity', 'failure', 'threat'] as const;
export type FindingKind = (typeof findingKinds)[number];

/** What one detector saw on one resource. */
export interface Finding {
  readonly id: string;
  readonly kind: FindingKind;
  /** Which detector, for people who tune: `series/level`, `host/pca`, `capacity`. */
  readonly detector: string;
  readonly resource: string;
  readonly resourceName: string;
  /** The series it is about, where it is about one. */
  readonly series?: SeriesKey;
  readonly unit?: string;
  readonly severity: Severity;
  /** 0 to 1: how sure the detector is. */
  readonly confidence: number;
  /** One sentence: "cpu of web-1 is 97 %, usually 8 to 31 %". */
  readonly title: string;
  /** Why, one sentence each, the most telling first. */
  readonly reasons: readonly string[];
  /** What is usual for the series, and what was seen. */
  readonly usual?: {
    readonly low: number;
    readonly middle: number;
    readonly high: number;
    /** Values that say so. */
    readonly count: number;
  };
  readonly value?: number;
  /** The value furthest from usual. */
  readonly peak?: number;
  /** When it began, by the samples; the detector may have seen it later. */
  readonly startedMs: number;
  readonly detectedMs: number;
  readonly endedMs?: number;
  /** Why it ended: "back to usual", "settled at a new level", "no data any more". */
  readonly ended?: string;
}

export type IncidentVerdict = 'right' | 'noise';

/** Findings that belong together. */
export interface Incident {
  /** `an-12`; counts up in one state folder and is never used twice. */
  readonly id: string;
  /** Id under which the language knows it: `connection:anomaly/an-12`. */
  readonly resourceId: string;
  readonly state: 'open' | 'closed';
  readonly severity: Severity;
  /** One sentence. */
  readonly title: string;
  /** What started first. */
  readonly resource: string;
  readonly resourceName: string;
  readonly kind: Kind | '';
  readonly connection: string;
  readonly environment: Environment;
  /** Simulated resources only. */
  readonly simulated: boolean;
  /** All resources it touches, the first first. */
  readonly resources: readonly string[];
  /** Metrics it touches. */
  readonly metrics: readonly MetricName[];
  /** In the order in which they started. */
  readonly findings: readonly Finding[];
  readonly startedMs: number;
  readonly updatedMs: number;
  readonly endedMs?: number;
  /** Somebody looks after it. */
  readonly acked?: { readonly by: string; readonly atMs: number };
  /** What a person said of it. */
  readonly verdict?: { readonly is: IncidentVerdict; readonly by: string; readonly atMs: number };
  /** Id of the mute that keeps it quiet: it is listed, nobody is told. */
  readonly mutedBy?: string;
}

/** Something near in time or place that may have to do with it. */
export interface Clue {
  readonly kind: 'change' | 'plan' | 'event' | 'neighbour' | 'capacity';
  readonly sentence: string;
  readonly atMs?: number;
  /** Resource or plan to go to. */
  readonly link?: { readonly kind: 'resource' | 'plan' | 'incident'; readonly id: string };
}

export interface IncidentDetails {
  readonly incident: Incident;
  /** What is known, in a few sentences; draws no conclusion that the evidence does not carry. */
  readonly summary: string;
  /** What changed shortly before the start, newest first. */
  readonly changes: readonly Clue[];
  /** What is near it and not well. */
  readonly near: readonly Clue[];
  /** Earlier incidents on the same resource and metric, newest first, with what people said of them. */
  readonly before: readonly {
    readonly id: string;
    readonly title: string;
    readonly startedMs: number;
    readonly verdict?: IncidentVerdict;
  }[];
  /** For the time axis of its charts. */
  readonly marks: readonly TimeMark[];
}

/** Keeps incidents quiet: those that fit everything that is set. */
export interface Mute {
  readonly id: string;
  readonly resource?: string;
  readonly connection?: string;
  readonly environment?: Environment;
  readonly metric?: MetricName;
  /** Hours of the day in which it holds, in the given offset from UTC; from 22 to 6 goes over midnight. */
  readonly hours?: { readonly from: number; readonly to: number; readonly offsetMinutes: number };
  /** It ends then; absent: it stays until it is removed. */
  readonly untilMs?: number;
  readonly reason?: string;
  readonly by: string;
  readonly createdMs: number;
}

/** The higher of two severities. */
export function maxSeverity(a: Severity, b: Severity): Severity {
  return severities.indexOf(a) >= severities.indexOf(b) ? a : b;
}
