// What a vCenter or ESXi host tells of who did what (EventManager), as the activity log of a connection: from where the
// last look ended, oldest first, each event once. Four requests a look while little happens; it reads only, leaves no
// collector behind, and keeps of an event nothing but what stands in an Activity.

import { limits } from '../../../config.ts';
import type { Activity, ActivityLog } from '../../contract.ts';
import { child, children, numberAt, type Ref, refOf, textAt, type XmlNode } from '../client/node.ts';
import { element } from '../client/xml.ts';
import type { Vsphere } from '../vsphere.ts';
import { activityOf, eventNames } from './eventTypes.ts';

const intervalMs = 60_000;
/** Most that a server gives or shows at once (vSphere API, HistoryCollector). */
const pageEvents = 1_000;
/** An event may be stored a little after one that is younger. */
const overlapMs = 10_000;

/** Told up to a time; of the time just before it, which events. */
interface Cursor {
  readonly fromMs: number;
  readonly told: readonly (readonly [atMs: number, id: string])[];
}

interface FoundEvent {
  readonly node: XmlNode;
  readonly atMs: number;
  /** A server that was set up anew counts from one again. */
  readonly id: string;
}

export function createEventLog(vs: Vsphere): ActivityLog {
  return {
    name: 'events',
    intervalMs,
    async read({ resources, sinceMs, cursor, signal }) {
      const before: Cursor =
        cursor === undefined ? { fromMs: sinceMs, told: [] } : (JSON.parse(cursor) as Cursor);
      const told = new Set(before.told.map(([, id]) => id));
      const { events, isAll } = await fetchEvents(vs, before.fromMs, signal);
      const fresh = events
        .filter(({ atMs, id }) => atMs >= before.fromMs && !told.has(id))
        .sort((a, b) => a.atMs - b.atMs || numberAt(a.node, 'key')! - numberAt(b.node, 'key')!);
      const images = new Set(resources.filter(({ kind }) => kind === 'image').map(({ id }) => id));
      const place = { connection: vs.connection, images };
      const activities = fresh.flatMap(({ node, atMs }): Activity[] => {
        const activity = activityOf(node, atMs, place);
        return activity ? [activity] : [];
      });
      return {
        activities,
        cursor: JSON.stringify(advance(before, fresh)),
        more: !isAll && fresh.length > 0,
      };
    },
  };
}

function advance({ fromMs, told }: Cursor, fresh: readonly FoundEvent[]): Cursor {
  const newestMs = fresh.at(-1)?.atMs;
  if (newestMs === undefined) return { fromMs, told };
  const near = [...told, ...fresh.map(({ atMs, id }) => [atMs, id] as const)];
  const since = (ms: number): Cursor => ({ fromMs: ms, told: near.filter(([atMs]) => atMs >= ms) });
  const next = since(Math.max(fromMs, newestMs - overlapMs));
  // What is told again must never fill a page, or there would be no going on.
  return next.told.length < pageEvents / 2 ? next : since(newestMs);
}

/** Events since a time, from the oldest on; `isAll` is false where there are more. */
async function fetchEvents(
  vs: Vsphere,
  fromMs: number,
  signal: AbortSignal,
): Promise<{ readonly events: readonly FoundEvent[]; readonly isAll: boolean }> {
  const manager = await vs.vim.manager('eventManager', signal);
  const what = 'read the events';
  const read = { isRead: true, signal, what };
  const filter = element('filter', [
    element('time', [element('beginTime', new Date(fromMs).toISOString())]),
    element('disableFullMessage', false),
    ...eventNames.map((name) => element('eventTypeId', name)),
  ]);
  const made = await vs.vim.call({
    ...read,
    method: 'CreateCollectorForEvents',
    self: manager,
    content: [filter],
  });
  const collector = refOf(child(made, 'returnval'));
  if (!collector) return { events: [], isAll: true };
  try {
    const maxCount = [element('maxCount', pageEvents)];
    await vs.vim.call({ ...read, method: 'SetCollectorPageSize', self: collector, content: maxCount });
    const page = await vs.vim.call({ ...read, method: 'ReadNextEvents', self: collector, content: maxCount });
    const found = children(page, 'returnval');
    return { events: found.flatMap(foundEvent), isAll: found.length < pageEvents };
  } finally {
    await destroy(vs, collector);
  }
}

/** The server forgets it with the session, so that nothing is lost where this fails. */
async function destroy(vs: Vsphere, collector: Ref): Promise<void> {
  const signal = AbortSignal.timeout(limits.cloudIdleTimeoutMs);
  const what = 'end reading the events';
  await vs.vim
    .call({ method: 'DestroyCollector', self: collector, isRead: true, signal, what })
    .catch(() => undefined);
}

function foundEvent(node: XmlNode): readonly FoundEvent[] {
  const atMs = Date.parse(textAt(node, 'createdTime') ?? '');
  const key = numberAt(node, 'key');
  return Number.isFinite(atMs) && key !== undefined ? [{ node, atMs, id: `${key}@${atMs}` }] : [];
}
