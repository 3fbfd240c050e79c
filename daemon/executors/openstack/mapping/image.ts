// Images of Glance: an `image`, or a `snapshot` where Nova made it of a server.

import type { Relation, Resource } from '../../../../shared/model/resource.ts';
import { resourceId } from '../../../../shared/model/resource.ts';
import { type ImageRecord, isSnapshotImage } from '../records/image.ts';
import { type Place, tagsOf, toResource, utc } from './place.ts';

const statuses: Readonly<Record<string, string>> = {
  active: 'active',
  queued: 'pending',
  saving: 'saving',
  uploading: 'saving',
  importing: 'saving',
  deactivated: 'disabled',
  killed: 'error',
  deleted: 'deleted',
  pending_delete: 'deleting',
};

export function toImage(image: ImageRecord, place: Place): Resource {
  const isSnapshot = isSnapshotImage(image);
  const source = image.instance_uuid ? resourceId(place.connection, 'vm', image.instance_uuid) : undefined;
  const status = statuses[image.status] ?? image.status;
  return toResource(place, isSnapshot ? 'snapshot' : 'image', isSnapshot ? `image/${image.id}` : image.id, {
    name: image.name,
    status: isSnapshot && status === 'active' ? 'available' : status,
    providerStatus: image.status,
    tags: tagsOf(undefined, image.tags),
    createdAt: utc(image.created_at),
    version: image.updated_at ?? undefined,
    attributes: {
      // Two decimals: cloud images are a few hundred MB.
      size_gb: image.size ? Math.round((image.size / 2 ** 30) * 100) / 100 : undefined,
      min_disk_gb: image.min_disk || undefined,
      visibility: image.visibility,
      os: image.os_distro,
      locked: image.protected || undefined,
      source,
    },
  });
}

export function relationsOfImage(image: ImageRecord, place: Place): readonly Relation[] {
  if (!image.instance_uuid || !isSnapshotImage(image)) return [];
  const from = resourceId(place.connection, 'snapshot', `image/${image.id}`);
  return [{ from, type: 'CREATED_FROM', to: resourceId(place.connection, 'vm', image.instance_uuid) }];
}
