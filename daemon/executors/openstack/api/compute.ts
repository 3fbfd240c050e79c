// Reads of Nova. One function a question; each gives records, or undefined where the thing is not there.

import { z } from 'zod';
import { limits } from '../../../config.ts';
import { cloudIdOf } from '../mapping/place.ts';
import {
  type ActionRecord,
  actionRecord,
  type ComputeLimits,
  computeLimits,
  type FlavorRecord,
  flavorRecord,
  type HypervisorRecord,
  hypervisorRecord,
  type KeypairRecord,
  keypairRecord,
  type ServerRecord,
  serverRecord,
} from '../records/compute.ts';
import type { OpenStack } from './openStack.ts';

const pageItems = String(limits.cloudPageItems);

/** A server by its id or resource id. */
export function fetchServer(
  os: OpenStack,
  id: string,
  signal: AbortSignal,
): Promise<ServerRecord | undefined> {
  const path = `/servers/${encodeURIComponent(cloudIdOf(id))}`;
  return os.cloud
    .find({ service: 'compute', path, signal, what: 'read the server' }, z.object({ server: serverRecord }))
    .then((found) => found?.server);
}

/** All servers of the project; with `changesSince` (ISO 8601) those that changed, the deleted among them. */
export function fetchServers(
  os: OpenStack,
  query: { readonly changesSince?: string; readonly name?: string },
  signal: AbortSignal,
): Promise<readonly ServerRecord[]> {
  return os.cloud.list(
    {
      service: 'compute',
      path: '/servers/detail',
      query: { limit: pageItems, 'changes-since': query.changesSince, name: query.name },
      signal,
      what: 'read the servers',
    },
    'servers',
    serverRecord,
  );
}

export function fetchFlavors(os: OpenStack, signal: AbortSignal): Promise<readonly FlavorRecord[]> {
  return os.cloud.list(
    {
      service: 'compute',
      path: '/flavors/detail',
      query: { limit: pageItems },
      signal,
      what: 'read the flavors',
    },
    'flavors',
    flavorRecord,
  );
}

export async function fetchKeypairs(os: OpenStack, signal: AbortSignal): Promise<readonly KeypairRecord[]> {
  const list = await os.cloud.list(
    { service: 'compute', path: '/os-keypairs', signal, what: 'read the keypairs' },
    'keypairs',
    keypairRecord,
  );
  return list.map((one) => one.keypair);
}

export async function fetchKeypair(
  os: OpenStack,
  name: string,
  signal: AbortSignal,
): Promise<KeypairRecord | undefined> {
  const path = `/os-keypairs/${encodeURIComponent(cloudIdOf(name))}`;
  const found = await os.cloud.find(
    { service: 'compute', path, signal, what: `read the keypair ${name}` },
    keypairRecord,
  );
  return found?.keypair;
}

export function fetchHypervisors(os: OpenStack, signal: AbortSignal): Promise<readonly HypervisorRecord[]> {
  return os.cloud.list(
    { service: 'compute', path: '/os-hypervisors/detail', signal, what: 'read the hypervisors' },
    'hypervisors',
    hypervisorRecord,
  );
}

/** What the project may use and uses. */
export async function fetchComputeLimits(os: OpenStack, signal: AbortSignal): Promise<ComputeLimits> {
  const read = await os.cloud.read(
    { service: 'compute', path: '/limits', signal, what: 'read the quota' },
    computeLimits,
  );
  return read.limits.absolute;
}

/** What was done to a server, newest first. */
export async function fetchServerActions(
  os: OpenStack,
  id: string,
  signal: AbortSignal,
): Promise<readonly ActionRecord[]> {
  const path = `/servers/${encodeURIComponent(cloudIdOf(id))}/os-instance-actions`;
  const read = await os.cloud.read(
    { service: 'compute', path, signal, what: 'read what was done to the server' },
    z.object({ instanceActions: z.array(actionRecord) }),
  );
  return read.instanceActions;
}

/** Sends an action to a server: `{ 'os-stop': null }`. A write: for `perform` only. */
export function postServerAction(
  os: OpenStack,
  id: string,
  body: Readonly<Record<string, unknown>>,
  what: string,
  signal: AbortSignal,
) {
  const path = `/servers/${encodeURIComponent(cloudIdOf(id))}/action`;
  return os.cloud.call({ service: 'compute', method: 'POST', path, body, signal, what });
}
