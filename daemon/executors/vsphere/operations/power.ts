// start, stop, suspend, resume and reboot of a VM. Where VMware Tools run, the guest is asked to stop or reboot; where
// they do not, stopping cuts the power and says so, and rebooting is refused unless it is asked for the hard way.

import type { PreviewNote } from '../../../../shared/model/plan.ts';
import type { Resource } from '../../../../shared/model/resource.ts';
import type { OperationHandler, StepContext, WriteContext } from '../../contract.ts';
import { blocker, info, previewOf, previewOfGone, requireTarget, warning } from '../../kit/preview.ts';
import { waitFor } from '../../kit/readBack.ts';
import { changeRecipe, lookAt } from '../../kit/recipes.ts';
import { settling } from '../../kit/settling.ts';
import type { Vsphere } from '../vsphere.ts';
import { privilegeNotes, questionNotes, refOfResource, runOnTarget } from './task.ts';
import { asSeen, findTask } from './tasksSince.ts';

interface PowerChange {
  readonly verb: string;
  readonly from: readonly string[];
  readonly becomes: string;
  readonly privilege: string;
  readonly effect: (now: Resource) => string;
  readonly notes?: (now: Resource) => readonly PreviewNote[];
  readonly write: (vs: Vsphere, context: WriteContext, now: Resource) => Promise<unknown>;
}

const changes = {
  start: {
    verb: 'start',
    from: ['stopped', 'suspended'],
    becomes: 'running',
    privilege: 'VirtualMachine.Interact.PowerOn',
    effect: ({ name }) => `Powers ${name} on.`,
    write: (vs, context, { name }) => runOnTarget(vs, context, 'PowerOnVM_Task', `power on the VM ${name}`),
  },
  stop: {
    verb: 'stop',
    from: ['running'],
    becomes: 'stopped',
    privilege: 'VirtualMachine.Interact.PowerOff',
    effect: (now) =>
      hasTools(now) ? `Asks the guest of ${now.name} to shut down.` : `Cuts the power of ${now.name}.`,
    notes: (now) => [
      info('Whatever runs on it is not available until it is started again.'),
      ...(hasTools(now)
        ? []
        : [
            warning(
              'VMware Tools do not run in it: the guest is not asked, and what it had not written is lost.',
            ),
          ]),
    ],
    write: (vs, context, now) => shutDown(vs, context, now),
  },
  suspend: {
    verb: 'suspend',
    from: ['running'],
    becomes: 'suspended',
    privilege: 'VirtualMachine.Interact.Suspend',
    effect: ({ name }) => `Suspends ${name}: its memory is written to its datastore.`,
    notes: () => [info('Whatever runs on it is not available until it is resumed; open connections break.')],
    write: (vs, context, { name }) => runOnTarget(vs, context, 'SuspendVM_Task', `suspend the VM ${name}`),
  },
  resume: {
    verb: 'resume',
    from: ['suspended'],
    becomes: 'running',
    privilege: 'VirtualMachine.Interact.PowerOn',
    effect: ({ name }) => `Resumes ${name} where it was left.`,
    write: (vs, context, { name }) => runOnTarget(vs, context, 'PowerOnVM_Task', `resume the VM ${name}`),
  },
} satisfies Readonly<Record<string, PowerChange>>;

export function powerHandler(vs: Vsphere, which: keyof typeof changes): OperationHandler {
  const change: PowerChange = changes[which];
  return changeRecipe(vs, {
    noun: 'VM',
    preview: async (now, { signal }) => {
      if (now.status === change.becomes)
        return previewOf(`Nothing: ${now.name} is ${now.status} already.`, { idle: true });
      const isPossible = change.from.includes(now.status);
      const wrong = blocker(
        `${now.name} is ${now.status}; only a VM that is ${change.from.join(' or ')} can be told to ${change.verb}.`,
        'Ask for what fits its state.',
      );
      const what = `${change.verb} the VM ${now.name}`;
      return previewOf(change.effect(now), {
        changes: [{ field: 'status', before: now.status, after: change.becomes }],
        notes: [
          ...questionNotes(now),
          ...(isPossible ? [] : [wrong]),
          ...(await privilegeNotes(vs, refOfResource(now), [change.privilege], what, signal)),
          ...(change.notes?.(now) ?? []),
        ],
      });
    },
    isDone: (now) => now.status === change.becomes,
    write: async (context, now) => {
      await change.write(vs, context, now);
    },
  });
}

export function rebootVm(vs: Vsphere): OperationHandler {
  const read = (context: StepContext) => vs.read(requireTarget(context).id, context.signal);
  return settling(vs, {
    preview: async (context) => {
      const now = await read(context);
      if (!now) return previewOfGone(context, 'VM');
      const isHard = context.args.hard === true;
      const effect = isHard
        ? `Resets ${now.name}, as by its reset button.`
        : `Asks the guest of ${now.name} to reboot.`;
      const what = `reboot the VM ${now.name}`;
      return previewOf(effect, {
        notes: [
          ...questionNotes(now),
          ...rebootNotes(now, isHard),
          ...(await privilegeNotes(
            vs,
            refOfResource(now),
            ['VirtualMachine.Interact.Reset'],
            what,
            context.signal,
          )),
          info('Whatever runs on it is away for a minute or two.'),
        ],
      });
    },
    refresh: read,
    perform: async (context) => {
      const { name } = requireTarget(context);
      if (context.args.hard === true) await runOnTarget(vs, context, 'ResetVM_Task', `reset the VM ${name}`);
      else await runOnTarget(vs, context, 'RebootGuest', `reboot the guest of ${name}`);
      return {};
    },
    verify: (context) =>
      waitFor(vs, context, () =>
        lookAt(vs, requireTarget(context).id, (now) => now.status === 'running', context.signal),
      ),
    // A guest that was asked leaves no trace that tells it from another time; a reset is a task of the server.
    reconcile: async (context) => {
      const target = requireTarget(context);
      const seen = asSeen(await read(context), target.name);
      if (context.args.hard !== true) return { found: 'unknown', observed: seen };
      const told = await findTask(vs, 'ResetVM_Task', [refOfResource(target)], context);
      return { ...told, observed: `${told.observed}; ${seen}` };
    },
  });
}

function rebootNotes(now: Resource, isHard: boolean): readonly PreviewNote[] {
  if (now.status !== 'running') return [blocker(`${now.name} is ${now.status}.`, 'Start it instead.')];
  if (isHard) return [warning('The guest is not asked, and what it had not written is lost.')];
  if (hasTools(now)) return [];
  return [
    blocker(
      `VMware Tools do not run in ${now.name}, so its guest cannot be asked to reboot.`,
      'Ask for a hard reboot, which resets it, or start the tools.',
    ),
  ];
}

async function shutDown(vs: Vsphere, context: WriteContext, now: Resource): Promise<void> {
  if (hasTools(now)) await runOnTarget(vs, context, 'ShutdownGuest', `shut down the guest of ${now.name}`);
  else await runOnTarget(vs, context, 'PowerOffVM_Task', `power off the VM ${now.name}`);
}

function hasTools(now: Resource): boolean {
  return now.attributes.tools === true;
}
