// A Nova server as a `vm`, with its edges. The task in progress decides the shared status before the settled
// state does: an ACTIVE server that is being stopped is `stopping`.

import type { Relation, Resource } from '../../../../shared/model/resource.ts';
import { resourceId } from '../../../../shared/model/resource.ts';
import type { ServerRecord } from '../records/compute.ts';
import { type Place, tagsOf, toResource, utc } from './place.ts';

/** Names → ids and back, from what was read last; used to fill in what a server record only hints at. */
export interface VmNames {
  readonly flavorById: (id: string) => { name: string; vcpus: number; ram: number; disk: number } | undefined;
  readonly flavorIdByName: (name: string) => string | undefined;
  readonly imageName: (id: string) => string | undefined;
  readonly isSnapshot: (imageId: string) => boolean;
  /** Undefined also where several networks have the name. */
  readonly networkId: (name: string) => string | undefined;
  readonly securityGroupId: (name: string) => string | undefined;
}

const settled: Readonly<Record<string, string>> = {
  ACTIVE: 'running',
  SHUTOFF: 'stopped',
  BUILD: 'building',
  REBUILD: 'building',
  SUSPENDED: 'suspended',
  PAUSED: 'paused',
  ERROR: 'error',
  REBOOT: 'rebooting',
  HARD_REBOOT: 'rebooting',
  RESIZE: 'resizing',
  REVERT_RESIZE: 'resizing',
  VERIFY_RESIZE: 'verify-resize',
  MIGRATING: 'migrating',
  SHELVED: 'shelved',
  SHELVED_OFFLOADED: 'shelved',
  RESCUE: 'rescued',
  DELETED: 'deleted',
  SOFT_DELETED: 'deleted',
  PASSWORD: 'pending',
};

/** Task of Nova (nova/compute/task_states.py) → shared status. */
const tasks: readonly (readonly [RegExp, string])[] = [
  [/^(soft-)?deleting$/, 'deleting'],
  [/^(powering-off|shelving.*|suspending|pausing)$/, 'stopping'],
  [/^(powering-on|spawning|resuming|unpausing|unshelving|restoring|unrescuing)$/, 'starting'],
  [/^reboot/, 'rebooting'],
  [/^resize_/, 'resizing'],
  [/^image_/, 'saving'],
  [/^migrating$/, 'migrating'],
  [/^(rebuild|scheduling|networking|block_device_mapping)/, 'building'],
];

/** Shared status word of a server. */
export function statusOfServer(server: ServerRecord): string {
  const task = server['OS-EXT-STS:task_state'];
  const base = settled[server.status] ?? server.status.toLowerCase();
  if (!task || base === 'building' || base === 'error') return task?.endsWith('deleting') ? 'deleting' : base;
  return tasks.find(([pattern]) => pattern.test(task))?.[1] ?? 'pending';
}

/** Whether a changes-since list says that it is gone. */
export function isGone(server: ServerRecord): boolean {
  return server.status === 'DELETED' || server.status === 'SOFT_DELETED';
}

export function toVm(server: ServerRecord, place: Place, names: VmNames): Resource {
  const flavor = flavorOf(server, names);
  const addresses = Object.values(server.addresses ?? {}).flat();
  const fixed = addresses.filter((one) => one['OS-EXT-IPS:type'] !== 'floating');
  const task = server['OS-EXT-STS:task_state'];
  const networks = Object.keys(server.addresses ?? {});
  const groups = [...new Set((server.security_groups ?? []).map((group) => group.name))].sort();
  return toResource(place, 'vm', server.id, {
    name: server.name,
    status: statusOfServer(server),
    providerStatus: task ? `${server.status} (${task})` : server.status,
    zone: server['OS-EXT-AZ:availability_zone'] || undefined,
    tags: tagsOf(server.metadata, server.tags),
    createdAt: utc(server.created),
    version: server.updated ?? undefined,
    attributes: {
      flavor: flavor?.name,
      vcpus: flavor?.vcpus,
      ram_gb: flavor === undefined ? undefined : flavor.ram / 1024,
      size_gb: flavor?.disk,
      image: server.image ? (names.imageName(server.image.id) ?? server.image.id) : undefined,
      network: networks[0],
      networks: networks.length > 0 ? networks : undefined,
      ip: (fixed.find((one) => one.version === 4) ?? fixed[0])?.addr,
      floating_ip: addresses.find((one) => one['OS-EXT-IPS:type'] === 'floating')?.addr,
      keypair: server.key_name,
      security_groups: groups.length > 0 ? groups : undefined,
      host: server['OS-EXT-SRV-ATTR:hypervisor_hostname'],
      locked: server.locked ?? undefined,
      boots_from_volume: server.image ? undefined : true,
      fault: server.fault?.message?.slice(0, 300),
    },
  });
}

export function relationsOfVm(server: ServerRecord, place: Place, names: VmNames): readonly Relation[] {
  const from = resourceId(place.connection, 'vm', server.id);
  const edges: Relation[] = [];
  const add = (type: Relation['type'], kind: Parameters<typeof resourceId>[1], path: string | undefined) => {
    if (path) edges.push({ from, type, to: resourceId(place.connection, kind, path) });
  };
  const flavorName = server.flavor?.original_name;
  add(
    'HAS_FLAVOR',
    'flavor',
    server.flavor?.id ?? (flavorName ? names.flavorIdByName(flavorName) : undefined),
  );
  if (server.image) {
    const isSnapshot = names.isSnapshot(server.image.id);
    add('CREATED_FROM', isSnapshot ? 'snapshot' : 'image', `${isSnapshot ? 'image/' : ''}${server.image.id}`);
  }
  for (const network of Object.keys(server.addresses ?? {}))
    add('IN_NETWORK', 'network', names.networkId(network));
  for (const group of new Set((server.security_groups ?? []).map((one) => one.name)))
    add('PROTECTED_BY', 'security-group', names.securityGroupId(group));
  add('DEPENDS_ON', 'keypair', server.key_name ?? undefined);
  add('RUNS_ON', 'host', server['OS-EXT-SRV-ATTR:hypervisor_hostname'] ?? undefined);
  return edges;
}

function flavorOf(server: ServerRecord, names: VmNames) {
  const flavor = server.flavor;
  if (!flavor) return undefined;
  if (flavor.original_name)
    return {
      name: flavor.original_name,
      vcpus: flavor.vcpus ?? 0,
      ram: flavor.ram ?? 0,
      disk: flavor.disk ?? 0,
    };
  return flavor.id ? names.flavorById(flavor.id) : undefined;
}
