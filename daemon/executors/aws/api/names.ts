// Names of things that records only point at: images, VPCs, sizes of instance types. Read at most every half minute;
// a list that cannot be read leaves its names out.

import type { Instance } from '@aws-sdk/client-ec2';
import type { Aws } from '../aws.ts';
import type { InstanceNames } from '../mapping/instance.ts';
import { sizeOfType } from '../mapping/instance.ts';
import { nameOfVpc } from '../mapping/network.ts';
import { fetchImages, fetchInstanceTypes, fetchVpcs } from './ec2.ts';

export async function fetchNetworkNames(aws: Aws, signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
  const vpcs = await orNone(
    aws.keep('vpcs', () => fetchVpcs(aws, signal)),
    signal,
  );
  return new Map(vpcs.map((vpc) => [vpc.VpcId!, nameOfVpc(vpc)]));
}

/** Names for these instances; what they are made of is asked for by id, since most of it is public. */
export async function fetchInstanceNames(
  aws: Aws,
  instances: readonly Instance[],
  signal: AbortSignal,
): Promise<InstanceNames> {
  const imageIds = unique(instances.map((one) => one.ImageId));
  const [images, types, networks] = await Promise.all([
    orNone(fetchImageList(aws, imageIds, signal), signal),
    orNone(fetchTypesOf(aws, instances, signal), signal),
    fetchNetworkNames(aws, signal),
  ]);
  const imageNames = new Map(images.map((image) => [image.ImageId, image.Name]));
  const sizes = new Map(types.map((type) => [type.InstanceType as string, sizeOfType(type)]));
  return {
    imageName: (id) => imageNames.get(id),
    networkName: (id) => networks.get(id),
    type: (name) => {
      const size = sizes.get(name);
      return size && { vcpus: size.vcpus, ramGb: size.ram_gb };
    },
  };
}

export function fetchImageList(aws: Aws, ids: readonly string[], signal: AbortSignal) {
  if (ids.length === 0) return Promise.resolve([]);
  // Filtered, so that one that is gone does not spoil the question about the others.
  return aws.keep(`images ${ids.join(' ')}`, () =>
    fetchImages(aws, signal, { Filters: [{ Name: 'image-id', Values: [...ids] }] }),
  );
}

/** The types these instances are of, kept for half a minute. */
export function fetchTypesOf(aws: Aws, instances: readonly Instance[], signal: AbortSignal) {
  const names = unique(instances.map((one) => one.InstanceType));
  if (names.length === 0) return Promise.resolve([]);
  return aws.keep(`types ${names.join(' ')}`, () => fetchInstanceTypes(aws, names, signal));
}

function unique(values: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(values)].filter((value): value is string => Boolean(value)).sort();
}

function orNone<T>(list: Promise<readonly T[]>, signal: AbortSignal): Promise<readonly T[]> {
  return list.catch((error) => {
    if (signal.aborted) throw error;
    return [];
  });
}
