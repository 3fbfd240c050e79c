// delete.vm: the VM with its disks and snapshots, by its reference only. vSphere refuses to delete what runs, and so
// does the preview.

import type { PreviewNote } from '../../../../shared/model/plan.ts';
import type { Resource } from '../../../../shared/model/resource.ts';
import type { OperationHandler } from '../../contract.ts';
import { blocker, warning } from '../../kit/preview.ts';
import { deleteRecipe } from '../../kit/recipes.ts';
import { isGone } from '../client/vim.ts';
import type { Vsphere } from '../vsphere.ts';
import { snapshotsOf } from './snapshots.ts';
import { privilegeNotes, questionNotes, refOfResource, runOnTarget } from './task.ts';

export function deleteVm(vs: Vsphere): OperationHandler {
  return deleteRecipe(vs, {
    noun: 'VM',
    effect: ({ name }) => `Deletes the VM ${name} and all its disks; this cannot be taken back.`,
    notes: async (now, { signal }) => [
      ...questionNotes(now),
      ...stateNotes(now),
      ...(await leftovers(vs, now, signal)),
      ...(await privilegeNotes(
        vs,
        refOfResource(now),
        ['VirtualMachine.Inventory.Delete'],
        `delete the VM ${now.name}`,
        signal,
      )),
    ],
    write: async (context, target) => {
      try {
        await runOnTarget(vs, context, 'Destroy_Task', `delete the VM ${target.name}`);
      } catch (error) {
        // A repeated request finds what its first sending deleted.
        if (!isGone(error)) throw error;
      }
    },
  });
}

function stateNotes(now: Resource): readonly PreviewNote[] {
  if (now.status === 'stopped') return [];
  return [
    blocker(`${now.name} is ${now.status}; only a VM that is stopped can be deleted.`, 'Stop it first.'),
  ];
}

async function leftovers(vs: Vsphere, now: Resource, signal: AbortSignal): Promise<readonly PreviewNote[]> {
  const snapshots = await snapshotsOf(vs, now, signal);
  if (snapshots.length === 0) return [];
  const names = snapshots.slice(0, 5).map((one) => one.name);
  return [warning(`${snapshots.length} of its snapshots go with it: ${names.join(', ')}.`)];
}
