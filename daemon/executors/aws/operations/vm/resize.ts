// resize.vm: EC2 changes the type of a stopped instance only. So the preview says that it is stopped and started
// again; the run does just that, and leaves it as it was, running or stopped. One that is cut off in between is told
// by what it is: its type, and whether it runs.

import type { PreviewNote } from '../../../../../shared/model/plan.ts';
import { ProblemError } from '../../../../../shared/model/problem.ts';
import type { Resource } from '../../../../../shared/model/resource.ts';
import type { HandlerPreview, OperationHandler, StepContext, WriteContext } from '../../../contract.ts';
import {
  blocker,
  info,
  previewOf,
  previewOfGone,
  refuseBlocked,
  requireTarget,
  textArgument,
} from '../../../kit/preview.ts';
import { waitFor } from '../../../kit/readBack.ts';
import { fetchInstance, fetchInstanceType } from '../../api/ec2.ts';
import { priceNotes } from '../../api/price.ts';
import type { Aws } from '../../aws.ts';
import type { At } from '../../client/services.ts';
import { awsIdOf } from '../../mapping/place.ts';
import { withDryRun } from '../dryRun.ts';
import { changeHandler, lookAt } from '../recipes.ts';
import { stopNotes } from './power.ts';

export function resizeVm(aws: Aws): OperationHandler {
  const handler = changeHandler(aws, {
    noun: 'instance',
    preview: (now, context) => previewResize(aws, now, context),
    isDone: (now, context) =>
      now.attributes.flavor === typeOf(context) && now.status === (context.target?.status ?? now.status),
    observe: (now) => `${now.name} is ${now.status} as ${now.attributes.flavor}`,
    write: (context, now) => writeResize(aws, context, now),
  });
  return {
    ...handler,
    reconcile: async (context) => {
      const found = await handler.reconcile(context);
      const now = found.found === 'not-done' ? await handler.refresh(context) : undefined;
      // Stopped, where it ran before: the resize was begun.
      const isBegun = now && now.status !== context.target?.status;
      return isBegun
        ? { found: 'unknown', observed: `${found.observed}, where it was ${context.target?.status}` }
        : found;
    },
  };
}

const typeOf = (context: StepContext): string => awsIdOf(textArgument(context.args, 'flavor') ?? '');

const setType = ({ sdk, send }: At<'ec2'>, id: string, type: string, dry: object) =>
  send(new sdk.ModifyInstanceAttributeCommand({ InstanceId: id, InstanceType: { Value: type }, ...dry }));

async function previewResize(aws: Aws, now: Resource, context: StepContext): Promise<HandlerPreview> {
  const { signal } = context;
  const type = typeOf(context);
  const id = awsIdOf(now.id);
  if (now.attributes.flavor === type)
    return previewOf(`Nothing: ${now.name} is a ${type} already.`, { idle: true });
  const [instance, wanted] = await Promise.all([
    fetchInstance(aws, id, signal),
    fetchInstanceType(aws, type, signal),
  ]);
  if (!instance) return previewOfGone(context, 'instance');
  const notes: PreviewNote[] = [];
  const architectures = wanted?.ProcessorInfo?.SupportedArchitectures ?? [];
  if (!wanted)
    notes.push(
      blocker(`EC2 offers no instance type ${type} in this region.`, 'Say one like t3.small or m7i.large.'),
    );
  else if (
    instance.Architecture &&
    architectures.length > 0 &&
    !architectures.includes(instance.Architecture)
  )
    notes.push(
      blocker(
        `${now.name} is made for ${instance.Architecture}, and ${type} is ${architectures.join(' or ')}.`,
        'Name a type of the same architecture.',
      ),
    );
  if (!['running', 'stopped'].includes(now.status))
    notes.push(
      blocker(`${now.name} is ${now.status}.`, 'Wait until it is running or stopped and ask again.'),
    );
  const runs = now.status === 'running';
  if (runs)
    notes.push(
      info(`${now.name} is stopped for that and started again: it is away for some minutes.`),
      ...stopNotes(instance, now.name).filter((note) => note.level !== 'info'),
    );
  notes.push(...(await priceNotes(aws, type, signal)));
  const effect = runs
    ? `Stops ${now.name}, makes it a ${type}, and starts it again.`
    : `Makes ${now.name} a ${type}; it stays stopped.`;
  const preview = previewOf(effect, {
    changes: [{ field: 'flavor', before: now.attributes.flavor, after: type }],
    notes,
    resolvedArgs: { flavor: type },
  });
  return withDryRun(aws, preview, { what: `resize the instance ${now.name}`, signal }, (at, dry) =>
    setType(at, id, type, dry),
  );
}

async function writeResize(aws: Aws, context: WriteContext, now: Resource): Promise<void> {
  const { signal } = context;
  const id = awsIdOf(now.id);
  const wasRunning = (context.target?.status ?? now.status) === 'running';
  if (!['running', 'stopped'].includes(now.status))
    refuseBlocked([blocker(`${now.name} is ${now.status} now.`, 'Look at it and ask again.')]);
  if (now.status === 'running') {
    context.progress(`stopping ${now.name}`);
    await aws.services.ec2.write({ what: `stop the instance ${now.name}`, signal }, ({ sdk, send }) =>
      send(new sdk.StopInstancesCommand({ InstanceIds: [id] })),
    );
    await reach(aws, context, 'stopped');
  }
  const type = typeOf(context);
  context.progress(`making ${now.name} a ${type}`);
  try {
    await aws.services.ec2.write({ what: `resize the instance ${now.name}`, signal }, (at) =>
      setType(at, id, type, {}),
    );
  } finally {
    // Whatever became of the type: what ran before must run again.
    if (wasRunning) {
      context.progress(`starting ${now.name} again`);
      await aws.services.ec2.write({ what: `start the instance ${now.name}`, signal }, ({ sdk, send }) =>
        send(new sdk.StartInstancesCommand({ InstanceIds: [id] })),
      );
    }
  }
}

async function reach(aws: Aws, context: WriteContext, status: string): Promise<void> {
  const reached = await waitFor(aws, context, () =>
    lookAt(aws, requireTarget(context).id, (now) => now.status === status, context.signal),
  );
  if (reached.verified) return;
  throw new ProblemError({
    code: 'cloud-failed',
    message: `It was told to become ${status}, and ${reached.observed}.`,
    fix: 'Look at the instance; it has its old type still.',
  });
}
