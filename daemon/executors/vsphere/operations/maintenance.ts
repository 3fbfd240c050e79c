// drain.host and uncordon.host: maintenance mode. A host takes it only when nothing runs on it any more; where a cluster
// moves VMs by itself that happens, elsewhere the preview names what has to go first.

import type { PreviewNote } from '../../../../shared/model/plan.ts';
import type { Resource } from '../../../../shared/model/resource.ts';
import type { OperationHandler } from '../../contract.ts';
import { blocker, info, previewOf, warning } from '../../kit/preview.ts';
import { changeRecipe } from '../../kit/recipes.ts';
import { refOf, textOf } from '../client/node.ts';
import { element } from '../client/xml.ts';
import { above, nameOf } from '../inventory/inventory.ts';
import type { Vsphere } from '../vsphere.ts';
import { privilegeNotes, propertiesOf, refOfResource, runOnTarget } from './task.ts';

const privileges = ['Host.Config.Maintenance'];

export function drainHost(vs: Vsphere): OperationHandler {
  return changeRecipe(vs, {
    noun: 'host',
    preview: async (now, { signal }) => {
      if (isInMaintenance(now))
        return previewOf(`Nothing: ${now.name} is in maintenance mode already.`, { idle: true });
      return previewOf(`Puts ${now.name} into maintenance mode, once nothing runs on it any more.`, {
        changes: [{ field: 'status', before: now.status, after: 'maintenance' }],
        notes: [
          ...connectedNotes(now),
          ...(await runningNotes(vs, now, signal)),
          ...(await privilegeNotes(
            vs,
            refOfResource(now),
            privileges,
            `maintain the host ${now.name}`,
            signal,
          )),
        ],
      });
    },
    isDone: isInMaintenance,
    write: async (context, now) => {
      const content = [element('timeout', 0), element('evacuatePoweredOffVms', false)];
      const what = `put the host ${now.name} into maintenance mode`;
      await runOnTarget(vs, context, 'EnterMaintenanceMode_Task', what, content);
    },
  });
}

export function uncordonHost(vs: Vsphere): OperationHandler {
  return changeRecipe(vs, {
    noun: 'host',
    preview: async (now, { signal }) => {
      if (!isInMaintenance(now) && now.status === 'connected')
        return previewOf(`Nothing: ${now.name} is not in maintenance mode.`, { idle: true });
      return previewOf(`Takes ${now.name} out of maintenance mode.`, {
        changes: [{ field: 'status', before: now.status, after: 'connected' }],
        notes: [
          ...connectedNotes(now),
          info('VMs that were moved away do not come back by themselves.'),
          ...(await privilegeNotes(
            vs,
            refOfResource(now),
            privileges,
            `maintain the host ${now.name}`,
            signal,
          )),
        ],
      });
    },
    isDone: (now) => now.status === 'connected',
    write: async (context, now) => {
      const what = `take the host ${now.name} out of maintenance mode`;
      await runOnTarget(vs, context, 'ExitMaintenanceMode_Task', what, [element('timeout', 0)]);
    },
  });
}

function isInMaintenance(now: Resource): boolean {
  return now.status === 'maintenance';
}

function connectedNotes(now: Resource): readonly PreviewNote[] {
  if (now.status !== 'down') return [];
  return [blocker(`${now.name} is not connected.`, 'Connect it in the vSphere client first.')];
}

async function runningNotes(
  vs: Vsphere,
  now: Resource,
  signal: AbortSignal,
): Promise<readonly PreviewNote[]> {
  const inventory = await vs.inventory(signal);
  const running = [...inventory.items.values()].filter(
    (item) =>
      item.ref.type === 'VirtualMachine' &&
      refOf(item.properties.get('runtime.host'))?.value === refOfResource(now).value &&
      textOf(item.properties.get('runtime.powerState')) === 'poweredOn',
  );
  if (running.length === 0) return [];
  const names = running.slice(0, 5).map((item) => nameOf(item) ?? item.ref.value);
  const list = `${names.join(', ')}${running.length > names.length ? ' and others' : ''}`;
  if (await movesByItself(vs, now, signal))
    return [warning(`${running.length} VMs run on it and are moved to other hosts: ${list}.`)];
  return [
    blocker(
      `${running.length} VMs run on it, and nothing moves them by itself: ${list}.`,
      'Move or stop them first.',
    ),
  ];
}

/** Whether the cluster moves VMs by itself (DRS, fully automated). */
async function movesByItself(vs: Vsphere, now: Resource, signal: AbortSignal): Promise<boolean> {
  const inventory = await vs.inventory(signal);
  const host = inventory.items.get(refOfResource(now).value);
  const cluster = host && above(inventory, host, 'ClusterComputeResource');
  if (!cluster) return false;
  const paths = ['configuration.drsConfig.enabled', 'configuration.drsConfig.defaultVmBehavior'];
  const found = await propertiesOf(vs, cluster.ref, paths, signal);
  return textOf(found.get(paths[0]!)) === 'true' && textOf(found.get(paths[1]!)) === 'fullyAutomated';
}
