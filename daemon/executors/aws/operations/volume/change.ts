// resize, attach, detach and delete of an EBS volume.

import type { Instance } from '@aws-sdk/client-ec2';
import type { PreviewNote } from '../../../../../shared/model/plan.ts';
import { type Resource, resourceId } from '../../../../../shared/model/resource.ts';
import type { OperationHandler, StepContext, WriteContext } from '../../../contract.ts';
import {
  blocker,
  info,
  numberArgument,
  previewOf,
  refuseBlocked,
  textArgument,
  warning,
} from '../../../kit/preview.ts';
import { fetchInstance, fetchSnapshots } from '../../api/ec2.ts';
import type { Aws } from '../../aws.ts';
import type { At } from '../../client/services.ts';
import { isGone, statusOfInstance } from '../../mapping/instance.ts';
import { awsIdOf } from '../../mapping/place.ts';
import { withDryRun } from '../dryRun.ts';
import { changeHandler, deleteHandler } from '../recipes.ts';

export function resizeVolume(aws: Aws): OperationHandler {
  const modify = ({ sdk, send }: At<'ec2'>, id: string, size: number, dry: object) =>
    send(new sdk.ModifyVolumeCommand({ VolumeId: awsIdOf(id), Size: size, ...dry }));
  const sizeOf = (context: StepContext) => numberArgument(context.args, 'size_gb') ?? 0;
  return changeHandler(aws, {
    noun: 'volume',
    preview: async (now, context) => {
      const { signal } = context;
      const has = Number(now.attributes.size_gb);
      const size = sizeOf(context);
      if (size === has) return previewOf(`Nothing: ${now.name} has ${has} GB already.`, { idle: true });
      const notes: PreviewNote[] = [];
      if (size < has)
        notes.push(blocker(`${now.name} has ${has} GB; EBS makes no volume smaller.`, 'Name a larger size.'));
      if (!Number.isInteger(size)) notes.push(blocker('A volume has a whole number of GB.'));
      notes.push(...(await modificationNotes(aws, now, signal)));
      notes.push(info('The file system inside has to be grown by hand (growpart, resize2fs or xfs_growfs).'));
      notes.push(info('AWS takes another change of the same volume only after six hours.'));
      const preview = previewOf(`Makes ${now.name} ${size} GB large instead of ${has}; it stays in use.`, {
        changes: [{ field: 'size_gb', before: has, after: size }],
        notes,
      });
      const ask = { what: `resize the volume ${now.name}`, signal };
      return withDryRun(aws, preview, ask, (at, dry) => modify(at, now.id, size, dry));
    },
    isDone: (now, context) => Number(now.attributes.size_gb) === sizeOf(context),
    observe: (now) => `${now.name} has ${now.attributes.size_gb} GB`,
    write: async (context, now) => {
      const ask = { what: `resize the volume ${now.name}`, signal: context.signal };
      await aws.services.ec2.write(ask, (at) => modify(at, now.id, sizeOf(context), {}));
    },
  });
}

/** A change that is still under way keeps AWS from taking another. */
async function modificationNotes(
  aws: Aws,
  now: Resource,
  signal: AbortSignal,
): Promise<readonly PreviewNote[]> {
  const answer = await aws.services.ec2.find(
    { what: 'read changes of the volume', signal },
    ({ sdk, send }) => send(new sdk.DescribeVolumesModificationsCommand({ VolumeIds: [awsIdOf(now.id)] })),
  );
  const busy = answer?.VolumesModifications?.find((one) =>
    /^(modifying|optimizing)$/.test(one.ModificationState ?? ''),
  );
  if (!busy) return [];
  return [
    blocker(
      `${now.name} is still being changed (${busy.ModificationState}, ${busy.Progress ?? 0} %).`,
      'Wait until it is done.',
    ),
  ];
}

const attachWith = ({ sdk, send }: At<'ec2'>, volume: string, vm: string, device: string, dry: object) =>
  send(new sdk.AttachVolumeCommand({ VolumeId: awsIdOf(volume), InstanceId: vm, Device: device, ...dry }));

export function attachVolume(aws: Aws): OperationHandler {
  const vmOf = (context: StepContext) => awsIdOf(textArgument(context.args, 'to') ?? '');
  return changeHandler(aws, {
    noun: 'volume',
    preview: async (now, context) => {
      const { signal } = context;
      const id = vmOf(context);
      if (now.attributes.attached_to === resourceId(aws.connection, 'vm', id))
        return previewOf(`Nothing: ${now.name} is attached there already.`, { idle: true });
      const instance = await fetchInstance(aws, id, signal);
      const vm = context.lookup(resourceId(aws.connection, 'vm', id))?.name ?? id;
      const notes = attachNotes(now, instance, vm);
      const device = freeDevice(instance);
      if (!device) notes.push(blocker(`${vm} has no device name left.`, 'Detach a volume first.'));
      const preview = previewOf(`Attaches ${now.name} to ${vm} as ${device}.`, {
        changes: [{ field: 'attached_to', before: null, after: vm }],
        notes,
        resolvedArgs: { to: resourceId(aws.connection, 'vm', id) },
      });
      const ask = { what: `attach the volume ${now.name}`, signal };
      return withDryRun(aws, preview, ask, (at, dry) => attachWith(at, now.id, id, device!, dry));
    },
    isDone: (now, context) =>
      now.attributes.attached_to === resourceId(aws.connection, 'vm', vmOf(context)) &&
      now.status === 'in-use',
    write: (context, now) => writeAttach(aws, context, now, vmOf(context)),
  });
}

async function writeAttach(aws: Aws, context: WriteContext, now: Resource, vm: string): Promise<void> {
  const instance = await fetchInstance(aws, vm, context.signal);
  refuseBlocked(attachNotes(now, instance, vm));
  // The first free name, as in the preview; another where an earlier step of the plan took that one.
  const device = freeDevice(instance);
  const ask = { what: `attach the volume ${now.name}`, signal: context.signal };
  await aws.services.ec2.write(ask, (at) => attachWith(at, now.id, vm, device!, {}));
}

function attachNotes(volume: Resource, instance: Instance | undefined, vm: string): PreviewNote[] {
  if (!instance || isGone(instance))
    return [blocker(`The instance ${vm} is not there.`, 'Refresh and ask again.')];
  const notes: PreviewNote[] = [];
  const status = statusOfInstance(instance);
  if (volume.status !== 'available')
    notes.push(
      blocker(
        `${volume.name} is ${volume.status}; only an available volume can be attached.`,
        'Detach it first.',
      ),
    );
  if (!['running', 'stopped'].includes(status))
    notes.push(blocker(`${vm} is ${status}.`, 'Wait until it is running or stopped.'));
  const zone = instance.Placement?.AvailabilityZone;
  if (zone && volume.zone && zone !== volume.zone)
    notes.push(
      blocker(
        `${volume.name} is in ${volume.zone} and ${vm} in ${zone}: EBS attaches only within a zone.`,
        `Snapshot the volume and make one from it in ${zone}.`,
      ),
    );
  return notes;
}

const devicesOf = (instance: Instance | undefined): readonly string[] =>
  (instance?.BlockDeviceMappings ?? []).map((one) => one.DeviceName ?? '');

/** /dev/sdf to /dev/sdp, the names EC2 recommends for data volumes ("Device names on Linux instances"). */
function freeDevice(instance: Instance | undefined): string | undefined {
  const letters = [...'fghijklmnop'];
  const taken = devicesOf(instance).map((name) => name.at(-1));
  const letter = letters.find((one) => !taken.includes(one));
  return letter && `/dev/sd${letter}`;
}

export function detachVolume(aws: Aws): OperationHandler {
  // With the instance it is attached to, so that nothing is detached that moved meanwhile.
  const detach = ({ sdk, send }: At<'ec2'>, now: Resource, dry: object) =>
    send(
      new sdk.DetachVolumeCommand({
        VolumeId: awsIdOf(now.id),
        InstanceId: awsIdOf(String(now.attributes.attached_to)),
        ...dry,
      }),
    );
  return changeHandler(aws, {
    noun: 'volume',
    preview: async (now, context) => {
      const { signal } = context;
      const vm = now.attributes.attached_to;
      if (now.status === 'available' || typeof vm !== 'string')
        return previewOf(`Nothing: ${now.name} is not attached.`, { idle: true });
      const instance = await fetchInstance(aws, awsIdOf(vm), signal);
      const name = context.lookup(vm)?.name ?? awsIdOf(vm);
      const isRoot = instance?.RootDeviceName === now.attributes.device;
      const runs = instance !== undefined && statusOfInstance(instance) !== 'stopped';
      const notes: PreviewNote[] = [];
      if (isRoot && runs)
        notes.push(
          blocker(
            `${now.name} is the disk ${name} boots from, and ${name} is not stopped.`,
            `Stop ${name} first.`,
          ),
        );
      else if (isRoot)
        notes.push(warning(`${now.name} is the disk ${name} boots from: it cannot start without it.`));
      else if (runs)
        notes.push(warning('Unmount it inside the instance first: what is not yet written is lost.'));
      const preview = previewOf(`Detaches ${now.name} from ${name}.`, {
        changes: [{ field: 'attached_to', before: name, after: null }],
        notes,
      });
      return withDryRun(aws, preview, { what: `detach the volume ${now.name}`, signal }, (at, dry) =>
        detach(at, now, dry),
      );
    },
    isDone: (now) => now.status === 'available',
    write: async ({ signal }, now) => {
      if (now.status === 'detaching') return;
      const ask = { what: `detach the volume ${now.name}`, signal };
      await aws.services.ec2.write(ask, (at) => detach(at, now, {}));
    },
  });
}

export function deleteVolume(aws: Aws): OperationHandler {
  return deleteHandler(aws, {
    noun: 'volume',
    effect: (target) => `Deletes ${target.name} with all data on it; this cannot be taken back.`,
    send:
      (target) =>
      ({ sdk, send }, dry) =>
        send(new sdk.DeleteVolumeCommand({ VolumeId: awsIdOf(target.id), ...dry })),
    notes: async (target, { signal }) => {
      if (target.status !== 'available' && target.status !== 'error')
        return [
          blocker(
            `${target.name} is ${target.status}; only a free volume can be deleted.`,
            'Detach it first.',
          ),
        ];
      const snapshots = await fetchSnapshots(aws, signal, {
        Filters: [{ Name: 'volume-id', Values: [awsIdOf(target.id)] }],
      });
      return snapshots.length > 0
        ? [info(`${snapshots.length} snapshots of it stay.`)]
        : [warning('There is no snapshot of it: its data is lost.')];
    },
  });
}
