// delete.image. Only an image of the own project can be deleted; public ones of others are shown but not ours.

import { resourceId } from '../../../../../shared/model/resource.ts';
import type { OperationHandler } from '../../../contract.ts';
import { blocker, info } from '../../../kit/preview.ts';
import { fetchServers } from '../../api/compute.ts';
import { fetchImage } from '../../api/image.ts';
import type { OpenStack } from '../../api/openStack.ts';
import { cloudIdOf } from '../../mapping/place.ts';
import { deleteHandler } from '../recipes.ts';
import { protectedNotes } from '../volume/delete.ts';

export function deleteImage(os: OpenStack): OperationHandler {
  return deleteHandler(os, {
    noun: 'image',
    service: 'image',
    path: (target) => `/images/${encodeURIComponent(cloudIdOf(target.id))}`,
    effect: (target) => `Deletes the image ${target.name}; no server can be made from it any more.`,
    notes: async (target, { signal }) => {
      const [session, image, servers] = await Promise.all([
        os.cloud.session(signal),
        fetchImage(os, target.id, signal),
        fetchServers(os, {}, signal),
      ]);
      const made = servers.filter(
        (server) => server.image && resourceId(os.connection, 'image', server.image.id) === target.id,
      );
      const isForeign = image?.owner !== session.project.id && !session.roles.includes('admin');
      return [
        ...protectedNotes(target),
        ...(isForeign
          ? [blocker(`${target.name} belongs to another project.`, 'Only its owner can delete it.')]
          : []),
        ...(made.length > 0 ? [info(`${made.length} servers were made from it; they go on running.`)] : []),
      ];
    },
  });
}
