// create of VPCs, subnets, security groups, elastic IPs, and their deletes. None of these takes a ClientToken, so the
// mark is a tag from the first moment on and is looked for before anything is sent.

import type { Vpc } from '@aws-sdk/client-ec2';
import type { Arguments } from '../../../../../shared/model/operation.ts';
import type { PreviewNote } from '../../../../../shared/model/plan.ts';
import { ProblemError } from '../../../../../shared/model/problem.ts';
import { resourceId } from '../../../../../shared/model/resource.ts';
import type { HandlerPreview, OperationHandler, StepContext } from '../../../contract.ts';
import { blocker, info, previewOf, textArgument, warning } from '../../../kit/preview.ts';
import * as ec2 from '../../api/ec2.ts';
import type { Aws } from '../../aws.ts';
import { nameOfVpc } from '../../mapping/network.ts';
import { awsIdOf, nameOf } from '../../mapping/place.ts';
import { type Choice, choose, chosenOf, notesOf } from '../choose.ts';
import { type Send, withDryRun } from '../dryRun.ts';
import { tagsFor } from '../names.ts';
import { createHandler } from '../recipes.ts';
import { freeRange, overlaps } from './ranges.ts';

type CreatedKind = 'network' | 'subnet' | 'security-group' | 'floating-ip';

interface Maker {
  readonly noun: string;
  readonly kind: CreatedKind;
  /** What the person left open, chosen by a stated rule; the same in the preview and in the run. */
  readonly settle?: (context: StepContext) => Promise<Arguments>;
  readonly preview: (context: StepContext, name: string) => Promise<HandlerPreview>;
  readonly send: (args: Arguments, mark?: string) => Send;
  /** Id out of the answer. */
  readonly idOf: (answer: never) => string | undefined;
  readonly findMarked: (
    mark: string,
    signal: AbortSignal,
  ) => Promise<readonly [id: string, name: string] | undefined>;
}

function makerHandler(aws: Aws, maker: Maker): OperationHandler {
  const what = (name: string) => `create the ${maker.noun} ${name}`.trim();
  return createHandler(aws, {
    noun: maker.noun,
    preview: async (context) => {
      const name = textArgument(context.args, 'name') ?? '';
      const args = { ...context.args, ...(await maker.settle?.(context)) };
      const preview = await maker.preview({ ...context, args }, name);
      return withDryRun(aws, preview, { what: what(name), signal: context.signal }, maker.send(args));
    },
    findMarked: async ({ signal }, mark) => {
      const found = await maker.findMarked(mark, signal);
      return found && { resourceId: resourceId(aws.connection, maker.kind, found[0]), name: found[1] };
    },
    create: async (context) => {
      const ask = { what: what(textArgument(context.args, 'name') ?? ''), signal: context.signal };
      const args = { ...context.args, ...(await maker.settle?.(context)) };
      const send = maker.send(args, context.mark);
      const id = maker.idOf((await aws.services.ec2.write(ask, (at) => send(at, {}))) as never);
      if (id) return resourceId(aws.connection, maker.kind, id);
      throw new ProblemError({
        code: 'cloud-failed',
        message: `EC2 took the request and named no ${maker.noun}.`,
      });
    },
  });
}

const unnamed = (what: string, name: string): readonly PreviewNote[] =>
  name ? [] : [blocker(`The new ${what} has no name.`, 'Say "named X".')];

export function createNetwork(aws: Aws): OperationHandler {
  return makerHandler(aws, {
    noun: 'VPC',
    kind: 'network',
    settle: async ({ signal }): Promise<Arguments> => {
      const vpcs = await ec2.fetchVpcs(aws, signal);
      const cidr = freeRange(vpcs.map((vpc) => vpc.CidrBlock ?? ''));
      return cidr ? { cidr } : {};
    },
    preview: async ({ args }, name) => {
      const cidr = textArgument(args, 'cidr');
      const notes: PreviewNote[] = [...unnamed('network', name)];
      if (!cidr)
        notes.push(
          blocker(
            'All ranges 10.0.0.0/16 to 10.255.0.0/16 are taken by other VPCs.',
            'Make it by hand with a range of your own.',
          ),
        );
      else notes.push(warning(`Chosen by Pilothouse: range ${cidr}, the first no other VPC here has.`));
      notes.push(info('It has no subnet and no way to the internet yet.'));
      return previewOf(`Creates the VPC ${name} with the range ${cidr}.`, {
        changes: [
          { field: 'name', after: name },
          { field: 'cidr', after: cidr ?? null },
        ],
        notes,
      });
    },
    send:
      (args, mark) =>
      ({ sdk, send }, dry) =>
        send(
          new sdk.CreateVpcCommand({
            CidrBlock: textArgument(args, 'cidr'),
            TagSpecifications: [
              { ResourceType: 'vpc', Tags: tagsFor(textArgument(args, 'name') ?? '', mark) },
            ],
            ...dry,
          }),
        ),
    idOf: (answer: { Vpc?: Vpc }) => answer.Vpc?.VpcId,
    findMarked: async (mark, signal) => {
      const [made] = await ec2.fetchVpcs(aws, signal, { Filters: [ec2.markFilter(mark)] });
      return made && [made.VpcId!, nameOfVpc(made)];
    },
  });
}

export function createSubnet(aws: Aws): OperationHandler {
  return makerHandler(aws, {
    noun: 'subnet',
    kind: 'subnet',
    settle: async ({ args, signal }) => {
      const vpc = chosenOf(await namedVpc(aws, args, signal));
      const [zone] = await ec2.fetchZones(aws, signal);
      return {
        ...(vpc ? { network: resourceId(aws.connection, 'network', vpc.VpcId!) } : {}),
        ...(zone ? { zone } : {}),
      };
    },
    preview: async ({ signal, args }, name) => {
      const cidr = textArgument(args, 'cidr') ?? '';
      const zone = textArgument(args, 'zone');
      const choice = await namedVpc(aws, args, signal);
      const vpc = chosenOf(choice);
      const notes: PreviewNote[] = [...unnamed('subnet', name), ...notesOf(choice)];
      if (vpc) notes.push(...(await rangeNotes(aws, vpc, cidr, signal)));
      if (zone) notes.push(warning(`Chosen by Pilothouse: zone ${zone}, the first.`));
      return previewOf(`Creates the subnet ${name} with ${cidr} in ${vpc ? nameOfVpc(vpc) : 'a VPC'}.`, {
        changes: [
          { field: 'name', after: name },
          { field: 'cidr', after: cidr },
          { field: 'zone', after: zone ?? null },
        ],
        notes,
        resolvedArgs: vpc ? { network: resourceId(aws.connection, 'network', vpc.VpcId!) } : {},
      });
    },
    send:
      (args, mark) =>
      ({ sdk, send }, dry) =>
        send(
          new sdk.CreateSubnetCommand({
            VpcId: awsIdOf(textArgument(args, 'network') ?? ''),
            CidrBlock: textArgument(args, 'cidr'),
            AvailabilityZone: textArgument(args, 'zone'),
            TagSpecifications: [
              { ResourceType: 'subnet', Tags: tagsFor(textArgument(args, 'name') ?? '', mark) },
            ],
            ...dry,
          }),
        ),
    idOf: (answer: { Subnet?: { SubnetId?: string } }) => answer.Subnet?.SubnetId,
    findMarked: async (mark, signal) => {
      const [made] = await ec2.fetchSubnets(aws, signal, { Filters: [ec2.markFilter(mark)] });
      return made && [made.SubnetId!, nameOf(made.Tags) ?? made.SubnetId!];
    },
  });
}

async function namedVpc(aws: Aws, args: Arguments, signal: AbortSignal): Promise<Choice<Vpc>> {
  const vpcs = await ec2.fetchVpcs(aws, signal);
  const options = vpcs.map((vpc) => ({ id: vpc.VpcId!, name: nameOfVpc(vpc), value: vpc }));
  return choose('VPC', textArgument(args, 'network') ?? '', options);
}

async function rangeNotes(
  aws: Aws,
  vpc: Vpc,
  cidr: string,
  signal: AbortSignal,
): Promise<readonly PreviewNote[]> {
  if (vpc.CidrBlock && !overlaps(vpc.CidrBlock, cidr))
    return [
      blocker(
        `${cidr} is not inside the range ${vpc.CidrBlock} of ${nameOfVpc(vpc)}.`,
        'Name a range inside it.',
      ),
    ];
  const subnets = await ec2.fetchSubnets(aws, signal, {
    Filters: [{ Name: 'vpc-id', Values: [vpc.VpcId!] }],
  });
  const taken = subnets.find((subnet) => subnet.CidrBlock && overlaps(subnet.CidrBlock, cidr));
  return taken
    ? [
        blocker(
          `${cidr} overlaps the subnet ${nameOf(taken.Tags) ?? taken.SubnetId} (${taken.CidrBlock}).`,
          'Name a free range.',
        ),
      ]
    : [];
}

export function createSecurityGroup(aws: Aws): OperationHandler {
  return makerHandler(aws, {
    noun: 'security group',
    kind: 'security-group',
    settle: async ({ signal }): Promise<Arguments> => {
      const vpcs = await ec2.fetchVpcs(aws, signal);
      const vpc = vpcs.find((one) => one.IsDefault) ?? (vpcs.length === 1 ? vpcs[0] : undefined);
      return vpc ? { network: vpc.VpcId! } : {};
    },
    preview: async ({ signal, args }, name) => {
      const id = textArgument(args, 'network');
      const vpc = id ? await ec2.fetchVpc(aws, id, signal) : undefined;
      const notes: PreviewNote[] = [...unnamed('security group', name)];
      if (!vpc)
        notes.push(blocker('There is no default VPC to make it in.', 'Make it by hand in the VPC you mean.'));
      else {
        notes.push(warning(`Chosen by Pilothouse: network ${nameOfVpc(vpc)}.`));
        const same = await ec2.fetchSecurityGroups(aws, signal, {
          Filters: [
            { Name: 'vpc-id', Values: [vpc.VpcId!] },
            { Name: 'group-name', Values: [name] },
          ],
        });
        if (same.length > 0)
          notes.push(blocker(`A security group named ${name} is there already.`, 'Choose another name.'));
      }
      return previewOf(`Creates the security group ${name}; it lets nothing in.`, {
        changes: [{ field: 'name', after: name }],
        notes,
      });
    },
    send:
      (args, mark) =>
      ({ sdk, send }, dry) =>
        send(
          new sdk.CreateSecurityGroupCommand({
            GroupName: textArgument(args, 'name'),
            Description: textArgument(args, 'name'),
            VpcId: awsIdOf(textArgument(args, 'network') ?? ''),
            TagSpecifications: [{ ResourceType: 'security-group', Tags: tagsFor('', mark) }].filter(
              (one) => one.Tags.length > 0,
            ) as never,
            ...dry,
          }),
        ),
    idOf: (answer: { GroupId?: string }) => answer.GroupId,
    findMarked: async (mark, signal) => {
      const [made] = await ec2.fetchSecurityGroups(aws, signal, { Filters: [ec2.markFilter(mark)] });
      return made && [made.GroupId!, made.GroupName ?? made.GroupId!];
    },
  });
}

export function createFloatingIp(aws: Aws): OperationHandler {
  return makerHandler(aws, {
    noun: 'elastic IP',
    kind: 'floating-ip',
    preview: async () =>
      previewOf('Allocates an elastic IP.', {
        notes: [info('It costs from then on, whether it is used or not.')],
      }),
    send:
      (_args, mark) =>
      ({ sdk, send }, dry) =>
        send(
          new sdk.AllocateAddressCommand({
            Domain: 'vpc',
            ...(mark ? { TagSpecifications: [{ ResourceType: 'elastic-ip', Tags: tagsFor('', mark) }] } : {}),
            ...dry,
          }),
        ),
    idOf: (answer: { AllocationId?: string }) => answer.AllocationId,
    findMarked: async (mark, signal) => {
      const [made] = await ec2.fetchAddresses(aws, signal, { Filters: [ec2.markFilter(mark)] });
      return made && [made.AllocationId!, made.PublicIp!];
    },
  });
}
