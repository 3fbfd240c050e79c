// delete.volume and delete.snapshot (of a volume or of a server, which is an image).

import type { PreviewNote } from '../../../../../shared/model/plan.ts';
import type { Resource } from '../../../../../shared/model/resource.ts';
import type { OperationHandler } from '../../../contract.ts';
import { blocker } from '../../../kit/preview.ts';
import type { OpenStack } from '../../api/openStack.ts';
import { fetchVolumeSnapshots } from '../../api/volume.ts';
import { cloudIdOf } from '../../mapping/place.ts';
import { listNames } from '../choose.ts';
import { deleteHandler } from '../recipes.ts';

export function deleteVolume(os: OpenStack): OperationHandler {
  return deleteHandler(os, {
    noun: 'volume',
    service: 'volume',
    path: (target) => `/volumes/${encodeURIComponent(cloudIdOf(target.id))}`,
    effect: (target) => `Deletes the volume ${target.name} with all data on it; this cannot be taken back.`,
    notes: async (target, { signal }) => {
      const taken = (await fetchVolumeSnapshots(os, signal)).filter(
        (one) => one.volume_id === cloudIdOf(target.id),
      );
      const hasSnapshots = blocker(
        `${target.name} has ${taken.length} snapshots: ${listNames(taken)}.`,
        'Delete the snapshots first.',
      );
      return [...statusNotes(target), ...(taken.length > 0 ? [hasSnapshots] : [])];
    },
  });
}

export function deleteSnapshot(os: OpenStack): OperationHandler {
  const isOfVolume = (target: Resource) => target.id.includes(':snapshot/volume/');
  return deleteHandler(os, {
    noun: 'snapshot',
    service: (target) => (isOfVolume(target) ? 'volume' : 'image'),
    path: (target) =>
      `/${isOfVolume(target) ? 'snapshots' : 'images'}/${encodeURIComponent(cloudIdOf(target.id))}`,
    effect: (target) => `Deletes the snapshot ${target.name}; what was kept in it is lost.`,
    notes: async (target) => [...statusNotes(target), ...protectedNotes(target)],
  });
}

/** Glance refuses to delete a protected image; said before it is tried. */
export function protectedNotes(target: Resource): readonly PreviewNote[] {
  if (target.attributes.locked !== true) return [];
  const fix = `Take the protection off first: openstack image set --unprotected ${cloudIdOf(target.id)}.`;
  return [blocker(`${target.name} is protected against deletion.`, fix)];
}

function statusNotes(target: Resource): readonly PreviewNote[] {
  if (['available', 'error', 'active'].includes(target.status)) return [];
  const isAttached = target.status === 'in-use';
  return [
    blocker(
      `${target.name} is ${target.status}; it cannot be deleted now.`,
      isAttached ? 'Detach it first.' : 'Wait until it is settled and ask again.',
    ),
  ];
}
