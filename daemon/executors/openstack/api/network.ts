// Reads of Neutron. An administrator's list holds the things of every project; only those of the own project are
// kept, and networks and subnets that are shared with it.

import { z } from 'zod';
import { isProblem } from '../client/cloud.ts';
import { cloudIdOf } from '../mapping/place.ts';
import {
  type FloatingIpRecord,
  floatingIpRecord,
  type NetworkRecord,
  networkQuota,
  networkRecord,
  type PortRecord,
  portRecord,
  type RouterRecord,
  routerRecord,
  type SecurityGroupRecord,
  type SubnetRecord,
  securityGroupRecord,
  subnetRecord,
} from '../records/network.ts';
import type { OpenStack } from './openStack.ts';

async function list<T>(
  os: OpenStack,
  path: string,
  key: string,
  item: z.ZodType<T>,
  signal: AbortSignal,
  query?: Readonly<Record<string, string>>,
): Promise<readonly T[]> {
  const what = `read the ${key.replace(/_/g, ' ').replace('floatingips', 'floating addresses')}`;
  return os.cloud.list({ service: 'network', path, query, signal, what }, key, item);
}

async function ownProject(os: OpenStack, signal: AbortSignal): Promise<{ project_id: string }> {
  return { project_id: (await os.cloud.session(signal)).project.id };
}

/** Networks of the project, shared ones and outer ones. */
export async function fetchNetworks(os: OpenStack, signal: AbortSignal): Promise<readonly NetworkRecord[]> {
  const { project_id } = await ownProject(os, signal);
  const all = await list(os, '/networks', 'networks', networkRecord, signal);
  return all.filter((one) => one.project_id === project_id || one.shared || one['router:external']);
}

/** Subnets of the networks above. */
export async function fetchSubnets(os: OpenStack, signal: AbortSignal): Promise<readonly SubnetRecord[]> {
  const all = await list(os, '/subnets', 'subnets', subnetRecord, signal);
  const networks = new Set((await os.lists.networks(signal)).map((network) => network.id));
  return all.filter((one) => networks.has(one.network_id));
}

export async function fetchRouters(os: OpenStack, signal: AbortSignal): Promise<readonly RouterRecord[]> {
  return list(os, '/routers', 'routers', routerRecord, signal, await ownProject(os, signal));
}

/** Ports of the project, or only those of one device or network. */
export async function fetchPorts(
  os: OpenStack,
  signal: AbortSignal,
  where?: { readonly device_id?: string; readonly network_id?: string },
): Promise<readonly PortRecord[]> {
  return list(os, '/ports', 'ports', portRecord, signal, { ...(await ownProject(os, signal)), ...where });
}

export async function fetchFloatingIps(
  os: OpenStack,
  signal: AbortSignal,
): Promise<readonly FloatingIpRecord[]> {
  return list(os, '/floatingips', 'floatingips', floatingIpRecord, signal, await ownProject(os, signal));
}

export async function fetchSecurityGroups(
  os: OpenStack,
  signal: AbortSignal,
): Promise<readonly SecurityGroupRecord[]> {
  const own = await ownProject(os, signal);
  return list(os, '/security-groups', 'security_groups', securityGroupRecord, signal, own);
}

const one = {
  networks: { key: 'network', schema: networkRecord },
  subnets: { key: 'subnet', schema: subnetRecord },
  floatingips: { key: 'floatingip', schema: floatingIpRecord },
  'security-groups': { key: 'security_group', schema: securityGroupRecord },
  routers: { key: 'router', schema: routerRecord },
  ports: { key: 'port', schema: portRecord },
} as const;
type Collection = keyof typeof one;
export type NetworkRecordOf<C extends Collection> = z.infer<(typeof one)[C]['schema']>;

/** One thing of Neutron by its id or resource id; undefined where it is gone. */
export async function fetchFromNetwork<C extends Collection>(
  os: OpenStack,
  collection: C,
  id: string,
  signal: AbortSignal,
): Promise<NetworkRecordOf<C> | undefined> {
  const { key, schema } = one[collection];
  const path = `/${collection}/${encodeURIComponent(cloudIdOf(id))}`;
  const what = `read the ${key.replace('_', ' ')}`;
  const found = await os.cloud.find(
    { service: 'network', path, signal, what },
    z.object({ [key]: schema as unknown as z.ZodType<NetworkRecordOf<C>> }),
  );
  return found?.[key];
}

/** Used and allowed number of a resource of Neutron; undefined where this may not be asked. */
export async function fetchNetworkQuota(
  os: OpenStack,
  resource: string,
  signal: AbortSignal,
): Promise<{ readonly used: number; readonly limit: number } | undefined> {
  const { project_id } = await ownProject(os, signal);
  const path = `/quotas/${project_id}/details.json`;
  try {
    const { quota } = await os.cloud.read(
      { service: 'network', path, signal, what: 'read the quota' },
      networkQuota,
    );
    const figures = quota[resource];
    return figures && { used: figures.used + figures.reserved, limit: figures.limit };
  } catch (error) {
    if (isProblem(error, 'cloud-forbidden') || isProblem(error, 'cloud-not-found')) return undefined;
    throw error;
  }
}
