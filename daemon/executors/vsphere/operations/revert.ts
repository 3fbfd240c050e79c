// rollback.vm: puts a VM back to one of its snapshots. What the VM is now is lost and nothing brings it back, so that it
// is never done to a snapshot that nobody named.
// Two reverts to the same snapshot look alike afterwards; whether one happened is asked of the server's tasks.

import type { PreviewNote } from '../../../../shared/model/plan.ts';
import { parseResourceId, type Resource } from '../../../../shared/model/resource.ts';
import type { OperationHandler, StepContext, WriteContext } from '../../contract.ts';
import {
  blocker,
  info,
  previewOf,
  previewOfGone,
  requireTarget,
  textArgument,
  warning,
} from '../../kit/preview.ts';
import { waitFor } from '../../kit/readBack.ts';
import { lookAt } from '../../kit/recipes.ts';
import { settling } from '../../kit/settling.ts';
import type { Vsphere } from '../vsphere.ts';
import { snapshotsOf } from './snapshots.ts';
import { moved, privilegeNotes, questionNotes, refOfResource, runTask } from './task.ts';
import { asSeen, findTask } from './tasksSince.ts';

const method = 'RevertToSnapshot_Task';

export function revertVm(vs: Vsphere): OperationHandler {
  const read = (context: StepContext) => vs.read(requireTarget(context).id, context.signal);
  return settling(vs, {
    preview: async (context) => {
      const now = await read(context);
      if (!now) return previewOfGone(context, 'VM');
      const snapshots = await snapshotsOf(vs, now, context.signal);
      const chosen = choose(snapshots, textArgument(context.args, 'snapshot'));
      if (!chosen)
        return previewOf(`Puts ${now.name} back to a snapshot.`, {
          notes: [whyNone(now, snapshots, textArgument(context.args, 'snapshot'))],
        });
      const what = `put the VM ${now.name} back to a snapshot`;
      const privileges = ['VirtualMachine.State.RevertToSnapshot'];
      const ref = refOfResource(now);
      return previewOf(`Puts ${now.name} back to the snapshot ${chosen.name}.`, {
        changes: [{ field: 'state', before: 'as it is now', after: `as of ${timeOf(chosen)}` }],
        notes: [
          ...questionNotes(now),
          ...(await privilegeNotes(vs, ref, privileges, what, context.signal)),
          ...lossNotes(now, chosen),
        ],
        resolvedArgs: { snapshot: chosen.id },
      });
    },
    refresh: read,
    perform: async (context) => {
      const target = requireTarget(context);
      const chosen = await stillThere(vs, context);
      const what = `put the VM ${target.name} back to the snapshot ${chosen.name}`;
      await runTask(vs, context, refOfResource(chosen), method, what);
      return {};
    },
    verify: (context) =>
      waitFor(vs, context, async () => {
        const current = (await snapshotsOf(vs, requireTarget(context), context.signal)).find(isCurrent);
        const ground = current ? `the snapshot ${current.name}` : 'no snapshot';
        const stands = (now: Resource) => `${now.name} stands on ${ground} and is ${now.status}`;
        const isWanted = current !== undefined && current.id === textArgument(context.args, 'snapshot');
        return lookAt(vs, requireTarget(context).id, () => isWanted, context.signal, stands);
      }),
    reconcile: async (context) => {
      const target = requireTarget(context);
      const snapshots = await snapshotsOf(vs, target, context.signal);
      const wanted = textArgument(context.args, 'snapshot') ?? '';
      const things = [target.id, wanted].flatMap((id) => {
        const kind = id === target.id ? 'vm' : 'snapshot';
        return parseResourceId(id) ? [refOfResource({ id, kind })] : [];
      });
      const told = await findTask(vs, method, things, context);
      const seen = asSeen(await read(context), target.name);
      const observed = `${told.observed}; ${seen}`;
      // Somebody may have put it back to another one since: which of the two was last is not told.
      const isOther = told.found === 'done' && snapshots.find(isCurrent)?.id !== wanted;
      return { found: isOther ? 'unknown' : told.found, observed };
    },
  });
}

/** By id or name. Undefined where none or several fit: nothing is ever chosen for a person here. */
function choose(snapshots: readonly Resource[], wanted: string | undefined): Resource | undefined {
  const fitting = snapshots.filter((one) => one.id === wanted || one.name === wanted);
  return fitting.length === 1 ? fitting[0] : undefined;
}

function whyNone(now: Resource, snapshots: readonly Resource[], wanted: string | undefined): PreviewNote {
  if (snapshots.length === 0)
    return blocker(`${now.name} has no snapshot to go back to.`, 'Without one there is no way back.');
  const names = `It has ${snapshots
    .map(({ name }) => name)
    .slice(0, 8)
    .join(', ')}.`;
  if (wanted === undefined) return blocker(`Which snapshot of ${now.name} is not said.`, names);
  const isTwice = snapshots.filter((one) => one.name === wanted).length > 1;
  if (isTwice)
    return blocker(`${now.name} has several snapshots named ${wanted}.`, 'Choose one in the tree.');
  const said = parseResourceId(wanted) ? 'That snapshot is not one' : `The snapshot ${wanted} is not one`;
  return blocker(`${said} of ${now.name}.`, names);
}

function lossNotes(now: Resource, chosen: Resource): readonly PreviewNote[] {
  return [
    warning(
      `The present state of ${now.name} is lost: whatever its disks and settings became since ${timeOf(chosen)}. Nothing brings it back.`,
      'Make a snapshot of it as it is now, first.',
    ),
    ...(now.status === 'running'
      ? [warning(`${now.name} runs: it is cut off without being asked to stop.`)]
      : []),
    ...(chosen.attributes.powered === 'poweredOn'
      ? [info('It was running then: it may start again by itself.')]
      : [info('It is powered off afterwards: start it when it is wanted.')]),
  ];
}

async function stillThere(vs: Vsphere, context: WriteContext): Promise<Resource> {
  const wanted = textArgument(context.args, 'snapshot');
  const chosen = choose(await snapshotsOf(vs, requireTarget(context), context.signal), wanted);
  if (chosen) return chosen;
  throw moved('The snapshot is gone.');
}

function isCurrent(snapshot: Resource): boolean {
  return snapshot.attributes.current === true;
}

function timeOf({ name, createdAt }: Resource): string {
  return createdAt === undefined ? `${name} was made` : `${createdAt.slice(0, 16).replace('T', ' ')} UTC`;
}
