// What became of a resource, out of its earlier states: when it failed, how often its containers were restarted, how
// often it went to and fro. A failure is a change into a failed state, a restart, or a disk or memory that ran full;
// what was failed when it was first seen is none, because nobody saw it happen. Pure.

import type { Resource } from '../../shared/model/resource.ts';
import { healthOf } from '../../shared/model/statuses.ts';
import type { HistoryEntry } from '../graph/contract.ts';

export interface FailureEvent {
  readonly atMs: number;
  /** `failed`: into a failed state. `down`: a machine that was well is down. `restart`: its containers were restarted. `full`: a disk or memory ran full. */
  readonly what: 'failed' | 'down' | 'restart' | 'full';
  /** Its status, or how many restarts. */
  readonly detail: string;
  readonly count: number;
}

/** Kinds that nobody puts `down` on purpose: there it is a failure, elsewhere a state. */
const fallsDown = new Set<string>(['host', 'node']);

export function isFailed({ health, status, kind }: Pick<Resource, 'health' | 'status' | 'kind'>): boolean {
  return health === 'error' || healthOf(status) === 'error' || (fallsDown.has(kind) && status === 'down');
}

/** Failures in some states, oldest first. */
export function failuresIn(states: readonly HistoryEntry[]): readonly FailureEvent[] {
  const ordered = [...states].sort((a, b) => a.atMs - b.atMs);
  const found: FailureEvent[] = [];
  ordered.forEach(({ atMs, resource }, i) => {
    const before = ordered[i - 1]?.resource;
    if (!before || !resource) return;
    const restarts = restartsOf(resource) - restartsOf(before);
    if (restarts > 0)
      found.push({ atMs, what: 'restart', detail: causeOf(resource, `${restarts}`), count: restarts });
    else if (isFailed(resource) && !isFailed(before))
      found.push({
        atMs,
        what: resource.status === 'down' ? 'down' : 'failed',
        detail: causeOf(resource, resource.status),
        count: 1,
      });
  });
  return found;
}

/** How often a counter of restarts rose, in time; what it did before the first row is not known. */
export function restartsIn(times: readonly number[], values: readonly number[]): readonly FailureEvent[] {
  const found: FailureEvent[] = [];
  for (let i = 1; i < times.length; i++) {
    const rise = Math.round(values[i]! - values[i - 1]!);
    if (rise > 0) found.push({ atMs: times[i]!, what: 'restart', detail: `${rise}`, count: rise });
  }
  return found;
}

/** When a share of 100 % ran full: from below this to above. */
export const fullPercent = 99;

export function fillingsIn(
  times: readonly number[],
  maxs: readonly number[],
  title: string,
): readonly FailureEvent[] {
  const found: FailureEvent[] = [];
  for (let i = 1; i < times.length; i++)
    if (maxs[i]! >= fullPercent && maxs[i - 1]! < fullPercent)
      found.push({ atMs: times[i]!, what: 'full', detail: title, count: 1 });
  return found;
}

/** How often it changed between failed and not. */
export function flipsIn(states: readonly HistoryEntry[], sinceMs: number): number {
  const ordered = [...states].sort((a, b) => a.atMs - b.atMs);
  let flips = 0;
  ordered.forEach(({ atMs, resource }, i) => {
    const before = ordered[i - 1]?.resource;
    if (atMs >= sinceMs && before && resource && isFailed(resource) !== isFailed(before)) flips++;
  });
  return flips;
}

function restartsOf({ attributes }: Resource): number {
  return typeof attributes.restarts === 'number' ? attributes.restarts : 0;
}

function causeOf({ attributes, providerStatus }: Resource, otherwise: string): string {
  if (typeof attributes.reason === 'string') return attributes.reason.slice(0, 120);
  return providerStatus ?? otherwise;
}
