// The reads of EC2: lists with all their pages, and single things by id, as EC2 gives them. An id that is not there
// is undefined, never an error.

import type {
  Address,
  Filter,
  Image,
  Instance,
  InstanceTypeInfo,
  KeyPairInfo,
  SecurityGroup,
  Snapshot,
  Subnet,
  Volume,
  Vpc,
} from '@aws-sdk/client-ec2';
import type { Aws } from '../aws.ts';
import { type At, allPages } from '../client/services.ts';
import { markKey } from '../mapping/place.ts';

/** EC2 gives at most so many in a page. */
const pageItems = 1_000;

type Query = { readonly Filters?: Filter[]; readonly [more: string]: unknown };
type Page<T> = { readonly items: readonly T[] | undefined; readonly next: string | undefined };

/** The filter that finds what carries a plan's mark. */
export const markFilter = (mark: string): Filter => ({ Name: `tag:${markKey}`, Values: [mark] });

function list<T>(
  aws: Aws,
  what: string,
  signal: AbortSignal,
  run: (at: At<'ec2'>, page: { NextToken?: string; MaxResults: number }) => Promise<Page<T>>,
): Promise<readonly T[]> {
  return allPages(aws.limits.cloudPagesMax, async (token) => {
    const page = { MaxResults: pageItems, ...(token ? { NextToken: token } : {}) };
    const { items, next } = await aws.services.ec2.read({ what, signal }, (at) => run(at, page));
    return { items: items ?? [], next };
  });
}

/** One thing: a list of the one id, or undefined where EC2 does not know it. */
async function one<T>(
  aws: Aws,
  what: string,
  signal: AbortSignal,
  run: (at: At<'ec2'>) => Promise<readonly T[] | undefined>,
): Promise<T | undefined> {
  const found = await aws.services.ec2.find({ what, signal }, run);
  return found?.[0];
}

export function fetchInstances(
  aws: Aws,
  signal: AbortSignal,
  query: Query = {},
): Promise<readonly Instance[]> {
  return list(aws, 'read the instances', signal, async ({ sdk, send }, page) => {
    const answer = await send(new sdk.DescribeInstancesCommand({ ...query, ...page }));
    return {
      items: (answer.Reservations ?? []).flatMap((reservation) => reservation.Instances ?? []),
      next: answer.NextToken,
    };
  });
}

export function fetchInstance(aws: Aws, id: string, signal: AbortSignal): Promise<Instance | undefined> {
  return one(aws, `read the instance ${id}`, signal, async ({ sdk, send }) => {
    const answer = await send(new sdk.DescribeInstancesCommand({ InstanceIds: [id] }));
    return (answer.Reservations ?? []).flatMap((reservation) => reservation.Instances ?? []);
  });
}

export function fetchVolumes(aws: Aws, signal: AbortSignal, query: Query = {}): Promise<readonly Volume[]> {
  return list(aws, 'read the volumes', signal, async ({ sdk, send }, page) => {
    const answer = await send(new sdk.DescribeVolumesCommand({ ...query, ...page }));
    return { items: answer.Volumes, next: answer.NextToken };
  });
}

export function fetchVolume(aws: Aws, id: string, signal: AbortSignal): Promise<Volume | undefined> {
  return one(
    aws,
    `read the volume ${id}`,
    signal,
    async ({ sdk, send }) => (await send(new sdk.DescribeVolumesCommand({ VolumeIds: [id] }))).Volumes,
  );
}

/** Snapshots of the account itself; public ones are too many and nobody's here. */
export function fetchSnapshots(
  aws: Aws,
  signal: AbortSignal,
  query: Query = {},
): Promise<readonly Snapshot[]> {
  return list(aws, 'read the snapshots', signal, async ({ sdk, send }, page) => {
    const answer = await send(new sdk.DescribeSnapshotsCommand({ OwnerIds: ['self'], ...query, ...page }));
    return { items: answer.Snapshots, next: answer.NextToken };
  });
}

export function fetchSnapshot(aws: Aws, id: string, signal: AbortSignal): Promise<Snapshot | undefined> {
  return one(
    aws,
    `read the snapshot ${id}`,
    signal,
    async ({ sdk, send }) => (await send(new sdk.DescribeSnapshotsCommand({ SnapshotIds: [id] }))).Snapshots,
  );
}

/** Images that fit the query; without one those of the account itself. */
export function fetchImages(
  aws: Aws,
  signal: AbortSignal,
  query: Query & { readonly Owners?: string[]; readonly ImageIds?: string[] } = { Owners: ['self'] },
): Promise<readonly Image[]> {
  // Paging may not be asked for together with ids.
  const isByIds = query.ImageIds !== undefined;
  return list(aws, 'read the images', signal, async ({ sdk, send }, page) => {
    const answer = await send(new sdk.DescribeImagesCommand({ ...query, ...(isByIds ? {} : page) }));
    return { items: answer.Images, next: answer.NextToken };
  });
}

export async function fetchImage(aws: Aws, id: string, signal: AbortSignal): Promise<Image | undefined> {
  const found = await one(
    aws,
    `read the image ${id}`,
    signal,
    async ({ sdk, send }) => (await send(new sdk.DescribeImagesCommand({ ImageIds: [id] }))).Images,
  );
  return found?.State === 'deregistered' ? undefined : found;
}

export function fetchVpcs(aws: Aws, signal: AbortSignal, query: Query = {}): Promise<readonly Vpc[]> {
  return list(aws, 'read the VPCs', signal, async ({ sdk, send }, page) => {
    const answer = await send(new sdk.DescribeVpcsCommand({ ...query, ...page }));
    return { items: answer.Vpcs, next: answer.NextToken };
  });
}

export function fetchVpc(aws: Aws, id: string, signal: AbortSignal): Promise<Vpc | undefined> {
  return one(
    aws,
    `read the VPC ${id}`,
    signal,
    async ({ sdk, send }) => (await send(new sdk.DescribeVpcsCommand({ VpcIds: [id] }))).Vpcs,
  );
}

export function fetchSubnets(aws: Aws, signal: AbortSignal, query: Query = {}): Promise<readonly Subnet[]> {
  return list(aws, 'read the subnets', signal, async ({ sdk, send }, page) => {
    const answer = await send(new sdk.DescribeSubnetsCommand({ ...query, ...page }));
    return { items: answer.Subnets, next: answer.NextToken };
  });
}

export function fetchSubnet(aws: Aws, id: string, signal: AbortSignal): Promise<Subnet | undefined> {
  return one(
    aws,
    `read the subnet ${id}`,
    signal,
    async ({ sdk, send }) => (await send(new sdk.DescribeSubnetsCommand({ SubnetIds: [id] }))).Subnets,
  );
}

export function fetchSecurityGroups(
  aws: Aws,
  signal: AbortSignal,
  query: Query = {},
): Promise<readonly SecurityGroup[]> {
  return list(aws, 'read the security groups', signal, async ({ sdk, send }, page) => {
    const answer = await send(new sdk.DescribeSecurityGroupsCommand({ ...query, ...page }));
    return { items: answer.SecurityGroups, next: answer.NextToken };
  });
}

export function fetchSecurityGroup(
  aws: Aws,
  id: string,
  signal: AbortSignal,
): Promise<SecurityGroup | undefined> {
  return one(
    aws,
    `read the security group ${id}`,
    signal,
    async ({ sdk, send }) =>
      (await send(new sdk.DescribeSecurityGroupsCommand({ GroupIds: [id] }))).SecurityGroups,
  );
}

/** EC2 gives all addresses in one answer. */
export function fetchAddresses(
  aws: Aws,
  signal: AbortSignal,
  query: Query = {},
): Promise<readonly Address[]> {
  return aws.services.ec2.read(
    { what: 'read the elastic IPs', signal },
    async ({ sdk, send }) => (await send(new sdk.DescribeAddressesCommand(query))).Addresses ?? [],
  );
}

export function fetchAddress(aws: Aws, id: string, signal: AbortSignal): Promise<Address | undefined> {
  return one(
    aws,
    `read the elastic IP ${id}`,
    signal,
    async ({ sdk, send }) =>
      (await send(new sdk.DescribeAddressesCommand({ AllocationIds: [id] }))).Addresses,
  );
}

/** EC2 gives all key pairs in one answer. */
export function fetchKeypairs(
  aws: Aws,
  signal: AbortSignal,
  query: Query = {},
): Promise<readonly KeyPairInfo[]> {
  return aws.services.ec2.read(
    { what: 'read the key pairs', signal },
    async ({ sdk, send }) => (await send(new sdk.DescribeKeyPairsCommand(query))).KeyPairs ?? [],
  );
}

export function fetchKeypair(aws: Aws, name: string, signal: AbortSignal): Promise<KeyPairInfo | undefined> {
  return one(
    aws,
    `read the key pair ${name}`,
    signal,
    async ({ sdk, send }) => (await send(new sdk.DescribeKeyPairsCommand({ KeyNames: [name] }))).KeyPairs,
  );
}

/** Names of the instance types the region offers. */
export async function fetchOfferedTypes(aws: Aws, signal: AbortSignal): Promise<readonly string[]> {
  const offered = await list(aws, 'read the instance types', signal, async ({ sdk, send }, page) => {
    const answer = await send(
      new sdk.DescribeInstanceTypeOfferingsCommand({ LocationType: 'region', ...page }),
    );
    return { items: answer.InstanceTypeOfferings, next: answer.NextToken };
  });
  return [...new Set(offered.map((one) => one.InstanceType as string))].sort();
}

/** EC2 answers for at most so many types at a time. */
const typesPerQuestion = 100;

/** Types by name. */
export async function fetchInstanceTypes(
  aws: Aws,
  names: readonly string[],
  signal: AbortSignal,
): Promise<readonly InstanceTypeInfo[]> {
  const all: InstanceTypeInfo[] = [];
  for (let at = 0; at < names.length; at += typesPerQuestion) {
    const InstanceTypes = names.slice(at, at + typesPerQuestion) as never;
    const found = await aws.services.ec2.find({ what: 'read the instance types', signal }, ({ sdk, send }) =>
      send(new sdk.DescribeInstanceTypesCommand({ InstanceTypes })),
    );
    all.push(...(found?.InstanceTypes ?? []));
  }
  return all;
}

export async function fetchInstanceType(
  aws: Aws,
  name: string,
  signal: AbortSignal,
): Promise<InstanceTypeInfo | undefined> {
  const isName = /^[a-z0-9-]+\.[a-z0-9-]+$/.test(name);
  return isName ? (await fetchInstanceTypes(aws, [name], signal))[0] : undefined;
}

/** Zones of the region that can be used, by name. */
export async function fetchZones(aws: Aws, signal: AbortSignal): Promise<readonly string[]> {
  const zones = await aws.services.ec2.read(
    { what: 'read the availability zones', signal },
    async ({ sdk, send }) =>
      (await send(new sdk.DescribeAvailabilityZonesCommand({}))).AvailabilityZones ?? [],
  );
  return zones
    .filter(
      (zone) => zone.State === 'available' && (zone.ZoneType ?? 'availability-zone') === 'availability-zone',
    )
    .map((zone) => zone.ZoneName ?? '')
    .sort();
}
