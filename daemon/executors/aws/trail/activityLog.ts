// The event history of an account in one region (CloudTrail, LookupEvents) as the activity log of a connection: what
// changed something or was to, oldest first, each event once. CloudTrail gives the newest first and shows events late, so
// it is asked for stretches of time, the last of which is asked for again. It asks once a second and little in one look,
// and where it may not read it says so and does not try again for a day.

import { setTimeout as sleep } from 'node:timers/promises';
import { ProblemError } from '../../../../shared/model/problem.ts';
import { parseResourceId, type Resource } from '../../../../shared/model/resource.ts';
import type { Activity, ActivityLog } from '../../contract.ts';
import type { Aws } from '../aws.ts';
import { activityOf, type TrailEvent } from './trailEvents.ts';

const minuteMs = 60_000;
const intervalMs = 2 * minuteMs;
/** CloudTrail lets an account ask twice a second and region (LookupEvents); others ask, too. */
const pauseMs = 1_000;
const requestsPerLook = 15;
/** Most that is given at once; of a minute in which more happened than a look can ask for, the latest is taken. */
const pageEvents = 50;
/** An event is shown within a quarter of an hour; where so much happens that this cannot be read again, a third of it. */
const lateMs = 15 * minuteMs;
const [stretchFirstMs, stretchMinMs, stretchMaxMs] = [6 * 60 * minuteMs, minuteMs, 24 * 60 * minuteMs];
/** It keeps events for 90 days. */
const keptMs = 90 * 24 * 60 * minuteMs;
const refusedMs = 24 * 60 * minuteMs;

interface Cursor {
  readonly fromMs: number;
  /** How long a stretch is asked for at once. */
  readonly stretchMs: number;
  /** Events that were told, from `fromMs` on. */
  readonly told: readonly (readonly [atMs: number, id: string])[];
}

export interface TrailOptions {
  /** Waits between two requests; tests wait less. */
  readonly pause?: (signal: AbortSignal) => Promise<unknown>;
}

export function createActivityLog(
  aws: Aws,
  { pause = (signal) => sleep(pauseMs, undefined, { signal }) }: TrailOptions = {},
): ActivityLog {
  let refused: { readonly atMs: number; readonly error: ProblemError } | undefined;
  return {
    name: 'CloudTrail events',
    intervalMs,
    async read({ resources, sinceMs, cursor, signal }) {
      if (refused && aws.now() - refused.atMs < refusedMs) throw refused.error;
      const before: Cursor =
        cursor === undefined
          ? { fromMs: Math.max(sinceMs, aws.now() - keptMs), stretchMs: stretchFirstMs, told: [] }
          : (JSON.parse(cursor) as Cursor);
      try {
        const { events, next } = await readOn(aws, before, { pause, signal });
        const idOf = namesOf(resources);
        const activities = events.flatMap((event): Activity[] => {
          const activity = activityOf(event, idOf);
          return activity ? [activity] : [];
        });
        return { activities, cursor: JSON.stringify(next) };
      } catch (error) {
        if (!(error instanceof ProblemError) || error.problem.code !== 'cloud-forbidden') throw error;
        refused = { atMs: aws.now(), error: forbidden(error) };
        throw refused.error;
      }
    },
  };
}

interface Asking {
  readonly pause: (signal: AbortSignal) => Promise<unknown>;
  readonly signal: AbortSignal;
}

/** Events since the last look, oldest first, and where the next one begins. */
async function readOn(
  aws: Aws,
  before: Cursor,
  asking: Asking,
): Promise<{ readonly events: readonly TrailEvent[]; readonly next: Cursor }> {
  const endMs = aws.now();
  let { fromMs, stretchMs } = before;
  let left = requestsPerLook;
  const told = new Map(before.told.map(([atMs, id]) => [id, atMs]));
  const fresh: TrailEvent[] = [];
  while (fromMs < endMs && left > 0) {
    const toMs = Math.min(endMs, fromMs + stretchMs);
    const { events, asked, isAll } = await lookUp(aws, fromMs, toMs, left, asking);
    const isShortest = toMs - fromMs <= stretchMinMs && left === requestsPerLook;
    left -= asked;
    if (!isAll && !isShortest) {
      // Not whole: a shorter stretch, or the same with all requests of another look.
      stretchMs = Math.max(stretchMinMs, (toMs - fromMs) / 4);
      continue;
    }
    for (const event of [...events].reverse()) {
      const id = event.EventId ?? '';
      if (!told.has(id)) fresh.push(event);
      told.set(id, timeOf(event));
    }
    if (asked === 1) stretchMs = Math.min(stretchMaxMs, stretchMs * 2);
    fromMs = toMs;
  }
  const isCalm = left >= requestsPerLook / 2;
  const overlapMs = fromMs < endMs ? 0 : isCalm ? lateMs : lateMs / 3;
  const nextMs = Math.max(before.fromMs, fromMs - overlapMs);
  const near = [...told]
    .map(([id, atMs]) => [atMs, id] as const)
    .filter(([atMs]) => atMs >= nextMs - minuteMs);
  return { events: fresh, next: { fromMs: nextMs, stretchMs, told: near } };
}

/** All of a stretch, newest first; `isAll` is false where so many requests were not enough. */
async function lookUp(
  aws: Aws,
  fromMs: number,
  toMs: number,
  requestsMax: number,
  { pause, signal }: Asking,
): Promise<{ readonly events: readonly TrailEvent[]; readonly asked: number; readonly isAll: boolean }> {
  const events: TrailEvent[] = [];
  let token: string | undefined;
  for (let asked = 1; asked <= requestsMax; asked++) {
    await pause(signal);
    const page = await aws.services.trail.read(
      { what: 'read the events of CloudTrail', signal },
      ({ sdk, send }) =>
        send(
          new sdk.LookupEventsCommand({
            StartTime: new Date(fromMs),
            EndTime: new Date(toMs),
            MaxResults: pageEvents,
            // Reading is most of what is done; only one condition can be asked for.
            LookupAttributes: [{ AttributeKey: 'ReadOnly', AttributeValue: 'false' }],
            ...(token !== undefined && { NextToken: token }),
          }),
        ),
    );
    events.push(...(page.Events ?? []));
    token = page.NextToken;
    if (!token) return { events, asked, isAll: true };
  }
  return { events, asked: requestsMax, isAll: false };
}

const timeOf = ({ EventTime }: TrailEvent): number => EventTime?.getTime() ?? 0;

/** Resources by what AWS calls them. */
function namesOf(resources: readonly Resource[]): (name: string) => string | undefined {
  const ids = new Map<string, string>();
  for (const { id } of resources) {
    const path = parseResourceId(id)?.path;
    if (path !== undefined) ids.set(path, id);
  }
  return (name) => ids.get(name) ?? ids.get(name.split(/[/:]/).at(-1)!);
}

function forbidden(error: ProblemError): ProblemError {
  return new ProblemError(
    {
      ...error.problem,
      fix: 'Allow cloudtrail:LookupEvents to see who did what in this account; it is asked again tomorrow, or when the daemon starts.',
    },
    error,
  );
}
