// assign-ip.vm and unassign-ip.vm. Which address and which port are settled in the preview: one that was named, the
// first free one, or, where none is free, a new one from the outer network, and the preview says which.

import { z } from 'zod';
import type { PreviewNote } from '../../../../../shared/model/plan.ts';
import { type Resource, resourceId } from '../../../../../shared/model/resource.ts';
import type { HandlerPreview, OperationHandler, StepContext, WriteContext } from '../../../contract.ts';
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
import { fetchFloatingIps, fetchNetworkQuota, fetchPorts } from '../../api/network.ts';
import type { OpenStack } from '../../api/openStack.ts';
import { cloudIdOf } from '../../mapping/place.ts';
import type { FloatingIpRecord, PortRecord } from '../../records/network.ts';
import { type Choice, choose } from '../choose.ts';
import { isMarked, markDescription } from '../names.ts';
import { chooseOuterNetwork } from '../network/outerNetwork.ts';
import { changeHandler } from '../recipes.ts';

interface Addresses {
  /** Ports of the server with an IPv4 address. */
  readonly ports: readonly PortRecord[];
  readonly all: readonly FloatingIpRecord[];
  /** Those that lead to the server. */
  readonly own: readonly FloatingIpRecord[];
}

export function assignIp(os: OpenStack): OperationHandler {
  return changeHandler(os, {
    noun: 'server',
    preview: async (now, context) =>
      previewAssign(os, now, context, await fetchAddresses(os, now.id, context.signal)),
    isDone: async (now, context) => {
      const { own } = await fetchAddresses(os, now.id, context.signal);
      const wanted = textArgument(context.args, 'ip') ?? 'any';
      return wanted === 'any' ? own.length > 0 : own.some((ip) => isNamed(ip, wanted));
    },
    write: (context, now) => writeAssign(os, context, now),
  });
}

export function unassignIp(os: OpenStack): OperationHandler {
  return changeHandler(os, {
    noun: 'server',
    preview: async (now, context) => {
      const { own } = await fetchAddresses(os, now.id, context.signal);
      if (own.length === 0) return previewOf(`Nothing: ${now.name} has no floating address.`, { idle: true });
      const choice = chooseOwn(context, own);
      if (choice.kind === 'none')
        return previewOf(`Takes an address of ${now.name} away.`, { notes: [choice.note] });
      const address = choice.value.floating_ip_address;
      return previewOf(`Takes the address ${address} away from ${now.name}.`, {
        changes: [{ field: 'floating_ip', before: address, after: null }],
        notes: [info(`${address} stays with the project. Who reaches ${now.name} by it no longer does.`)],
        resolvedArgs: { ip: resourceId(os.connection, 'floating-ip', choice.value.id) },
      });
    },
    isDone: async (now, context) => {
      const { own } = await fetchAddresses(os, now.id, context.signal);
      const wanted = textArgument(context.args, 'ip');
      return wanted ? !own.some((ip) => isNamed(ip, wanted)) : own.length === 0;
    },
    write: async (context, now) => {
      const choice = chooseOwn(context, (await fetchAddresses(os, now.id, context.signal)).own);
      if (choice.kind === 'none') refuseBlocked([choice.note]);
      else await putPort(os, context, choice.value.id, null, `take the address away from ${now.name}`);
    },
  });
}

async function previewAssign(
  os: OpenStack,
  now: Resource,
  context: StepContext,
  { ports, all, own }: Addresses,
): Promise<HandlerPreview> {
  const wanted = textArgument(context.args, 'ip') ?? 'any';
  const has = own[0];
  if (has && (wanted === 'any' || own.some((ip) => isNamed(ip, wanted))))
    return previewOf(`Nothing: ${now.name} has the address ${has.floating_ip_address} already.`, {
      idle: true,
    });
  const notes: PreviewNote[] = [...portNotes(now, ports)];
  if (has)
    notes.push(
      blocker(`${now.name} has the address ${has.floating_ip_address} already.`, 'Unassign that one first.'),
    );
  if (wanted !== 'any') return previewNamed(os, now, wanted, all, notes);
  const free = all
    .filter((ip) => !ip.port_id)
    .sort((a, b) => a.floating_ip_address.localeCompare(b.floating_ip_address, 'en', { numeric: true }))[0];
  if (free) {
    const note = warning(
      `Chosen by Pilothouse: ${free.floating_ip_address}, the first free address.`,
      'Say "assign ADDRESS to …" to choose another.',
    );
    return previewOf(`Gives ${now.name} the address ${free.floating_ip_address}.`, {
      changes: [{ field: 'floating_ip', before: null, after: free.floating_ip_address }],
      notes: [...notes, note],
      resolvedArgs: { ip: resourceId(os.connection, 'floating-ip', free.id) },
    });
  }
  return previewAllocate(os, now, notes, context.signal);
}

function previewNamed(
  os: OpenStack,
  now: Resource,
  wanted: string,
  all: readonly FloatingIpRecord[],
  notes: readonly PreviewNote[],
): HandlerPreview {
  const choice = choose(
    'floating address',
    wanted,
    all.map((ip) => ({ ...ip, name: ip.floating_ip_address })),
  );
  if (choice.kind === 'none')
    return previewOf(`Gives ${now.name} an address.`, { notes: [...notes, choice.note] });
  const { floating_ip_address: address, port_id, id } = choice.value;
  const taken = blocker(
    `${address} is in use already.`,
    'Unassign it there first, or ask for any free address.',
  );
  return previewOf(`Gives ${now.name} the address ${address}.`, {
    changes: [{ field: 'floating_ip', before: null, after: address }],
    notes: port_id ? [...notes, taken] : notes,
    resolvedArgs: { ip: resourceId(os.connection, 'floating-ip', id) },
  });
}

async function previewAllocate(
  os: OpenStack,
  now: Resource,
  notes: readonly PreviewNote[],
  signal: AbortSignal,
): Promise<HandlerPreview> {
  const effect = `Allocates a new floating address and gives it to ${now.name}.`;
  const outer = chooseOuterNetwork(undefined, await os.lists.networks(signal));
  if (outer.kind === 'none') return previewOf(effect, { notes: [...notes, outer.note] });
  const quota = await fetchNetworkQuota(os, 'floatingip', signal);
  const full = quota && quotaNote(quotaUse('floating addresses', 1, quota.used, quota.limit));
  const name = outer.value.name ?? outer.value.id;
  return previewOf(effect, {
    changes: [{ field: 'floating_ip', before: null, after: `new, from ${name}` }],
    notes: [
      ...notes,
      ...[full].filter(isNote),
      warning(`No floating address is free: a new one is allocated from ${name}; it may cost.`),
    ],
    resolvedArgs: { ip: 'any', from_network: resourceId(os.connection, 'network', outer.value.id) },
  });
}

function portNotes(now: Resource, ports: readonly PortRecord[]): readonly PreviewNote[] {
  if (ports.length === 1) return [];
  if (ports.length === 0)
    return [
      blocker(`${now.name} has no IPv4 address in a network of its own.`, 'Attach it to a network first.'),
    ];
  const addresses = ports.map((port) => port.fixed_ips?.[0]?.ip_address).join(', ');
  return [
    blocker(
      `${now.name} has ${ports.length} addresses (${addresses}); which of them is meant cannot be told.`,
      'Use: openstack server add floating ip --fixed-ip-address ADDRESS.',
    ),
  ];
}

async function writeAssign(os: OpenStack, context: WriteContext, now: Resource): Promise<void> {
  const { ports, all } = await fetchAddresses(os, now.id, context.signal);
  refuseBlocked(portNotes(now, ports));
  const portId = ports[0]!.id;
  const wanted = textArgument(context.args, 'ip') ?? 'any';
  const from = textArgument(context.args, 'from_network');
  const what = `give ${now.name} a floating address`;
  const made = all.find((ip) => isMarked(ip, context.mark));
  if (wanted === 'any' && !made && from) {
    const floatingip = {
      floating_network_id: cloudIdOf(from),
      port_id: portId,
      description: markDescription(context.mark),
    };
    const request = {
      service: 'network',
      method: 'POST',
      path: '/floatingips',
      body: { floatingip },
    } as const;
    await os.cloud.read(
      { ...request, signal: context.signal, what },
      z.object({ floatingip: z.object({ id: z.string() }) }),
    );
    return;
  }
  const ip = made ?? all.find((one) => isNamed(one, wanted));
  if (!ip || ip.port_id) refuseBlocked([blocker('The address is not free any more.', 'Ask again.')]);
  else await putPort(os, context, ip.id, portId, what);
}

async function putPort(
  os: OpenStack,
  context: WriteContext,
  id: string,
  portId: string | null,
  what: string,
): Promise<void> {
  const path = `/floatingips/${encodeURIComponent(id)}`;
  const body = { floatingip: { port_id: portId } };
  await os.cloud.call({ service: 'network', method: 'PUT', path, body, signal: context.signal, what });
}

async function fetchAddresses(os: OpenStack, vmId: string, signal: AbortSignal): Promise<Addresses> {
  const [ports, all] = await Promise.all([
    fetchPorts(os, signal, { device_id: cloudIdOf(vmId) }),
    fetchFloatingIps(os, signal),
  ]);
  const portIds = new Set(ports.map((port) => port.id));
  return {
    ports: ports.filter((port) => port.fixed_ips?.some((ip) => ip.ip_address.includes('.'))),
    all,
    own: all.filter((ip) => portIds.has(ip.port_id ?? '')),
  };
}

function chooseOwn(context: StepContext, own: readonly FloatingIpRecord[]): Choice<FloatingIpRecord> {
  const wanted = textArgument(context.args, 'ip');
  const fitting = wanted ? own.filter((ip) => isNamed(ip, wanted)) : own;
  const [only, ...others] = fitting;
  if (only && others.length === 0) return { kind: 'one', value: only };
  const addresses = own.map((ip) => ip.floating_ip_address).join(', ');
  return {
    kind: 'none',
    note: blocker(
      `It has ${own.length} floating addresses: ${addresses}.`,
      'Say which address is to be taken away.',
    ),
  };
}

function isNamed(ip: FloatingIpRecord, wanted: string): boolean {
  return ip.id === cloudIdOf(wanted) || ip.floating_ip_address === wanted;
}
