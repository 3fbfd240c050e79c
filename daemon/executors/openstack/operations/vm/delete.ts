// delete.vm. The most dangerous of all handlers: it deletes by id only, says what stays and what goes with the
// server, and refuses where the server is locked.

import type { PreviewNote } from '../../../../../shared/model/plan.ts';
import type { OperationHandler } from '../../../contract.ts';
import { info, warning } from '../../../kit/preview.ts';
import type { OpenStack } from '../../api/openStack.ts';
import { fetchVolume } from '../../api/volume.ts';
import { cloudIdOf } from '../../mapping/place.ts';
import { deleteHandler } from '../recipes.ts';
import { fetchVm, lockNotes, type Vm } from './vm.ts';

export function deleteVm(os: OpenStack): OperationHandler {
  return deleteHandler(os, {
    noun: 'server',
    service: 'compute',
    path: (target) => `/servers/${encodeURIComponent(cloudIdOf(target.id))}`,
    effect: (target) =>
      target.attributes.boots_from_volume
        ? `Deletes the server ${target.name}; this cannot be taken back.`
        : `Deletes the server ${target.name} and the disk it runs from; this cannot be taken back.`,
    notes: async (target, { signal }) => {
      const vm = await fetchVm(os, target.id, signal);
      return vm ? [...lockNotes(vm), ...(await leftovers(os, vm, signal))] : [];
    },
  });
}

/** Volumes and addresses: which stay and which go. */
async function leftovers(os: OpenStack, vm: Vm, signal: AbortSignal): Promise<readonly PreviewNote[]> {
  const notes: PreviewNote[] = [];
  for (const attached of vm.server['os-extended-volumes:volumes_attached'] ?? []) {
    const volume = os.cloud.has('volume') ? await fetchVolume(os, attached.id, signal) : undefined;
    const name = volume?.name || attached.id;
    if (attached.delete_on_termination)
      notes.push(warning(`The volume ${name} is deleted with it, with all data on it.`));
    else notes.push(info(`The volume ${name} stays and becomes free.`));
  }
  const address = vm.resource.attributes.floating_ip;
  if (typeof address === 'string')
    notes.push(info(`The address ${address} stays with the project and becomes free.`));
  return notes;
}
