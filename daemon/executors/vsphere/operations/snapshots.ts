// snapshot.vm and delete.snapshot. A snapshot carries the plan's mark in its description, where it is found
// again.

import { type Resource, resourceId } from '../../../../shared/model/resource.ts';
import type { OperationHandler } from '../../contract.ts';
import { info, previewOf, previewOfGone, requireTarget, textArgument } from '../../kit/preview.ts';
import { createRecipe, deleteRecipe } from '../../kit/recipes.ts';
import { refOf } from '../client/node.ts';
import { isGone } from '../client/vim.ts';
import { element } from '../client/xml.ts';
import { translate } from '../inventory/translate.ts';
import type { Vsphere } from '../vsphere.ts';
import { privilegeNotes, questionNotes, refOfResource, runOnTarget } from './task.ts';

export function snapshotVm(vs: Vsphere): OperationHandler {
  return createRecipe(vs, {
    noun: 'snapshot',
    preview: async (context) => {
      const now = await vs.read(requireTarget(context).id, context.signal);
      if (!now) return previewOfGone(context, 'VM');
      const name = textArgument(context.args, 'name') ?? defaultName(now.name, vs.now());
      const what = `snapshot the VM ${now.name}`;
      const privileges = ['VirtualMachine.State.CreateSnapshot'];
      return previewOf(`Makes the snapshot ${name} of ${now.name}.`, {
        changes: [{ field: 'name', after: name }],
        notes: [
          ...questionNotes(now),
          ...(await privilegeNotes(vs, refOfResource(now), privileges, what, context.signal)),
          info('It grows with every change of the VM until it is deleted; keep it for days, not for weeks.'),
          ...(now.status === 'running'
            ? [info('Memory is not kept: going back to it means a VM that is powered off.')]
            : []),
        ],
        resolvedArgs: { name },
      });
    },
    findMarked: async (context, mark) => {
      const made = (await snapshotsOf(vs, requireTarget(context), context.signal)).find((one) =>
        String(one.attributes.description ?? '').includes(mark),
      );
      return made && { resourceId: made.id, name: made.name };
    },
    create: async (context) => {
      const target = requireTarget(context);
      const name = textArgument(context.args, 'name') ?? defaultName(target.name, vs.now());
      const isQuiesced = target.status === 'running' && target.attributes.tools === true;
      const result = await runOnTarget(vs, context, 'CreateSnapshot_Task', `snapshot the VM ${target.name}`, [
        element('name', name),
        element('description', `Pilothouse ${context.mark}`),
        element('memory', false),
        element('quiesce', isQuiesced),
      ]);
      const ref = refOf(result);
      return resourceId(vs.connection, 'snapshot', ref?.value ?? 'unknown');
    },
    look: async (context, id) => {
      const made = (await snapshotsOf(vs, requireTarget(context), context.signal)).find(
        (one) => one.id === id,
      );
      if (!made) return { kind: 'waiting', observed: 'the snapshot is not there' };
      const observed = `the snapshot ${made.name} is there`;
      return { kind: 'done', verification: { verified: true, observed, resource: made } };
    },
  });
}

export function deleteSnapshot(vs: Vsphere): OperationHandler {
  return deleteRecipe(vs, {
    noun: 'snapshot',
    effect: ({ name }) =>
      `Deletes the snapshot ${name}: what was changed since stays, the way back to it goes.`,
    notes: async (now, { signal }) => {
      const vm = typeof now.attributes.source === 'string' ? now.attributes.source : undefined;
      if (vm === undefined) return [];
      const ref = refOfResource({ id: vm, kind: 'vm' });
      const privileges = ['VirtualMachine.State.RemoveSnapshot'];
      return [
        ...(await privilegeNotes(vs, ref, privileges, `delete the snapshot ${now.name}`, signal)),
        info('The server merges its disks; until that is done the VM may be slower.'),
      ];
    },
    write: async (context, target) => {
      const content = [element('removeChildren', false)];
      const what = `delete the snapshot ${target.name}`;
      try {
        await runOnTarget(vs, context, 'RemoveSnapshot_Task', what, content);
      } catch (error) {
        if (!isGone(error)) throw error;
      }
    },
  });
}

/** Snapshots of a VM, read afresh. */
export async function snapshotsOf(
  vs: Vsphere,
  vm: Pick<Resource, 'id'>,
  signal: AbortSignal,
): Promise<readonly Resource[]> {
  const item = await vs.item(vm.id, signal);
  if (!item) return [];
  const place = { connection: vs.connection, inventory: await vs.inventory(signal) };
  return translate(place, item).resources.filter((one) => one.kind === 'snapshot');
}

function defaultName(vm: string, nowMs: number): string {
  return `${vm}-${new Date(nowMs).toISOString().slice(0, 16).replace(/[:T]/g, '-')}`;
}
