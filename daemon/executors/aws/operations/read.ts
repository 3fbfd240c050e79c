// One resource as AWS shows it now, of any kind an operation may be about. By id, never by name.

import { parseResourceId, type Resource } from '../../../../shared/model/resource.ts';
import * as ec2 from '../api/ec2.ts';
import { fetchInstanceNames, fetchNetworkNames } from '../api/names.ts';
import * as others from '../api/others.ts';
import { type Aws, fetchPlace } from '../aws.ts';
import { toBalancer } from '../mapping/balancer.ts';
import { toDatabase, toDatabaseSnapshot } from '../mapping/database.ts';
import { isGone, toImage, toKeypair, toVm } from '../mapping/instance.ts';
import { toFloatingIp, toNetwork, toSecurityGroup, toSubnet } from '../mapping/network.ts';
import type { Place } from '../mapping/place.ts';
import { toSnapshot, toVolume } from '../mapping/storage.ts';
import { toEcsService, toScalingGroup, toTask } from '../mapping/workload.ts';

type Read = (aws: Aws, path: string, place: Place, signal: AbortSignal) => Promise<Resource | undefined>;

/** Applies a mapping to a record that may not be there. */
async function mapped<T>(record: Promise<T | undefined>, to: (record: T) => Resource) {
  const found = await record;
  return found === undefined ? undefined : to(found);
}

const readers: Readonly<Record<string, Read>> = {
  vm: async (aws, path, place, signal) => {
    const instance = await ec2.fetchInstance(aws, path, signal);
    if (!instance || isGone(instance)) return undefined;
    return toVm(instance, place, await fetchInstanceNames(aws, [instance], signal));
  },
  volume: (aws, path, place, signal) =>
    mapped(ec2.fetchVolume(aws, path, signal), (one) => toVolume(one, place)),
  snapshot: (aws, path, place, signal) =>
    path.startsWith('rds/')
      ? mapped(others.fetchDatabaseSnapshot(aws, path.slice(4), signal), (one) =>
          toDatabaseSnapshot(one, place),
        )
      : mapped(ec2.fetchSnapshot(aws, path, signal), (one) => toSnapshot(one, place)),
  image: (aws, path, place, signal) =>
    mapped(ec2.fetchImage(aws, path, signal), (one) => toImage(one, place)),
  network: (aws, path, place, signal) =>
    mapped(ec2.fetchVpc(aws, path, signal), (one) => toNetwork(one, place)),
  subnet: async (aws, path, place, signal) => {
    const names = await fetchNetworkNames(aws, signal);
    return mapped(ec2.fetchSubnet(aws, path, signal), (one) =>
      toSubnet(one, place, names.get(one.VpcId ?? '')),
    );
  },
  'security-group': async (aws, path, place, signal) => {
    const names = await fetchNetworkNames(aws, signal);
    return mapped(ec2.fetchSecurityGroup(aws, path, signal), (one) =>
      toSecurityGroup(one, place, names.get(one.VpcId ?? '')),
    );
  },
  'floating-ip': (aws, path, place, signal) =>
    mapped(ec2.fetchAddress(aws, path, signal), (one) => toFloatingIp(one, place)),
  keypair: (aws, path, place, signal) =>
    mapped(ec2.fetchKeypair(aws, path, signal), (one) => toKeypair(one, place)),
  database: (aws, path, place, signal) =>
    mapped(others.fetchDatabase(aws, path, signal), (one) => toDatabase(one, place)),
  'load-balancer': async (aws, path, place, signal) => {
    const [found] = await others.fetchBalancers(aws, signal, path);
    return found && toBalancer(found.balancer, place, found);
  },
  deployment: async (aws, path, place, signal) => {
    const [service, cluster = '', name = ''] = path.split('/');
    if (service === 'ecs')
      return mapped(others.fetchEcsService(aws, cluster, name, signal), (one) => toEcsService(one, place));
    const [group] = await others.fetchScalingGroups(aws, signal, path.slice('scaling/'.length));
    return group && toScalingGroup(group, place);
  },
  pod: async (aws, path, place, signal) => {
    const [, cluster = '', id = ''] = path.split('/');
    const task = await others.fetchTask(aws, cluster, id, signal);
    return task && task.lastStatus !== 'STOPPED' ? toTask(task, place) : undefined;
  },
};

/** Undefined where it is gone, or of a kind that is not read one by one. */
export async function fetchResource(
  aws: Aws,
  id: string,
  signal: AbortSignal,
): Promise<Resource | undefined> {
  const parsed = parseResourceId(id);
  const read = parsed && readers[parsed.kind];
  return read ? read(aws, parsed.path, await fetchPlace(aws, signal), signal) : undefined;
}
