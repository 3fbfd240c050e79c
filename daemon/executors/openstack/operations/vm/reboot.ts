// reboot.vm. A reboot leaves no state behind, so that after a crash Nova's own list of what was done to the server
// has to tell; where it cannot, the answer is "unknown" and a person looks.

import type { OperationHandler, StepContext } from '../../../contract.ts';
import { blocker, info, previewOf, previewOfGone, requireTarget } from '../../../kit/preview.ts';
import { waitFor } from '../../../kit/readBack.ts';
import { settling } from '../../../kit/settling.ts';
import { fetchServerActions, postServerAction } from '../../api/compute.ts';
import type { OpenStack } from '../../api/openStack.ts';
import { utc } from '../../mapping/place.ts';
import { fetchVm, lookAtVm, obstacles } from './vm.ts';

/** States from which only a hard reboot leads out. */
const onlyHard = ['paused', 'suspended', 'error'];
/** A reboot by the same user in this time may be the one that is looked for. */
const doubtMs = 24 * 60 * 60_000;

export function rebootVm(os: OpenStack): OperationHandler {
  return settling(os, {
    preview: async (context) => {
      const vm = await fetchVm(os, requireTarget(context).id, context.signal);
      if (!vm) return previewOfGone(context, 'server');
      const { name, status } = vm.resource;
      const canReboot = status === 'running' || onlyHard.includes(status);
      const how = kindOf(context, status) === 'HARD' ? 'by cutting its power' : 'by asking its system';
      const obstacle = obstacles(vm);
      const wrong = blocker(
        `${name} is ${status}.`,
        status === 'stopped' ? 'Start it instead.' : 'Wait and ask again.',
      );
      return previewOf(`Reboots ${name} ${how}.`, {
        notes: [
          ...obstacle,
          ...(canReboot || obstacle.length > 0 ? [] : [wrong]),
          info('Whatever runs on it is not available until it is up again.'),
        ],
      });
    },
    refresh: async (context) => (await fetchVm(os, requireTarget(context).id, context.signal))?.resource,
    perform: async (context) => {
      const target = requireTarget(context);
      const status = (await fetchVm(os, target.id, context.signal))?.resource.status ?? target.status;
      const body = { reboot: { type: kindOf(context, status) } };
      await postServerAction(os, target.id, body, `reboot the server ${target.name}`, context.signal);
      return {};
    },
    verify: (context) =>
      waitFor(os, context, () => lookAtVm(os, requireTarget(context).id, ['running'], context.signal)),
    reconcile: async (context) => {
      const target = requireTarget(context);
      const vm = await fetchVm(os, target.id, context.signal);
      if (!vm) return { found: 'unknown', observed: 'the server is gone' };
      if (vm.resource.status === 'rebooting')
        return { found: 'done', observed: `${target.name} is rebooting` };
      const lastMs = await lastOwnRebootMs(os, target.id, context.signal);
      if (lastMs === undefined) return { found: 'not-done', observed: 'it was never rebooted by this user' };
      const observed = `the last reboot by this user began ${new Date(lastMs).toISOString()}`;
      const readMs = Date.parse(target.version ?? '');
      // Nova stamps whole seconds: what began in the second of the reading may be older than it.
      if (!Number.isNaN(readMs) && lastMs > readMs) return { found: 'done', observed };
      return { found: os.now() - lastMs < doubtMs ? 'unknown' : 'not-done', observed };
    },
  });
}

function kindOf(context: StepContext, status: string): 'SOFT' | 'HARD' {
  return context.args.hard === true || onlyHard.includes(status) ? 'HARD' : 'SOFT';
}

async function lastOwnRebootMs(os: OpenStack, id: string, signal: AbortSignal): Promise<number | undefined> {
  const { user } = await os.cloud.session(signal);
  const times = (await fetchServerActions(os, id, signal))
    .filter((action) => action.action === 'reboot' && action.user_id === user.id)
    .map((action) => Date.parse(utc(action.start_time) ?? ''))
    .filter((ms) => !Number.isNaN(ms));
  return times.length > 0 ? Math.max(...times) : undefined;
}
