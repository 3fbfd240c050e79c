// Items of a vCenter as resources of the shared model, with their edges. Ids hold the server's own reference
// (`vm-42`), which lives as long as the thing. A template is an image; a snapshot is a resource of its own. vSphere has
// no flavors: the sizes that its VMs have stand for them, named by processors and memory in GB (`4x16`).

import type { Kind } from '../../../../shared/model/kind.ts';
import { type Relation, type Resource, resourceId } from '../../../../shared/model/resource.ts';
import { healthOf } from '../../../../shared/model/statuses.ts';
import { child, children, refOf, refsOf, textAt, textOf, type XmlNode } from '../client/node.ts';
import { above, type Inventory, type Item, nameOf } from './inventory.ts';

export interface Translated {
  readonly resources: readonly Resource[];
  readonly relations: readonly Relation[];
}

interface Place {
  readonly connection: string;
  readonly inventory: Inventory;
}

type Attributes = Readonly<Record<string, Resource['attributes'][string] | undefined>>;

const nothing: Translated = { resources: [], relations: [] };
const gib = 1024 ** 3;

/** What an item is in the shared model: nothing for a folder, several for a VM with snapshots. */
export function translate(place: Place, item: Item): Translated {
  switch (item.ref.type) {
    case 'VirtualMachine':
      return isTemplate(item) ? toTemplate(place, item) : toVm(place, item);
    case 'HostSystem':
      return toHost(place, item);
    case 'Datastore':
      return toDatastore(place, item);
    case 'Datacenter':
      return { resources: [toResource(place, item, 'datacenter', 'active')], relations: [] };
    case 'ClusterComputeResource':
      return inDatacenter(place, item, toResource(place, item, 'cluster', 'active'));
    case 'Network':
    case 'DistributedVirtualPortgroup':
    case 'OpaqueNetwork':
      return toNetwork(place, item);
    default:
      return nothing;
  }
}

/** The sizes that VMs and templates have, once each. */
export function sizesOf(place: Place): readonly Resource[] {
  const counts = new Map<string, { readonly vcpus: number; readonly ramGb: number; count: number }>();
  for (const item of place.inventory.items.values()) {
    const size = item.ref.type === 'VirtualMachine' ? sizeOf(item) : undefined;
    if (!size) continue;
    const known = counts.get(size.name) ?? { ...size, count: 0 };
    known.count++;
    counts.set(size.name, known);
  }
  return [...counts].map(([name, { vcpus, ramGb, count }]) => ({
    id: resourceId(place.connection, 'flavor', name),
    connection: place.connection,
    provider: 'vsphere',
    kind: 'flavor',
    name,
    status: 'available',
    health: 'ok',
    tags: {},
    attributes: { vcpus, ram_gb: ramGb, used_by: count },
  }));
}

/** Whether a VM is a template. */
export function isTemplate(item: Item): boolean {
  return textOf(item.properties.get('config.template')) === 'true';
}

function toVm(place: Place, item: Item): Translated {
  const { inventory, connection } = place;
  const host = itemOf(inventory, item, 'runtime.host');
  const networks = refsOf(item.properties.get('network')).map((ref) => inventory.items.get(ref.value));
  const names = networks.flatMap((network) => nameOf(network) ?? []);
  const power = textOf(item.properties.get('runtime.powerState')) ?? 'unknown';
  const link = textOf(item.properties.get('runtime.connectionState')) ?? 'connected';
  const size = sizeOf(item);
  const vm = toResource(place, item, 'vm', link === 'connected' ? (powerStatus[power] ?? power) : 'error', {
    providerStatus: link === 'connected' ? power : `${power} (${link})`,
    version: textOf(item.properties.get('config.changeVersion')),
    tags: tagsOf(inventory, item),
    cluster: clusterNameOf(inventory, host),
    attributes: {
      flavor: size?.name,
      vcpus: size?.vcpus,
      ram_gb: size?.ramGb,
      size_gb: gbOf(item, 'summary.storage.committed'),
      guest_os: textOf(item.properties.get('config.guestFullName')),
      network: names[0],
      networks: names.length > 0 ? names : undefined,
      ip: textOf(item.properties.get('guest.ipAddress')),
      hostname: textOf(item.properties.get('guest.hostName')),
      host: nameOf(host),
      tools: textOf(item.properties.get('guest.toolsRunningStatus')) === 'guestToolsRunning',
      uuid: textOf(item.properties.get('config.uuid')),
      question: textAt(item.properties.get('runtime.question'), 'text')?.slice(0, 300),
    },
  });
  const relations: Relation[] = [
    ...edges(vm.id, 'RUNS_ON', connection, 'host', host ? [host.ref.value] : []),
    ...edges(vm.id, 'IN_NETWORK', connection, 'network', valuesOf(item, 'network')),
    ...edges(vm.id, 'BACKED_BY', connection, 'datastore', valuesOf(item, 'datastore')),
    ...edges(vm.id, 'HAS_FLAVOR', connection, 'flavor', size ? [size.name] : []),
  ];
  const snapshots = snapshotsOf(place, vm, item.properties.get('snapshot'));
  return { resources: [vm, ...snapshots], relations: [...relations, ...fromVm(vm, snapshots)] };
}

const powerStatus: Readonly<Record<string, string>> = {
  poweredOn: 'running',
  poweredOff: 'stopped',
  suspended: 'suspended',
};

function fromVm(vm: Resource, snapshots: readonly Resource[]): readonly Relation[] {
  return snapshots.map((snapshot) => ({ from: snapshot.id, type: 'CREATED_FROM', to: vm.id }));
}

/** Snapshots of a VM, with those they stand on. */
function snapshotsOf(place: Place, vm: Resource, info: XmlNode | undefined): readonly Resource[] {
  const current = refOf(child(info, 'currentSnapshot'))?.value;
  const visit = (tree: XmlNode): readonly Resource[] => {
    const ref = refOf(child(tree, 'snapshot'));
    const below = children(tree, 'childSnapshotList').flatMap(visit);
    if (!ref) return below;
    const snapshot: Resource = {
      id: resourceId(place.connection, 'snapshot', ref.value),
      connection: place.connection,
      provider: 'vsphere',
      kind: 'snapshot',
      name: textAt(tree, 'name') ?? ref.value,
      status: 'available',
      health: 'ok',
      region: vm.region,
      tags: {},
      createdAt: timeOf(textAt(tree, 'createTime')),
      attributes: withoutEmpty({
        source: vm.id,
        current: ref.value === current,
        description: textAt(tree, 'description')?.slice(0, 300),
        powered: textAt(tree, 'state'),
        children: below.length > 0 ? below.length : undefined,
      }),
    };
    return [snapshot, ...below];
  };
  return children(info, 'rootSnapshotList').flatMap(visit);
}

function toTemplate(place: Place, item: Item): Translated {
  const size = sizeOf(item);
  const image = toResource(place, item, 'image', 'active', {
    version: textOf(item.properties.get('config.changeVersion')),
    tags: tagsOf(place.inventory, item),
    attributes: {
      flavor: size?.name,
      size_gb: gbOf(item, 'summary.storage.committed'),
      guest_os: textOf(item.properties.get('config.guestFullName')),
    },
  });
  const values = valuesOf(item, 'datastore');
  return {
    resources: [image],
    relations: edges(image.id, 'BACKED_BY', place.connection, 'datastore', values),
  };
}

function toHost(place: Place, item: Item): Translated {
  const link = textOf(item.properties.get('runtime.connectionState'));
  const power = textOf(item.properties.get('runtime.powerState'));
  const isInMaintenance = textOf(item.properties.get('runtime.inMaintenanceMode')) === 'true';
  const cluster = above(place.inventory, item, 'ClusterComputeResource');
  const status = link !== 'connected' ? 'down' : isInMaintenance ? 'maintenance' : 'connected';
  const host = toResource(place, item, 'host', status, {
    providerStatus: [link, power].filter(Boolean).join(', '),
    cluster: nameOf(cluster),
    attributes: {
      vcpus: numberOf(item, 'summary.hardware.numCpuCores'),
      cpu_mhz: numberOf(item, 'summary.hardware.cpuMhz'),
      ram_gb: gbOf(item, 'summary.hardware.memorySize'),
      product: textOf(item.properties.get('summary.config.product.fullName')),
      unschedulable: isInMaintenance || undefined,
    },
  });
  const relations = [
    ...(cluster
      ? edges(host.id, 'MEMBER_OF', place.connection, 'cluster', [cluster.ref.value])
      : inDatacenter(place, item, host).relations),
    ...edges(host.id, 'MOUNTS', place.connection, 'datastore', valuesOf(item, 'datastore')),
  ];
  return { resources: [host], relations };
}

function toDatastore(place: Place, item: Item): Translated {
  const isThere = textOf(item.properties.get('summary.accessible')) !== 'false';
  const maintenance = textOf(item.properties.get('summary.maintenanceMode'));
  const isNormal = maintenance === undefined || maintenance === 'normal';
  const status = !isThere ? 'down' : isNormal ? 'available' : 'maintenance';
  const sizeGb = gbOf(item, 'summary.capacity');
  const datastore = toResource(place, item, 'datastore', status, {
    attributes: {
      size_gb: sizeGb,
      free_gb: gbOf(item, 'summary.freeSpace'),
      type: textOf(item.properties.get('summary.type')),
    },
  });
  return inDatacenter(place, item, datastore);
}

function toNetwork(place: Place, item: Item): Translated {
  const isThere = textOf(item.properties.get('summary.accessible')) !== 'false';
  return inDatacenter(place, item, toResource(place, item, 'network', isThere ? 'active' : 'down'));
}

/** What stands in a datacenter itself and not in a thing that does. */
function inDatacenter({ inventory, connection }: Place, item: Item, resource: Resource): Translated {
  const datacenter = above(inventory, item, 'Datacenter');
  const values = datacenter ? [datacenter.ref.value] : [];
  return {
    resources: [resource],
    relations: edges(resource.id, 'MEMBER_OF', connection, 'datacenter', values),
  };
}

function toResource(
  { connection, inventory }: Place,
  item: Item,
  kind: Kind,
  status: string,
  more: Partial<Pick<Resource, 'providerStatus' | 'version' | 'tags' | 'cluster'>> & {
    readonly attributes?: Attributes;
  } = {},
): Resource {
  return {
    id: resourceId(connection, kind, item.ref.value),
    connection,
    provider: 'vsphere',
    kind,
    name: nameOf(item) ?? item.ref.value,
    status,
    health: status === 'maintenance' ? 'off' : healthOf(status),
    region: nameOf(above(inventory, item, 'Datacenter')),
    ...withoutEmpty({ providerStatus: more.providerStatus, version: more.version, cluster: more.cluster }),
    tags: more.tags ?? {},
    attributes: withoutEmpty(more.attributes ?? {}),
  };
}

/** Size of a VM or template by its processors and memory. */
function sizeOf(item: Item): { name: string; vcpus: number; ramGb: number } | undefined {
  const vcpus = numberOf(item, 'config.hardware.numCPU');
  const mb = numberOf(item, 'config.hardware.memoryMB');
  if (!vcpus || !mb) return undefined;
  const ramGb = mb / 1024;
  return { name: sizeName(vcpus, ramGb), vcpus, ramGb };
}

/** Name of a size: `2x4` is two processors and 4 GB of memory. */
export function sizeName(vcpus: number, ramGb: number): string {
  return `${vcpus}x${Number(ramGb.toFixed(2))}`;
}

function tagsOf(inventory: Inventory, item: Item): Readonly<Record<string, string>> {
  const tags: Record<string, string> = {};
  for (const value of children(item.properties.get('customValue'), 'CustomFieldValue')) {
    const name = inventory.fields.get(textAt(value, 'key') ?? '');
    const text = textAt(value, 'value');
    if (name === undefined) continue;
    if (text) tags[name] = text;
    else delete tags[name];
  }
  return tags;
}

function clusterNameOf(inventory: Inventory, host: Item | undefined): string | undefined {
  return host && nameOf(above(inventory, host, 'ClusterComputeResource'));
}

function itemOf(inventory: Inventory, item: Item, property: string): Item | undefined {
  const ref = refOf(item.properties.get(property));
  return ref && inventory.items.get(ref.value);
}

function valuesOf(item: Item, property: string): readonly string[] {
  return refsOf(item.properties.get(property)).map((ref) => ref.value);
}

function edges(
  from: string,
  type: Relation['type'],
  connection: string,
  kind: Kind,
  paths: readonly string[],
): readonly Relation[] {
  return paths.map((path) => ({ from, type, to: resourceId(connection, kind, path) }));
}

function numberOf(item: Item, property: string): number | undefined {
  const value = Number(textOf(item.properties.get(property)) ?? Number.NaN);
  return Number.isFinite(value) ? value : undefined;
}

/** Bytes as GB, two digits. */
function gbOf(item: Item, property: string): number | undefined {
  const bytes = numberOf(item, property);
  return bytes === undefined ? undefined : Number((bytes / gib).toFixed(2));
}

function timeOf(text: string | undefined): string | undefined {
  const ms = Date.parse(text ?? '');
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}

function withoutEmpty<T>(values: Readonly<Record<string, T | undefined>>): Record<string, T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Record<
    string,
    T
  >;
}
