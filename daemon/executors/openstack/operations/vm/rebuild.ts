// rebuild.vm: the disk of a server is written anew from an image, and what was on it is lost. Nova would do it again
// each time it is asked, so the plan's mark is written into the metadata of the server by the very same request: a
// rebuild that was cut off is found by its mark, and never sent twice.

import type { PreviewNote } from '../../../../../shared/model/plan.ts';
import { resourceId } from '../../../../../shared/model/resource.ts';
import type { HandlerPreview, OperationHandler, StepContext, WriteContext } from '../../../contract.ts';
import {
  blocker,
  previewOf,
  previewOfGone,
  refuseBlocked,
  requireTarget,
  textArgument,
  warning,
} from '../../../kit/preview.ts';
import { type Look, waitFor } from '../../../kit/readBack.ts';
import { settling } from '../../../kit/settling.ts';
import { postServerAction } from '../../api/compute.ts';
import type { OpenStack } from '../../api/openStack.ts';
import { markKey } from '../../mapping/place.ts';
import type { ImageRecord } from '../../records/image.ts';
import { type Choice, choose } from '../choose.ts';
import { fetchVm, lookAtVm, obstacles, type Vm } from './vm.ts';

const allowedIn = ['running', 'stopped', 'error'];

export function rebuildVm(os: OpenStack): OperationHandler {
  return settling(os, {
    preview: async (context) => {
      const vm = await fetchVm(os, requireTarget(context).id, context.signal);
      return vm ? preview(os, vm, context) : previewOfGone(context, 'server');
    },
    refresh: async (context) => (await fetchVm(os, requireTarget(context).id, context.signal))?.resource,
    perform: (context) => rebuild(os, context),
    verify: (context) => waitFor(os, context, () => look(os, context, context.mark)),
    reconcile: async (context) => {
      const vm = await fetchVm(os, requireTarget(context).id, context.signal);
      if (!vm) return { found: 'unknown', observed: 'the server is gone' };
      const { name, status } = vm.resource;
      return vm.server.metadata?.[markKey] === context.mark
        ? { found: 'done', observed: `${name} was rebuilt by this plan and is ${status}` }
        : { found: 'not-done', observed: `${name} does not carry the mark of this plan` };
    },
  });
}

async function preview(os: OpenStack, vm: Vm, context: StepContext): Promise<HandlerPreview> {
  const { name, attributes } = vm.resource;
  const choice = await chooseImage(os, vm, context);
  if (choice.kind === 'none') return previewOf(`Rebuilds ${name}.`, { notes: [choice.note] });
  const image = choice.value;
  const imageName = image.name || image.id;
  return previewOf(`Rebuilds ${name} from the image ${imageName}: its disk is written anew.`, {
    changes: [{ field: 'image', before: attributes.image, after: imageName }],
    notes: [
      ...notesFor(vm, image),
      warning(
        `All data on the disk of ${name} is lost; this cannot be taken back.`,
        `Keep a copy first: "snapshot ${name}".`,
      ),
    ],
    resolvedArgs: { image: resourceId(os.connection, 'image', image.id) },
  });
}

/** What stands against it: a lock, work under way, its state, its boot disk, an image that does not fit. */
function notesFor(vm: Vm, image: ImageRecord): readonly PreviewNote[] {
  const { name, status, attributes } = vm.resource;
  const imageName = image.name || image.id;
  const notes = [...obstacles(vm)];
  if (!allowedIn.includes(status) && notes.length === 0)
    notes.push(
      blocker(`${name} is ${status}.`, 'Only a server that is running, stopped or in error can be rebuilt.'),
    );
  if (attributes.boots_from_volume)
    notes.push(
      blocker(
        `${name} boots from a volume, which a rebuild would not write anew.`,
        'Make a new server from the image, or restore the volume.',
      ),
    );
  if (image.status !== 'active')
    notes.push(blocker(`The image ${imageName} is ${image.status}.`, 'Choose one that is active.'));
  if (typeof attributes.size_gb === 'number' && (image.min_disk ?? 0) > attributes.size_gb)
    notes.push(
      blocker(
        `${imageName} needs a disk of ${image.min_disk} GB; ${name} has ${attributes.size_gb} GB.`,
        'Resize it first, or choose a smaller image.',
      ),
    );
  if (typeof attributes.ram_gb === 'number' && (image.min_ram ?? 0) > attributes.ram_gb * 1024)
    notes.push(
      blocker(
        `${imageName} needs ${image.min_ram} MB of memory; ${name} has ${attributes.ram_gb} GB.`,
        'Resize it first, or choose a smaller image.',
      ),
    );
  return notes;
}

/** The image that is named; without a name the one the server has. */
async function chooseImage(os: OpenStack, vm: Vm, context: StepContext): Promise<Choice<ImageRecord>> {
  const named = textArgument(context.args, 'image');
  const own = vm.server.image ? vm.server.image.id : undefined;
  const images = await os.lists.images(context.signal);
  if (named === undefined && !images.some((image) => image.id === own))
    return {
      kind: 'none',
      note: blocker(
        `The image ${vm.resource.name} was made from is not there any more.`,
        `Say "rebuild ${vm.resource.name} with IMAGE".`,
      ),
    };
  return choose('image', named ?? own ?? '', images);
}

async function rebuild(os: OpenStack, context: WriteContext): Promise<Record<string, never>> {
  const target = requireTarget(context);
  const vm = await fetchVm(os, target.id, context.signal);
  if (!vm) refuseBlocked(previewOfGone(context, 'server').notes);
  else if (vm.server.metadata?.[markKey] !== context.mark) {
    const choice = await chooseImage(os, vm, context);
    refuseBlocked(choice.kind === 'none' ? [choice.note] : notesFor(vm, choice.value));
    if (choice.kind === 'none') return {};
    // Metadata that is sent replaces all of it: the tags go along as they are.
    const metadata = { ...vm.server.metadata, [markKey]: context.mark };
    const body = { rebuild: { imageRef: choice.value.id, metadata } };
    await postServerAction(os, target.id, body, `rebuild the server ${target.name}`, context.signal);
  }
  return {};
}

async function look(os: OpenStack, context: StepContext, mark: string): Promise<Look> {
  const { id } = requireTarget(context);
  const seen = await lookAtVm(os, id, ['running', 'stopped'], context.signal);
  if (seen.kind !== 'done') return seen;
  const vm = await fetchVm(os, id, context.signal);
  if (vm?.server.metadata?.[markKey] === mark) {
    const { resource } = vm;
    const observed = `${resource.name} is ${resource.status}, rebuilt from ${resource.attributes.image}`;
    return { kind: 'done', verification: { verified: true, observed, resource } };
  }
  return { kind: 'waiting', observed: `${vm?.resource.name ?? 'it'} was not rebuilt by this plan` };
}
