// Volumes and their snapshots in the shared model.

import { type Relation, type Resource, resourceId } from '../../../../shared/model/resource.ts';
import type { VolumeRecord, VolumeSnapshotRecord } from '../records/volume.ts';
import { type Place, tagsOf, toResource, utc } from './place.ts';

/** Cinder's word (cinder/objects/fields.py) → shared word; one that is not here stays as it is. */
const statuses: Readonly<Record<string, string>> = {
  reserved: 'attaching',
  downloading: 'creating',
  uploading: 'saving',
  'backing-up': 'saving',
  'restoring-backup': 'creating',
  retyping: 'migrating',
  maintenance: 'disabled',
  managing: 'creating',
  'awaiting-transfer': 'pending',
};

export function statusOfVolume(status: string): string {
  return /error/.test(status) ? 'error' : (statuses[status] ?? status);
}

/** Servers a volume is attached to; several only for a multi-attach volume. */
export function serversOf(volume: VolumeRecord): readonly string[] {
  return (volume.attachments ?? []).flatMap((one) => (one.server_id ? [one.server_id] : []));
}

export function toVolume(volume: VolumeRecord, place: Place): Resource {
  const [server] = serversOf(volume);
  const { image_id: imageId, image_name: imageName } = volume.volume_image_metadata ?? {};
  return toResource(place, 'volume', volume.id, {
    name: volume.name,
    status: statusOfVolume(volume.status),
    providerStatus: volume.status,
    zone: volume.availability_zone ?? undefined,
    tags: tagsOf(volume.metadata),
    createdAt: utc(volume.created_at),
    version: volume.updated_at ?? undefined,
    attributes: {
      size_gb: volume.size,
      attached_to: server ? resourceId(place.connection, 'vm', server) : undefined,
      device: volume.attachments?.[0]?.device,
      bootable: volume.bootable === 'true' || volume.bootable === true || undefined,
      encrypted: volume.encrypted || undefined,
      type: volume.volume_type,
      image: imageName ?? imageId,
    },
  });
}

export function relationsOfVolume(volume: VolumeRecord, place: Place): readonly Relation[] {
  const from = resourceId(place.connection, 'volume', volume.id);
  const origin = volume.snapshot_id ? `volume/${volume.snapshot_id}` : undefined;
  return [
    ...serversOf(volume).map((id) => ({
      from,
      type: 'ATTACHED_TO' as const,
      to: resourceId(place.connection, 'vm', id),
    })),
    ...(origin
      ? [{ from, type: 'CREATED_FROM' as const, to: resourceId(place.connection, 'snapshot', origin) }]
      : []),
  ];
}

export function toVolumeSnapshot(snapshot: VolumeSnapshotRecord, place: Place): Resource {
  return toResource(place, 'snapshot', `volume/${snapshot.id}`, {
    name: snapshot.name,
    status: statusOfVolume(snapshot.status),
    providerStatus: snapshot.status,
    tags: tagsOf(snapshot.metadata),
    createdAt: utc(snapshot.created_at),
    version: snapshot.updated_at ?? undefined,
    attributes: {
      size_gb: snapshot.size,
      source: snapshot.volume_id ? resourceId(place.connection, 'volume', snapshot.volume_id) : undefined,
    },
  });
}

export function relationsOfVolumeSnapshot(snapshot: VolumeSnapshotRecord, place: Place): readonly Relation[] {
  if (!snapshot.volume_id) return [];
  const from = resourceId(place.connection, 'snapshot', `volume/${snapshot.id}`);
  return [{ from, type: 'CREATED_FROM', to: resourceId(place.connection, 'volume', snapshot.volume_id) }];
}
