// Reads of Cinder.

import { z } from 'zod';
import { limits } from '../../../config.ts';
import { cloudIdOf } from '../mapping/place.ts';
import {
  type VolumeLimits,
  type VolumeRecord,
  type VolumeSnapshotRecord,
  volumeLimits,
  volumeRecord,
  volumeSnapshotRecord,
} from '../records/volume.ts';
import type { OpenStack } from './openStack.ts';

const query = { limit: String(limits.cloudPageItems) };

export function fetchVolumes(os: OpenStack, signal: AbortSignal): Promise<readonly VolumeRecord[]> {
  return os.cloud.list(
    { service: 'volume', path: '/volumes/detail', query, signal, what: 'read the volumes' },
    'volumes',
    volumeRecord,
  );
}

/** A volume by its id or resource id. */
export async function fetchVolume(
  os: OpenStack,
  id: string,
  signal: AbortSignal,
): Promise<VolumeRecord | undefined> {
  const path = `/volumes/${encodeURIComponent(cloudIdOf(id))}`;
  const found = await os.cloud.find(
    { service: 'volume', path, signal, what: 'read the volume' },
    z.object({ volume: volumeRecord }),
  );
  return found?.volume;
}

export function fetchVolumeSnapshots(
  os: OpenStack,
  signal: AbortSignal,
): Promise<readonly VolumeSnapshotRecord[]> {
  return os.cloud.list(
    { service: 'volume', path: '/snapshots/detail', query, signal, what: 'read the volume snapshots' },
    'snapshots',
    volumeSnapshotRecord,
  );
}

/** A snapshot of a volume by its id or resource id. */
export async function fetchVolumeSnapshot(
  os: OpenStack,
  id: string,
  signal: AbortSignal,
): Promise<VolumeSnapshotRecord | undefined> {
  const path = `/snapshots/${encodeURIComponent(cloudIdOf(id))}`;
  const found = await os.cloud.find(
    { service: 'volume', path, signal, what: 'read the snapshot' },
    z.object({ snapshot: volumeSnapshotRecord }),
  );
  return found?.snapshot;
}

/** What the project may use and uses. */
export async function fetchVolumeLimits(os: OpenStack, signal: AbortSignal): Promise<VolumeLimits> {
  const read = await os.cloud.read(
    { service: 'volume', path: '/limits', signal, what: 'read the quota' },
    volumeLimits,
  );
  return read.limits.absolute;
}
