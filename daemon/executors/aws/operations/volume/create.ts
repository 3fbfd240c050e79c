// create.volume and snapshot.volume (with the snapshot of a database in database.ts). CreateVolume takes a
// ClientToken; CreateSnapshot has none, so that its mark is a tag alone and it is looked for before it is sent.

import type { PreviewNote } from '../../../../../shared/model/plan.ts';
import { ProblemError } from '../../../../../shared/model/problem.ts';
import { resourceId } from '../../../../../shared/model/resource.ts';
import type { OperationHandler, StepContext } from '../../../contract.ts';
import {
  blocker,
  info,
  numberArgument,
  previewOf,
  previewOfGone,
  requireTarget,
  textArgument,
  warning,
} from '../../../kit/preview.ts';
import { fetchSnapshots, fetchVolumes, fetchZones, markFilter } from '../../api/ec2.ts';
import type { Aws } from '../../aws.ts';
import { awsIdOf, nameOf } from '../../mapping/place.ts';
import { type Send, withDryRun } from '../dryRun.ts';
import { snapshotName, tagsFor } from '../names.ts';
import { fetchResource } from '../read.ts';
import { createHandler } from '../recipes.ts';
import { zoneOf } from '../vm/createSpec.ts';

/** What EBS makes of a volume nobody asked more of: the kind AWS itself takes by default in its console. */
const volumeType = 'gp3';
/** Largest gp3 volume, "Amazon EBS volume types". */
const volumeGbMax = 16_384;

export function createVolume(aws: Aws): OperationHandler {
  return createHandler(aws, {
    noun: 'volume',
    ready: ['available'],
    preview: async (context) => {
      const { signal, args } = context;
      const name = textArgument(args, 'name') ?? '';
      const size = numberArgument(args, 'size_gb') ?? 0;
      const zones = await fetchZones(aws, signal);
      const asked = zoneOf(args);
      const zone = asked ?? zones[0];
      const notes: PreviewNote[] = [];
      if (!name) notes.push(blocker('The new volume has no name.', 'Say "named X".'));
      if (!Number.isInteger(size) || size < 1 || size > volumeGbMax)
        notes.push(blocker(`A volume has a whole number of GB from 1 to ${volumeGbMax}.`));
      if (!zone || !zones.includes(zone))
        notes.push(blocker(`There is no zone ${zone ?? ''}.`, `Say one of: ${zones.join(', ')}.`));
      else if (!asked)
        notes.push(
          warning(
            `Chosen by Pilothouse: zone ${zone}, the first. Only instances in ${zone} can use it.`,
            `Say "in ${zones.at(-1)}" for another.`,
          ),
        );
      const preview = previewOf(
        `Creates the volume ${name} of ${size} GB (${volumeType}) in ${zone}; it costs from then on.`,
        {
          changes: [
            { field: 'name', after: name },
            { field: 'size_gb', after: size },
            { field: 'zone', after: zone ?? null },
          ],
          notes,
          resolvedArgs: zone ? { region: zone } : {},
        },
      );
      return withDryRun(
        aws,
        preview,
        { what: `create the volume ${name}`, signal },
        sendCreate({ ...context, args: { ...args, region: zone ?? '' } }),
      );
    },
    findMarked: async ({ signal }, mark) => {
      const [made] = await fetchVolumes(aws, signal, { Filters: [markFilter(mark)] });
      return (
        made && {
          resourceId: resourceId(aws.connection, 'volume', made.VolumeId!),
          name: nameOf(made.Tags) ?? '',
        }
      );
    },
    create: async (context) => {
      const ask = { what: `create the volume ${textArgument(context.args, 'name')}`, signal: context.signal };
      const send = sendCreate(context, context.mark);
      const made = (await aws.services.ec2.write(ask, (at) => send(at, {}))) as { VolumeId?: string };
      if (made.VolumeId) return resourceId(aws.connection, 'volume', made.VolumeId);
      throw new ProblemError({ code: 'cloud-failed', message: 'EC2 took the request and named no volume.' });
    },
  });
}

function sendCreate({ args }: StepContext, mark?: string): Send {
  return ({ sdk, send }, dry) =>
    send(
      new sdk.CreateVolumeCommand({
        Size: numberArgument(args, 'size_gb'),
        VolumeType: volumeType,
        AvailabilityZone: zoneOf(args),
        TagSpecifications: [
          { ResourceType: 'volume', Tags: tagsFor(textArgument(args, 'name') ?? '', mark) },
        ],
        ...(mark ? { ClientToken: mark } : {}),
        ...dry,
      }),
    );
}

export function snapshotVolume(aws: Aws): OperationHandler {
  const nameFor = (context: StepContext) =>
    textArgument(context.args, 'name') ?? snapshotName(requireTarget(context).name, aws.now());
  return createHandler(aws, {
    noun: 'snapshot',
    ready: ['available'],
    preview: async (context) => {
      const { signal } = context;
      const now = await fetchResource(aws, requireTarget(context).id, signal);
      if (!now) return previewOfGone(context, 'volume');
      const name = nameFor(context);
      const isUsed = now.status === 'in-use';
      const preview = previewOf(`Makes the snapshot ${name} of ${now.name} (${now.attributes.size_gb} GB).`, {
        changes: [{ field: 'snapshot', after: name }],
        notes: [
          ...(isUsed
            ? [warning('It is in use: what the instance has not yet written is not in the snapshot.')]
            : []),
          info('A snapshot costs from then on.'),
        ],
        resolvedArgs: { name },
      });
      return withDryRun(
        aws,
        preview,
        { what: `snapshot the volume ${now.name}`, signal },
        sendSnapshot(now.id, name),
      );
    },
    findMarked: async ({ signal }, mark) => {
      const [made] = await fetchSnapshots(aws, signal, { Filters: [markFilter(mark)] });
      return (
        made && {
          resourceId: resourceId(aws.connection, 'snapshot', made.SnapshotId!),
          name: nameOf(made.Tags) ?? '',
        }
      );
    },
    create: async (context) => {
      const target = requireTarget(context);
      const ask = { what: `snapshot the volume ${target.name}`, signal: context.signal };
      const send = sendSnapshot(target.id, nameFor(context), context.mark);
      const made = (await aws.services.ec2.write(ask, (at) => send(at, {}))) as { SnapshotId?: string };
      if (made.SnapshotId) return resourceId(aws.connection, 'snapshot', made.SnapshotId);
      throw new ProblemError({
        code: 'cloud-failed',
        message: 'EC2 took the request and named no snapshot.',
      });
    },
  });
}

function sendSnapshot(volume: string, name: string, mark?: string): Send {
  return ({ sdk, send }, dry) =>
    send(
      new sdk.CreateSnapshotCommand({
        VolumeId: awsIdOf(volume),
        Description: name,
        TagSpecifications: [{ ResourceType: 'snapshot', Tags: tagsFor(name, mark) }],
        ...dry,
      }),
    );
}
