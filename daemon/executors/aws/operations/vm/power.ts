// start, stop and reboot of an instance. They are found again by comparing states, since doing one twice leads to the
// same state; only of a reboot EC2 keeps no trace, so that one that was cut off is a person's to judge.

import type { Instance } from '@aws-sdk/client-ec2';
import type { PreviewNote } from '../../../../../shared/model/plan.ts';
import type { OperationHandler } from '../../../contract.ts';
import {
  blocker,
  info,
  previewOf,
  previewOfGone,
  refuseBlocked,
  requireTarget,
  warning,
} from '../../../kit/preview.ts';
import { waitFor } from '../../../kit/readBack.ts';
import { settling } from '../../../kit/settling.ts';
import { fetchInstance } from '../../api/ec2.ts';
import type { Aws } from '../../aws.ts';
import { statusOfInstance } from '../../mapping/instance.ts';
import { awsIdOf } from '../../mapping/place.ts';
import { type Send, withDryRun } from '../dryRun.ts';
import { fetchResource } from '../read.ts';
import { changeHandler, lookAt } from '../recipes.ts';

interface PowerChange {
  readonly verb: string;
  readonly from: string;
  readonly becomes: string;
  readonly send: (id: string) => Send;
  readonly effect: (name: string) => string;
  readonly notes: (instance: Instance, name: string) => readonly PreviewNote[];
}

const changes = {
  start: {
    verb: 'start',
    from: 'stopped',
    becomes: 'running',
    send:
      (id) =>
      ({ sdk, send }, dry) =>
        send(new sdk.StartInstancesCommand({ InstanceIds: [id], ...dry })),
    effect: (name) => `Starts ${name}.`,
    notes: () => [info('It costs again from then on.')],
  },
  stop: {
    verb: 'stop',
    from: 'running',
    becomes: 'stopped',
    send:
      (id) =>
      ({ sdk, send }, dry) =>
        send(new sdk.StopInstancesCommand({ InstanceIds: [id], ...dry })),
    effect: (name) => `Shuts ${name} down and leaves it stopped.`,
    notes: stopNotes,
  },
} satisfies Record<string, PowerChange>;

export function powerHandler(aws: Aws, which: keyof typeof changes): OperationHandler {
  const change: PowerChange = changes[which];
  return changeHandler(aws, {
    noun: 'instance',
    preview: async (now, context) => {
      const { name, status } = now;
      if (status === change.becomes)
        return previewOf(`Nothing: ${name} is ${status} already.`, { idle: true });
      const instance = await fetchInstance(aws, awsIdOf(now.id), context.signal);
      if (!instance) return previewOfGone(context, 'instance');
      const wrong = blocker(
        `${name} is ${status}; only an instance that is ${change.from} can be told to ${change.verb}.`,
        'Wait, or ask for what fits its state.',
      );
      const preview = previewOf(change.effect(name), {
        changes: [{ field: 'status', before: status, after: change.becomes }],
        notes: [...(status === change.from ? [] : [wrong]), ...change.notes(instance, name)],
      });
      const ask = { what: `${change.verb} the instance ${name}`, signal: context.signal };
      return withDryRun(aws, preview, ask, change.send(awsIdOf(now.id)));
    },
    isDone: (now) => now.status === change.becomes,
    write: async (context, now) => {
      if (now.status !== change.from)
        refuseBlocked([blocker(`${now.name} is ${now.status} now.`, 'Look at it and ask again.')]);
      const ask = { what: `${change.verb} the instance ${now.name}`, signal: context.signal };
      await aws.services.ec2.write(ask, (at) => change.send(awsIdOf(now.id))(at, {}));
    },
  });
}

/** What a stop costs besides the time: addresses that change, data that is lost, groups that replace it. */
export function stopNotes(instance: Instance, name: string): readonly PreviewNote[] {
  const isElastic = instance.NetworkInterfaces?.some((one) => {
    const owner = one.Association?.IpOwnerId;
    return owner !== undefined && owner !== 'amazon';
  });
  const notes: PreviewNote[] = [
    info('Whatever runs on it is not available until it is started again. Its volumes still cost.'),
  ];
  if (instance.PublicIpAddress && !isElastic)
    notes.push(
      warning(
        `Its public address ${instance.PublicIpAddress} is not elastic: after the next start it has another.`,
        'Assign a floating IP first where the address matters.',
      ),
    );
  if (instance.RootDeviceType === 'instance-store')
    notes.push(blocker(`${name} runs from an instance store and cannot be stopped, only deleted.`));
  const group = groupOf(instance);
  if (group)
    notes.push(
      warning(
        `${name} belongs to the auto-scaling group ${group}, which replaces what does not run.`,
        `Scale ${group} instead, or detach it there first.`,
      ),
    );
  return notes;
}

export function groupOf(instance: Instance): string | undefined {
  return instance.Tags?.find((tag) => tag.Key === 'aws:autoscaling:groupName')?.Value;
}

export function rebootVm(aws: Aws): OperationHandler {
  const send =
    (id: string): Send =>
    ({ sdk, send: tell }, dry) =>
      tell(new sdk.RebootInstancesCommand({ InstanceIds: [id], ...dry }));
  const read = (id: string, signal: AbortSignal) => fetchResource(aws, id, signal);
  return settling(aws, {
    preview: async (context) => {
      const now = await read(requireTarget(context).id, context.signal);
      if (!now) return previewOfGone(context, 'instance');
      const wrong = blocker(
        `${now.name} is ${now.status}; only a running one can be rebooted.`,
        'Start it instead.',
      );
      const hard = info(
        'EC2 asks the guest and cuts the power itself where it does not answer in a few minutes.',
      );
      const preview = previewOf(`Reboots ${now.name}; it keeps its addresses.`, {
        notes: [...(now.status === 'running' ? [] : [wrong]), ...(context.args.hard ? [hard] : [])],
      });
      const ask = { what: `reboot the instance ${now.name}`, signal: context.signal };
      return withDryRun(aws, preview, ask, send(awsIdOf(now.id)));
    },
    refresh: (context) => read(requireTarget(context).id, context.signal),
    perform: async (context) => {
      const target = requireTarget(context);
      const instance = await fetchInstance(aws, awsIdOf(target.id), context.signal);
      // EC2 itself starts nothing by a reboot, but a stopped one must not be touched at all.
      const status = instance ? statusOfInstance(instance) : 'gone';
      if (status !== 'running')
        refuseBlocked([blocker(`${target.name} is ${status} now.`, 'Look at it and ask again.')]);
      const ask = { what: `reboot the instance ${target.name}`, signal: context.signal };
      await aws.services.ec2.write(ask, (at) => send(awsIdOf(target.id))(at, {}));
      return {};
    },
    verify: (context) =>
      waitFor(aws, context, () =>
        lookAt(
          aws,
          requireTarget(context).id,
          (now) => now.status === 'running',
          context.signal,
          (now) => `${now.name} is ${now.status}; EC2 took the reboot and shows no more of it`,
        ),
      ),
    reconcile: async (context) => {
      const now = await read(requireTarget(context).id, context.signal);
      return {
        found: 'unknown',
        observed: `${now ? `it is ${now.status}` : 'it is gone'}; EC2 does not tell of reboots`,
      };
    },
  });
}
