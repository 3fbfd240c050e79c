// Creating what Neutron keeps: networks, subnets, security groups and floating addresses. There is no metadata;
// the plan's mark stands in the description.

import { z } from 'zod';
import type { Kind } from '../../../../../shared/model/kind.ts';
import type { FieldChange, PreviewNote } from '../../../../../shared/model/plan.ts';
import { resourceId } from '../../../../../shared/model/resource.ts';
import type { OperationHandler, StepContext, WriteContext } from '../../../contract.ts';
import {
  blocker,
  info,
  isNote,
  previewOf,
  quotaNote,
  quotaUse,
  refuseBlocked,
  textArgument,
  warning,
} from '../../../kit/preview.ts';
import {
  fetchFloatingIps,
  fetchNetworkQuota,
  fetchNetworks,
  fetchSecurityGroups,
  fetchSubnets,
} from '../../api/network.ts';
import type { OpenStack } from '../../api/openStack.ts';
import { cloudIdOf } from '../../mapping/place.ts';
import { choose } from '../choose.ts';
import { isMarked, markDescription } from '../names.ts';
import { createHandler } from '../recipes.ts';
import { chooseOuterNetwork } from './outerNetwork.ts';

interface NeutronCreate {
  readonly kind: Kind;
  readonly noun: string;
  readonly collection: string;
  /** Key of the body, and of the quota. */
  readonly key: string;
  readonly fetchAll: (
    os: OpenStack,
    signal: AbortSignal,
  ) => Promise<
    readonly { readonly id: string; readonly name?: string | null; readonly description?: string | null }[]
  >;
  readonly describe: (
    os: OpenStack,
    context: StepContext,
  ) => Promise<{
    readonly effect: string;
    readonly changes: readonly FieldChange[];
    readonly notes: readonly PreviewNote[];
    readonly resolvedArgs?: Readonly<Record<string, string>>;
  }>;
  /** Fields of the body, from resolved arguments. */
  readonly fields: (context: WriteContext) => Readonly<Record<string, unknown>>;
}

function neutronCreate(os: OpenStack, made: NeutronCreate): OperationHandler {
  return createHandler(os, {
    noun: made.noun,
    preview: async (context) => {
      const { effect, notes, ...more } = await made.describe(os, context);
      const quota = await fetchNetworkQuota(os, made.key, context.signal);
      const use = quota && quotaUse(`${made.noun}s`, 1, quota.used, quota.limit);
      const full = use && quotaNote(use);
      return previewOf(effect, {
        ...more,
        notes: [...notes, ...[full].filter(isNote)],
        ...(use && { quota: [use] }),
      });
    },
    findMarked: async (context, mark) => {
      const found = (await made.fetchAll(os, context.signal)).find((one) => isMarked(one, mark));
      return (
        found && { resourceId: resourceId(os.connection, made.kind, found.id), name: found.name || found.id }
      );
    },
    create: async (context) => {
      refuseBlocked((await made.describe(os, context)).notes);
      const body = { [made.key]: { ...made.fields(context), description: markDescription(context.mark) } };
      const request = { service: 'network', method: 'POST', path: `/${made.collection}`, body } as const;
      const what = `create the ${made.noun} ${textArgument(context.args, 'name') ?? ''}`.trim();
      const answer = z.object({ [made.key]: z.object({ id: z.string() }) });
      const created = await os.cloud.read({ ...request, signal: context.signal, what }, answer);
      return resourceId(os.connection, made.kind, created[made.key]!.id);
    },
  });
}

const nameNotes = (context: StepContext, noun: string): readonly PreviewNote[] =>
  textArgument(context.args, 'name') ? [] : [blocker(`The new ${noun} has no name.`, 'Say "named X".')];

export const createNetwork = (os: OpenStack): OperationHandler =>
  neutronCreate(os, {
    kind: 'network',
    noun: 'network',
    collection: 'networks',
    key: 'network',
    fetchAll: fetchNetworks,
    describe: async (_os, context) => {
      const name = textArgument(context.args, 'name') ?? '';
      return {
        effect: `Creates the network ${name}, without an address range yet.`,
        changes: [{ field: 'name', after: name }],
        notes: [...nameNotes(context, 'network'), info('Servers can be put in it once it has a subnet.')],
      };
    },
    fields: (context) => ({ name: textArgument(context.args, 'name') }),
  });

export const createSubnet = (os: OpenStack): OperationHandler =>
  neutronCreate(os, {
    kind: 'subnet',
    noun: 'subnet',
    collection: 'subnets',
    key: 'subnet',
    fetchAll: fetchSubnets,
    describe: async (_os, context) => {
      const name = textArgument(context.args, 'name') ?? '';
      const cidr = textArgument(context.args, 'cidr') ?? '';
      const networks = await os.lists.networks(context.signal);
      const network = choose('network', textArgument(context.args, 'network') ?? '', networks);
      const networkName = network.kind === 'one' ? (network.value.name ?? network.value.id) : '';
      return {
        effect: `Adds the address range ${cidr} to the network ${networkName}.`,
        changes: [
          { field: 'name', after: name },
          { field: 'cidr', after: cidr },
          { field: 'network', after: networkName },
        ],
        notes: [...nameNotes(context, 'subnet'), ...(network.kind === 'none' ? [network.note] : [])],
        ...(network.kind === 'one'
          ? { resolvedArgs: { network: resourceId(os.connection, 'network', network.value.id) } }
          : {}),
      };
    },
    fields: ({ args }) => ({
      name: textArgument(args, 'name'),
      cidr: textArgument(args, 'cidr'),
      network_id: cloudIdOf(textArgument(args, 'network') ?? ''),
      ip_version: textArgument(args, 'cidr')?.includes(':') ? 6 : 4,
    }),
  });

export const createSecurityGroup = (os: OpenStack): OperationHandler =>
  neutronCreate(os, {
    kind: 'security-group',
    noun: 'security group',
    collection: 'security-groups',
    key: 'security_group',
    fetchAll: fetchSecurityGroups,
    describe: async (_os, context) => {
      const name = textArgument(context.args, 'name') ?? '';
      const same = (await os.lists.securityGroups(context.signal)).some((group) => group.name === name);
      return {
        effect: `Creates the security group ${name}, which lets nothing in yet.`,
        changes: [{ field: 'name', after: name }],
        notes: [
          ...nameNotes(context, 'security group'),
          ...(same ? [warning(`A security group named ${name} is there already; there would be two.`)] : []),
        ],
      };
    },
    fields: (context) => ({ name: textArgument(context.args, 'name') }),
  });

export const createFloatingIp = (os: OpenStack): OperationHandler =>
  neutronCreate(os, {
    kind: 'floating-ip',
    noun: 'floating address',
    collection: 'floatingips',
    key: 'floatingip',
    fetchAll: fetchFloatingIps,
    describe: async (_os, context) => {
      const networks = await os.lists.networks(context.signal);
      const outer = chooseOuterNetwork(textArgument(context.args, 'network'), networks);
      if (outer.kind === 'none')
        return { effect: 'Allocates a floating address.', changes: [], notes: [outer.note] };
      const name = outer.value.name ?? outer.value.id;
      return {
        effect: `Allocates a floating address from ${name}.`,
        changes: [{ field: 'network', after: name }],
        notes: [],
        resolvedArgs: { network: resourceId(os.connection, 'network', outer.value.id) },
      };
    },
    fields: ({ args }) => ({ floating_network_id: cloudIdOf(textArgument(args, 'network') ?? '') }),
  });
