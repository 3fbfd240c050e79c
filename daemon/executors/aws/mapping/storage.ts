// EBS volumes and snapshots.

import type { Snapshot, Volume } from '@aws-sdk/client-ec2';
import { type Relation, type Resource, resourceId } from '../../../../shared/model/resource.ts';
import { edgesOf, iso, nameOf, type Place, tagsOf, toResource } from './place.ts';

/** The attachment that counts: one that is not on its way off. */
export function attachmentOf(volume: Volume) {
  return volume.Attachments?.find((one) => one.State !== 'detached');
}

function statusOfVolume(volume: Volume): string {
  const attachment = attachmentOf(volume)?.State;
  if (attachment === 'attaching' || attachment === 'detaching') return attachment;
  return volume.State ?? 'unknown';
}

export function toVolume(volume: Volume, place: Place): Resource {
  const attachment = attachmentOf(volume);
  return toResource(place, 'volume', volume.VolumeId!, {
    name: nameOf(volume.Tags),
    status: statusOfVolume(volume),
    providerStatus: volume.State,
    zone: volume.AvailabilityZone,
    tags: tagsOf(volume.Tags),
    createdAt: iso(volume.CreateTime),
    version: `${volume.Size} GB ${volume.VolumeType ?? ''}`.trim(),
    attributes: {
      size_gb: volume.Size,
      attached_to: attachment?.InstanceId && resourceId(place.connection, 'vm', attachment.InstanceId),
      device: attachment?.Device,
      type: volume.VolumeType,
      iops: volume.Iops,
      encrypted: volume.Encrypted,
      deleted_with_vm: attachment?.DeleteOnTermination,
    },
  });
}

export function relationsOfVolume(volume: Volume, place: Place): readonly Relation[] {
  return edgesOf(place, resourceId(place.connection, 'volume', volume.VolumeId!), [
    ...(volume.Attachments ?? []).map((one) => ['ATTACHED_TO', 'vm', one.InstanceId] as const),
    ['CREATED_FROM', 'snapshot', volume.SnapshotId],
  ]);
}

const snapshotStatuses: Readonly<Record<string, string>> = {
  pending: 'creating',
  completed: 'available',
  recoverable: 'available',
  recovering: 'creating',
};

export function toSnapshot(snapshot: Snapshot, place: Place): Resource {
  const state = snapshot.State ?? 'completed';
  const source = snapshot.VolumeId && resourceId(place.connection, 'volume', snapshot.VolumeId);
  return toResource(place, 'snapshot', snapshot.SnapshotId!, {
    name: nameOf(snapshot.Tags),
    status: snapshotStatuses[state] ?? state,
    providerStatus: snapshot.Progress && state === 'pending' ? `${state} (${snapshot.Progress})` : state,
    tags: tagsOf(snapshot.Tags),
    createdAt: iso(snapshot.StartTime),
    attributes: {
      size_gb: snapshot.VolumeSize,
      source,
      description: snapshot.Description,
      encrypted: snapshot.Encrypted,
    },
  });
}

export function relationsOfSnapshot(snapshot: Snapshot, place: Place): readonly Relation[] {
  return edgesOf(place, resourceId(place.connection, 'snapshot', snapshot.SnapshotId!), [
    ['CREATED_FROM', 'volume', snapshot.VolumeId],
  ]);
}
