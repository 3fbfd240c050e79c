// EC2 instances and what stands beside them: instance types, images, key pairs.

import type { Image, Instance, InstanceTypeInfo, KeyPairInfo } from '@aws-sdk/client-ec2';
import { type Relation, type Resource, resourceId } from '../../../../shared/model/resource.ts';
import { edgesOf, iso, nameOf, type Place, tagsOf, toResource } from './place.ts';

const statuses: Readonly<Record<string, string>> = {
  pending: 'starting',
  running: 'running',
  stopping: 'stopping',
  stopped: 'stopped',
  'shutting-down': 'deleting',
  terminated: 'deleted',
};

/** Names for what an instance record only hints at. */
export interface InstanceNames {
  readonly imageName: (id: string) => string | undefined;
  readonly networkName: (id: string) => string | undefined;
  readonly type: (name: string) => { readonly vcpus?: number; readonly ramGb?: number } | undefined;
}

export const noNames: InstanceNames = {
  imageName: () => undefined,
  networkName: () => undefined,
  type: () => undefined,
};

export function statusOfInstance(instance: Instance): string {
  const state = instance.State?.Name ?? 'unknown';
  return statuses[state] ?? state;
}

/** A terminated instance is listed for about an hour more; it is gone for everybody. */
export function isGone(instance: Instance): boolean {
  return instance.State?.Name === 'terminated';
}

export function toVm(instance: Instance, place: Place, names: InstanceNames): Resource {
  const type = names.type(instance.InstanceType ?? '');
  const network = instance.VpcId ? (names.networkName(instance.VpcId) ?? instance.VpcId) : undefined;
  return toResource(place, 'vm', instance.InstanceId!, {
    name: nameOf(instance.Tags),
    status: statusOfInstance(instance),
    providerStatus: instance.State?.Name,
    zone: instance.Placement?.AvailabilityZone,
    tags: tagsOf(instance.Tags),
    createdAt: iso(instance.LaunchTime),
    // EC2 numbers no states; these two change with all that matters to who said yes.
    version: `${instance.InstanceType} since ${iso(instance.LaunchTime) ?? 'unknown'}`,
    attributes: {
      flavor: instance.InstanceType,
      vcpus: type?.vcpus ?? instance.CpuOptions?.CoreCount,
      ram_gb: type?.ramGb,
      image: instance.ImageId ? (names.imageName(instance.ImageId) ?? instance.ImageId) : undefined,
      network,
      networks: network ? [network] : undefined,
      ip: instance.PrivateIpAddress,
      floating_ip: instance.PublicIpAddress,
      keypair: instance.KeyName,
      security_groups: (instance.SecurityGroups ?? []).map((group) => group.GroupName ?? '').sort(),
      architecture: instance.Architecture,
      spot: instance.InstanceLifecycle === 'spot' || undefined,
      fault: instance.State?.Name === 'stopped' ? instance.StateReason?.Message : undefined,
    },
  });
}

export function relationsOfVm(instance: Instance, place: Place): readonly Relation[] {
  const group = instance.Tags?.find((tag) => tag.Key === 'aws:autoscaling:groupName')?.Value;
  return edgesOf(place, resourceId(place.connection, 'vm', instance.InstanceId!), [
    ['IN_NETWORK', 'network', instance.VpcId],
    ['IN_SUBNET', 'subnet', instance.SubnetId],
    ...(instance.SecurityGroups ?? []).map((one) => ['PROTECTED_BY', 'security-group', one.GroupId] as const),
    ['HAS_FLAVOR', 'flavor', instance.InstanceType],
    ['CREATED_FROM', 'image', instance.ImageId],
    ['DEPENDS_ON', 'keypair', instance.KeyName],
    ['MEMBER_OF', 'deployment', group && `scaling/${group}`],
  ]);
}

export function toFlavor(type: InstanceTypeInfo, place: Place): Resource {
  return toResource(place, 'flavor', type.InstanceType!, {
    name: type.InstanceType,
    status: 'available',
    attributes: { ...sizeOfType(type), architecture: type.ProcessorInfo?.SupportedArchitectures },
  });
}

export function sizeOfType(type: InstanceTypeInfo): { vcpus?: number; ram_gb?: number } {
  const mib = type.MemoryInfo?.SizeInMiB;
  return { vcpus: type.VCpuInfo?.DefaultVCpus, ram_gb: mib === undefined ? undefined : Number(mib) / 1024 };
}

export function toImage(image: Image, place: Place): Resource {
  return toResource(place, 'image', image.ImageId!, {
    name: image.Name || nameOf(image.Tags),
    status: image.State ?? 'available',
    providerStatus: image.State,
    tags: tagsOf(image.Tags),
    createdAt: iso(image.CreationDate),
    attributes: {
      architecture: image.Architecture,
      owner_account: image.OwnerId,
      public: image.Public,
      size_gb: image.BlockDeviceMappings?.find((one) => one.Ebs?.VolumeSize)?.Ebs?.VolumeSize,
      description: image.Description,
    },
  });
}

export function relationsOfImage(image: Image, place: Place): readonly Relation[] {
  return edgesOf(
    place,
    resourceId(place.connection, 'image', image.ImageId!),
    (image.BlockDeviceMappings ?? []).map((one) => ['BACKED_BY', 'snapshot', one.Ebs?.SnapshotId] as const),
  );
}

export function toKeypair(key: KeyPairInfo, place: Place): Resource {
  return toResource(place, 'keypair', key.KeyName!, {
    name: key.KeyName,
    status: 'available',
    tags: tagsOf(key.Tags),
    createdAt: iso(key.CreateTime),
    attributes: { type: key.KeyType, fingerprint: key.KeyFingerprint },
  });
}
