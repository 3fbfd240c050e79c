// What Nova says was done to servers and by whom, as the activity log of a project. A server is asked when it is new or
// was changed since the last look, and once more when it is gone, so that its end is seen, too. A few at once and in
// turns, so that no look asks for more than the budget. Users are ids: Keystone tells names to administrators only.

import { ProblemError, problemOf } from '../../../shared/model/problem.ts';
import { limits } from '../../config.ts';
import type { Activity, ActivityLog } from '../contract.ts';
import { fetchServerActions } from './api/compute.ts';
import type { OpenStack } from './api/openStack.ts';
import type { ActionRecord } from './records/compute.ts';

const intervalMs = 60_000;

interface Known {
  /** Version of the server when it was asked last. */
  readonly version: string;
  /** Its newest action that was told, and the requests of that time. */
  readonly toMs: number;
  readonly told: readonly string[];
}

interface Cursor {
  /** Where the first look began. */
  readonly sinceMs: number;
  readonly known: Readonly<Record<string, Known>>;
}

/** In place of the version of a server that is gone and was asked for the last time: it is not told again. */
const isGone = 'gone';

const destroys = new Set(['delete', 'forceDelete', 'softDelete', 'rebuild']);
const reads = new Set(['get_console_output', 'getVNCConsole']);

export function createActivityLog(os: OpenStack): ActivityLog {
  return {
    name: 'server actions',
    intervalMs,
    async read({ resources, sinceMs, cursor, signal }) {
      const before = cursor === undefined ? { sinceMs, known: {} } : (JSON.parse(cursor) as Cursor);
      const known: Record<string, Known> = { ...before.known };
      const servers = new Map(
        resources.filter(({ kind }) => kind === 'vm').map((one) => [one.id, one.version ?? '']),
      );
      const changed = [...servers]
        .filter(([id, version]) => known[id]?.version !== version)
        .map(([id]) => id);
      const gone = Object.keys(known).filter((id) => !servers.has(id) && known[id]!.version !== isGone);
      const due = [...gone, ...changed];
      const turn = due.slice(0, limits.novaServersPerSample);
      const activities: Activity[] = [];
      const queue = turn[Symbol.iterator]();
      const work = async (): Promise<void> => {
        for (const id of queue) {
          const actions = await actionsOf(os, id, signal);
          const fresh = actions.flatMap((action) => activityOf(id, action) ?? []);
          const from = known[id]?.toMs ?? before.sinceMs;
          const told = new Set(known[id]?.told);
          activities.push(...fresh.filter((one) => one.atMs >= from && !told.has(one.id)));
          const toMs = fresh.reduce((most, { atMs }) => Math.max(most, atMs), from);
          const newest = fresh.filter(({ atMs }) => atMs === toMs).map((one) => one.id);
          known[id] = { version: servers.get(id) ?? isGone, toMs, told: newest };
        }
      };
      await Promise.all(Array.from({ length: limits.metricsConcurrency }, work));
      activities.sort((a, b) => a.atMs - b.atMs);
      return {
        activities,
        cursor: JSON.stringify({ sinceMs: before.sinceMs, known: bounded(known) }),
        more: due.length > turn.length,
      };
    },
  };
}

/** Those that are gone are forgotten first, the longest gone before the others. */
function bounded(known: Readonly<Record<string, Known>>): Readonly<Record<string, Known>> {
  const all = Object.entries(known);
  if (all.length <= limits.novaActionServersMax) return known;
  const ordered = all.sort(
    ([, a], [, b]) => Number(a.version === isGone) - Number(b.version === isGone) || b.toMs - a.toMs,
  );
  return Object.fromEntries(ordered.slice(0, limits.novaActionServersMax));
}

/** A server that Nova has forgotten altogether has nothing to tell. */
async function actionsOf(os: OpenStack, id: string, signal: AbortSignal): Promise<readonly ActionRecord[]> {
  try {
    return await fetchServerActions(os, id, signal);
  } catch (error) {
    if (error instanceof ProblemError && problemOf(error).code === 'not-found') return [];
    throw error;
  }
}

function activityOf(target: string, action: ActionRecord): Activity | undefined {
  // Nova's times are UTC and do not say so.
  const atMs = Date.parse(`${action.start_time ?? ''}Z`.replace(/ZZ$/, 'Z'));
  if (!Number.isFinite(atMs)) return undefined;
  return {
    id: `${action.request_id ?? `${action.action}@${atMs}`}`,
    atMs,
    principal: action.user_id ?? 'unknown',
    verb: action.action,
    does: destroys.has(action.action) ? 'destroy' : reads.has(action.action) ? 'read' : 'change',
    outcome: action.message ? 'failed' : 'done',
    target,
  };
}
