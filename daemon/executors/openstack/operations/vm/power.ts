// start, stop, suspend and resume of a server: one action of Nova each, told apart by what the server is now. They
// are found again by comparing states, since doing one of them twice leads to the same state.

import type { OperationHandler } from '../../../contract.ts';
import {
  blocker,
  info,
  previewOf,
  previewOfGone,
  refuseBlocked,
  requireTarget,
} from '../../../kit/preview.ts';
import { waitFor } from '../../../kit/readBack.ts';
import { settling } from '../../../kit/settling.ts';
import { postServerAction } from '../../api/compute.ts';
import type { OpenStack } from '../../api/openStack.ts';
import { fetchVm, lookAtVm, obstacles } from './vm.ts';

interface PowerChange {
  /** "stop", to go after "to". */
  readonly verb: string;
  /** Shared status → action of Nova that leads from there to `becomes`. */
  readonly actions: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly becomes: string;
  /** Seen on the way. */
  readonly via: readonly string[];
  readonly effect: (name: string) => string;
  readonly consequence?: string;
}

const changes = {
  start: {
    verb: 'start',
    actions: {
      stopped: { 'os-start': null },
      suspended: { resume: null },
      paused: { unpause: null },
      shelved: { unshelve: null },
    },
    becomes: 'running',
    via: ['starting'],
    effect: (name) => `Starts ${name}.`,
  },
  stop: {
    verb: 'stop',
    actions: { running: { 'os-stop': null }, error: { 'os-stop': null } },
    becomes: 'stopped',
    via: ['stopping'],
    effect: (name) => `Shuts ${name} down and leaves it stopped.`,
    consequence:
      'Whatever runs on it is not available until it is started again. It still counts against the quota.',
  },
  suspend: {
    verb: 'suspend',
    actions: { running: { suspend: null } },
    becomes: 'suspended',
    via: ['stopping'],
    effect: (name) => `Suspends ${name}: its memory is written to disk.`,
    consequence: 'Whatever runs on it is not available until it is resumed; open connections break.',
  },
  resume: {
    verb: 'resume',
    actions: { suspended: { resume: null }, paused: { unpause: null } },
    becomes: 'running',
    via: ['starting'],
    effect: (name) => `Resumes ${name} where it was left.`,
  },
} satisfies Record<string, PowerChange>;

export function powerHandler(os: OpenStack, which: keyof typeof changes): OperationHandler {
  const change: PowerChange = changes[which];
  return settling(os, {
    preview: async (context) => {
      const vm = await fetchVm(os, requireTarget(context).id, context.signal);
      if (!vm) return previewOfGone(context, 'server');
      const { name, status } = vm.resource;
      if (status === change.becomes)
        return previewOf(`Nothing: ${name} is ${status} already.`, { idle: true });
      const action = change.actions[status];
      const wrong = blocker(
        `${name} is ${status}; only a server that is ${Object.keys(change.actions).join(' or ')} can be told to ${change.verb}.`,
        status === 'error'
          ? 'Look at its log, then reboot it hard or delete it.'
          : 'Wait, or ask for what fits its state.',
      );
      const obstacle = obstacles(vm);
      return previewOf(change.effect(name), {
        changes: [{ field: 'status', before: status, after: change.becomes }],
        notes: [
          ...obstacle,
          ...(action || obstacle.length > 0 ? [] : [wrong]),
          ...(change.consequence ? [info(change.consequence)] : []),
        ],
      });
    },
    refresh: async (context) => (await fetchVm(os, requireTarget(context).id, context.signal))?.resource,
    perform: async (context) => {
      const target = requireTarget(context);
      const vm = await fetchVm(os, target.id, context.signal);
      if (vm?.resource.status === change.becomes) return {};
      const action = vm && change.actions[vm.resource.status];
      if (!vm || !action)
        refuseBlocked([
          blocker(`${target.name} is ${vm?.resource.status ?? 'gone'} now.`, 'Look at it and ask again.'),
        ]);
      else
        await postServerAction(
          os,
          target.id,
          action,
          `${change.verb} the server ${target.name}`,
          context.signal,
        );
      return {};
    },
    verify: (context) =>
      waitFor(os, context, () => lookAtVm(os, requireTarget(context).id, [change.becomes], context.signal)),
    reconcile: async (context) => {
      const vm = await fetchVm(os, requireTarget(context).id, context.signal);
      if (!vm) return { found: 'unknown', observed: 'the server is gone' };
      const { status, name } = vm.resource;
      const observed = `${name} is ${status}`;
      if (status === change.becomes || change.via.includes(status)) return { found: 'done', observed };
      const isUntouched = change.actions[status] !== undefined && !vm.server['OS-EXT-STS:task_state'];
      return { found: isUntouched ? 'not-done' : 'unknown', observed };
    },
  });
}
