// Reading one server for the handlers of servers: as a resource, and as the answer to "is it there yet?".

import type { PreviewNote } from '../../../../../shared/model/plan.ts';
import type { Resource } from '../../../../../shared/model/resource.ts';
import { isTransitional } from '../../../../../shared/model/statuses.ts';
import { cleanText } from '../../../kit/cleanText.ts';
import { blocker } from '../../../kit/preview.ts';
import type { Look } from '../../../kit/readBack.ts';
import { fetchServer } from '../../api/compute.ts';
import { fetchPlace, fetchVmNames, type OpenStack } from '../../api/openStack.ts';
import { isGone, toVm } from '../../mapping/vm.ts';
import type { ServerRecord } from '../../records/compute.ts';

export interface Vm {
  readonly server: ServerRecord;
  readonly resource: Resource;
}

/** A server as it is now; undefined where it is gone. */
export async function fetchVm(os: OpenStack, id: string, signal: AbortSignal): Promise<Vm | undefined> {
  const server = await fetchServer(os, id, signal);
  if (!server || isGone(server)) return undefined;
  const [place, names] = await Promise.all([fetchPlace(os, signal), fetchVmNames(os, signal)]);
  return { server, resource: toVm(server, place, names) };
}

/** Whether a server is in one of the wanted statuses; an error status says why. */
export async function lookAtVm(
  os: OpenStack,
  id: string,
  wanted: readonly string[],
  signal: AbortSignal,
): Promise<Look> {
  const vm = await fetchVm(os, id, signal);
  // A cloud of several cells may not know a new server at once.
  if (!vm) return { kind: 'waiting', observed: 'the server is not there' };
  const { resource, server } = vm;
  if (wanted.includes(resource.status))
    return {
      kind: 'done',
      verification: { verified: true, observed: `${resource.name} is ${resource.status}`, resource },
    };
  if (resource.status === 'error') {
    const why = server.fault?.message ? `: ${cleanText(server.fault.message)}` : '';
    return { kind: 'failed', observed: `${resource.name} is in error${why}`, resource };
  }
  const kind = isTransitional(resource.status) ? 'working' : 'waiting';
  return { kind, observed: `${resource.name} is ${resource.status}`, resource };
}

/** What stands against any change of a server: a lock, or work under way. */
export function obstacles(vm: Vm): readonly PreviewNote[] {
  const task = vm.server['OS-EXT-STS:task_state'];
  const busy = blocker(`${vm.resource.name} is busy (${task}).`, 'Wait until it is done and ask again.');
  return [...lockNotes(vm), ...(task ? [busy] : [])];
}

/** A locked server is refused to everybody here, also to an administrator, whom the cloud would let through. */
export function lockNotes(vm: Vm): readonly PreviewNote[] {
  if (!vm.server.locked) return [];
  const fix = `Unlock it first: "unlock ${vm.resource.name}".`;
  return [blocker(`${vm.resource.name} is locked against changes.`, fix)];
}
