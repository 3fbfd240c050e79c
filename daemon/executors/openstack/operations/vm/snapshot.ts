// snapshot.vm: an image of a server as it is now, with the plan's mark among its properties.

import { z } from 'zod';
import { resourceId } from '../../../../../shared/model/resource.ts';
import type { OperationHandler } from '../../../contract.ts';
import {
  blocker,
  info,
  previewOf,
  previewOfGone,
  requireTarget,
  textArgument,
} from '../../../kit/preview.ts';
import { postServerAction } from '../../api/compute.ts';
import { fetchImages } from '../../api/image.ts';
import type { OpenStack } from '../../api/openStack.ts';
import { markKey } from '../../mapping/place.ts';
import { snapshotName } from '../names.ts';
import { createHandler, lookAt } from '../recipes.ts';
import { fetchVm, obstacles } from './vm.ts';

const allowedIn = ['running', 'stopped', 'paused', 'suspended'];

export function snapshotVm(os: OpenStack): OperationHandler {
  return createHandler(os, {
    noun: 'snapshot',
    preview: async (context) => {
      const vm = await fetchVm(os, requireTarget(context).id, context.signal);
      if (!vm) return previewOfGone(context, 'server');
      const { name: vmName, status } = vm.resource;
      const name = textArgument(context.args, 'name') ?? snapshotName(vmName, os.now());
      const obstacle = obstacles(vm);
      const wrong = blocker(`${vmName} is ${status}.`, 'Only a server that is settled can be snapshotted.');
      const live = info(
        'It goes on running: what is being written at that moment may be missing from the snapshot.',
      );
      return previewOf(`Makes the snapshot ${name} of ${vmName}.`, {
        changes: [{ field: 'name', after: name }],
        notes: [
          ...obstacle,
          ...(allowedIn.includes(status) || obstacle.length > 0 ? [] : [wrong]),
          ...(status === 'running' ? [live] : []),
        ],
        resolvedArgs: { name },
      });
    },
    findMarked: async (context, mark) => {
      const made = (await fetchImages(os, context.signal)).find((image) => image[markKey] === mark);
      return (
        made && {
          resourceId: resourceId(os.connection, 'snapshot', `image/${made.id}`),
          name: made.name ?? made.id,
        }
      );
    },
    create: async (context) => {
      const target = requireTarget(context);
      const name = textArgument(context.args, 'name') ?? snapshotName(target.name, os.now());
      const body = { createImage: { name, metadata: { [markKey]: context.mark } } };
      const answer = await postServerAction(
        os,
        target.id,
        body,
        `snapshot the server ${target.name}`,
        context.signal,
      );
      const made = z.object({ image_id: z.string() }).safeParse(answer.body);
      if (made.success) return resourceId(os.connection, 'snapshot', `image/${made.data.image_id}`);
      // Before 2.45 the answer has no body; the mark finds it.
      const images = await fetchImages(os, context.signal);
      const found = images.find((image) => image[markKey] === context.mark);
      return resourceId(os.connection, 'snapshot', `image/${found?.id ?? 'unknown'}`);
    },
    look: (context, id) => lookAt(os, id, (now) => now.status === 'available', context.signal),
  });
}
