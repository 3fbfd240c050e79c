// Settles what a new instance is to be: type, image, subnet, key pair and groups, each found by name or by a stated
// rule. The same function serves preview and perform; perform gets ids, so that it finds the very same things or
// refuses.

import type { Image, InstanceTypeInfo, KeyPairInfo, SecurityGroup, Subnet, Vpc } from '@aws-sdk/client-ec2';
import type { Arguments } from '../../../../../shared/model/operation.ts';
import type { PreviewNote } from '../../../../../shared/model/plan.ts';
import { blocker, textArgument, warning } from '../../../kit/preview.ts';
import * as ec2 from '../../api/ec2.ts';
import type { Aws } from '../../aws.ts';
import { nameOfVpc } from '../../mapping/network.ts';
import { awsIdOf, nameOf } from '../../mapping/place.ts';
import { type Choice, choose, chosenOf, none, notesOf, one } from '../choose.ts';
import { chooseImage } from './image.ts';

export interface CreateSpec {
  readonly name: string;
  readonly type?: InstanceTypeInfo;
  readonly image?: Image;
  readonly vpc?: Vpc;
  readonly subnet?: Subnet;
  readonly keypair?: KeyPairInfo;
  readonly groups: readonly SecurityGroup[];
  readonly notes: readonly PreviewNote[];
}

export async function settleSpec(aws: Aws, args: Arguments, signal: AbortSignal): Promise<CreateSpec> {
  const type = await chooseType(aws, args, signal);
  const [image, vpc, keypair] = await Promise.all([
    chooseImage(aws, textArgument(args, 'image'), chosenOf(type), signal),
    chooseVpc(aws, args, signal),
    chooseKeypair(aws, args, signal),
  ]);
  const network = chosenOf(vpc);
  const [subnet, groups] = network
    ? await Promise.all([chooseSubnet(aws, args, network, signal), chooseGroups(aws, args, network, signal)])
    : [undefined, []];
  return {
    name: textArgument(args, 'name') ?? '',
    type: chosenOf(type),
    image: chosenOf(image),
    vpc: network,
    subnet: chosenOf(subnet),
    keypair: chosenOf(keypair),
    groups: groups.flatMap((group) => (group.kind === 'one' ? [group.value] : [])),
    notes: [
      ...(textArgument(args, 'name') ? [] : [blocker('The new instance has no name.', 'Say "named X".')]),
      ...notesOf(type),
      ...notesOf(image),
      ...notesOf(vpc),
      ...notesOf(subnet),
      ...notesOf(keypair),
      ...groups.flatMap((group) => notesOf(group)),
    ],
  };
}

async function chooseType(aws: Aws, args: Arguments, signal: AbortSignal): Promise<Choice<InstanceTypeInfo>> {
  const named = textArgument(args, 'flavor');
  if (!named)
    return none(blocker('No instance type was named.', 'Say one like t3.micro, t3.small or m7i.large.'));
  const name = awsIdOf(named).toLowerCase();
  const type = await ec2.fetchInstanceType(aws, name, signal);
  return type
    ? one(type)
    : none(
        blocker(
          `EC2 offers no instance type ${named} in this region.`,
          'Say one like t3.micro or m7i.large.',
        ),
      );
}

async function chooseVpc(aws: Aws, args: Arguments, signal: AbortSignal): Promise<Choice<Vpc>> {
  const vpcs = await ec2.fetchVpcs(aws, signal);
  const options = vpcs.map((vpc) => ({ id: vpc.VpcId!, name: nameOfVpc(vpc), value: vpc }));
  const named = textArgument(args, 'network');
  const subnet = named && (await namedSubnet(aws, args, signal));
  if (subnet) return choose('VPC', subnet.VpcId ?? '', options);
  if (named) return choose('VPC', named, options);
  const [only] = vpcs;
  const chosen = vpcs.find((vpc) => vpc.IsDefault) ?? (vpcs.length === 1 ? only : undefined);
  if (!chosen)
    return none(
      blocker(
        'The region has no default VPC.',
        `Say "in network X": ${options.map((one) => one.name).join(', ') || '(there is none)'}.`,
      ),
    );
  const why = chosen.IsDefault ? 'the default VPC' : 'the only VPC';
  return one(chosen, warning(`Chosen by Pilothouse: network ${nameOfVpc(chosen)}, ${why}.`));
}

/** The subnet, where the argument `network` names one by its id. */
async function namedSubnet(aws: Aws, args: Arguments, signal: AbortSignal): Promise<Subnet | undefined> {
  const id = awsIdOf(textArgument(args, 'network') ?? '');
  return id.startsWith('subnet-') ? ec2.fetchSubnet(aws, id, signal) : undefined;
}

/** A subnet with free addresses; of several the first by zone, which is also where volumes are made. */
async function chooseSubnet(
  aws: Aws,
  args: Arguments,
  vpc: Vpc,
  signal: AbortSignal,
): Promise<Choice<Subnet>> {
  const subnets = await ec2.fetchSubnets(aws, signal, {
    Filters: [{ Name: 'vpc-id', Values: [vpc.VpcId!] }],
  });
  const named = await namedSubnet(aws, args, signal);
  if (named) return one(named);
  const zone = zoneOf(args);
  const fitting = subnets
    .filter((subnet) => (subnet.AvailableIpAddressCount ?? 1) > 0)
    .filter((subnet) => !zone || subnet.AvailabilityZone === zone)
    .sort((a, b) => placeOf(a).localeCompare(placeOf(b)));
  const [first] = fitting;
  const where = zone ? ` in ${zone}` : '';
  if (!first)
    return none(
      blocker(
        `${nameOfVpc(vpc)} has no subnet with free addresses${where}.`,
        'Create a subnet first, or name another network.',
      ),
    );
  if (fitting.length === 1) return one(first);
  return one(
    first,
    warning(
      `Chosen by Pilothouse: subnet ${nameOf(first.Tags) ?? first.SubnetId} in ${first.AvailabilityZone}, the first of ${fitting.length}.`,
    ),
  );
}

const placeOf = (subnet: Subnet): string => `${subnet.AvailabilityZone} ${subnet.CidrBlock}`;

/** A region that was said with a letter behind it is a zone: `eu-central-1b`. */
export function zoneOf(args: Arguments): string | undefined {
  const said = textArgument(args, 'region')?.toLowerCase();
  return said && /^[a-z]{2}(-[a-z]+)+-\d[a-z]$/.test(said) ? said : undefined;
}

async function chooseKeypair(
  aws: Aws,
  args: Arguments,
  signal: AbortSignal,
): Promise<Choice<KeyPairInfo> | undefined> {
  const keys = await ec2.fetchKeypairs(aws, signal);
  const options = keys.map((key) => ({ id: key.KeyName!, name: key.KeyName, value: key }));
  const named = textArgument(args, 'keypair');
  if (named) return choose('key pair', named, options);
  const [only, ...more] = keys;
  if (only && more.length === 0)
    return one(only, warning(`Chosen by Pilothouse: key pair ${only.KeyName}, the only one.`));
  return undefined;
}

async function chooseGroups(
  aws: Aws,
  args: Arguments,
  vpc: Vpc,
  signal: AbortSignal,
): Promise<readonly Choice<SecurityGroup>[]> {
  const { security_groups: wanted } = args;
  const names = (Array.isArray(wanted) ? wanted : [wanted]).filter(
    (name): name is string => typeof name === 'string',
  );
  if (names.length === 0) return [];
  const groups = await ec2.fetchSecurityGroups(aws, signal, {
    Filters: [{ Name: 'vpc-id', Values: [vpc.VpcId!] }],
  });
  const options = groups.map((value) => ({ id: value.GroupId!, name: value.GroupName, value }));
  return names.map((name) => choose('security group', name, options));
}
