// migrate.vm: to another host, running or not (`RelocateVM_Task`, which moves the memory where the VM runs).

import type { Resource } from '../../../../shared/model/resource.ts';
import type { OperationHandler } from '../../contract.ts';
import { blocker, info, previewOf, textArgument } from '../../kit/preview.ts';
import { changeRecipe } from '../../kit/recipes.ts';
import { refOf, refsOf } from '../client/node.ts';
import { element, refElement } from '../client/xml.ts';
import { above, type Item, nameOf } from '../inventory/inventory.ts';
import type { Vsphere } from '../vsphere.ts';
import { moved, privilegeNotes, propertiesOf, questionNotes, refOfResource, runOnTarget } from './task.ts';

export function migrateVm(vs: Vsphere): OperationHandler {
  return changeRecipe(vs, {
    noun: 'VM',
    preview: async (now, { args, signal }) => {
      const wanted = textArgument(args, 'host');
      const host = await findHost(vs, wanted, signal);
      if (!host) {
        const names = await hostNames(vs, signal);
        const message = wanted === undefined ? 'To which host is not said.' : `There is no host ${wanted}.`;
        return previewOf(`Moves ${now.name}.`, {
          notes: [blocker(message, `Name one of ${names.join(', ')}.`)],
        });
      }
      const name = nameOf(host)!;
      if (now.attributes.host === name)
        return previewOf(`Nothing: ${now.name} runs on ${name} already.`, { idle: true });
      const privileges = ['Resource.HotMigrate', 'Resource.ColdMigrate'];
      return previewOf(`Moves ${now.name} from ${String(now.attributes.host)} to ${name}.`, {
        changes: [{ field: 'host', before: now.attributes.host, after: name }],
        notes: [
          ...questionNotes(now),
          ...(await storageNotes(vs, now, host, signal)),
          ...(await privilegeNotes(
            vs,
            refOfResource(now),
            [privileges[now.status === 'running' ? 0 : 1]!],
            `move the VM ${now.name}`,
            signal,
          )),
          ...(now.status === 'running' ? [info('It goes on running while it moves.')] : []),
        ],
        resolvedArgs: { host: name },
      });
    },
    isDone: (now, { args }) => now.attributes.host === textArgument(args, 'host'),
    write: async (context, now) => {
      const host = await findHost(vs, textArgument(context.args, 'host'), context.signal);
      if (!host) throw moved('The host is gone.');
      const compute = above(
        await vs.inventory(context.signal),
        host,
        'ClusterComputeResource',
        'ComputeResource',
      );
      const found = compute && (await propertiesOf(vs, compute.ref, ['resourcePool'], context.signal));
      const pool = refOf(found?.get('resourcePool'));
      const spec = element('spec', [
        ...(pool ? [refElement('pool', pool)] : []),
        refElement('host', host.ref),
      ]);
      await runOnTarget(vs, context, 'RelocateVM_Task', `move the VM ${now.name}`, [spec]);
    },
  });
}

/** A host that cannot reach the VM's datastores cannot run it. */
async function storageNotes(vs: Vsphere, now: Resource, host: Item, signal: AbortSignal) {
  const vm = await vs.item(now.id, signal);
  const reachable = new Set(refsOf(host.properties.get('datastore')).map((ref) => ref.value));
  const missing = refsOf(vm?.properties.get('datastore')).filter((ref) => !reachable.has(ref.value));
  if (missing.length === 0) return [];
  const { items } = await vs.inventory(signal);
  const names = missing.map((ref) => nameOf(items.get(ref.value)) ?? ref.value);
  return [
    blocker(
      `${nameOf(host)} does not reach the datastore ${names.join(', ')}, where disks of ${now.name} are.`,
      'Choose a host that does.',
    ),
  ];
}

async function findHost(
  vs: Vsphere,
  name: string | undefined,
  signal: AbortSignal,
): Promise<Item | undefined> {
  if (name === undefined) return undefined;
  const { items } = await vs.inventory(signal);
  const fitting = [...items.values()].filter(
    (item) => item.ref.type === 'HostSystem' && (nameOf(item) === name || item.ref.value === name),
  );
  return fitting.length === 1 ? fitting[0] : undefined;
}

async function hostNames(vs: Vsphere, signal: AbortSignal): Promise<readonly string[]> {
  const { items } = await vs.inventory(signal);
  return [...items.values()]
    .filter((item) => item.ref.type === 'HostSystem')
    .flatMap((item) => nameOf(item) ?? [])
    .slice(0, 8);
}
