// Hosts and services over all their metrics: rows of one minute go to a model of what is usual together, learned from
// the stored history of each and learned anew once a day or when its metrics change. One minute alone is no finding:
// only what lies at twice the line for some minutes in a row. Models are small and made one at a time.

import { formatFigure } from '../../shared/model/figure.ts';
import { limits } from '../config.ts';
import { type HostModel, hostScorer, trainHost } from '../monitor/hostModel.ts';
import type { SeriesStore } from '../series/contract.ts';
import { minuteRows } from '../series/minutes.ts';
import type { FindingDraft } from './contract.ts';

const minuteMs = 60_000;

export interface HostsOptions {
  readonly store: SeriesStore;
  readonly now: () => number;
  readonly nameOf: (resource: string) => string;
  readonly raise: (draft: FindingDraft) => void;
  readonly end: (resource: string, why: string, atMs: number) => void;
}

interface Host {
  readonly resource: string;
  /** Numbers of its series, in the order of the columns. */
  readonly columns: readonly number[];
  readonly model: HostModel;
  readonly score: (row: Float64Array) => number;
  readonly trainedMs: number;
  /** The minute that is being summed up. */
  minuteMs: number;
  readonly sums: Float64Array;
  readonly counts: Float64Array;
  /** Rows in a row beyond and below the line. */
  beyond: number;
  below: number;
  startedMs: number;
  isFinding: boolean;
}

export interface Hosts {
  /** Takes a sample; a minute is scored when the next one begins. */
  feed(number: number, atMs: number, value: number): void;
  /** Makes one model that is due, if any. */
  tick(): void;
}

export function createHosts(options: HostsOptions): Hosts {
  const hosts = new Map<string, Host>();
  const columnOf = new Map<number, { readonly host: Host; readonly column: number }>();
  let queue: (readonly [string, readonly number[]])[] = [];
  let lookedMs = Number.NEGATIVE_INFINITY;

  const adopt = (host: Host): void => {
    const before = hosts.get(host.resource);
    for (const number of before?.columns ?? []) columnOf.delete(number);
    // A finding that is open stays so over a new model.
    if (before) {
      host.isFinding = before.isFinding;
      host.startedMs = before.startedMs;
    }
    hosts.set(host.resource, host);
    host.columns.forEach((number, column) => {
      columnOf.set(number, { host, column });
    });
  };
  return {
    feed(number, atMs, value) {
      const place = columnOf.get(number);
      if (!place) return;
      const { host, column } = place;
      const minute = Math.floor(atMs / minuteMs) * minuteMs;
      if (minute > host.minuteMs) endMinute(options, host, minute);
      if (minute < host.minuteMs) return;
      host.sums[column]! += value;
      host.counts[column]!++;
    },
    tick() {
      const nowMs = options.now();
      if (queue.length === 0) {
        if (nowMs - lookedMs < limits.hostTryMs) return;
        lookedMs = nowMs;
        queue = [...byResource(options.store, nowMs)].filter(([resource, columns]) =>
          isDue(hosts.get(resource), columns, nowMs),
        );
      }
      const next = queue.shift();
      const host = next && train(options.store, next[0], next[1], nowMs);
      if (host) adopt(host);
    },
  };
}

/** Resources with enough series that are alive. */
function byResource(store: SeriesStore, nowMs: number): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  for (const series of store.list()) {
    if (nowMs - series.lastMs > limits.hostSilentMs) continue;
    const number = store.numberOf(series.id)!;
    const own = found.get(series.resource);
    if (!own) found.set(series.resource, [number]);
    else if (own.length < limits.hostColumnsWatched) own.push(number);
  }
  for (const [resource, own] of found) if (own.length < limits.hostColumnsMin) found.delete(resource);
  return found;
}

function isDue(host: Host | undefined, columns: readonly number[], nowMs: number): boolean {
  if (!host || nowMs - host.trainedMs > limits.hostRetrainMs) return true;
  return host.columns.length !== columns.length || host.columns.some((number, i) => number !== columns[i]);
}

/** Learns from the stored minutes; undefined where there are too few. */
function train(
  store: SeriesStore,
  resource: string,
  columns: readonly number[],
  nowMs: number,
): Host | undefined {
  const ids = columns.map((number) => store.info(number).id);
  const { rows } = minuteRows(store, ids, nowMs - limits.hostHistoryMs, nowMs - limits.hostLeaveMs);
  if (rows.length < limits.hostRowsMin) return undefined;
  const model = trainHost(rows);
  return {
    resource,
    columns,
    model,
    score: hostScorer(model),
    trainedMs: nowMs,
    minuteMs: 0,
    sums: new Float64Array(columns.length),
    counts: new Float64Array(columns.length),
    beyond: 0,
    below: 0,
    startedMs: 0,
    isFinding: false,
  };
}

/** Scores the minute that ends; one in which most columns are missing says nothing. */
function endMinute(options: HostsOptions, host: Host, nextMs: number): void {
  const { sums, counts, minuteMs: atMs } = host;
  const seen = counts.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
  const row = Float64Array.from(sums, (sum, column) =>
    counts[column] === 0 ? Number.NaN : sum / counts[column]!,
  );
  sums.fill(0);
  counts.fill(0);
  host.minuteMs = nextMs;
  if (2 * seen < host.columns.length) return;
  // What is not a number counts as usual.
  const far = host.score(
    row.map((value, column) => (Number.isNaN(value) ? host.model.means[column]! : value)),
  );
  host.below = far < 0.5 ? host.below + 1 : 0;
  if (far >= limits.hostAlarmPercent / 100) {
    if (host.beyond === 0 && !host.isFinding) host.startedMs = atMs;
    host.beyond++;
  } else host.beyond = 0;
  if (options.now() - atMs > limits.episodeOldMs) return;
  if (host.beyond >= limits.hostConfirmRows) host.isFinding = true;
  if (!host.isFinding) return;
  if (host.below >= limits.hostBackRows) {
    host.isFinding = false;
    options.end(host.resource, 'back to usual', atMs);
  } else options.raise(draftOf(options, host, row, far));
}

function draftOf(
  { store, nameOf }: HostsOptions,
  { resource, columns, model, startedMs }: Host,
  row: Float64Array,
  far: number,
): FindingDraft {
  const furthest = columns
    .map((number, i) => ({
      number,
      off: (row[i]! - model.means[i]!) / (model.deviations[i]! || 1),
      value: row[i]!,
      mean: model.means[i]!,
    }))
    .filter(({ off }) => Number.isFinite(off))
    .sort((a, b) => Math.abs(b.off) - Math.abs(a.off))
    .slice(0, 3);
  return {
    kind: 'host',
    resource,
    severity: far >= 0.9 ? 'warning' : 'info',
    confidence: far,
    title: `The metrics of ${nameOf(resource)} do not go together as usual`,
    reasons: furthest.map(({ number, off, value, mean }) => {
      const { metric, part, unit } = store.info(number);
      const name = part === undefined ? metric : `${metric} ${part}`;
      return `${name} is ${formatFigure(value, unit)}, on average ${formatFigure(mean, unit)} (${Math.abs(off).toFixed(1)} deviations ${off > 0 ? 'above' : 'below'}).`;
    }),
    startedMs,
  };
}
