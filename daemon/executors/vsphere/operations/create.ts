// create.vm: a clone of a template, in its folder and on the pool of its host or cluster, with the size that was asked
// for, powered on. The clone carries the plan's mark in its extra configuration, where it is found again.

import type { PreviewNote } from '../../../../shared/model/plan.ts';
import { type Resource, resourceId } from '../../../../shared/model/resource.ts';
import type { HandlerPreview, OperationHandler, StepContext, WriteContext } from '../../contract.ts';
import { blocker, info, isNote, previewOf, textArgument } from '../../kit/preview.ts';
import { createRecipe, lookAt } from '../../kit/recipes.ts';
import { type Ref, refOf } from '../client/node.ts';
import { propertySpec } from '../client/vim.ts';
import { element, refElement, typed } from '../client/xml.ts';
import { above, type Item, nameOf } from '../inventory/inventory.ts';
import { readAll } from '../inventory/source.ts';
import { isTemplate, translate } from '../inventory/translate.ts';
import type { Vsphere } from '../vsphere.ts';
import { parseSize, type Size } from './sizes.ts';
import { extraConfig, moved, privilegeNotes, propertiesOf, refOfResource, runTask } from './task.ts';

const markKey = 'pilothouse.mark';

export function createVm(vs: Vsphere): OperationHandler {
  const handler = createRecipe(vs, {
    noun: 'VM',
    preview: (context) => preview(vs, context),
    findMarked: (context, mark) => findMarked(vs, context, mark),
    create: (context) => create(vs, context),
    look: (context, id) => lookAt(vs, id, (now) => now.status === 'running', context.signal),
  });
  return {
    ...handler,
    reconcile: async (context) => {
      const found = await handler.reconcile(context);
      if (found.found !== 'done' || !found.createdId) return found;
      const now = await vs.read(found.createdId, context.signal);
      if (now?.status === 'running') return found;
      return { ...found, found: 'unknown', observed: `${found.observed} but is ${now?.status ?? 'gone'}` };
    },
  };
}

async function preview(vs: Vsphere, context: StepContext): Promise<HandlerPreview> {
  const { args, signal } = context;
  const name = textArgument(args, 'name') ?? '';
  const choice = await chooseTemplate(vs, textArgument(args, 'image'), signal);
  const text = textArgument(args, 'flavor');
  const size = text === undefined ? undefined : parseSize(text);
  const sizeNote =
    text !== undefined && !size
      ? blocker(`“${text}” is no size here.`, 'Say processors and memory in GB, such as 2x4 for 2 and 4 GB.')
      : undefined;
  const unknown = ['network', 'keypair', 'security_groups', 'tags', 'region'].filter(
    (one) => args[one] !== undefined,
  );
  const unknownNote =
    unknown.length > 0
      ? blocker(
          `A clone cannot be given ${unknown.join(', ')} here.`,
          'Leave it out; network and place come with the template.',
        )
      : undefined;
  const template = choice.template;
  const shownSize = size?.name ?? template?.attributes.flavor;
  return previewOf(`Makes the VM ${name} as a clone of ${template?.name ?? 'a template'} and powers it on.`, {
    changes: [
      { field: 'name', after: name },
      ...(template ? [{ field: 'image', after: template.name }] : []),
      ...(shownSize === undefined ? [] : [{ field: 'flavor', after: shownSize }]),
    ],
    notes: [
      choice.note,
      sizeNote,
      unknownNote,
      await nameNote(vs, name, signal),
      ...(template
        ? await privilegeNotes(
            vs,
            refOfResource(template),
            ['VirtualMachine.Provisioning.DeployTemplate'],
            `clone the template ${template.name}`,
            signal,
          )
        : []),
    ].filter(isNote),
    resolvedArgs: {
      ...(template ? { image: template.name } : {}),
      ...(typeof shownSize === 'string' ? { flavor: shownSize } : {}),
    },
  });
}

/** The template of that name, or the only one there is. */
async function chooseTemplate(
  vs: Vsphere,
  name: string | undefined,
  signal: AbortSignal,
): Promise<{ readonly template?: Resource; readonly note?: PreviewNote }> {
  const templates = await templatesOf(vs, signal);
  const fitting =
    name === undefined
      ? templates
      : templates.filter((one) => one.name === name || one.id === name || one.id.endsWith(`/${name}`));
  if (fitting.length === 1) {
    const note = name === undefined ? info(`${fitting[0]!.name} is the only template.`) : undefined;
    return { template: fitting[0], note };
  }
  const names = templates.slice(0, 8).map((one) => one.name);
  const list = names.length > 0 ? `There are ${names.join(', ')}.` : 'Make one in the vSphere client.';
  if (fitting.length > 1 && name !== undefined)
    return { note: blocker(`${fitting.length} templates are called ${name}.`, 'Rename one.') };
  if (name !== undefined) return { note: blocker(`There is no template ${name}.`, list) };
  return {
    note: blocker(
      templates.length === 0 ? 'There is no template to clone.' : 'Which template is not said.',
      list,
    ),
  };
}

async function templatesOf(vs: Vsphere, signal: AbortSignal): Promise<readonly Resource[]> {
  const inventory = await vs.inventory(signal);
  const place = { connection: vs.connection, inventory };
  return [...inventory.items.values()]
    .filter((item) => item.ref.type === 'VirtualMachine' && isTemplate(item))
    .flatMap((item) => translate(place, item).resources.filter((one) => one.kind === 'image'));
}

async function nameNote(vs: Vsphere, name: string, signal: AbortSignal): Promise<PreviewNote | undefined> {
  const twins = await vmsNamed(vs, name, signal);
  if (twins.length === 0) return undefined;
  return blocker(`There is a VM ${name} already.`, 'Choose another name.');
}

/** VMs and templates of that name, wherever they stand. */
async function vmsNamed(vs: Vsphere, name: string, signal: AbortSignal): Promise<readonly Ref[]> {
  const specs = [propertySpec('VirtualMachine', ['name'])];
  const found = await readAll(vs.vim, ['VirtualMachine'], specs, signal);
  return found.filter((one) => nameOf(one) === name).map((one) => one.ref);
}

async function findMarked(vs: Vsphere, context: StepContext, mark: string) {
  const name = textArgument(context.args, 'name') ?? '';
  for (const ref of await vmsNamed(vs, name, context.signal)) {
    const found = await propertiesOf(vs, ref, ['config.extraConfig'], context.signal);
    if (extraConfig(found.get('config.extraConfig'), markKey) !== mark) continue;
    return { resourceId: resourceId(vs.connection, 'vm', ref.value), name };
  }
  return undefined;
}

async function create(vs: Vsphere, context: WriteContext): Promise<string> {
  const { args, signal } = context;
  const name = textArgument(args, 'name') ?? '';
  const { template, note } = await chooseTemplate(vs, textArgument(args, 'image'), signal);
  const item = template && (await vs.item(template.id, signal));
  if (!template || !item) throw moved(note?.message ?? 'The template is gone.');
  const size = parseSize(textArgument(args, 'flavor') ?? '');
  const { folder, pool } = await placeOf(vs, item, signal);
  const mark = element('extraConfig', [element('key', markKey), typed('value', 'xsd:string', context.mark)]);
  const spec = element('spec', [
    element('location', pool ? [refElement('pool', pool)] : []),
    element('template', false),
    element('config', [...sizeElements(size), mark]),
    element('powerOn', true),
  ]);
  const what = `clone ${template.name} as ${name}`;
  const content = [refElement('folder', folder), element('name', name), spec];
  const made = refOf(await runTask(vs, context, item.ref, 'CloneVM_Task', what, content));
  if (!made) throw moved('The server did not say what it made.');
  await finish(vs, context, made, size, name);
  return resourceId(vs.connection, 'vm', made.value);
}

/** Some servers leave size and power of a clone as the template has them; then they are set. */
async function finish(
  vs: Vsphere,
  context: WriteContext,
  made: Ref,
  size: Size | undefined,
  name: string,
): Promise<void> {
  const id = resourceId(vs.connection, 'vm', made.value);
  const now = await vs.read(id, context.signal);
  if (size && now && now.attributes.flavor !== size.name && now.status === 'stopped') {
    const spec = element('spec', sizeElements(size));
    await runTask(vs, context, made, 'ReconfigVM_Task', `size the VM ${name}`, [spec]);
  }
  if (now?.status === 'stopped')
    await runTask(vs, context, made, 'PowerOnVM_Task', `power on the VM ${name}`);
}

function sizeElements(size: Size | undefined) {
  return size ? [element('numCPUs', size.vcpus), element('memoryMB', size.ramMb)] : [];
}

/** Folder of the template, and the pool of the cluster or host it stands on. */
async function placeOf(vs: Vsphere, template: Item, signal: AbortSignal) {
  const inventory = await vs.inventory(signal);
  const folder = refOf(template.properties.get('parent'));
  const hostRef = refOf(template.properties.get('runtime.host'));
  const host = hostRef && inventory.items.get(hostRef.value);
  const compute = host && above(inventory, host, 'ClusterComputeResource', 'ComputeResource');
  const found = compute ? await propertiesOf(vs, compute.ref, ['resourcePool'], signal) : undefined;
  if (!folder) throw moved('The template stands in no folder.');
  return { folder, pool: refOf(found?.get('resourcePool')) };
}
