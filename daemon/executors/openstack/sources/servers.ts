// All servers, then only what changed since: Nova's changes-since list names the deleted ones too. It does not see
// everything (an address that was added touches no server record), so that a full reading follows now and then.

import { resourceId } from '../../../../shared/model/resource.ts';
import type { DiscoveryBatch } from '../../contract.ts';
import { fetchServers } from '../api/compute.ts';
import { fetchPlace, fetchVmNames, type OpenStack } from '../api/openStack.ts';
import { isGone, relationsOfVm, toVm } from '../mapping/vm.ts';
import { nothing, rhythm, type ServiceSource, translate } from './source.ts';

/** Nova stamps whole seconds, and its machines' clocks differ a little. */
const overlapMs = 10_000;
/** A full reading at the latest after this, and after ten times as long as one takes. */
const fullEveryMs = 60_000;

interface Cursor {
  /** ISO 8601 by the cloud's clock. */
  readonly since: string;
  readonly fullAtMs: number;
  readonly fullTookMs: number;
}

export function serversSource(os: OpenStack): ServiceSource {
  return {
    name: 'servers',
    kinds: ['vm'],
    service: 'compute',
    intervalMs: rhythm.often,
    read: async ({ cursor, signal }) => {
      await os.cloud.session(signal);
      if (os.cloud.has('compute') === false) return nothing;
      const last = parseCursor(cursor);
      const isDue = !last || os.now() - last.fullAtMs > Math.max(fullEveryMs, 10 * last.fullTookMs);
      return isDue ? readAll(os, signal) : readChanges(os, last, signal);
    },
  };
}

async function readAll(os: OpenStack, signal: AbortSignal): Promise<DiscoveryBatch> {
  const startedMs = os.now();
  const [since, servers, place, names] = await Promise.all([
    fetchCloudTime(os, signal),
    fetchServers(os, {}, signal),
    fetchPlace(os, signal),
    fetchVmNames(os, signal),
  ]);
  const found = translate(
    servers.filter((server) => !isGone(server)),
    (server) => toVm(server, place, names),
    (server) => relationsOfVm(server, place, names),
  );
  const fullTookMs = os.now() - startedMs;
  return { ...nothing, ...found, cursor: JSON.stringify({ since, fullAtMs: os.now(), fullTookMs }) };
}

async function readChanges(os: OpenStack, last: Cursor, signal: AbortSignal): Promise<DiscoveryBatch> {
  const since = await fetchCloudTime(os, signal);
  const changed = await fetchServers(os, { changesSince: last.since }, signal);
  const [place, names] = await Promise.all([fetchPlace(os, signal), fetchVmNames(os, signal)]);
  const present = changed.filter((server) => !isGone(server));
  return {
    mode: 'changes',
    ...translate(
      present,
      (server) => toVm(server, place, names),
      (server) => relationsOfVm(server, place, names),
    ),
    removed: changed.filter(isGone).map((server) => resourceId(place.connection, 'vm', server.id)),
    cursor: JSON.stringify({ ...last, since }),
  };
}

/** The cloud's own clock when this was called, a little back, from an answer that costs it nothing. */
async function fetchCloudTime(os: OpenStack, signal: AbortSignal): Promise<string> {
  const askedMs = os.now();
  const answer = await os.cloud.call({
    service: 'compute',
    path: '/servers',
    query: { limit: '1' },
    signal,
    what: 'read the time of the cloud',
  });
  const tookMs = os.now() - askedMs;
  return new Date(answer.serverTimeMs - tookMs - overlapMs).toISOString();
}

function parseCursor(text: string | undefined): Cursor | undefined {
  try {
    const cursor = JSON.parse(text ?? '') as Partial<Cursor>;
    return typeof cursor.since === 'string' &&
      typeof cursor.fullAtMs === 'number' &&
      typeof cursor.fullTookMs === 'number'
      ? { since: cursor.since, fullAtMs: cursor.fullAtMs, fullTookMs: cursor.fullTookMs }
      : undefined;
  } catch {
    return undefined;
  }
}
