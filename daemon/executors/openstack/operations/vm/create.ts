// create.vm. The plan's mark is written into the metadata of the server, so that one that was made before a crash,
// or whose answer got lost, is found again and never made twice: Nova takes the same name as often as it is sent.

import { z } from 'zod';
import type { FieldChange } from '../../../../../shared/model/plan.ts';
import { resourceId } from '../../../../../shared/model/resource.ts';
import type { OperationHandler, QuotaUse, StepContext } from '../../../contract.ts';
import {
  isNote,
  previewOf,
  quotaNote,
  quotaUse,
  refuseBlocked,
  tagsArgument,
  textArgument,
  warning,
} from '../../../kit/preview.ts';
import { fetchComputeLimits, fetchServers } from '../../api/compute.ts';
import type { OpenStack } from '../../api/openStack.ts';
import { markKey } from '../../mapping/place.ts';
import type { ServerRecord } from '../../records/compute.ts';
import { createHandler } from '../recipes.ts';
import { type CreateSpec, settleSpec } from './createSpec.ts';
import { lookAtVm } from './vm.ts';

export function createVm(os: OpenStack): OperationHandler {
  return createHandler(os, {
    noun: 'server',
    preview: async (context) => {
      const spec = await settleSpec(os, context.args, context.signal);
      const [quota, sameName] = await Promise.all([
        quotaUses(os, spec, context.signal),
        sameNameNotes(os, spec, context.signal),
      ]);
      return previewOf(effectOf(spec), {
        changes: changesOf(spec, context),
        notes: [...spec.notes, ...quota.map(quotaNote).filter(isNote), ...sameName],
        quota,
        resolvedArgs: resolvedArgs(os, spec),
      });
    },
    findMarked: async (context, mark) => {
      const servers = await fetchNamed(os, textArgument(context.args, 'name') ?? '', context.signal);
      const made = servers.find((server) => server.metadata?.[markKey] === mark);
      return made && { resourceId: resourceId(os.connection, 'vm', made.id), name: made.name ?? made.id };
    },
    create: async (context) => {
      const spec = await settleSpec(os, context.args, context.signal);
      refuseBlocked(spec.notes);
      const body = { server: serverBody(spec, { ...tagsArgument(context.args), [markKey]: context.mark }) };
      const what = `create the server ${spec.name}`;
      const request = { service: 'compute', method: 'POST', path: '/servers', body } as const;
      const answer = z.object({ server: z.object({ id: z.string() }) });
      const { server } = await os.cloud.read({ ...request, signal: context.signal, what }, answer);
      return resourceId(os.connection, 'vm', server.id);
    },
    look: (context, id) => lookAtVm(os, id, ['running'], context.signal),
  });
}

function effectOf(spec: CreateSpec): string {
  const size = spec.flavor ? ` with ${spec.flavor.vcpus} vCPUs and ${spec.flavor.ram / 1024} GB memory` : '';
  return `Creates the server ${spec.name}${size}.`;
}

function changesOf(spec: CreateSpec, context: StepContext): readonly FieldChange[] {
  const tags = tagsArgument(context.args);
  const fields: readonly (readonly [string, FieldChange['after']])[] = [
    ['name', spec.name],
    ['flavor', spec.flavor?.name],
    ['image', bootName(spec)],
    [
      'boot volume',
      spec.boot?.kind === 'image-volume' ? `${spec.boot.sizeGb} GB, deleted with the server` : undefined,
    ],
    ['network', spec.network?.name ?? undefined],
    ['keypair', spec.keypair?.name],
    [
      'security_groups',
      spec.groups.length > 0 ? spec.groups.map((group) => group.name ?? group.id) : ['default'],
    ],
    ['tags', Object.keys(tags).length > 0 ? tags : undefined],
  ];
  return fields.flatMap(([field, after]) => (after === undefined ? [] : [{ field, after }]));
}

function bootName(spec: CreateSpec): string | undefined {
  const { boot } = spec;
  switch (boot?.kind) {
    case undefined:
      return undefined;
    case 'image':
    case 'image-volume':
      return boot.image.name ?? boot.image.id;
    case 'snapshot':
      return `snapshot ${boot.name}`;
    case 'volume':
      return `volume ${boot.name}`;
  }
}

/** Ids of what was shown, so that nothing else can be taken later. */
function resolvedArgs(os: OpenStack, spec: CreateSpec): Record<string, string | string[]> {
  const id = (kind: Parameters<typeof resourceId>[1], path: string) => resourceId(os.connection, kind, path);
  const resolved: Record<string, string | string[]> = {};
  if (spec.flavor) resolved.flavor = id('flavor', spec.flavor.id);
  if (spec.boot?.kind === 'volume') resolved.volume = id('volume', spec.boot.id);
  else if (spec.boot?.kind === 'snapshot') resolved.image = id('snapshot', `volume/${spec.boot.id}`);
  else if (spec.boot) resolved.image = id('image', spec.boot.image.id);
  if (spec.network) resolved.network = id('network', spec.network.id);
  if (spec.keypair) resolved.keypair = id('keypair', spec.keypair.name);
  if (spec.groups.length > 0)
    resolved.security_groups = spec.groups.map((group) => id('security-group', group.id));
  return resolved;
}

async function quotaUses(os: OpenStack, spec: CreateSpec, signal: AbortSignal): Promise<readonly QuotaUse[]> {
  const limits = await fetchComputeLimits(os, signal);
  const { vcpus = 0, ram = 0 } = spec.flavor ?? {};
  return [
    quotaUse('servers', 1, limits.totalInstancesUsed, limits.maxTotalInstances),
    quotaUse('vCPUs', vcpus, limits.totalCoresUsed, limits.maxTotalCores),
    quotaUse('MB of memory', ram, limits.totalRAMUsed, limits.maxTotalRAMSize),
  ];
}

async function sameNameNotes(os: OpenStack, spec: CreateSpec, signal: AbortSignal) {
  if (!spec.name) return [];
  const same = (await fetchNamed(os, spec.name, signal)).filter((server) => server.name === spec.name);
  if (same.length === 0) return [];
  const message = `A server named ${spec.name} is there already; there would be two.`;
  return [warning(message, 'Choose another name.')];
}

/** Servers that may have the name. Nova takes a pattern, so that only a plain name narrows the list. */
function fetchNamed(os: OpenStack, name: string, signal: AbortSignal): Promise<readonly ServerRecord[]> {
  return fetchServers(os, { name: /^[\w-]+$/.test(name) ? name : undefined }, signal);
}

function serverBody(spec: CreateSpec, metadata: Readonly<Record<string, string>>): Record<string, unknown> {
  return {
    name: spec.name,
    flavorRef: spec.flavor?.id,
    ...bootBody(spec),
    networks: [{ uuid: spec.network?.id }],
    ...(spec.keypair ? { key_name: spec.keypair.name } : {}),
    ...(spec.groups.length > 0 ? { security_groups: spec.groups.map((group) => ({ name: group.id })) } : {}),
    metadata,
  };
}

function bootBody({ boot }: CreateSpec): Record<string, unknown> {
  const disk = (source: string, uuid: string, isDeleted: boolean, sizeGb?: number) => ({
    block_device_mapping_v2: [
      {
        boot_index: 0,
        uuid,
        source_type: source,
        destination_type: 'volume',
        delete_on_termination: isDeleted,
        ...(sizeGb ? { volume_size: sizeGb } : {}),
      },
    ],
  });
  switch (boot?.kind) {
    case undefined:
      return {};
    case 'image':
      return { imageRef: boot.image.id };
    case 'image-volume':
      return disk('image', boot.image.id, true, boot.sizeGb);
    case 'snapshot':
      return disk('snapshot', boot.id, true, boot.sizeGb);
    case 'volume':
      return disk('volume', boot.id, false);
  }
}
