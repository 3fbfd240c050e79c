// Deleting what Neutron keeps. Each says what is still in it or uses it; Neutron would refuse then, and so does the
// preview, with names.

import type { PreviewNote } from '../../../../../shared/model/plan.ts';
import type { OperationHandler } from '../../../contract.ts';
import { blocker, warning } from '../../../kit/preview.ts';
import { fetchFromNetwork, fetchPorts } from '../../api/network.ts';
import type { OpenStack } from '../../api/openStack.ts';
import { cloudIdOf } from '../../mapping/place.ts';
import type { PortRecord } from '../../records/network.ts';
import { deleteHandler } from '../recipes.ts';

const path = (collection: string) => (target: { readonly id: string }) =>
  `/${collection}/${encodeURIComponent(cloudIdOf(target.id))}`;

/** Neutron takes away ports it made itself. */
const ownUse = /^network:(dhcp|distributed)/;

export const deleteNetwork = (os: OpenStack): OperationHandler =>
  deleteHandler(os, {
    noun: 'network',
    service: 'network',
    path: path('networks'),
    effect: (target) => `Deletes the network ${target.name} with its subnets.`,
    notes: async (target, { signal }) => {
      const network = await fetchFromNetwork(os, 'networks', target.id, signal);
      const ports = await fetchPorts(os, signal, { network_id: cloudIdOf(target.id) });
      return [
        ...(await foreignNotes(os, network?.project_id, target.name, signal)),
        ...inUse(target.name, ports),
      ];
    },
  });

export const deleteSubnet = (os: OpenStack): OperationHandler =>
  deleteHandler(os, {
    noun: 'subnet',
    service: 'network',
    path: path('subnets'),
    effect: (target) => `Deletes the address range ${target.attributes.cidr} (${target.name}).`,
    notes: async (target, { signal }) => {
      const subnet = await fetchFromNetwork(os, 'subnets', target.id, signal);
      const ports = (await fetchPorts(os, signal)).filter((port) =>
        port.fixed_ips?.some((ip) => ip.subnet_id === cloudIdOf(target.id)),
      );
      return [
        ...(await foreignNotes(os, subnet?.project_id, target.name, signal)),
        ...inUse(target.name, ports),
      ];
    },
  });

export const deleteSecurityGroup = (os: OpenStack): OperationHandler =>
  deleteHandler(os, {
    noun: 'security group',
    service: 'network',
    path: path('security-groups'),
    effect: (target) => `Deletes the security group ${target.name} with its rules.`,
    notes: async (target, { signal }) => {
      const ports = (await fetchPorts(os, signal)).filter((port) =>
        port.security_groups?.includes(cloudIdOf(target.id)),
      );
      const standard = blocker(
        'The group "default" belongs to the project and stays.',
        'Close its ports instead.',
      );
      return [...(target.name === 'default' ? [standard] : []), ...inUse(target.name, ports)];
    },
  });

export const deleteFloatingIp = (os: OpenStack): OperationHandler =>
  deleteHandler(os, {
    noun: 'floating address',
    service: 'network',
    path: path('floatingips'),
    effect: (target) => `Gives the address ${target.name} back to the cloud; it may never be had again.`,
    notes: async (target) => {
      const { attached_to: owner } = target.attributes;
      return target.status === 'in-use'
        ? [
            warning(
              `${target.name} is in use${typeof owner === 'string' ? ` by ${owner}` : ''}: it stops being reachable.`,
            ),
          ]
        : [];
    },
  });

async function foreignNotes(
  os: OpenStack,
  owner: string | null | undefined,
  name: string,
  signal: AbortSignal,
): Promise<readonly PreviewNote[]> {
  const session = await os.cloud.session(signal);
  if (!owner || owner === session.project.id || session.roles.includes('admin')) return [];
  return [blocker(`${name} belongs to another project that shares it.`, 'Only its owner can delete it.')];
}

function inUse(name: string, ports: readonly PortRecord[]): readonly PreviewNote[] {
  const users = ports.filter((port) => !ownUse.test(port.device_owner ?? ''));
  if (users.length === 0) return [];
  const addresses = users.slice(0, 8).map((port) => port.fixed_ips?.[0]?.ip_address ?? port.id);
  const more = users.length > 8 ? ` and ${users.length - 8} more` : '';
  return [
    blocker(
      `${users.length} ports still use ${name}: ${addresses.join(', ')}${more}.`,
      'Delete or move the servers and routers they belong to first.',
    ),
  ];
}
