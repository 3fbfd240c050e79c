// Asks for the arguments of an operation, one input after the other: first what it needs, then what it may be given.
// Shared by the tree's menus, the palette and the correction of a chip. Escape anywhere ends the whole and does
// nothing.

import * as vscode from 'vscode';
import type { Kind } from '../../shared/model/kind.ts';
import type { ArgumentSpec, Arguments } from '../../shared/model/operation.ts';
import type { Json, Resource } from '../../shared/model/resource.ts';
import { valueText } from '../../shared/panel/planText.ts';
import { shownText } from '../../shared/panel/shown.ts';
import type { OperationInfo } from '../../shared/protocol/messages.ts';
import { nameOf, type ResourceStore } from '../state/resources.ts';
import { describeResource, lookOfHealth } from '../views/describe.ts';
import { hintOf, offeredTo, parseArgument, promptOf, titleOf } from './argumentInput.ts';

export interface ArgumentPlace {
  readonly resources: Pick<ResourceStore, 'list' | 'get'>;
  /** Connection whose resources are offered. */
  readonly connection: string;
  /** Id of what the operation is done to, where it is done to something. */
  readonly target?: string;
}

/** The arguments, or undefined where the person left. */
export async function askArguments(
  operation: OperationInfo,
  place: ArgumentPlace,
): Promise<Arguments | undefined> {
  const args: Record<string, Json> = {};
  const required = operation.args.filter((spec) => spec.required);
  for (const [index, spec] of required.entries()) {
    const step = required.length > 1 ? ` (${index + 1}/${required.length})` : '';
    const value = await askArgument(spec, place, `${operation.title}${step}`);
    if (value === undefined) return undefined;
    args[spec.name] = value;
  }
  const optional = operation.args.filter((spec) => !spec.required);
  return optional.length === 0 ? args : askOptional(operation, optional, args, place);
}

async function askOptional(
  operation: OperationInfo,
  optional: readonly ArgumentSpec[],
  given: Record<string, Json>,
  place: ArgumentPlace,
): Promise<Arguments | undefined> {
  const args = { ...given };
  for (;;) {
    const go = { label: '$(arrow-right) Show the plan', spec: undefined };
    const separator = { label: 'Optional', kind: vscode.QuickPickItemKind.Separator, spec: undefined };
    const items = optional.map((spec) => ({
      label: titleOf(spec),
      description: spec.name in args ? valueText(args[spec.name]) : hintOf(spec),
      detail: promptOf(spec),
      spec,
    }));
    const picked = await vscode.window.showQuickPick([go, separator, ...items], {
      title: operation.title,
      placeHolder: 'Nothing changes before you have seen the plan and said yes',
      ignoreFocusOut: true,
    });
    if (!picked) return undefined;
    if (!picked.spec) return args;
    const value = await askArgument(picked.spec, place, operation.title, args[picked.spec.name]);
    if (value !== undefined) args[picked.spec.name] = value;
  }
}

/** One value, or undefined where the person left. */
export async function askArgument(
  spec: ArgumentSpec,
  place: ArgumentPlace,
  title: string,
  current?: Json,
): Promise<Json | undefined> {
  const heading = `${title}: ${titleOf(spec)}`;
  const choices = spec.type === 'boolean' ? ['yes', 'no'] : spec.choices;
  if (choices) {
    const picked = await vscode.window.showQuickPick([...choices], {
      title: heading,
      placeHolder: promptOf(spec),
      ignoreFocusOut: true,
    });
    if (picked === undefined) return undefined;
    return spec.type === 'boolean' ? picked === 'yes' : picked;
  }
  if (spec.type === 'manifest') return manifestInEditor();
  if (spec.refKind) {
    const members = [...place.resources.list(place.connection, spec.refKind)];
    const offered = offeredTo(place.target, spec.refKind, members);
    if (offered.length > 0) return pickReference(spec, spec.refKind, offered, heading);
    if (members.length > 0) return nothingOffered(spec.refKind, place);
  }
  return typeArgument(spec, heading, current);
}

/** There are such things, but none that belongs to the target: typing another's name would be no better. */
function nothingOffered(kind: Kind, { target, resources }: ArgumentPlace): undefined {
  const name = target === undefined ? 'it' : nameOf(resources, target);
  void vscode.window.showInformationMessage(`Pilothouse: there is no ${kind} of ${name}.`);
  return undefined;
}

/** A manifest is written in an editor: what is selected there, or the whole of it. */
function manifestInEditor(): string | undefined {
  const editor = vscode.window.activeTextEditor;
  const text = editor?.document.getText(editor.selection.isEmpty ? undefined : editor.selection) ?? '';
  if (text.trim() !== '') return text;
  void vscode.window.showInformationMessage('Open the manifest in an editor, then apply it from there.');
  return undefined;
}

async function typeArgument(spec: ArgumentSpec, heading: string, current?: Json): Promise<Json | undefined> {
  const text = await vscode.window.showInputBox({
    title: heading,
    prompt: promptOf(spec),
    placeHolder: hintOf(spec),
    value: current === undefined ? undefined : valueText(current),
    ignoreFocusOut: true,
    validateInput: (typed) => {
      if (typed.trim() === '') return spec.required ? 'This is needed.' : undefined;
      const parsed = parseArgument(spec, typed);
      return parsed.ok ? undefined : parsed.problem;
    },
  });
  if (text === undefined || text.trim() === '') return undefined;
  const parsed = parseArgument(spec, text);
  return parsed.ok ? parsed.value : undefined;
}

/** Resources as entries of a pick list, by name. */
export function itemsOfResources(resources: Iterable<Resource>, sources?: Pick<ResourceStore, 'get'>) {
  const sorted = [...resources].sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
  return itemsInOrder(sorted, sources);
}

/** In a pick list `$(name)` is an icon: what a cloud says is text, and a word joiner in it is not seen. */
export function labelText(name: string): string {
  return shownText(name).replaceAll('$(', '$\u2060(');
}

/** As they come. With `sources`, what is taken of something says of what. */
function itemsInOrder(resources: readonly Resource[], sources?: Pick<ResourceStore, 'get'>) {
  const ofWhat = ({ kind, attributes: { source } }: Resource) =>
    sources && kind === 'snapshot' && typeof source === 'string' ? [`of ${nameOf(sources, source)}`] : [];
  return resources.map((resource) => ({
    label: labelText(resource.name),
    description: [...ofWhat(resource), describeResource(resource), ...timeOf(resource)].join(' · '),
    iconPath: new vscode.ThemeIcon(lookOfHealth(resource.health).icon),
    resource,
  }));
}

/** Snapshots are told apart by their time. */
function timeOf({ kind, createdAt }: Resource): readonly string[] {
  return kind === 'snapshot' && createdAt !== undefined ? [new Date(createdAt).toLocaleString()] : [];
}

async function pickReference(
  spec: ArgumentSpec,
  kind: Kind,
  members: readonly Resource[],
  heading: string,
): Promise<Json | undefined> {
  const items = kind === 'snapshot' ? itemsInOrder(members) : itemsOfResources(members);
  const options = {
    title: heading,
    placeHolder: promptOf(spec),
    ignoreFocusOut: true,
    matchOnDescription: true,
  };
  if (spec.type === 'names') {
    const picked = await vscode.window.showQuickPick(items, { ...options, canPickMany: true });
    return picked && picked.length > 0 ? picked.map((item) => item.resource.name) : undefined;
  }
  const free = kind === 'floating-ip' ? [{ label: 'Any free one', resource: undefined }] : [];
  const picked = await vscode.window.showQuickPick([...free, ...items], options);
  if (!picked) return undefined;
  return picked.resource ? referenceTo(picked.resource, members) : 'any';
}

/** Kinds that people and clouds know by name, so that a plan can be read. */
const namedKinds: readonly Kind[] = ['flavor', 'image', 'keypair', 'network', 'host'];

/** The name where it is known by name and only one has it; else the id. */
function referenceTo(resource: Resource, members: readonly Resource[]): string {
  const isOnly = members.filter((member) => member.name === resource.name).length === 1;
  return isOnly && namedKinds.includes(resource.kind) ? resource.name : resource.id;
}
