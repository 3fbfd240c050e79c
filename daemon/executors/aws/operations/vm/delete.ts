// delete.vm, and lock and unlock: EC2's protection against termination and stopping.

import type { Instance } from '@aws-sdk/client-ec2';
import type { PreviewNote } from '../../../../../shared/model/plan.ts';
import type { OperationHandler } from '../../../contract.ts';
import { blocker, info, previewOf, warning } from '../../../kit/preview.ts';
import { fetchAddresses, fetchInstance } from '../../api/ec2.ts';
import type { Aws } from '../../aws.ts';
import { awsIdOf } from '../../mapping/place.ts';
import { type Send, withDryRun } from '../dryRun.ts';
import { changeHandler, deleteHandler } from '../recipes.ts';
import { groupOf } from './power.ts';

export function deleteVm(aws: Aws): OperationHandler {
  return deleteHandler(aws, {
    noun: 'instance',
    effect: (target) => `Terminates ${target.name} for good; this cannot be taken back.`,
    send:
      (target) =>
      ({ sdk, send }, dry) =>
        send(new sdk.TerminateInstancesCommand({ InstanceIds: [awsIdOf(target.id)], ...dry })),
    notes: async (target, { signal }) => {
      const id = awsIdOf(target.id);
      const [instance, isProtected, addresses] = await Promise.all([
        fetchInstance(aws, id, signal),
        fetchProtection(aws, id, signal),
        fetchAddresses(aws, signal, { Filters: [{ Name: 'instance-id', Values: [id] }] }),
      ]);
      const notes: PreviewNote[] = [];
      if (isProtected)
        notes.push(
          blocker(
            `${target.name} is protected against termination.`,
            `Take it off first: "unlock ${target.name}".`,
          ),
        );
      notes.push(...diskNotes(instance));
      for (const address of addresses)
        notes.push(info(`The elastic IP ${address.PublicIp} stays with the account and costs.`));
      const group = instance && groupOf(instance);
      if (group) notes.push(warning(`The auto-scaling group ${group} will make another in its place.`));
      return notes;
    },
  });
}

function diskNotes(instance: Instance | undefined): readonly PreviewNote[] {
  const disks = instance?.BlockDeviceMappings ?? [];
  const idsOf = (isDeleted: boolean) =>
    disks
      .filter((disk) => (disk.Ebs?.DeleteOnTermination ?? false) === isDeleted)
      .map((disk) => disk.Ebs?.VolumeId);
  const lost = idsOf(true);
  const kept = idsOf(false);
  return [
    ...(lost.length > 0
      ? [
          warning(
            `Deleted with it: ${lost.join(', ')}, with all data on ${lost.length === 1 ? 'it' : 'them'}.`,
          ),
        ]
      : []),
    ...(kept.length > 0 ? [info(`Kept, and still costing: ${kept.join(', ')}.`)] : []),
  ];
}

/** Whether EC2 refuses to terminate it. */
export async function fetchProtection(aws: Aws, id: string, signal: AbortSignal): Promise<boolean> {
  const answer = await aws.services.ec2.find({ what: 'read the protection', signal }, ({ sdk, send }) =>
    send(new sdk.DescribeInstanceAttributeCommand({ InstanceId: id, Attribute: 'disableApiTermination' })),
  );
  return answer?.DisableApiTermination?.Value ?? false;
}

export function protectionHandler(aws: Aws, isOn: boolean): OperationHandler {
  const send =
    (id: string): Send =>
    ({ sdk, send: tell }, dry) =>
      tell(
        new sdk.ModifyInstanceAttributeCommand({
          InstanceId: id,
          DisableApiTermination: { Value: isOn },
          ...dry,
        }),
      );
  const what = (name: string) => `${isOn ? 'protect' : 'unprotect'} the instance ${name}`;
  return changeHandler(aws, {
    noun: 'instance',
    preview: async (now, { signal }) => {
      const id = awsIdOf(now.id);
      if ((await fetchProtection(aws, id, signal)) === isOn)
        return previewOf(`Nothing: ${now.name} is ${isOn ? '' : 'not '}protected already.`, { idle: true });
      const preview = previewOf(
        isOn
          ? `Protects ${now.name}: AWS refuses to terminate it until it is unlocked.`
          : `Takes the protection against termination off ${now.name}.`,
        {
          changes: [{ field: 'termination protection', before: !isOn, after: isOn }],
          notes: isOn
            ? [info('It can still be stopped and changed; EC2 protects against termination only.')]
            : [],
        },
      );
      return withDryRun(aws, preview, { what: what(now.name), signal }, send(id));
    },
    isDone: async (now, { signal }) => (await fetchProtection(aws, awsIdOf(now.id), signal)) === isOn,
    observe: (now) => `${now.name} was asked for its protection`,
    write: async ({ signal }, now) => {
      await aws.services.ec2.write({ what: what(now.name), signal }, (at) => send(awsIdOf(now.id))(at, {}));
    },
  });
}
