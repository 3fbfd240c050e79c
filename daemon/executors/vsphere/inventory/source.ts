// The one source of this executor: the whole inventory in one read, then what changes, pushed by the server
// (`WaitForUpdatesEx`). A failed read takes nothing for gone.

import type { Kind } from '../../../../shared/model/kind.ts';
import type { Resource } from '../../../../shared/model/resource.ts';
import type { DiscoveryBatch, DiscoverySource } from '../../contract.ts';
import { child, children, type Ref, refOf, textAt, type XmlNode } from '../client/node.ts';
import { type ObjectProperties, readPages, type Vim, viewSpec } from '../client/vim.ts';
import { element, refElement, type Xml } from '../client/xml.ts';
import { createInventory, type Inventory, put, watchedSpecs, watchedTypes } from './inventory.ts';
import { sizesOf, type Translated, translate } from './translate.ts';

const kinds: readonly Kind[] = [
  'vm',
  'image',
  'snapshot',
  'host',
  'datacenter',
  'cluster',
  'datastore',
  'network',
  'flavor',
];
/** A net below the push: what a missed update would hide is seen after so long. */
const intervalMs = 60_000;
/** Shorter than the time a connection may be silent. */
const waitSeconds = 20;

/** `onRead` gets each inventory that was read whole. */
export function createSource(
  connection: string,
  vim: Vim,
  onRead: (inventory: Inventory) => void = () => {},
): DiscoverySource {
  return {
    name: 'inventory',
    kinds,
    intervalMs,
    read: async ({ signal }) => {
      const inventory = await readInventory(vim, signal);
      onRead(inventory);
      return toBatch(connection, inventory);
    },
    watch: (onBatch, signal) => watch(connection, vim, onBatch, signal),
  };
}

/** Everything that is there now. */
export async function readInventory(vim: Vim, signal: AbortSignal): Promise<Inventory> {
  const inventory = createInventory();
  await readFields(vim, inventory, signal);
  for (const found of await readAll(vim, watchedTypes, watchedSpecs(), signal)) put(inventory, found);
  return inventory;
}

/** Properties of all things of some types. */
export async function readAll(
  vim: Vim,
  types: readonly string[],
  specs: readonly Xml[],
  signal: AbortSignal,
): Promise<readonly ObjectProperties[]> {
  const self = await vim.manager('propertyCollector', signal);
  const view = await openView(vim, types, signal);
  try {
    const spec = element('specSet', [...specs, viewSpec(view)]);
    return await readPages(vim, self, spec, 'read the inventory', signal);
  } finally {
    await destroy(vim, view, 'DestroyView');
  }
}

function toBatch(connection: string, inventory: Inventory): DiscoveryBatch {
  const place = { connection, inventory };
  const all = [...inventory.items.values()].map((item) => translate(place, item));
  return {
    mode: 'full',
    resources: [...all.flatMap((one) => one.resources), ...sizesOf(place)],
    relations: all.flatMap((one) => one.relations),
    removed: [],
  };
}

async function watch(
  connection: string,
  vim: Vim,
  onBatch: (batch: DiscoveryBatch) => void,
  signal: AbortSignal,
): Promise<void> {
  const main = await vim.manager('propertyCollector', signal);
  const request = { isRead: true, signal, what: 'watch the inventory' };
  const made = await vim.call({ ...request, method: 'CreatePropertyCollector', self: main });
  const self = refOf(child(made, 'returnval')) ?? main;
  const view = await openView(vim, watchedTypes, signal);
  try {
    const spec = element('spec', [...watchedSpecs(), viewSpec(view)]);
    const content = [spec, element('partialUpdates', false)];
    await vim.call({ ...request, method: 'CreateFilter', self, content });
    const changes = createChanges(connection);
    await readFields(vim, changes.inventory, signal);
    let version = '';
    while (!signal.aborted) {
      const options = element('options', [element('maxWaitSeconds', waitSeconds)]);
      const content: readonly Xml[] = [element('version', version), options];
      const answer = await vim.call({ ...request, method: 'WaitForUpdatesEx', self, content });
      const update = child(answer, 'returnval');
      if (update === undefined) continue;
      version = textAt(update, 'version') ?? version;
      if (changes.hasUnknownField(update)) await readFields(vim, changes.inventory, signal);
      const batch = changes.apply(update);
      if (batch) onBatch(batch);
    }
  } finally {
    await Promise.all([
      self === main ? undefined : destroy(vim, self, 'DestroyPropertyCollector'),
      destroy(vim, view, 'DestroyView'),
    ]);
  }
}

/** Keeps the pushed inventory and tells what each update means for the graph. */
function createChanges(connection: string) {
  const inventory = createInventory();
  const place = { connection, inventory };
  /** Ids that an item had last, and the sizes of all. */
  const idsOf = new Map<string, readonly string[]>();
  let sizes: readonly Resource[] = [];
  const renew = (values: Iterable<string>) => {
    const all: Translated[] = [];
    const removed: string[] = [];
    for (const value of values) {
      const item = inventory.items.get(value);
      const now = item ? translate(place, item) : { resources: [], relations: [] };
      const ids = now.resources.map((one) => one.id);
      removed.push(...(idsOf.get(value) ?? []).filter((id) => !ids.includes(id)));
      if (item) idsOf.set(value, ids);
      else idsOf.delete(value);
      all.push(now);
    }
    return { all, removed };
  };
  return {
    inventory,
    hasUnknownField: (update: XmlNode): boolean =>
      changeSets(update).some(({ name, value }) =>
        name === 'customValue'
          ? children(value, 'CustomFieldValue').some((one) => !inventory.fields.has(textAt(one, 'key') ?? ''))
          : false,
      ),
    apply: (update: XmlNode): DiscoveryBatch | undefined => {
      const touched = applyUpdate(inventory, update);
      if (touched.size === 0) return undefined;
      // A host, network or folder stands in the words of others: then all are told anew.
      const isWide = [...touched.values()].some((type) => type !== 'VirtualMachine');
      const { all, removed } = renew(
        isWide ? new Set([...touched.keys(), ...inventory.items.keys()]) : touched.keys(),
      );
      const before = sizes;
      sizes = sizesOf(place);
      const gone = before.filter((one) => !sizes.some((now) => now.id === one.id)).map((one) => one.id);
      return {
        mode: 'changes',
        resources: [...all.flatMap((one) => one.resources), ...sizes],
        relations: all.flatMap((one) => one.relations),
        removed: [...removed, ...gone],
      };
    },
  };
}

/** Writes an update into the inventory: references that it touched, with their type. */
function applyUpdate(inventory: Inventory, update: XmlNode): ReadonlyMap<string, string> {
  const touched = new Map<string, string>();
  for (const object of objectSets(update)) {
    const ref = refOf(child(object, 'obj'));
    if (!ref) continue;
    touched.set(ref.value, ref.type);
    if (textAt(object, 'kind') === 'leave') {
      inventory.items.delete(ref.value);
      continue;
    }
    const item = inventory.items.get(ref.value) ?? { ref, properties: new Map<string, XmlNode>() };
    inventory.items.set(ref.value, item);
    for (const change of children(object, 'changeSet')) {
      const name = textAt(change, 'name');
      const value = child(change, 'val');
      if (name === undefined) continue;
      // With partialUpdates off a change always brings the whole property.
      if (value === undefined) item.properties.delete(name);
      else item.properties.set(name, value);
    }
  }
  return touched;
}

function objectSets(update: XmlNode): readonly XmlNode[] {
  return children(update, 'filterSet').flatMap((filter) => children(filter, 'objectSet'));
}

function changeSets(update: XmlNode): readonly { name: string | undefined; value: XmlNode | undefined }[] {
  return objectSets(update)
    .flatMap((object) => children(object, 'changeSet'))
    .map((change) => ({ name: textAt(change, 'name'), value: child(change, 'val') }));
}

/** Names of the custom attributes; a server without them (a single ESXi host) has none. */
export async function readFields(vim: Vim, inventory: Inventory, signal: AbortSignal): Promise<void> {
  const { managers } = await vim.session(signal);
  const manager = managers.get('customFieldsManager');
  if (!manager) return;
  const [found] = await vim.fetch([manager], ['field'], signal);
  for (const field of children(found?.properties.get('field'), 'CustomFieldDef'))
    inventory.fields.set(textAt(field, 'key') ?? '', textAt(field, 'name') ?? '');
}

async function openView(vim: Vim, types: readonly string[], signal: AbortSignal): Promise<Ref> {
  const manager = await vim.manager('viewManager', signal);
  const root = await vim.manager('rootFolder', signal);
  const answer = await vim.call({
    method: 'CreateContainerView',
    self: manager,
    content: [
      refElement('container', root),
      ...types.map((type) => element('type', type)),
      element('recursive', true),
    ],
    isRead: true,
    signal,
    what: 'read the inventory',
  });
  const view = refOf(child(answer, 'returnval'));
  if (!view) throw new Error('the server gave no view');
  return view;
}

/** Tidies up at the server; it forgets by itself at the end of the session. */
async function destroy(vim: Vim, self: Ref, method: string): Promise<void> {
  const signal = AbortSignal.timeout(2_000);
  await vim.call({ method, self, isRead: true, signal, what: 'tidy up' }).catch(() => undefined);
}
