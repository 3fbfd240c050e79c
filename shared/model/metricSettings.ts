// Where metrics come from beside the connections themselves, how much of them is kept, and how the sources fare.
// A secret is never part of it: it is named (an environment variable, a file, a name in SecretStorage) and looked up
// at the moment it is needed.

import type { MetricName } from './metric.ts';

/** Where a secret is: an environment variable of the daemon, a file, or a name whose value an editor hands over. */
export type SecretReference =
  | { readonly env: string }
  | { readonly file: string }
  | { readonly secret: string };

export type PrometheusAuth =
  | { readonly kind: 'none' }
  | { readonly kind: 'basic'; readonly user: string; readonly password: SecretReference }
  | { readonly kind: 'bearer'; readonly token: SecretReference };

/** What to ask a server and what its answer is called here; added to the built-in rules. */
export interface PrometheusRule {
  readonly metric: MetricName;
  /** PromQL; an answer in the unit of the metric. `$window` becomes a range wide enough for rates. */
  readonly query: string;
  /** Label that tells several of the same metric apart: `mountpoint`. */
  readonly part?: string;
}

export interface PrometheusServer {
  /** Stable: lower case letters, digits, `-`; part of the ids of its targets. */
  readonly name: string;
  readonly url: string;
  readonly auth?: PrometheusAuth;
  readonly tls?: {
    /** Absolute paths of PEM files. */
    readonly caFile?: string;
    readonly certFile?: string;
    readonly keyFile?: string;
    readonly serverName?: string;
    /** Default true. */
    readonly verify?: boolean;
  };
  /** Time between two samplings in seconds, default 15. */
  readonly intervalSeconds?: number;
  /** Replaces (`only`) or adds to the built-in rules. */
  readonly rules?: readonly PrometheusRule[];
  readonly onlyOwnRules?: boolean;
}

export interface MetricSettings {
  readonly prometheus: readonly PrometheusServer[];
  /** Size the stored series may take, in MB. */
  readonly storeMegabytesMax: number;
  /** Goes on watching, and keeps the daemon, while no window or terminal is open. */
  readonly keepWatching: boolean;
}

export const defaultMetricSettings: MetricSettings = {
  prometheus: [],
  storeMegabytesMax: 512,
  keepWatching: false,
};

/** What a server answered that was tried before it is kept. */
export interface TriedServer {
  readonly host: string;
  /** As it says; absent where it does not. */
  readonly version?: string;
  /** What it scrapes, and how much of that answers; absent where it does not say. */
  readonly targets?: { readonly all: number; readonly up: number };
}

/** How one source of metrics fares. */
export interface MetricSourceStatus {
  readonly connection: string;
  readonly source: string;
  /** `suspect`: it answers, but what it says cannot be trusted, so that nothing is concluded from it. */
  readonly state: 'waiting' | 'ok' | 'suspect' | 'failing' | 'resting';
  /** What is wrong with it, one sentence each. */
  readonly problems: readonly string[];
  readonly intervalMs: number;
  readonly lastMs?: number;
  readonly series: number;
  /** Samples taken and left out since the daemon started, by reason. */
  readonly taken: number;
  readonly leftOut: Readonly<
    Partial<Record<'not-a-number' | 'impossible' | 'back-in-time' | 'future' | 'twice' | 'too-many', number>>
  >;
}

export interface WatchStatus {
  readonly active: boolean;
  readonly settings: MetricSettings;
  readonly sources: readonly MetricSourceStatus[];
  readonly store: {
    readonly series: number;
    readonly bytes: number;
    readonly bytesMax: number;
    /** Oldest moment of which single samples are kept; absent where nothing is. */
    readonly rawFromMs?: number;
    readonly fromMs?: number;
  };
  readonly openIncidents: number;
}
