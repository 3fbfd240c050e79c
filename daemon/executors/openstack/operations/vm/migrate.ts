// migrate.vm: a live migration, which only administrators of a cloud may ask for. Without a host Nova chooses.

import type { PreviewNote } from '../../../../../shared/model/plan.ts';
import type { OperationHandler } from '../../../contract.ts';
import { blocker, info, previewOf, textArgument } from '../../../kit/preview.ts';
import { fetchHypervisors, postServerAction } from '../../api/compute.ts';
import type { OpenStack } from '../../api/openStack.ts';
import { isProblem } from '../../client/cloud.ts';
import { cloudIdOf } from '../../mapping/place.ts';
import type { HypervisorRecord } from '../../records/compute.ts';
import { listNames } from '../choose.ts';
import { changeHandler } from '../recipes.ts';
import { fetchVm, obstacles } from './vm.ts';

export function migrateVm(os: OpenStack): OperationHandler {
  return changeHandler(os, {
    noun: 'server',
    preview: async (now, context) => {
      const hosts = await fetchHosts(os, context.signal);
      const wanted = textArgument(context.args, 'host');
      const from = now.attributes.host;
      if (wanted && cloudIdOf(wanted) === from)
        return previewOf(`Nothing: ${now.name} runs on ${from} already.`, { idle: true });
      const vm = await fetchVm(os, now.id, context.signal);
      return previewOf(
        `Moves ${now.name} from ${from ?? 'its host'} to ${wanted ? cloudIdOf(wanted) : 'a host the cloud chooses'} while it runs.`,
        {
          changes: [{ field: 'host', before: from, after: wanted ? cloudIdOf(wanted) : null }],
          notes: [
            ...(vm ? obstacles(vm) : []),
            ...hostNotes(hosts, wanted),
            ...(now.status === 'running'
              ? []
              : [
                  blocker(
                    `${now.name} is ${now.status}.`,
                    'Only a running server can be moved while it runs.',
                  ),
                ]),
            info('It pauses for a moment at the end of the move.'),
          ],
          // Where it came from tells later whether it moved.
          resolvedArgs: typeof from === 'string' ? { from_host: from } : {},
        },
      );
    },
    isDone: (now, context) => {
      if (now.status !== 'running') return false;
      const wanted = textArgument(context.args, 'host');
      const { host } = now.attributes;
      if (wanted) return host === cloudIdOf(wanted);
      const from = textArgument(context.args, 'from_host');
      return from !== undefined && host !== undefined && host !== from;
    },
    write: async (context, now) => {
      const wanted = textArgument(context.args, 'host');
      const hosts = wanted ? await fetchHosts(os, context.signal) : [];
      const known = hosts?.find((host) => host.hypervisor_hostname === cloudIdOf(wanted ?? ''));
      const host = wanted ? (known?.service?.host ?? cloudIdOf(wanted)) : null;
      const body = { 'os-migrateLive': { host, block_migration: 'auto' } };
      await postServerAction(os, now.id, body, `migrate the server ${now.name}`, context.signal);
    },
  });
}

/** Undefined where this user may not see them. */
async function fetchHosts(
  os: OpenStack,
  signal: AbortSignal,
): Promise<readonly HypervisorRecord[] | undefined> {
  try {
    return await fetchHypervisors(os, signal);
  } catch (error) {
    if (isProblem(error, 'cloud-forbidden')) return undefined;
    throw error;
  }
}

function hostNotes(
  hosts: readonly HypervisorRecord[] | undefined,
  wanted: string | undefined,
): readonly PreviewNote[] {
  if (!hosts)
    return [
      blocker(
        'Only an administrator of this cloud can migrate servers.',
        'Use a cloud of clouds.yaml whose user has the admin role.',
      ),
    ];
  const named = hosts.map((host) => ({ id: host.hypervisor_hostname, name: host.hypervisor_hostname }));
  if (!wanted || named.some((host) => host.id === cloudIdOf(wanted))) return [];
  return [blocker(`There is no host ${cloudIdOf(wanted)}.`, `Say one of: ${listNames(named)}.`)];
}
