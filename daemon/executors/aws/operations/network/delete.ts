// delete of VPCs, subnets, security groups, elastic IPs, key pairs, images and snapshots: what still uses a thing is
// found beforehand and named, since EC2 itself says only that there is something.

import type { PreviewNote } from '../../../../../shared/model/plan.ts';
import type { OperationHandler } from '../../../contract.ts';
import { blocker, info } from '../../../kit/preview.ts';
import * as ec2 from '../../api/ec2.ts';
import type { Aws } from '../../aws.ts';
import { isGone } from '../../mapping/instance.ts';
import { awsIdOf, nameOf } from '../../mapping/place.ts';
import { deleteHandler } from '../recipes.ts';

const namesMax = 5;

/** One blocker for all that stands in the way, with the first names. */
function inTheWay(names: readonly string[], what: string, fix: string): readonly PreviewNote[] {
  if (names.length === 0) return [];
  const more = names.length > namesMax ? ` and ${names.length - namesMax} more` : '';
  return [blocker(`${what}: ${names.slice(0, namesMax).join(', ')}${more}.`, fix)];
}

const filter = (Name: string, value: string) => ({ Filters: [{ Name, Values: [value] }] });

async function instancesBy(
  aws: Aws,
  name: string,
  value: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const found = await ec2.fetchInstances(aws, signal, filter(name, value));
  return found.filter((one) => !isGone(one)).map((one) => nameOf(one.Tags) ?? one.InstanceId!);
}

/** Network cards that hang on it and belong to no instance: load balancers, databases, NAT gateways. */
async function cardsBy(
  aws: Aws,
  name: string,
  value: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const answer = await aws.services.ec2.read(
    { what: 'read the network interfaces', signal },
    ({ sdk, send }) =>
      send(new sdk.DescribeNetworkInterfacesCommand({ ...filter(name, value), MaxResults: 100 })),
  );
  return (answer.NetworkInterfaces ?? [])
    .filter((card) => !card.Attachment?.InstanceId)
    .map((card) => card.Description || card.NetworkInterfaceId!);
}

export function deleteNetwork(aws: Aws): OperationHandler {
  return deleteHandler(aws, {
    noun: 'VPC',
    send:
      (target) =>
      ({ sdk, send }, dry) =>
        send(new sdk.DeleteVpcCommand({ VpcId: awsIdOf(target.id), ...dry })),
    notes: async (target, { signal }) => {
      const id = awsIdOf(target.id);
      const [vms, subnets] = await Promise.all([
        instancesBy(aws, 'vpc-id', id, signal),
        ec2.fetchSubnets(aws, signal, filter('vpc-id', id)),
      ]);
      return [
        ...inTheWay(vms, `${target.name} has instances`, 'Delete them first.'),
        ...inTheWay(
          subnets.map((one) => nameOf(one.Tags) ?? one.SubnetId!),
          `${target.name} has subnets`,
          'Delete them first.',
        ),
      ];
    },
  });
}

export function deleteSubnet(aws: Aws): OperationHandler {
  return deleteHandler(aws, {
    noun: 'subnet',
    send:
      (target) =>
      ({ sdk, send }, dry) =>
        send(new sdk.DeleteSubnetCommand({ SubnetId: awsIdOf(target.id), ...dry })),
    notes: async (target, { signal }) => {
      const id = awsIdOf(target.id);
      const [vms, cards] = await Promise.all([
        instancesBy(aws, 'subnet-id', id, signal),
        cardsBy(aws, 'subnet-id', id, signal),
      ]);
      return inTheWay([...vms, ...cards], `${target.name} is used by`, 'Take them away first.');
    },
  });
}

export function deleteSecurityGroup(aws: Aws): OperationHandler {
  return deleteHandler(aws, {
    noun: 'security group',
    send:
      (target) =>
      ({ sdk, send }, dry) =>
        send(new sdk.DeleteSecurityGroupCommand({ GroupId: awsIdOf(target.id), ...dry })),
    notes: async (target, { signal }) => {
      const id = awsIdOf(target.id);
      if (target.name === 'default')
        return [blocker('The default security group of a VPC cannot be deleted.')];
      const [vms, cards, groups] = await Promise.all([
        instancesBy(aws, 'instance.group-id', id, signal),
        cardsBy(aws, 'group-id', id, signal),
        ec2.fetchSecurityGroups(aws, signal, filter('ip-permission.group-id', id)),
      ]);
      const others = groups.filter((group) => group.GroupId !== id).map((group) => group.GroupName!);
      return [
        ...inTheWay([...vms, ...cards], `${target.name} protects`, 'Give them another group first.'),
        ...inTheWay(others, `Rules of other groups name ${target.name}`, 'Take those rules away first.'),
      ];
    },
  });
}

export function deleteFloatingIp(aws: Aws): OperationHandler {
  return deleteHandler(aws, {
    noun: 'elastic IP',
    effect: (target) => `Releases ${target.name}; it may never be had again.`,
    send:
      (target) =>
      ({ sdk, send }, dry) =>
        send(new sdk.ReleaseAddressCommand({ AllocationId: awsIdOf(target.id), ...dry })),
    notes: async (target) =>
      target.status === 'in-use'
        ? [
            blocker(
              `${target.name} is in use (${target.attributes.attached_to ?? 'by a service of AWS'}).`,
              'Unassign it first.',
            ),
          ]
        : [],
  });
}

export function deleteKeypair(aws: Aws): OperationHandler {
  return deleteHandler(aws, {
    noun: 'key pair',
    effect: (target) => `Deletes the key pair ${target.name} from AWS.`,
    send:
      (target) =>
      ({ sdk, send }, dry) =>
        send(new sdk.DeleteKeyPairCommand({ KeyName: awsIdOf(target.id), ...dry })),
    notes: async () => [info('Instances keep the key they have; it cannot be given to new ones any more.')],
  });
}

export function deleteImage(aws: Aws): OperationHandler {
  return deleteHandler(aws, {
    noun: 'image',
    effect: (target) => `Deregisters the image ${target.name}; no instance can be made from it any more.`,
    send:
      (target) =>
      ({ sdk, send }, dry) =>
        send(new sdk.DeregisterImageCommand({ ImageId: awsIdOf(target.id), ...dry })),
    notes: async (target, { signal }) => {
      const { project } = await aws.identity(signal);
      const owner = target.attributes.owner_account;
      if (typeof owner === 'string' && owner !== project)
        return [
          blocker(
            `${target.name} belongs to another account (${owner}).`,
            'Only its owner can deregister it.',
          ),
        ];
      const vms = await instancesBy(aws, 'image-id', awsIdOf(target.id), signal);
      return [
        info('Its snapshots stay and cost.'),
        ...(vms.length > 0 ? [info(`${vms.length} instances were made from it; they go on.`)] : []),
      ];
    },
  });
}

export function deleteSnapshot(aws: Aws): OperationHandler {
  return deleteHandler(aws, {
    noun: 'snapshot',
    effect: (target) => `Deletes the snapshot ${target.name}; what was kept in it is lost.`,
    write: async (target, { signal }) => {
      const id = awsIdOf(target.id);
      const ask = { what: `delete the snapshot ${target.name}`, signal };
      if (id.startsWith('rds/'))
        await aws.services.rds.write(ask, ({ sdk, send }) =>
          send(new sdk.DeleteDBSnapshotCommand({ DBSnapshotIdentifier: id.slice(4) })),
        );
      else
        await aws.services.ec2.write(ask, ({ sdk, send }) =>
          send(new sdk.DeleteSnapshotCommand({ SnapshotId: id })),
        );
    },
    notes: async (target, { signal }) => {
      const id = awsIdOf(target.id);
      if (id.startsWith('rds/'))
        return target.attributes.automated
          ? [blocker(`${target.name} is a backup RDS made by itself; it goes with its retention time.`)]
          : [];
      const images = await ec2.fetchImages(aws, signal, {
        Owners: ['self'],
        ...filter('block-device-mapping.snapshot-id', id),
      });
      return inTheWay(
        images.map((one) => one.Name ?? one.ImageId!),
        `${target.name} is the disk of the image`,
        'Deregister the image first.',
      );
    },
  });
}
