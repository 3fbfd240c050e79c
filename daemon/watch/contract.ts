// Watching as the rest of the daemon sees it: series that were measured, what was found in them, what is foreseen,
// and what people said of it. It reads clouds only through the metric sources of open connections and never writes to
// one. Times are milliseconds since the epoch.

import type { Environment } from '../../shared/model/connection.ts';
import type {
  Finding,
  FindingKind,
  Incident,
  IncidentDetails,
  IncidentVerdict,
  Mute,
  Severity,
} from '../../shared/model/finding.ts';
import type {
  MetricSettings,
  PrometheusServer,
  TriedServer,
  WatchStatus,
} from '../../shared/model/metricSettings.ts';
import type { Actor } from '../../shared/model/plan.ts';
import type { SeriesForecast, SeriesKey, TimeMark } from '../../shared/model/series.ts';
import type { SeriesReader } from '../series/contract.ts';

/** What a detector says; the book gives it an id, a beginning and an end. */
export interface FindingDraft {
  readonly kind: FindingKind;
  readonly resource: string;
  readonly series?: SeriesKey;
  readonly unit?: string;
  readonly severity: Severity;
  /** 0 to 1. */
  readonly confidence: number;
  readonly title: string;
  readonly reasons: readonly string[];
  readonly usual?: Finding['usual'];
  readonly value?: number;
  /** When it began, by the data. */
  readonly startedMs: number;
}

export interface IncidentQuery {
  readonly open?: boolean;
  readonly resource?: string;
  readonly fromMs?: number;
  readonly toMs?: number;
  readonly limit: number;
}

export interface IncidentChange {
  readonly upserts: readonly Incident[];
  readonly removes: readonly string[];
}

export interface Incidents {
  /** Newest first. */
  list(query: IncidentQuery): readonly Incident[];
  get(id: string): Incident | undefined;
  /** Throws ProblemError `not-found`. */
  details(id: string): IncidentDetails;
  /** Keeps what a person says and moves thresholds. Throws ProblemError `not-found`. */
  judge(id: string, says: IncidentVerdict | 'ack' | 'unack', actor: Actor): Incident;
  onDidChange(listener: (change: IncidentChange) => void): () => void;
}

export interface Mutes {
  list(): readonly Mute[];
  /** Throws ProblemError `bad-input` where nothing is set: it would keep everything quiet for good. */
  add(draft: Omit<Mute, 'id' | 'by' | 'createdMs'>, actor: Actor): Mute;
  remove(id: string, actor: Actor): boolean;
}

/** Environment, name and so on of a resource an incident is about, as far as they are known. */
export interface Place {
  readonly name: string;
  readonly kind: Incident['kind'];
  readonly connection: string;
  readonly environment: Environment;
  readonly simulated: boolean;
}

export interface Watch {
  readonly series: SeriesReader;
  readonly incidents: Incidents;
  readonly mutes: Mutes;
  status(): WatchStatus;
  /** Sets what is given and leaves the rest; secrets stay in memory. */
  configure(
    settings: Partial<MetricSettings>,
    secrets: Readonly<Record<string, string>>,
    actor: Actor,
  ): Promise<WatchStatus>;
  /** Asks a server without keeping it. Throws ProblemError with what is wrong. */
  tryServer(
    server: PrometheusServer,
    secrets: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<TriedServer>;
  /** A secret that an editor handed over, by name. */
  secret(name: string): string | undefined;
  /** Throws ProblemError `not-found`, or `unsupported` where there is too little history. */
  forecast(seriesId: string, horizonMs: number): SeriesForecast;
  /** Incidents, plans and changes in a time on some resources, for charts. */
  marks(resources: readonly string[], fromMs: number, toMs: number): readonly TimeMark[];
  /**
   * All that one detector outside of this room sees now. What it named before and does not name any more ends; the
   * same resource and series is the same finding.
   */
  report(detector: string, drafts: readonly FindingDraft[]): void;
  /** Whether anybody looks or anything runs; without it nothing is sampled and no timer runs. Starts at rest. */
  setActive(active: boolean): void;
  /** A person wants it to go on while nobody looks. */
  readonly keepsWatching: boolean;
  dispose(): Promise<void>;
}
