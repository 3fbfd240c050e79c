// create.volume and snapshot.volume: both carry the plan's mark in their metadata.

import { z } from 'zod';
import { resourceId } from '../../../../../shared/model/resource.ts';
import type { OperationHandler } from '../../../contract.ts';
import {
  blocker,
  info,
  isNote,
  numberArgument,
  previewOf,
  previewOfGone,
  quotaNote,
  quotaUse,
  requireTarget,
  tagsArgument,
  textArgument,
} from '../../../kit/preview.ts';
import type { OpenStack } from '../../api/openStack.ts';
import { fetchVolume, fetchVolumeLimits, fetchVolumeSnapshots, fetchVolumes } from '../../api/volume.ts';
import { cloudIdOf, markKey } from '../../mapping/place.ts';
import { statusOfVolume } from '../../mapping/volume.ts';
import { snapshotName } from '../names.ts';
import { createHandler, lookAt } from '../recipes.ts';

const idAnswer = z.object({ id: z.string() });

export function createVolume(os: OpenStack): OperationHandler {
  return createHandler(os, {
    noun: 'volume',
    preview: async (context) => {
      const name = textArgument(context.args, 'name') ?? '';
      const sizeGb = numberArgument(context.args, 'size_gb') ?? 0;
      const limits = await fetchVolumeLimits(os, context.signal);
      const quota = [
        quotaUse('volumes', 1, limits.totalVolumesUsed, limits.maxTotalVolumes),
        quotaUse('GB', sizeGb, limits.totalGigabytesUsed, limits.maxTotalVolumeGigabytes),
      ];
      const notes = [
        name ? undefined : blocker('The new volume has no name.', 'Say "named X".'),
        Number.isInteger(sizeGb) && sizeGb > 0
          ? undefined
          : blocker('The size of a volume is a whole number of GB.', 'Say "of 10 GB".'),
        ...quota.map(quotaNote),
      ].filter(isNote);
      const changes = [
        { field: 'name', after: name },
        { field: 'size_gb', after: sizeGb },
      ];
      return previewOf(`Creates the empty volume ${name} of ${sizeGb} GB.`, { changes, notes, quota });
    },
    findMarked: async (context, mark) => {
      const made = (await fetchVolumes(os, context.signal)).find((one) => one.metadata?.[markKey] === mark);
      return made && { resourceId: resourceId(os.connection, 'volume', made.id), name: made.name || made.id };
    },
    create: async (context) => {
      const name = textArgument(context.args, 'name');
      const metadata = { ...tagsArgument(context.args), [markKey]: context.mark };
      const body = { volume: { name, size: numberArgument(context.args, 'size_gb'), metadata } };
      const request = { service: 'volume', method: 'POST', path: '/volumes', body } as const;
      const what = `create the volume ${name}`;
      const { volume } = await os.cloud.read(
        { ...request, signal: context.signal, what },
        z.object({ volume: idAnswer }),
      );
      return resourceId(os.connection, 'volume', volume.id);
    },
    look: (context, id) => lookAt(os, id, (now) => now.status === 'available', context.signal),
  });
}

export function snapshotVolume(os: OpenStack): OperationHandler {
  return createHandler(os, {
    noun: 'snapshot',
    preview: async (context) => {
      const volume = await fetchVolume(os, requireTarget(context).id, context.signal);
      if (!volume) return previewOfGone(context, 'volume');
      const volumeName = volume.name || volume.id;
      const name = textArgument(context.args, 'name') ?? snapshotName(volumeName, os.now());
      const limits = await fetchVolumeLimits(os, context.signal);
      const status = statusOfVolume(volume.status);
      const isAttached = status === 'in-use';
      const quota = [
        quotaUse('snapshots', 1, limits.totalSnapshotsUsed, limits.maxTotalSnapshots),
        quotaUse('GB', volume.size, limits.totalGigabytesUsed, limits.maxTotalVolumeGigabytes),
      ];
      const notes = [
        isAttached || status === 'available'
          ? undefined
          : blocker(`${volumeName} is ${status}.`, 'Wait until it is available or in use.'),
        isAttached
          ? info('It is in use: what is being written at that moment may be missing from the snapshot.')
          : undefined,
        ...quota.map(quotaNote),
      ].filter(isNote);
      const changes = [{ field: 'name', after: name }];
      return previewOf(`Makes the snapshot ${name} of ${volumeName}.`, {
        changes,
        notes,
        quota,
        resolvedArgs: { name },
      });
    },
    findMarked: async (context, mark) => {
      const made = (await fetchVolumeSnapshots(os, context.signal)).find(
        (one) => one.metadata?.[markKey] === mark,
      );
      const path = `volume/${made?.id}`;
      return made && { resourceId: resourceId(os.connection, 'snapshot', path), name: made.name || made.id };
    },
    create: async (context) => {
      const target = requireTarget(context);
      const name = textArgument(context.args, 'name') ?? snapshotName(target.name, os.now());
      const metadata = { [markKey]: context.mark };
      // Without `force` Cinder refuses a volume in use; the preview said what that means.
      const body = { snapshot: { volume_id: cloudIdOf(target.id), name, force: true, metadata } };
      const request = { service: 'volume', method: 'POST', path: '/snapshots', body } as const;
      const what = `snapshot the volume ${target.name}`;
      const { snapshot } = await os.cloud.read(
        { ...request, signal: context.signal, what },
        z.object({ snapshot: idAnswer }),
      );
      return resourceId(os.connection, 'snapshot', `volume/${snapshot.id}`);
    },
    look: (context, id) => lookAt(os, id, (now) => now.status === 'available', context.signal),
  });
}
