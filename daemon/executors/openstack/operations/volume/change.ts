// resize, attach and detach of volumes, told apart from not done by what the volume shows.

import type { PreviewNote } from '../../../../../shared/model/plan.ts';
import type { Resource } from '../../../../../shared/model/resource.ts';
import type { OperationHandler, StepContext } from '../../../contract.ts';
import {
  blocker,
  info,
  isNote,
  numberArgument,
  previewOf,
  quotaNote,
  quotaUse,
  textArgument,
  warning,
} from '../../../kit/preview.ts';
import type { OpenStack } from '../../api/openStack.ts';
import { fetchVolume, fetchVolumeLimits } from '../../api/volume.ts';
import { cloudIdOf } from '../../mapping/place.ts';
import { serversOf } from '../../mapping/volume.ts';
import { changeHandler } from '../recipes.ts';
import { fetchVm, obstacles } from '../vm/vm.ts';

/** Extending a volume in use came with this microversion. */
const onlineExtend = { major: 3, minor: 42 };

export function resizeVolume(os: OpenStack): OperationHandler {
  return changeHandler(os, {
    noun: 'volume',
    preview: async (now, context) => {
      const wantedGb = numberArgument(context.args, 'size_gb') ?? 0;
      const sizeGb = Number(now.attributes.size_gb ?? 0);
      if (wantedGb === sizeGb)
        return previewOf(`Nothing: ${now.name} has ${sizeGb} GB already.`, { idle: true });
      const limits = await fetchVolumeLimits(os, context.signal);
      const more = quotaUse(
        'GB',
        wantedGb - sizeGb,
        limits.totalGigabytesUsed,
        limits.maxTotalVolumeGigabytes,
      );
      const canOnline = await os.cloud.speaks('volume', onlineExtend, context.signal);
      const notes = [
        wantedGb < sizeGb
          ? blocker(`A volume cannot shrink: ${now.name} has ${sizeGb} GB.`, 'Name a larger size.')
          : undefined,
        Number.isInteger(wantedGb)
          ? undefined
          : blocker('The size is a whole number of GB.', 'Say "to 20 GB".'),
        ...statusNotes(now, canOnline ? ['available', 'in-use'] : ['available'], 'extended'),
        quotaNote(more),
        info(
          'The file system on it has to be grown inside the server afterwards. It cannot be made smaller again.',
        ),
      ].filter(isNote);
      const changes = [{ field: 'size_gb', before: sizeGb, after: wantedGb }];
      return previewOf(`Extends ${now.name} from ${sizeGb} to ${wantedGb} GB.`, {
        changes,
        notes,
        quota: [more],
      });
    },
    isDone: (now, { args }) =>
      Number(now.attributes.size_gb) >= (numberArgument(args, 'size_gb') ?? 0) && now.health !== 'busy',
    write: async (context, now) => {
      const path = `/volumes/${encodeURIComponent(cloudIdOf(now.id))}/action`;
      const body = { 'os-extend': { new_size: numberArgument(context.args, 'size_gb') } };
      const what = `extend the volume ${now.name}`;
      await os.cloud.call({ service: 'volume', method: 'POST', path, body, signal: context.signal, what });
    },
  });
}

export function attachVolume(os: OpenStack): OperationHandler {
  return changeHandler(os, {
    noun: 'volume',
    preview: async (now, context) => {
      const vm = await fetchVm(os, textArgument(context.args, 'to') ?? '', context.signal);
      if (!vm)
        return previewOf(`Attaches ${now.name}.`, {
          notes: [
            blocker('The server it should be attached to is not there.', 'Name a server of this project.'),
          ],
        });
      if (now.attributes.attached_to === vm.resource.id)
        return previewOf(`Nothing: ${now.name} is attached to ${vm.resource.name} already.`, { idle: true });
      const notes = [
        ...statusNotes(now, ['available'], 'attached'),
        ...obstacles(vm),
        ...(['running', 'stopped', 'paused', 'suspended'].includes(vm.resource.status)
          ? []
          : [blocker(`${vm.resource.name} is ${vm.resource.status}.`, 'Wait until it is settled.')]),
      ];
      const changes = [{ field: 'attached_to', before: null, after: vm.resource.name }];
      const resolvedArgs = { to: vm.resource.id };
      return previewOf(`Attaches ${now.name} to ${vm.resource.name}.`, { changes, notes, resolvedArgs });
    },
    isDone: (now, { args }) =>
      now.status === 'in-use' &&
      cloudIdOf(String(now.attributes.attached_to)) === cloudIdOf(textArgument(args, 'to') ?? ''),
    write: async (context, now) => {
      const to = cloudIdOf(textArgument(context.args, 'to') ?? '');
      const path = `/servers/${encodeURIComponent(to)}/os-volume_attachments`;
      const body = { volumeAttachment: { volumeId: cloudIdOf(now.id) } };
      const what = `attach the volume ${now.name}`;
      await os.cloud.call({ service: 'compute', method: 'POST', path, body, signal: context.signal, what });
    },
  });
}

export function detachVolume(os: OpenStack): OperationHandler {
  return changeHandler(os, {
    noun: 'volume',
    preview: async (now, context) => {
      if (now.status === 'available')
        return previewOf(`Nothing: ${now.name} is free already.`, { idle: true });
      const servers = await attachedServers(os, now, context.signal);
      const vm = servers[0] ? await fetchVm(os, servers[0], context.signal) : undefined;
      const vmName = vm?.resource.name ?? 'its server';
      const isRoot = vm?.resource.attributes.boots_from_volume === true && isFirstDevice(now);
      const notes = [
        ...statusNotes(now, ['in-use'], 'detached'),
        ...(vm ? obstacles(vm) : []),
        ...(servers.length > 1
          ? [
              blocker(
                `${now.name} is attached to ${servers.length} servers.`,
                'Use: openstack server remove volume SERVER VOLUME.',
              ),
            ]
          : []),
        ...(isRoot
          ? [
              blocker(
                `${vmName} runs from ${now.name}; it cannot be taken away.`,
                'Delete the server instead.',
              ),
            ]
          : []),
        warning(`Unmount it inside ${vmName} first: what still writes to it fails.`),
      ];
      const changes = [{ field: 'attached_to', before: vmName, after: null }];
      return previewOf(`Detaches ${now.name} from ${vmName}.`, { changes, notes });
    },
    isDone: (now) => now.status === 'available',
    write: async (context, now) => {
      const [server] = await attachedServers(os, now, context.signal);
      if (!server) return;
      const id = encodeURIComponent(cloudIdOf(now.id));
      const path = `/servers/${encodeURIComponent(server)}/os-volume_attachments/${id}`;
      const what = `detach the volume ${now.name}`;
      await os.cloud.call({ service: 'compute', method: 'DELETE', path, signal: context.signal, what });
    },
  });
}

async function attachedServers(
  os: OpenStack,
  now: Resource,
  signal: StepContext['signal'],
): Promise<readonly string[]> {
  const volume = await fetchVolume(os, now.id, signal);
  return volume ? serversOf(volume) : [];
}

function isFirstDevice(now: Resource): boolean {
  return typeof now.attributes.device === 'string' && /\/[a-z]*da$/.test(now.attributes.device);
}

function statusNotes(now: Resource, allowed: readonly string[], participle: string): readonly PreviewNote[] {
  if (allowed.includes(now.status)) return [];
  const attached = now.status === 'in-use' ? 'Detach it first.' : 'Wait until it is settled and ask again.';
  return [blocker(`${now.name} is ${now.status}; it cannot be ${participle} now.`, attached)];
}
