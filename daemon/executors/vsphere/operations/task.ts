// What handlers of this executor need of a write: the reference behind a target, a task run to its end, and whether the
// user has the privileges a write needs, asked before.

import type { PreviewNote } from '../../../../shared/model/plan.ts';
import { ProblemError } from '../../../../shared/model/problem.ts';
import { parseResourceId, type Resource } from '../../../../shared/model/resource.ts';
import type { WriteContext } from '../../contract.ts';
import { blocker, requireTarget } from '../../kit/preview.ts';
import { booleanAt, children, type Ref, textAt, type XmlNode } from '../client/node.ts';
import { element, refElement, type Xml } from '../client/xml.ts';
import type { Vsphere } from '../vsphere.ts';

/** Reference of a VM, template or host. */
export function refOfResource(resource: Pick<Resource, 'id' | 'kind'>): Ref {
  const { path } = parseResourceId(resource.id)!;
  switch (resource.kind) {
    case 'host':
      return { type: 'HostSystem', value: path };
    case 'snapshot':
      return { type: 'VirtualMachineSnapshot', value: path };
    default:
      return { type: 'VirtualMachine', value: path };
  }
}

/** What the plan stood on is not there any more. */
export function moved(message: string): ProblemError {
  return new ProblemError({ code: 'world-moved', message, fix: 'Look at it and ask again.' });
}

/** Runs a task on the target of the step. Throws the fault it ended with, or UnsettledError. */
export function runOnTarget(
  vs: Vsphere,
  context: WriteContext,
  method: string,
  what: string,
  content: readonly Xml[] = [],
): Promise<XmlNode | undefined> {
  return runTask(vs, context, refOfResource(requireTarget(context)), method, what, content);
}

export function runTask(
  vs: Vsphere,
  context: WriteContext,
  self: Ref,
  method: string,
  what: string,
  content: readonly Xml[] = [],
): Promise<XmlNode | undefined> {
  const request = { method, self, content, what, signal: context.signal };
  return vs.vim.run(request, (fraction) => context.progress(what, fraction));
}

/** Notes on privileges that the user lacks on a thing. A server that cannot tell says nothing. */
export async function privilegeNotes(
  vs: Vsphere,
  ref: Ref,
  privileges: readonly string[],
  what: string,
  signal: AbortSignal,
): Promise<readonly PreviewNote[]> {
  const session = await vs.vim.session(signal);
  const self = session.managers.get('authorizationManager');
  if (!self || !session.key) return [];
  const content = [
    refElement('entity', ref),
    element('sessionId', session.key),
    ...privileges.map((one) => element('privId', one)),
  ];
  const request = { method: 'HasPrivilegeOnEntities', self, content, isRead: true, signal };
  const answer = await vs.vim.call({ ...request, what: 'ask for privileges' }).catch((error) => {
    if (signal.aborted) throw error;
    return undefined;
  });
  const missing = children(answer, 'returnval')
    .flatMap((entity) => children(entity, 'privAvailability'))
    .filter((one) => booleanAt(one, 'isGranted') === false)
    .map((one) => textAt(one, 'privId'));
  if (missing.length === 0) return [];
  return [
    blocker(
      `User ${session.user} may not ${what}: the privilege ${missing.join(', ')} is missing.`,
      'Ask an administrator of the vCenter for a role that has it.',
    ),
  ];
}

/** Single properties of one object, for a preview that needs more than the inventory has. */
export async function propertiesOf(
  vs: Vsphere,
  ref: Ref,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, XmlNode>> {
  const [found] = await vs.vim.fetch([ref], paths, signal);
  return found?.properties ?? new Map();
}

/** Value of an extra configuration key. */
export function extraConfig(config: XmlNode | undefined, key: string): string | undefined {
  const option = children(config, 'OptionValue').find((one) => textAt(one, 'key') === key);
  return option && textAt(option, 'value');
}

/** What a VM asks a person before it goes on; nothing else can be done with it meanwhile. */
export function questionNotes(now: Resource): readonly PreviewNote[] {
  const { question } = now.attributes;
  if (typeof question !== 'string') return [];
  return [blocker(`${now.name} waits for an answer: “${question}”`, 'Answer it in the vSphere client.')];
}
