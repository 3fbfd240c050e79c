// delete.vm. The most dangerous of all handlers: it deletes by id only, says what stays and what goes with the
// server, and refuses where the server is locked.

import type { PreviewNote } from '../../../../../shared/model/plan.ts';
import type { OperationHandler } from '../../../contract.ts';
import type { OpenStack } from '../../api/openStack.ts';
import { fetchVolume } from '../../api/volume.ts';
import { isProblem } from '../../client/cloud.ts';
import { cloudIdOf } from '../../mapping/place.ts';
import { info, previewOf, requireTarget, settling, waitFor, warning } from '../handler.ts';
import { fetchVm, lookAtVm, obstacles, type Vm } from './vm.ts';

export function deleteVm(os: OpenStack): OperationHandler {
  return settling(os, {
    preview: async (context) => {
      const target = requireTarget(context);
      const vm = await fetchVm(os, target.id, context.signal);
      if (!vm) return previewOf(`Nothing: ${target.name} is gone already.`, { idle: true });
      if (vm.resource.status === 'deleting')
        return previewOf(`Nothing: ${vm.resource.name} is being deleted already.`, { idle: true });
      return previewOf(
        `Deletes the server ${vm.resource.name} and the disk it runs from; this cannot be taken back.`,
        {
          changes: [{ field: 'status', before: vm.resource.status, after: 'deleted' }],
          // A server in the middle of something can be deleted all the same; only a lock forbids it.
          notes: [
            ...obstacles(vm).filter((note) => /locked/.test(note.message)),
            ...(await leftovers(os, vm, context.signal)),
          ],
        },
      );
    },
    refresh: async (context) => (await fetchVm(os, requireTarget(context).id, context.signal))?.resource,
    perform: async (context) => {
      const target = requireTarget(context);
      const path = `/servers/${encodeURIComponent(cloudIdOf(target.id))}`;
      const what = `delete the server ${target.name}`;
      try {
        await os.cloud.call({ service: 'compute', method: 'DELETE', path, signal: context.signal, what });
      } catch (error) {
        // A repeated request finds what its first sending deleted.
        if (!isProblem(error, 'cloud-not-found')) throw error;
      }
      return {};
    },
    verify: (context) =>
      waitFor(os, context, async () => {
        const target = requireTarget(context);
        const vm = await fetchVm(os, target.id, context.signal);
        if (!vm)
          return {
            kind: 'done',
            verification: { verified: true, observed: `${target.name} is gone`, gone: true },
          };
        return lookAtVm(os, target.id, [], context.signal);
      }),
    reconcile: async (context) => {
      const target = requireTarget(context);
      const vm = await fetchVm(os, target.id, context.signal);
      if (!vm) return { found: 'done', observed: `${target.name} is gone` };
      const isUnderWay = vm.resource.status === 'deleting';
      return { found: isUnderWay ? 'done' : 'not-done', observed: `${target.name} is ${vm.resource.status}` };
    },
  });
}

/** Volumes and addresses: which stay and which go. */
async function leftovers(os: OpenStack, vm: Vm, signal: AbortSignal): Promise<readonly PreviewNote[]> {
  const attached = vm.server['os-extended-volumes:volumes_attached'] ?? [];
  const notes: PreviewNote[] = [];
  for (const { id, delete_on_termination: goesWith } of attached) {
    const volume = os.cloud.has('volume') ? await fetchVolume(os, id, signal) : undefined;
    const name = volume?.name || id;
    if (goesWith) notes.push(warning(`The volume ${name} is deleted with it, with all data on it.`));
    else notes.push(info(`The volume ${name} stays and becomes free.`));
  }
  const address = vm.resource.attributes.floating_ip;
  if (typeof address === 'string')
    notes.push(info(`The address ${address} stays with the project and becomes free.`));
  return notes;
}
