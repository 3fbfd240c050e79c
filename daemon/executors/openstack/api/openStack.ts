// What every source and handler of one connection shares: the client, the connection's name, and lists that were
// read a moment ago (flavors, images, networks, security groups), so that a server record can be shown with names.

import { limits } from '../../../config.ts';
import type { Cloud } from '../client/cloud.ts';
import type { Place } from '../mapping/place.ts';
import type { VmNames } from '../mapping/vm.ts';
import type { FlavorRecord } from '../records/compute.ts';
import { type ImageRecord, isSnapshotImage } from '../records/image.ts';
import type { NetworkRecord, SecurityGroupRecord } from '../records/network.ts';
import { fetchFlavors } from './compute.ts';
import { fetchImages } from './image.ts';
import { fetchNetworks, fetchSecurityGroups } from './network.ts';

export interface OpenStack {
  readonly connection: string;
  readonly cloud: Cloud;
  readonly homeFolder: string;
  readonly now: () => number;
  /** Rhythm of reading back a write, in ms; tests shorten it. */
  readonly pollFirstMs: number;
  readonly pollMs: number;
  readonly lists: Lists;
}

/** Lists read at most once in `listAgeMs`; `forget` makes the next look read again. */
export interface Lists {
  flavors(signal: AbortSignal): Promise<readonly FlavorRecord[]>;
  images(signal: AbortSignal): Promise<readonly ImageRecord[]>;
  networks(signal: AbortSignal): Promise<readonly NetworkRecord[]>;
  securityGroups(signal: AbortSignal): Promise<readonly SecurityGroupRecord[]>;
  forget(): void;
}

const listAgeMs = 30_000;

export function createOpenStack(
  connection: string,
  cloud: Cloud,
  options: { readonly homeFolder: string; readonly now: () => number; readonly pollFirstMs?: number },
): OpenStack {
  const openStack: OpenStack = {
    connection,
    cloud,
    homeFolder: options.homeFolder,
    now: options.now,
    pollFirstMs: options.pollFirstMs ?? limits.cloudPollFirstMs,
    pollMs: limits.cloudPollMs,
    lists: createLists(() => openStack, options.now),
  };
  return openStack;
}

/** Where the resources of the connection belong; logs in the first time. */
export async function fetchPlace(os: OpenStack, signal: AbortSignal): Promise<Place> {
  const session = await os.cloud.session(signal);
  return { connection: os.connection, region: session.config.region, project: session.project.name };
}

/** Names for server records. A list that cannot be read leaves its names out. */
export async function fetchVmNames(os: OpenStack, signal: AbortSignal): Promise<VmNames> {
  const orNone = <T>(list: Promise<readonly T[]>): Promise<readonly T[]> =>
    list.catch((error) => {
      if (signal.aborted) throw error;
      return [];
    });
  const [flavors, images, networks, groups] = await Promise.all([
    orNone(os.lists.flavors(signal)),
    orNone(os.lists.images(signal)),
    orNone(os.lists.networks(signal)),
    orNone(os.lists.securityGroups(signal)),
  ]);
  const imagesById = new Map(images.map((image) => [image.id, image]));
  const snapshots = new Set(images.filter(isSnapshotImage).map((image) => image.id));
  const flavorsById = new Map(flavors.map((flavor) => [flavor.id, flavor]));
  const flavorsByName = new Map(flavors.map((flavor) => [flavor.name, flavor.id]));
  const networkIds = uniqueIds(networks);
  const groupIds = uniqueIds(groups);
  return {
    flavorById: (id) => flavorsById.get(id),
    flavorIdByName: (name) => flavorsByName.get(name),
    imageName: (id) => imagesById.get(id)?.name ?? undefined,
    isSnapshot: (id) => snapshots.has(id),
    networkId: (name) => networkIds.get(name),
    securityGroupId: (name) => groupIds.get(name),
  };
}

/** Name → id, for the names that only one thing has. */
function uniqueIds(records: readonly { readonly id: string; readonly name?: string | null }[]) {
  const ids = new Map<string, string | undefined>();
  for (const { id, name } of records) if (name) ids.set(name, ids.has(name) ? undefined : id);
  return ids;
}

function createLists(openStack: () => OpenStack, now: () => number): Lists {
  const kept = new Map<string, { readonly atMs: number; readonly list: readonly unknown[] }>();
  const keep = async <T>(key: string, read: () => Promise<readonly T[]>): Promise<readonly T[]> => {
    const known = kept.get(key);
    if (known && now() - known.atMs < listAgeMs) return known.list as readonly T[];
    const list = await read();
    kept.set(key, { atMs: now(), list });
    return list;
  };
  return {
    flavors: (signal) => keep('flavors', () => fetchFlavors(openStack(), signal)),
    images: (signal) => keep('images', () => fetchImages(openStack(), signal)),
    networks: (signal) => keep('networks', () => fetchNetworks(openStack(), signal)),
    securityGroups: (signal) => keep('groups', () => fetchSecurityGroups(openStack(), signal)),
    forget: () => kept.clear(),
  };
}
