// assign-ip.vm and unassign-ip.vm with elastic IPs. Which address is settled in the preview: one that was named, the
// first free one, or, where none is free, a new one, and the preview says which.

import type { Address } from '@aws-sdk/client-ec2';
import type { PreviewNote } from '../../../../../shared/model/plan.ts';
import { type Resource, resourceId } from '../../../../../shared/model/resource.ts';
import type { HandlerPreview, OperationHandler, StepContext, WriteContext } from '../../../contract.ts';
import { blocker, info, previewOf, refuseBlocked, textArgument, warning } from '../../../kit/preview.ts';
import { fetchAddresses, markFilter } from '../../api/ec2.ts';
import type { Aws } from '../../aws.ts';
import { awsIdOf } from '../../mapping/place.ts';
import { type Choice, choose, none, one } from '../choose.ts';
import { withDryRun } from '../dryRun.ts';
import { tagsFor } from '../names.ts';
import { changeHandler } from '../recipes.ts';

export function assignIp(aws: Aws): OperationHandler {
  return changeHandler(aws, {
    noun: 'instance',
    preview: (now, context) => previewAssign(aws, now, context),
    isDone: async (now, context) => {
      const own = await fetchOwn(aws, now, context.signal);
      const wanted = textArgument(context.args, 'ip') ?? 'any';
      return wanted === 'any' ? own.length > 0 : own.some((address) => isNamed(address, wanted));
    },
    observe: (now) => `${now.name} has the public address ${now.attributes.floating_ip ?? '(none)'}`,
    write: (context, now) => writeAssign(aws, context, now),
  });
}

export function unassignIp(aws: Aws): OperationHandler {
  return changeHandler(aws, {
    noun: 'instance',
    preview: async (now, context) => {
      const own = await fetchOwn(aws, now, context.signal);
      if (own.length === 0) return previewOf(`Nothing: ${now.name} has no elastic IP.`, { idle: true });
      const choice = chooseOwn(context, own);
      if (choice.kind === 'none')
        return previewOf(`Takes an address of ${now.name} away.`, { notes: [choice.note] });
      const { PublicIp, AssociationId } = choice.value;
      const preview = previewOf(`Takes the address ${PublicIp} away from ${now.name}.`, {
        changes: [{ field: 'floating_ip', before: PublicIp, after: null }],
        notes: [
          info(`${PublicIp} stays with the account and costs. Who reaches ${now.name} by it no longer does.`),
        ],
      });
      const ask = { what: `take the address away from ${now.name}`, signal: context.signal };
      return withDryRun(aws, preview, ask, ({ sdk, send }, dry) =>
        send(new sdk.DisassociateAddressCommand({ AssociationId, ...dry })),
      );
    },
    isDone: async (now, context) => {
      const own = await fetchOwn(aws, now, context.signal);
      const wanted = textArgument(context.args, 'ip');
      return wanted ? !own.some((address) => isNamed(address, wanted)) : own.length === 0;
    },
    observe: (now) => `${now.name} has the public address ${now.attributes.floating_ip ?? '(none)'}`,
    write: async (context, now) => {
      const choice = chooseOwn(context, await fetchOwn(aws, now, context.signal));
      if (choice.kind === 'none') return refuseBlocked([choice.note]);
      const ask = { what: `take the address away from ${now.name}`, signal: context.signal };
      await aws.services.ec2.write(ask, ({ sdk, send }) =>
        send(new sdk.DisassociateAddressCommand({ AssociationId: choice.value.AssociationId })),
      );
    },
  });
}

const idOf = (aws: Aws, address: Address): string =>
  resourceId(aws.connection, 'floating-ip', address.AllocationId ?? address.PublicIp!);

async function previewAssign(aws: Aws, now: Resource, context: StepContext): Promise<HandlerPreview> {
  const all = await fetchAddresses(aws, context.signal);
  const own = all.filter((address) => address.InstanceId === awsIdOf(now.id));
  const wanted = textArgument(context.args, 'ip') ?? 'any';
  const has = own[0];
  if (has && (wanted === 'any' || own.some((address) => isNamed(address, wanted))))
    return previewOf(`Nothing: ${now.name} has the address ${has.PublicIp} already.`, { idle: true });
  const notes: PreviewNote[] = [];
  if (has)
    notes.push(blocker(`${now.name} has the address ${has.PublicIp} already.`, 'Unassign that one first.'));
  if (!['running', 'stopped'].includes(now.status))
    notes.push(blocker(`${now.name} is ${now.status}.`, 'Wait and ask again.'));
  const lost = now.attributes.floating_ip;
  if (lost && !has) notes.push(warning(`It loses the address ${lost} that it has now, for good.`));
  const choice = chooseFree(wanted, all);
  if (choice.kind === 'none')
    return previewOf(`Gives ${now.name} an address.`, { notes: [...notes, choice.note] });
  if (!choice.value) return previewAllocate(aws, now, notes, context.signal);
  const { PublicIp, AllocationId } = choice.value;
  const preview = previewOf(`Gives ${now.name} the address ${PublicIp}.`, {
    changes: [{ field: 'floating_ip', before: lost ?? null, after: PublicIp }],
    notes: [...notes, ...choice.notes],
    resolvedArgs: { ip: idOf(aws, choice.value) },
  });
  const ask = { what: `give ${now.name} an address`, signal: context.signal };
  return withDryRun(aws, preview, ask, ({ sdk, send }, dry) =>
    send(
      new sdk.AssociateAddressCommand({
        AllocationId,
        InstanceId: awsIdOf(now.id),
        AllowReassociation: false,
        ...dry,
      }),
    ),
  );
}

/** The named address where it is free, the first free one for `any`, undefined where a new one is needed. */
function chooseFree(wanted: string, all: readonly Address[]): Choice<Address | undefined> {
  if (wanted === 'any') {
    const free = all
      .filter((address) => !address.AssociationId)
      .sort((a, b) => (a.PublicIp ?? '').localeCompare(b.PublicIp ?? '', 'en', { numeric: true }))[0];
    if (!free) return one(undefined);
    return one(
      free,
      warning(
        `Chosen by Pilothouse: ${free.PublicIp}, the first free address.`,
        'Say "assign ADDRESS to …" to choose another.',
      ),
    );
  }
  const options = all.map((value) => ({ id: value.AllocationId ?? '', name: value.PublicIp, value }));
  const choice = choose('elastic IP', wanted, options);
  if (choice.kind === 'one' && choice.value.AssociationId)
    return none(
      blocker(
        `${choice.value.PublicIp} is in use already.`,
        'Unassign it there first, or ask for any free address.',
      ),
    );
  return choice;
}

async function previewAllocate(
  aws: Aws,
  now: Resource,
  notes: readonly PreviewNote[],
  signal: AbortSignal,
): Promise<HandlerPreview> {
  const preview = previewOf(`Allocates a new elastic IP and gives it to ${now.name}.`, {
    changes: [{ field: 'floating_ip', before: now.attributes.floating_ip ?? null, after: 'a new address' }],
    notes: [...notes, warning('No elastic IP is free: a new one is allocated, and it costs.')],
    resolvedArgs: { ip: 'any' },
  });
  return withDryRun(aws, preview, { what: 'allocate an elastic IP', signal }, ({ sdk, send }, dry) =>
    send(new sdk.AllocateAddressCommand({ Domain: 'vpc', ...dry })),
  );
}

async function writeAssign(aws: Aws, context: WriteContext, now: Resource): Promise<void> {
  const { signal, mark } = context;
  const ask = { what: `give ${now.name} an address`, signal };
  const wanted = textArgument(context.args, 'ip') ?? 'any';
  let allocation = awsIdOf(wanted);
  if (wanted === 'any') {
    const [made] = await fetchAddresses(aws, signal, { Filters: [markFilter(mark)] });
    allocation = made?.AllocationId ?? (await allocate(aws, ask, mark));
  } else {
    const address = (await fetchAddresses(aws, signal)).find((one) => isNamed(one, wanted));
    if (!address || address.AssociationId)
      return refuseBlocked([blocker('The address is not free any more.', 'Ask again.')]);
    allocation = address.AllocationId!;
  }
  await aws.services.ec2.write(ask, ({ sdk, send }) =>
    send(
      new sdk.AssociateAddressCommand({
        AllocationId: allocation,
        InstanceId: awsIdOf(now.id),
        AllowReassociation: false,
      }),
    ),
  );
}

async function allocate(aws: Aws, ask: { what: string; signal: AbortSignal }, mark: string): Promise<string> {
  const made = await aws.services.ec2.write(ask, ({ sdk, send }) =>
    send(
      new sdk.AllocateAddressCommand({
        Domain: 'vpc',
        TagSpecifications: [{ ResourceType: 'elastic-ip', Tags: tagsFor('', mark) }],
      }),
    ),
  );
  return made.AllocationId!;
}

function fetchOwn(aws: Aws, now: Resource, signal: AbortSignal): Promise<readonly Address[]> {
  return fetchAddresses(aws, signal, { Filters: [{ Name: 'instance-id', Values: [awsIdOf(now.id)] }] });
}

function chooseOwn(context: StepContext, own: readonly Address[]): Choice<Address> {
  const wanted = textArgument(context.args, 'ip');
  const fitting = wanted ? own.filter((address) => isNamed(address, wanted)) : own;
  const [only, ...others] = fitting;
  if (only && others.length === 0) return one(only);
  const addresses = own.map((address) => address.PublicIp).join(', ');
  return none(
    blocker(`It has ${own.length} elastic IPs: ${addresses}.`, 'Say which address is to be taken away.'),
  );
}

function isNamed(address: Address, wanted: string): boolean {
  return address.AllocationId === awsIdOf(wanted) || address.PublicIp === awsIdOf(wanted);
}
