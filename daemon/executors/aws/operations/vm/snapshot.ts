// snapshot.vm: an image of an instance with all its volumes, made without rebooting it.

import { ProblemError } from '../../../../../shared/model/problem.ts';
import { resourceId } from '../../../../../shared/model/resource.ts';
import type { OperationHandler, StepContext } from '../../../contract.ts';
import {
  blocker,
  info,
  previewOf,
  previewOfGone,
  requireTarget,
  textArgument,
  warning,
} from '../../../kit/preview.ts';
import { fetchImages, markFilter } from '../../api/ec2.ts';
import type { Aws } from '../../aws.ts';
import { awsIdOf } from '../../mapping/place.ts';
import { type Send, withDryRun } from '../dryRun.ts';
import { snapshotName, tagsFor } from '../names.ts';
import { fetchResource } from '../read.ts';
import { createHandler } from '../recipes.ts';

export function snapshotVm(aws: Aws): OperationHandler {
  const nameFor = (context: StepContext) =>
    textArgument(context.args, 'name') ?? snapshotName(requireTarget(context).name, aws.now());
  return createHandler(aws, {
    noun: 'image',
    ready: ['available'],
    preview: async (context) => {
      const { signal } = context;
      const now = await fetchResource(aws, requireTarget(context).id, signal);
      if (!now) return previewOfGone(context, 'instance');
      const name = nameFor(context);
      const same = await fetchImages(aws, signal, {
        Owners: ['self'],
        Filters: [{ Name: 'name', Values: [name] }],
      });
      const preview = previewOf(`Makes the image ${name} of ${now.name} with all its volumes.`, {
        changes: [{ field: 'image', after: name }],
        notes: [
          ...(now.status === 'running'
            ? [
                warning(
                  `${now.name} is not rebooted for it: what it has not yet written is not in the image.`,
                  `Stop ${now.name} first where that matters.`,
                ),
              ]
            : []),
          ...(same.length > 0
            ? [blocker(`An image named ${name} is there already.`, 'Say another name: "named X".')]
            : []),
          info('The image and its snapshots cost from then on.'),
        ],
        resolvedArgs: { name },
      });
      return withDryRun(
        aws,
        preview,
        { what: `make an image of ${now.name}`, signal },
        createImage(now.id, name),
      );
    },
    findMarked: async ({ signal }, mark) => {
      const [made] = await fetchImages(aws, signal, { Owners: ['self'], Filters: [markFilter(mark)] });
      return (
        made && {
          resourceId: resourceId(aws.connection, 'image', made.ImageId!),
          name: made.Name ?? made.ImageId!,
        }
      );
    },
    create: async (context) => {
      const target = requireTarget(context);
      const send = createImage(target.id, nameFor(context), context.mark);
      const ask = { what: `make an image of ${target.name}`, signal: context.signal };
      const made = (await aws.services.ec2.write(ask, (at) => send(at, {}))) as { ImageId?: string };
      if (made.ImageId) return resourceId(aws.connection, 'image', made.ImageId);
      throw new ProblemError({ code: 'cloud-failed', message: 'EC2 took the request and named no image.' });
    },
  });
}

function createImage(id: string, name: string, mark?: string): Send {
  return ({ sdk, send }, dry) =>
    send(
      new sdk.CreateImageCommand({
        InstanceId: awsIdOf(id),
        Name: name,
        NoReboot: true,
        TagSpecifications: [{ ResourceType: 'image', Tags: tagsFor(name, mark) }],
        ...dry,
      }),
    );
}
