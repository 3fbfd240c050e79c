// What the source and all handlers of one connection share: the client, the inventory as it was read last (for the
// names around a thing), and how one thing is read back. A single read is always fresh.

import { parseResourceId, type Resource } from '../../../shared/model/resource.ts';
import type { ReadBack } from '../kit/recipes.ts';
import { child, children, type Ref, refOf, type XmlNode } from './client/node.ts';
import type { Vim } from './client/vim.ts';
import {
  type Inventory,
  type Item,
  put,
  type WatchedType,
  watchedProperties,
} from './inventory/inventory.ts';
import { readInventory } from './inventory/source.ts';
import { translate } from './inventory/translate.ts';

export interface Vsphere extends ReadBack {
  readonly connection: string;
  readonly vim: Vim;
  readonly now: () => number;
  /** As it was read last; read now where it never was. */
  inventory(signal: AbortSignal): Promise<Inventory>;
  remember(inventory: Inventory): void;
  /** The item behind a resource, read afresh; of a snapshot its VM. Undefined where it is gone. */
  item(resourceId: string, signal: AbortSignal): Promise<Item | undefined>;
}

export function createVsphere(
  connection: string,
  vim: Vim,
  options: { readonly pollFirstMs: number; readonly pollMs: number; readonly now: () => number },
): Vsphere {
  let last: Inventory | undefined;
  const inventory = async (signal: AbortSignal): Promise<Inventory> => {
    last ??= await readInventory(vim, signal);
    return last;
  };
  const item = async (id: string, signal: AbortSignal): Promise<Item | undefined> => {
    const known = await inventory(signal);
    const ref = refBehind(id, known);
    if (!ref) return undefined;
    const [found] = await vim.fetch([ref], watchedProperties[watchedTypeOf(ref)], signal);
    if (found) put(known, found);
    else known.items.delete(ref.value);
    return known.items.get(ref.value);
  };
  return {
    ...options,
    connection,
    vim,
    inventory,
    remember: (inventory) => {
      last = inventory;
    },
    item,
    read: async (id, signal): Promise<Resource | undefined> => {
      const found = await item(id, signal);
      if (!found) return undefined;
      const place = { connection, inventory: await inventory(signal) };
      return translate(place, found).resources.find((one) => one.id === id);
    },
    onWritten: () => {},
  };
}

const typeOfKind: Readonly<Record<string, string>> = {
  vm: 'VirtualMachine',
  image: 'VirtualMachine',
  host: 'HostSystem',
  cluster: 'ClusterComputeResource',
  datastore: 'Datastore',
  network: 'Network',
};

function refBehind(id: string, known: Inventory): Ref | undefined {
  const parts = parseResourceId(id);
  if (!parts) return undefined;
  if (parts.kind === 'snapshot') return vmOfSnapshot(parts.path, known);
  const type = typeOfKind[parts.kind];
  return known.items.get(parts.path)?.ref ?? (type ? { type, value: parts.path } : undefined);
}

function vmOfSnapshot(value: string, known: Inventory): Ref | undefined {
  for (const item of known.items.values())
    if (snapshotRefs(item.properties.get('snapshot')).some((ref) => ref.value === value)) return item.ref;
  return undefined;
}

/** References of all snapshots of a VM. */
export function snapshotRefs(info: XmlNode | undefined): readonly Ref[] {
  const visit = (tree: XmlNode): readonly Ref[] => [
    ...[refOf(child(tree, 'snapshot'))].filter((ref) => ref !== undefined),
    ...children(tree, 'childSnapshotList').flatMap(visit),
  ];
  return children(info, 'rootSnapshotList').flatMap(visit);
}

/** Properties are asked by the type that is watched, of which the server's may be a kind. */
function watchedTypeOf({ type }: Ref): WatchedType {
  if (type === 'ClusterComputeResource') return 'ComputeResource';
  if (type === 'DistributedVirtualPortgroup' || type === 'OpaqueNetwork') return 'Network';
  return type in watchedProperties ? (type as WatchedType) : 'Folder';
}
