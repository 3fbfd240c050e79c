// What is in a vCenter: managed objects with the properties that are looked at, as they were read or pushed last. It is
// a plain store; reading is in read.ts, the meaning in translate.ts.

import { type Ref, refOf, textOf, type XmlNode } from '../client/node.ts';
import type { ObjectProperties } from '../client/vim.ts';
import { propertySpec } from '../client/vim.ts';
import type { Xml } from '../client/xml.ts';

/** Type → properties that are read and watched. Figures that move all the time are not among them. */
export const watchedProperties = {
  Folder: ['name', 'parent'],
  Datacenter: ['name', 'parent'],
  ComputeResource: ['name', 'parent'],
  HostSystem: [
    'name',
    'parent',
    'runtime.connectionState',
    'runtime.powerState',
    'runtime.inMaintenanceMode',
    'summary.hardware.numCpuCores',
    'summary.hardware.cpuMhz',
    'summary.hardware.memorySize',
    'summary.config.product.fullName',
    'datastore',
  ],
  Datastore: [
    'name',
    'parent',
    'summary.capacity',
    'summary.freeSpace',
    'summary.type',
    'summary.accessible',
    'summary.maintenanceMode',
  ],
  Network: ['name', 'parent', 'summary.accessible'],
  VirtualMachine: [
    'name',
    'parent',
    'runtime.powerState',
    'runtime.connectionState',
    'runtime.host',
    'runtime.question',
    'config.template',
    'config.uuid',
    'config.changeVersion',
    'config.guestFullName',
    'config.hardware.numCPU',
    'config.hardware.memoryMB',
    'guest.toolsRunningStatus',
    'guest.ipAddress',
    'guest.hostName',
    'summary.storage.committed',
    'datastore',
    'network',
    'snapshot',
    'customValue',
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;
export type WatchedType = keyof typeof watchedProperties;
export const watchedTypes = Object.keys(watchedProperties) as readonly WatchedType[];

/** `propSet`s for all of it. */
export function watchedSpecs(): readonly Xml[] {
  return watchedTypes.map((type) => propertySpec(type, watchedProperties[type]));
}

export interface Item {
  readonly ref: Ref;
  readonly properties: Map<string, XmlNode>;
}

export interface Inventory {
  /** By the value of the reference, which is unique in a vCenter. */
  readonly items: Map<string, Item>;
  /** Names of custom attributes by their key. */
  readonly fields: Map<string, string>;
}

export function createInventory(): Inventory {
  return { items: new Map(), fields: new Map() };
}

export function put(inventory: Inventory, found: ObjectProperties): void {
  inventory.items.set(found.ref.value, { ref: found.ref, properties: new Map(found.properties) });
}

/** Name of an item; the server writes `/`, `\` and `%` in names escaped. */
export function nameOf(item: Pick<ObjectProperties, 'properties'> | undefined): string | undefined {
  const name = textOf(item?.properties.get('name'));
  return name?.replace(/%(2f|5c|25)/gi, (code) => decodeURIComponent(code));
}

/** The item above that has one of the types, the nearest. */
export function above(inventory: Inventory, item: Item, ...types: readonly string[]): Item | undefined {
  let at: Item | undefined = item;
  for (let depth = 0; at && depth < 64; depth++) {
    const parent = refOf(at.properties.get('parent'));
    at = parent && inventory.items.get(parent.value);
    if (at && types.includes(at.ref.type)) return at;
  }
  return undefined;
}
