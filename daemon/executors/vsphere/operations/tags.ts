// tag.vm and untag.vm: custom attributes, which the SOAP API has for every thing (the tags of the newer vSphere client
// are kept elsewhere). An attribute that does not exist yet is made for the whole vCenter, and the preview says so.

import type { FieldChange, PreviewNote } from '../../../../shared/model/plan.ts';
import type { Resource } from '../../../../shared/model/resource.ts';
import type { OperationHandler, WriteContext } from '../../contract.ts';
import { blocker, previewOf, tagsArgument, warning } from '../../kit/preview.ts';
import { changeRecipe } from '../../kit/recipes.ts';
import { child, textAt } from '../client/node.ts';
import { FaultError } from '../client/problems.ts';
import { element, refElement } from '../client/xml.ts';
import { readFields } from '../inventory/source.ts';
import type { Vsphere } from '../vsphere.ts';
import { privilegeNotes, refOfResource } from './task.ts';

export function tagVm(vs: Vsphere): OperationHandler {
  return changeRecipe(vs, {
    noun: 'VM',
    preview: async (now, { args, signal }) => {
      const tags = tagsArgument(args);
      const changes = Object.entries(tags)
        .filter(([key, value]) => now.tags[key] !== value)
        .map(([key, after]): FieldChange => ({ field: `tags.${key}`, before: now.tags[key], after }));
      if (Object.keys(tags).length === 0)
        return previewOf(`Tags ${now.name}.`, { notes: [blocker('No tag was named.', 'Say key=value.')] });
      if (changes.length === 0)
        return previewOf(`Nothing: ${now.name} has these tags already.`, { idle: true });
      const shown = changes.map((change) => `${change.field.slice(5)}=${String(change.after)}`).join(', ');
      return previewOf(`Sets ${shown} on ${now.name}.`, {
        changes,
        notes: [
          ...emptyNotes(tags),
          ...(await newNotes(vs, Object.keys(tags), signal)),
          ...(await mayNotes(vs, now, signal)),
        ],
      });
    },
    isDone: (now, { args }) =>
      Object.entries(tagsArgument(args)).every(([key, value]) => now.tags[key] === value),
    write: async (context, now) => {
      for (const [key, value] of Object.entries(tagsArgument(context.args)))
        if (now.tags[key] !== value) await setField(vs, context, now, key, value);
    },
  });
}

export function untagVm(vs: Vsphere): OperationHandler {
  return changeRecipe(vs, {
    noun: 'VM',
    preview: async (now, context) => {
      const keys = keysOf(context.args).filter((key) => now.tags[key] !== undefined);
      if (keys.length === 0) return previewOf(`Nothing: ${now.name} has no such tag.`, { idle: true });
      return previewOf(`Takes ${keys.join(', ')} off ${now.name}.`, {
        changes: keys.map((key): FieldChange => ({ field: `tags.${key}`, before: now.tags[key] })),
        notes: await mayNotes(vs, now, context.signal),
      });
    },
    isDone: (now, { args }) => keysOf(args).every((key) => now.tags[key] === undefined),
    write: async (context, now) => {
      for (const key of keysOf(context.args))
        if (now.tags[key] !== undefined) await setField(vs, context, now, key, '');
    },
  });
}

function keysOf(args: Readonly<Record<string, unknown>>): readonly string[] {
  const { keys } = args;
  return Array.isArray(keys) ? keys.map(String) : Object.keys(tagsArgument(args as never));
}

function emptyNotes(tags: Readonly<Record<string, string>>): readonly PreviewNote[] {
  const empty = Object.entries(tags).filter(([, value]) => value === '');
  if (empty.length === 0) return [];
  return [blocker('A custom attribute without a value is none.', `Say ${empty[0]![0]}=VALUE.`)];
}

function mayNotes(vs: Vsphere, now: Resource, signal: AbortSignal): Promise<readonly PreviewNote[]> {
  const what = `set custom attributes of ${now.name}`;
  return privilegeNotes(vs, refOfResource(now), ['Global.SetCustomField'], what, signal);
}

async function newNotes(
  vs: Vsphere,
  keys: readonly string[],
  signal: AbortSignal,
): Promise<readonly PreviewNote[]> {
  const { fields } = await vs.inventory(signal);
  const known = new Set(fields.values());
  const added = keys.filter((key) => !known.has(key));
  if (added.length === 0) return [];
  return [
    warning(`The custom attribute ${added.join(', ')} is new; every VM of the vCenter gets the field.`),
  ];
}

async function setField(
  vs: Vsphere,
  context: WriteContext,
  now: Resource,
  name: string,
  value: string,
): Promise<void> {
  const self = await vs.vim.manager('customFieldsManager', context.signal);
  const what = `set the custom attribute ${name} of ${now.name}`;
  const request = { self, isRead: false, signal: context.signal, what };
  const { fields } = await vs.inventory(context.signal);
  let key = [...fields].find(([, one]) => one === name)?.[0];
  if (key === undefined) {
    const content = [element('name', name), element('moType', 'VirtualMachine')];
    try {
      const made = await vs.vim.call({ ...request, method: 'AddCustomFieldDef', content });
      key = textAt(child(made, 'returnval'), 'key') ?? '';
      fields.set(key, name);
    } catch (error) {
      // Somebody else made it in between.
      if (!(error instanceof FaultError) || error.fault.type !== 'DuplicateName') throw error;
      await readFields(vs.vim, await vs.inventory(context.signal), context.signal);
      key = [...fields].find(([, one]) => one === name)?.[0];
      if (key === undefined) throw error;
    }
  }
  const content = [refElement('entity', refOfResource(now)), element('key', key), element('value', value)];
  await vs.vim.call({ ...request, method: 'SetField', content });
}
