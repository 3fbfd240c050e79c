// VPCs, subnets, security groups and elastic IPs.

import type { Address, IpPermission, SecurityGroup, Subnet, Vpc } from '@aws-sdk/client-ec2';
import { type Relation, type Resource, resourceId } from '../../../../shared/model/resource.ts';
import { edgesOf, nameOf, type Place, tagsOf, toResource } from './place.ts';

/** AWS says pending or available; the shared word for a network in order is active. */
const statusOf = (state: string | undefined): string => (state === 'pending' ? 'creating' : 'active');

export function nameOfVpc(vpc: Vpc): string {
  return nameOf(vpc.Tags) ?? (vpc.IsDefault ? 'default' : vpc.VpcId!);
}

export function toNetwork(vpc: Vpc, place: Place): Resource {
  return toResource(place, 'network', vpc.VpcId!, {
    name: nameOfVpc(vpc),
    status: statusOf(vpc.State),
    providerStatus: vpc.State,
    tags: tagsOf(vpc.Tags),
    attributes: { cidr: vpc.CidrBlock, default: vpc.IsDefault || undefined },
  });
}

export function toSubnet(subnet: Subnet, place: Place, network: string | undefined): Resource {
  return toResource(place, 'subnet', subnet.SubnetId!, {
    name: nameOf(subnet.Tags),
    status: statusOf(subnet.State),
    providerStatus: subnet.State,
    zone: subnet.AvailabilityZone,
    tags: tagsOf(subnet.Tags),
    attributes: {
      cidr: subnet.CidrBlock,
      network: network ?? subnet.VpcId,
      free_addresses: subnet.AvailableIpAddressCount,
      public: subnet.MapPublicIpOnLaunch,
    },
  });
}

export function relationsOfSubnet(subnet: Subnet, place: Place): readonly Relation[] {
  return edgesOf(place, resourceId(place.connection, 'subnet', subnet.SubnetId!), [
    ['IN_NETWORK', 'network', subnet.VpcId],
  ]);
}

export function toSecurityGroup(group: SecurityGroup, place: Place, network: string | undefined): Resource {
  return toResource(place, 'security-group', group.GroupId!, {
    name: group.GroupName,
    status: 'active',
    tags: tagsOf(group.Tags),
    attributes: {
      description: group.Description,
      network: network ?? group.VpcId,
      rules: (group.IpPermissions ?? []).flatMap(describePermission),
    },
  });
}

export function relationsOfSecurityGroup(group: SecurityGroup, place: Place): readonly Relation[] {
  const from = resourceId(place.connection, 'security-group', group.GroupId!);
  const peers = (group.IpPermissions ?? []).flatMap((one) => one.UserIdGroupPairs ?? []);
  return edgesOf(place, from, [
    ['IN_NETWORK', 'network', group.VpcId],
    ...peers
      .filter((peer) => peer.GroupId !== group.GroupId)
      .map((peer) => ['DEPENDS_ON', 'security-group', peer.GroupId] as const),
  ]);
}

/** One line a source: `tcp/443 from 0.0.0.0/0`. */
export function describePermission(permission: IpPermission): readonly string[] {
  return sourcesOf(permission).map((source) => `${portsOf(permission)} from ${source}`);
}

export function portsOf({ IpProtocol, FromPort, ToPort }: IpPermission): string {
  if (IpProtocol === '-1' || IpProtocol === undefined) return 'all';
  if (/^icmp/.test(IpProtocol)) return IpProtocol;
  if (FromPort === undefined || FromPort === -1) return IpProtocol;
  return FromPort === ToPort ? `${IpProtocol}/${FromPort}` : `${IpProtocol}/${FromPort}-${ToPort}`;
}

function sourcesOf(permission: IpPermission): readonly string[] {
  return [
    ...(permission.IpRanges ?? []).map((one) => one.CidrIp ?? ''),
    ...(permission.Ipv6Ranges ?? []).map((one) => one.CidrIpv6 ?? ''),
    ...(permission.UserIdGroupPairs ?? []).map((one) => one.GroupName || one.GroupId || ''),
    ...(permission.PrefixListIds ?? []).map((one) => one.PrefixListId ?? ''),
  ].filter((source) => source !== '');
}

export function toFloatingIp(address: Address, place: Place): Resource {
  return toResource(place, 'floating-ip', address.AllocationId ?? address.PublicIp!, {
    name: address.PublicIp,
    status: address.AssociationId ? 'in-use' : 'available',
    tags: tagsOf(address.Tags),
    attributes: {
      floating_ip: address.PublicIp,
      ip: address.PrivateIpAddress,
      attached_to: address.InstanceId && resourceId(place.connection, 'vm', address.InstanceId),
      label: nameOf(address.Tags),
    },
  });
}

export function relationsOfFloatingIp(address: Address, place: Place): readonly Relation[] {
  const from = resourceId(place.connection, 'floating-ip', address.AllocationId ?? address.PublicIp!);
  return edgesOf(place, from, [['ATTACHED_TO', 'vm', address.InstanceId]]);
}
