// Networks, subnets, security groups, floating IPs and load balancers of the simulated cloud.

import type { Kind } from '../../../../shared/model/kind.ts';
import type { Arguments } from '../../../../shared/model/operation.ts';
import type { Draft } from '../draft.ts';
import { namesOf, type Thing, thingId } from '../thing.ts';
import { deletes, type Machine, newPath, refuse, requireReferenced, type TargetStep } from './machine.ts';

export const networkMachines: Readonly<Record<string, Machine>> = {
  'create.network': creates('network', () => ({})),
  'create.subnet': creates('subnet', ({ draft, args }) => {
    const network = requireReferenced(draft, 'network', args.network);
    const cidr = String(args.cidr);
    const clash = draft.all('subnet').find(({ attributes }) => attributes.cidr === cidr);
    if (clash)
      refuse('cloud-conflict', `${clash.name} has the range ${cidr} already.`, 'Choose another range.');
    return { cidr, network: network.name };
  }),
  'create.security-group': creates('security-group', () => ({ rules: [] })),
  'create.floating-ip': {
    kind: 'create',
    make: ({ draft, args, mark }) => {
      const network =
        args.network === undefined ? 'public' : requireReferenced(draft, 'network', args.network).name;
      const ip = freePublicAddress(draft);
      const attributes = { ip, network };
      return draft.add({
        kind: 'floating-ip',
        name: ip,
        id: thingId('floating-ip', newPath(ip, mark)),
        status: 'available',
        attributes,
      }).id;
    },
  },
  'open-port.security-group': {
    kind: 'change',
    isIdle: ({ args, target }) => namesOf(target, 'rules').includes(ruleOf(args)),
    now: ({ args, target }) => ({
      attributes: { rules: [...namesOf(target, 'rules'), ruleOf(args)].sort() },
    }),
  },
  'close-port.security-group': {
    kind: 'change',
    isIdle: (step) => rulesToClose(step).length === 0,
    now: (step) => {
      const closed = rulesToClose(step);
      return {
        attributes: { rules: namesOf(step.target, 'rules').filter((rule) => !closed.includes(rule)) },
      };
    },
  },
  'assign-ip.vm': {
    kind: 'change',
    isIdle: ({ draft, args, target }) =>
      args.ip !== undefined &&
      args.ip !== 'any' &&
      findAddress(draft, args)?.attributes.attached_to === target.id,
    check: (step) => void addressFor(step),
    now: (step) => ({ attributes: { floating_ip: addressFor(step).name } }),
    also: (step) => {
      step.draft.change(addressFor(step).id, {
        status: 'in-use',
        attributes: { attached_to: step.target.id },
      });
      return undefined;
    },
  },
  'unassign-ip.vm': {
    kind: 'change',
    isIdle: ({ target }) => target.attributes.floating_ip === undefined,
    now: () => ({ attributes: { floating_ip: null } }),
    also: ({ draft, target }) => {
      for (const ip of draft.all('floating-ip'))
        if (ip.attributes.attached_to === target.id)
          draft.change(ip.id, { status: 'available', attributes: { attached_to: null } });
      return undefined;
    },
  },
  'delete.network': deletes('delete', {
    check: (step) =>
      requireUnused(step, ['vm', 'database', 'load-balancer', 'floating-ip'], ['networks', 'network']),
    also: ({ draft, target }) => {
      for (const subnet of draft.all('subnet'))
        if (subnet.attributes.network === target.name) draft.remove(subnet.id);
      return undefined;
    },
  }),
  'delete.subnet': deletes('delete', {
    check: ({ draft, target }) => {
      const network = draft.find('network', String(target.attributes.network));
      const others = draft.all('subnet').filter(({ attributes }) => attributes.network === network?.name);
      if (network && others.length < 2)
        requireUnused({ draft, target: network }, ['vm', 'database'], ['networks', 'network']);
    },
  }),
  'delete.security-group': deletes('delete', {
    check: (step) => requireUnused(step, ['vm'], ['security_groups']),
  }),
  'delete.floating-ip': deletes('delete', {
    also: ({ draft, target }) => {
      const vm = draft.get(String(target.attributes.attached_to));
      if (vm) draft.change(vm.id, { attributes: { floating_ip: null } });
      return undefined;
    },
  }),
  'delete.load-balancer': deletes('delete'),
};

function creates(
  kind: Kind,
  attributesOf: (step: { readonly draft: Draft; readonly args: Arguments }) => Thing['attributes'],
): Machine {
  return {
    kind: 'create',
    make: ({ draft, args, mark }) => {
      const name = String(args.name);
      const attributes = attributesOf({ draft, args });
      return draft.add({ kind, name, id: thingId(kind, newPath(name, mark)), attributes }).id;
    },
  };
}

/** As attributes write it: PROTOCOL/PORT from CIDR; without a range, from everywhere. */
function ruleOf(args: Arguments): string {
  return `${String(args.protocol ?? 'tcp')}/${String(args.port)} from ${String(args.cidr ?? '0.0.0.0/0')}`;
}

/** Without a range, every rule of that port goes. */
function rulesToClose({ args, target }: TargetStep): readonly string[] {
  const port = `${String(args.protocol ?? 'tcp')}/${String(args.port)} from `;
  return namesOf(target, 'rules').filter((rule) =>
    args.cidr === undefined ? rule.startsWith(port) : rule === ruleOf(args),
  );
}

function findAddress(draft: Draft, args: Arguments): Thing | undefined {
  return draft.find('floating-ip', String(args.ip));
}

/** The address named, or a free one. Throws where it is taken or none is free. */
function addressFor({ draft, args, target }: TargetStep): Thing {
  if (target.attributes.floating_ip !== undefined)
    refuse(
      'cloud-conflict',
      `${target.name} has ${String(target.attributes.floating_ip)} already.`,
      'Unassign it first.',
    );
  if (args.ip === undefined || args.ip === 'any') {
    const free = draft.all('floating-ip').find(({ status }) => status === 'available');
    return free ?? refuse('cloud-not-found', 'No floating IP is free.', 'Create a floating IP first.');
  }
  const found = requireReferenced(draft, 'floating-ip', args.ip);
  if (found.attributes.attached_to !== undefined && found.attributes.attached_to !== target.id)
    refuse(
      'cloud-conflict',
      `${found.name} belongs to another VM.`,
      'Unassign it there first, or take a free one.',
    );
  return found;
}

function freePublicAddress(draft: Draft): string {
  const taken = new Set(draft.all('floating-ip').map(({ name }) => name));
  for (let last = 20; last < 250; last++) if (!taken.has(`203.0.113.${last}`)) return `203.0.113.${last}`;
  return refuse('cloud-conflict', 'The public network has no free address.', 'Release one first.');
}

function requireUnused(
  { draft, target }: { readonly draft: Draft; readonly target: Thing },
  users: readonly Kind[],
  attributes: readonly string[],
): void {
  const using = users
    .flatMap((kind) => draft.all(kind))
    .filter((thing) => attributes.some((attribute) => namesOf(thing, attribute).includes(target.name)));
  if (using.length > 0)
    refuse(
      'cloud-conflict',
      `${target.name} is in use by ${using.length} resources.`,
      `Remove it from them first: ${using
        .slice(0, 5)
        .map(({ name }) => name)
        .join(', ')}${using.length > 5 ? '…' : ''}.`,
    );
}
