// resize.vm. Nova resizes in two steps: it moves the server to the new flavor and waits for a confirmation, during
// which the old one is kept. The confirmation is sent as soon as the new flavor was read back; taking it back later
// is another resize. Where it stops half-way, a person decides between confirm and revert.

import type { PreviewNote } from '../../../../../shared/model/plan.ts';
import { ProblemError } from '../../../../../shared/model/problem.ts';
import { resourceId } from '../../../../../shared/model/resource.ts';
import type { OperationHandler, QuotaUse, StepContext, WriteContext } from '../../../contract.ts';
import {
  blocker,
  info,
  isNote,
  previewOf,
  previewOfGone,
  quotaNote,
  quotaUse,
  refuseBlocked,
  requireTarget,
  textArgument,
} from '../../../kit/preview.ts';
import { type Look, waitFor } from '../../../kit/readBack.ts';
import { UnsettledError } from '../../../kit/settling.ts';
import { fetchComputeLimits, postServerAction } from '../../api/compute.ts';
import type { OpenStack } from '../../api/openStack.ts';
import type { FlavorRecord } from '../../records/compute.ts';
import { choose } from '../choose.ts';
import { fetchVm, lookAtVm, obstacles, type Vm } from './vm.ts';

export function resizeVm(os: OpenStack): OperationHandler {
  return {
    preview: (context) => preview(os, context),
    refresh: async (context) => (await fetchVm(os, requireTarget(context).id, context.signal))?.resource,
    perform: async (context) => {
      await resize(os, context, await requireFlavor(os, context));
      return {};
    },
    verify: async (context) => {
      const flavor = await requireFlavor(os, context);
      return waitFor(os, context, () => lookAtFlavor(os, context, flavor, ['running', 'stopped']));
    },
    reconcile: async (context) => {
      const { id, name } = requireTarget(context);
      const vm = await fetchVm(os, id, context.signal);
      if (!vm) return { found: 'unknown', observed: 'the server is gone' };
      const { status, attributes } = vm.resource;
      const observed = `${name} is ${status} with flavor ${attributes.flavor}`;
      if (status === 'resizing' || status === 'verify-resize')
        return {
          found: 'unknown',
          observed: `${observed}; "confirm the resize of ${name}" keeps it, "revert the resize of ${name}" takes it back`,
        };
      const flavor = await requireFlavor(os, context);
      return { found: attributes.flavor === flavor.name ? 'done' : 'not-done', observed };
    },
  };
}

async function preview(os: OpenStack, context: StepContext) {
  const vm = await fetchVm(os, requireTarget(context).id, context.signal);
  if (!vm) return previewOfGone(context, 'server');
  const { name, status, attributes } = vm.resource;
  const choice = choose(
    'flavor',
    textArgument(context.args, 'flavor') ?? '',
    await os.lists.flavors(context.signal),
  );
  if (choice.kind === 'none') return previewOf(`Resizes ${name}.`, { notes: [choice.note] });
  const flavor = choice.value;
  const resolvedArgs = { flavor: resourceId(os.connection, 'flavor', flavor.id) };
  const changes = [{ field: 'flavor', before: attributes.flavor, after: flavor.name }];
  if (attributes.flavor === flavor.name && status === 'verify-resize')
    return previewOf(`Confirms the resize of ${name} to ${flavor.name}.`, { resolvedArgs });
  if (attributes.flavor === flavor.name)
    return previewOf(`Nothing: ${name} has the flavor ${flavor.name} already.`, { idle: true, resolvedArgs });
  const quota = await quotaUses(os, vm, flavor, context.signal);
  const notes = [
    ...obstacles(vm),
    ...statusNotes(vm),
    ...diskNotes(vm, flavor),
    ...quota.map(quotaNote).filter(isNote),
    info('It is shut down and started again on the way.'),
  ];
  const effect = `Resizes ${name} to ${flavor.name}: ${flavor.vcpus} vCPUs, ${flavor.ram / 1024} GB memory.`;
  return previewOf(effect, { changes, notes, resolvedArgs, quota });
}

function statusNotes({ resource, server }: Vm): readonly PreviewNote[] {
  if (['running', 'stopped'].includes(resource.status) || server['OS-EXT-STS:task_state']) return [];
  if (resource.status === 'verify-resize')
    return [
      blocker(
        `${resource.name} still waits for an earlier resize to be confirmed.`,
        'Confirm that resize, or revert it.',
      ),
    ];
  return [
    blocker(`${resource.name} is ${resource.status}.`, 'Only a running or stopped server can be resized.'),
  ];
}

function diskNotes({ resource }: Vm, flavor: FlavorRecord): readonly PreviewNote[] {
  const nowGb = resource.attributes.size_gb;
  if (resource.attributes.boots_from_volume || typeof nowGb !== 'number' || flavor.disk >= nowGb) return [];
  return [
    blocker(
      `${flavor.name} has a disk of ${flavor.disk} GB; that of ${resource.name} has ${nowGb} GB and cannot shrink.`,
      'Name a flavor with at least as large a disk.',
    ),
  ];
}

async function quotaUses(
  os: OpenStack,
  vm: Vm,
  flavor: FlavorRecord,
  signal: AbortSignal,
): Promise<readonly QuotaUse[]> {
  const limits = await fetchComputeLimits(os, signal);
  const { vcpus, ram_gb } = vm.resource.attributes;
  const moreCpus = flavor.vcpus - (typeof vcpus === 'number' ? vcpus : 0);
  const moreMb = flavor.ram - (typeof ram_gb === 'number' ? ram_gb * 1024 : 0);
  return [
    quotaUse('vCPUs', moreCpus, limits.totalCoresUsed, limits.maxTotalCores),
    quotaUse('MB of memory', moreMb, limits.totalRAMUsed, limits.maxTotalRAMSize),
  ];
}

async function requireFlavor(os: OpenStack, context: StepContext): Promise<FlavorRecord> {
  const choice = choose(
    'flavor',
    textArgument(context.args, 'flavor') ?? '',
    await os.lists.flavors(context.signal),
  );
  if (choice.kind === 'one') return choice.value;
  throw new ProblemError({ code: 'cloud-not-found', message: choice.note.message, fix: choice.note.fix });
}

async function resize(os: OpenStack, context: WriteContext, flavor: FlavorRecord): Promise<void> {
  const target = requireTarget(context);
  const vm = await fetchVm(os, target.id, context.signal);
  if (!vm) refuseBlocked([blocker(`${target.name} is gone.`)]);
  const isThere = vm?.resource.attributes.flavor === flavor.name;
  const what = `resize the server ${target.name} to ${flavor.name}`;
  if (vm && !isThere && ['running', 'stopped'].includes(vm.resource.status))
    await ask(os, context, { resize: { flavorRef: flavor.id } }, what);
  const reached = await waitFor(os, context, () =>
    lookAtFlavor(os, context, flavor, ['verify-resize', 'running', 'stopped']),
  );
  if (!reached.verified)
    throw new ProblemError({
      code: 'cloud-failed',
      message: `The resize did not come about: ${reached.observed}.`,
      fix: 'Look at the server; its resize may have to be reverted, or it has to be rebooted hard.',
    });
  if (reached.resource?.status !== 'verify-resize') return;
  context.progress(`${target.name} has its new flavor; confirming`);
  await ask(os, context, { confirmResize: null }, `confirm the resize of ${target.name}`);
}

/** Sends an action; where its answer is lost, the read-back that follows decides. */
async function ask(
  os: OpenStack,
  context: WriteContext,
  body: Record<string, unknown>,
  what: string,
): Promise<void> {
  try {
    await postServerAction(os, requireTarget(context).id, body, what, context.signal);
  } catch (error) {
    if (!(error instanceof UnsettledError)) throw error;
    context.progress('the answer got lost; looking whether it happened');
  }
}

async function lookAtFlavor(
  os: OpenStack,
  context: StepContext,
  flavor: FlavorRecord,
  statuses: readonly string[],
): Promise<Look> {
  const look = await lookAtVm(os, requireTarget(context).id, statuses, context.signal);
  if (look.kind !== 'done') return look;
  const { resource } = look.verification;
  const observed = `${resource?.name} is ${resource?.status} with flavor ${resource?.attributes.flavor}`;
  if (resource?.attributes.flavor === flavor.name)
    return { kind: 'done', verification: { ...look.verification, observed } };
  return { kind: 'waiting', observed, resource };
}
